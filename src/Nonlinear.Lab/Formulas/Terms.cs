using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear.Lab.Formulas;

/// <summary>The argument.</summary>
internal readonly struct X : ITerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => x;
}

/// <summary>The first parameter.</summary>
internal readonly struct P0 : ITerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => p[0];
}

/// <summary>The second parameter.</summary>
internal readonly struct P1 : ITerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => p[1];
}

/// <summary>The third parameter.</summary>
internal readonly struct P2 : ITerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => p[2];
}

/// <summary>The fourth parameter.</summary>
internal readonly struct P3 : ITerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => p[3];
}

/// <summary>a + b</summary>
internal readonly struct Sum<A, B> : ITerm
    where A : struct, ITerm
    where B : struct, ITerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => A.Value(x, p) + B.Value(x, p);
}

/// <summary>a - b</summary>
internal readonly struct Difference<A, B> : ITerm
    where A : struct, ITerm
    where B : struct, ITerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => A.Value(x, p) - B.Value(x, p);
}

/// <summary>a · b</summary>
internal readonly struct Product<A, B> : ITerm
    where A : struct, ITerm
    where B : struct, ITerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => A.Value(x, p) * B.Value(x, p);
}

/// <summary>a / b</summary>
internal readonly struct Quotient<A, B> : ITerm
    where A : struct, ITerm
    where B : struct, ITerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => A.Value(x, p) / B.Value(x, p);
}

/// <summary>-a</summary>
internal readonly struct Negative<A> : ITerm
    where A : struct, ITerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => -A.Value(x, p);
}

/// <summary>a²</summary>
internal readonly struct Squared<A> : ITerm
    where A : struct, ITerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => A.Value(x, p) * A.Value(x, p);
}

/// <summary>The larger of two.</summary>
internal readonly struct Larger<A, B> : ITerm
    where A : struct, ITerm
    where B : struct, ITerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Max(A.Value(x, p), B.Value(x, p));
}

/// <summary>The smaller of two.</summary>
internal readonly struct Smaller<A, B> : ITerm
    where A : struct, ITerm
    where B : struct, ITerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Min(A.Value(x, p), B.Value(x, p));
}

/// <summary>a · σ(b), also where σ(b) is too small for a number.</summary>
internal readonly struct SigmoidGate<A, B> : ITerm
    where A : struct, ITerm
    where B : struct, ITerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.TimesSigmoid(A.Value(x, p), B.Value(x, p));
}

/// <summary>a · Φ(b), also where Φ(b) is too small for a number.</summary>
internal readonly struct NormalGate<A, B> : ITerm
    where A : struct, ITerm
    where B : struct, ITerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.TimesNormalCdf(A.Value(x, p), B.Value(x, p));
}
