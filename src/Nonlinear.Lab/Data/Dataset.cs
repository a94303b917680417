using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Nonlinear.Lab.Data;

/// <summary>Data to learn from, as they were read: not yet split, centred or scaled.</summary>
/// <param name="Name">What they are called.</param>
/// <param name="Origin">Where they come from, in a sentence.</param>
/// <param name="Features">The names of the inputs.</param>
/// <param name="Inputs">The inputs, row after row, each as its measure has it; NaN where one is missing.</param>
/// <param name="Targets">The class of each row, from 0, or its number, as its measure has it.</param>
/// <param name="ClassNames">The names of the classes; none if the targets are numbers.</param>
internal sealed record Dataset(
    string Name, Text Origin, IReadOnlyList<string> Features, float[] Inputs, float[] Targets, IReadOnlyList<string> ClassNames)
{
    /// <summary>How many parts the rows are divided into, each of which is judged by once.</summary>
    public const int Folds = 10;

    /// <summary>The most rows that are saved beside a network, to try it on.</summary>
    public const int SampleRows = 1000;

    private const double ValidationShare = 0.15;

    // By the object, not in it: a copy with other rows must not keep it.
    private static readonly ConditionalWeakTable<Dataset, string> Fingerprints = [];

    private static readonly ConditionalWeakTable<Dataset, SplitsInUse> Splits = [];

    /// <summary>What was done to the data while reading, in sentences.</summary>
    public IReadOnlyList<Text> Notes { get; init; } = [];

    /// <summary>How the floats of each input are to be read; none if they are the numbers themselves.</summary>
    public Measure[] Measures { get; init; } = [];

    /// <summary>How the floats of the targets are to be read.</summary>
    public Measure TargetMeasure { get; init; } = Measure.Plain;

    /// <summary>What the target is called.</summary>
    public string Target { get; init; } = "class";

    /// <summary>The columns of the table that the inputs come from, in their order; none if it was no table.</summary>
    public IReadOnlyList<TableColumn> Columns { get; init; } = [];

    /// <summary>Whether all inputs are of one kind, as pixels are, and share a scale.</summary>
    public bool CommonScale { get; init; }

    /// <summary>The pictures that the inputs are, if they are some.</summary>
    public PictureShape? Picture { get; init; }

    /// <summary>The number of rows.</summary>
    public int Count => Targets.Length;

    /// <summary>Whether the rows belong to classes.</summary>
    public bool IsClassification => ClassNames.Count > 0;

    /// <summary>What the score of a network on these data is.</summary>
    public Text ScoreName => IsClassification ? new("accuracy", "准确率") : Text.Same("R²");

    /// <summary>The inputs of one row.</summary>
    public int Width => Features.Count;

    /// <summary>The rows of each class.</summary>
    public IReadOnlyList<int> ClassCounts =>
        [.. Enumerable.Range(0, ClassNames.Count).Select(label => Targets.Count(target => (int)target == label))];

    /// <summary>A few hexadecimal digits that change with any change to the data.</summary>
    public string Fingerprint => Fingerprints.GetValue(this, data => data.FingerprintOf());

    /// <summary>The rows of a test part relative to those learned from; how much resampled scores depend on each other.</summary>
    public static double TestToTrain => 1.0 / Folds / (1 - (1.0 / Folds) - ValidationShare);

    /// <summary>
    /// The least deviation of scores to believe in: those of a few rows come in steps, and equal ones by luck must not look like certainty.
    /// R² is shown in steps of 0.001.
    /// </summary>
    public double ScoreResolution => 0.5 / (IsClassification ? Rows(1).Test.Length : 1000);

    /// <summary>A few words about the size and kind of the data.</summary>
    public Text Description => new(
        FormattableString.Invariant($"{Count} rows, {Width} {(Width == 1 ? "input" : "inputs")}, ")
        + (IsClassification ? $"{ClassNames.Count} classes" : "a number to predict"),
        FormattableString.Invariant($"{Count} 行，{Width} 个输入，") + (IsClassification ? $"{ClassNames.Count} 个类别" : "预测一个数"));

    /// <summary>What they are and where they come from, in two sentences.</summary>
    public Text InWords => new(
        $"Data: {Name} ({Description.English}). {Origin.English}", $"数据：{Name}（{Description.Chinese}）。{Origin.Chinese}");

    /// <summary>How the floats of an input are to be read.</summary>
    public Measure MeasureOf(int feature) => Measures.Length == 0 ? Measure.Plain : Measures[feature];

    /// <summary>An input as it was read; NaN where it is missing.</summary>
    public double Value(int row, int feature) => MeasureOf(feature).Number(Inputs[(row * Width) + feature]);

    /// <summary>Splits the rows at random into parts to learn from (75%), to choose settings by (15%) and to judge by (10%).</summary>
    /// <remarks>
    /// Ten seeds in turn are a tenfold cross-validation: each row is judged by once. The next ten divide the rows anew. Inputs are centred
    /// and scaled by what the rows to learn from say; a missing one becomes the mean. Runs with one seed that go on at the same time share
    /// the parts, so that memory does not grow with their number.
    /// </remarks>
    public SplitData Split(int seed) => Splits.GetOrCreateValue(this).Of(seed, () =>
    {
        (int[] train, int[] validation, int[] test) = Rows(seed);
        Scaling scaling = Scaling.Of(this, train);
        return new(scaling.Apply(this, train), scaling.Apply(this, validation), scaling.Apply(this, test));
    });

    /// <summary>How the inputs of a split are centred and scaled.</summary>
    public Scaling ScalingOf(int seed) => Scaling.Of(this, Rows(seed).Train);

    /// <summary>All rows to learn from, centred and scaled, with rows of another set to judge by.</summary>
    public (DataPart Train, DataPart Test) With(Dataset test)
    {
        Scaling scaling = Scaling.Of(this, [.. Enumerable.Range(0, Count)]);
        return (scaling.Apply(this, [.. Enumerable.Range(0, Count)]), scaling.Apply(test, [.. Enumerable.Range(0, test.Count)]));
    }

    private string FingerprintOf()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes(Inputs.AsSpan()));
        hash.AppendData(MemoryMarshal.AsBytes(Targets.AsSpan()));
        hash.AppendData(MemoryMarshal.AsBytes<Measure>([.. Measures, TargetMeasure]));
        hash.AppendData(Encoding.UTF8.GetBytes(string.Join('\n', [.. Features, .. ClassNames])));
        return Convert.ToHexStringLower(hash.GetCurrentHash())[..16];
    }

    private (int[] Train, int[] Validation, int[] Test) Rows(int seed)
    {
        int[] order = new RandomStream((seed - 1) / Folds, "folds").Permutation(Count);
        int fold = (seed - 1) % Folds, from = fold * Count / Folds, to = (fold + 1) * Count / Folds;
        // The rows after the test part, and from the start again.
        int[] rest = [.. order[to..], .. order[..from]];
        int validation = (int)(Count * ValidationShare);
        return (rest[validation..], rest[..validation], order[from..to]);
    }
}
