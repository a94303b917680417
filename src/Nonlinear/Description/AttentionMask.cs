namespace Nonlinear;

/// <summary>Which keys a query may attend to, or what is added to their scores.</summary>
/// <remarks>
/// An extent of a mask may be 1: then it holds for all batch members, heads, queries or keys alike. Libraries differ in what
/// <see langword="true"/> means in a mask; here it has to be said, by the name of the method.
/// </remarks>
public static class AttentionMask
{
    /// <summary>Numbers that are added to the scores, after scale and cap; -∞ takes a key out, whatever its score is.</summary>
    /// <typeparam name="T">The type of the scores.</typeparam>
    /// <param name="values">The numbers.</param>
    /// <param name="shape">Their shape; each extent is that of the scores, or 1.</param>
    public static AttentionMask<T> Added<T>(ReadOnlySpan<T> values, AttentionShape shape)
        where T : unmanaged => new(values, default, shape);

    /// <summary>The keys that take part are true: the mask of PyTorch's <c>scaled_dot_product_attention</c> and of ONNX.</summary>
    /// <typeparam name="T">The type of the scores.</typeparam>
    /// <param name="keep">Whether a key takes part.</param>
    /// <param name="shape">The mask's shape; each extent is that of the scores, or 1.</param>
    public static AttentionMask<T> Keeping<T>(ReadOnlySpan<bool> keep, AttentionShape shape)
        where T : unmanaged => new(default, keep, shape) { MarksKept = true };

    /// <summary>The keys that are left out are true: the mask of PyTorch's <c>MultiheadAttention</c> and of <c>masked_fill</c>.</summary>
    /// <typeparam name="T">The type of the scores.</typeparam>
    /// <param name="leaveOut">Whether a key is left out.</param>
    /// <param name="shape">The mask's shape; each extent is that of the scores, or 1.</param>
    public static AttentionMask<T> LeavingOut<T>(ReadOnlySpan<bool> leaveOut, AttentionShape shape)
        where T : unmanaged => new(default, leaveOut, shape);
}

/// <summary>A mask that <see cref="AttentionMask"/> has made; the default is none.</summary>
/// <typeparam name="T">The type of the scores.</typeparam>
public readonly ref struct AttentionMask<T>
    where T : unmanaged
{
    internal AttentionMask(ReadOnlySpan<T> added, ReadOnlySpan<bool> marks, AttentionShape shape)
    {
        Added = added;
        Marks = marks;
        Shape = shape;
        IsThere = true;
    }

    internal ReadOnlySpan<T> Added { get; }

    internal ReadOnlySpan<bool> Marks { get; }

    internal AttentionShape Shape { get; }

    internal bool IsThere { get; }

    // Whether marks are on the keys that take part; otherwise on those that do not.
    internal bool MarksKept { get; init; }

    internal void Check(AttentionShape scores, string name)
    {
        if (!IsThere)
            return;
        Shape.Check(Math.Max(Added.Length, Marks.Length), name);
        if (!Shape.SpreadsOver(scores))
            throw new ArgumentException($"The mask is {Shape}; each extent must be that of {scores}, or 1.", name);
    }
}
