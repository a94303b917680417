namespace Nonlinear.Bench.Measuring;

/// <summary>Floats that stay where they are, for native code and for spans.</summary>
internal readonly unsafe struct Floats(nint address, int length)
{
    /// <summary>Where the first one is.</summary>
    public nint Address => address;

    /// <summary>How many.</summary>
    public int Length => length;

    /// <summary>The floats as a span.</summary>
    public Span<float> Span => new((void*)address, length);

    /// <summary>The first ones.</summary>
    public Floats First(int count) => new(address, count);
}
