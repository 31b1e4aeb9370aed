using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Logging.Console;

namespace Hark.Web.Infrastructure.Hosting;

/// <summary>Where settings come from, besides what ASP.NET Core reads already.</summary>
internal static class ConfigurationSources
{
    private static readonly string[] AddressKeys = ["urls", "http_ports", "https_ports"];

    /// <summary>
    /// Reads <c>appsettings.json</c> of the folder Hark was started in, over the one shipped beside the program and under environment and arguments.
    /// </summary>
    public static void AddLocalSettings(this ConfigurationManager configuration)
    {
        var file = Path.GetFullPath("appsettings.json");
        if (!File.Exists(file) || Path.GetDirectoryName(file) == AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)) return;
        var sources = ((IConfigurationBuilder)configuration).Sources;
        var shipped = sources.OfType<JsonConfigurationSource>().LastOrDefault();
        var local = new JsonConfigurationSource { Path = Path.GetFileName(file), ReloadOnChange = false };
        local.FileProvider = new Microsoft.Extensions.FileProviders.PhysicalFileProvider(Path.GetDirectoryName(file)!);
        sources.Insert(shipped is null ? 0 : sources.IndexOf(shipped) + 1, local);
    }

    /// <summary>Whether somebody said where to listen.</summary>
    public static bool NamesAnAddress(this IConfiguration configuration) =>
        AddressKeys.Any(k => !string.IsNullOrEmpty(configuration[k])) || configuration.GetSection("Kestrel:Endpoints").GetChildren().Any();

    public static void OnlyWarningsToStandardError(this ILoggingBuilder logging)
    {
        logging.SetMinimumLevel(LogLevel.Warning).AddFilter(null, LogLevel.Warning);
        logging.Services.Configure<ConsoleLoggerOptions>(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
