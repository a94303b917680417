using System.Runtime.InteropServices;
using Nonlinear.Bench.Measuring;

namespace Nonlinear.Bench.Rivals;

/// <summary>
/// libtorch, called at the entry points of its operators, whose arguments are references: so outputs exist beforehand and no wrapper
/// stands between. Symbols are those of the Itanium ABI, as on Linux.
/// </summary>
internal sealed unsafe class LibtorchRival : Rival
{
    /// <summary>Names the folder of the library.</summary>
    public const string Variable = "NONLINEAR_LIBTORCH";

    private const string T = "RKNS_6TensorE",
        Same = "S4_",
        Out = "RS2_",
        Scalar = "RKN3c106ScalarE",
        View = "St17basic_string_viewIcSt11char_traitsIcEE";
    private const nint Axis = 1, No = 0, FloatType = 6;

    private readonly nint _library;

    /// <summary>Loads the library.</summary>
    /// <exception cref="DllNotFoundException">It is not there, or does not load; the message says why.</exception>
    public LibtorchRival(string folder)
        : base("libtorch")
    {
        string path = Path.GetFullPath(Path.Combine(folder, "libtorch_cpu.so"));
        if (!File.Exists(path))
            throw new DllNotFoundException($"{Variable} names '{folder}', which holds no libtorch_cpu.so");
        NativeLibrary.Load(Path.Combine(Path.GetDirectoryName(path)!, "libc10.so"));
        _library = NativeLibrary.Load(path);
        ((delegate* unmanaged<int, void>)Export("_ZN2at15set_num_threadsEi"))(1);
        ((delegate* unmanaged<byte, void>)Export("aoti_torch_grad_mode_set_enabled"))(0);
    }

    /// <inheritdoc/>
    public override string Version
    {
        get
        {
            // Major, minor and patch in the three highest bytes.
            ulong version = NativeLibrary.TryGetExport(_library, "aoti_torch_abi_version", out nint export)
                ? ((delegate* unmanaged<ulong>)export)()
                : 0;
            return version == 0 ? "" : $"{version >> 56}.{(version >> 48) & 255}.{(version >> 40) & 255}";
        }
    }

    /// <inheritdoc/>
    public override Contestant? Forward(Job job)
    {
        nint x = Tensor(job, job.X), y = Tensor(job, job.Y);
        if (GateOf(job) is { } gate)
            return Function(job, gate, x, y) is { } gated ? By(gated + Product(y, Tensor(job, job.Value), y)) : null;
        return Function(job, job.UsualName!, x, y) is { } pass ? By(pass) : null;
    }

    /// <inheritdoc/>
    public override Contestant? Backward(Job job)
    {
        nint x = Tensor(job, job.X), dy = Tensor(job, job.Dy), dx = Tensor(job, job.Y);
        if (GateOf(job) is not { } gate)
            return Gradient(job, job.UsualName!, dy, x, Tensor(job, job.Saved), dx) is { } pass ? By(pass) : null;
        nint value = Tensor(job, job.Value), dvalue = Tensor(job, job.ValueGradient), gated = Tensor(job, job.Spare);
        return Function(job, gate, x, gated) is { } forward && Gradient(job, gate, dx, x, gated, dx) is { } back
            ? By(forward + Product(gated, dy, dvalue) + Product(dy, value, dx) + back)
            : null;
    }

    private Action? Function(Job job, string name, nint x, nint y) => name switch
    {
        "sigmoid" or "tanh" or "mish" => Call($"{name}_out", T + Out, x, y),
        "swish" => Call("silu_out", T + Out, x, y),
        // What relu calls; relu_out makes a temporary.
        "relu" => Call("clamp_min_out", T + Scalar + Out, x, Number(0), y),
        "leaky_relu" or "prelu" => Call("leaky_relu_out", T + Scalar + Out, x, Slope(job), y),
        "elu" => Call("elu_out", T + Scalar + "S8_S8_" + Out, x, Number(1), Number(1), Number(1), y),
        "selu" => Call("elu_out", T + Scalar + "S8_S8_" + Out, x, Number(Selu.Alpha.High), Number(Selu.Lambda.High), Number(1), y),
        "gelu" or "gelu_tanh" => Call("gelu_out", T + View + Out, x, 4, Approximation(name), y),
        "softmax" or "log_softmax" => Call($"_{name}_out", T + "lb" + Out, x, Axis, No, y),
        // Above the threshold it is x.
        "softplus" => Call("softplus_out", T + Scalar + "S8_" + Out, x, Number(1), Number(20), y),
        "log_sigmoid" => Call("log_sigmoid_out", T + Out, x, y),
        "celu" => Call("celu_out", T + Scalar + Out, x, Number(1), y),
        "hard_swish" => Call("hardswish_out", T + Out, x, y),
        "hard_sigmoid" => Call("hardsigmoid_out", T + Out, x, y),
        "relu_squared" => Call("clamp_min_out", T + Scalar + Out, x, Number(0), y) + Call("square_out", T + Out, y, y),
        _ => null,
    };

