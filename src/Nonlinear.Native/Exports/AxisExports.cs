using System.Runtime.InteropServices;
using Nonlinear.Native.Boundary;

namespace Nonlinear.Native.Exports;

/// <summary>Functions along an axis of a row-major tensor.</summary>
internal static unsafe class AxisExports
{
    [UnmanagedCallersOnly(EntryPoint = "nl_forward_along")]
    public static int Forward(ulong activation, int type, void* x, void* y, long* shape, int dimensions, int axis) =>
        Calls.Make(type, new ForwardCall(activation, x, y, shape, dimensions, axis));

    [UnmanagedCallersOnly(EntryPoint = "nl_backward_along")]
    public static int Backward(ulong activation, int type, void* x, void* dy, void* dx, long* shape, int dimensions, int axis) =>
        Calls.Make(type, new BackwardCall(activation, x, dy, dx, shape, dimensions, axis));

    [UnmanagedCallersOnly(EntryPoint = "nl_forward_per_channel")]
    public static int ForwardPerChannel(
        ulong activation, int type, void* x, void* y, long* shape, int dimensions, void* parameter, long parameters) =>
        Calls.Make(type, new ForwardPerChannelCall(activation, x, y, shape, dimensions, parameter, parameters));

    [UnmanagedCallersOnly(EntryPoint = "nl_backward_per_channel")]
    public static int BackwardPerChannel(
        ulong activation, int type, void* x, void* dy, void* dx, long* shape, int dimensions, void* parameter, long parameters,
        double* gradient) =>
        Calls.Make(type, new BackwardPerChannelCall(activation, x, dy, dx, shape, dimensions, parameter, parameters, gradient));

    private readonly struct ForwardCall(ulong activation, void* x, void* y, long* shape, int dimensions, int axis) : ITypedCall
    {
        public void Run<T>()
            where T : unmanaged
        {
            Activation found = Handles.Find(activation);
            int[] extents = Memory.Shape(shape, dimensions), outputs = Lengths.OutputShape(found, extents, axis);
            AlongAxis.Forward(
                found, Memory.In<T>(x, Memory.CountOf(extents), nameof(x)), Memory.Out<T>(y, Memory.CountOf(outputs), nameof(y)),
                extents, axis);
        }
    }

    private readonly struct BackwardCall(ulong activation, void* x, void* dy, void* dx, long* shape, int dimensions, int axis) : ITypedCall
    {
        public void Run<T>()
            where T : unmanaged
        {
            Activation found = Handles.Find(activation);
            int[] extents = Memory.Shape(shape, dimensions), outputs = Lengths.OutputShape(found, extents, axis);
            long count = Memory.CountOf(extents);
            AlongAxis.Backward(
                found, Memory.In<T>(x, count, nameof(x)), Memory.In<T>(dy, Memory.CountOf(outputs), nameof(dy)),
                Memory.Out<T>(dx, count, nameof(dx)), extents, axis);
        }
    }

    private readonly struct ForwardPerChannelCall(
        ulong activation, void* x, void* y, long* shape, int dimensions, void* parameter, long parameters) : ITypedCall
    {
        public void Run<T>()
            where T : unmanaged
        {
            int[] extents = Memory.Shape(shape, dimensions);
            long count = Memory.CountOf(extents);
            ElementExports.Elementwise(activation, "a parameter for each channel").ForwardPerChannel(
                Memory.In<T>(x, count, nameof(x)), extents, Memory.In<T>(parameter, parameters, nameof(parameter)),
                Memory.Out<T>(y, count, nameof(y)));
        }
    }

    private readonly struct BackwardPerChannelCall(
        ulong activation, void* x, void* dy, void* dx, long* shape, int dimensions, void* parameter, long parameters, double* gradient)
        : ITypedCall
    {
        public void Run<T>()
            where T : unmanaged
        {
            int[] extents = Memory.Shape(shape, dimensions);
            long count = Memory.CountOf(extents);
            ElementExports.Elementwise(activation, "a parameter for each channel").BackwardPerChannel(
                Memory.In<T>(x, count, nameof(x)), extents, Memory.In<T>(parameter, parameters, nameof(parameter)),
                Memory.In<T>(dy, count, nameof(dy)), Memory.Out<T>(dx, count, nameof(dx)),
                Memory.Out<double>(gradient, parameters, nameof(gradient)));
        }
    }
}
