namespace Nonlinear.Bench.Measuring;

/// <summary>What is to be computed: a function of rows of numbers. For an elementwise function there is one row.</summary>
internal sealed class Job(Activation activation, Buffers buffers, int rows, int columns)
{
    /// <summary>The function.</summary>
    public Activation Activation => activation;

    /// <summary>How many vectors.</summary>
    public int Rows => rows;

    /// <summary>How many elements a vector has.</summary>
    public int Columns => columns;

    /// <summary>How many elements there are.</summary>
    public int Elements => rows * columns;

    /// <summary>The inputs.</summary>
    public Floats X { get; } = buffers.X.First(rows * columns);

    /// <summary>The gradient by the outputs.</summary>
    public Floats Dy { get; } = buffers.Dy.First(rows * columns);

    /// <summary>The outputs of a forward pass.</summary>
    public Floats Saved { get; } = buffers.Saved.First(rows * columns);

    /// <summary>What the gates of a gated function let through; its gates are the inputs.</summary>
    public Floats Value { get; } = buffers.Value.First(rows * columns);

    /// <summary>Where everybody writes.</summary>
    public Floats Y { get; } = buffers.Y.First(rows * columns);

    /// <summary>Where a composition may keep what lies between.</summary>
    public Floats Spare { get; } = buffers.Spare.First(rows * columns);

    /// <summary>Where a gated function writes the gradient by the values; that by the gates goes where everybody writes.</summary>
    public Floats ValueGradient => Saved;

    /// <summary>The function's name in the catalogue if it has the default parameters, which rivals need; otherwise null.</summary>
    public string? UsualName => activation.ToString() == activation.Info.Name ? activation.Info.Name : null;
}
