using System.Diagnostics.CodeAnalysis;

namespace Nonlinear.Kernels;

/// <summary>
/// What the fast tier keeps of the few vectors that it works on together, on the stack, where every field begins a line of the cache.
/// </summary>
internal struct FastSoftmaxRows
{
    private Buffer16<Buffer64> _sums;

    /// <summary>
    /// Of each vector: the largest input, if it is asked for; the sum of the exponentials, as two floats; what the outputs are mapped with,
    /// as two floats.
    /// </summary>
    public Buffer16<float> Max, Sum, Loss, Value, Lost;

    /// <summary>Of each strand of the vector at work: what its exponentials are taken beside.</summary>
    public Buffer16<float> References;

    /// <summary>A bit for each vector whose exponentials are taken beside the largest input, and not of the inputs themselves.</summary>
    public uint BesideLargest;

    /// <summary>
    /// Of each strand of a vector, or of each vector that is one: the sum of the exponentials, from the first place on; from the sixteenth
    /// on, what its additions have lost; and so on, the largest and the smallest input.
    /// </summary>
    [UnscopedRef] public ref float FirstSum(int row) => ref _sums[row][0];

    /// <summary>Whether a vector's exponentials are taken beside the largest input.</summary>
    public readonly bool IsBesideLargest(int row) => (BesideLargest >> row & 1) != 0;
}
