using System.Numerics.Tensors;

namespace Nonlinear.Lab.Onnx.Recurrent;

/// <summary>The arithmetic of one direction of a recurrent operator, a time step of all sequences at a time.</summary>
internal abstract class CellArithmetic
{
    private readonly float? _clip;
    private readonly IReadOnlyList<ElementwiseActivation> _functions;
    private readonly int _firstActivation;
    private readonly ShowActivation _show;

    /// <summary>The arithmetic of a direction.</summary>
    /// <param name="node">The attributes of the operator.</param>
    /// <param name="direction">The direction.</param>
    /// <param name="activations">What its functions are; those that are not computed are not among them.</param>
    /// <param name="show">Is shown what they do.</param>
    protected CellArithmetic(
        RecurrentNode node,
        int direction,
        IReadOnlyList<CellActivation> activations,
        ShowActivation show)
    {
        _clip = node.Clip;
        _functions = [.. activations.Select(activation => activation.Function)];
        _firstActivation = direction * activations.Count;
        _show = show;
    }

    /// <summary>The arithmetic of a direction of an operator.</summary>
    public static CellArithmetic Of(RecurrentNode node, int direction, OperatorTensors tensors, ShowActivation show) =>
        node.Operator switch
        {
            "LSTM" => new LstmArithmetic(node, direction, tensors, show),
            "GRU" => new GruArithmetic(node, direction, tensors, show),
            _ => new RnnArithmetic(node, direction, tensors, show),
        };

    /// <summary>The functions of a direction, in the order of their numbers.</summary>
    public static IReadOnlyList<CellActivation> ActivationsOf(RecurrentNode node, int direction) => node.Operator switch
    {
        "LSTM" => LstmArithmetic.ActivationsOf(node, direction),
        "GRU" => GruArithmetic.ActivationsOf(node, direction),
        _ => RnnArithmetic.ActivationsOf(node, direction),
    };

    /// <summary>Goes on by a time step.</summary>
    /// <param name="x">What goes in: rows × input size.</param>
    /// <param name="h">The states: rows × hidden size; the new ones replace the old.</param>
    /// <param name="c">The cells of an LSTM, likewise.</param>
    public abstract void Step(ReadOnlySpan<float> x, Span<float> h, Span<float> c);

    /// <summary>Computes a gate or candidate from what goes into it, and shows both.</summary>
    /// <param name="activation">Its number within the direction.</param>
    /// <param name="z">What goes in; it is clipped if the operator clips.</param>
    /// <param name="y">Receives what comes out.</param>
    protected void Activate(int activation, Span<float> z, Span<float> y)
    {
        if (_clip is { } clip)
        {
            TensorPrimitives.Min(z, clip, z);
            TensorPrimitives.Max(z, -clip, z);
        }
        Apply(activation, z, y);
    }

    /// <summary>Computes a function of what is never clipped, and shows both.</summary>
    protected void Apply(int activation, ReadOnlySpan<float> z, Span<float> y)
    {
        _functions[activation].Forward(z, y);
        _show(_firstActivation + activation, z, y);
    }
}
