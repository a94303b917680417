using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>What softmax is taken of in the fast tier: a row of scores, scaled, capped and masked, as two floats each.</summary>
/// <remarks>
/// One float would not do: of a score of 8 its rounding is 4 ulp of the exponential. What takes no part has
/// <see cref="ExponentialPairs.None"/> for second float. Rows are whole numbers of sixteen.
/// </remarks>
internal static class FastAttentionScores<S>
    where S : struct, IReal<S>, IFloatLanes<S>
{
    private const MethodImplOptions InFull = MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining;

    /// <summary>scale · x, in the place of x.</summary>
    [MethodImpl(InFull)]
    public static void Scale(ref float highs, ref float lows, int length, double scale)
    {
        S factor = (float)scale, rest = (float)(scale - (float)scale);
        for (nuint i = 0; i < (nuint)length; i += (nuint)S.Count)
        {
            S x = S.Load(ref highs, i), product = x * factor;
            S.Store(product, ref highs, i);
            S.Store(S.Fma(x, rest, S.Fms(x, factor, product)), ref lows, i);
        }
    }

    /// <summary>Adds what a mask adds; -∞ takes a key out, whatever its score.</summary>
    [MethodImpl(InFull)]
    public static void Add(ref float highs, ref float lows, ref float added, int length)
    {
        for (nuint i = 0; i < (nuint)length; i += (nuint)S.Count)
        {
            S x = S.Load(ref highs, i), more = S.Load(ref added, i), sum = x + more, part = sum - x;
            S lost = x - (sum - part) + (more - part);
            S isOut = more < float.MinValue;
            S.Store(S.Select(isOut, 0, sum), ref highs, i);
            S.Store(S.Select(isOut, ExponentialPairs.None, S.Load(ref lows, i) + lost), ref lows, i);
        }
    }

    /// <summary>Takes out what has a score of -∞, and finds the largest magnitude of the others.</summary>
    /// <returns>That; NaN if there is NaN or +∞.</returns>
    [MethodImpl(InFull)]
    public static float Settle(ref float highs, ref float lows, int length)
    {
        S largest = 0, nothing = 0;
        for (nuint i = 0; i < (nuint)length; i += (nuint)S.Count)
        {
            S x = S.Load(ref highs, i), isOut = x < float.MinValue;
            x = S.Select(isOut, 0, x);
            S.Store(x, ref highs, i);
            S.Store(S.Select(isOut, ExponentialPairs.None, S.Load(ref lows, i)), ref lows, i);
            largest = S.Larger(largest, S.Abs(x));
            nothing = S.Fma(x, 0, nothing); // NaN for NaN and ∞
        }
        return S.AllEqual(nothing, 0) ? S.LargestLane(largest) : float.NaN;
    }

    /// <summary>Takes all less the largest of them, of which there is one, so that none is far above 0.</summary>
    [MethodImpl(InFull)]
    public static void Lower(ref float highs, ref float lows, int length)
    {
        S most = float.NegativeInfinity;
        for (nuint i = 0; i < (nuint)length; i += (nuint)S.Count)
            most = S.Larger(most, S.Select(S.Load(ref lows, i) < ExponentialPairs.LeastLow, float.NegativeInfinity, S.Load(ref highs, i)));
        S max = S.LargestLane(most);
        for (nuint i = 0; i < (nuint)length; i += (nuint)S.Count)
        {
            S x = S.Load(ref highs, i), low = S.Load(ref lows, i), difference = x - max, part = difference - x;
            S rest = x - (difference - part) - (max + part) + low, sum = difference + rest;
            S isOut = low < ExponentialPairs.LeastLow;
            S.Store(S.Select(isOut, 0, sum), ref highs, i);
            S.Store(S.Select(isOut, low, rest - (sum - difference)), ref lows, i);
        }
    }
}

/// <summary>Capped scores, by way of doubles.</summary>
internal readonly ref struct FastCappedScores(ref float highs, ref float lows, int length, AttentionOptions options)
    : IAtDoubleWidth<FastCappedScores>
{
    private readonly ref float _highs = ref highs, _lows = ref lows;
    private readonly int _length = length;
    private readonly AttentionOptions _options = options;

    /// <summary>c · tanh(scale · x / c), in the place of x.</summary>
    public static void Make(ref float highs, ref float lows, int length, in AttentionOptions options) =>
        VectorWidth.Dispatch<Unchecked, FastCappedScores, FastCappedScores>(new(ref highs, ref lows, length, options));

    static void IAtDoubleWidth<FastCappedScores>.Invoke<L>(scoped in FastCappedScores work) =>
        Make<L>(ref work._highs, ref work._lows, work._length, work._options);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Make<L>(ref float highs, ref float lows, int length, AttentionOptions options)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        for (nuint i = 0; i < (nuint)length; i += (nuint)L.Count)
        {
            L score = AttentionScores.Of(L.LoadFloat(ref highs, i), options);
            L.StoreFloat(score, ref highs, i);
            L.StoreFloat(score - L.LoadFloat(ref highs, i), ref lows, i);
        }
    }
}
