using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Hark.Data.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class AddInsight : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_config_documents_kind",
                table: "config_documents");

            migrationBuilder.CreateTable(
                name: "alert_watches",
                columns: table => new
                {
                    workspace_id = table.Column<Guid>(type: "uuid", nullable: false),
                    day = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    checked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_alert_watches", x => x.workspace_id);
                });

            migrationBuilder.CreateTable(
                name: "alerts",
                columns: table => new
                {
                    workspace_id = table.Column<Guid>(type: "uuid", nullable: false),
                    alert_id = table.Column<Guid>(type: "uuid", nullable: false),
                    measure = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    dimension = table.Column<string>(type: "text", nullable: false),
                    value = table.Column<string>(type: "text", nullable: false),
                    day = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    days = table.Column<int>(type: "integer", nullable: false),
                    observed = table.Column<double>(type: "double precision", nullable: false),
                    expected = table.Column<double>(type: "double precision", nullable: false),
                    exposure = table.Column<double>(type: "double precision", nullable: false),
                    p = table.Column<double>(type: "double precision", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_alerts", x => new { x.workspace_id, x.alert_id });
                    table.CheckConstraint("ck_alerts_measure", "measure IN ('negative_rate', 'negatives', 'signals')");
                });

            migrationBuilder.CreateTable(
                name: "signal_changes",
                columns: table => new
                {
                    workspace_id = table.Column<Guid>(type: "uuid", nullable: false),
                    change_id = table.Column<Guid>(type: "uuid", nullable: false),
                    signal_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_signal_changes", x => new { x.workspace_id, x.change_id });
                });

            migrationBuilder.AddCheckConstraint(
                name: "ck_config_documents_kind",
                table: "config_documents",
                sql: "kind IN ('rules', 'segments', 'sla_policies', 'calendars', 'cohorts', 'personas', 'templates', 'verification', 'snippets', 'macros', 'playbooks', 'journeys', 'targets', 'customer_base', 'benchmarks', 'quality')");

            migrationBuilder.CreateIndex(
                name: "ix_alerts_measure_dimension_value",
                table: "alerts",
                columns: new[] { "workspace_id", "measure", "dimension", "value" },
                unique: true,
                filter: "closed_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_alerts_opened_at_alert_id",
                table: "alerts",
                columns: new[] { "workspace_id", "opened_at", "alert_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "alert_watches");

            migrationBuilder.DropTable(
                name: "alerts");

            migrationBuilder.DropTable(
                name: "signal_changes");

            migrationBuilder.DropCheckConstraint(
                name: "ck_config_documents_kind",
                table: "config_documents");

            migrationBuilder.AddCheckConstraint(
                name: "ck_config_documents_kind",
                table: "config_documents",
                sql: "kind IN ('rules', 'segments', 'sla_policies', 'calendars', 'cohorts', 'personas', 'templates', 'verification', 'snippets', 'macros', 'playbooks', 'journeys', 'targets')");
        }
    }
}
