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

    /// <summary>Whether inputs are two floats each; then <see cref="OfPair"/> is asked instead.</summary>
    static virtual bool TakesPairs => false;

    /// <summary>e^(x + low), or 0 where <paramref name="low"/> is <see cref="ExponentialPairs.None"/>.</summary>
    S OfPair(S x, S low) => throw new NotSupportedException("Inputs are floats.");
}

/// <summary>Inputs of exponentials that are two floats each.</summary>
internal static class ExponentialPairs
{
    /// <summary>The second float of what has no exponential at all.</summary>
    public const float None = -2;

    /// <summary>Second floats are closer to 0.</summary>
    public const float LeastLow = -1;
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

/// <summary>eˣ of inputs that are two floats each, and not large.</summary>
internal readonly struct OfPairs<S>(FloatLoopExponential<S> exponential) : IExponential<OfPairs<S>, S>
    where S : struct, IReal<S>, IFloatLanes<S>
{
    private readonly FloatLoopExponential<S> _exponential = exponential;

    public static bool TakesPairs => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static OfPairs<S> With(ref float constants) => new(new(ref constants));

    public S Of(S x, S reference) => throw new NotSupportedException("Inputs are pairs.");

    [MethodImpl(MethodImplOptions.AggressiveInlining)] public S OfPair(S x, S low) =>
        S.SelectGreater(ExponentialPairs.LeastLow, low, 0, _exponential.Of(x, low));
}

/// <summary>The same of inputs that are at most 0, however far below.</summary>
internal readonly struct OfPairsBelow<S> : IExponential<OfPairsBelow<S>, S>
    where S : struct, IReal<S>, IFloatLanes<S>
{
    public static bool TakesPairs => true;

    public static OfPairsBelow<S> With(ref float constants) => default;

    public S Of(S x, S reference) => throw new NotSupportedException("Inputs are pairs.");

    [MethodImpl(MethodImplOptions.AggressiveInlining)] public S OfPair(S x, S low) =>
        S.SelectGreater(
            ExponentialPairs.LeastLow, low, 0, FloatPower<S>.Decay(S.AtMost(FloatElementary.EndOfDecay, -x), -low).Times(1));
}
