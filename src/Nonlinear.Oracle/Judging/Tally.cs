namespace Nonlinear.Oracle.Judging;

/// <summary>What was found of some results: a bar of a histogram.</summary>
public sealed class Tally
{
    /// <summary>How many were judged.</summary>
    public long Judged { get; private set; }

    /// <summary>How many are not correctly rounded.</summary>
    public long Misrounded { get; private set; }

    /// <summary>The largest error that is finite, in ulps; 0 where every result is right.</summary>
    public double MaxUlps { get; private set; }

    /// <summary>How many are off by no finite error: NaN, an infinity, the wrong zero.</summary>
    public long Lost { get; private set; }

    /// <summary>Takes a result down.</summary>
    public void Add(in Verdict verdict)
    {
        Judged++;
        if (verdict.IsRight)
            return;
        Misrounded++;
        if (double.IsFinite(verdict.Ulps))
            MaxUlps = Math.Max(MaxUlps, verdict.Ulps);
        else
            Lost++;
    }

    /// <summary>Takes what was found of others down.</summary>
    public void Add(Tally other)
    {
        Judged += other.Judged;
        Misrounded += other.Misrounded;
        Lost += other.Lost;
        MaxUlps = Math.Max(MaxUlps, other.MaxUlps);
    }
}
