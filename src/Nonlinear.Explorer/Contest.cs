using Nonlinear.Lab.Formulas;

namespace Nonlinear.Explorer;

/// <summary>
/// A function's textbook formula in float beside the library's exact and fast float kernels, all judged by its kernel for doubles.
/// </summary>
internal sealed class Contest(Activation activation, ContestSide side)
{
    /// <summary>Beyond this error, in ulps, a formula has failed: fewer than four digits of the number are sure.</summary>
    public const double Failed = 1000;

    // A formula that loses its digits in float does so in double, further out: its better form is the judge, if it has one.
    private readonly ElementwiseActivation? _judge = OwnFormula.Stable(activation);

    private const double SmallestFloat = 1.401298464324817e-45;
    private const string Digits = "digits";

    /// <summary>The formula that is judged, as it is printed.</summary>
    public string Formula => (side, activation) switch
    {
        (_, AxisActivation axis) => NaiveVector.Formula(axis),
        (ContestSide.Habit, _) => Habit.Of(activation),
        (ContestSide.Derivative, _) => activation.DerivativeFormula.Text,
        _ => activation.Formula.Text,
    };

    /// <summary>What each side gives at x.</summary>
    public Round At(float x) => (side, activation) switch
    {
        (_, AxisActivation axis) => new(
            x,
            NaiveVector.Naive(axis, x),
            NaiveVector.Single(axis, x),
            NaiveVector.Single((AxisActivation)axis.Fast, x),
            NaiveVector.Double(axis, x)),
        (ContestSide.Function, ElementwiseActivation f) => new(
            x,
            IsTanhSpelledOut(f.Formula) ? Tanh(x) : f.Evaluate<NaiveFloat>(new(x)).Value,
            Curve.Values(f, Curve.Function, [x])[0],
            Curve.Values(f.Fast, Curve.Function, [x])[0],
            (_judge ?? f).Forward(x)),
        (_, ElementwiseActivation f) => new(
            x,
            side == ContestSide.Habit ? Habit.At(f, x)
                : IsTanhSpelledOut(f.DerivativeFormula) ? Tanh(x)
                : f.EvaluateDerivative<NaiveFloat>(new(x)).Value,
            Curve.Values(f, Curve.Derivative, [x])[0],
            Curve.Values(f.Fast, Curve.Derivative, [x])[0],
            (_judge ?? f).Derivative(x)),
        _ => throw new NotSupportedException($"{activation.Info.Name} is exact by nature: there is nothing to compare."),
    };

    /// <summary>What each side gives at points over a stretch.</summary>
    public Round[] Over(double from, double to, int count) =>
        [.. Enumerable.Range(0, count).Select(i => (float)(from + ((to - from) * i / (count - 1)))).Select(At)];

    /// <summary>
    /// The stretches on which the naive side fails, each with its exact borders. Lost digits come and go with the rounding from point to
    /// point: stretches of them with little in between count as one.
    /// </summary>
    public IReadOnlyList<Failure> Failures(IReadOnlyList<Round> rounds)
    {
        List<(string Kind, int First, int Last)> runs = [];
        for (int i = 0; i < rounds.Count; i++)
        {
            if (Kind(rounds[i]) is not { } kind)
                continue;
            int reach = kind == Digits ? rounds.Count / 20 : 1;
            if (runs.Count > 0 && runs[^1].Kind == kind && i - runs[^1].Last <= reach)
                runs[^1] = runs[^1] with { Last = i };
            else
                runs.Add((kind, i, i));
        }
        return
        [
            .. runs.Select(run => new Failure(
                run.Kind,
                run.First == 0 ? rounds[0].X : Border(rounds[run.First].X, rounds[run.First - 1].X, run.Kind),
                run.Last == rounds.Count - 1 ? rounds[^1].X : Border(rounds[run.Last].X, rounds[run.Last + 1].X, run.Kind),
                Example([.. rounds.Skip(run.First).Take(run.Last - run.First + 1)], run.Kind))),
        ];
    }

    // Where the formula is wrong by most; where it has no number, in the middle.
    private static Round Example(Round[] run, string kind) =>
        run.Select((round, i) => (round, i))
            .Where(pair => Kind(pair.round) == kind)
            .MinBy(pair => kind == Digits ? -Ulps(pair.round.Naive, pair.round.Truth) : Math.Abs(pair.i - (run.Length / 2))).round;

    /// <summary>The distance from the truth, in spacings of floats at the truth.</summary>
    public static double Ulps(float value, double truth)
    {
        if (double.IsNaN(truth))
            return float.IsNaN(value) ? 0 : double.PositiveInfinity;
        if (!float.IsFinite(value) || !float.IsFinite((float)truth))
            return value.Equals((float)truth) ? 0 : double.PositiveInfinity;
        float near = Math.Abs((float)truth);
        double spacing = near < float.MaxValue
            ? Math.Max(SmallestFloat, (double)MathF.BitIncrement(near) - near)
            : (double)near - MathF.BitDecrement(near);
        return Math.Abs(value - truth) / spacing;
    }

    // Of tanh alone the formula that is printed goes on to the definition, and that is what is judged.
    private static bool IsTanhSpelledOut(Formula formula) => formula.Text.Contains("tanh(x) = (eˣ - e⁻ˣ)", StringComparison.Ordinal);

    private static float Tanh(float x) => (MathF.Exp(x) - MathF.Exp(-x)) / (MathF.Exp(x) + MathF.Exp(-x));

    private static string? Kind(Round round)
    {
        if (!float.IsFinite((float)round.Truth))
            return null;
        if (float.IsNaN(round.Naive))
            return "nan";
        if (float.IsInfinity(round.Naive))
            return "overflow";
        if (round.Naive == 0 && round.Ours != 0 && Ulps(round.Naive, round.Truth) > 1)
            return "flush";
        if (round.Naive != 0 && round.Truth != 0 && Math.Sign(round.Naive) != Math.Sign(round.Truth))
            return "sign";
        return Ulps(round.Naive, round.Truth) > Failed ? Digits : null;
    }

    // The last float on the inner side that fails in this way.
    private float Border(float inside, float outside, string kind)
    {
        for (int halvings = 0; halvings < 40; halvings++)
        {
            float middle = (float)(((double)inside + outside) / 2);
            if (middle == inside || middle == outside)
                break;
            if (Kind(At(middle)) == kind)
                inside = middle;
            else
                outside = middle;
        }
        return inside;
    }
}

/// <summary>A point and what each side gives there.</summary>
internal readonly record struct Round(float X, float Naive, float Ours, float Fast, double Truth);

/// <summary>A stretch on which the naive side fails, with an example.</summary>
internal sealed record Failure(string Kind, float From, float To, Round Example)
{
    /// <summary>How far the formula is off at the example, in ulps.</summary>
    public double Ulps => Contest.Ulps(Example.Naive, Example.Truth);
}
