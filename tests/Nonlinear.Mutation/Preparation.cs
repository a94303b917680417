using System.Globalization;
using System.Reflection;

namespace Nonlinear.Mutation;

/// <summary>
/// The cases of tests that take part, and which mutants each reaches: that is found once, by calling each, and kept in files for the
/// processes that follow.
/// </summary>
internal static class Preparation
{
    // What a case may take in seconds of a processor, and all rows of a theory together: as many of them, drawn at random, as that allows.
    private const double Longest = 3, LongestTheory = 10;

    // The first time most of what it takes is compilation.
    private const double LongestAtFirst = 5;

    private const string Passed = "passed";

    // Those that judge numbers, but for the longest.
    private static readonly string[] Usual =
    [
        "VectorReferenceTests", "LibraryAttackTests", "SpecialValueTests", "AccuracyTests", "FastSoftmaxTests", "AttentionSoftmaxTests",
        "CrossEntropyOptionTests", "BinaryCrossEntropyTests", "SparseProbabilityTests", "MaxoutTests", "CreluTests", "BFloat16Tests",
        "GradientTests", "SharedCallTests", "GatedTests", "SoftmaxTests", "CrossEntropyTests", "ElementaryTests", "PreluTests",
        "PiecewiseLinearTests", "LargeAngleTests", "DenormalTests", "SixteenBitTests", "GumbelSoftmaxTests", "RreluTrainingTests",
        "OutputSlopesTests", "TinySlopeTests", "LayerTests", "WithBiasTests", "ThreadTests", "TensorTests", "SoftmaxCompanyTests",
        "TranspositionTests", "ForwardWithDerivativeTests", "FixedPointSumTests", "ElementIndependenceTests", "PublicOperationTests",
        "SpanContractTests", "OwnFunctionTests", "IdentityTests", "GateTests", "InterpretationTests", "StreamingTests",
        "VerificationTests", "NaNTests", "RefusalTests", "LaneTests", "PairTests", "SumTests", "ChannelTests",
    ];

    private static TestCase[] All =>
    [
        .. (Workplace.Classes is { Length: > 0 } some ? some : Usual)
            .SelectMany(name => TestCase.Of(Assembly.Load("Nonlinear.Tests").GetType($"Nonlinear.Tests.{name}", true)!)),
    ];

    /// <summary>
    /// Calls this process's part of the cases and writes down what each takes and reaches; what is written already is left.
    /// </summary>
    /// <param name="mutants">The switch, by which it is found.</param>
    public static void Call(MutantSwitch mutants)
    {
        TestCase[] all = All;
        new Random(1).Shuffle(all);
        HashSet<string> known = [.. Lines(Workplace.AllReached).Select(cells => cells[0])];
        Dictionary<string, double> spent = [];
        foreach (TestCase one in all.Where((_, i) => i % Workplace.Parts == Workplace.Part))
        {
            double before = spent.GetValueOrDefault(one.Method);
            if (known.Contains(one.Name) || before > LongestTheory / Workplace.Parts)
                continue;
            bool passes = one.Prepare(mutants, Longest, LongestAtFirst);
            spent[one.Method] = before + one.FirstSeconds;
            if (!passes)
                Console.WriteLine($"left out: {one.Name}: {one.Failure!.ReplaceLineEndings(" ")}");
            string times = string.Create(CultureInfo.InvariantCulture, $"{one.FirstSeconds:F4}\t{one.Seconds:F4}");
            File.AppendAllText(
                Workplace.Reached, $"{one.Name}\t{(passes ? Passed : "failed")}\t{times}\t{string.Join(' ', one.Reached)}\n");
        }
    }

    /// <summary>The cases that pass without a mutant and are quick, with what is known of each.</summary>
    public static IReadOnlyList<TestCase> Take()
    {
        Dictionary<string, TestCase> all = All.ToDictionary(one => one.Name);
        List<TestCase> usable = [];
        foreach (string[] cells in Lines(Workplace.AllReached))
        {
            if (cells[1] != Passed || !all.TryGetValue(cells[0], out TestCase? one))
                continue;
            one.Know(
                double.Parse(cells[2], CultureInfo.InvariantCulture),
                double.Parse(cells[3], CultureInfo.InvariantCulture),
                [.. cells[4].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)]);
            if (one.Seconds <= Longest)
                usable.Add(one);
        }
        return usable;
    }

    // A process that was stopped may have left half a line.
    private static IEnumerable<string[]> Lines(string[] files) =>
        files.SelectMany(File.ReadLines).Select(line => line.Split('\t')).Where(cells => cells.Length == 5);
}
