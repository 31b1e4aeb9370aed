using System.Runtime.InteropServices;

namespace Hark.Data.Work;

/// <summary>Long calculations that nobody waits for: they get what time the processors have left, so intake and pages are as quick beside them as without.</summary>
public static class SpareTime
{
    /// <summary>Runs work on a thread of its own with the lowest priority that the system has.</summary>
    public static Task<T> RunAsync<T>(Func<T> work) => Task.Factory.StartNew(() =>
    {
        StepBack();
        return work();
    }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <remarks>
    /// .NET keeps a thread's priority to itself on Linux, where niceness is each thread's own and may always be raised. The thread ends with its work, so it never has to be taken back.
    /// </remarks>
    private static void StepBack()
    {
        Thread.CurrentThread.Priority = ThreadPriority.Lowest;
        if (OperatingSystem.IsLinux()) _ = SetPriority(ThisProcessOrThread, 0, Nicest);
    }

    private const int ThisProcessOrThread = 0, Nicest = 19;

    [DllImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, uint who, int niceness);
}
