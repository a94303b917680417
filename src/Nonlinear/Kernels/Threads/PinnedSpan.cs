namespace Nonlinear.Kernels;

/// <summary>Where a pinned span lies, for other threads; good until the fixed statement ends that it comes from.</summary>
internal readonly unsafe struct PinnedSpan<T>(T* first)
    where T : unmanaged
{
    private readonly T* _first = first;

    /// <summary>Some neighbouring items of so many elements each; nothing of an empty span.</summary>
    public Span<T> Items(int start, int count, int size = 1) => _first is null ? default : new(_first + ((nint)start * size), count * size);
}
