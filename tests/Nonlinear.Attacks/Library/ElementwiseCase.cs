using System.Globalization;
using Nonlinear.Oracle.Judging;

namespace Nonlinear.Attacks.Library;

/// <summary>
/// A random operation of a function of one number: each result must be that of its element alone, wherever it lies and in whatever company,
/// and what the oracle can judge must be as exact as promised.
/// </summary>
internal sealed class ElementwiseCase(ElementwiseActivation function) : ILibraryCase
{
    // The oracle takes a thousand times as long as the library.
    private const int MostJudged = 4;

    private delegate void Map<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> y);

    /// <inheritdoc/>
    public void Run<T>(Trial<T> trial)
        where T : unmanaged
    {
        ElementwiseActivation f = function;
        int drawn = trial.Random.Next(f.Info.Parameters.Count == 1 ? 11 : 9);
        switch (drawn is 6 or 7 && !f.HasDerivativeFromOutput ? trial.Random.Next(6) : drawn)
        {
            case 0:
                Judge(trial, false, Each<T>(trial, "forward", (x, _, y) => f.Forward(x, y)));
                break;
            case 1:
                Judge(trial, true, Each<T>(trial, "derivative", (x, _, y) => f.Derivative(x, y)));
                break;
            case 2:
                Each<T>(trial, "curvature", (x, _, y) => f.Curvature(x, y));
                break;
            case 3:
                JudgeGradients(trial, Each<T>(trial, "backward", f.Backward));
                break;
            case 6 or 7:
                Each<T>(trial, "backward from outputs", f.BackwardFromOutput);
                break;
            case 4:
                Fused(trial);
                break;
            case 9 or 10:
                PerChannel(trial);
                break;
            default:
                Biased(trial);
                break;
        }
    }

    private (T[] X, T[] Dy, T[] Y) Each<T>(Trial<T> trial, string operation, Map<T> map)
        where T : unmanaged
    {
        trial.Operation = operation;
        int length = trial.Length();
        T[] x = trial.Numbers.Vector(length, function.Kinks), dy = trial.Numbers.Vector(length, []);
        Memory<T> inputs = trial.Somewhere(x), gradients = trial.Somewhere(dy);
        string what = $"{function} {operation} {trial.Format.Name}";
        T[] y = trial.Call(what, length, y => map(inputs.Span, gradients.Span, y)), alone = new T[length];
        for (int i = 0; i < length; i++)
            map(x.AsSpan(i, 1), dy.AsSpan(i, 1), alone.AsSpan(i, 1));
        trial.Findings.Calls += length;
        trial.MustBeSame(what, x, alone, y);
        // In place of the inputs.
        map(inputs.Span, gradients.Span, inputs.Span);
        trial.MustBeSame($"{what} in place", x, alone, inputs.Span);
        return (x, dy, y);
    }

    private void Fused<T>(Trial<T> trial)
        where T : unmanaged
    {
        trial.Operation = "forward with derivative";
        int length = trial.Length();
        T[] x = trial.Numbers.Vector(length, function.Kinks), forward = new T[length], derivative = new T[length], y = new T[length];
        string what = $"{function} forward with derivative {trial.Format.Name}";
        T[] both = trial.Call(what, length, slopes => function.ForwardWithDerivative(x, y, slopes));
        Span<T> one = new T[1], slope = new T[1];
        for (int i = 0; i < length; i++)
        {
            function.ForwardWithDerivative(x.AsSpan(i, 1), one, slope);
            (forward[i], derivative[i]) = (one[0], slope[0]);
        }
        trial.Findings.Calls += length;
        trial.MustBeSame($"{what} alone", x, forward, y);
        trial.MustBeSame($"{what} alone", x, derivative, both);
        function.Forward<T>(x, forward);
        function.Derivative<T>(x, derivative);
        trial.MustBeSame(what, x, forward, y);
        trial.MustBeSame(what, x, derivative, both);
    }

    private void Biased<T>(Trial<T> trial)
        where T : unmanaged
    {
        trial.Operation = "with bias";
        int channels = 1 + trial.Random.Next(20), length = channels * (trial.Length() / channels);
        T[] x = trial.Numbers.Vector(length, function.Kinks), bias = trial.Numbers.Plain(channels), sums = new T[length];
        for (int i = 0; i < length; i++)
            sums[i] = trial.From(trial.To(x[i]) + trial.To(bias[i % channels]));
        string what = $"{function} with bias {trial.Format.Name}";
        T[] y = trial.Call(what, length, y => function.ForwardWithBias(x, bias, y)), plain = new T[length], alone = new T[length];
        function.Forward<T>(sums, plain);
        trial.MustBeSame(what, x, plain, y);
        T[] dy = trial.Numbers.Vector(length, []);
        T[] dx = trial.Call(what, length, dx => function.BackwardWithBias(x, bias, dy, dx, new double[channels]));
        function.Backward<T>(sums, dy, plain);
        trial.MustBeSame($"{what} backward", x, plain, dx);
        for (int i = 0; i < length; i++)
            function.ForwardWithBias<T>(x.AsSpan(i, 1), bias.AsSpan(i % channels, 1), alone.AsSpan(i, 1));
        trial.Findings.Calls += length;
        trial.MustBeSame($"{what} alone", x, alone, y);
    }

    private void PerChannel<T>(Trial<T> trial)
        where T : unmanaged
    {
        trial.Operation = "per channel";
        ParameterInfo parameter = function.Info.Parameters[0];
        int channels = 1 + trial.Random.Next(9), inner = 1 + trial.Random.Next(30), rows = 1 + trial.Random.Next(3);
        T[] values = [.. Enumerable.Range(0, channels).Select(_ => trial.From(Allowed(parameter, trial)))];
        T[] x = trial.Numbers.Vector(rows * channels * inner, function.Kinks), dy = trial.Numbers.Vector(x.Length, []);
        string what = $"{function.Info.Name} per channel {function.Tier} {trial.Format.Name}";
        int[] shape = [rows, channels, inner];
        T[] y = trial.Call(what, x.Length, y => function.ForwardPerChannel(x, shape, values, y)), expected = new T[x.Length];
        T[] dx = trial.Call(
            what, x.Length, dx => function.BackwardPerChannel(x, shape, values, dy, dx, new double[channels])), slopes = new T[x.Length];
        double[] sum = new double[1];
        for (int i = 0; i < x.Length; i++)
        {
            Span<T> value = values.AsSpan(i / inner % channels, 1);
            function.ForwardPerChannel<T>(x.AsSpan(i, 1), [1], value, expected.AsSpan(i, 1));
            function.BackwardPerChannel<T>(x.AsSpan(i, 1), [1], value, dy.AsSpan(i, 1), slopes.AsSpan(i, 1), sum);
        }
        trial.Findings.Calls += 2 * x.Length;
        trial.MustBeSame(what, x, expected, y);
        trial.MustBeSame($"{what} backward", x, slopes, dx);
        if (function.Tier == Tier.Exact)
            MustBeTheFunction(trial, what, x, values, inner, y);
    }

    // A channel is the function with that parameter.
    private void MustBeTheFunction<T>(Trial<T> trial, string what, T[] x, T[] values, int inner, T[] y)
        where T : unmanaged
    {
        T[] expected = new T[x.Length];
        for (int i = 0; i < x.Length; i += inner)
        {
            double value = trial.To(values[i / inner % values.Length]);
            string name = string.Create(
                CultureInfo.InvariantCulture, $"{function.Info.Name}({function.Info.Parameters[0].Name}={value:R})");
            Activation.Parse(name).Forward<T>(x.AsSpan(i, inner), expected.AsSpan(i, inner));
        }
        trial.MustBeSame($"{what} and the function", x, expected, y);
    }

    private static double Allowed<T>(ParameterInfo parameter, Trial<T> trial)
        where T : unmanaged
    {
        double value = trial.To(trial.From(Math.Round(3 * trial.Random.NextDouble(), 1)));
        return !parameter.Integer && value >= parameter.Minimum && value <= parameter.Maximum && (!parameter.Positive || value > 0)
            ? value
            : parameter.Default;
    }

    private void Judge<T>(Trial<T> trial, bool derivative, (T[] X, T[] Dy, T[] Y) results)
        where T : unmanaged
    {
        if (!Oracle.Oracle.IsAvailable)
            return;
        Subject subject = new(function, derivative, trial.Format);
        Judge judge = new(subject);
        for (int n = Math.Min(MostJudged, results.X.Length); n > 0; n--)
        {
            int i = trial.Random.Next(results.X.Length);
            double x = trial.To(results.X[i]), y = trial.To(results.Y[i]);
            if (!derivative || !IsNextToAMovedZero<T>(y))
                Tell(trial, judge.Decide(x, y), subject.Guarantee, $"{subject} at {x:R}: {y:R}");
        }
    }

    // Zeros of these slopes lie elsewhere for other parameters, where no series is kept about them: what the README excepts.
    private bool IsNextToAMovedZero<T>(double slope)
        where T : unmanaged =>
        typeof(T) == typeof(double) && Math.Abs(slope) < 1.0 / 128 && function.Info.Name is ("xielu" or "snake_beta")
        && function.ParameterValues.Zip(function.Info.Parameters, (value, info) => value != info.Default).Any(moved => moved);

    // A product with the slope is rounded once, in the exact tier.
    private void JudgeGradients<T>(Trial<T> trial, (T[] X, T[] Dy, T[] Y) results)
        where T : unmanaged
    {
        if (!Oracle.Oracle.IsAvailable || function.Tier == Tier.Fast)
            return;
        Subject subject = new(function, true, trial.Format);
        Judge judge = new(subject);
        for (int n = Math.Min(MostJudged, results.X.Length); n > 0; n--)
        {
            int i = trial.Random.Next(results.X.Length);
            double x = trial.To(results.X[i]), dy = trial.To(results.Dy[i]), dx = trial.To(results.Y[i]);
            Tell(trial, judge.Decide(x, dx, dy), subject.Guarantee, $"{subject} back at {x:R} of {dy:R}: {dx:R}");
        }
    }

    private static void Tell<T>(Trial<T> trial, Verdict verdict, Guarantee guarantee, FormattableString what)
        where T : unmanaged
    {
        trial.Findings.Judged++;
        if (!(guarantee.CorrectlyRounded ? verdict.IsRight : verdict.IsRight || verdict.Ulps <= guarantee.Ulps))
            trial.Findings.Fault(string.Create(
                CultureInfo.InvariantCulture,
                $"{what.ToString(CultureInfo.InvariantCulture)}, not {verdict.Expected:R}: {verdict.Ulps:G6} ulp"));
    }
}
