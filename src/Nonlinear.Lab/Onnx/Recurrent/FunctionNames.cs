using System.Globalization;

namespace Nonlinear.Lab.Onnx.Recurrent;

/// <summary>The functions that a recurrent operator names in its attributes.</summary>
/// <remarks>
/// Values for parameters stand in two lists, from which each function takes in its turn what it needs; where a list is at its end the
/// default of the ONNX operator of the same name holds. Names may be written in any case, as ONNX Runtime reads them.
/// </remarks>
internal sealed class FunctionNames(IEnumerable<float> alphas, IEnumerable<float> betas)
{
    private readonly Queue<float> _alphas = new(alphas), _betas = new(betas);

    /// <summary>The function of the next name.</summary>
    /// <exception cref="UnfollowedException">There is no such function, or a value is missing or not allowed.</exception>
    public ElementwiseActivation Next(string name)
    {
        try
        {
            return name.ToUpperInvariant() switch
            {
                "SIGMOID" => Activation.Sigmoid(),
                "TANH" => Activation.Tanh(),
                "RELU" => Activation.Relu(),
                "LEAKYRELU" => Activation.LeakyRelu(Take(_alphas, 0.01)),
                "ELU" => Activation.Elu(Take(_alphas, 1)),
                "THRESHOLDEDRELU" => ElementwiseActivation.Create<ThresholdedRelu>(Take(_alphas, 1)),
                "HARDSIGMOID" => ElementwiseActivation.Create<HardSigmoid>(Take(_alphas, 0.2), Take(_betas, 0.5)),
                "SOFTSIGN" => ElementwiseActivation.Create<Softsign>(),
                "SOFTPLUS" => ElementwiseActivation.Create<Softplus>(1),
                "SCALEDTANH" => ElementwiseActivation.Create<ScaledTanh>(Take(_alphas, name), Take(_betas, name)),
                "AFFINE" => ElementwiseActivation.Create<Affine>(Take(_alphas, name), Take(_betas, name)),
                _ => throw new UnfollowedException(new Text(
                    $"its activation function '{name}' is not one that ONNX has for it", $"其激活函数“{name}”不在 ONNX 为它规定的函数之列")),
            };
        }
        catch (ArgumentOutOfRangeException wrong)
        {
            throw new UnfollowedException(
                new Text(
                    $"a value for its activation function {name} is not allowed: {wrong.Message}",
                    $"其激活函数 {name} 的一个值不被允许"),
                wrong);
        }
    }

    private static double Take(Queue<float> values, double otherwise) =>
        values.TryDequeue(out float value) ? Shortest(value) : otherwise;

    // ONNX gives these no default.
    private static double Take(Queue<float> values, string name) => values.TryDequeue(out float value)
        ? Shortest(value)
        : throw new UnfollowedException(new Text(
            $"its activation function {name} is not given the values that it needs", $"其激活函数 {name} 没有得到所需的值"));

    // 0.01 as a float is not 0.01 as a double; what was written is meant.
    private static double Shortest(float value) =>
        double.Parse(value.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
