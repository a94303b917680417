using System.Buffers.Binary;
using System.IO.Compression;

namespace Nonlinear.Lab.Data;

/// <summary>
/// Fashion-MNIST (Xiao et al., 2017, arXiv:1708.07747): 70,000 pictures of clothes of 28 × 28 pixels in ten classes, read from the four
/// IDX files that Debian's package <c>dataset-fashion-mnist</c> installs, compressed or not.
/// </summary>
internal static class FashionMnist
{
    /// <summary>The name by which the data are asked for.</summary>
    public const string Name = "fashion-mnist";

    private const string Installed = "/usr/share/datasets/fashion-mnist";
    private const int ImagesMagic = 2051, LabelsMagic = 2049;

    private static readonly string[] Classes =
        ["T-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"];

    /// <summary>Where the data are, if they are installed.</summary>
    public static string? InstalledFolder => IsHere(Installed) ? Installed : null;

    /// <summary>Whether a folder holds them.</summary>
    public static bool IsHere(string folder) => Directory.Exists(folder) && Find(folder, "train-images-idx3-ubyte") is not null;

    /// <summary>Reads the pictures to learn from and those to judge by.</summary>
    /// <param name="folder">Where the files are; null for where Debian's package puts them.</param>
    /// <exception cref="FileNotFoundException">They are not there; the message says how to get them.</exception>
    /// <exception cref="InvalidDataException">A file is no IDX file of pictures or labels, or is incomplete.</exception>
    public static (Dataset Train, Dataset Test) Read(string? folder = null)
    {
        folder ??= Installed;
        return (Read(folder, "train"), Read(folder, "t10k"));
    }

    private static Dataset Read(string folder, string part)
    {
        (byte[] pixels, int[] imageShape) = ReadFile(folder, $"{part}-images-idx3-ubyte", ImagesMagic, dimensions: 3);
        (byte[] labels, int[] labelShape) = ReadFile(folder, $"{part}-labels-idx1-ubyte", LabelsMagic, dimensions: 1);
        if (imageShape[0] != labelShape[0])
            throw new InvalidDataException(
                $"'{folder}' holds {imageShape[0]} pictures and {labelShape[0]} labels for {part}; they do not belong together.");
        if (labels.FirstOrDefault(label => label >= Classes.Length) is > 0 and byte wrong)
            throw new InvalidDataException($"'{folder}' has a label {wrong}; there are {Classes.Length} classes.");
        int features = imageShape[1] * imageShape[2];
        return new(
            Name,
            new(
                "Fashion-MNIST, Xiao, Rasul and Vollgraf, 2017, arXiv:1708.07747, MIT licence.",
                "Fashion-MNIST，Xiao、Rasul 与 Vollgraf，2017，arXiv:1708.07747，MIT 许可证。"),
            [.. Enumerable.Range(0, features).Select(i => FormattableString.Invariant($"pixel {i / imageShape[2]},{i % imageShape[2]}"))],
            Array.ConvertAll(pixels, pixel => (float)pixel),
            Array.ConvertAll(labels, label => (float)label),
            Classes)
        {
            CommonScale = true,
            Picture = new(imageShape[1], imageShape[2]),
        };
    }

    private static string? Find(string folder, string name) =>
        ((string[])[Path.Combine(folder, name), Path.Combine(folder, name + ".gz")]).FirstOrDefault(File.Exists);

    private static (byte[] Values, int[] Shape) ReadFile(string folder, string name, int magic, int dimensions)
    {
        string path = Find(folder, name) ?? throw new FileNotFoundException(
            $"There is no '{name}' or '{name}.gz' in '{folder}'; install Debian's dataset-fashion-mnist, "
            + "or name the folder that holds them.");
        using FileStream file = File.OpenRead(path);
        using Stream stream = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        byte[] header = new byte[4 * (1 + dimensions)];
        if (stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length
            || BinaryPrimitives.ReadInt32BigEndian(header) != magic)
            throw new InvalidDataException($"'{path}' is no IDX file of the kind that is expected there.");
        int[] shape = [.. Enumerable.Range(1, dimensions).Select(i => BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4 * i)))];
        long count = shape.Aggregate(1L, (product, extent) => product * extent);
        if (shape.Any(extent => extent < 1) || count > int.MaxValue)
            throw new InvalidDataException($"'{path}' claims the shape ({string.Join(", ", shape)}) and is damaged.");
        byte[] values = new byte[count];
        if (stream.ReadAtLeast(values, values.Length, throwOnEndOfStream: false) < values.Length)
            throw new InvalidDataException($"'{path}' ends too early; copy or install it again.");
        return (values, shape);
    }
}
