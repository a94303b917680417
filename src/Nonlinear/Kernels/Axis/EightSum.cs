using System.Runtime.CompilerServices;

namespace Nonlinear.Kernels;

/// <summary>The sum of eight doubles by halves, as those of a vector are added: always in the same order.</summary>
internal static class EightSum
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Of(in Buffer8<double> x) => x[0] + x[4] + (x[2] + x[6]) + (x[1] + x[5] + (x[3] + x[7]));
}