    private Action? Gradient(Job job, string name, nint dy, nint x, nint y, nint dx) => name switch
    {
        "sigmoid" or "tanh" => Call($"{name}_backward_grad_input", T + Same + Out, dy, y, dx),
        "swish" => Call("silu_backward_grad_input", T + Same + Out, dy, x, dx),
        "mish" => NewTensor("mish_backward", T + Same, dy, x, dx),
        "relu" => Call("threshold_backward_grad_input", T + Same + Scalar + Out, dy, x, Number(0), dx),
        "leaky_relu" or "prelu" => Call("leaky_relu_backward_grad_input", T + Same + Scalar + "b" + Out, dy, x, Slope(job), No, dx),
        "elu" => Call("elu_backward_grad_input", T + Scalar + "S8_S8_b" + Same + Out, dy, Number(1), Number(1), Number(1), No, x, dx),
        "selu" => Call(
            "elu_backward_grad_input",
            T + Scalar + "S8_S8_b" + Same + Out,
            dy,
            Number(Selu.Alpha.High),
            Number(Selu.Lambda.High),
            Number(1),
            No,
            x,
            dx),
        "gelu" or "gelu_tanh" => Call("gelu_backward_grad_input", T + Same + View + Out, dy, x, 4, Approximation(name), dx),
        "softmax" or "log_softmax" =>
            Call($"_{name}_backward_data_out", T + Same + "lN3c1010ScalarTypeE" + Out, dy, y, Axis, FloatType, dx),
        "softplus" => Call("softplus_backward_grad_input", T + Same + Scalar + "S8_" + Out, dy, x, Number(1), Number(20), dx),
        "celu" => Gradient(job, "elu", dy, x, y, dx),
        "hard_swish" => NewTensor("hardswish_backward", T + Same, dy, x, dx),
        "hard_sigmoid" => Call("hardsigmoid_backward_grad_input", T + Same + Out, dy, x, dx),
        _ => null,
    };

    private Action Product(nint one, nint other, nint product) => Call("mul_out", T + Same + Out, one, other, product);

    private static nint Slope(Job job) => Number(job.Activation.ParameterValues[0]);

    private static nint Approximation(string name) => Marshal.StringToCoTaskMemUTF8(name == "gelu" ? "none" : "tanh");

    private nint Export(string name) => NativeLibrary.GetExport(_library, name);

    private nint Operator(string name, string arguments) =>
        Export(FormattableString.Invariant($"_ZN2at4_ops{name.Length}{name}4callE{arguments}"));

    // The few bytes of tensors, numbers and texts are kept to the end of the process.
    private nint Tensor(Job job, Floats floats)
    {
        int type = ((delegate* unmanaged<int>)Export("aoti_torch_dtype_float32"))();
        long* shape = stackalloc long[] { job.Rows, job.Columns }, strides = stackalloc long[] { job.Columns, 1 };
        nint tensor;
        var create = (delegate* unmanaged<nint, long, long*, long*, long, int, int, int, nint*, int>)Export(
            "aoti_torch_create_tensor_from_blob");
        int error = create(floats.Address, 2, shape, strides, 0, type, 0, 0, &tensor);
        return error == 0 ? tensor : throw new InvalidOperationException("libtorch does not take our arrays as tensors.");
    }

    // A c10::Scalar: its tag, 0 for a double, and the number 16 bytes later.
    private static nint Number(double value)
    {
        double* scalar = (double*)NativeMemory.AlignedAlloc(32, 16);
        new Span<double>(scalar, 4).Clear();
        scalar[2] = value;
        return (nint)scalar;
    }

    private Action Call(string name, string arguments, params nint[] a)
    {
        nint f = Operator(name, arguments);
        return a.Length switch
        {
            2 => () => ((delegate* unmanaged<nint, nint, nint>)f)(a[0], a[1]),
            3 => () => ((delegate* unmanaged<nint, nint, nint, nint>)f)(a[0], a[1], a[2]),
            4 => () => ((delegate* unmanaged<nint, nint, nint, nint, nint>)f)(a[0], a[1], a[2], a[3]),
            5 => () => ((delegate* unmanaged<nint, nint, nint, nint, nint, nint>)f)(a[0], a[1], a[2], a[3], a[4]),
            _ => () => ((delegate* unmanaged<nint, nint, nint, nint, nint, nint, nint, nint>)f)(a[0], a[1], a[2], a[3], a[4], a[5], a[6]),
        };
    }

    // An operator without a form that takes the output makes a tensor, which is thrown away; only the first is copied, to be looked at.
    private Action NewTensor(string name, string arguments, nint first, nint second, nint output)
    {
        nint f = Operator(name, arguments),
            copy = Operator("copy_", "RNS_6TensorERKS2_b"),
            delete = Export("aoti_torch_delete_tensor_object");
        bool copied = false;
        return () =>
        {
            nint made = (nint)NativeMemory.Alloc((nuint)sizeof(nint));
            ((delegate* unmanaged<nint, nint, nint, nint>)f)(made, first, second);
            if (!copied)
                ((delegate* unmanaged<nint, nint, nint, nint>)copy)(output, made, No);
            copied = true;
            ((delegate* unmanaged<nint, int>)delete)(made);
        };
    }
}
