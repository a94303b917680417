using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>A loop over whole vectors of gates, values and gradients by the output.</summary>
internal interface IGatedVectors
{
    /// <summary>The number of elements of a vector.</summary>
    static abstract int Count { get; }

    /// <summary>Makes both gradients of some vectors, one at least.</summary>
    static abstract void Run(
        ref float gate, ref float value, ref float dy, ref float byGate, ref float byValue, nuint length, in ParameterSet parameters);
}

/// <summary>Runs such a loop over spans of any length.</summary>
internal static class GatedVectors
{
    public static void Run<TLoop>(scoped in GatedGradients<float> spans)
        where TLoop : struct, IGatedVectors
    {
        int length = spans.Gate.Length, whole = length - (length % TLoop.Count);
        if (whole == 0)
        {
            RunShort<TLoop>(spans);
            return;
        }
        RunWhole<TLoop>(spans, 0, whole);
        // The last ones make up a vector with some that were computed already.
        if (whole < length)
            RunWhole<TLoop>(spans, length - TLoop.Count, TLoop.Count);
    }

    private static void RunWhole<TLoop>(scoped in GatedGradients<float> spans, int start, int length)
        where TLoop : struct, IGatedVectors => TLoop.Run(
            ref Unsafe.Add(ref MemoryMarshal.GetReference(spans.Gate), start),
            ref Unsafe.Add(ref MemoryMarshal.GetReference(spans.Value), start),
            ref Unsafe.Add(ref MemoryMarshal.GetReference(spans.Dy), start),
            ref Unsafe.Add(ref MemoryMarshal.GetReference(spans.ByGate), start),
            ref Unsafe.Add(ref MemoryMarshal.GetReference(spans.ByValue), start),
            (nuint)length,
            spans.Parameters);

    // What does not fill the lanes goes through the same loop, by way of buffers that do.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RunShort<TLoop>(scoped in GatedGradients<float> spans)
        where TLoop : struct, IGatedVectors
    {
        Buffer16<float> gate = default, value = default, dy = default, byGate = default, byValue = default;
        spans.Gate.CopyTo(gate);
        spans.Value.CopyTo(value);
        spans.Dy.CopyTo(dy);
        TLoop.Run(ref gate[0], ref value[0], ref dy[0], ref byGate[0], ref byValue[0], (nuint)TLoop.Count, spans.Parameters);
        ((ReadOnlySpan<float>)byGate)[..spans.Gate.Length].CopyTo(spans.ByGate);
        ((ReadOnlySpan<float>)byValue)[..spans.Gate.Length].CopyTo(spans.ByValue);
    }
}
