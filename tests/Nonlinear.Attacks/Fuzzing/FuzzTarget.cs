using System.Text;
using Nonlinear.Lab.Arrays;
using Nonlinear.Lab.Data.Tables;
using Nonlinear.Lab.Formulas;
using Nonlinear.Lab.Onnx.Tools;

namespace Nonlinear.Attacks.Fuzzing;

/// <summary>Something that reads what strangers give it: any bytes must get an answer or a refusal in words.</summary>
/// <param name="Name">Its name, also that of its folder in the corpus.</param>
/// <param name="Extension">How files that it reads are called.</param>
/// <param name="Read">Reads a file and makes something of it.</param>
internal sealed record FuzzTarget(string Name, string Extension, Action<string> Read)
{
    /// <summary>What is read of others: arrays, tables, models, and names and formulas of functions.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("npy", ".npy", ReadArray),
        new("csv", ".csv", ReadTable),
        new("onnx", ".onnx", path => ModelListing.Of(path)),
        new("names", ".txt", path => ReadName(Encoding.UTF8.GetString(File.ReadAllBytes(path)))),
    ];

    /// <summary>The target of a name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static FuzzTarget Named(string name) => All.FirstOrDefault(target => target.Name == name)
        ?? throw new ArgumentException($"There is no target '{name}', but {string.Join(", ", All.Select(target => target.Name))}.");

    /// <summary>What becomes of a file.</summary>
    public Outcome Of(string path) => Outcome.Of(() =>
    {
        Read(path);
        return "";
    });

    private static void ReadArray(string path)
    {
        const int Most = 1 << 16;
        using NumberFile file = NumberFile.Open(path);
        double[] numbers = new double[(int)Math.Min(Most, file.Count)];
        file.Read(0, numbers);
        file.MustFit(file);
    }

    private static void ReadTable(string path)
    {
        RawTable table = TableFile.Read(path);
        TableReader.Read(table, new(table.Headings.Count > 0 ? table.Headings[^1] : null));
    }

    private static void ReadName(string text)
    {
        Activation function = OwnFormula.Parse(text);
        _ = $"{function} {function.Formula} {function.Spellings.Count}";
        if (function is ElementwiseActivation one)
            one.Derivative<float>([0, -1.5f, float.NaN, float.PositiveInfinity], new float[4]);
    }
}
