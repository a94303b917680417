using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>Exponentials that are far from both ends of the range of a float.</summary>
internal interface IExponential<S>
    where S : struct, IReal<S>, IFloatLanes<S>
{
    static abstract S Of(S x, S reference);
}

/// <summary>eˣ, of inputs that are not large.</summary>
internal readonly struct OfInputs<S> : IExponential<S>
    where S : struct, IReal<S>, IFloatLanes<S>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static S Of(S x, S reference) => FloatElementary.SmallExp(x);
}

/// <summary>e^(x - max), with the maximum for reference.</summary>
internal readonly struct OfDifferences<S> : IExponential<S>
    where S : struct, IReal<S>, IFloatLanes<S>
{
    // Times a number, at least its distance to the next one.
    private const float OnePlace = 1f / (1 << 23);

    // What lies 111 below adds nothing; twice as much, as the bound is rounded to a float.
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static S Of(S x, S reference) =>
        FloatElementary.Decay(reference, S.Max(reference - S.AtLeast(222, S.Abs(reference) * OnePlace), x));
}
