using System.Runtime.InteropServices;

namespace Nonlinear.Attacks;

/// <summary>Bounds what a process may take, so that a model that asks for all memory gets an error and not the whole machine.</summary>
internal static partial class Memory
{
    private const int DataOfProcess = 2;

    private const ulong Most = 3UL << 30;

    /// <summary>Bounds this process; only Linux does so.</summary>
    public static void Bound()
    {
        if (OperatingSystem.IsLinux() && SetLimit(DataOfProcess, new() { Soft = Most, Hard = Most }) != 0)
            throw new InvalidOperationException("Memory cannot be bounded.");
    }

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetLimit(int what, in LimitPair limit);

    private struct LimitPair
    {
        public ulong Soft, Hard;
    }
}
