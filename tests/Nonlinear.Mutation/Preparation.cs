using System.Globalization;
using System.Reflection;

namespace Nonlinear.Mutation;

/// <summary>
/// The cases of tests that take part, and which mutants each reaches: that is found once, by calling each, and kept in a file for the
/// processes that follow.
/// </summary>
internal static class Preparation
{
    // What a case may take in seconds of a processor, and all rows together of a theory that is marked as slow: as many of them, drawn at
    // random, as that allows.
    private const double Longest = 3, LongestTheory = 20;

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
        "VerificationTests", "NaNTests", "RefusalTests", "LaneTests", "PairTests", "SumTests",
    ];

    private static string[] Classes =>
        Environment.GetEnvironmentVariable("NONLINEAR_MUTANTS_CLASSES") is { Length: > 0 } some ? some.Split(' ') : Usual;

    /// <summary>The cases that pass without a mutant, with what is known of each.</summary>
    /// <param name="reached">The file that keeps what they reach; a process that was stopped in the middle is gone on from.</param>
    /// <param name="mutants">The switch, by which it is found.</param>
    /// <param name="isNew">Whether nothing has been called in this process, as all was known.</param>
    public static IReadOnlyList<TestCase> Take(string reached, MutantSwitch mutants, out bool isNew)
    {
        TestCase[] all =
            [.. Classes.SelectMany(name => TestCase.Of(Assembly.Load("Nonlinear.Tests").GetType($"Nonlinear.Tests.{name}", true)!))];
        TestCase[] slow = [.. all.Where(one => one.IsSlow)];
        new Random(1).Shuffle(slow);
        Dictionary<string, string[]> known = File.Exists(reached)
            ? File.ReadLines(reached).Select(line => line.Split('\t')).Where(cells => cells.Length == 5).ToDictionary(cells => cells[0])
            : [];
        List<TestCase> usable = [];
        Dictionary<string, double> spent = [];
        isNew = true;
        foreach (TestCase one in all.Where(one => !one.IsSlow).Concat(slow))
        {
            if (one.IsSlow && spent.GetValueOrDefault(one.Method) > LongestTheory)
                continue;
            bool passes;
            if (known.TryGetValue(one.Name, out string[]? cells))
            {
                passes = cells[1] == Passed;
                one.Know(
                    double.Parse(cells[2], CultureInfo.InvariantCulture),
                    double.Parse(cells[3], CultureInfo.InvariantCulture),
                    [.. cells[4].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)]);
            }
            else
            {
                isNew = false;
                passes = one.Prepare(mutants, Longest, LongestAtFirst);
                if (!passes)
                    Console.WriteLine($"left out: {one.Name}: {one.Failure!.ReplaceLineEndings(" ")}");
                string times = string.Create(CultureInfo.InvariantCulture, $"{one.FirstSeconds:F4}\t{one.Seconds:F4}");
                File.AppendAllText(
                    reached, $"{one.Name}\t{(passes ? Passed : "failed")}\t{times}\t{string.Join(' ', one.Reached)}\n");
            }
            spent[one.Method] = spent.GetValueOrDefault(one.Method) + one.FirstSeconds + one.Seconds;
            if (passes && one.Seconds <= Longest)
                usable.Add(one);
        }
        return usable;
    }
}
