namespace Nonlinear.Bench.Measuring;

/// <summary>A cache of the processor for data.</summary>
internal sealed record Cache(string Name, long Bytes)
{
    private const string Folder = "/sys/devices/system/cpu/cpu0/cache";

    /// <summary>The first core's caches, the smallest first; none where the system does not say.</summary>
    public static IReadOnlyList<Cache> All { get; } =
        Directory.Exists(Folder)
            ? [.. Directory.EnumerateDirectories(Folder, "index*").Select(Read).OfType<Cache>().OrderBy(cache => cache.Bytes)]
            : [];

    private static Cache? Read(string folder)
    {
        string Line(string file) => File.Exists(Path.Combine(folder, file)) ? File.ReadAllText(Path.Combine(folder, file)).Trim() : "";
        string kind = Line("type");
        return kind != "Instruction" && BinarySize.TryRead(Line("size"), out long bytes)
            ? new($"L{Line("level")}{(kind == "Data" ? "d" : "")}", bytes)
            : null;
    }
}
