using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Hark.Data.Store;

/// <summary>The model as code, written by <c>tools/Hark.Scaffold</c>: making it from conventions takes seconds of every start.</summary>
public static class CompiledModels
{
    /// <summary>Takes the compiled model of <paramref name="provider"/>, or the conventions where it has none (as while it is being written).</summary>
    /// <param name="options">Of the context.</param>
    /// <param name="provider">The assembly of the database; its model is named by a <see cref="DbContextModelAttribute"/>.</param>
    public static DbContextOptionsBuilder UseCompiledModel(this DbContextOptionsBuilder options, Assembly provider) =>
        provider.GetCustomAttribute<DbContextModelAttribute>() is { } named
            // Whether the migrations say what the model says is a test's question: at each start it would cost what the compiled model saves.
            ? options.ConfigureWarnings(w => w.Ignore(RelationalEventId.PendingModelChangesWarning))
                .UseModel((IModel)named.ModelType.GetProperty("Instance", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!)
            : options;
}
