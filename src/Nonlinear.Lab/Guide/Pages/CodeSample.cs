namespace Nonlinear.Lab.Guide.Pages;

/// <summary>How a function is called in C#, ready to paste.</summary>
internal static class CodeSample
{
    /// <summary>The calls for a function, with each parameter spelt out.</summary>
    public static string Of(Activation activation)
    {
        ActivationInfo info = activation.Info;
        string parameters = string.Join(
            ", ",
            info.Parameters.Select(parameter => FormattableString.Invariant($"{parameter.Name}={parameter.Default}")));
        string parse = $"""Activation f = Activation.Parse("{info.Name}{(parameters.Length > 0 ? $"({parameters})" : "")}");""";
        return activation switch
        {
            ElementwiseActivation => $"""
                {parse}
                f.Forward(x, y);        // y = f(x)
                f.Derivative(x, d);     // d = f′(x)
                f.Backward(x, dy, dx);  // dx = dy · f′(x)
                """,
            AxisActivation => $"""
                {parse}
                f.Forward(x, y);        // the whole span is one vector
                f.Backward(x, dy, dx);  // dx = Jᵀ dy

                AxisActivation g = (AxisActivation)f;
                g.Forward(x, y, shape: [32, 10], axis: -1);  // a vector in every row
                """,
            WidenedActivation => $"""
                {parse}
                f.Forward(x, y);        // y is twice as long: one half of the outputs, then the other
                f.Backward(x, dy, dx);  // each input's gradient comes from its two outputs

                WidenedActivation g = (WidenedActivation)f;
                g.Forward(x, y, shape: [32, 10], axis: -1);  // y has the shape [32, 20]
                """,
            GatedActivation => $"""
                GatedActivation f = (GatedActivation)Activation.Parse("{info.Name}{(parameters.Length > 0 ? $"({parameters})" : "")}");
                f.Forward(gate, value, y);                    // y = a(gate) · b(value)
                f.Backward(gate, value, dy, dgate, dvalue);   // both gradients in one pass

                f.WithLayout(GateLayout.GateFirst).Forward(x, y, shape: [32, 20], axis: -1);  // y has the shape [32, 10]
                """,
            _ => $"""
                {parse}
                f.Forward(x, y);        // y is shorter than x: each group of neighbours becomes one
                f.Backward(x, dy, dx);  // each gradient goes to the input that won
                """,
        };
    }
}
