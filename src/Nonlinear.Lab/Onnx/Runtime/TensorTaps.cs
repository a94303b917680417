using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Google.Protobuf.Collections;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Onnx;

namespace Nonlinear.Lab.Onnx.Runtime;

/// <summary>
/// Shows tensors of a running model while they exist, wherever in it they are, in the bodies of branches and loops as well. Nothing is
/// kept: a model with thousands of watched tensors needs no more memory than without.
/// </summary>
/// <remarks>
/// A tap is a node of an operator of our own, whose implementation calls back here. The runtime's C interface for such operators is used
/// directly; of its function table only entries that have stood at the same place since the runtime's first versions.
/// </remarks>
internal sealed unsafe class TensorTaps : IDisposable
{
    private const string Domain = "nonlinear.lab", Operator = "Tap", Number = "tap";

    // Version 16 of the interface: all that is needed here, and read by every later runtime.
    private const uint InterfaceVersion = 16;
    private const int Undefined = 0, Bool = 9, Variadic = 2, Optional = 1;

    private readonly Action<int, TappedTensor[]> _show;
    private readonly OperatorOfTaps* _operator;
    private GCHandle _self;
    private readonly List<nint> _domains = [];
    private Exception? _failure;

    /// <summary>Taps that show what they see.</summary>
    /// <param name="show">Is given the number of the tap and its tensors, on the thread that runs the model.</param>
    public TensorTaps(Action<int, TappedTensor[]> show)
    {
        _show = show;
        _self = GCHandle.Alloc(this);
        _operator = (OperatorOfTaps*)NativeMemory.AllocZeroed((nuint)sizeof(OperatorOfTaps));
        _operator->Taps = GCHandle.ToIntPtr(_self);
        _operator->Known.Version = InterfaceVersion;
        _operator->Known.CreateKernel = &CreateKernel;
        _operator->Known.GetName = &GetName;
        _operator->Known.GetExecutionProviderType = &GetExecutionProviderType;
        _operator->Known.GetInputType = &GetInputType;
        _operator->Known.GetInputTypeCount = &GetCount;
        _operator->Known.GetOutputType = &GetOutputType;
        _operator->Known.GetOutputTypeCount = &GetCount;
        _operator->Known.KernelCompute = &Compute;
        _operator->Known.KernelDestroy = &DestroyKernel;
        _operator->Known.GetInputCharacteristic = &GetInputCharacteristic;
        _operator->Known.GetOutputCharacteristic = &GetOutputCharacteristic;
        _operator->Known.GetInputMemoryType = &GetInputMemoryType;
        _operator->Known.GetVariadicInputMinArity = &GetVariadicInputMinArity;
        _operator->Known.GetVariadicInputHomogeneity = &GetVariadicInputHomogeneity;
        _operator->Known.GetVariadicOutputMinArity = &GetVariadicInputMinArity;
        _operator->Known.GetVariadicOutputHomogeneity = &GetVariadicInputHomogeneity;
    }

    /// <summary>A node that shows tensors; <see cref="Append"/> puts it into their graph.</summary>
    /// <param name="number">What the tap is told by.</param>
    /// <param name="tensors">The tensors. Optional ones that are absent, which have no name, cannot be shown.</param>
    /// <exception cref="ArgumentException">A tensor has no name.</exception>
    public static NodeProto Node(int number, params IEnumerable<string> tensors)
    {
        string name = FormattableString.Invariant($"{Domain}.{Number}.{number}");
        NodeProto node = new() { OpType = Operator, Domain = Domain, Name = name };
        node.Input.Add(tensors);
        if (node.Input.Contains(""))
            throw new ArgumentException("A tensor without a name is absent, and cannot be shown.", nameof(tensors));
        node.Attribute.Add(OnnxModel.Attribute(Number, number));
        return node;
    }

    /// <summary>Whether a node is a tap.</summary>
    public static bool IsTap(NodeProto node) => node.Domain == Domain;

