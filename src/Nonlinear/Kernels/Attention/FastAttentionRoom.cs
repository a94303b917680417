using System.Buffers;

namespace Nonlinear.Kernels;

/// <summary>Room for a few rows of pairs of floats, their results, and what is added to one of them.</summary>
internal readonly ref struct FastAttentionRoom
{
    private readonly float[] _rented;

    /// <summary>Room for some rows of so many keys and a sink.</summary>
    public FastAttentionRoom(int rows, int keys)
    {
        int length = Whole(keys + 1), all = rows * length;
        _rented = ArrayPool<float>.Shared.Rent((3 * all) + length);
        Highs = _rented.AsSpan(0, all);
        Lows = _rented.AsSpan(all, all);
        Results = _rented.AsSpan(2 * all, all);
        Added = _rented.AsSpan(3 * all, length);
    }

    public Span<float> Highs { get; }

    public Span<float> Lows { get; }

    public Span<float> Results { get; }

    public Span<float> Added { get; }

    /// <summary>So many, filled up to whole strands, of which there is at least one element each.</summary>
    public static int Whole(int count) => Math.Max((count + SixteenStrands.Count - 1) & -SixteenStrands.Count, SixteenStrands.Count);

    public void Dispose() => ArrayPool<float>.Shared.Return(_rented);
}
