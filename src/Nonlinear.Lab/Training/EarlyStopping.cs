using Nonlinear.Lab.Data;

namespace Nonlinear.Lab.Training;

/// <summary>
/// Ends training when the loss on rows not learned from has not fallen for some epochs, and goes back to the best weights.
/// </summary>
/// <param name="network">The network that is trained.</param>
/// <param name="validation">The rows.</param>
/// <param name="patience">After how many epochs without a smaller loss training ends; 0 for never, and nothing is done at all.</param>
internal sealed class EarlyStopping(Network network, DataPart validation, int patience)
{
    private readonly List<float[]> _best = [];
    private double _least = double.PositiveInfinity;
    private int _since;

    /// <summary>Whether training should end.</summary>
    public bool HasEnded => patience > 0 && _since >= patience;

    /// <summary>Looks at the network after an epoch.</summary>
    public void Look()
    {
        if (patience == 0)
            return;
        double loss = Evaluation.Of(network, validation).Loss;
        _since++;
        if (!(loss < _least))
            return;
        (_least, _since) = (loss, 0);
        _best.Clear();
        _best.AddRange(Numbers.Select(numbers => numbers.ToArray()));
    }

    /// <summary>Gives the network the weights with which the loss was smallest.</summary>
    /// <returns>Whether there are any.</returns>
    public bool Restore()
    {
        foreach ((float[] best, Memory<float> numbers) in _best.Zip(Numbers))
            best.CopyTo(numbers);
        return _best.Count > 0;
    }

    private IEnumerable<Memory<float>> Numbers => network.Parameters.Select(parameter => parameter.Values).Concat(network.Statistics);
}
