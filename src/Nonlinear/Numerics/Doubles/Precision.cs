namespace Nonlinear.Numerics;

/// <summary>What becomes of the doubles in a lane when they are rounded to a narrower type.</summary>
internal interface IPrecision
{
    static abstract bool IsChecked { get; }

    /// <summary>Whether series good to 2⁻⁴² do: those of a check whose bound is wider, for a formula in which nothing cancels.</summary>
    static abstract bool UsesShortSeries { get; }
}

/// <summary>They are rounded as they are, and so must be good to about an ulp of double everywhere.</summary>
internal readonly struct Unchecked : IPrecision
{
    public static bool IsChecked => false;
    public static bool UsesShortSeries => false;
}

/// <summary>
/// The rounding is checked: where a relative error of <see cref="ZivRoundingTest.ErrorBound"/> could change the result, it is computed
/// again over pairs (Ziv, 1991). A lane that cannot be good to that says so by NaN.
/// </summary>
internal readonly struct Checked : IPrecision
{
    public static bool IsChecked => true;
    public static bool UsesShortSeries => false;
}

/// <summary>The same for formulas that lose no digits, where shorter series do.</summary>
internal readonly struct CheckedShortSeries : IPrecision
{
    public static bool IsChecked => true;
    public static bool UsesShortSeries => true;
}

/// <summary>They are rounded as they are, and an error of 2⁻⁴² does not matter.</summary>
internal readonly struct ShortSeries : IPrecision
{
    public static bool IsChecked => false;
    public static bool UsesShortSeries => true;
}
