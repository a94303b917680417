using System.Runtime.InteropServices;

namespace Nonlinear.Lab;

/// <summary>The end of the process in the middle of its work.</summary>
public static partial class ProcessEnd
{
    /// <summary>
    /// Removes what would be left behind and ends the process, without the framework's own end, which waits for threads in the middle of
    /// native code or runs into them.
    /// </summary>
    /// <param name="patience">How long to wait for whoever is just publishing something.</param>
    /// <param name="tell">Is called in between.</param>
    /// <param name="code">The exit status.</param>
    public static void Now(TimeSpan patience, Action tell, int code)
    {
        Leftovers.Clear(patience);
        tell();
        if (!OperatingSystem.IsWindows())
            Exit(code);
        Environment.Exit(code);
    }

    [LibraryImport("libc", EntryPoint = "_exit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void Exit(int code);
}
