namespace Nonlinear.Tensors.Strides;

/// <summary>
/// The dimensions that several tensors of the same lengths share: without those of one element, and with neighbours made one where they
/// lie one after the other in all of the tensors.
/// </summary>
internal sealed class Layout
{
    private Layout(nint[] lengths, nint[][] strides) => (Lengths, Strides) = (lengths, strides);

    /// <summary>The lengths, of one dimension at least; the last is walked first.</summary>
    public nint[] Lengths { get; }

    /// <summary>The strides of each tensor.</summary>
    public nint[][] Strides { get; }

    /// <summary>Whether neighbours in the last dimension are neighbours in memory, in all tensors.</summary>
    public bool HasDenseRows => Array.TrueForAll(Strides, strides => strides[^1] == 1);

    /// <summary>Whether all tensors are one run of memory in the same order.</summary>
    public bool IsDense => Lengths.Length == 1 && HasDenseRows;

    /// <summary>The dimensions in their own order: the elements are walked as they are counted.</summary>
    public static Layout InOrder(ReadOnlySpan<nint> lengths, params ReadOnlySpan<nint[]> strides) =>
        Of(lengths, strides, Enumerable.Range(0, lengths.Length));

    /// <summary>The dimensions in the order in which the last tensor lies in memory.</summary>
    public static Layout AsTheLastLies(ReadOnlySpan<nint> lengths, params ReadOnlySpan<nint[]> strides)
    {
        nint[] last = strides[^1];
        return Of(lengths, strides, Enumerable.Range(0, lengths.Length).OrderByDescending(dimension => last[dimension]));
    }

    /// <summary>Whether a tensor is one run of memory, its elements in the order in which they are counted.</summary>
    public static bool IsRowMajor(ReadOnlySpan<nint> lengths, ReadOnlySpan<nint> strides)
    {
        nint expected = 1;
        for (int dimension = lengths.Length - 1; dimension >= 0; dimension--)
        {
            if (lengths[dimension] != 1 && strides[dimension] != expected)
                return false;
            expected *= lengths[dimension];
        }
        return true;
    }

    private static Layout Of(ReadOnlySpan<nint> lengths, ReadOnlySpan<nint[]> strides, IEnumerable<int> order)
    {
        List<nint> merged = [];
        List<nint>[] steps = [.. strides.ToArray().Select(_ => new List<nint>())];
        foreach (int dimension in order)
        {
            nint length = lengths[dimension];
            if (length == 1)
                continue;
            if (merged.Count > 0 && Continues(steps, strides, dimension, length))
            {
                merged[^1] *= length;
                for (int tensor = 0; tensor < steps.Length; tensor++)
                    steps[tensor][^1] = strides[tensor][dimension];
            }
            else
            {
                merged.Add(length);
                for (int tensor = 0; tensor < steps.Length; tensor++)
                    steps[tensor].Add(strides[tensor][dimension]);
            }
        }
        return merged.Count == 0
            ? new([1], [.. steps.Select(_ => (nint[])[1])])
            : new([.. merged], [.. steps.Select(list => list.ToArray())]);
    }

    // Whether, in every tensor, a dimension fills exactly a step of the one before.
    private static bool Continues(List<nint>[] steps, ReadOnlySpan<nint[]> strides, int dimension, nint length)
    {
        for (int tensor = 0; tensor < steps.Length; tensor++)
        {
            if (steps[tensor][^1] != strides[tensor][dimension] * length)
                return false;
        }
        return true;
    }
}
