using System.Runtime.InteropServices;
using Nonlinear.Native.Boundary;

namespace Nonlinear.Native.Exports;

/// <summary>The library itself: its version, its last error, its catalogue.</summary>
internal static unsafe class LibraryExports
{
    private const int OfMinor = 1000, OfMajor = 1000 * OfMinor;

    /// <summary>The version as a number: 1002003 for 1.2.3.</summary>
    public static int Version { get; } = typeof(LibraryExports).Assembly.GetName().Version is { } version
        ? (version.Major * OfMajor) + (version.Minor * OfMinor) + version.Build
        : 0;

    [UnmanagedCallersOnly(EntryPoint = "nl_version")]
    public static int GetVersion() => Version;

    [UnmanagedCallersOnly(EntryPoint = "nl_last_error")]
    public static long GetLastError(byte* buffer, long capacity)
    {
        long length = 0;
        int status = Calls.Make(new LastErrorCall(buffer, capacity, &length));
        return status == 0 ? length : -status;
    }

    [UnmanagedCallersOnly(EntryPoint = "nl_catalog_count")]
    public static int CountFunctions()
    {
        // The catalogue is made by the first who asks, and what is prepared then stays.
        using HostState thread = HostState.Enter();
        return Catalog.All.Count;
    }

    [UnmanagedCallersOnly(EntryPoint = "nl_catalog_name")]
    public static long GetCatalogName(int index, byte* buffer, long capacity)
    {
        long length = 0;
        int status = Calls.Make(new CatalogNameCall(index, buffer, capacity, &length));
        return status == 0 ? length : -status;
    }

    private readonly struct LastErrorCall(byte* buffer, long capacity, long* length) : ICall
    {
        public void Run() => *length = Texts.Write(LastError.Message, buffer, capacity);
    }

    private readonly struct CatalogNameCall(int index, byte* buffer, long capacity, long* length) : ICall
    {
        public void Run() => *length = Texts.Write(
            index >= 0 && index < Catalog.All.Count
                ? Catalog.All[index].Name
                : throw new ArgumentException(
                    FormattableString.Invariant($"There is no function {index}; they are counted from 0 to {Catalog.All.Count - 1}.")),
            buffer,
            capacity);
    }
}
