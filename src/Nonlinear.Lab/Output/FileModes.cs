using System.Runtime.InteropServices;

namespace Nonlinear.Lab;

/// <summary>Who may do what with files, on systems that know such modes.</summary>
internal static partial class FileModes
{
    /// <summary>Its owner may read and write it.</summary>
    public const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode All = Private | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite;

    private static readonly Lazy<UnixFileMode> Usual = new(() =>
    {
        // The system tells the mask only to those who set it.
        uint mask = SetMask((uint)(UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite));
        _ = SetMask(mask);
        return All & ~(UnixFileMode)mask;
    });

    /// <summary>The mode of a file that is written at a place: that of the one there, else what the user's mask leaves of all.</summary>
    public static UnixFileMode At(string place) =>
        OperatingSystem.IsWindows() ? Private : File.Exists(place) ? File.GetUnixFileMode(place) : Usual.Value;

    /// <summary>A new file that its owner alone can read.</summary>
    public static FileStream Create(string path, FileAccess access, FileOptions options = FileOptions.None)
    {
        FileStreamOptions how = new()
        {
            Mode = FileMode.CreateNew,
            Access = access,
            Share = FileShare.None,
            BufferSize = 0,
            Options = options,
        };
        if (!OperatingSystem.IsWindows())
            how.UnixCreateMode = Private;
        return new(path, how);
    }

    [LibraryImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint SetMask(uint mask);
}
