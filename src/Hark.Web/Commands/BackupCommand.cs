using System.CommandLine;
using Hark.Web.Infrastructure.Hosting;
using Hark.Web.Infrastructure.Settings;

namespace Hark.Web.Commands;

/// <summary><c>backup FILE</c>: a copy of the whole store, taken while it is in use.</summary>
internal static class BackupCommand
{
    public static Command Create(CommandContext context)
    {
        var file = new Argument<FileInfo>("file") { Description = "Where to write it; must not be there yet." };
        var command = new Command("backup", "Copies the whole store into one file, also while Hark is serving. PostgreSQL needs pg_dump on the PATH.") { file };
        command.SetAction((parsed, token) => context.WithServicesAsync(async services =>
        {
            var target = parsed.GetRequiredValue(file);
            if (target.Exists) throw new CommandException($"{target.Name} is there already; name another file.");
            var options = services.GetRequiredService<HarkOptions>();
            if (options.Store == StoreKind.Sqlite) await SqliteBackup.CopyAsync(options.ConnectionString, target.FullName, token);
            else await PostgreSqlBackup.DumpAsync(options.ConnectionString, target.FullName, token);
            await context.Terminal.Error.WriteLineAsync($"Wrote {target.Name}.");
            return CommandLine.Done;
        }, token, prepare: false));
        return command;
    }
}

/// <summary><c>restore FILE</c>: puts a backup where the store is to be.</summary>
internal static class RestoreCommand
{
    public static Command Create(CommandContext context)
    {
        var file = new Argument<FileInfo>("file") { Description = "A file that backup wrote." };
        var overwrite = new Option<bool>("--overwrite") { Description = "Replaces a store that holds data. Never one that is in use." };
        var command = new Command("restore", "Puts a backup where the store is to be; stop Hark first. PostgreSQL needs pg_restore on the PATH.") { file, overwrite };
        command.SetAction((parsed, token) => context.WithServicesAsync(async services =>
        {
            var from = parsed.GetRequiredValue(file);
            if (!from.Exists) throw new CommandException($"There is no file {from.Name}.");
            var options = services.GetRequiredService<HarkOptions>();
            var replace = parsed.GetValue(overwrite);
            if (options.Store == StoreKind.Sqlite) await SqliteBackup.RestoreAsync(options.ConnectionString, from.FullName, replace, token);
            else await PostgreSqlBackup.RestoreAsync(options.ConnectionString, from.FullName, replace, token);
            // A backup from an older version is brought up to this one at once, so that the next start has nothing to do.
            if (options.Migrate) await services.GetRequiredService<StorePreparation>().MigrateAsync(token);
            await context.Terminal.Error.WriteLineAsync($"Restored {from.Name}.");
            return CommandLine.Done;
        }, token, prepare: false));
        return command;
    }
}
