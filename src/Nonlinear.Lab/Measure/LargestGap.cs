namespace Nonlinear.Lab.Measure;

/// <summary>How a difference grows without bound.</summary>
/// <param name="Towards">-∞ or ∞.</param>
/// <param name="Power">The p in c·|x|ᵖ; null if it follows no power, as a logarithm or an exponential does not.</param>
/// <param name="Factor">The c.</param>
public sealed record GapGrowth(double Towards, double? Power, double Factor);

/// <summary>The largest difference of two functions, by magnitude.</summary>
/// <param name="Size">How large it is; 0 if there is none beyond rounding, ∞ if it grows without bound.</param>
/// <param name="Places">
/// Where it is so large: points, stretches, or ±∞ if it is only approached there. Of many the four nearest to 0.
/// </param>
/// <param name="Growth">How it grows, if it does so without bound.</param>
public sealed record LargestGap(double Size, IReadOnlyList<Stretch> Places, GapGrowth? Growth)
{
    /// <summary>How many places there are.</summary>
    public required int PlaceCount { get; init; }

    /// <summary>No difference.</summary>
    public static LargestGap None { get; } = new(0, [], null) { PlaceCount = 0 };

    /// <summary>The first of the places, a number where there is a difference.</summary>
    internal double Place => Places[0].From == double.NegativeInfinity ? Places[0].To : Places[0].From;
}
