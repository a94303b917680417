using System.Runtime.CompilerServices;

namespace Nonlinear.Kernels;

/// <summary>Room for the lanes of the widest vector, on the stack.</summary>
[InlineArray(8)]
internal struct Buffer8<T>
    where T : struct
{
    private T _element;
}
