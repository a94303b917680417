namespace Nonlinear.Native.Boundary;

/// <summary>How long outputs are.</summary>
internal static class Lengths
{
    /// <summary>The number of outputs for a number of inputs.</summary>
    /// <exception cref="ArgumentException">The inputs cannot be that many.</exception>
    public static long Outputs(Activation activation, long inputs)
    {
        if (inputs is < 0 or > int.MaxValue)
            throw new ArgumentException(
                FormattableString.Invariant($"There cannot be {inputs} inputs; a call takes up to {int.MaxValue}."));
        int outputs = activation switch
        {
            // Only a half that is whole and a group that is full have an output.
            GatedActivation when inputs % 2 != 0 => throw new ArgumentException(FormattableString.Invariant(
                $"{activation} takes a gate and a value for each output; {inputs} inputs are an odd number.")),
            PooledActivation pooled when inputs % pooled.Pieces != 0 => throw new ArgumentException(FormattableString.Invariant(
                $"{activation} takes {pooled.Pieces} inputs for each output; {inputs} is no multiple.")),
            WidenedActivation when inputs > int.MaxValue / 2 => throw new ArgumentException(FormattableString.Invariant(
                $"{activation} has two outputs for each input; {inputs} inputs have more than a call can give.")),
            _ => activation.OutputsFor((int)inputs),
        };
        return outputs;
    }

    /// <summary>The shape of the outputs.</summary>
    /// <exception cref="ArgumentException">The axis cannot be that long, or there is no such axis.</exception>
    public static int[] OutputShape(Activation activation, int[] shape, int axis)
    {
        if (activation is ElementwiseActivation or AxisActivation)
            return shape;
        int place = axis < 0 ? axis + shape.Length : axis;
        if (place < 0 || place >= shape.Length)
            throw new ArgumentException(FormattableString.Invariant(
                $"There is no axis {axis} in a shape of {shape.Length} dimensions."));
        int[] outputs = [.. shape];
        outputs[place] = (int)Outputs(activation, shape[place]);
        return outputs;
    }
}
