namespace Nonlinear.Oracle.Judging;

/// <summary>What is judged of a gated unit.</summary>
public enum GatedDirection
{
    /// <summary>The outputs.</summary>
    Forward,

    /// <summary>The gradients by the gates.</summary>
    ByGate,

    /// <summary>The gradients by the values.</summary>
    ByValue,
}

/// <summary>What is judged of a gated unit: its outputs, or a gradient that it carries back.</summary>
/// <param name="Activation">The function, in its tier.</param>
/// <param name="Direction">Which results.</param>
/// <param name="Format">The type.</param>
public sealed record GatedSubject(GatedActivation Activation, GatedDirection Direction, NumberFormat Format)
{
    /// <summary>What the library promises of it.</summary>
    public Guarantee Guarantee => Guarantee.Of(Activation, Format.Type);

    /// <summary>The direction in words.</summary>
    public string DirectionName => Direction switch
    {
        GatedDirection.Forward => "forward",
        GatedDirection.ByGate => "by gate",
        _ => "by value",
    };

    /// <summary>Computes what is judged. Gates and values may be lost.</summary>
    /// <typeparam name="T">The type of the format.</typeparam>
    public void Compute<T>(Span<T> gates, Span<T> values, ReadOnlySpan<T> upstream, Span<T> results)
        where T : unmanaged
    {
        if (Direction == GatedDirection.Forward)
            Activation.Forward<T>(gates, values, results);
        else if (Direction == GatedDirection.ByGate)
            Activation.Backward<T>(gates, values, upstream, results, values);
        else
            Activation.Backward<T>(gates, values, upstream, gates, results);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Activation.Exact} {DirectionName} {(Activation.Tier == Tier.Fast ? "fast " : "")}{Format.Name}";
}
