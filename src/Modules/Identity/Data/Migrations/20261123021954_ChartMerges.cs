using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PatientPortal.Identity.Data.Migrations
{
    /// <inheritdoc />
    sealed partial class ChartMerges : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "merged_into_id",
                table: "identity_patients",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "rests_since",
                table: "identity_grants",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "identity_chart_merges",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    from_id = table.Column<Guid>(nullable: false),
                    into_id = table.Column<Guid>(nullable: false),
                    at = table.Column<long>(nullable: false),
                    by_id = table.Column<Guid>(nullable: false),
                    by_name = table.Column<string>(nullable: false),
                    reason = table.Column<byte[]>(nullable: false),
                    account_followed = table.Column<Guid>(nullable: true),
                    account_disabled = table.Column<Guid>(nullable: true),
                    conflict_copied = table.Column<bool>(nullable: false),
                    grants = table.Column<string>(nullable: false),
                    undone_at = table.Column<long>(nullable: true),
                    undone_by_id = table.Column<Guid>(nullable: true),
                    undone_by_name = table.Column<string>(nullable: true),
                    undone_reason = table.Column<byte[]>(nullable: true),
                    version = table.Column<int>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_chart_merges", x => x.id);
                    table.ForeignKey(
                        name: "fk_identity_chart_merges_from_id",
                        column: x => x.from_id,
                        principalTable: "identity_patients",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_identity_chart_merges_into_id",
                        column: x => x.into_id,
                        principalTable: "identity_patients",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "identity_chart_moves",
                columns: table => new
                {
                    merge_id = table.Column<Guid>(nullable: false),
                    table_name = table.Column<string>(maxLength: 100, nullable: false),
                    row_key = table.Column<string>(maxLength: 600, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_chart_moves", x => new { x.merge_id, x.table_name, x.row_key });
                });

            migrationBuilder.CreateTable(
                name: "identity_duplicate_pairs",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    one_id = table.Column<Guid>(nullable: false),
                    other_id = table.Column<Guid>(nullable: false),
                    score = table.Column<int>(nullable: false),
                    found_at = table.Column<long>(nullable: false),
                    found_by = table.Column<string>(nullable: true),
                    state = table.Column<string>(maxLength: 40, nullable: false),
                    decided_at = table.Column<long>(nullable: true),
                    decided_by_id = table.Column<Guid>(nullable: true),
                    decided_by_name = table.Column<string>(nullable: true),
                    note = table.Column<byte[]>(nullable: true),
                    version = table.Column<int>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_duplicate_pairs", x => x.id);
                    table.ForeignKey(
                        name: "fk_identity_duplicate_pairs_one_id",
                        column: x => x.one_id,
                        principalTable: "identity_patients",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_identity_duplicate_pairs_other_id",
                        column: x => x.other_id,
                        principalTable: "identity_patients",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "identity_duplicate_searches",
                columns: table => new
                {
                    id = table.Column<int>(nullable: false),
                    changed_at = table.Column<long>(nullable: false),
                    chart_id = table.Column<Guid>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_duplicate_searches", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "identity_joined_charts",
                columns: table => new
                {
                    merge_id = table.Column<Guid>(nullable: false),
                    from_id = table.Column<Guid>(nullable: false),
                    into_id = table.Column<Guid>(nullable: false),
                    at = table.Column<long>(nullable: false),
                    undone_at = table.Column<long>(nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_joined_charts", x => x.merge_id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_identity_patients_changed_at_id",
                table: "identity_patients",
                columns: new[] { "changed_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_identity_patients_merged_into_id",
                table: "identity_patients",
                column: "merged_into_id");

            migrationBuilder.CreateIndex(
                name: "ix_identity_chart_merges_at_id",
                table: "identity_chart_merges",
                columns: new[] { "at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_identity_chart_merges_from_id",
                table: "identity_chart_merges",
                column: "from_id",
                unique: true,
                filter: "undone_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_identity_chart_merges_into_id",
                table: "identity_chart_merges",
                column: "into_id");

            migrationBuilder.CreateIndex(
                name: "ix_identity_duplicate_pairs_one_id_other_id",
                table: "identity_duplicate_pairs",
                columns: new[] { "one_id", "other_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_identity_duplicate_pairs_other_id",
                table: "identity_duplicate_pairs",
                column: "other_id");

            migrationBuilder.CreateIndex(
                name: "ix_identity_duplicate_pairs_state_score_id",
                table: "identity_duplicate_pairs",
                columns: new[] { "state", "score", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_identity_joined_charts_from_id",
                table: "identity_joined_charts",
                column: "from_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "identity_chart_merges");

            migrationBuilder.DropTable(
                name: "identity_chart_moves");

            migrationBuilder.DropTable(
                name: "identity_duplicate_pairs");

            migrationBuilder.DropTable(
                name: "identity_duplicate_searches");

            migrationBuilder.DropTable(
                name: "identity_joined_charts");

            migrationBuilder.DropIndex(
                name: "ix_identity_patients_changed_at_id",
                table: "identity_patients");

            migrationBuilder.DropIndex(
                name: "ix_identity_patients_merged_into_id",
                table: "identity_patients");

            migrationBuilder.DropColumn(
                name: "merged_into_id",
                table: "identity_patients");

            migrationBuilder.DropColumn(
                name: "rests_since",
                table: "identity_grants");
        }
    }
}
