using Hark.Data.Store;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Hark.Data.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class AddSearch : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.SqlResource<AddSearch>("AddSearch.up.sql");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.SqlResource<AddSearch>("AddSearch.down.sql");
        }
    }
}
