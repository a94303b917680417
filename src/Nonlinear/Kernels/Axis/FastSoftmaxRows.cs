using System.Diagnostics.CodeAnalysis;

namespace Nonlinear.Kernels;

/// <summary>What the fast tier keeps of the few vectors that it works on together, on the stack.</summary>
internal struct FastSoftmaxRows
{
    /// <summary>The exponentials of a vector are summed in so many interleaved strands.</summary>
    public const int Strands = 16;

    private Buffer16<Buffer16<float>> _strands, _losses, _tails;

    /// <summary>
    /// The largest input, the reference of the exponentials, the input below which they add nothing, the largest exponential.
    /// </summary>
    public Buffer16<float> Max, Reference, Lowest, Largest;

    /// <summary>The sum of all exponentials but one largest, later what the function makes of it; what it has lost; 1 / largest.</summary>
    public Buffer16<double> Sum, Lost, Inverse;

    /// <summary>The number of vectors, and of their elements.</summary>
    public int Count, Length;

    /// <summary>The number of a vector's elements that fill the strands.</summary>
    public readonly int Whole => Length & -Strands;

    public readonly bool HasTail => Length % Strands != 0;

    [UnscopedRef] public Span<double> Sums => Sum;

    /// <summary>In how many vectors the largest input lies within a bound.</summary>
    public readonly int CountWithin(float bound)
    {
        int count = 0;
        for (int row = 0; row < Count; row++)
            count += MathF.Abs(Max[row]) < bound ? 1 : 0;
        return count;
    }

    [UnscopedRef] public ref float FirstStrand(int row) => ref _strands[row][0];

    [UnscopedRef] public ref float FirstLoss(int row) => ref _losses[row][0];

    /// <summary>What does not fill the strands, padded.</summary>
    [UnscopedRef] public ref float FirstOfTail(int row) => ref _tails[row][0];
}
