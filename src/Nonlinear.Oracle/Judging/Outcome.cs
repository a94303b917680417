namespace Nonlinear.Oracle.Judging;

/// <summary>A result that is not the number of its type nearest to the exact value.</summary>
/// <param name="Index">The input's place in its set.</param>
/// <param name="X">The input.</param>
/// <param name="Y">The result.</param>
/// <param name="Expected">The number that it should be.</param>
/// <param name="Ulps">The error in units in the last place of the exact value; ∞ for a NaN, an infinity or the wrong zero.</param>
public readonly record struct Misrounding(long Index, double X, double Y, double Expected, double Ulps);

/// <summary>
/// What the judge found: how many results are misrounded, the largest error, and what breaks the guarantee. Outcomes of disjoint inputs can
/// be added in any order.
/// </summary>
public sealed class Outcome
{
    /// <summary>This many results that break the guarantee are kept, the first ones.</summary>
    public const int Kept = 100;

    /// <summary>
    /// An error of less than this many ulps is told as 0.5: next to a tie, and so the smallest that a misrounding can be.
    /// </summary>
    public const double JustOverHalf = 0.500005;

    /// <summary>The largest error is told to this many bits behind the first.</summary>
    internal const int ToldBits = 22;

    /// <summary>How many results were judged.</summary>
    public long Judged { get; set; }

    /// <summary>How many of them are not correctly rounded.</summary>
    public long Misrounded { get; set; }

    /// <summary>How many were beyond the interval and went to MPFR.</summary>
    public long ByMpfr { get; set; }

    /// <summary>The largest error; null where every result is correctly rounded, and so off by half an ulp at most.</summary>
    public Misrounding? Worst { get; set; }

    /// <summary>The first results that break the guarantee; where correct rounding is promised, every misrounded result does.</summary>
    public IList<Misrounding> Broken { get; init; } = [];

    /// <summary>The largest error in ulps; 0.5 stands for: at most half.</summary>
    public double MaxUlps => Worst?.Ulps ?? 0.5;

    /// <summary>Whether the results are as promised.</summary>
    public bool Keeps(Guarantee guarantee) => guarantee.CorrectlyRounded ? Misrounded == 0 : MaxUlps <= guarantee.Ulps;

    /// <summary>Takes a misrounded result down.</summary>
    public void Add(in Misrounding misrounding, Guarantee guarantee)
    {
        Misrounded++;
        Misrounding told = misrounding with { Ulps = Told(misrounding.Ulps) };
        if (Worst is not { } worst || IsWorse(told, worst))
            Worst = told;
        if (Broken.Count < Kept && (guarantee.CorrectlyRounded || !(misrounding.Ulps <= guarantee.Ulps)))
            Broken.Add(misrounding);
    }

    // Many errors are equal but for what nobody reads, and of equal ones the first is told.
    private static double Told(double ulps) => ulps < JustOverHalf
        ? 0.5
        : BitConverter.UInt64BitsToDouble(BitConverter.DoubleToUInt64Bits(ulps) & ~((1UL << (52 - ToldBits)) - 1));

    /// <summary>Adds what was found on other inputs.</summary>
    public void Add(Outcome other)
    {
        Judged += other.Judged;
        Misrounded += other.Misrounded;
        ByMpfr += other.ByMpfr;
        if (other.Worst is { } theirs && (Worst is not { } ours || IsWorse(theirs, ours)))
            Worst = theirs;
        Misrounding[] first = [.. Broken.Concat(other.Broken).OrderBy(misrounding => misrounding.Index).Take(Kept)];
        Broken.Clear();
        foreach (Misrounding misrounding in first)
            Broken.Add(misrounding);
    }

    // The first of equals, so that the order of the work does not show.
    private static bool IsWorse(in Misrounding a, in Misrounding b) => a.Ulps > b.Ulps || (a.Ulps == b.Ulps && a.Index < b.Index);
}
