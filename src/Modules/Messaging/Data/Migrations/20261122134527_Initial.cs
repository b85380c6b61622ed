using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PatientPortal.Messaging.Data.Migrations
{
    /// <inheritdoc />
    sealed partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "messaging_deliveries",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    news = table.Column<string>(maxLength: 120, nullable: false),
                    recipient_id = table.Column<Guid>(nullable: false),
                    channel = table.Column<string>(maxLength: 20, nullable: false),
                    kind = table.Column<string>(maxLength: 40, nullable: false),
                    patient_id = table.Column<Guid>(nullable: true),
                    grant_id = table.Column<Guid>(nullable: true),
                    address = table.Column<byte[]>(nullable: false),
                    subject = table.Column<byte[]>(nullable: false),
                    text = table.Column<byte[]>(nullable: false),
                    message_id = table.Column<string>(maxLength: 200, nullable: false),
                    state = table.Column<string>(maxLength: 40, nullable: false),
                    created_at = table.Column<long>(nullable: false),
                    due_at = table.Column<long>(nullable: false),
                    useful_until = table.Column<long>(nullable: true),
                    attempts = table.Column<int>(nullable: false),
                    lease_until = table.Column<long>(nullable: true),
                    sent_at = table.Column<long>(nullable: true),
                    last_answer = table.Column<byte[]>(nullable: true),
                    version = table.Column<int>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messaging_deliveries", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "messaging_known_patients",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    name = table.Column<string>(maxLength: 200, nullable: false),
                    time_zone = table.Column<string>(maxLength: 64, nullable: false),
                    language = table.Column<string>(maxLength: 8, nullable: false),
                    account_id = table.Column<Guid>(nullable: true),
                    email = table.Column<byte[]>(nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messaging_known_patients", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "messaging_known_proxies",
                columns: table => new
                {
                    grant_id = table.Column<Guid>(nullable: false),
                    patient_id = table.Column<Guid>(nullable: false),
                    account_id = table.Column<Guid>(nullable: false),
                    name = table.Column<string>(maxLength: 200, nullable: false),
                    language = table.Column<string>(maxLength: 8, nullable: false),
                    email = table.Column<byte[]>(nullable: true),
                    scopes = table.Column<string>(maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messaging_known_proxies", x => x.grant_id);
                });

            migrationBuilder.CreateTable(
                name: "messaging_preferences",
                columns: table => new
                {
                    account_id = table.Column<Guid>(nullable: false),
                    group = table.Column<string>(maxLength: 40, nullable: false),
                    channel = table.Column<string>(maxLength: 20, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messaging_preferences", x => new { x.account_id, x.group, x.channel });
                });

            migrationBuilder.CreateTable(
                name: "messaging_teams",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    name = table.Column<string>(maxLength: 120, nullable: false),
                    spanish_name = table.Column<string>(maxLength: 120, nullable: true),
                    phone = table.Column<string>(maxLength: 40, nullable: true),
                    time_zone = table.Column<string>(maxLength: 64, nullable: false),
                    promise_days = table.Column<int>(nullable: false),
                    active = table.Column<bool>(nullable: false),
                    rank = table.Column<int>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messaging_teams", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "messaging_team_closure",
                columns: table => new
                {
                    team_id = table.Column<Guid>(nullable: false),
                    day = table.Column<DateOnly>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messaging_team_closure", x => new { x.team_id, x.day });
                    table.ForeignKey(
                        name: "fk_messaging_team_closure_team_id",
                        column: x => x.team_id,
                        principalTable: "messaging_teams",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "messaging_team_hours",
                columns: table => new
                {
                    team_id = table.Column<Guid>(nullable: false),
                    day = table.Column<string>(maxLength: 40, nullable: false),
                    opens = table.Column<TimeOnly>(nullable: false),
                    closes = table.Column<TimeOnly>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messaging_team_hours", x => new { x.team_id, x.day });
                    table.ForeignKey(
                        name: "fk_messaging_team_hours_team_id",
                        column: x => x.team_id,
                        principalTable: "messaging_teams",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "messaging_team_topic",
                columns: table => new
                {
                    team_id = table.Column<Guid>(nullable: false),
                    topic = table.Column<string>(maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messaging_team_topic", x => new { x.team_id, x.topic });
                    table.ForeignKey(
                        name: "fk_messaging_team_topic_team_id",
                        column: x => x.team_id,
                        principalTable: "messaging_teams",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "messaging_threads",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    patient_id = table.Column<Guid>(nullable: false),
                    team_id = table.Column<Guid>(nullable: false),
                    topic = table.Column<string>(maxLength: 40, nullable: false),
                    subject = table.Column<byte[]>(nullable: false),
                    state = table.Column<string>(maxLength: 40, nullable: false),
                    started_at = table.Column<long>(nullable: false),
                    last_at = table.Column<long>(nullable: false),
                    waiting_since = table.Column<long>(nullable: true),
                    promised_by = table.Column<long>(nullable: true),
                    claimed_by_id = table.Column<Guid>(nullable: true),
                    claimed_by_name = table.Column<string>(maxLength: 120, nullable: true),
                    claimed_at = table.Column<long>(nullable: true),
                    closed_at = table.Column<long>(nullable: true),
                    closed_with = table.Column<string>(maxLength: 40, nullable: true),
                    closed_by_name = table.Column<string>(maxLength: 120, nullable: true),
                    version = table.Column<int>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messaging_threads", x => x.id);
                    table.ForeignKey(
                        name: "fk_messaging_threads_team_id",
                        column: x => x.team_id,
                        principalTable: "messaging_teams",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "messaging_messages",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    conversation_id = table.Column<Guid>(nullable: false),
                    patient_id = table.Column<Guid>(nullable: false),
                    from = table.Column<string>(maxLength: 40, nullable: false),
                    author_id = table.Column<Guid>(nullable: false),
                    author_name = table.Column<string>(maxLength: 120, nullable: false),
                    author_role = table.Column<string>(maxLength: 60, nullable: false),
                    body = table.Column<byte[]>(nullable: false),
                    sent_at = table.Column<long>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messaging_messages", x => x.id);
                    table.ForeignKey(
                        name: "fk_messaging_messages_conversation_id",
                        column: x => x.conversation_id,
                        principalTable: "messaging_threads",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "messaging_read_marks",
                columns: table => new
                {
                    message_id = table.Column<Guid>(nullable: false),
                    reader_id = table.Column<Guid>(nullable: false),
                    reader_name = table.Column<string>(maxLength: 120, nullable: false),
                    side = table.Column<string>(maxLength: 40, nullable: false),
                    read_at = table.Column<long>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messaging_read_marks", x => new { x.message_id, x.reader_id });
                    table.ForeignKey(
                        name: "fk_messaging_read_marks_message_id",
                        column: x => x.message_id,
                        principalTable: "messaging_messages",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_messaging_deliveries_grant_id",
                table: "messaging_deliveries",
                column: "grant_id");

            migrationBuilder.CreateIndex(
                name: "ix_messaging_deliveries_news_recipient_id_channel",
                table: "messaging_deliveries",
                columns: new[] { "news", "recipient_id", "channel" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_messaging_deliveries_state_due_at_id",
                table: "messaging_deliveries",
                columns: new[] { "state", "due_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_messaging_known_patients_account_id",
                table: "messaging_known_patients",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "ix_messaging_known_proxies_patient_id",
                table: "messaging_known_proxies",
                column: "patient_id");

            migrationBuilder.CreateIndex(
                name: "ix_messaging_messages_conversation_id_sent_at",
                table: "messaging_messages",
                columns: new[] { "conversation_id", "sent_at" });

            migrationBuilder.CreateIndex(
                name: "ix_messaging_messages_patient_id_from",
                table: "messaging_messages",
                columns: new[] { "patient_id", "from" });

            migrationBuilder.CreateIndex(
                name: "ix_messaging_threads_patient_id_last_at_id",
                table: "messaging_threads",
                columns: new[] { "patient_id", "last_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_messaging_threads_state_last_at_id",
                table: "messaging_threads",
                columns: new[] { "state", "last_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_messaging_threads_state_waiting_since_id",
                table: "messaging_threads",
                columns: new[] { "state", "waiting_since", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_messaging_threads_team_id",
                table: "messaging_threads",
                column: "team_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "messaging_deliveries");

            migrationBuilder.DropTable(
                name: "messaging_known_patients");

            migrationBuilder.DropTable(
                name: "messaging_known_proxies");

            migrationBuilder.DropTable(
                name: "messaging_preferences");

            migrationBuilder.DropTable(
                name: "messaging_read_marks");

            migrationBuilder.DropTable(
                name: "messaging_team_closure");

            migrationBuilder.DropTable(
                name: "messaging_team_hours");

            migrationBuilder.DropTable(
                name: "messaging_team_topic");

            migrationBuilder.DropTable(
                name: "messaging_messages");

            migrationBuilder.DropTable(
                name: "messaging_threads");

            migrationBuilder.DropTable(
                name: "messaging_teams");
        }
    }
}
