using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>What a function along an axis makes of the sums of several vectors, side by side.</summary>
internal static class Normalizers<F>
    where F : struct, IAlongAxis<F>
{
    /// <summary>Replaces each sum by its normalizer; there are at most 16.</summary>
    public static void Of(Span<double> sums) => VectorWidth.Dispatch<Unchecked, Work, Arguments>(new(sums));

    private readonly ref struct Arguments(Span<double> sums)
    {
        public readonly Span<double> Sums = sums;
    }

    private readonly struct Work : IAtDoubleWidth<Arguments>
    {
        public static void Invoke<L>(scoped in Arguments arguments)
            where L : struct, IReal<L>, IDoubleLanes<L>
        {
            Buffer16<double> padded = default;
            arguments.Sums.CopyTo(padded);
            for (nuint i = 0; i < (nuint)arguments.Sums.Length; i += (nuint)L.Count)
                L.Store(F.Normalizer(L.Load(ref padded[0], i)), ref padded[0], i);
            ((ReadOnlySpan<double>)padded)[..arguments.Sums.Length].CopyTo(arguments.Sums);
        }
    }
}
