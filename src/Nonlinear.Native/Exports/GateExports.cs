using System.Runtime.InteropServices;
using Nonlinear.Native.Boundary;

namespace Nonlinear.Native.Exports;

/// <summary>Gated units whose gates and values lie in two arrays.</summary>
internal static unsafe class GateExports
{
    [UnmanagedCallersOnly(EntryPoint = "nl_forward_gated")]
    public static int Forward(ulong activation, int type, void* gate, void* value, void* y, long count) =>
        Calls.Make(type, new ForwardCall(activation, gate, value, y, count));

    [UnmanagedCallersOnly(EntryPoint = "nl_backward_gated")]
    public static int Backward(ulong activation, int type, void* gate, void* value, void* dy, void* dgate, void* dvalue, long count) =>
        Calls.Make(type, new BackwardCall(activation, gate, value, dy, dgate, dvalue, count));

    private readonly struct ForwardCall(ulong activation, void* gate, void* value, void* y, long count) : ITypedCall
    {
        public void Run<T>()
            where T : unmanaged => Gated(activation).Forward(
                Memory.In<T>(gate, count, nameof(gate)), Memory.In<T>(value, count, nameof(value)), Memory.Out<T>(y, count, nameof(y)));
    }

    private readonly struct BackwardCall(ulong activation, void* gate, void* value, void* dy, void* dgate, void* dvalue, long count)
        : ITypedCall
    {
        public void Run<T>()
            where T : unmanaged => Gated(activation).Backward(
                Memory.In<T>(gate, count, nameof(gate)), Memory.In<T>(value, count, nameof(value)), Memory.In<T>(dy, count, nameof(dy)),
                Memory.Out<T>(dgate, count, nameof(dgate)), Memory.Out<T>(dvalue, count, nameof(dvalue)));
    }

    private static GatedActivation Gated(ulong activation) => Handles.Find(activation) as GatedActivation
        ?? throw new NotSupportedException($"{Handles.Find(activation)} is no gated unit: it has no gate beside the value.");
}
