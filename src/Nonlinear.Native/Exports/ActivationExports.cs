using System.Runtime.InteropServices;
using Nonlinear.Native.Boundary;

namespace Nonlinear.Native.Exports;

/// <summary>Activations by name: what they are, and in which tier, on how many threads and in which layout they work.</summary>
internal static unsafe class ActivationExports
{
    [UnmanagedCallersOnly(EntryPoint = "nl_activation_parse")]
    public static int Parse(byte* text, ulong* activation) => Calls.Make(new ParseCall(text, activation));

    [UnmanagedCallersOnly(EntryPoint = "nl_activation_release")]
    public static int Release(ulong activation) => Calls.Make(new ReleaseCall(activation));

    [UnmanagedCallersOnly(EntryPoint = "nl_activation_name")]
    public static long GetName(ulong activation, byte* buffer, long capacity)
    {
        long length = 0;
        int status = Calls.Make(new NameCall(activation, buffer, capacity, &length));
        return status == 0 ? length : -status;
    }

    [UnmanagedCallersOnly(EntryPoint = "nl_activation_kind")]
    public static int GetKind(ulong activation, int* kind) => Calls.Make(new KindCall(activation, kind));

    [UnmanagedCallersOnly(EntryPoint = "nl_activation_in_tier")]
    public static int InTier(ulong activation, int tier, ulong* other) => Calls.Make(new TierCall(activation, tier, other));

    [UnmanagedCallersOnly(EntryPoint = "nl_activation_on_threads")]
    public static int OnThreads(ulong activation, int threads, ulong* other) => Calls.Make(new ThreadsCall(activation, threads, other));

    [UnmanagedCallersOnly(EntryPoint = "nl_activation_with_layout")]
    public static int WithLayout(ulong activation, int layout, ulong* other) => Calls.Make(new LayoutCall(activation, layout, other));

    [UnmanagedCallersOnly(EntryPoint = "nl_activation_parameter_count")]
    public static int CountParameters(ulong activation, int* count) => Calls.Make(new ParameterCountCall(activation, count));

    [UnmanagedCallersOnly(EntryPoint = "nl_activation_parameter")]
    public static int GetParameter(ulong activation, int index, double* value) => Calls.Make(new ParameterCall(activation, index, value));

    [UnmanagedCallersOnly(EntryPoint = "nl_activation_parameter_name")]
    public static long GetParameterName(ulong activation, int index, byte* buffer, long capacity)
    {
        long length = 0;
        int status = Calls.Make(new ParameterNameCall(activation, index, buffer, capacity, &length));
        return status == 0 ? length : -status;
    }

    [UnmanagedCallersOnly(EntryPoint = "nl_activation_outputs")]
    public static int CountOutputs(ulong activation, long inputs, long* outputs) =>
        Calls.Make(new OutputsCall(activation, inputs, outputs));

    private readonly struct ParseCall(byte* text, ulong* activation) : ICall
    {
        public void Run()
        {
            ref ulong place = ref Memory.Place(activation, nameof(activation));
            string name = Texts.Read(text, nameof(text));
            try
            {
                place = Handles.Add(Activation.Parse(name));
            }
            catch (ArgumentOutOfRangeException outOfRange)
            {
                // A value that is none for the parameter is told as a name that names nothing is.
                throw new FormatException(outOfRange.Message.Split(" (Parameter '")[0], outOfRange);
            }
        }
    }

    private readonly struct ReleaseCall(ulong activation) : ICall
    {
        public void Run() => Handles.Remove(activation);
    }

    private readonly struct NameCall(ulong activation, byte* buffer, long capacity, long* length) : ICall
    {
        public void Run() => *length = Texts.Write(Handles.Find(activation).ToString(), buffer, capacity);
    }

    private readonly struct KindCall(ulong activation, int* kind) : ICall
    {
        public void Run() => Memory.Place(kind, nameof(kind)) = (int)(Handles.Find(activation) switch
        {
            AxisActivation => Kind.AlongAxis,
            GatedActivation => Kind.Gated,
            PooledActivation => Kind.Pooled,
            WidenedActivation => Kind.Widened,
            _ => Kind.Elementwise,
        });
    }

    private readonly struct TierCall(ulong activation, int tier, ulong* other) : ICall
    {
        public void Run()
        {
            ref ulong place = ref Memory.Place(other, nameof(other));
            place = Enum.IsDefined((Tier)tier)
                ? Handles.Add(Handles.Find(activation).In((Tier)tier))
                : throw new ArgumentException(FormattableString.Invariant(
                    $"{tier} is no tier; there are NL_EXACT ({(int)Tier.Exact}) and NL_FAST ({(int)Tier.Fast})."));
        }
    }

    private readonly struct ThreadsCall(ulong activation, int threads, ulong* other) : ICall
    {
        public void Run()
        {
            ref ulong place = ref Memory.Place(other, nameof(other));
            place = Handles.Add(Handles.Find(activation).OnThreads(threads == 0 ? Environment.ProcessorCount : threads));
        }
    }

    private readonly struct LayoutCall(ulong activation, int layout, ulong* other) : ICall
    {
        public void Run()
        {
            ref ulong place = ref Memory.Place(other, nameof(other));
            if (!Enum.IsDefined((GateLayout)layout))
                throw new ArgumentException(FormattableString.Invariant(
                    $"{layout} is no layout; there are NL_GATE_FIRST (0), NL_GATE_LAST (1) and NL_INTERLEAVED (2)."));
            place = Handles.Find(activation) is GatedActivation gated
                ? Handles.Add(gated.WithLayout((GateLayout)layout))
                : throw new NotSupportedException($"{Handles.Find(activation)} has no gate, and so no layout.");
        }
    }

    private readonly struct ParameterCountCall(ulong activation, int* count) : ICall
    {
        public void Run() => Memory.Place(count, nameof(count)) = Handles.Find(activation).ParameterValues.Count;
    }

    private readonly struct ParameterCall(ulong activation, int index, double* value) : ICall
    {
        public void Run()
        {
            Activation found = Handles.Find(activation);
            Memory.Place(value, nameof(value)) = found.ParameterValues[Checked(found, index)];
        }
    }

    private readonly struct ParameterNameCall(ulong activation, int index, byte* buffer, long capacity, long* length) : ICall
    {
        public void Run()
        {
            Activation found = Handles.Find(activation);
            *length = Texts.Write(found.Info.Parameters[Checked(found, index)].Name, buffer, capacity);
        }
    }

    private readonly struct OutputsCall(ulong activation, long inputs, long* outputs) : ICall
    {
        public void Run()
        {
            ref long place = ref Memory.Place(outputs, nameof(outputs));
            place = Lengths.Outputs(Handles.Find(activation), inputs);
        }
    }

    private static int Checked(Activation activation, int index) => index >= 0 && index < activation.ParameterValues.Count
        ? index
        : throw new ArgumentException(FormattableString.Invariant(
            $"{activation} has {activation.ParameterValues.Count} parameters, counted from 0; there is no {index}."));
}
