namespace Nonlinear.Training;

/// <summary>How a picture lies in a row: line after line, the channels of a place side by side.</summary>
/// <param name="Height">The number of lines.</param>
/// <param name="Width">The places of a line.</param>
/// <param name="Channels">The numbers of a place.</param>
public readonly record struct PictureShape(int Height, int Width, int Channels = 1)
{
    /// <summary>The number of places.</summary>
    public int Positions => Height * Width;

    /// <summary>The numbers of a picture.</summary>
    public int Length => Positions * Channels;
}
