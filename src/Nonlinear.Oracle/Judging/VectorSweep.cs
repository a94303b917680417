namespace Nonlinear.Oracle.Judging;

/// <summary>Computes a function of vectors on vectors of many kinds and judges every result by MPFR, on all processors.</summary>
/// <remarks>
/// Where the terms of a gradient cancel to less than a thousandth of them, its error is counted in ulps of that thousandth: the terms are
/// rounded doubles, and what is left of them is no better.
/// </remarks>
public static class VectorSweep
{
    private const int Longest = 100_000, LongestOf16Bits = 1000;

    private static readonly int[] Lengths = [1, 2, 3, 7, 16, 33, 100, 1000];

    // How the elements of a vector lie.
    private static readonly Action<Span<double>, Random>[] Kinds =
    [
        (x, random) => Fill(x, () => 2 * Normal(random)),
        (x, random) => Fill(x, () => 100 + (200 * random.NextDouble())),
        (x, random) => Fill(x, () => (180 * random.NextDouble()) - 90),
        (x, random) => x.Fill(random.NextDouble()),
        (x, random) => // one is far ahead of all others
        {
            Fill(x, () => Normal(random));
            x[random.Next(x.Length)] = 5 + (100 * random.NextDouble());
        },
        (x, random) => // some have no share at all
        {
            Fill(x, () => random.Next(3) == 0 ? double.NegativeInfinity : 3 * Normal(random));
            x[random.Next(x.Length)] = 0;
        },
        (x, random) => x.Fill(double.NegativeInfinity),
        (x, random) =>
        {
            Fill(x, () => Normal(random));
            x[random.Next(x.Length)] = random.Next(2) == 0 ? double.PositiveInfinity : double.NaN;
        },
    ];

    /// <summary>Judges a subject on vectors of every kind and length, the longest of 100,000 elements (1000 for 16 bits).</summary>
    /// <param name="subject">What is judged.</param>
    /// <param name="repetitions">How many vectors of each kind and length; one of the longest whatever it is.</param>
    /// <param name="seed">What the vectors are drawn with.</param>
    /// <param name="progress">Is told the share done.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Outcome Run(
        VectorSubject subject,
        int repetitions,
        int seed,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        int longest = subject.Format.Bits == 16 ? LongestOf16Bits : Longest;
        (int Length, int Kind, int Seed)[] vectors =
        [
            (longest, 0, seed), // first, because it takes longest
            (longest / 2, 4, seed),
            .. from length in Lengths
                from kind in Enumerable.Range(0, Kinds.Length)
                from repetition in Enumerable.Range(0, repetitions)
                select (length, kind, seed + repetition),
        ];
        long[] starts = new long[vectors.Length];
        for (int i = 1; i < vectors.Length; i++)
            starts[i] = starts[i - 1] + vectors[i - 1].Length;

        Outcome outcome = new();
        int done = 0;
        ParallelOptions options = new() { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, vectors.Length, options, i =>
        {
            (int length, int kind, int vectorSeed) = vectors[i];
            Random random = new((vectorSeed * 31 * 31) + (length * 31) + kind);
            double[] x = new double[length];
            Kinds[kind](x, random);
            Outcome found = Look(subject, Round(x, subject.Format), random, starts[i]);
            lock (outcome)
            {
                outcome.Add(found);
                progress?.Report((double)++done / vectors.Length);
            }
        });
        return outcome;
    }

    /// <summary>Judges the outputs for one vector, or the gradient for a random one upstream.</summary>
    internal static Outcome Look(VectorSubject subject, double[] x, Random random, long start)
    {
        NumberFormat format = subject.Format;
        double[] y = new double[x.Length], dy = new double[x.Length];
        if (subject.Backward)
        {
            Fill(dy, () => Normal(random));
            dy = Round(dy, format);
            format.Backward(subject.Activation, x, dy, y);
        }
        else
        {
            format.Compute(subject.Activation, false, x, y);
        }
        return Look(subject, x, dy, y, start);
    }

    /// <summary>Judges given results.</summary>
    internal static Outcome Look(VectorSubject subject, double[] x, double[] dy, double[] y, long start)
    {
        NumberFormat format = subject.Format;
        Outcome outcome = new() { Judged = x.Length };
        VectorOracle oracle = VectorOracle.Of(subject.Activation, x);
        (BigFloat sum, BigFloat terms) = subject.Backward && oracle.IsDefined ? oracle.Sums(dy) : default;
        for (int i = 0; i < x.Length; i++)
        {
            if (!oracle.IsDefined)
            {
                if (!double.IsNaN(y[i]))
                    outcome.Add(new Misrounding(start + i, x[i], y[i], double.NaN, double.PositiveInfinity), subject.Guarantee);
                continue;
            }
            int mark = BigFloat.Mark();
            BigFloat exact, size;
            if (subject.Backward)
                (exact, size) = oracle.Gradient(i, dy[i], sum, terms);
            else
                exact = size = oracle.Output(i);
            double expected = exact.Round(format);
            if (!y[i].Equals(expected))
                outcome.Add(new Misrounding(start + i, x[i], y[i], expected, Error(exact, size, y[i], format)), subject.Guarantee);
            BigFloat.Release(mark);
        }
        return outcome;
    }

    // The difference itself, where terms cancel: of what is left of them, even the sign or that it is not 0 may mean nothing.
    private static double Error(BigFloat exact, BigFloat terms, double y, NumberFormat format)
    {
        int least = (int)format.UlpExponent(terms.ToDouble() / 1000);
        return least > format.UlpExponent(exact.ToDouble()) && double.IsFinite(y)
            ? Math.Max(0.5, Math.Abs(BigFloat.Scale(exact - y, -least).ToDouble()))
            : exact.ErrorInUlps(y, format);
    }

    private static double[] Round(double[] x, NumberFormat format) => [.. x.Select(format.Nearest)];

    private static void Fill(Span<double> x, Func<double> next)
    {
        foreach (ref double value in x)
            value = next();
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
