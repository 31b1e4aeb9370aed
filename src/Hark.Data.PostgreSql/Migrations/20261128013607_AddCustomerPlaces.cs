using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Hark.Data.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class AddCustomerPlaces : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_config_documents_kind",
                table: "config_documents");

            migrationBuilder.CreateIndex(
                name: "ix_signals_account_id_occurred_at",
                table: "signals",
                columns: new[] { "workspace_id", "account_id", "occurred_at" },
                filter: "account_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_messages_contact_id",
                table: "outbox_messages",
                columns: new[] { "workspace_id", "contact_id" },
                filter: "contact_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_contacts_account_id",
                table: "contacts",
                columns: new[] { "workspace_id", "account_id" },
                filter: "account_id IS NOT NULL");

            migrationBuilder.AddCheckConstraint(
                name: "ck_config_documents_kind",
                table: "config_documents",
                sql: "kind IN ('rules', 'segments', 'sla_policies', 'calendars', 'cohorts', 'personas', 'templates', 'verification', 'snippets', 'macros', 'playbooks', 'journeys')");

            migrationBuilder.CreateIndex(
                name: "ix_cases_account_id",
                table: "cases",
                columns: new[] { "workspace_id", "account_id" },
                filter: "account_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_accounts_renews_on_account_id",
                table: "accounts",
                columns: new[] { "workspace_id", "renews_on", "account_id" },
                filter: "renews_on IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_signals_account_id_occurred_at",
                table: "signals");

            migrationBuilder.DropIndex(
                name: "ix_outbox_messages_contact_id",
                table: "outbox_messages");

            migrationBuilder.DropIndex(
                name: "ix_contacts_account_id",
                table: "contacts");

            migrationBuilder.DropCheckConstraint(
                name: "ck_config_documents_kind",
                table: "config_documents");

            migrationBuilder.DropIndex(
                name: "ix_cases_account_id",
                table: "cases");

            migrationBuilder.DropIndex(
                name: "ix_accounts_renews_on_account_id",
                table: "accounts");

            migrationBuilder.AddCheckConstraint(
                name: "ck_config_documents_kind",
                table: "config_documents",
                sql: "kind IN ('rules', 'segments', 'sla_policies', 'calendars', 'cohorts', 'personas', 'templates', 'verification', 'snippets', 'macros', 'playbooks')");
        }
    }
}
