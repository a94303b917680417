using System.Runtime.InteropServices;

namespace Nonlinear.Lab.Measure;

/// <summary>How many results of two functions are the same number in a type, bit for bit; all NaN are one.</summary>
/// <param name="Type">The type as the tool names it: half, bfloat16, float.</param>
/// <param name="Inputs">How many inputs were looked at.</param>
/// <param name="AreAll">Whether these are all there are.</param>
/// <param name="DifferentValues">For how many the values differ.</param>
/// <param name="DifferentSlopes">For how many the derivatives differ.</param>
/// <param name="OnlySigns">Whether they differ in nothing but the signs of zeros.</param>
public sealed record BitComparison(
    string Type, int Inputs, bool AreAll, int DifferentValues, int DifferentSlopes, bool OnlySigns)
{
    // A prime, so that all exponents, signs and ends of fractions come up.
    private const uint Stride = 4093;

    private const ushort SignOfZero = 0x8000;

    /// <summary>Whether no result differs.</summary>
    public bool AreSame => DifferentValues + DifferentSlopes == 0;

    /// <summary>All Half and BFloat16 inputs, and a million floats.</summary>
    public static IReadOnlyList<BitComparison> Of(ElementwiseActivation first, ElementwiseActivation second)
    {
        ushort[] all = [.. Enumerable.Range(0, 1 << 16).Select(bits => (ushort)bits)];
        uint[] some = [.. Enumerable.Range(0, (int)(uint.MaxValue / Stride) + 1).Select(k => (uint)k * Stride)];
        return
        [
            Of<Half, ushort>("half", first, second, all, areAll: true, bits => bits == SignOfZero ? (ushort)0 : bits, Half.IsNaN),
            Of<BFloat16, ushort>(
                "bfloat16", first, second, all, areAll: true, bits => bits == SignOfZero ? (ushort)0 : bits, BFloat16.IsNaN),
            Of<float, uint>("float", first, second, some, areAll: false, bits => bits << 1 == 0 ? 0 : bits, float.IsNaN),
        ];
    }

    private static BitComparison Of<T, B>(
        string type,
        ElementwiseActivation first,
        ElementwiseActivation second,
        B[] inputs,
        bool areAll,
        Func<B, B> withoutSign,
        Func<T, bool> isNaN)
        where T : unmanaged
        where B : unmanaged, IEquatable<B>
    {
        T[] x = MemoryMarshal.Cast<B, T>(inputs).ToArray();
        (int values, bool valueSigns) = Count(first.Forward, second.Forward);
        (int slopes, bool slopeSigns) = Count(first.Derivative, second.Derivative);
        return new(type, inputs.Length, areAll, values, slopes, values + slopes > 0 && valueSigns && slopeSigns);

        (int Different, bool OnlySigns) Count(Operation<T> one, Operation<T> other)
        {
            T[] y = new T[x.Length], z = new T[x.Length];
            one(x, y);
            other(x, z);
            ReadOnlySpan<B> ofY = MemoryMarshal.Cast<T, B>(y), ofZ = MemoryMarshal.Cast<T, B>(z);
            (int different, bool onlySigns) = (0, true);
            for (int i = 0; i < y.Length; i++)
            {
                if (ofY[i].Equals(ofZ[i]) || (isNaN(y[i]) && isNaN(z[i])))
                    continue;
                different++;
                onlySigns &= withoutSign(ofY[i]).Equals(withoutSign(ofZ[i]));
            }
            return (different, onlySigns);
        }
    }

    private delegate void Operation<T>(ReadOnlySpan<T> x, Span<T> y);
}
