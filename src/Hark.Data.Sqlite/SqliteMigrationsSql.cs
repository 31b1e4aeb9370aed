using Hark.Data.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace Hark.Data.Sqlite;

/// <summary>Makes the tables marked <see cref="ModelConventions.Clustered"/> WITHOUT ROWID: one tree instead of a table and an index.</summary>
#pragma warning disable EF1001 // the generator's only constructor takes a type EF keeps for providers
internal sealed class SqliteMigrationsSql(MigrationsSqlGeneratorDependencies dependencies, IRelationalAnnotationProvider annotations)
    : SqliteMigrationsSqlGenerator(dependencies, annotations)
#pragma warning restore EF1001
{
    protected override void Generate(CreateTableOperation operation, IModel? model, MigrationCommandListBuilder builder, bool terminate = true)
    {
        base.Generate(operation, model, builder, terminate: false);
        if (IsClustered(operation, model)) builder.Append(" WITHOUT ROWID");
        if (!terminate) return;
        builder.AppendLine(Dependencies.SqlGenerationHelper.StatementTerminator);
        EndStatement(builder);
    }

    private static bool IsClustered(CreateTableOperation operation, IModel? model) =>
        model?.GetRelationalModel().FindTable(operation.Name, operation.Schema)?.EntityTypeMappings
            .Any(m => m.TypeBase.FindAnnotation(ModelConventions.Clustered) is not null) == true;
}
