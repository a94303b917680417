using System.Globalization;

namespace Nonlinear.Lab.Figures;

/// <summary>A connected piece of a curve.</summary>
/// <param name="X">Where it was sampled.</param>
/// <param name="Y">Its values there.</param>
/// <param name="OwnsJump">Whether the value at the jump with which it begins is its own, and not that of the piece before.</param>
internal sealed record Segment(double[] X, double[] Y, bool OwnsJump);

/// <summary>A function's curve on a stretch of the x axis: sampled at its kinks and right beside them, and broken where it jumps.</summary>
internal sealed class Curve
{
    private const int Points = 401;

    // The distance between two larger numbers may be infinite, and margins of it are.
    private const double Largest = 1e300;

    public Curve(ElementwiseActivation activation, bool derivative, double from, double to)
        : this(derivative ? activation.Derivative : activation.Forward, activation.Kinks, from, to)
    {
    }

    /// <summary>A curve of values; where they are no finite numbers there is none.</summary>
    public Curve(Func<double, double> value, IReadOnlyList<double> kinksAnywhere, double from, double to)
    {
        double[] kinks = [.. kinksAnywhere.Where(kink => kink > from && kink < to)];
        // At a jump the value belongs to one side, or to none; the other begins, or ends, at the next double.
        double[] jumpsBefore = [.. kinks.Where(kink => IsJump(Math.BitDecrement(kink), kink))];
        double[] jumpsBehind = [.. kinks.Where(kink => IsJump(kink, Math.BitIncrement(kink)))];
        double[] lasts = [.. jumpsBefore.Select(Math.BitDecrement).Concat(jumpsBehind).Order()];
        IEnumerable<double> grid = Enumerable.Range(0, Points).Select(i => from + ((to - from) * i / (Points - 1)));
        double[] x = [.. grid.Concat(kinks).Concat(lasts).Concat(jumpsBehind.Select(Math.BitIncrement)).Distinct().Order()];

        int start = 0;
        List<Segment> segments = [];
        foreach (double end in lasts.Append(to))
        {
            double[] piece = [.. x.Skip(start).TakeWhile(at => at <= end)];
            start += piece.Length;
            double[] finite = [.. piece.Where(at => double.IsFinite(value(at)))];
            if (finite.Length > 0)
                segments.Add(new(finite, [.. finite.Select(value)], jumpsBefore.Contains(finite[0])));
        }
        Segments = segments;

        bool IsJump(double left, double right) => Math.Abs(value(right) - value(left)) > 1e-6;
    }

    /// <summary>The pieces, from left to right. The curve jumps between them.</summary>
    public IReadOnlyList<Segment> Segments { get; }

    /// <summary>Its heights at places evenly from one to another, NaN where it has none.</summary>
    public double[] Sampled(double from, double to, int count) =>
        [.. Enumerable.Range(0, count).Select(i => At(from + ((to - from) * i / (count - 1))))];

    /// <summary>The part of each piece from one place to another.</summary>
    public IEnumerable<(double[] X, double[] Y)> Between(double start, double end) =>
        from segment in Segments
        let inside = Enumerable.Range(0, segment.X.Length).Where(i => segment.X[i] >= start && segment.X[i] <= end).ToArray()
        where inside.Length > 1
        select (inside.Select(i => segment.X[i]).ToArray(), inside.Select(i => segment.Y[i]).ToArray());

    // Between two points of the curve it is straight.
    private double At(double x)
    {
        if (Segments.FirstOrDefault(piece => piece.X[0] <= x && x <= piece.X[^1]) is not { } segment)
            return double.NaN;
        int i = Array.BinarySearch(segment.X, x);
        if (i >= 0)
            return segment.Y[i];
        (int before, int after) = (~i - 1, ~i);
        double part = (x - segment.X[before]) / (segment.X[after] - segment.X[before]);
        return segment.Y[before] + (part * (segment.Y[after] - segment.Y[before]));
    }

    /// <summary>Refuses numbers that no figure has room for.</summary>
    /// <exception cref="ArgumentException">One is too large.</exception>
    public static void MustBeDrawable(IEnumerable<double> numbers)
    {
        if (numbers.FirstOrDefault(number => Math.Abs(number) > Largest) is var large and not 0)
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"A curve reaches {large:G3}, which is too large to be drawn; choose another range."));
    }
}
