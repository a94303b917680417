using System.Numerics.Tensors;

namespace Nonlinear.Tests;

/// <summary>Elements of an array, seen as a tensor.</summary>
internal sealed record TensorView<T>(T[] Memory, int Start, nint[] Lengths, nint[] Strides)
    where T : unmanaged
{
    /// <summary>How tensors may lie in memory.</summary>
    public static readonly string[] Kinds = ["dense", "permuted", "sliced", "every other", "broadcast"];

    public ReadOnlyTensorSpan<T> Input => new(Memory, Start, Lengths, Strides);

    public TensorSpan<T> Output => new(Memory, Start, Lengths, Strides);

    /// <summary>The elements in the order of their indices.</summary>
    public T[] Elements
    {
        get => [.. Places().Select(place => Memory[place])];
        set
        {
            foreach ((int place, T element) in Places().Zip(value))
                Memory[place] = element;
        }
    }

    /// <summary>A tensor of three dimensions that lies as asked for, among numbers that are none of its own.</summary>
    public static TensorView<T> Create(string kind, nint[] lengths, T filling)
    {
        (nint a, nint b, nint c) = (lengths[0], lengths[1], lengths[2]);
        (int start, nint[] strides) = kind switch
        {
            "dense" => (0, (nint[])[b * c, c, 1]),
            "permuted" => (0, [1, a * c, a]),
            "sliced" => (7, [(b + 2) * (c + 3), c + 3, 1]),
            "every other" => (1, [b * c * 2, c * 2, 2]),
            _ => (0, [c, 0, 1]),
        };
        int last = start + (int)(((a - 1) * strides[0]) + ((b - 1) * strides[1]) + ((c - 1) * strides[2]));
        T[] memory = new T[last + 5];
        Array.Fill(memory, filling);
        return new(memory, start, lengths, strides);
    }

    private IEnumerable<int> Places()
    {
        nint count = Lengths.Aggregate((nint)1, (product, length) => product * length);
        for (nint i = 0; i < count; i++)
        {
            (nint place, nint left) = (Start, i);
            for (int dimension = Lengths.Length - 1; dimension >= 0; dimension--)
            {
                place += left % Lengths[dimension] * Strides[dimension];
                left /= Lengths[dimension];
            }
            yield return (int)place;
        }
    }
}
