using System.Globalization;

namespace Nonlinear.Oracle.Judging;

/// <summary>An ordered set of inputs, any part of which can be generated without the rest.</summary>
public abstract class InputSet
{
    /// <summary>How many there are.</summary>
    public abstract long Count { get; }

    /// <summary>What tells the set from others of its type.</summary>
    public abstract string Name { get; }

    /// <summary>Whether it is every number of a format in the order of their bits, so that the place of a number is its bits.</summary>
    public virtual bool CountsUp => false;

    /// <summary>The hard points that it begins with; null if they lie elsewhere in it.</summary>
    public virtual IReadOnlyList<double>? Hard => null;

    /// <summary>Makes the inputs from a place on.</summary>
    public abstract void Fill(long start, Span<double> x);

    /// <summary>Every number of a format, NaNs and ±∞ included.</summary>
    /// <exception cref="ArgumentException">The format has too many.</exception>
    public static InputSet All(NumberFormat format) => format.Bits <= 32
        ? new Whole(format)
        : throw new ArgumentException($"No machine can try all numbers of type {format.Name}; it is judged on a sample.", nameof(format));

    /// <summary>
    /// Adversarial inputs of a function (<see cref="Points.Hard"/>), and random inputs from the bit space, the active range and
    /// the tails.
    /// </summary>
    public static InputSet Sample(Activation activation, NumberFormat format, int count, int seed) =>
        new Drawn(activation, format, count, seed);

    private sealed class Whole(NumberFormat format) : InputSet
    {
        public override long Count => 1L << format.Bits;

        public override string Name => "all";

        public override bool CountsUp => true;

        public override void Fill(long start, Span<double> x) => format.FromBits((ulong)start, x);
    }

    private sealed class Drawn(Activation activation, NumberFormat format, int count, int seed) : InputSet
    {
        private readonly double[] _special = [.. Points.Hard(activation, format)];

        public override long Count => _special.Length + count;

        public override IReadOnlyList<double>? Hard => _special;

        public override string Name => string.Create(CultureInfo.InvariantCulture, $"{count:N0} points, seed {seed}");

        public override void Fill(long start, Span<double> x)
        {
            for (int i = 0; i < x.Length; i++)
            {
                long place = start + i - _special.Length;
                x[i] = place < 0 ? _special[start + i] : Points.Random(format, place, count, seed);
            }
        }
    }
}
