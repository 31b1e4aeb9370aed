using Hark.Data.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Hark.Data.Store;

internal sealed class InsightTables : IEntityTypeConfiguration<SignalChange>, IEntityTypeConfiguration<Alert>, IEntityTypeConfiguration<AlertWatch>
{
    public void Configure(EntityTypeBuilder<SignalChange> e)
    {
        e.ToTable("signal_changes");
        e.HasKey(x => new { x.WorkspaceId, x.ChangeId });
        e.Clustered();
    }

    public void Configure(EntityTypeBuilder<Alert> e)
    {
        e.ToTable("alerts");
        e.HasKey(x => new { x.WorkspaceId, x.AlertId });
        e.HasIndex(x => new { x.WorkspaceId, x.Measure, x.Dimension, x.Value }).IsUnique().HasFilter("closed_at IS NULL"); // fires once
        e.HasIndex(x => new { x.WorkspaceId, x.OpenedAt, x.AlertId }); // the list
    }

    public void Configure(EntityTypeBuilder<AlertWatch> e)
    {
        e.ToTable("alert_watches");
        e.HasKey(x => x.WorkspaceId);
    }
}
