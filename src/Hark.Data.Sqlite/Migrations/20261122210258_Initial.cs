using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Hark.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "accounts",
                columns: table => new
                {
                    workspace_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    account_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    external_id = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: true),
                    annual_value = table.Column<long>(type: "INTEGER", nullable: true),
                    currency = table.Column<string>(type: "TEXT", nullable: true),
                    renews_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    traits = table.Column<string>(type: "TEXT", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_accounts", x => new { x.workspace_id, x.account_id });
                });

            migrationBuilder.CreateTable(
                name: "aggregate_cells",
                columns: table => new
                {
                    workspace_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    grain = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    dimension = table.Column<string>(type: "TEXT", nullable: false),
                    bucket_at = table.Column<long>(type: "INTEGER", nullable: false),
                    value = table.Column<string>(type: "TEXT", nullable: false),
                    shard = table.Column<int>(type: "INTEGER", nullable: false),
                    signals = table.Column<long>(type: "INTEGER", nullable: false),
                    comments = table.Column<long>(type: "INTEGER", nullable: false),
                    judged = table.Column<long>(type: "INTEGER", nullable: false),
                    negatives = table.Column<long>(type: "INTEGER", nullable: false),
                    scored = table.Column<long>(type: "INTEGER", nullable: false),
                    score_sum = table.Column<long>(type: "INTEGER", nullable: false),
                    score_squares = table.Column<long>(type: "INTEGER", nullable: false),
                    nps_count = table.Column<long>(type: "INTEGER", nullable: false),
                    promoters = table.Column<long>(type: "INTEGER", nullable: false),
                    detractors = table.Column<long>(type: "INTEGER", nullable: false),
                    csat_count = table.Column<long>(type: "INTEGER", nullable: false),
                    csat_sum = table.Column<long>(type: "INTEGER", nullable: false),
                    csat_squares = table.Column<long>(type: "INTEGER", nullable: false),
                    csat_top = table.Column<long>(type: "INTEGER", nullable: false),
                    ces_count = table.Column<long>(type: "INTEGER", nullable: false),
                    ces_sum = table.Column<long>(type: "INTEGER", nullable: false),
                    ces_squares = table.Column<long>(type: "INTEGER", nullable: false),
                    ces_top = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_aggregate_cells", x => new { x.workspace_id, x.grain, x.dimension, x.bucket_at, x.value, x.shard });
                    table.CheckConstraint("ck_aggregate_cells_grain", "grain IN ('hour', 'day')");
                });

            migrationBuilder.CreateTable(
                name: "audit_entries",
                columns: table => new
                {
                    workspace_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    entry_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    actor_kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    actor_id = table.Column<string>(type: "TEXT", nullable: false),
                    action = table.Column<string>(type: "TEXT", nullable: false),
                    target_kind = table.Column<string>(type: "TEXT", nullable: false),
                    target_id = table.Column<string>(type: "TEXT", nullable: true),
                    data = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_entries", x => new { x.workspace_id, x.entry_id });
                    table.CheckConstraint("ck_audit_entries_actor_kind", "actor_kind IN ('system', 'rule', 'member', 'customer', 'source')");
                });

            migrationBuilder.CreateTable(
                name: "contact_identities",
                columns: table => new
                {
                    workspace_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    value = table.Column<string>(type: "TEXT", nullable: false),
                    contact_id = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_contact_identities", x => new { x.workspace_id, x.kind, x.value });
                    table.CheckConstraint("ck_contact_identities_kind", "kind IN ('external', 'email', 'phone')");
                });

            migrationBuilder.CreateTable(
                name: "contact_merges",
                columns: table => new
                {
                    workspace_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    merge_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    from_contact_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    into_contact_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: false),
                    merged_by = table.Column<string>(type: "TEXT", nullable: false),
                    merged_at = table.Column<long>(type: "INTEGER", nullable: false),
                    undone_by = table.Column<string>(type: "TEXT", nullable: true),
                    undone_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_contact_merges", x => new { x.workspace_id, x.merge_id });
                });

            migrationBuilder.CreateTable(
                name: "contacts",
                columns: table => new
                {
                    workspace_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    contact_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    canonical_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    email = table.Column<string>(type: "TEXT", nullable: true),
                    phone = table.Column<string>(type: "TEXT", nullable: true),
                    name = table.Column<string>(type: "TEXT", nullable: true),
                    locale = table.Column<string>(type: "TEXT", nullable: true),
                    persona = table.Column<string>(type: "TEXT", nullable: true),
                    traits = table.Column<string>(type: "TEXT", nullable: true),
                    account_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    first_signal_at = table.Column<long>(type: "INTEGER", nullable: false),
                    last_signal_at = table.Column<long>(type: "INTEGER", nullable: false),
                    signal_count = table.Column<long>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    erased_at = table.Column<long>(type: "INTEGER", nullable: true),
                    unsubscribed_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_contacts", x => new { x.workspace_id, x.contact_id });
                });

            migrationBuilder.CreateTable(
                name: "counters",
                columns: table => new
                {
                    workspace_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    value = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_counters", x => new { x.workspace_id, x.name });
                });

            migrationBuilder.CreateTable(
                name: "data_protection_keys",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    friendly_name = table.Column<string>(type: "TEXT", nullable: true),
                    xml = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_data_protection_keys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "import_runs",
                columns: table => new
                {
                    workspace_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    import_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    source_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    file_name = table.Column<string>(type: "TEXT", nullable: false),
                    fingerprint = table.Column<string>(type: "TEXT", nullable: false),
                    records_done = table.Column<long>(type: "INTEGER", nullable: false),
                    stored = table.Column<long>(type: "INTEGER", nullable: false),
                    duplicates = table.Column<long>(type: "INTEGER", nullable: false),
                    updated = table.Column<long>(type: "INTEGER", nullable: false),
                    rejected = table.Column<long>(type: "INTEGER", nullable: false),
                    started_at = table.Column<long>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false),
                    finished_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_import_runs", x => new { x.workspace_id, x.import_id });
                });

            migrationBuilder.CreateTable(
                name: "outbox_messages",
                columns: table => new
                {
                    workspace_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    message_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    destination = table.Column<string>(type: "TEXT", nullable: false),
                    topic = table.Column<string>(type: "TEXT", nullable: false),
                    payload = table.Column<string>(type: "TEXT", nullable: false),
                    case_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    contact_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    available_at = table.Column<long>(type: "INTEGER", nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    lease_owner = table.Column<string>(type: "TEXT", nullable: true),
                    lease_until = table.Column<long>(type: "INTEGER", nullable: true),
                    lease_token = table.Column<long>(type: "INTEGER", nullable: false),
                    sent_at = table.Column<long>(type: "INTEGER", nullable: true),
                    last_error = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outbox_messages", x => new { x.workspace_id, x.message_id });
                    table.CheckConstraint("ck_outbox_messages_kind", "kind IN ('email', 'webhook')");
                    table.CheckConstraint("ck_outbox_messages_state", "state IN ('pending', 'sent', 'parked', 'cancelled')");
                });

            migrationBuilder.CreateTable(
                name: "search_queue",
                columns: table => new
                {
                    workspace_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    signal_id = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_search_queue", x => new { x.workspace_id, x.signal_id });
                });

            migrationBuilder.CreateTable(
                name: "signal_labels",
                columns: table => new
                {
                    workspace_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    label = table.Column<string>(type: "TEXT", nullable: false),
                    occurred_at = table.Column<long>(type: "INTEGER", nullable: false),
                    signal_id = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_signal_labels", x => new { x.workspace_id, x.kind, x.label, x.occurred_at, x.signal_id });
                    table.CheckConstraint("ck_signal_labels_kind", "kind IN ('tag', 'topic', 'segment')");
                });

            migrationBuilder.CreateTable(
                name: "signals",
                columns: table => new
                {
                    workspace_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    signal_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    source_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    external_id = table.Column<string>(type: "TEXT", nullable: true),
                    dedupe_key = table.Column<byte[]>(type: "BLOB", nullable: false),
                    content_hash = table.Column<long>(type: "INTEGER", nullable: false),
                    occurred_at = table.Column<long>(type: "INTEGER", nullable: false),
                    received_at = table.Column<long>(type: "INTEGER", nullable: false),
                    channel = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    touchpoint = table.Column<string>(type: "TEXT", nullable: true),
                    rating_scale = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    rating_value = table.Column<double>(type: "REAL", nullable: true),
                    rating_min = table.Column<double>(type: "REAL", nullable: true),
                    rating_max = table.Column<double>(type: "REAL", nullable: true),
                    score_milli = table.Column<int>(type: "INTEGER", nullable: true),
                    negative = table.Column<bool>(type: "INTEGER", nullable: true),
                    has_text = table.Column<bool>(type: "INTEGER", nullable: false),
                    language = table.Column<string>(type: "TEXT", nullable: true),
                    sentiment_label = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    sentiment_value = table.Column<double>(type: "REAL", nullable: true),
                    sentiment_confidence = table.Column<double>(type: "REAL", nullable: true),
                    severity = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    contact_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    account_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    cohort = table.Column<string>(type: "TEXT", nullable: true),
                    persona = table.Column<string>(type: "TEXT", nullable: true),
                    subject_order = table.Column<string>(type: "TEXT", nullable: true),
                    sku = table.Column<string>(type: "TEXT", nullable: true),
                    location = table.Column<string>(type: "TEXT", nullable: true),
                    ticket = table.Column<string>(type: "TEXT", nullable: true),
                    issue = table.Column<string>(type: "TEXT", nullable: true),
                    consent_contact_back = table.Column<bool>(type: "INTEGER", nullable: true),
                    consent_research = table.Column<bool>(type: "INTEGER", nullable: true),
                    tags = table.Column<string>(type: "TEXT", nullable: true),
                    topics = table.Column<string>(type: "TEXT", nullable: true),
                    segments = table.Column<string>(type: "TEXT", nullable: true),
                    attributes = table.Column<string>(type: "TEXT", nullable: true),
                    trail = table.Column<string>(type: "TEXT", nullable: true),
                    case_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    revision = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_signals", x => new { x.workspace_id, x.signal_id });
                    table.CheckConstraint("ck_signals_channel", "channel IN ('web', 'app', 'email', 'sms', 'chat', 'push', 'kiosk', 'call', 'store', 'review', 'ticket', 'social', 'meeting', 'usage')");
                    table.CheckConstraint("ck_signals_kind", "kind IN ('direct', 'indirect', 'inferred')");
                    table.CheckConstraint("ck_signals_rating_scale", "rating_scale IN ('nps', 'csat', 'ces', 'stars', 'thumbs', 'custom')");
                    table.CheckConstraint("ck_signals_sentiment_label", "sentiment_label IN ('negative', 'neutral', 'positive', 'unknown')");
                    table.CheckConstraint("ck_signals_severity", "severity IN ('routine', 'critical')");
                });

            migrationBuilder.CreateTable(
                name: "verbatims",
                columns: table => new
                {
                    workspace_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    signal_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: true),
                    answers = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_verbatims", x => new { x.workspace_id, x.signal_id });
                });

            migrationBuilder.CreateTable(
                name: "worker_leases",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    owner = table.Column<string>(type: "TEXT", nullable: false),
                    token = table.Column<long>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_worker_leases", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "workspaces",
                columns: table => new
                {
                    workspace_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    time_zone = table.Column<string>(type: "TEXT", nullable: false),
                    default_language = table.Column<string>(type: "TEXT", nullable: false),
                    default_region = table.Column<string>(type: "TEXT", nullable: false),
                    minimum_count = table.Column<int>(type: "INTEGER", nullable: false),
                    config_version = table.Column<long>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_workspaces", x => x.workspace_id);
                });

            migrationBuilder.CreateTable(
                name: "outbox_attempts",
                columns: table => new
                {
                    workspace_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    message_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    token = table.Column<long>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    delivered = table.Column<bool>(type: "INTEGER", nullable: false),
                    detail = table.Column<string>(type: "TEXT", nullable: true),
                    duration_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outbox_attempts", x => new { x.workspace_id, x.message_id, x.token });
                    table.ForeignKey(
                        name: "fk_outbox_attempts_message_id",
                        columns: x => new { x.workspace_id, x.message_id },
                        principalTable: "outbox_messages",
                        principalColumns: new[] { "workspace_id", "message_id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "access_keys",
                columns: table => new
                {
                    workspace_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    key_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    scope = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    source_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    member_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: true),
                    revoked_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_keys", x => new { x.workspace_id, x.key_id });
                    table.CheckConstraint("ck_access_keys_scope", "scope IN ('send', 'read', 'write', 'admin')");
                    table.ForeignKey(
                        name: "fk_access_keys_",
                        column: x => x.workspace_id,
                        principalTable: "workspaces",
                        principalColumn: "workspace_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "cases",
                columns: table => new
                {
                    workspace_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    case_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    number = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    is_open = table.Column<bool>(type: "INTEGER", nullable: false),
                    severity = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    title = table.Column<string>(type: "TEXT", nullable: true),
                    join_key = table.Column<byte[]>(type: "BLOB", nullable: true),
                    contact_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    account_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    first_signal_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    signal_at = table.Column<long>(type: "INTEGER", nullable: false),
                    source_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    channel = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    touchpoint = table.Column<string>(type: "TEXT", nullable: true),
                    location = table.Column<string>(type: "TEXT", nullable: true),
                    sku = table.Column<string>(type: "TEXT", nullable: true),
                    language = table.Column<string>(type: "TEXT", nullable: true),
                    cohort = table.Column<string>(type: "TEXT", nullable: true),
                    team_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    assignee_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    opened_by = table.Column<string>(type: "TEXT", nullable: true),
                    signal_count = table.Column<int>(type: "INTEGER", nullable: false),
                    opened_at = table.Column<long>(type: "INTEGER", nullable: false),
                    acknowledged_at = table.Column<long>(type: "INTEGER", nullable: true),
                    responded_at = table.Column<long>(type: "INTEGER", nullable: true),
                    resolved_at = table.Column<long>(type: "INTEGER", nullable: true),
                    verified_at = table.Column<long>(type: "INTEGER", nullable: true),
                    snoozed_until = table.Column<long>(type: "INTEGER", nullable: true),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: true),
                    breached = table.Column<bool>(type: "INTEGER", nullable: false),
                    round = table.Column<int>(type: "INTEGER", nullable: false),
                    root_cause = table.Column<string>(type: "TEXT", nullable: true),
                    outcome = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    verification = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    merged_into = table.Column<byte[]>(type: "BLOB", nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_cases", x => new { x.workspace_id, x.case_id });
                    table.CheckConstraint("ck_cases_channel", "channel IN ('web', 'app', 'email', 'sms', 'chat', 'push', 'kiosk', 'call', 'store', 'review', 'ticket', 'social', 'meeting', 'usage')");
                    table.CheckConstraint("ck_cases_outcome", "outcome IN ('fixed', 'explained', 'compensated', 'declined', 'duplicate', 'no_action_needed')");
                    table.CheckConstraint("ck_cases_severity", "severity IN ('routine', 'critical')");
                    table.CheckConstraint("ck_cases_state", "state IN ('new', 'acknowledged', 'in_progress', 'waiting', 'resolved', 'verified', 'merged')");
                    table.CheckConstraint("ck_cases_verification", "verification IN ('not_asked', 'asked', 'confirmed', 'denied', 'unverified')");
                    table.ForeignKey(
                        name: "fk_cases_",
                        column: x => x.workspace_id,
                        principalTable: "workspaces",
                        principalColumn: "workspace_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "config_documents",
                columns: table => new
                {
                    workspace_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    document = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    created_by = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_config_documents", x => new { x.workspace_id, x.kind, x.version });
                    table.CheckConstraint("ck_config_documents_kind", "kind IN ('rules', 'segments', 'sla_policies', 'calendars', 'cohorts', 'personas', 'templates', 'verification')");
                    table.ForeignKey(
                        name: "fk_config_documents_",
                        column: x => x.workspace_id,
                        principalTable: "workspaces",
                        principalColumn: "workspace_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "members",
                columns: table => new
                {
                    workspace_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    member_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    email = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    role = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    password_hash = table.Column<string>(type: "TEXT", nullable: true),
                    languages = table.Column<string>(type: "TEXT", nullable: false),
                    available = table.Column<bool>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    disabled_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_members", x => new { x.workspace_id, x.member_id });
                    table.CheckConstraint("ck_members_role", "role IN ('administrator', 'programme_owner', 'analyst', 'team_lead', 'agent', 'viewer')");
                    table.ForeignKey(
                        name: "fk_members_",
                        column: x => x.workspace_id,
                        principalTable: "workspaces",
                        principalColumn: "workspace_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "sources",
                columns: table => new
                {
                    workspace_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    source_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    channel = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    touchpoint = table.Column<string>(type: "TEXT", nullable: true),
                    owner_team_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    response_window_hours = table.Column<int>(type: "INTEGER", nullable: true),
                    cadence_days = table.Column<int>(type: "INTEGER", nullable: true),
                    retention_days = table.Column<int>(type: "INTEGER", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sources", x => new { x.workspace_id, x.source_id });
                    table.CheckConstraint("ck_sources_channel", "channel IN ('web', 'app', 'email', 'sms', 'chat', 'push', 'kiosk', 'call', 'store', 'review', 'ticket', 'social', 'meeting', 'usage')");
                    table.CheckConstraint("ck_sources_kind", "kind IN ('direct', 'indirect', 'inferred')");
                    table.ForeignKey(
                        name: "fk_sources_",
                        column: x => x.workspace_id,
                        principalTable: "workspaces",
                        principalColumn: "workspace_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "teams",
                columns: table => new
                {
                    workspace_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    team_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    email = table.Column<string>(type: "TEXT", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_teams", x => new { x.workspace_id, x.team_id });
                    table.ForeignKey(
                        name: "fk_teams_",
                        column: x => x.workspace_id,
                        principalTable: "workspaces",
                        principalColumn: "workspace_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "webhook_endpoints",
                columns: table => new
                {
                    workspace_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    endpoint_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    url = table.Column<string>(type: "TEXT", nullable: false),
                    secrets = table.Column<string>(type: "TEXT", nullable: false),
                    topics = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    disabled_at = table.Column<long>(type: "INTEGER", nullable: true),
                    disabled_reason = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_webhook_endpoints", x => new { x.workspace_id, x.endpoint_id });
                    table.ForeignKey(
                        name: "fk_webhook_endpoints_",
                        column: x => x.workspace_id,
                        principalTable: "workspaces",
                        principalColumn: "workspace_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "call_backs",
                columns: table => new
                {
                    workspace_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    call_back_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    case_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    slot_start = table.Column<long>(type: "INTEGER", nullable: false),
                    slot_end = table.Column<long>(type: "INTEGER", nullable: false),
                    phone = table.Column<string>(type: "TEXT", nullable: true),
                    note = table.Column<string>(type: "TEXT", nullable: true),
                    sequence = table.Column<int>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_call_backs", x => new { x.workspace_id, x.call_back_id });
                    table.CheckConstraint("ck_call_backs_state", "state IN ('requested', 'done', 'missed', 'cancelled')");
                    table.ForeignKey(
                        name: "fk_call_backs_case_id",
                        columns: x => new { x.workspace_id, x.case_id },
                        principalTable: "cases",
                        principalColumns: new[] { "workspace_id", "case_id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "case_clocks",
                columns: table => new
                {
                    workspace_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    case_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    round = table.Column<int>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    terms = table.Column<string>(type: "TEXT", nullable: false),
                    segments = table.Column<string>(type: "TEXT", nullable: false),
                    started_at = table.Column<long>(type: "INTEGER", nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: true),
                    met_at = table.Column<long>(type: "INTEGER", nullable: true),
                    breached_at = table.Column<long>(type: "INTEGER", nullable: true),
                    elapsed_ms = table.Column<long>(type: "INTEGER", nullable: true),
                    next_moment_at = table.Column<long>(type: "INTEGER", nullable: true),
                    warned = table.Column<bool>(type: "INTEGER", nullable: false),
                    breach_told = table.Column<bool>(type: "INTEGER", nullable: false),
                    steps_taken = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_case_clocks", x => new { x.workspace_id, x.case_id, x.kind, x.round });
                    table.CheckConstraint("ck_case_clocks_kind", "kind IN ('acknowledge', 'respond', 'resolve', 'verify')");
                    table.CheckConstraint("ck_case_clocks_state", "state IN ('running', 'paused', 'met', 'cancelled')");
                    table.ForeignKey(
                        name: "fk_case_clocks_case_id",
                        columns: x => new { x.workspace_id, x.case_id },
                        principalTable: "cases",
                        principalColumns: new[] { "workspace_id", "case_id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "case_events",
                columns: table => new
                {
                    workspace_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    case_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    event_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    actor_kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    actor_id = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: true),
                    data = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_case_events", x => new { x.workspace_id, x.case_id, x.event_id });
                    table.CheckConstraint("ck_case_events_actor_kind", "actor_kind IN ('system', 'rule', 'member', 'customer', 'source')");
                    table.CheckConstraint("ck_case_events_kind", "kind IN ('opened', 'signal_joined', 'acknowledged', 'assigned', 'started', 'replied', 'customer_replied', 'note_added', 'snoozed', 'woken', 'waiting_for_customer', 'resumed', 'severity_changed', 'resolved', 'verification_asked', 'verified', 'denied', 'closed_unverified', 'reopened', 'merged', 'merge_undone', 'call_back_requested', 'call_back_done', 'call_back_missed', 'call_back_cancelled', 'clock_warned', 'clock_breached', 'escalated', 'clock_met', 'policy_applied', 'tagged')");
                    table.ForeignKey(
                        name: "fk_case_events_case_id",
                        columns: x => new { x.workspace_id, x.case_id },
                        principalTable: "cases",
                        principalColumns: new[] { "workspace_id", "case_id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "case_signals",
                columns: table => new
                {
                    workspace_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    case_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    signal_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    joined_at = table.Column<long>(type: "INTEGER", nullable: false),
                    from_case_id = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_case_signals", x => new { x.workspace_id, x.case_id, x.signal_id });
                    table.ForeignKey(
                        name: "fk_case_signals_case_id",
                        columns: x => new { x.workspace_id, x.case_id },
                        principalTable: "cases",
                        principalColumns: new[] { "workspace_id", "case_id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "verifications",
                columns: table => new
                {
                    workspace_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    case_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    round = table.Column<int>(type: "INTEGER", nullable: false),
                    asked_at = table.Column<long>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false),
                    answered_at = table.Column<long>(type: "INTEGER", nullable: true),
                    solved = table.Column<bool>(type: "INTEGER", nullable: true),
                    comment = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_verifications", x => new { x.workspace_id, x.case_id, x.round });
                    table.ForeignKey(
                        name: "fk_verifications_case_id",
                        columns: x => new { x.workspace_id, x.case_id },
                        principalTable: "cases",
                        principalColumns: new[] { "workspace_id", "case_id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "team_members",
                columns: table => new
                {
                    workspace_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    team_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    member_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    lead = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_team_members", x => new { x.workspace_id, x.team_id, x.member_id });
                    table.ForeignKey(
                        name: "fk_team_members_member_id",
                        columns: x => new { x.workspace_id, x.member_id },
                        principalTable: "members",
                        principalColumns: new[] { "workspace_id", "member_id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_team_members_team_id",
                        columns: x => new { x.workspace_id, x.team_id },
                        principalTable: "teams",
                        principalColumns: new[] { "workspace_id", "team_id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_accounts_external_id",
                table: "accounts",
                columns: new[] { "workspace_id", "external_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_call_backs_case_id",
                table: "call_backs",
                columns: new[] { "workspace_id", "case_id" });

            migrationBuilder.CreateIndex(
                name: "ix_call_backs_state_slot_end",
                table: "call_backs",
                columns: new[] { "workspace_id", "state", "slot_end" });

            migrationBuilder.CreateIndex(
                name: "ix_case_clocks_kind_started_at",
                table: "case_clocks",
                columns: new[] { "workspace_id", "kind", "started_at" });

            migrationBuilder.CreateIndex(
                name: "ix_case_clocks_next_moment_at",
                table: "case_clocks",
                columns: new[] { "workspace_id", "next_moment_at" },
                filter: "next_moment_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_cases_assignee_id_is_open_due_at_case_id",
                table: "cases",
                columns: new[] { "workspace_id", "assignee_id", "is_open", "due_at", "case_id" });

            migrationBuilder.CreateIndex(
                name: "ix_cases_contact_id",
                table: "cases",
                columns: new[] { "workspace_id", "contact_id" },
                filter: "contact_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_cases_is_open_due_at_case_id",
                table: "cases",
                columns: new[] { "workspace_id", "is_open", "due_at", "case_id" });

            migrationBuilder.CreateIndex(
                name: "ix_cases_join_key",
                table: "cases",
                columns: new[] { "workspace_id", "join_key" },
                unique: true,
                filter: "join_key IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_cases_number",
                table: "cases",
                columns: new[] { "workspace_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_cases_opened_at",
                table: "cases",
                columns: new[] { "workspace_id", "opened_at" });

            migrationBuilder.CreateIndex(
                name: "ix_cases_snoozed_until",
                table: "cases",
                columns: new[] { "workspace_id", "snoozed_until" },
                filter: "snoozed_until IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_cases_team_id_is_open_due_at_case_id",
                table: "cases",
                columns: new[] { "workspace_id", "team_id", "is_open", "due_at", "case_id" });

            migrationBuilder.CreateIndex(
                name: "ix_contact_identities_contact_id",
                table: "contact_identities",
                columns: new[] { "workspace_id", "contact_id" });

            migrationBuilder.CreateIndex(
                name: "ix_contact_merges_from_contact_id",
                table: "contact_merges",
                columns: new[] { "workspace_id", "from_contact_id" });

            migrationBuilder.CreateIndex(
                name: "ix_contact_merges_into_contact_id",
                table: "contact_merges",
                columns: new[] { "workspace_id", "into_contact_id" });

            migrationBuilder.CreateIndex(
                name: "ix_contacts_canonical_id",
                table: "contacts",
                columns: new[] { "workspace_id", "canonical_id" },
                filter: "canonical_id <> contact_id");

            migrationBuilder.CreateIndex(
                name: "ix_import_runs_source_id_fingerprint",
                table: "import_runs",
                columns: new[] { "workspace_id", "source_id", "fingerprint" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_members_email",
                table: "members",
                columns: new[] { "workspace_id", "email" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_outbox_messages_available_at",
                table: "outbox_messages",
                columns: new[] { "workspace_id", "available_at" },
                filter: "state = 'pending'");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_messages_case_id",
                table: "outbox_messages",
                columns: new[] { "workspace_id", "case_id" },
                filter: "case_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_signals_contact_id_occurred_at",
                table: "signals",
                columns: new[] { "workspace_id", "contact_id", "occurred_at" },
                filter: "contact_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_signals_dedupe_key",
                table: "signals",
                columns: new[] { "workspace_id", "dedupe_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_signals_occurred_at_signal_id",
                table: "signals",
                columns: new[] { "workspace_id", "occurred_at", "signal_id" });

            migrationBuilder.CreateIndex(
                name: "ix_sources_name",
                table: "sources",
                columns: new[] { "workspace_id", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_team_members_member_id",
                table: "team_members",
                columns: new[] { "workspace_id", "member_id" });

            migrationBuilder.CreateIndex(
                name: "ix_teams_key",
                table: "teams",
                columns: new[] { "workspace_id", "key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_verifications_expires_at",
                table: "verifications",
                columns: new[] { "workspace_id", "expires_at" },
                filter: "answered_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_webhook_endpoints_key",
                table: "webhook_endpoints",
                columns: new[] { "workspace_id", "key" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "access_keys");

            migrationBuilder.DropTable(
                name: "accounts");

            migrationBuilder.DropTable(
                name: "aggregate_cells");

            migrationBuilder.DropTable(
                name: "audit_entries");

            migrationBuilder.DropTable(
                name: "call_backs");

            migrationBuilder.DropTable(
                name: "case_clocks");

            migrationBuilder.DropTable(
                name: "case_events");

            migrationBuilder.DropTable(
                name: "case_signals");

            migrationBuilder.DropTable(
                name: "config_documents");

            migrationBuilder.DropTable(
                name: "contact_identities");

            migrationBuilder.DropTable(
                name: "contact_merges");

            migrationBuilder.DropTable(
                name: "contacts");

            migrationBuilder.DropTable(
                name: "counters");

            migrationBuilder.DropTable(
                name: "data_protection_keys");

            migrationBuilder.DropTable(
                name: "import_runs");

            migrationBuilder.DropTable(
                name: "outbox_attempts");

            migrationBuilder.DropTable(
                name: "search_queue");

            migrationBuilder.DropTable(
                name: "signal_labels");

            migrationBuilder.DropTable(
                name: "signals");

            migrationBuilder.DropTable(
                name: "sources");

            migrationBuilder.DropTable(
                name: "team_members");

            migrationBuilder.DropTable(
                name: "verbatims");

            migrationBuilder.DropTable(
                name: "verifications");

            migrationBuilder.DropTable(
                name: "webhook_endpoints");

            migrationBuilder.DropTable(
                name: "worker_leases");

            migrationBuilder.DropTable(
                name: "outbox_messages");

            migrationBuilder.DropTable(
                name: "members");

            migrationBuilder.DropTable(
                name: "teams");

            migrationBuilder.DropTable(
                name: "cases");

            migrationBuilder.DropTable(
                name: "workspaces");
        }
    }
}
