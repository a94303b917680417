using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>
/// The loop, over floats and correctly rounded, of dy · (y + α) where the output y is at most 0, and of dy above: the gradient of ELU.
/// </summary>
/// <remarks>
/// y + α is the sum of two floats, dy times it that of a float and a rest, which is taken a little too small and a little too large: where
/// both make the same float, that is the nearest to the exact product. A tie, which a dy of few bits often makes, is known by a rest
/// without error. One vector in thousands is left over.
/// </remarks>
internal static class EluGradientLoop
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    // Gradients are held 2⁶⁴ times too large, so that what a product loses in rounding is a float wherever the result is a normal one.
    private const float Raise = PowersOfTwo.Plus64, Lower = 1 / Raise, Least = 64 / Raise;

    // The rest is rounded once.
    private const float Margin = 1.0f / (1 << 22);

    /// <summary>Whether the loop serves the parameter: it must be a float, and of ordinary size.</summary>
    public static bool Suits(double parameter) => parameter == (float)parameter && parameter is > 1e-6 and < 1e6;

    /// <summary>Computes whole vectors up to the first that is in doubt, and returns how many elements are done.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static int RunCertain<S, TStores>(ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx, float alpha)
        where S : struct, IReal<S>, IFloatLanes<S>
        where TStores : struct, IStores
    {
        nuint count = (nuint)S.Count, length = (nuint)y.Length - ((nuint)y.Length % count), i = 0;
        if (length == 0)
            return 0;
        ref float outputs = ref MemoryMarshal.GetReference(y), gradients = ref MemoryMarshal.GetReference(dy);
        ref float results = ref MemoryMarshal.GetReference(dx);
        S shift = alpha, ahead = S.Load(ref outputs, 0), gradientAhead = S.Load(ref gradients, 0);
        do
        {
            S output = ahead, gradient = gradientAhead;
            nuint next = LoopDirection.Next(i, count, length - count - i);
            (ahead, gradientAhead) = (S.Load(ref outputs, next), S.Load(ref gradients, next));
            if (!TryProduct(output, gradient * Raise, shift, out S result))
                return (int)i;
            TStores.Store(result * Lower, ref results, i);
            i += count;
        }
        while (i < length);
        return (int)i;
    }

    [MethodImpl(Inline)] private static bool TryProduct<S>(S y, S gradient, S shift, out S result)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        S sum = shift + y, part = sum - shift;
        S derivative = S.SelectGreater(y, 0, 1, sum), low = S.SelectGreater(y, 0, 0, shift - (sum - part) + (y - part));
        S product = gradient * derivative, lost = S.Fms(gradient, derivative, product), rest = S.Fma(gradient, low, lost);
        S less = S.Fma(rest, 1 - Margin, product), more = S.Fma(rest, 1 + Margin, product);
        S error = S.Abs(lost) + S.Abs(S.Fms(gradient, low, rest));
        result = S.CopySign(product + rest, product); // of zeros a sum loses the sign
        return S.AllEqual(S.SelectGreater(error, 0, less, more), more) && S.AllZeroOrAtLeast(Least, S.Abs(product));
    }
}
