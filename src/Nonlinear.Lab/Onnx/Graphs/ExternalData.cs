using System.Globalization;
using Google.Protobuf;
using Onnx;

namespace Nonlinear.Lab.Onnx.Graphs;

/// <summary>Weights that lie in files beside a model: in its folder, and nowhere else.</summary>
internal static class ExternalData
{
    private const string Location = "location", Offset = "offset", Length = "length";

    /// <summary>Whether a tensor's numbers lie in another file.</summary>
    public static bool IsExternal(TensorProto tensor) => tensor.DataLocation == TensorProto.Types.DataLocation.External;

    /// <summary>What a model says of weights that lie in another file.</summary>
    public static IEnumerable<StringStringEntryProto> Entries(string location, long offset, long length) =>
    [
        new() { Key = Location, Value = location },
        new() { Key = Offset, Value = offset.ToString(CultureInfo.InvariantCulture) },
        new() { Key = Length, Value = length.ToString(CultureInfo.InvariantCulture) },
    ];

    /// <summary>Refuses a tensor whose numbers lie outside the folder, or that claims what its file does not hold.</summary>
    /// <exception cref="InvalidDataException">The message names the tensor and the file.</exception>
    public static void Check(TensorProto tensor, string folder)
    {
        if (IsExternal(tensor))
            _ = Find(tensor, folder);
    }

    /// <summary>The tensor with its numbers in it.</summary>
    public static TensorProto Load(TensorProto tensor, string folder)
    {
        if (!IsExternal(tensor))
            return tensor;
        (string file, long offset, long length) = Find(tensor, folder);
        using FileStream stream = File.OpenRead(file);
        stream.Position = offset;
        byte[] bytes = new byte[length];
        stream.ReadExactly(bytes);
        TensorProto loaded = tensor.Clone();
        loaded.ExternalData.Clear();
        loaded.ClearDataLocation();
        loaded.RawData = ByteString.CopyFrom(bytes);
        return loaded;
    }

    private static (string File, long Offset, long Length) Find(TensorProto tensor, string folder)
    {
        string? location = Entry(Location);
        if (string.IsNullOrEmpty(location))
            throw Refused("does not say where");
        // A model from elsewhere must not make anybody read files that are none of its own.
        string file = Path.GetFullPath(Path.Combine(folder, location));
        if (Path.IsPathRooted(location) || !IsWithin(file, folder))
            throw Refused($"says '{location}', which is outside the model's folder");
        if (!File.Exists(file))
            throw Refused($"says '{location}', and there is no such file beside the model");
        string real = WithoutLinks(file);
        if (!IsWithin(real, WithoutLinks(folder)))
            throw Refused($"says '{location}', a link that leads out of the model's folder");
        long size = new FileInfo(real).Length, offset = Number(Offset) ?? 0, length = Number(Length) ?? size - offset;
        return offset >= 0 && length >= 0 && length <= int.MaxValue && offset <= size - length
            ? (real, offset, length)
            : throw Refused($"asks for {length} bytes at {offset} of '{location}', which has {size}");

        string? Entry(string key) => tensor.ExternalData.FirstOrDefault(entry => entry.Key == key)?.Value;
        long? Number(string key) => Entry(key) is not { } text ? null
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number
            : throw Refused($"gives the {key} '{text}'");
        InvalidDataException Refused(string what) => new($"The weights '{tensor.Name}' lie in another file, and the model {what}.");
    }

    // Any part of a path may be a link, and what it leads to may have links in it.
    private static string WithoutLinks(string path)
    {
        if (Path.GetDirectoryName(path) is not { } folder)
            return path;
        string own = Path.Combine(WithoutLinks(folder), Path.GetFileName(path));
        return File.ResolveLinkTarget(own, returnFinalTarget: true) is { } target ? WithoutLinks(Path.GetFullPath(target.FullName)) : own;
    }

    private static bool IsWithin(string file, string folder) =>
        file.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
