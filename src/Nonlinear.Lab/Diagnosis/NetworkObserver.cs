using Nonlinear.Lab.Data;
using Nonlinear.Lab.Training;

namespace Nonlinear.Lab.Diagnosis;

/// <summary>Watches all activations of a network of the lab.</summary>
internal static class NetworkObserver
{
    /// <summary>What each activation does with some data.</summary>
    public static IReadOnlyList<ActivationDiagnosis> Diagnose(Network network, DataPart data)
    {
        int[] places = [.. network.ActivationPlaces];
        UnitObserver[] observers =
        [
            .. places.Select((place, i) => new UnitObserver(
                FormattableString.Invariant($"hidden {i + 1}"),
                ObservedFunction.Of(network.Layers[place]),
                network.UnitsAt(place))),
        ];
        Evaluation.Of(network, data, (pass, rows) =>
        {
            for (int i = 0; i < places.Length; i++)
            {
                LayerBlock block = pass.Blocks[places[i]];
                int count = rows * network.Layers[places[i]].Outputs, units = observers[i].Units;
                ReadOnlySpan<float> y = block.Y.Span[..count], x = block.X.Length == block.Y.Length ? block.X.Span[..count] : y;
                observers[i].Observe(x, y, [count / units, units]);
                observers[i].Rows += rows;
            }
        });
        return [.. observers.Select(observer => observer.Diagnose())];
    }

    /// <summary>The shares of all hidden units that are dead and that are saturated.</summary>
    public static (double Dead, double Saturated) Shares(Network network, DataPart data)
    {
        IReadOnlyList<ActivationDiagnosis> diagnoses = Diagnose(network, data);
        double units = diagnoses.Sum(diagnosis => diagnosis.Units);
        return (
            diagnoses.Sum(diagnosis => diagnosis.DeadUnits.Count) / units,
            diagnoses.Sum(diagnosis => diagnosis.SaturatedUnits.Count) / units);
    }
}
