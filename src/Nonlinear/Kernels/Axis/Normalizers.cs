using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>What a function along an axis makes of the sums of several vectors, side by side.</summary>
internal static class Normalizers<F>
    where F : struct, IAlongAxis<F>
{
    /// <summary>Replaces each sum of exponentials eˣ by what the function makes of it times e⁻ᵗ; there are at most 16.</summary>
    /// <param name="sums">The sums, without one of the largest exponentials.</param>
    /// <param name="tops">t, the largest input.</param>
    /// <param name="least">What a product must come to at least.</param>
    /// <returns>A bit for each that does not.</returns>
    public static uint Of(Span<double> sums, ReadOnlySpan<float> tops, double least)
    {
        uint small = 0;
        VectorWidth.Dispatch<Unchecked, Work, Arguments>(new(sums, tops, least, ref small));
        return small;
    }

    private readonly ref struct Arguments(Span<double> sums, ReadOnlySpan<float> tops, double least, ref uint small)
    {
        public readonly Span<double> Sums = sums;
        public readonly ReadOnlySpan<float> Tops = tops;
        public readonly double Least = least;
        public readonly ref uint Small = ref small;
    }

    private readonly struct Work : IAtDoubleWidth<Arguments>
    {
        public static void Invoke<L>(scoped in Arguments arguments)
            where L : struct, IReal<L>, IDoubleLanes<L>
        {
            Buffer16<double> sums = default;
            Buffer16<float> tops = default;
            arguments.Sums.CopyTo(sums);
            arguments.Tops.CopyTo(tops);
            int count = arguments.Sums.Length;
            for (nuint i = 0; i < (nuint)count; i += (nuint)L.Count)
                L.Store(L.Load(ref sums[0], i) * DoubleElementary.Exp(-L.LoadFloat(ref tops[0], i)), ref sums[0], i);
            for (int i = 0; i < count; i++)
                arguments.Small |= sums[i] < arguments.Least ? 1u << i : 0;
            for (nuint i = 0; i < (nuint)count; i += (nuint)L.Count)
                L.Store(F.Normalizer(L.Load(ref sums[0], i)), ref sums[0], i);
            ((ReadOnlySpan<double>)sums)[..count].CopyTo(arguments.Sums);
        }
    }
}
