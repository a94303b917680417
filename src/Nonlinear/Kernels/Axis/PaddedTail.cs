using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>The last elements of a vector of floats, too few for sixteen lanes, and padding.</summary>
internal static class PaddedTail<S>
    where S : struct, IReal<S>, IFloatLanes<S>
{
    /// <summary>The number of elements with their padding.</summary>
    public const int Length = 16;

    private static ReadOnlySpan<float> Positions => [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

    /// <summary>The numbers of the lanes, from one on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Position(nuint lane) => S.Load(ref MemoryMarshal.GetReference(Positions), lane);

    /// <summary>Copies elements of a tensor and pads them.</summary>
    /// <remarks>
    /// Not one by one where the tensor goes on behind them: a vector that is loaded where single numbers have just been stored has to
    /// wait for them.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Load(ReadOnlySpan<float> tensor, int start, int count, float padding, ref float tail)
    {
        ref float source = ref Unsafe.Add(ref MemoryMarshal.GetReference(tensor), start);
        if (start + Length > tensor.Length)
        {
            for (int i = 0; i < Length; i++)
                Unsafe.Add(ref tail, i) = i < count ? Unsafe.Add(ref source, i) : padding;
            return;
        }
        for (nuint i = 0; i < Length; i += (nuint)S.Count)
            S.Store(S.Select(Position(i) < count, S.Load(ref source, i), padding), ref tail, i);
    }

    /// <summary>Copies elements back, without their padding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Store(ref float tail, int count, ref float target)
    {
        for (int i = 0; i < count; i++)
            Unsafe.Add(ref target, i) = Unsafe.Add(ref tail, i);
    }
}
