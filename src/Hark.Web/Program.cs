using Hark.Web.Commands;

return await CommandLine.RunAsync(args);
