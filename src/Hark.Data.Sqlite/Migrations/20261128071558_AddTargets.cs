using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Hark.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class AddTargets : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_config_documents_kind",
                table: "config_documents");

            migrationBuilder.CreateTable(
                name: "outcome_days",
                columns: table => new
                {
                    workspace_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    outcome = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    sum = table.Column<double>(type: "REAL", nullable: false),
                    count = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outcome_days", x => new { x.workspace_id, x.outcome, x.day });
                    table.CheckConstraint("ck_outcome_days_outcome", "outcome IN ('retention', 'adoption', 'cost_to_serve')");
                    table.ForeignKey(
                        name: "fk_outcome_days_",
                        column: x => x.workspace_id,
                        principalTable: "workspaces",
                        principalColumn: "workspace_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.AddCheckConstraint(
                name: "ck_config_documents_kind",
                table: "config_documents",
                sql: "kind IN ('rules', 'segments', 'sla_policies', 'calendars', 'cohorts', 'personas', 'templates', 'verification', 'snippets', 'macros', 'playbooks', 'journeys', 'targets')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "outcome_days");

            migrationBuilder.DropCheckConstraint(
                name: "ck_config_documents_kind",
                table: "config_documents");

            migrationBuilder.AddCheckConstraint(
                name: "ck_config_documents_kind",
                table: "config_documents",
                sql: "kind IN ('rules', 'segments', 'sla_policies', 'calendars', 'cohorts', 'personas', 'templates', 'verification', 'snippets', 'macros', 'playbooks', 'journeys')");
        }
    }
}
