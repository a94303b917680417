using static TorchSharp.torch;

namespace Nonlinear.TorchSharp.Gradients;

/// <summary>A gated unit, element by element, of gates, values and an activation.</summary>
internal sealed class GatedFunction : autograd.SingleTensorFunction<GatedFunction>
{
    public override string Name => nameof(GatedFunction);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        (Tensor gate, Tensor value, GatedActivation activation) = ((Tensor)vars[0], (Tensor)vars[1], (GatedActivation)vars[2]);
        ctx.save_for_backward([gate, value]);
        ctx.save_data(nameof(activation), activation);
        Tensor y = gate.empty_like();
        using Tensor gates = TensorKernels.InOrderOf(y, gate), values = TensorKernels.InOrderOf(y, value);
        using Tensor outputs = TensorKernels.InOrderOf(y, y);
        TensorKernels.For(gate.dtype).Forward(activation, gates, values, outputs);
        return y;
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        List<Tensor> saved = ctx.get_saved_variables();
        (Tensor gate, Tensor value) = (saved[0], saved[1]);
        (Tensor dgate, Tensor dvalue) = Gradients((GatedActivation)ctx.get_data("activation"), gate, value, grad_output);
        return
        [
            OnceDifferentiable.Of(dgate, gate, value, grad_output),
            OnceDifferentiable.Of(dvalue, gate, value, grad_output),
            null!,
        ];
    }

    private static (Tensor ByGate, Tensor ByValue) Gradients(GatedActivation activation, Tensor gate, Tensor value, Tensor dy)
    {
        using IDisposable _ = no_grad();
        Tensor dgate = gate.empty_like(), dvalue = dgate.empty_like();
        using Tensor gates = TensorKernels.InOrderOf(dgate, gate), values = TensorKernels.InOrderOf(dgate, value);
        using Tensor gradients = TensorKernels.InOrderOf(dgate, dy);
        using Tensor byGate = TensorKernels.InOrderOf(dgate, dgate), byValue = TensorKernels.InOrderOf(dgate, dvalue);
        TensorKernels.For(gate.dtype).Backward(activation, gates, values, gradients, byGate, byValue);
        return (dgate, dvalue);
    }
}
