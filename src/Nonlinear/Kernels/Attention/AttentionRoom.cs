using System.Buffers;

namespace Nonlinear.Kernels;

/// <summary>Room for a row of wider numbers, for what is added to it and for its gradient, each padded to whole vectors.</summary>
internal readonly ref struct AttentionRoom<TRow>
    where TRow : unmanaged
{
    private const int Strands = PaddedBlocks<TRow>.Strands;

    private readonly TRow[] _rented;

    /// <summary>Room for so many keys and a sink.</summary>
    public AttentionRoom(int keys)
    {
        int length = Whole(keys + 1);
        _rented = ArrayPool<TRow>.Shared.Rent(3 * length);
        Row = _rented.AsSpan(0, length);
        Added = _rented.AsSpan(length, length);
        Gradient = _rented.AsSpan(2 * length, length);
    }

    public Span<TRow> Row { get; }

    public Span<TRow> Added { get; }

    public Span<TRow> Gradient { get; }

    /// <summary>So many, padded.</summary>
    public static int Whole(int count) => (count + Strands - 1) / Strands * Strands;

    public void Dispose() => ArrayPool<TRow>.Shared.Return(_rented);
}
