using System.IO.Compression;

namespace Nonlinear.Lab.Onnx.Samples;

/// <summary>An array in an archive of NumPy's; it is unpacked while it is read, never onto the disk.</summary>
internal sealed class NpzEntry : INpyStorage
{
    private const string Extension = ".npy";

    private readonly ZipArchive _archive;
    private readonly ZipArchiveEntry _entry;

    private NpzEntry(ZipArchive archive, ZipArchiveEntry entry, string path)
    {
        (_archive, _entry) = (archive, entry);
        Name = $"'{Array(entry)}' in '{path}'";
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public long Length => _entry.Length;

    /// <inheritdoc/>
    public bool CanSeek => false;

    /// <summary>The names of the arrays in an archive.</summary>
    /// <exception cref="InvalidDataException">It is no archive.</exception>
    public static IReadOnlyList<string> Arrays(string path)
    {
        using ZipArchive archive = OpenArchive(path);
        return [.. archive.Entries.Select(Array)];
    }

    /// <summary>Finds an array in an archive.</summary>
    public static NpzEntry Find(string path, string array)
    {
        ZipArchive archive = OpenArchive(path);
        if (archive.Entries.FirstOrDefault(entry => Array(entry) == array) is { } entry)
            return new(archive, entry, path);
        archive.Dispose();
        throw new InvalidDataException($"'{path}' holds no array '{array}'.");
    }

    /// <inheritdoc/>
    public Stream Open()
    {
        try
        {
            return _entry.Open();
        }
        catch (InvalidDataException damaged)
        {
            throw new InvalidDataException($"{Name} cannot be unpacked: {damaged.Message}", damaged);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _archive.Dispose();

    private static string Array(ZipArchiveEntry entry) =>
        entry.FullName.EndsWith(Extension, StringComparison.Ordinal) ? entry.FullName[..^Extension.Length] : entry.FullName;

    private static ZipArchive OpenArchive(string path)
    {
        FileStream file = SampleFile.Open(path);
        try
        {
            ZipArchive archive = new(file, ZipArchiveMode.Read);
            _ = archive.Entries;
            return archive;
        }
        catch (InvalidDataException damaged)
        {
            file.Dispose();
            throw new InvalidDataException($"'{path}' is no archive of NumPy's, or an incomplete one; write it with numpy.savez.", damaged);
        }
    }
}
