using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Hark.Data.Store;

/// <summary>
/// Contexts that all work inside one transaction on one connection, so that reads see what was written and nothing is committed before whoever began the
/// transaction commits it. One at a time: neither a connection nor a transaction can be shared by threads.
/// </summary>
internal sealed class JoinedContexts(DbContextOptions<HarkDbContext> options, DbTransaction transaction) : IDbContextFactory<HarkDbContext>
{
    private readonly PooledDbContextFactory<HarkDbContext> _pool = new(options);

    public HarkDbContext CreateDbContext()
    {
        var db = _pool.CreateDbContext();
        db.Database.SetDbConnection(transaction.Connection!);
        db.Database.UseTransaction(transaction);
        return db;
    }
}
