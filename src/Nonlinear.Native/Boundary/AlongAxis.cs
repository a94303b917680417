namespace Nonlinear.Native.Boundary;

/// <summary>Any function on a tensor: those that have no axis take every element by itself.</summary>
internal static class AlongAxis
{
    /// <summary>Forward.</summary>
    public static void Forward<T>(Activation activation, ReadOnlySpan<T> x, Span<T> y, ReadOnlySpan<int> shape, int axis)
        where T : unmanaged
    {
        switch (activation)
        {
            case AxisActivation along: along.Forward(x, y, shape, axis); break;
            case GatedActivation gated: gated.Forward(x, y, shape, axis); break;
            case WidenedActivation widened: widened.Forward(x, y, shape, axis); break;
            case PooledActivation pooled: pooled.Forward(x, y, new int[y.Length], shape, axis); break;
            default: activation.Forward(x, y); break;
        }
    }

    /// <summary>Backward.</summary>
    public static void Backward<T>(
        Activation activation, ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx, ReadOnlySpan<int> shape, int axis)
        where T : unmanaged
    {
        switch (activation)
        {
            case AxisActivation along:
                along.Backward(x, dy, dx, shape, axis);
                break;
            case GatedActivation gated:
                gated.Backward(x, dy, dx, shape, axis);
                break;
            case WidenedActivation widened:
                widened.Backward(x, dy, dx, shape, axis);
                break;
            case PooledActivation pooled:
                // Which input won is found again.
                T[] y = new T[dy.Length];
                int[] winners = new int[dy.Length];
                pooled.Forward(x, y, winners, shape, axis);
                pooled.Backward(dy, winners, dx, shape, axis);
                break;
            default:
                activation.Backward(x, dy, dx);
                break;
        }
    }
}
