using Hark.Data.Model;
using Hark.Domain.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Hark.Data.Store;

internal sealed class InboxTables : IEntityTypeConfiguration<SavedFilter>, IEntityTypeConfiguration<CaseLook>, IEntityTypeConfiguration<CaseAttachment>
{
    public void Configure(EntityTypeBuilder<SavedFilter> e)
    {
        e.ToTable("saved_filters");
        e.HasKey(x => new { x.WorkspaceId, x.FilterId });
        e.HasOne<Member>().WithMany().HasForeignKey(x => new { x.WorkspaceId, x.MemberId });
        e.HasOne<Team>().WithMany().HasForeignKey(x => new { x.WorkspaceId, x.TeamId });
    }

    public void Configure(EntityTypeBuilder<CaseLook> e)
    {
        e.ToTable("case_looks");
        e.HasKey(x => new { x.WorkspaceId, x.CaseId, x.MemberId });
        e.HasOne<Case>().WithMany().HasForeignKey(x => new { x.WorkspaceId, x.CaseId });
        e.HasOne<Member>().WithMany().HasForeignKey(x => new { x.WorkspaceId, x.MemberId });
        e.Clustered();
    }

    public void Configure(EntityTypeBuilder<CaseAttachment> e)
    {
        e.ToTable("case_attachments");
        e.HasKey(x => new { x.WorkspaceId, x.AttachmentId });
        e.HasIndex(x => new { x.WorkspaceId, x.CaseId }); // the files of a case
        e.HasIndex(x => new { x.WorkspaceId, x.AddedAt }).HasFilter("NOT used"); // those that were never sent
        e.HasOne<Case>().WithMany().HasForeignKey(x => new { x.WorkspaceId, x.CaseId });
    }
}
