namespace Nonlinear.Lab.Data;

/// <summary>Centres and scales inputs, and targets that are numbers, by the mean and deviation of the rows to learn from.</summary>
internal sealed class Scaling
{
    private readonly Dataset _data;
    private readonly double[] _means, _deviations;
    private readonly double _targetMean, _targetDeviation;

    private Scaling(Dataset data, double[] means, double[] deviations, double targetMean, double targetDeviation) =>
        (_data, _means, _deviations, _targetMean, _targetDeviation) = (data, means, deviations, targetMean, targetDeviation);

    /// <summary>What is subtracted from each input, as it was read.</summary>
    public IReadOnlyList<double> Means =>
        [.. _means.Select((mean, i) => _data.MeasureOf(i).Origin + (_data.MeasureOf(i).Unit * mean))];

    /// <summary>What each input is multiplied with then; 0 for one that never varies.</summary>
    public IReadOnlyList<double> Factors =>
        [.. _deviations.Select((deviation, i) => deviation == 0 ? 0 : 1 / (deviation * _data.MeasureOf(i).Unit))];

    /// <summary>The number that an output of 0 stands for.</summary>
    public double TargetMean => _data.TargetMeasure.Origin + (_data.TargetMeasure.Unit * _targetMean);

    /// <summary>The distance that an output of 1 stands for.</summary>
    public double TargetDeviation => _data.TargetMeasure.Unit * (_targetDeviation == 0 ? 1 : _targetDeviation);

    /// <summary>The scaling that some rows ask for.</summary>
    public static Scaling Of(Dataset data, ReadOnlySpan<int> rows)
    {
        double[] means = new double[data.Width], deviations = new double[data.Width], counts = new double[data.Width];
        foreach (int row in rows)
        {
            for (int i = 0; i < data.Width; i++)
            {
                float value = data.Inputs[(row * data.Width) + i];
                if (float.IsNaN(value))
                    continue;
                means[i] += value;
                counts[i]++;
            }
        }
        for (int i = 0; i < means.Length; i++)
            means[i] /= Math.Max(1, counts[i]);
        foreach (int row in rows)
        {
            for (int i = 0; i < data.Width; i++)
            {
                float value = data.Inputs[(row * data.Width) + i];
                double difference = float.IsNaN(value) ? 0 : value - means[i];
                deviations[i] += difference * difference;
            }
        }
        if (data.CommonScale)
            Array.Fill(deviations, Math.Sqrt(deviations.Sum() / counts.Sum()));
        else
            deviations = [.. deviations.Zip(counts, (sum, count) => Math.Sqrt(sum / Math.Max(1, count)))];
        double targetMean = 0, targetDeviation = 1;
        if (!data.IsClassification)
        {
            double[] targets = [.. rows.ToArray().Select(row => (double)data.Targets[row])];
            targetMean = targets.Average();
            targetDeviation = Math.Sqrt(targets.Average(target => PortableMath.Power(target - targetMean, 2)));
        }
        return new(data, means, deviations, targetMean, targetDeviation);
    }

    /// <summary>Rows as a network takes them.</summary>
    public DataPart Apply(Dataset data, ReadOnlySpan<int> rows)
    {
        float[] inputs = new float[rows.Length * data.Width], targets = new float[rows.Length];
        for (int row = 0; row < rows.Length; row++)
        {
            for (int i = 0; i < data.Width; i++)
            {
                float value = data.Inputs[(rows[row] * data.Width) + i];
                inputs[(row * data.Width) + i] = float.IsNaN(value) || _deviations[i] == 0
                    ? 0
                    : (float)((value - _means[i]) / _deviations[i]);
            }
            targets[row] = (float)((data.Targets[rows[row]] - _targetMean) / (_targetDeviation == 0 ? 1 : _targetDeviation));
        }
        return new(inputs, targets, data.Width, data.ClassNames.Count);
    }
}
