using System.Runtime.InteropServices;
using Nonlinear.Lab.Onnx.Runtime;
using Nonlinear.Native.Boundary;

namespace Nonlinear.Native.Onnx;

/// <summary>
/// All functions as operators of ONNX Runtime, in the domain <c>nonlinear</c>. There is one for each function and type of elements; those
/// of one name are one operator to the runtime.
/// </summary>
internal static unsafe class Operators
{
    private const string Domain = "nonlinear";
    private const int Required = 0, Optional = 1, DefaultMemory = 0;

    // The numbers of element types in ONNX.
    private static readonly (ElementType Type, int Number)[] Types =
        [(ElementType.Float, 1), (ElementType.Double, 11), (ElementType.Half, 10), (ElementType.BFloat16, 16)];

    private static readonly Lock Gate = new();
    private static nint _domain;

    // Which output may lie where which input does: the first in the first.
    private static readonly int* First = (int*)NativeMemory.AllocZeroed(sizeof(int));

    [UnmanagedCallersOnly(EntryPoint = "RegisterCustomOps")]
    public static nint Register(nint options, nint* api)
    {
        using HostState thread = HostState.Enter();
        nint* oldest = ((delegate* unmanaged<uint, nint*>)api[0])(1);
        try
        {
            lock (Gate)
            {
                if (!RuntimeApi.Find(api))
                    return RuntimeApi.Status(oldest, "The operators of the domain nonlinear need ONNX Runtime 1.18 or later.");
                if (_domain == 0)
                    _domain = MakeDomain();
            }
            RuntimeApi.Register(options, _domain);
            return 0;
        }
#pragma warning disable CA1031 // No exception may cross into the runtime.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return RuntimeApi.Status(oldest, failure.Message);
        }
    }

    // It is there until the process ends: sessions may use it as long.
    private static nint MakeDomain()
    {
        nint domain = RuntimeApi.NewDomain(Domain);
        for (int i = 0; i < Catalog.All.Count; i++)
        {
            byte* name = Texts.Keep(Catalog.All[i].Name);
            foreach ((ElementType type, int number) in Types)
            {
                FunctionOperator* made = (FunctionOperator*)NativeMemory.AllocZeroed((nuint)sizeof(FunctionOperator));
                Activation activation = Catalog.Defaults[i];
                made->Function = i;
                made->Name = name;
                made->Type = (int)type;
                made->Number = number;
                bool hasOptional = activation is GatedActivation or ElementwiseActivation { ParameterValues.Count: 1 };
                made->Inputs = hasOptional ? 2 : 1;
                Fill(ref made->Known, activation is ElementwiseActivation or AxisActivation);
                RuntimeApi.Add(domain, &made->Known);
            }
        }
        return domain;
    }

    private static void Fill(ref CustomOperator known, bool keepsShape)
    {
        known.Version = RuntimeApi.Version;
        known.GetName = &GetName;
        known.GetExecutionProviderType = &GetExecutionProviderType;
        known.GetInputType = &GetType;
        known.GetInputTypeCount = &CountInputs;
        known.GetOutputType = &GetType;
        known.GetOutputTypeCount = &CountOutputs;
        known.GetInputCharacteristic = &GetInputCharacteristic;
        known.GetOutputCharacteristic = &GetOutputCharacteristic;
        known.GetInputMemoryType = &GetInputMemoryType;
        known.CreateKernelV2 = &CreateKernel;
        known.KernelComputeV2 = &Compute;
        known.KernelDestroy = &DestroyKernel;
        known.GetStartVersion = &GetStartVersion;
        known.GetEndVersion = &GetEndVersion;
        if (!keepsShape)
            return;
        known.GetMayInplace = &GetMayInplace;
        known.ReleaseMayInplace = &ReleaseMayInplace;
    }

    [UnmanagedCallersOnly]
    private static nint CreateKernel(CustomOperator* self, nint api, nint node, void** kernel)
    {
        using HostState thread = HostState.Enter();
        FunctionOperator* function = (FunctionOperator*)self;
        ActivationInfo info = Catalog.All[function->Function];
        try
        {
            NodeKernel made = new(NodeFunction.Read(info, node), (ElementType)function->Type);
            *kernel = (void*)GCHandle.ToIntPtr(GCHandle.Alloc(made));
            return 0;
        }
#pragma warning disable CA1031 // No exception may cross into the runtime.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return RuntimeApi.Status($"{Domain}.{info.Name}: {failure.Message}");
        }
    }

    [UnmanagedCallersOnly]
    private static nint Compute(void* kernel, nint context)
    {
        using HostState thread = HostState.Enter();
        try
        {
            ((NodeKernel)GCHandle.FromIntPtr((nint)kernel).Target!).Run(context);
            return 0;
        }
#pragma warning disable CA1031 // No exception may cross into the runtime.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return RuntimeApi.Status($"{Domain}: {failure.Message}");
        }
    }

    [UnmanagedCallersOnly]
    private static void DestroyKernel(void* kernel) => GCHandle.FromIntPtr((nint)kernel).Free();

    [UnmanagedCallersOnly]
    private static byte* GetName(CustomOperator* self) => ((FunctionOperator*)self)->Name;

    // On the processor, where the library computes.
    [UnmanagedCallersOnly]
    private static byte* GetExecutionProviderType(CustomOperator* self) => null;

    [UnmanagedCallersOnly]
    private static int GetType(CustomOperator* self, nuint index) => ((FunctionOperator*)self)->Number;

    [UnmanagedCallersOnly]
    private static nuint CountInputs(CustomOperator* self) => (nuint)((FunctionOperator*)self)->Inputs;

    [UnmanagedCallersOnly]
    private static nuint CountOutputs(CustomOperator* self) => 1;

    [UnmanagedCallersOnly]
    private static int GetInputCharacteristic(CustomOperator* self, nuint index) => index == 0 ? Required : Optional;

    [UnmanagedCallersOnly]
    private static int GetOutputCharacteristic(CustomOperator* self, nuint index) => Required;

    [UnmanagedCallersOnly]
    private static int GetInputMemoryType(CustomOperator* self, nuint index) => DefaultMemory;

    [UnmanagedCallersOnly]
    private static int GetStartVersion(CustomOperator* self) => 1;

    [UnmanagedCallersOnly]
    private static int GetEndVersion(CustomOperator* self) => int.MaxValue;

    [UnmanagedCallersOnly]
    private static nuint GetMayInplace(int** inputs, int** outputs)
    {
        *inputs = First;
        *outputs = First;
        return 1;
    }

    // Nothing was made for the runtime alone.
    [UnmanagedCallersOnly]
    private static void ReleaseMayInplace(int* inputs, int* outputs)
    {
    }

    // The operator, and behind it what is ours.
    [StructLayout(LayoutKind.Sequential)]
    private struct FunctionOperator
    {
        public CustomOperator Known;
        public int Function, Type, Number, Inputs;
        public byte* Name;
    }
}
