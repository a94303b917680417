namespace Nonlinear.Explorer;

/// <summary>A function's definition in naive float beside the library's float kernel, both judged by the library's double kernel.</summary>
internal sealed class Contest(Activation activation, bool derivative)
{
    private const double SmallestFloat = 1.401298464324817e-45;

    // Fewer than four decimal digits are right.
    private const double LostDigits = 1000;

    /// <summary>What each side gives at x.</summary>
    public Round At(float x) => activation switch
    {
        AxisActivation axis => new(x, NaiveVector.Naive(axis, x), NaiveVector.Single(axis, x), NaiveVector.Double(axis, x)),
        ElementwiseActivation elementwise when derivative =>
            new(x, elementwise.EvaluateDerivative<NaiveSingle>(new(x)).Value, Curve.Values(elementwise, Curve.Derivative, [x])[0], elementwise.Derivative(x)),
        ElementwiseActivation elementwise =>
            new(x, elementwise.Evaluate<NaiveSingle>(new(x)).Value, Curve.Values(elementwise, Curve.Function, [x])[0], elementwise.Forward(x)),
        _ => throw new NotSupportedException($"{activation.Info.Name} is exact by nature: there is nothing to compare."),
    };

    /// <summary>What each side gives at points over a stretch.</summary>
    public Round[] Over(double from, double to, int count) =>
        [.. Enumerable.Range(0, count).Select(i => (float)(from + ((to - from) * i / (count - 1)))).Select(At)];

    /// <summary>The stretches on which the naive side fails, each with its exact borders.</summary>
    public IReadOnlyList<Failure> Failures(IReadOnlyList<Round> rounds)
    {
        List<Failure> failures = [];
        for (int i = 0; i < rounds.Count;)
        {
            string? kind = Kind(rounds[i]);
            int first = i;
            while (i < rounds.Count && Kind(rounds[i]) == kind)
                i++;
            if (kind is null)
                continue;
            float from = first == 0 ? rounds[0].X : Border(rounds[first].X, rounds[first - 1].X, kind);
            float to = i == rounds.Count ? rounds[^1].X : Border(rounds[i - 1].X, rounds[i].X, kind);
            failures.Add(new(kind, from, to, rounds[(first + i - 1) / 2]));
        }
        return failures;
    }

    /// <summary>The distance from the truth, in spacings of floats at the truth.</summary>
    public static double Ulps(float value, double truth)
    {
        if (double.IsNaN(value) || double.IsInfinity(value))
            return double.IsFinite((float)truth) ? double.PositiveInfinity : 0;
        float near = Math.Abs((float)truth);
        double spacing = near < float.MaxValue ? Math.Max(SmallestFloat, (double)MathF.BitIncrement(near) - near) : (double)near - MathF.BitDecrement(near);
        return Math.Abs(value - truth) / spacing;
    }

    private static string? Kind(Round round)
    {
        if (!float.IsFinite((float)round.Truth))
            return null;
        if (float.IsNaN(round.Naive))
            return "nan";
        if (float.IsInfinity(round.Naive))
            return "overflow";
        if (round.Naive == 0 && round.Ours != 0)
            return "flush";
        if (round.Naive != 0 && Math.Sign(round.Naive) != Math.Sign(round.Truth))
            return "sign";
        return Ulps(round.Naive, round.Truth) > LostDigits ? "digits" : null;
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
internal readonly record struct Round(float X, float Naive, float Ours, double Truth);

/// <summary>A stretch on which the naive side fails, with an example.</summary>
internal sealed record Failure(string Kind, float From, float To, Round Example);
