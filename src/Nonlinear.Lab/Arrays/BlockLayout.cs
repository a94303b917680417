namespace Nonlinear.Lab.Arrays;

/// <summary>A part of an array small enough for memory: all positions along the axis, for some of the others.</summary>
/// <param name="Row">The first index before the axis.</param>
/// <param name="Rows">How many of them.</param>
/// <param name="Column">The first index behind the axis.</param>
/// <param name="Columns">How many of them.</param>
internal readonly record struct Block(long Row, int Rows, long Column, int Columns);

/// <summary>
/// An array as an activation sees it, in the order of the file: rows × the axis × columns, where every (row, column) is a vector that
/// is transformed on its own.
/// </summary>
/// <param name="Rows">The product of the extents before the axis.</param>
/// <param name="Along">The inputs of a vector.</param>
/// <param name="AlongOutput">The outputs of a vector.</param>
/// <param name="Columns">The product of the extents behind the axis.</param>
internal sealed record BlockLayout(long Rows, int Along, int AlongOutput, long Columns)
{
    // Two megabytes of floats: large enough for the disk, small enough for the cache. A longer vector is a block of its own.
    private const int Elements = 1 << 19;

    // Where a vector is scattered over the file, wide blocks save visits: every one is a call for each position along the axis.
    private const int ScatteredElements = 1 << 23;

    private const string Remedy = "divide the array along it, or apply the function along another.";

    /// <summary>Whether every block lies in one piece, so that the file can be read and written from start to end.</summary>
    public bool Sequential => Along * Columns <= Elements || Columns == 1;

    /// <summary>The elements of the largest block.</summary>
    public int LargestBlock => checked(RowsOfBlock * Along * ColumnsOfBlock);

    private int ColumnsOfBlock => Sequential ? (int)Columns : (int)Math.Min(Columns, Math.Max(1, ScatteredElements / Along));

    private int RowsOfBlock => Sequential ? (int)Math.Min(Rows, Math.Max(1, Elements / (Along * Columns))) : 1;

    /// <summary>The blocks, in the order of the file.</summary>
    public IEnumerable<Block> Blocks()
    {
        for (long row = 0; row < Rows; row += RowsOfBlock)
        {
            int rows = (int)Math.Min(RowsOfBlock, Rows - row);
            for (long column = 0; column < Columns; column += ColumnsOfBlock)
                yield return new(row, rows, column, (int)Math.Min(ColumnsOfBlock, Columns - column));
        }
    }

    /// <summary>The layout that suits an activation.</summary>
    /// <param name="activation">The activation.</param>
    /// <param name="header">The file's header.</param>
    /// <param name="axis">The axis as the user counts it, negative from the end; null for the usual one.</param>
    /// <param name="outputShape">Receives the shape of the outputs.</param>
    /// <exception cref="ArgumentException">The activation takes no axis, there is no such axis, or its extent does not suit.</exception>
    public static BlockLayout Of(Activation activation, NpyHeader header, int? axis, out IReadOnlyList<long> outputShape)
    {
        outputShape = header.Shape;
        if (activation is ElementwiseActivation)
        {
            if (axis is not null)
                throw new ArgumentException(
                    $"{activation.Info.Name} works on every element by itself and takes no axis; leave --axis out.");
            return new(header.Count, 1, 1, 1);
        }

        int rank = header.Shape.Count;
        if (rank == 0)
            throw new ArgumentException($"{activation.Info.Name} works along an axis, and the input is a single number without any.");
        // Softmax's usual axis is the last; channels are dimension 1, or the only one.
        int wanted = axis ?? (activation is PooledActivation ? Math.Min(1, rank - 1) : -1);
        int place = wanted < 0 ? wanted + rank : wanted;
        if (place < 0 || place >= rank)
            throw new ArgumentException($"There is no axis {wanted}; the input has {rank}, counted from 0 or, from the end, from -1.");
        long extent = header.Shape[place];
        if (extent > Array.MaxLength)
            throw new ArgumentException($"Axis {wanted} has {extent} elements, more than fit into memory; {Remedy}");

        int pieces = 1;
        if (activation is PooledActivation pooled)
        {
            pieces = pooled.Pieces;
            if (extent % pieces != 0)
                throw new ArgumentException($"{activation} takes channels in groups of {pieces}, and axis {wanted} has {extent}.");
            outputShape = [.. header.Shape.Select((e, i) => i == place ? e / pieces : e)];
        }
        int gated = activation is GatedActivation ? 2 : 1;
        if (extent % gated != 0)
            throw new ArgumentException(
                $"{activation.Info.Name} takes a gate and a value for each output, and axis {wanted} has {extent} places, an odd number.");
        int widening = activation is WidenedActivation ? activation.OutputsFor(1) : 1;
        if (extent * widening > Array.MaxLength)
            throw new ArgumentException($"Axis {wanted} has {extent} elements, more than fit into memory with their outputs; {Remedy}");
        if (widening != gated)
            outputShape = [.. header.Shape.Select((e, i) => i == place ? e * widening / gated : e)];
        if (header.Count == 0)
            return new(0, 1, 1, 1);

        // The file's order: in Fortran's, the axes count from the end.
        long[] stored = [.. header.FortranOrder ? header.Shape.Reverse() : header.Shape];
        int storedPlace = header.FortranOrder ? rank - 1 - place : place;
        long rows = Product(stored[..storedPlace]), columns = Product(stored[(storedPlace + 1)..]);
        return activation is PooledActivation
            ? new(rows * (extent / pieces), pieces, 1, columns)
            : new(rows, (int)extent, (int)extent * widening / gated, columns);
    }

    private static long Product(IEnumerable<long> extents) => extents.Aggregate(1L, (product, extent) => product * extent);
}
