namespace Nonlinear;

/// <summary>A parameter of an activation function.</summary>
/// <param name="Name">The name by which it is set: <c>alpha</c> in <c>elu(alpha=1.5)</c>.</param>
/// <param name="Symbol">The letter that formulas use: α.</param>
/// <param name="Default">The value it has unless told otherwise.</param>
public sealed record ParameterInfo(string Name, string Symbol, double Default)
{
    /// <summary>The smallest value allowed.</summary>
    public double Minimum { get; init; } = -double.MaxValue;

    /// <summary>The largest value allowed.</summary>
    public double Maximum { get; init; } = double.MaxValue;

    /// <summary>Whether it has to be larger than 0, however little.</summary>
    public bool Positive { get; init; }

    /// <summary>Whether only whole numbers make sense.</summary>
    public bool Integer { get; init; }

    /// <summary>Whether networks usually learn it, rather than fix it.</summary>
    public bool Learnable { get; init; }

    /// <summary>Values that show what the parameter does: a figure draws a curve for each.</summary>
    public IReadOnlyList<double> Examples { get; init; } = [];

    // What is wrong with a value, if it is not finite, out of range or, where that is asked for, not whole.
    internal ArgumentOutOfRangeException? Problem(double value)
    {
        bool allowed = double.IsFinite(value) && value >= Minimum && value <= Maximum
            && (!Integer || value == Math.Floor(value)) && (!Positive || value > 0);
        return allowed ? null : new ArgumentOutOfRangeException(Name, value, $"{Name} must be {Range}.");
    }

    // Throws unless a value is allowed; the message names the parameter and the range.
    internal void Check(double value)
    {
        if (Problem(value) is { } problem)
            throw problem;
    }

    private string Range
    {
        get
        {
            string kind = Integer ? "a whole number" : Positive ? "a finite number above 0" : "a finite number";
            return (Minimum > -double.MaxValue, Maximum < double.MaxValue) switch
            {
                (true, true) => FormattableString.Invariant($"{kind} from {Minimum} to {Maximum}"),
                (true, false) => FormattableString.Invariant($"{kind}, {Minimum} or more"),
                (false, true) => FormattableString.Invariant($"{kind}, {Maximum} or less"),
                _ => kind,
            };
        }
    }
}
