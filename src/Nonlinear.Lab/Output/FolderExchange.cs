using System.Runtime.InteropServices;

namespace Nonlinear.Lab;

/// <summary>Puts a new folder where an old one is.</summary>
internal static partial class FolderExchange
{
    // From linux/fs.h and fcntl.h.
    private const uint Exchange = 2;
    private const int CurrentFolder = -100;

    /// <summary>
    /// Lets two folders change places. Where the system can do that in one step, at each moment one of them is at either place; elsewhere
    /// there is a moment with nothing at the second.
    /// </summary>
    /// <exception cref="IOException">It is not possible; both are where they were.</exception>
    public static void Swap(string draft, string place)
    {
        if (TrySwapAtOnce(draft, place))
            return;
        // Beside the draft, in a folder that no other run takes for abandoned.
        string old = draft + ".old";
        Directory.Move(place, old);
        try
        {
            Directory.Move(draft, place);
        }
        catch
        {
            Directory.Move(old, place);
            throw;
        }
        Directory.Move(old, draft);
    }

    private static bool TrySwapAtOnce(string draft, string place)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        try
        {
            return Rename(CurrentFolder, draft, CurrentFolder, place, Exchange) == 0;
        }
        catch (Exception missing) when (missing is EntryPointNotFoundException or DllNotFoundException)
        {
            return false; // an older C library
        }
    }

    [LibraryImport("libc", EntryPoint = "renameat2", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Rename(int oldFolder, string oldPath, int newFolder, string newPath, uint flags);
}