    /// <summary>Puts taps into the graph of their tensors, so that each runs as soon as its tensors are there.</summary>
    /// <remarks>
    /// The runtime walks backwards from the nodes that nobody waits for, the last of them in the file first, and runs what it meets. Were
    /// the taps in the order of their tensors, it would run the whole model for the last tap and keep every tensor until then.
    /// </remarks>
    /// <param name="graph">The graph, of the model or of a branch or loop in it.</param>
    /// <param name="taps">The taps, in any order.</param>
    public static void Append(GraphProto graph, IEnumerable<NodeProto> taps)
    {
        Dictionary<string, int> made = [];
        for (int i = 0; i < graph.Node.Count; i++)
        {
            foreach (string output in graph.Node[i].Output)
                made[output] = i;
        }
        graph.Node.Add(taps.OrderByDescending(tap => tap.Input.Max(tensor => made.GetValueOrDefault(tensor, -1))));
    }

    /// <summary>Lets a model have taps, in its functions as well.</summary>
    public static void Admit(ModelProto model)
    {
        foreach (RepeatedField<OperatorSetIdProto> imports in model.Functions.Select(function => function.OpsetImport)
            .Append(model.OpsetImport))
        {
            if (imports.All(operators => operators.Domain != Domain))
                imports.Add(new OperatorSetIdProto { Domain = Domain, Version = 1 });
        }
    }

    /// <summary>Makes the taps known to sessions with these options; they must not outlive this object.</summary>
    public void Register(SessionOptions options)
    {
        nint domain;
        fixed (byte* name = Encoding.UTF8.GetBytes(Domain + '\0'))
            Check(((delegate* unmanaged<byte*, nint*, nint>)Api[RuntimeEntry.CreateCustomOpDomain])(name, &domain));
        _domains.Add(domain);
        Check(((delegate* unmanaged<nint, OperatorOfTaps*, nint>)Api[RuntimeEntry.AddOperatorToDomain])(domain, _operator));
        Check(((delegate* unmanaged<nint, nint, nint>)Api[RuntimeEntry.AddDomainToOptions])(options.DangerousGetHandle(), domain));
    }

    /// <summary>Throws what went wrong while tensors were shown.</summary>
    public void ThrowIfFailed()
    {
        if (_failure is { } failure)
        {
            _failure = null;
            throw failure is OperationCanceledException ? failure : new InvalidOperationException(failure.Message, failure);
        }
    }

    /// <summary>Frees what the runtime was given; sessions with these taps must have been disposed before.</summary>
    public void Dispose()
    {
        if (!_self.IsAllocated)
            return;
        foreach (nint domain in _domains)
            ((delegate* unmanaged<nint, void>)Api[RuntimeEntry.ReleaseCustomOpDomain])(domain);
        _domains.Clear();
        NativeMemory.Free(_operator);
        _self.Free();
    }

    private static nint* Api { get; } = FindApi();

    private static nint* FindApi() => ((delegate* unmanaged<uint, nint*>)((nint*)OnnxSession.ApiBase)[0])(InterfaceVersion);

    private static void Check(nint status)
    {
        if (status == 0)
            return;
        string message = Marshal.PtrToStringUTF8(((delegate* unmanaged<nint, nint>)Api[RuntimeEntry.GetErrorMessage])(status)) ?? "";
        ((delegate* unmanaged<nint, void>)Api[RuntimeEntry.ReleaseStatus])(status);
        throw new InvalidOperationException(message);
    }

    private static TappedTensor? Tensor(nint value)
    {
        int isTensor;
        Check(((delegate* unmanaged<nint, int*, nint>)Api[RuntimeEntry.IsTensor])(value, &isTensor));
        if (isTensor == 0)
            return null;
        nint info;
        Check(((delegate* unmanaged<nint, nint*, nint>)Api[RuntimeEntry.GetTypeAndShape])(value, &info));
        int type;
        nuint axes;
        void* data;
        Check(((delegate* unmanaged<nint, int*, nint>)Api[RuntimeEntry.GetElementType])(info, &type));
        Check(((delegate* unmanaged<nint, nuint*, nint>)Api[RuntimeEntry.GetAxisCount])(info, &axes));
        long[] shape = new long[axes];
        fixed (long* extents = shape)
            Check(((delegate* unmanaged<nint, long*, nuint, nint>)Api[RuntimeEntry.GetExtents])(info, extents, axes));
        ((delegate* unmanaged<nint, void>)Api[RuntimeEntry.ReleaseTypeAndShape])(info);
        Check(((delegate* unmanaged<nint, void**, nint>)Api[RuntimeEntry.GetTensorData])(value, &data));
        return new((TensorElementType)type, shape, data);
    }

