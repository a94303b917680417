using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear.Lab.Formulas;

/// <summary>|a|</summary>
internal readonly struct AbsoluteOf<A> : ITerm
    where A : struct, ITerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Abs(A.Value(x, p));
}

/// <summary>eᵃ</summary>
internal readonly struct ExpOf<A> : ITerm
    where A : struct, ITerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Exp(A.Value(x, p));
}

/// <summary>eᵃ - 1</summary>
internal readonly struct ExpMinusOneOf<A> : ITerm
    where A : struct, ITerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Expm1(A.Value(x, p));
}

/// <summary>log a</summary>
internal readonly struct LogOf<A> : ITerm
    where A : struct, ITerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Log(A.Value(x, p));
}

/// <summary>log(1 + a)</summary>
internal readonly struct LogOnePlusOf<A> : ITerm
    where A : struct, ITerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Log1p(A.Value(x, p));
}

/// <summary>√a</summary>
internal readonly struct RootOf<A> : ITerm
    where A : struct, ITerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Sqrt(A.Value(x, p));
}

/// <summary>sin a</summary>
internal readonly struct SinOf<A> : ITerm
    where A : struct, ITerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Sin(A.Value(x, p));
}

/// <summary>cos a</summary>
internal readonly struct CosOf<A> : ITerm
    where A : struct, ITerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Cos(A.Value(x, p));
}

/// <summary>tanh a</summary>
internal readonly struct TanhOf<A> : ITerm
    where A : struct, ITerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Tanh(A.Value(x, p));
}

/// <summary>σ(a)</summary>
internal readonly struct SigmoidOf<A> : ITerm
    where A : struct, ITerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Sigmoid(A.Value(x, p));
}

/// <summary>log(1 + eᵃ)</summary>
internal readonly struct SoftPlusOf<A> : ITerm
    where A : struct, ITerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Softplus(A.Value(x, p));
}

/// <summary>erf a</summary>
internal readonly struct ErrorFunctionOf<A> : ITerm
    where A : struct, ITerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Erf(A.Value(x, p));
}

/// <summary>Φ(a)</summary>
internal readonly struct NormalCdfOf<A> : ITerm
    where A : struct, ITerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.NormalCdf(A.Value(x, p));
}

/// <summary>φ(a)</summary>
internal readonly struct NormalPdfOf<A> : ITerm
    where A : struct, ITerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.NormalPdf(A.Value(x, p));
}

/// <summary>max(a, 0)</summary>
internal readonly struct PositivePartOf<A> : ITerm
    where A : struct, ITerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.PositivePart(A.Value(x, p));
}
