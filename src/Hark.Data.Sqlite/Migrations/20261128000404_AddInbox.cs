using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Hark.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class AddInbox : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_config_documents_kind",
                table: "config_documents");

            migrationBuilder.DropCheckConstraint(
                name: "ck_case_events_kind",
                table: "case_events");

            migrationBuilder.CreateTable(
                name: "case_attachments",
                columns: table => new
                {
                    workspace_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    attachment_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    case_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    media_type = table.Column<string>(type: "TEXT", nullable: false),
                    size = table.Column<long>(type: "INTEGER", nullable: false),
                    content = table.Column<byte[]>(type: "BLOB", nullable: false),
                    member_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    added_at = table.Column<long>(type: "INTEGER", nullable: false),
                    used = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_case_attachments", x => new { x.workspace_id, x.attachment_id });
                    table.ForeignKey(
                        name: "fk_case_attachments_case_id",
                        columns: x => new { x.workspace_id, x.case_id },
                        principalTable: "cases",
                        principalColumns: new[] { "workspace_id", "case_id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "case_looks",
                columns: table => new
                {
                    workspace_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    case_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    member_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    seen_at = table.Column<long>(type: "INTEGER", nullable: false),
                    writing = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_case_looks", x => new { x.workspace_id, x.case_id, x.member_id });
                    table.CheckConstraint("ck_case_looks_writing", "writing IN ('reply', 'note')");
                    table.ForeignKey(
                        name: "fk_case_looks_case_id",
                        columns: x => new { x.workspace_id, x.case_id },
                        principalTable: "cases",
                        principalColumns: new[] { "workspace_id", "case_id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_case_looks_member_id",
                        columns: x => new { x.workspace_id, x.member_id },
                        principalTable: "members",
                        principalColumns: new[] { "workspace_id", "member_id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "saved_filters",
                columns: table => new
                {
                    workspace_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    filter_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    member_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    team_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    query = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_saved_filters", x => new { x.workspace_id, x.filter_id });
                    table.ForeignKey(
                        name: "fk_saved_filters_member_id",
                        columns: x => new { x.workspace_id, x.member_id },
                        principalTable: "members",
                        principalColumns: new[] { "workspace_id", "member_id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_saved_filters_team_id",
                        columns: x => new { x.workspace_id, x.team_id },
                        principalTable: "teams",
                        principalColumns: new[] { "workspace_id", "team_id" });
                });

            migrationBuilder.AddCheckConstraint(
                name: "ck_config_documents_kind",
                table: "config_documents",
                sql: "kind IN ('rules', 'segments', 'sla_policies', 'calendars', 'cohorts', 'personas', 'templates', 'verification', 'snippets', 'macros', 'playbooks')");

            migrationBuilder.CreateIndex(
                name: "ix_cases_state_due_at_case_id",
                table: "cases",
                columns: new[] { "workspace_id", "state", "due_at", "case_id" },
                filter: "state = 'waiting'");

            migrationBuilder.CreateIndex(
                name: "ix_cases_verification_due_at_case_id",
                table: "cases",
                columns: new[] { "workspace_id", "verification", "due_at", "case_id" },
                filter: "verification = 'asked'");

            migrationBuilder.AddCheckConstraint(
                name: "ck_case_events_kind",
                table: "case_events",
                sql: "kind IN ('opened', 'signal_joined', 'acknowledged', 'assigned', 'started', 'replied', 'customer_replied', 'note_added', 'snoozed', 'woken', 'waiting_for_customer', 'resumed', 'severity_changed', 'resolved', 'verification_asked', 'verified', 'denied', 'closed_unverified', 'reopened', 'merged', 'merge_undone', 'call_back_requested', 'call_back_done', 'call_back_missed', 'call_back_cancelled', 'clock_warned', 'clock_breached', 'escalated', 'clock_met', 'policy_applied', 'tagged', 'linked', 'unlinked', 'step_done', 'step_undone', 'undone')");

            migrationBuilder.CreateIndex(
                name: "ix_case_attachments_added_at",
                table: "case_attachments",
                columns: new[] { "workspace_id", "added_at" },
                filter: "NOT used");

            migrationBuilder.CreateIndex(
                name: "ix_case_attachments_case_id",
                table: "case_attachments",
                columns: new[] { "workspace_id", "case_id" });

            migrationBuilder.CreateIndex(
                name: "ix_case_looks_member_id",
                table: "case_looks",
                columns: new[] { "workspace_id", "member_id" });

            migrationBuilder.CreateIndex(
                name: "ix_saved_filters_member_id",
                table: "saved_filters",
                columns: new[] { "workspace_id", "member_id" });

            migrationBuilder.CreateIndex(
                name: "ix_saved_filters_team_id",
                table: "saved_filters",
                columns: new[] { "workspace_id", "team_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "case_attachments");

            migrationBuilder.DropTable(
                name: "case_looks");

            migrationBuilder.DropTable(
                name: "saved_filters");

            migrationBuilder.DropCheckConstraint(
                name: "ck_config_documents_kind",
                table: "config_documents");

            migrationBuilder.DropIndex(
                name: "ix_cases_state_due_at_case_id",
                table: "cases");

            migrationBuilder.DropIndex(
                name: "ix_cases_verification_due_at_case_id",
                table: "cases");

            migrationBuilder.DropCheckConstraint(
                name: "ck_case_events_kind",
                table: "case_events");

            migrationBuilder.AddCheckConstraint(
                name: "ck_config_documents_kind",
                table: "config_documents",
                sql: "kind IN ('rules', 'segments', 'sla_policies', 'calendars', 'cohorts', 'personas', 'templates', 'verification')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_case_events_kind",
                table: "case_events",
                sql: "kind IN ('opened', 'signal_joined', 'acknowledged', 'assigned', 'started', 'replied', 'customer_replied', 'note_added', 'snoozed', 'woken', 'waiting_for_customer', 'resumed', 'severity_changed', 'resolved', 'verification_asked', 'verified', 'denied', 'closed_unverified', 'reopened', 'merged', 'merge_undone', 'call_back_requested', 'call_back_done', 'call_back_missed', 'call_back_cancelled', 'clock_warned', 'clock_breached', 'escalated', 'clock_met', 'policy_applied', 'tagged')");
        }
    }
}
