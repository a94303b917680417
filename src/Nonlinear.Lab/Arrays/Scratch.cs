namespace Nonlinear.Lab.Arrays;

/// <summary>Temporary files that vanish when they are closed.</summary>
internal static class Scratch
{
    public static FileStream Create() => new(
        Path.Combine(Path.GetTempPath(), $"nonlinear-{Guid.NewGuid():N}"),
        FileMode.CreateNew,
        FileAccess.ReadWrite,
        FileShare.None,
        bufferSize: 0,
        FileOptions.DeleteOnClose);
}
