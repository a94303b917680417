using Nonlinear.Lab.Training;
using Nonlinear.Training;

namespace Nonlinear.Tests;

public class EarlyStoppingTests
{
    // One weight: the loss on the rows is smallest where it is 2.
    private readonly DataPart _rows = new([1, 2, 3], [2, 4, 6], 1, 0);
    private readonly Network _network = new(
        new(1, [], 1, HiddenActivation.Parse("relu"), Initialisation.LeCun), seed: 1);

    private float Weight
    {
        get => _network.Parameters[0].Values.Span[0];
        set => _network.Parameters[0].Values.Span[0] = value;
    }

    [Fact]
    public void Training_ends_after_the_patience_and_goes_back_to_the_best_weights()
    {
        EarlyStopping stopping = new(_network, _rows, patience: 2);
        (float, bool)[] epochs = [(0, false), (1, false), (5, false), (1.9f, false), (2.5f, false), (float.NaN, true)];
        foreach ((float weight, bool ends) in epochs)
        {
            Weight = weight;
            stopping.Look();
            Assert.Equal(ends, stopping.HasEnded);
        }
        Assert.True(stopping.Restore());
        Assert.Equal(1.9f, Weight);
    }

    [Fact]
    public void Without_patience_nothing_is_done()
    {
        EarlyStopping stopping = new(_network, _rows, patience: 0);
        Weight = 2;
        stopping.Look();
        Weight = 7;
        stopping.Look();
        Assert.False(stopping.HasEnded || stopping.Restore());
        Assert.Equal(7, Weight);
    }
}
