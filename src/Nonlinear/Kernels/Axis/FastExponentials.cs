using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>Exponentials that are far from both ends of the range of a float.</summary>
internal interface IExponential<TSelf, S>
    where TSelf : struct, IExponential<TSelf, S>
    where S : struct, IReal<S>, IFloatLanes<S>
{
    /// <summary>With the constants that a loop keeps in registers, made of <see cref="FloatLoopExponential{S}.Constants"/>.</summary>
    static abstract TSelf With(ref float constants);

    S Of(S x, S reference);
}

/// <summary>eˣ, of inputs that are not large.</summary>
internal readonly struct OfInputs<S>(FloatLoopExponential<S> exponential) : IExponential<OfInputs<S>, S>
    where S : struct, IReal<S>, IFloatLanes<S>
{
    private readonly FloatLoopExponential<S> _exponential = exponential;

    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static OfInputs<S> With(ref float constants) => new(new(ref constants));

    [MethodImpl(MethodImplOptions.AggressiveInlining)] public S Of(S x, S reference) => _exponential.Of(x);
}

/// <summary>e^(x - max), with the maximum for reference.</summary>
internal readonly struct OfDifferences<S> : IExponential<OfDifferences<S>, S>
    where S : struct, IReal<S>, IFloatLanes<S>
{
    // Times a number, at least its distance to the next one.
    private const float OnePlace = 1f / (1 << 23);

    public static OfDifferences<S> With(ref float constants) => default;

    // What lies 111 below adds nothing; twice as much, as the bound is rounded to a float.
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public S Of(S x, S reference) =>
        FloatElementary.Decay(reference, S.Max(reference - S.AtLeast(222, S.Abs(reference) * OnePlace), x));
}
