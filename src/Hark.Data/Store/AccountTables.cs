using Hark.Data.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Hark.Data.Store;

internal sealed class AccountTables : IEntityTypeConfiguration<MemberCredential>, IEntityTypeConfiguration<MemberRecoveryCode>,
    IEntityTypeConfiguration<MemberPasskey>, IEntityTypeConfiguration<MemberLogin>, IEntityTypeConfiguration<MemberSession>,
    IEntityTypeConfiguration<MemberInvitation>
{
    public void Configure(EntityTypeBuilder<MemberCredential> e)
    {
        e.ToTable("member_credentials");
        e.HasKey(x => new { x.WorkspaceId, x.MemberId });
        e.HasOne<Member>().WithMany().HasForeignKey(x => new { x.WorkspaceId, x.MemberId });
    }

    public void Configure(EntityTypeBuilder<MemberRecoveryCode> e)
    {
        e.ToTable("member_recovery_codes");
        e.HasKey(x => new { x.WorkspaceId, x.MemberId, x.Hash });
        e.HasOne<Member>().WithMany().HasForeignKey(x => new { x.WorkspaceId, x.MemberId });
        e.Clustered();
    }

    public void Configure(EntityTypeBuilder<MemberPasskey> e)
    {
        e.ToTable("member_passkeys");
        e.HasKey(x => new { x.WorkspaceId, x.CredentialId });
        e.HasIndex(x => new { x.WorkspaceId, x.MemberId }); // a member's passkeys
        e.HasOne<Member>().WithMany().HasForeignKey(x => new { x.WorkspaceId, x.MemberId });
    }

    public void Configure(EntityTypeBuilder<MemberLogin> e)
    {
        e.ToTable("member_logins");
        e.HasKey(x => new { x.WorkspaceId, x.Provider, x.Subject });
        e.HasIndex(x => new { x.WorkspaceId, x.MemberId }); // a member's providers
        e.HasOne<Member>().WithMany().HasForeignKey(x => new { x.WorkspaceId, x.MemberId });
    }

    public void Configure(EntityTypeBuilder<MemberSession> e)
    {
        e.ToTable("member_sessions");
        e.HasKey(x => new { x.WorkspaceId, x.SessionId });
        e.HasIndex(x => new { x.WorkspaceId, x.MemberId, x.SessionId }); // a member's sessions, newest first
        e.HasOne<Member>().WithMany().HasForeignKey(x => new { x.WorkspaceId, x.MemberId });
    }

    public void Configure(EntityTypeBuilder<MemberInvitation> e)
    {
        e.ToTable("member_invitations");
        e.HasKey(x => new { x.WorkspaceId, x.InvitationId });
        e.HasIndex(x => new { x.WorkspaceId, x.TokenHash }).IsUnique(); // the link
        e.Below();
    }
}
