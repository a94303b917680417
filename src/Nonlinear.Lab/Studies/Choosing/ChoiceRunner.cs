using Nonlinear.Lab.Data;

namespace Nonlinear.Lab.Studies.Choosing;

/// <summary>Carries out the runs of a competition.</summary>
/// <param name="Run">Trains a network and judges it.</param>
/// <param name="Floor">Fits a model without hidden layers and judges it.</param>
internal sealed record ChoiceRunner(Func<ChoiceRun, ChoiceResult> Run, Func<FloorRun, FloorResult> Floor)
{
    /// <summary>Trains on some data.</summary>
    public static ChoiceRunner Training(Dataset data, CancellationToken cancellation) =>
        new(run => run.Carry(data, cancellation), run => run.Carry(data));
}
