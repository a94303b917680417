namespace Nonlinear.Lab;

/// <summary>
/// Temporary files that only their owner can read and that vanish with their stream, also when the process is killed: where the system
/// allows it, they have no name from the beginning.
/// </summary>
internal static class Scratch
{
    // For what is too large for memory, in which /tmp often lies.
    private const string Large = "/var/tmp";

    /// <summary>Makes one.</summary>
    /// <param name="folder">Where the output goes, which has room for it; null if it goes to no folder.</param>
    /// <exception cref="IOException">There is no room.</exception>
    public static FileStream Create(string? folder)
    {
        folder ??= Environment.GetEnvironmentVariable("TMPDIR") is null or "" && Directory.Exists(Large) ? Large : Path.GetTempPath();
        string place = Path.Combine(folder, "nonlinear");
        Drafts.RemoveAbandoned(place);
        string path = Drafts.NameFor(place);
        FileStream stream = FileModes.Create(
            path, FileAccess.ReadWrite, OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None);
        if (!OperatingSystem.IsWindows())
            File.Delete(path);
        return stream;
    }
}
