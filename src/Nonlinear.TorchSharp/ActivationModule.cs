using static TorchSharp.torch;

namespace Nonlinear.TorchSharp;

/// <summary>An activation function as a module of TorchSharp, without anything to learn.</summary>
public sealed class ActivationModule : nn.Module<Tensor, Tensor>
{
    private readonly Func<Tensor, Tensor> _forward;

    /// <summary>Makes a module that applies a function to every element.</summary>
    /// <param name="activation">A function of one number.</param>
    public ActivationModule(ElementwiseActivation activation)
        : base(activation.Info.Name) => _forward = activation.Forward;

    /// <summary>Makes a module that applies a function to every vector along a dimension.</summary>
    /// <param name="activation">A function of a vector, such as softmax.</param>
    /// <param name="dimension">The dimension of the vectors, counted from the end if it is negative.</param>
    public ActivationModule(AxisActivation activation, long dimension)
        : base(activation.Info.Name) => _forward = x => activation.Forward(x, dimension);

    /// <summary>Computes the function.</summary>
    /// <param name="input">The inputs.</param>
    /// <returns>The outputs, of the same shape and type.</returns>
    public override Tensor forward(Tensor input) => _forward(input);
}
