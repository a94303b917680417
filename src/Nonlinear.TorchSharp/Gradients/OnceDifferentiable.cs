using static TorchSharp.torch;

namespace Nonlinear.TorchSharp.Gradients;

/// <summary>
/// A gradient that depends on tensors in a way that is not known. Whoever differentiates it gets NaN: taken for constant it would give
/// a wrong result without a word, and what is thrown on the way back ends the process.
/// </summary>
internal sealed class OnceDifferentiable : autograd.SingleTensorFunction<OnceDifferentiable>
{
    public override string Name => nameof(OnceDifferentiable);

    public static Tensor Of(Tensor gradient, params Tensor[] inputs) =>
        is_grad_enabled() && inputs.Any(input => input.requires_grad) ? apply([gradient, .. inputs]) : gradient;

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        ctx.save_for_backward([.. vars.Cast<Tensor>().Skip(1)]);
        return ((Tensor)vars[0]).alias();
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) =>
        [null!, .. ctx.get_saved_variables().Select(input => full_like(input, double.NaN))];
}
