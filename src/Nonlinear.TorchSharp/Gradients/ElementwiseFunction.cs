using static TorchSharp.torch;

namespace Nonlinear.TorchSharp.Gradients;

/// <summary>y = f(x) for every element, of a tensor and an activation.</summary>
internal sealed class ElementwiseFunction : autograd.SingleTensorFunction<ElementwiseFunction>
{
    public override string Name => nameof(ElementwiseFunction);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        (Tensor x, ElementwiseActivation activation) = ((Tensor)vars[0], (ElementwiseActivation)vars[1]);
        ctx.save_for_backward([x]);
        ctx.save_data(nameof(activation), activation);
        Tensor y = x.empty_like();
        using Tensor inputs = TensorKernels.InOrderOf(y, x), outputs = TensorKernels.InOrderOf(y, y);
        TensorKernels.For(x.dtype).Forward(activation, inputs, outputs);
        return y;
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        object activation = ctx.get_data("activation");
        return [ElementwiseGradient.apply(ctx.get_saved_variables()[0], grad_output, activation), null!];
    }
}

/// <summary>dx = dy · f′(x) for every element, of two tensors and an activation.</summary>
internal sealed class ElementwiseGradient : autograd.SingleTensorFunction<ElementwiseGradient>
{
    public override string Name => nameof(ElementwiseGradient);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        (Tensor x, Tensor dy, ElementwiseActivation activation) = ((Tensor)vars[0], (Tensor)vars[1], (ElementwiseActivation)vars[2]);
        ctx.save_for_backward([x, dy]);
        ctx.save_data(nameof(activation), activation);
        Tensor dx = x.empty_like();
        using Tensor inputs = TensorKernels.InOrderOf(dx, x), gradients = TensorKernels.InOrderOf(dx, dy);
        using Tensor results = TensorKernels.InOrderOf(dx, dx);
        TensorKernels.For(x.dtype).Backward(activation, inputs, gradients, results);
        return dx;
    }

    // Of g·dy·f′(x): by x g·dy·f″(x), by dy g·f′(x), which is this function once more.
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        List<Tensor> saved = ctx.get_saved_variables();
        (Tensor x, Tensor dy) = (saved[0], saved[1]);
        ElementwiseActivation activation = (ElementwiseActivation)ctx.get_data("activation");
        Tensor curvature = OnceDifferentiable.Of(Curvature(activation, x), x);
        return [grad_output * dy * curvature, ElementwiseGradient.apply(x, grad_output, activation), null!];
    }

    private static Tensor Curvature(ElementwiseActivation activation, Tensor x)
    {
        using IDisposable _ = no_grad();
        Tensor curvature = x.empty_like();
        using Tensor inputs = TensorKernels.InOrderOf(curvature, x), results = TensorKernels.InOrderOf(curvature, curvature);
        TensorKernels.For(x.dtype).Curvature(activation, inputs, results);
        return curvature;
    }
}
