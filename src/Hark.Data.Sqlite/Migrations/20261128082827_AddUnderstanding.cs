using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Hark.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class AddUnderstanding : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_config_documents_kind",
                table: "config_documents");

            migrationBuilder.CreateTable(
                name: "text_disagreements",
                columns: table => new
                {
                    workspace_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    task = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    signal_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    told = table.Column<string>(type: "TEXT", nullable: false),
                    truth = table.Column<string>(type: "TEXT", nullable: false),
                    confidence = table.Column<double>(type: "REAL", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_text_disagreements", x => new { x.workspace_id, x.task, x.signal_id });
                    table.CheckConstraint("ck_text_disagreements_task", "task IN ('sentiment', 'topics')");
                    table.ForeignKey(
                        name: "fk_text_disagreements_",
                        column: x => x.workspace_id,
                        principalTable: "workspaces",
                        principalColumn: "workspace_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "text_learning",
                columns: table => new
                {
                    workspace_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    learned_through = table.Column<byte[]>(type: "BLOB", nullable: false),
                    corrected_through = table.Column<long>(type: "INTEGER", nullable: false),
                    waiting = table.Column<int>(type: "INTEGER", nullable: false),
                    pass_target = table.Column<string>(type: "TEXT", nullable: true),
                    pass_before = table.Column<byte[]>(type: "BLOB", nullable: false),
                    pass_started_at = table.Column<long>(type: "INTEGER", nullable: true),
                    pass_finished_at = table.Column<long>(type: "INTEGER", nullable: true),
                    pass_texts = table.Column<long>(type: "INTEGER", nullable: false),
                    pass_changed = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_text_learning", x => x.workspace_id);
                    table.ForeignKey(
                        name: "fk_text_learning_",
                        column: x => x.workspace_id,
                        principalTable: "workspaces",
                        principalColumn: "workspace_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "text_lessons",
                columns: table => new
                {
                    workspace_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    signal_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_text_lessons", x => new { x.workspace_id, x.signal_id });
                    table.ForeignKey(
                        name: "fk_text_lessons_",
                        column: x => x.workspace_id,
                        principalTable: "workspaces",
                        principalColumn: "workspace_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "text_model_scores",
                columns: table => new
                {
                    workspace_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    task = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    day_at = table.Column<long>(type: "INTEGER", nullable: false),
                    language = table.Column<string>(type: "TEXT", nullable: false),
                    texts = table.Column<int>(type: "INTEGER", nullable: false),
                    right = table.Column<int>(type: "INTEGER", nullable: false),
                    shipped_right = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_text_model_scores", x => new { x.workspace_id, x.task, x.day_at, x.language });
                    table.CheckConstraint("ck_text_model_scores_task", "task IN ('sentiment', 'topics')");
                    table.ForeignKey(
                        name: "fk_text_model_scores_",
                        column: x => x.workspace_id,
                        principalTable: "workspaces",
                        principalColumn: "workspace_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "text_models",
                columns: table => new
                {
                    workspace_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    task = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    content = table.Column<byte[]>(type: "BLOB", nullable: true),
                    lessons = table.Column<int>(type: "INTEGER", nullable: false),
                    left_out = table.Column<double>(type: "REAL", nullable: false),
                    left_out_before = table.Column<double>(type: "REAL", nullable: false),
                    trial = table.Column<int>(type: "INTEGER", nullable: false),
                    trial_right = table.Column<int>(type: "INTEGER", nullable: false),
                    trial_champion_right = table.Column<int>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_text_models", x => new { x.workspace_id, x.task, x.version });
                    table.CheckConstraint("ck_text_models_state", "state IN ('champion', 'challenger', 'retired')");
                    table.CheckConstraint("ck_text_models_task", "task IN ('sentiment', 'topics')");
                    table.ForeignKey(
                        name: "fk_text_models_",
                        column: x => x.workspace_id,
                        principalTable: "workspaces",
                        principalColumn: "workspace_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "topic_proposals",
                columns: table => new
                {
                    workspace_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    term = table.Column<string>(type: "TEXT", nullable: false),
                    language = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    phrases = table.Column<string>(type: "TEXT", nullable: false),
                    examples = table.Column<string>(type: "TEXT", nullable: false),
                    texts = table.Column<int>(type: "INTEGER", nullable: false),
                    texts_before = table.Column<int>(type: "INTEGER", nullable: false),
                    strength = table.Column<double>(type: "REAL", nullable: false),
                    found_at = table.Column<long>(type: "INTEGER", nullable: false),
                    decided_at = table.Column<long>(type: "INTEGER", nullable: true),
                    decided_by = table.Column<string>(type: "TEXT", nullable: true),
                    topic = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_topic_proposals", x => new { x.workspace_id, x.term, x.language });
                    table.CheckConstraint("ck_topic_proposals_state", "state IN ('open', 'accepted', 'merged', 'dismissed')");
                    table.ForeignKey(
                        name: "fk_topic_proposals_",
                        column: x => x.workspace_id,
                        principalTable: "workspaces",
                        principalColumn: "workspace_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.AddCheckConstraint(
                name: "ck_config_documents_kind",
                table: "config_documents",
                sql: "kind IN ('rules', 'segments', 'sla_policies', 'calendars', 'cohorts', 'personas', 'templates', 'verification', 'snippets', 'macros', 'playbooks', 'journeys', 'targets', 'customer_base', 'benchmarks', 'quality', 'topics', 'understanding')");

            migrationBuilder.CreateIndex(
                name: "ix_text_lessons_at",
                table: "text_lessons",
                columns: new[] { "workspace_id", "at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "text_disagreements");

            migrationBuilder.DropTable(
                name: "text_learning");

            migrationBuilder.DropTable(
                name: "text_lessons");

            migrationBuilder.DropTable(
                name: "text_model_scores");

            migrationBuilder.DropTable(
                name: "text_models");

            migrationBuilder.DropTable(
                name: "topic_proposals");

            migrationBuilder.DropCheckConstraint(
                name: "ck_config_documents_kind",
                table: "config_documents");

            migrationBuilder.AddCheckConstraint(
                name: "ck_config_documents_kind",
                table: "config_documents",
                sql: "kind IN ('rules', 'segments', 'sla_policies', 'calendars', 'cohorts', 'personas', 'templates', 'verification', 'snippets', 'macros', 'playbooks', 'journeys', 'targets', 'customer_base', 'benchmarks', 'quality')");
        }
    }
}
