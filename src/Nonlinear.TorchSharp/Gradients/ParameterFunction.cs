using static TorchSharp.torch;

namespace Nonlinear.TorchSharp.Gradients;

/// <summary>y = f(x; θ) for every element, of inputs, a parameter that is shared or a value for each channel, and an activation.</summary>
internal sealed class ParameterFunction : autograd.SingleTensorFunction<ParameterFunction>
{
    public override string Name => nameof(ParameterFunction);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        (Tensor x, Tensor parameter, ElementwiseActivation activation) =
            ((Tensor)vars[0], (Tensor)vars[1], (ElementwiseActivation)vars[2]);
        ctx.save_for_backward([x, parameter]);
        ctx.save_data(nameof(activation), activation);
        Tensor y = empty(x.shape, x.dtype);
        using Tensor inputs = x.contiguous(), values = parameter.contiguous();
        TensorKernels.For(x.dtype).Forward(activation, inputs, values, y);
        return y;
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        List<Tensor> saved = ctx.get_saved_variables();
        (Tensor x, Tensor parameter) = (saved[0], saved[1]);
        (Tensor dx, Tensor dparameter) = Gradients((ElementwiseActivation)ctx.get_data("activation"), x, parameter, grad_output);
        return
        [
            OnceDifferentiable.Of(dx, x, parameter, grad_output),
            OnceDifferentiable.Of(dparameter, x, parameter, grad_output),
            null!,
        ];
    }

    private static (Tensor ByInputs, Tensor ByParameter) Gradients(
        ElementwiseActivation activation, Tensor x, Tensor parameter, Tensor dy)
    {
        using IDisposable _ = no_grad();
        Tensor dx = empty(x.shape, x.dtype);
        using Tensor sums = empty(parameter.shape, ScalarType.Float64);
        using Tensor inputs = x.contiguous(), values = parameter.contiguous(), gradients = dy.contiguous();
        TensorKernels.For(x.dtype).Backward(activation, inputs, values, gradients, dx, sums);
        return (dx, sums.to(x.dtype, copy: true));
    }
}
