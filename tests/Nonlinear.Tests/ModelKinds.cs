using Nonlinear.Attacks;
using Nonlinear.Lab.Diagnosis;

namespace Nonlinear.Tests;

/// <summary>Small models of a kind, written into a folder of their own and diagnosed.</summary>
public abstract class ModelKinds : IDisposable
{
    private protected const int Rows = 400, Width = 4;

    private protected string Folder { get; } = Directory.CreateTempSubdirectory("kinds-").FullName;

    /// <summary>Numbers as of a normal distribution, <see cref="Rows"/> times <see cref="Width"/> of them.</summary>
    private protected static float[] X { get; } = SampleFile.Normal(1, Rows * Width);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => Directory.Delete(Folder, recursive: true);

    private protected static SmallModel Vector(int version = 18) => new SmallModel(version).Input("x", "n", Width);

    /// <summary>The identity, so that a layer stands before what is looked at.</summary>
    private protected static float[] Unit(int size) =>
        [.. Enumerable.Range(0, size * size).Select(i => i / size == i % size ? 1f : 0)];

    private protected string InFolder(string name) => Path.Combine(Folder, name);

    private protected ModelDiagnosis Diagnose(SmallModel model, params string[] axes) => Diagnose(model, X, [Rows, Width], axes);

    private protected ModelDiagnosis Diagnose(SmallModel model, float[] values, long[] shape, params string[] axes)
    {
        SampleFile.Write(InFolder("x.npy"), values, shape);
        File.WriteAllBytes(InFolder("m.onnx"), model.ToBytes());
        return Diagnose(InFolder("m.onnx"), axes, InFolder("x.npy"));
    }

    private protected static ModelDiagnosis Diagnose(string model, string[] axes, params string[] inputs)
    {
        ModelDiagnosis diagnosis = Diagnostician.Diagnose(new(model, inputs, null, axes), null, TestContext.Current.CancellationToken);
        // Whatever was found can be told.
        Assert.NotEmpty(Diagnostician.ToJson(diagnosis));
        return diagnosis;
    }

    /// <summary>The one activation of a model from which nothing was left out.</summary>
    private protected ActivationDiagnosis Only(SmallModel model)
    {
        ModelDiagnosis diagnosis = Diagnose(model);
        Assert.Empty(diagnosis.LeftOut);
        return Assert.Single(diagnosis.Activations);
    }

    /// <summary>Mean and variance of a function of numbers.</summary>
    private protected static (double Mean, double Variance) Moments(IEnumerable<float> x, Func<double, double> function)
    {
        double[] y = [.. x.Select(value => function(value))];
        double mean = y.Average();
        return (mean, y.Average(value => (value - mean) * (value - mean)));
    }

    private protected static void AssertMoments((double Mean, double Variance) wanted, ActivationDiagnosis got, double tolerance = 1e-5)
    {
        Assert.Equal(wanted.Mean, got.Mean, tolerance * (1 + Math.Abs(wanted.Mean)));
        Assert.Equal(wanted.Variance, got.Variance, tolerance * (1 + wanted.Variance));
    }
}
