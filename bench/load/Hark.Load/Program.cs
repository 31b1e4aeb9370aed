using Hark.Load;
using Hark.Load.Probes;

// The program starts itself again for the probes, so that what is measured never shares a process with what measures.
return args is [ProbeServer.Word, ..] ? await ProbeServer.RunAsync(args[1..]) : await LoadCommand.RunAsync(args);
