namespace Nonlinear.Oracle.Judging;

/// <summary>What the judge says of one result.</summary>
/// <param name="Expected">The number that it should be.</param>
/// <param name="Ulps">The error in units in the last place of the exact value, 0 for a right result; ∞ for a NaN, an infinity or the wrong
/// zero.</param>
/// <param name="IsRight">Whether it is the number nearest to the exact value.</param>
/// <param name="ByMpfr">Whether that took many bits to decide.</param>
public readonly record struct Verdict(double Expected, double Ulps, bool IsRight, bool ByMpfr);
