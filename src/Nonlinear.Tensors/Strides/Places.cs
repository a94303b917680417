using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace Nonlinear.Tensors.Strides;

/// <summary>Which elements of tensors share a place in memory.</summary>
internal static class Places
{
    // Whoever makes tensors by slicing and reordering is answered after a few tries; another may be refused what would do.
    private const int Tries = 10_000;

    /// <exception cref="ArgumentException">Two elements of an output have the same place.</exception>
    public static void CheckOutput<T>(in TensorSpan<T> output, string name)
    {
        if (!output.IsEmpty && !Layout.IsRowMajor(output.Lengths, output.Strides) && RepeatsPlaces(output.Lengths, output.Strides))
        {
            throw new ArgumentException(
                $"Elements of {name} share memory, as those of a broadcast tensor do; pass one in which each has its own.", name);
        }
    }

    /// <exception cref="ArgumentException">An output shares places with an input and is not the same tensor.</exception>
    public static void CheckOverlap<T>(in ReadOnlyTensorSpan<T> input, in TensorSpan<T> output, string name)
    {
        if (input.IsEmpty || output.IsEmpty || !Share(input, output, out nint bytes))
            return;
        if (bytes == 0 && IsSame(input, output))
            return;
        (nint distance, nint rest) = Math.DivRem(bytes, Unsafe.SizeOf<T>());
        int tries = Tries;
        if (rest != 0 || Meet(StepsBetween(input, output), distance, ref tries))
            throw new ArgumentException($"{name} overlaps an input in part; pass the same tensor or one that is apart.", name);
    }

    /// <exception cref="ArgumentException">The two lie between each other, where even the same tensor cannot serve as both.</exception>
    public static void CheckApart<TInput, TOutput>(in ReadOnlyTensorSpan<TInput> input, in TensorSpan<TOutput> output, string name)
    {
        if (!input.IsEmpty && !output.IsEmpty && Share(input, output, out _))
            throw new ArgumentException($"{name} overlaps an input; pass a tensor that is apart.", name);
    }

    // Whether the memory from a tensor's first place to its last meets that of the other; and from one's first element to the other's.
    private static bool Share<TInput, TOutput>(in ReadOnlyTensorSpan<TInput> input, in TensorSpan<TOutput> output, out nint bytes)
    {
        ref readonly byte first = ref Unsafe.As<TInput, byte>(ref Unsafe.AsRef(in input.GetPinnableReference()));
        bytes = Unsafe.ByteOffset(in first, in Unsafe.As<TOutput, byte>(ref output.GetPinnableReference()));
        nint length = Extent(input.Lengths, input.Strides) * Unsafe.SizeOf<TInput>();
        nint outputLength = Extent(output.Lengths, output.Strides) * Unsafe.SizeOf<TOutput>();
        return bytes < length && -bytes < outputLength;
    }

    private static bool IsSame<T>(in ReadOnlyTensorSpan<T> input, in TensorSpan<T> output)
    {
        if (!input.Lengths.SequenceEqual(output.Lengths))
            return false;
        for (int dimension = 0; dimension < input.Rank; dimension++)
        {
            if (input.Lengths[dimension] != 1 && input.Strides[dimension] != output.Strides[dimension])
                return false;
        }
        return true;
    }

    // Two indices of the same place differ by numbers whose steps add up to nothing. The first that is not 0 may be taken as positive.
    private static bool RepeatsPlaces(ReadOnlySpan<nint> lengths, ReadOnlySpan<nint> strides)
    {
        Step[] steps = [.. Steps(lengths, strides).Select(step => step with { Low = -step.High })];
        for (int first = 0; first < steps.Length; first++)
        {
            Step[] further = steps[first..];
            further[0] = further[0] with { Low = 1 };
            int tries = Tries;
            if (Meet(further, 0, ref tries))
                return true;
        }
        return false;
    }

    private static Step[] StepsBetween<T>(in ReadOnlyTensorSpan<T> input, in TensorSpan<T> output) =>
    [
        .. Steps(input.Lengths, input.Strides)
            .Concat(Steps(output.Lengths, output.Strides).Select(step => step with { Low = -step.High, High = 0 }))
            .Where(step => step.Stride != 0)
            .GroupBy(step => step.Stride)
            .Select(group => new Step(group.Key, group.Aggregate((nint)0, (sum, step) => sum + step.Low),
                group.Aggregate((nint)0, (sum, step) => sum + step.High)))
            .OrderByDescending(step => step.Stride),
    ];

    private static Step[] Steps(ReadOnlySpan<nint> lengths, ReadOnlySpan<nint> strides)
    {
        List<Step> steps = [];
        for (int dimension = 0; dimension < lengths.Length; dimension++)
        {
            if (lengths[dimension] > 1)
                steps.Add(new(strides[dimension], 0, lengths[dimension] - 1));
        }
        return [.. steps.OrderByDescending(step => step.Stride)];
    }

    // From the first place to the last; strides are 0 or more in every tensor of the framework's.
    private static nint Extent(ReadOnlySpan<nint> lengths, ReadOnlySpan<nint> strides)
    {
        nint extent = 1;
        for (int dimension = 0; dimension < lengths.Length; dimension++)
            extent += (lengths[dimension] - 1) * strides[dimension];
        return extent;
    }

    // Whether so many of each step, within its bounds, add up to a distance; also where that would take too long to say.
    private static bool Meet(ReadOnlySpan<Step> steps, nint distance, ref int tries)
    {
        if (steps.IsEmpty)
            return distance == 0;
        Step step = steps[0];
        ReadOnlySpan<Step> further = steps[1..];
        (nint low, nint high) = Reach(further);
        for (nint count = step.Low; count <= step.High; count++)
        {
            nint left = distance - (count * step.Stride);
            // The further the count, the less is left.
            if (left < low)
                return false;
            if (left > high)
            {
                // On to the first count that could do.
                if (step.Stride > 0)
                    count = Math.Max(count, count + ((left - high + step.Stride - 1) / step.Stride) - 1);
                continue;
            }
            if (--tries < 0 || Meet(further, left, ref tries))
                return true;
        }
        return false;
    }

    // The least and the greatest distance that steps lead to.
    private static (nint Low, nint High) Reach(ReadOnlySpan<Step> steps)
    {
        (nint low, nint high) = (0, 0);
        foreach (Step step in steps)
            (low, high) = (low + (step.Low * step.Stride), high + (step.High * step.Stride));
        return (low, high);
    }

    // From Low to High times a stride.
    private readonly record struct Step(nint Stride, nint Low, nint High);
}
