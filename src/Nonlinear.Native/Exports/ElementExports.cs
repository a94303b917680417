using System.Runtime.InteropServices;
using Nonlinear.Native.Boundary;

namespace Nonlinear.Native.Exports;

/// <summary>Functions over arrays: each element by itself, or the whole array as one vector.</summary>
internal static unsafe class ElementExports
{
    [UnmanagedCallersOnly(EntryPoint = "nl_forward")]
    public static int Forward(ulong activation, int type, void* x, void* y, long count) =>
        Calls.Make(type, new ForwardCall(activation, x, y, count));

    [UnmanagedCallersOnly(EntryPoint = "nl_derivative")]
    public static int Derivative(ulong activation, int type, void* x, void* derivative, long count) =>
        Calls.Make(type, new DerivativeCall(activation, x, derivative, count));

    [UnmanagedCallersOnly(EntryPoint = "nl_backward")]
    public static int Backward(ulong activation, int type, void* x, void* dy, void* dx, long count) =>
        Calls.Make(type, new BackwardCall(activation, x, dy, dx, count));

    [UnmanagedCallersOnly(EntryPoint = "nl_parameter_gradient")]
    public static int ParameterGradient(ulong activation, int type, void* x, void* dy, long count, double* gradient, int parameters) =>
        Calls.Make(type, new ParameterGradientCall(activation, x, dy, count, gradient, parameters));

    private readonly struct ForwardCall(ulong activation, void* x, void* y, long count) : ITypedCall
    {
        public void Run<T>()
            where T : unmanaged
        {
            Activation found = Handles.Find(activation);
            ReadOnlySpan<T> inputs = Memory.In<T>(x, count, nameof(x));
            found.Forward(inputs, Memory.Out<T>(y, Lengths.Outputs(found, count), nameof(y)));
        }
    }

    private readonly struct DerivativeCall(ulong activation, void* x, void* derivative, long count) : ITypedCall
    {
        public void Run<T>()
            where T : unmanaged => Elementwise(activation, "the derivative by itself")
                .Derivative(Memory.In<T>(x, count, nameof(x)), Memory.Out<T>(derivative, count, nameof(derivative)));
    }

    private readonly struct BackwardCall(ulong activation, void* x, void* dy, void* dx, long count) : ITypedCall
    {
        public void Run<T>()
            where T : unmanaged
        {
            Activation found = Handles.Find(activation);
            ReadOnlySpan<T> inputs = Memory.In<T>(x, count, nameof(x));
            found.Backward(
                inputs, Memory.In<T>(dy, Lengths.Outputs(found, count), nameof(dy)), Memory.Out<T>(dx, count, nameof(dx)));
        }
    }

    private readonly struct ParameterGradientCall(ulong activation, void* x, void* dy, long count, double* gradient, int parameters)
        : ITypedCall
    {
        public void Run<T>()
            where T : unmanaged => Elementwise(activation, "a gradient by parameters")
                .ParameterGradient(
                    Memory.In<T>(x, count, nameof(x)),
                    Memory.In<T>(dy, count, nameof(dy)),
                    Memory.Out<double>(gradient, parameters, nameof(gradient)));
    }

    /// <summary>An elementwise function.</summary>
    /// <exception cref="NotSupportedException">It is another.</exception>
    public static ElementwiseActivation Elementwise(ulong activation, string operation) =>
        Handles.Find(activation) as ElementwiseActivation
        ?? throw new NotSupportedException($"{Handles.Find(activation)} does not work on single elements: it has not {operation}.");
}
