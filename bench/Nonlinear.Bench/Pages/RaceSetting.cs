using System.Globalization;

namespace Nonlinear.Bench.Pages;

/// <summary>Which way a function is taken.</summary>
internal enum Direction
{
    /// <summary>y = f(x).</summary>
    Forward,

    /// <summary>dx = dy · f′(x).</summary>
    Backward,
}

/// <summary>What a function takes.</summary>
internal enum FunctionKind
{
    /// <summary>Elements, one by one.</summary>
    Elementwise,

    /// <summary>Gates and values, in pairs.</summary>
    Gated,

    /// <summary>Rows.</summary>
    AlongAxis,
}

/// <summary>What a race is about, apart from the function: races with the same setting stand in one table.</summary>
internal readonly record struct RaceSetting(Direction Direction, FunctionKind Kind, int Rows, int Columns)
{
    /// <summary>How many elements there are.</summary>
    public int Elements => Rows * Columns;

    /// <summary>The elements, or rows × columns.</summary>
    public string Shape => Kind == FunctionKind.AlongAxis
        ? string.Create(CultureInfo.InvariantCulture, $"{Rows:N0} × {Columns:N0}")
        : Elements.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>The shape, and of what.</summary>
    public string Size => Kind switch
    {
        FunctionKind.Gated => $"gated, {Shape} outputs",
        FunctionKind.AlongAxis => Shape,
        _ => $"{Shape} elements",
    };

    /// <summary>The heading of a table.</summary>
    public string Title => $"{Direction}, {Size}";
}
