namespace Nonlinear.Lab.Onnx.Recognition;

/// <summary>Finds out which function a program computes: by what it does, not by how it is written.</summary>
internal static class Recogniser
{
    // Functions that models mix up, such as the two forms of GELU, are five times further apart; constants of 16 bits are less exact.
    private const double Tolerance = 1e-4, ToleranceOfHalves = 2e-3;

    // Further out a function may be written so that it overflows, as log(1 + exp(x)) does.
    private const double Near = 10;

    // Fine where functions bend, and far enough out to see where they are held.
    private static readonly double[] Grid =
    [
        .. Enumerable.Range(-400, 801).Select(i => i / 40.0),
        .. new[] { 12.3, 15, 20, 31, 50, 99, 300, 1000, 9999 }.SelectMany(far => new[] { -far, far }),
    ];

    /// <summary>The function that a program computes; null if it is none that is known.</summary>
    /// <param name="program">The program.</param>
    /// <param name="halves">Whether its constants have 16 bits.</param>
    public static RecognisedFunction? Recognise(ElementwiseProgram program, bool halves = false)
    {
        Dictionary<double, double> values = [];
        double F(double x) => values.TryGetValue(x, out double y) ? y : values[x] = program.At(x).Value;
        double tolerance = halves ? ToleranceOfHalves : Tolerance;
        double[] wanted = [.. Grid.Select(F)];
        if (Grid.Zip(wanted).Any(point => !double.IsFinite(point.Second) && Math.Abs(point.First) <= Near))
            return null;
        (ElementwiseActivation? Best, double Error) best = (null, tolerance);
        // The first of those that are the same: functions without parameters have the better name.
        foreach (ElementwiseActivation function in KnownFunctions.Fixed.Concat(KnownFunctions.Fitting(F)))
        {
            double error = Error(function, wanted);
            if (error < best.Error * (best.Best is null ? 1 : 0.1))
                best = (function, error);
        }
        return best.Best is { } found ? new(found) : null;
    }

    /// <summary>Whether a program is a straight line as far as numbers in models go, or gives no numbers.</summary>
    public static bool IsStraight(ElementwiseProgram program)
    {
        double atZero = program.At(0).Value, slope = program.At(1).Value - atZero;
        return Grid.All(x =>
        {
            double y = program.At(x).Value;
            return double.IsNaN(y) || Math.Abs(y - (atZero + (slope * x))) <= 1e-6 * (1 + Math.Abs(y));
        });
    }

    /// <summary>The bounds within which a program holds its input, if that is all it does; infinite where there is none.</summary>
    public static (double Low, double High)? Bounds(ElementwiseProgram program)
    {
        double low = program.At(-1e30).Value, high = program.At(1e30).Value;
        bool holds = low < high && Grid.All(x => program.At(x).Value == Math.Clamp(x, low, high));
        return holds ? (low <= -1e29 ? double.NegativeInfinity : low, high >= 1e29 ? double.PositiveInfinity : high) : null;
    }

    private static double Error(ElementwiseActivation function, double[] wanted)
    {
        double[] got = new double[wanted.Length];
        function.Forward(Grid, got);
        double worst = 0;
        for (int i = 0; i < got.Length; i++)
        {
            if (!double.IsFinite(wanted[i]))
                continue;
            double error = Math.Abs(got[i] - wanted[i]) / (1 + Math.Abs(wanted[i]));
            worst = Math.Max(worst, double.IsNaN(error) ? double.MaxValue : error);
        }
        return worst;
    }
}
