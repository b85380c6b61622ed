using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PatientPortal.Records.Data.Migrations
{
    /// <inheritdoc />
    sealed partial class AwaitedNames : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "records_awaited_names",
                columns: table => new
                {
                    source = table.Column<string>(nullable: false),
                    source_id = table.Column<string>(nullable: false),
                    resource_id = table.Column<Guid>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_records_awaited_names", x => new { x.source, x.source_id, x.resource_id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_records_awaited_names_resource_id",
                table: "records_awaited_names",
                column: "resource_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "records_awaited_names");
        }
    }
}
