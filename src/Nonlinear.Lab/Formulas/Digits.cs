using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear.Lab.Formulas;

/// <summary>A hexadecimal digit as a type.</summary>
internal interface IDigit
{
    /// <summary>The digit.</summary>
    static abstract long Value { get; }
}

/// <summary>The digit 0.</summary>
internal readonly struct D0 : IDigit
{
    public static long Value => 0;
}

/// <summary>The digit 1.</summary>
internal readonly struct D1 : IDigit
{
    public static long Value => 1;
}

/// <summary>The digit 2.</summary>
internal readonly struct D2 : IDigit
{
    public static long Value => 2;
}

/// <summary>The digit 3.</summary>
internal readonly struct D3 : IDigit
{
    public static long Value => 3;
}

/// <summary>The digit 4.</summary>
internal readonly struct D4 : IDigit
{
    public static long Value => 4;
}

/// <summary>The digit 5.</summary>
internal readonly struct D5 : IDigit
{
    public static long Value => 5;
}

/// <summary>The digit 6.</summary>
internal readonly struct D6 : IDigit
{
    public static long Value => 6;
}

/// <summary>The digit 7.</summary>
internal readonly struct D7 : IDigit
{
    public static long Value => 7;
}

/// <summary>The digit 8.</summary>
internal readonly struct D8 : IDigit
{
    public static long Value => 8;
}

/// <summary>The digit 9.</summary>
internal readonly struct D9 : IDigit
{
    public static long Value => 9;
}

/// <summary>The digit A.</summary>
internal readonly struct DA : IDigit
{
    public static long Value => 10;
}

/// <summary>The digit B.</summary>
internal readonly struct DB : IDigit
{
    public static long Value => 11;
}

/// <summary>The digit C.</summary>
internal readonly struct DC : IDigit
{
    public static long Value => 12;
}

/// <summary>The digit D.</summary>
internal readonly struct DD : IDigit
{
    public static long Value => 13;
}

/// <summary>The digit E.</summary>
internal readonly struct DE : IDigit
{
    public static long Value => 14;
}

/// <summary>The digit F.</summary>
internal readonly struct DF : IDigit
{
    public static long Value => 15;
}

/// <summary>Eight hexadecimal digits as a type.</summary>
internal readonly struct Word<A, B, C, D, E, F, G, H> : IDigit
    where A : struct, IDigit
    where B : struct, IDigit
    where C : struct, IDigit
    where D : struct, IDigit
    where E : struct, IDigit
    where F : struct, IDigit
    where G : struct, IDigit
    where H : struct, IDigit
{
    public static long Value =>
        (A.Value << 28) | (B.Value << 24) | (C.Value << 20) | (D.Value << 16) | (E.Value << 12) | (F.Value << 8) | (G.Value << 4) | H.Value;
}

/// <summary>A number as a type: the bits of a double in two words.</summary>
internal readonly struct NumberOf<THigh, TLow> : ITerm
    where THigh : struct, IDigit
    where TLow : struct, IDigit
{
    // Known when the loops are compiled.
    private static readonly double Number = BitConverter.Int64BitsToDouble((THigh.Value << 32) | TLow.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => Number;
}
