using System.Buffers;
using Microsoft.ML.OnnxRuntime.Tensors;
using Nonlinear.Lab.Arrays;

namespace Nonlinear.Lab.Onnx.Samples;

/// <summary>Finds out what is given to which input: x.npy, ids=ids.npy, all.npz, table.csv, rate=16000, state=zeros.</summary>
/// <param name="inputs">The inputs of the model.</param>
/// <param name="model">What to call the model in messages.</param>
internal sealed class SampleSpecification(IReadOnlyList<ModelInput> inputs, string model)
{
    private const string Zeros = "zeros";

    private static readonly SearchValues<string> TableExtensions =
        SearchValues.Create([".csv", ".tsv", ".txt"], StringComparison.OrdinalIgnoreCase);

    private readonly Dictionary<string, GivenInput> _given = [];

    /// <summary>What each input is given, in the model's order.</summary>
    /// <param name="specifications">As they were typed.</param>
    /// <exception cref="ArgumentException">An input is missing, given twice, or not the model's.</exception>
    /// <exception cref="InvalidDataException">A file is not what it should be.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public IReadOnlyList<GivenInput> Read(IReadOnlyList<string> specifications)
    {
        foreach (ModelInput input in inputs)
        {
            if (ElementConversion.Between("f8", input.Type) is null)
                throw new InvalidDataException(
                    $"The input '{input.Name}' of '{model}' takes {ElementTypes.Name(input.Type)}; only numbers and bool can be given.");
        }
        try
        {
            // Those with a name come first, and then what is left for the others is known.
            List<string> archives = [], files = [];
            foreach (string specification in specifications)
            {
                if (Named(specification) is var (input, value))
                    Give(input, OfNamed(input, value, specification));
                else
                    (IsArchive(specification) ? archives : files).Add(specification);
            }
            HashSet<string> named = [.. _given.Keys];
            foreach (string archive in archives)
                GiveAll(archive, named);
            foreach (string file in files)
                GiveUnnamed(file);
            MustBeComplete(archives);
            return [.. inputs.Select(input => _given[input.Name])];
        }
        catch
        {
            foreach (GivenInput given in _given.Values)
                given.Dispose();
            throw;
        }
    }

    private IEnumerable<ModelInput> Left => inputs.Where(input => !_given.ContainsKey(input.Name));

    private string All => string.Join(", ", inputs);

    // A file's name may hold an equals sign as well, and so may an input's.
    private (ModelInput Input, string Value)? Named(string specification)
    {
        ModelInput? input = inputs
            .Where(input => specification.StartsWith(input.Name + "=", StringComparison.Ordinal))
            .MaxBy(input => input.Name.Length);
        if (input is not null)
            return (input, specification[(input.Name.Length + 1)..]);
        int end = specification.IndexOf('=', StringComparison.Ordinal);
        return end < 0 || File.Exists(specification)
            ? null
            : throw new ArgumentException($"'{model}' has no input '{specification[..end]}'; it has {All}.");
    }

    private static GivenInput OfNamed(ModelInput input, string value, string specification)
    {
        if (value == Zeros || TypedNumber.IsNumber(value))
            return OfNumber(input, value == Zeros ? "0" : value, specification);
        if (!Path.HasExtension(value) && !File.Exists(value))
            throw new ArgumentException($"'{specification}': '{value}' is neither a file nor a number nor {Zeros}.");
        if (!IsArchive(value))
            return OfFile(input, value);
        IReadOnlyList<string> arrays = NpzEntry.Arrays(value);
        string array = arrays.Contains(input.Name) || arrays.Count != 1 ? input.Name : arrays[0];
        return arrays.Contains(array)
            ? OfArray(input, value, array)
            : throw new InvalidDataException($"'{value}' holds no array '{input.Name}'; it holds {string.Join(", ", arrays)}.");
    }

    private static GivenInput OfNumber(ModelInput input, string number, string specification)
    {
        TypedNumber typed = new(input.Type);
        byte[] element = new byte[typed.Size];
        return typed.TryConvert(number, element)
            ? new(input, null, element)
            : throw new ArgumentException($"'{specification}': the input '{input.Name}' takes {ElementTypes.Accepted(input.Type)}.");
    }

    private static GivenInput OfFile(ModelInput input, string path) =>
        Of(input, IsTable(path) ? CsvSource.Open(path, input) : NpySource.Open(new NpyFile(path), input));

    private static GivenInput OfArray(ModelInput input, string archive, string array) =>
        Of(input, NpySource.Open(NpzEntry.Find(archive, array), input));

    private static GivenInput Of(ModelInput input, NumberSource source)
    {
        try
        {
            return new(input, source, []);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    private void GiveAll(string archive, HashSet<string> named)
    {
        IReadOnlyList<string> arrays = NpzEntry.Arrays(archive);
        ModelInput[] found = [.. inputs.Where(input => arrays.Contains(input.Name) && !named.Contains(input.Name))], left = [.. Left];
        foreach (ModelInput input in found)
            Give(input, OfArray(input, archive, input.Name));
        if (found.Length > 0)
            return;
        if (left.Length != 1 || arrays.Count != 1)
            throw new InvalidDataException(
                $"'{archive}' holds {string.Join(", ", arrays)}; none of them has the name of an input of '{model}': {All}.");
        Give(left[0], OfArray(left[0], archive, arrays[0]));
    }

    private void GiveUnnamed(string file)
    {
        ModelInput[] left = [.. Left];
        if (left.Length == 0)
            throw new ArgumentException($"There is no input left for '{file}'; '{model}' has {All}.");
        if (left.Length > 1)
            throw new ArgumentException($"'{file}' could be for any of {string.Join(", ", left.AsEnumerable())}; say NAME={file}.");
        Give(left[0], OfFile(left[0], file));
    }

    private void Give(ModelInput input, GivenInput given)
    {
        if (_given.TryAdd(input.Name, given))
            return;
        given.Dispose();
        throw new ArgumentException($"The input '{input.Name}' is given twice.");
    }

    private void MustBeComplete(List<string> archives)
    {
        ModelInput[] missing = [.. Left];
        if (missing.Length == 0)
            return;
        string remedy = string.Join(' ', missing.Select(input => $"--input {input.Name}={(Single(input) ? "NUMBER" : "FILE.npy")}"));
        string held = string.Concat(
            archives.Select(archive => $" '{archive}' holds {string.Join(", ", NpzEntry.Arrays(archive))}."));
        throw new ArgumentException($"'{model}' also needs {string.Join(", ", missing.AsEnumerable())}; add {remedy}.{held}");
    }

    private static bool Single(ModelInput input) => input.Axes.All(axis => axis == "1") && !input.AnyShape;

    private static bool IsTable(string path) => TableExtensions.Contains(Path.GetExtension(path)) && !StartsWith(path, NpyLayout.Magic);

    private static bool IsArchive(string path) =>
        Path.GetExtension(path).Equals(".npz", StringComparison.OrdinalIgnoreCase) || StartsWith(path, "PK\x03\x04"u8);

    private static bool StartsWith(string path, ReadOnlySpan<byte> magic)
    {
        if (!File.Exists(path))
            return false;
        using FileStream file = SampleFile.Open(path);
        Span<byte> start = stackalloc byte[magic.Length];
        return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.SequenceEqual(magic);
    }
}
