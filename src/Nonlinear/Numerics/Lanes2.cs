using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nonlinear.Numerics;

/// <summary>2 doubles side by side.</summary>
internal readonly struct Lanes2<TRounding>(Vector128<double> v) : ILanes<Lanes2<TRounding>>
    where TRounding : struct, IRounding
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private readonly Vector128<double> _v = v;

    public static int Count => 2;
    public static bool IsChecked => TRounding.IsChecked;
    public static bool IsShort => TRounding.IsShort;

    [MethodImpl(Inline)] public static Lanes2<TRounding> Load(ref double source, nuint index) => new(Vector128.LoadUnsafe(ref source, index));
    [MethodImpl(Inline)] public static void Store(Lanes2<TRounding> x, ref double target, nuint index) => x._v.StoreUnsafe(ref target, index);

    [MethodImpl(Inline)] public static Lanes2<TRounding> LoadSingle(ref float source, nuint index) =>
        new(Vector128.WidenLower(LoadNarrow(ref source, index)));

    [MethodImpl(Inline)] public static void StoreSingle(Lanes2<TRounding> x, ref float target, nuint index) =>
        StoreNarrow(Narrow(x._v), ref target, index);

    [MethodImpl(Inline)] public static bool TryStoreSingle(Lanes2<TRounding> y, ref float x, ref float target, nuint index)
    {
        Vector128<float> above = Narrow(Vector128.FusedMultiplyAdd(y._v, Vector128.Create(ErrorBound.OfChecked), y._v));
        Vector128<float> below = Narrow(Vector128.FusedMultiplyAdd(y._v, Vector128.Create(-ErrorBound.OfChecked), y._v));
        Vector128<float> input = LoadNarrow(ref x, index);
        bool certain = Vector128.EqualsAll(above - below + (input - input), Vector128<float>.Zero);
        if (certain)
            StoreNarrow(above, ref target, index);
        return certain;
    }

    [MethodImpl(Inline)] public static implicit operator Lanes2<TRounding>(double value) => new(Vector128.Create(value));
    [MethodImpl(Inline)] public static Lanes2<TRounding> operator +(Lanes2<TRounding> a, Lanes2<TRounding> b) => new(a._v + b._v);
    [MethodImpl(Inline)] public static Lanes2<TRounding> operator -(Lanes2<TRounding> a, Lanes2<TRounding> b) => new(a._v - b._v);
    [MethodImpl(Inline)] public static Lanes2<TRounding> operator *(Lanes2<TRounding> a, Lanes2<TRounding> b) => new(a._v * b._v);
    [MethodImpl(Inline)] public static Lanes2<TRounding> operator /(Lanes2<TRounding> a, Lanes2<TRounding> b) => new(a._v / b._v);
    [MethodImpl(Inline)] public static Lanes2<TRounding> operator -(Lanes2<TRounding> a) => new(a._v ^ Vector128.Create(-0.0));
    [MethodImpl(Inline)] public static Lanes2<TRounding> operator <(Lanes2<TRounding> a, Lanes2<TRounding> b) => new(Vector128.LessThan(a._v, b._v));
    [MethodImpl(Inline)] public static Lanes2<TRounding> operator >(Lanes2<TRounding> a, Lanes2<TRounding> b) => new(Vector128.GreaterThan(a._v, b._v));
    [MethodImpl(Inline)] public static Lanes2<TRounding> Max(Lanes2<TRounding> a, Lanes2<TRounding> b) => new(Vector128.Max(a._v, b._v));
    [MethodImpl(Inline)] public static Lanes2<TRounding> Abs(Lanes2<TRounding> x) => new(Vector128.Abs(x._v));
    [MethodImpl(Inline)] public static Lanes2<TRounding> Fma(Lanes2<TRounding> a, Lanes2<TRounding> b, Lanes2<TRounding> c) => new(Vector128.FusedMultiplyAdd(a._v, b._v, c._v));

    // The bound stands first: where x is NaN, the second operand is what both x86 and the portable form return.
    [MethodImpl(Inline)] public static Lanes2<TRounding> AtMost(double bound, Lanes2<TRounding> x) => new(Vector128.MinNative(Vector128.Create(bound), x._v));
    [MethodImpl(Inline)] public static Lanes2<TRounding> AtLeast(double bound, Lanes2<TRounding> x) => new(Vector128.MaxNative(Vector128.Create(bound), x._v));

    [MethodImpl(Inline)] public static Lanes2<TRounding> Select(Lanes2<TRounding> mask, Lanes2<TRounding> whereTrue, Lanes2<TRounding> whereFalse) =>
        new(Vector128.ConditionalSelect(mask._v, whereTrue._v, whereFalse._v));

    [MethodImpl(Inline)] public static Lanes2<TRounding> CopySign(Lanes2<TRounding> magnitude, Lanes2<TRounding> sign) =>
        new(Vector128.ConditionalSelect(Vector128.Create(-0.0), sign._v, magnitude._v));

    [MethodImpl(Inline)] public static Lanes2<TRounding> PowerOfTwo(Lanes2<TRounding> shifted) =>
        new(Vector128.ShiftLeft(shifted._v.AsInt64(), 52).AsDouble());

    [MethodImpl(Inline)] public static Lanes2<TRounding> AddBits(Lanes2<TRounding> a, Lanes2<TRounding> b) => new((a._v.AsInt64() + b._v.AsInt64()).AsDouble());

    [MethodImpl(Inline)] public static (Lanes2<TRounding> Mantissa, Lanes2<TRounding> Exponent) Split(Lanes2<TRounding> x)
    {
        Vector128<long> bits = x._v.AsInt64();
        Vector128<long> biased = Vector128.ShiftRightLogical(bits - Vector128.Create(Elementary.SqrtHalfBits) + Vector128.Create(1023L << 52), 52);
        Vector128<double> exponent = (biased | Vector128.Create(0x433L << 52)).AsDouble() - Vector128.Create(4503599627370496.0 + 1023);
        return (new((bits - Vector128.ShiftLeft(biased - Vector128.Create(1023L), 52)).AsDouble()), new(exponent));
    }

    [MethodImpl(Inline)] public static bool All(Lanes2<TRounding> mask) => Vector128.EqualsAll(mask._v.AsInt64(), Vector128<long>.AllBitsSet);
    [MethodImpl(Inline)] public static bool AllFinite(Lanes2<TRounding> x) => Vector128.EqualsAll(x._v - x._v, Vector128<double>.Zero);

    [MethodImpl(Inline)] public static Lanes2<TRounding> WhereNaN(Lanes2<TRounding> x, Lanes2<TRounding> whereTrue, Lanes2<TRounding> whereFalse) =>
        new(Vector128.ConditionalSelect(Vector128.Equals(x._v, x._v), whereFalse._v, whereTrue._v));

    // Both halves of the narrowed vector are the same; one of them is stored.
    [MethodImpl(Inline)] private static Vector128<float> Narrow(Vector128<double> x) => Vector128.Narrow(x, x);

    // The two floats, and two zeros.
    [MethodImpl(Inline)] private static Vector128<float> LoadNarrow(ref float source, nuint index) =>
        Vector128.CreateScalar(Unsafe.ReadUnaligned<double>(ref Unsafe.As<float, byte>(ref Unsafe.Add(ref source, index)))).AsSingle();

    [MethodImpl(Inline)] private static void StoreNarrow(Vector128<float> x, ref float target, nuint index) =>
        Unsafe.WriteUnaligned(ref Unsafe.As<float, byte>(ref Unsafe.Add(ref target, index)), x.AsDouble().ToScalar());
}
