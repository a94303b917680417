namespace Nonlinear.Lab;

/// <summary>What is computed of every element.</summary>
public enum SpanOperation
{
    /// <summary>The function.</summary>
    Forward,

    /// <summary>Its derivative.</summary>
    Derivative,

    /// <summary>Its second derivative.</summary>
    Curvature,
}

/// <summary>The library's span operations for code that is generic over the number type.</summary>
public static class SpanOperations
{
    /// <summary>Computes an operation on spans of float, double, <see cref="Half"/> or <see cref="BFloat16"/>.</summary>
    /// <param name="activation">The activation.</param>
    /// <param name="operation">What to compute.</param>
    /// <param name="x">The inputs.</param>
    /// <param name="y">Receives the outputs; may be <paramref name="x"/> itself.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or two different spans overlap; nothing has been written.</exception>
    /// <exception cref="NotSupportedException">The activation has no such operation.</exception>
    public static void Compute<T>(this Activation activation, SpanOperation operation, ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged
    {
        switch (operation, activation)
        {
            case (SpanOperation.Forward, _):
                activation.Forward(x, y);
                break;
            case (SpanOperation.Derivative, ElementwiseActivation elementwise):
                elementwise.Derivative(x, y);
                break;
            case (SpanOperation.Curvature, ElementwiseActivation elementwise):
                elementwise.Curvature(x, y);
                break;
            case (SpanOperation.Derivative or SpanOperation.Curvature, _):
                throw new NotSupportedException(
                    $"{activation.Info.Name} takes several inputs for an output, "
                    + $"and has no {operation.ToString().ToLowerInvariant()} by one alone.");
            default:
                throw new ArgumentOutOfRangeException(nameof(operation), operation, "There is no such operation.");
        }
    }
}
