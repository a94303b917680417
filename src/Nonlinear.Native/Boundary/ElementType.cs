namespace Nonlinear.Native.Boundary;

/// <summary>The types of elements in the C interface.</summary>
internal enum ElementType
{
    /// <summary>32 bits, C's float.</summary>
    Float = 1,

    /// <summary>64 bits, C's double.</summary>
    Double = 2,

    /// <summary>IEEE's 16 bits.</summary>
    Half = 3,

    /// <summary>The upper 16 bits of a float.</summary>
    BFloat16 = 4,
}
