namespace Nonlinear.Lab;

/// <summary>Gated units where one span holds gates and values, and any layout will do.</summary>
public static class Gates
{
    /// <summary>The same activation, for spans whose first half holds the gates if it is a gated unit that was told no layout.</summary>
    public static Activation First(Activation activation) =>
        activation is GatedActivation { Layout: null } gated ? gated.WithLayout(GateLayout.GateFirst) : activation;

    /// <summary>Throws, with what to type, if an activation is a gated unit that was told no layout.</summary>
    /// <exception cref="ArgumentException">It was not.</exception>
    public static void MustSayLayout(Activation activation)
    {
        if (activation is GatedActivation { Layout: null })
            throw new ArgumentException(
                $"Which numbers are gates? Libraries differ, so {activation.Info.Name} does not guess: say "
                + $"{activation.Info.Name}(layout=gate_first), gate_last or interleaved.");
    }
}
