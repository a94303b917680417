using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Nonlinear.TorchSharp;

/// <summary>
/// A function of one number whose one parameter is learned, as a single value or as one for each channel, as a module of TorchSharp.
/// </summary>
/// <remarks>
/// PReLU's slopes are <c>weight</c> in the state dictionary, as PyTorch has them, so that either reads what the other has learned; the
/// parameter of any other function has its name in the catalogue.
/// </remarks>
public sealed class LearnableActivationModule : nn.Module<Tensor, Tensor>
{
    private readonly ElementwiseActivation _activation;

    private readonly string _parameter;

    /// <summary>Makes the parameter of a function learned.</summary>
    /// <param name="activation">The function; its parameter is where learning starts.</param>
    /// <param name="channels">How many values are learned: 1, or one for each channel, which is dimension 1 of the inputs.</param>
    /// <exception cref="NotSupportedException">The function has not exactly one parameter.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no channel.</exception>
    public LearnableActivationModule(ElementwiseActivation activation, long channels = 1)
        : base(activation.Info.Name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        if (activation.Info.Parameters.Count != 1)
            throw new NotSupportedException(
                $"{activation.Info.Name} has {activation.Info.Parameters.Count} parameters; to be learned it needs exactly one.");
        _activation = activation;
        _parameter = activation.Info.Name == "prelu" ? "weight" : activation.Info.Parameters[0].Name;
        register_parameter(_parameter, new Parameter(full([channels], activation.ParameterValues[0])));
    }

    /// <summary>The values that are learned, of one dimension.</summary>
    public Parameter Parameter => get_parameter(_parameter)!;

    /// <summary>Computes the function with the values that are learned.</summary>
    /// <param name="input">The inputs; dimension 1 is the channel.</param>
    /// <returns>The outputs, of the same shape and type.</returns>
    public override Tensor forward(Tensor input) => _activation.Forward(input, Parameter);
}