    private void Show(int tap, nint context)
    {
        nuint count;
        Check(((delegate* unmanaged<nint, nuint*, nint>)Api[RuntimeEntry.GetInputCount])(context, &count));
        List<TappedTensor> tensors = [];
        for (nuint i = 0; i < count; i++)
        {
            nint value;
            Check(((delegate* unmanaged<nint, nuint, nint*, nint>)Api[RuntimeEntry.GetInput])(context, i, &value));
            if (value != 0 && Tensor(value) is { } tensor)
                tensors.Add(tensor);
        }
        // Of several failures the first is told; after it nothing is shown any more.
        if (_failure is null && tensors.Count == (int)count)
            _show(tap, [.. tensors]);
    }

    [UnmanagedCallersOnly]
    private static void* CreateKernel(CustomOperator* self, nint api, nint info)
    {
        long number = -1;
        fixed (byte* name = "tap\0"u8)
            _ = ((delegate* unmanaged<nint, byte*, long*, nint>)Api[RuntimeEntry.GetWholeNumberAttribute])(info, name, &number);
        Kernel* kernel = (Kernel*)NativeMemory.Alloc((nuint)sizeof(Kernel));
        *kernel = new() { Taps = ((OperatorOfTaps*)self)->Taps, Number = (int)number };
        return kernel;
    }

    [UnmanagedCallersOnly]
    private static void Compute(void* kernel, nint context)
    {
        TensorTaps taps = (TensorTaps)GCHandle.FromIntPtr(((Kernel*)kernel)->Taps).Target!;
        try
        {
            taps.Show(((Kernel*)kernel)->Number, context);
        }
#pragma warning disable CA1031 // No exception may cross into the runtime; it is thrown when the runtime is back.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            taps._failure ??= failure;
        }
    }

    [UnmanagedCallersOnly]
    private static void DestroyKernel(void* kernel) => NativeMemory.Free(kernel);

    [UnmanagedCallersOnly]
    private static byte* GetName(CustomOperator* self) => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference("Tap\0"u8));

    [UnmanagedCallersOnly]
    private static byte* GetExecutionProviderType(CustomOperator* self) => null;

    [UnmanagedCallersOnly]
    private static int GetInputType(CustomOperator* self, nuint index) => Undefined;

    [UnmanagedCallersOnly]
    private static nuint GetCount(CustomOperator* self) => 1;

    [UnmanagedCallersOnly]
    private static int GetOutputType(CustomOperator* self, nuint index) => Bool;

    [UnmanagedCallersOnly]
    private static int GetInputCharacteristic(CustomOperator* self, nuint index) => Variadic;

    [UnmanagedCallersOnly]
    private static int GetOutputCharacteristic(CustomOperator* self, nuint index) => Optional;

    [UnmanagedCallersOnly]
    private static int GetInputMemoryType(CustomOperator* self, nuint index) => 0;

    [UnmanagedCallersOnly]
    private static int GetVariadicInputMinArity(CustomOperator* self) => 1;

    [UnmanagedCallersOnly]
    private static int GetVariadicInputHomogeneity(CustomOperator* self) => 0;

    private struct Kernel
    {
        public nint Taps;
        public int Number;
    }

    // The operator, and behind it what is ours.
    [StructLayout(LayoutKind.Sequential)]
    private struct OperatorOfTaps
    {
        public CustomOperator Known;
        public nint Taps;
    }
}
