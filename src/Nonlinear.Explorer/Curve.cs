namespace Nonlinear.Explorer;

/// <summary>What is drawn of a function: f, f′, f″, or from <see cref="Gradient"/> on the gradient by a parameter.</summary>
internal static class Curve
{
    public const int Function = 0, Derivative = 1, Curvature = 2, Gradient = 3;

    /// <summary>The values of a quantity at floats.</summary>
    public static float[] Values(ElementwiseActivation activation, int quantity, float[] x)
    {
        float[] y = new float[x.Length];
        switch (quantity)
        {
            case Function: activation.Forward(x, y); break;
            case Derivative: activation.Derivative(x, y); break;
            case Curvature: activation.Curvature(x, y); break;
            default: ByParameter(activation, quantity - Gradient, x, y); break;
        }
        return y;
    }

    /// <summary>A quantity at any double.</summary>
    public static Func<double, double> At(ElementwiseActivation activation, int quantity) => quantity switch
    {
        Function => activation.Forward,
        Derivative => activation.Derivative,
        Curvature => activation.Curvature,
        _ => x => Values(activation, quantity, [(float)x])[0],
    };

    // A sum over one element is that element's gradient.
    private static void ByParameter(ElementwiseActivation activation, int parameter, ReadOnlySpan<float> x, Span<float> y)
    {
        Span<double> gradient = stackalloc double[activation.Info.Parameters.Count];
        ReadOnlySpan<float> one = [1];
        for (int i = 0; i < x.Length; i++)
        {
            activation.ParameterGradient(x.Slice(i, 1), one, gradient);
            y[i] = (float)gradient[parameter];
        }
    }
}
