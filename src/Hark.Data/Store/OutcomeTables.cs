using Hark.Data.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Hark.Data.Store;

internal sealed class OutcomeTables : IEntityTypeConfiguration<OutcomeDay>
{
    public void Configure(EntityTypeBuilder<OutcomeDay> e)
    {
        e.ToTable("outcome_days");
        e.HasKey(x => new { x.WorkspaceId, x.Outcome, x.Day });
        e.HasOne<Workspace>().WithMany().HasForeignKey(x => x.WorkspaceId);
        e.Clustered();
    }
}
