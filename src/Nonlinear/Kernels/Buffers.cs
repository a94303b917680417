using System.Runtime.CompilerServices;

namespace Nonlinear.Kernels;

/// <summary>Room for the lanes of the widest vector of doubles, on the stack.</summary>
[InlineArray(8)]
internal struct Buffer8<T>
    where T : struct
{
    private T _element;
}

/// <summary>Room for the lanes of the widest vector of floats, on the stack.</summary>
[InlineArray(16)]
internal struct Buffer16<T>
    where T : struct
{
    private T _element;
}
