namespace Hark.Web.Commands;

/// <summary>
/// Tells ASP.NET Core configuration arguments from the words of a command, so that every command takes the former and still refuses a misspelt option:
/// configuration is <c>--urls</c> and its kind, and every <c>--Name</c> with a colon in it (<c>--Hark:Roles=web</c>, <c>--Logging:LogLevel:Default Debug</c>).
/// </summary>
internal static class ConfigurationArguments
{
    private static readonly HashSet<string> HostKeys = new(StringComparer.OrdinalIgnoreCase)
    {
        "urls", "http_ports", "https_ports", "environment", "contentRoot", "webroot", "applicationName", "shutdownTimeoutSeconds", "detailedErrors",
        "captureStartupErrors", "preferHostingUrls", "suppressStatusMessages", "startupAssembly", "hostingStartupAssemblies", "hostingStartupExcludeAssemblies",
        "preventHostingStartup", "AllowedHosts", "Hark", "ConnectionStrings", "Logging", "Kestrel",
    };

    public static (string[] Settings, string[] Words) Split(string[] args)
    {
        List<string> settings = [], words = [];
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--")
            {
                words.AddRange(args[i..]);
                break;
            }
            if (!IsSetting(args[i], out var hasValue)) words.Add(args[i]);
            else
            {
                // Always one argument: the reader of configuration takes "--key value" too, but not a value that begins with dashes.
                settings.Add(hasValue || i + 1 == args.Length ? args[i] : args[i] + "=" + args[++i]);
            }
        }
        return ([.. settings], [.. words]);
    }

    private static bool IsSetting(string arg, out bool hasValue)
    {
        hasValue = false;
        if (!arg.StartsWith("--", StringComparison.Ordinal)) return false;
        var equals = arg.IndexOf('=', StringComparison.Ordinal);
        hasValue = equals >= 0;
        var name = hasValue ? arg[2..equals] : arg[2..];
        return name.Contains(':', StringComparison.Ordinal) || HostKeys.Contains(name);
    }
}
