using static TorchSharp.torch;

namespace Nonlinear.TorchSharp.Gradients;

/// <summary>The function of each vector along a dimension, of inputs, an activation and the dimension.</summary>
internal sealed class AxisFunction : autograd.SingleTensorFunction<AxisFunction>
{
    public override string Name => nameof(AxisFunction);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        (Tensor x, AxisActivation activation, int axis) = ((Tensor)vars[0], (AxisActivation)vars[1], (int)vars[2]);
        ctx.save_for_backward([x]);
        ctx.save_data(nameof(activation), activation);
        ctx.save_data(nameof(axis), axis);
        Tensor y = empty(x.shape, x.dtype);
        using Tensor inputs = x.contiguous();
        TensorKernels.For(x.dtype).Forward(activation, inputs, y, axis);
        return y;
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        Tensor x = ctx.get_saved_variables()[0];
        Tensor dx = Gradient((AxisActivation)ctx.get_data("activation"), x, grad_output, (int)ctx.get_data("axis"));
        return [OnceDifferentiable.Of(dx, x, grad_output), null!, null!];
    }

    private static Tensor Gradient(AxisActivation activation, Tensor x, Tensor dy, int axis)
    {
        using IDisposable _ = no_grad();
        Tensor dx = empty(x.shape, x.dtype);
        using Tensor inputs = x.contiguous(), gradients = dy.contiguous();
        TensorKernels.For(x.dtype).Backward(activation, inputs, gradients, dx, axis);
        return dx;
    }
}
