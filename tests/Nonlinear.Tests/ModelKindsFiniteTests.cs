using Nonlinear.Attacks;
using Nonlinear.Lab.Diagnosis;

namespace Nonlinear.Tests;

public sealed class ModelKindsFiniteTests : ModelKinds
{
    private static SmallModel Layer(params float[] biases) => Vector().Floats("w", Unit(Width), Width, Width)
        .Floats("b", biases, Width).Node("Gemm", "x w b", "h");

    [Fact]
    public void A_unit_that_is_NaN_on_all_rows_is_named_with_its_layer()
    {
        ModelDiagnosis found = Diagnose(Layer(0, float.NaN, 0, 0).Node("Relu", "h", "a").Node("MatMul", "a w", "y").Output("y"));
        ActivationDiagnosis relu = Assert.Single(found.Activations);
        Assert.Equal([1], relu.NonFiniteUnits);
        Assert.Equal(Rows, relu.NonFiniteRows);
        Assert.Empty(relu.DeadUnits);
        Assert.Equal(("h", "Gemm", Rows, Rows), (found.NonFinite!.Name, found.NonFinite.Operation, found.NonFinite.NaNs,
            found.NonFinite.Rows));
        Assert.Equal("NaN or infinity", relu.Verdict);
    }

    [Fact]
    public void Rows_with_NaN_are_counted_and_the_others_told()
    {
        // The root of a negative number is NaN.
        ModelDiagnosis found = Diagnose(Vector().Node("Sqrt", "x", "h").Node("Tanh", "h", "a").Floats("w", Unit(Width), Width, Width)
            .Node("MatMul", "a w", "y").Output("y"));
        int bad = Enumerable.Range(0, Rows).Count(row => X.AsSpan(row * Width, Width).ToArray().Any(value => value < 0));
        ActivationDiagnosis tanh = Assert.Single(found.Activations);
        Assert.Equal((bad, Rows), (tanh.NonFiniteRows, tanh.Rows));
        Assert.Equal(("h", bad), (found.NonFinite!.Name, found.NonFinite.Rows));
        AssertMoments(Moments(X.Where(value => value >= 0), value => Math.Tanh(Math.Sqrt(value))), tanh);
    }

    [Fact]
    public void An_overflow_that_the_next_activation_hides_is_found()
    {
        // -∞ goes into a ReLU, 0 comes out.
        ModelDiagnosis found = Diagnose(Vector().Number("k", -1e30f).Number("big", 1e20f).Node("Abs", "x", "p").Node("Mul", "p k", "q")
            .Node("Mul", "q big", "h").Node("Relu", "h", "a").Floats("w", Unit(Width), Width, Width).Node("MatMul", "a w", "y")
                .Output("y"));
        ActivationDiagnosis relu = Assert.Single(found.Activations, activation => activation.Function == "relu");
        Assert.Equal("NaN or infinity", relu.Verdict);
        Assert.Equal(Rows, relu.NonFiniteRows);
        Assert.Equal("h", found.NonFinite!.Name);
        Assert.True(found.NonFinite.Infinities > 0);
    }

    [Fact]
    public void NaN_in_the_sample_is_told_of_the_input()
    {
        float[] x = [.. X];
        (x[4], x[42], x[43]) = (float.NaN, float.NaN, float.PositiveInfinity);
        ModelDiagnosis found = Diagnose(Layer(0, 0, 0, 0).Node("Relu", "h", "a").Node("MatMul", "a w", "y").Output("y"), x, [Rows, Width]);
        Assert.Equal(("x", "input", 2L, 1L, 2L), (found.NonFinite!.Name, found.NonFinite.Operation, found.NonFinite.NaNs,
            found.NonFinite.Infinities, found.NonFinite.Rows));
        Assert.Equal(2, Assert.Single(found.Activations).NonFiniteRows);
    }

    [Fact]
    public void NaN_behind_the_last_activation_is_found()
    {
        ModelDiagnosis found = Diagnose(Layer(0, 0, 0, 0).Node("Relu", "h", "a").Number("k", -1).Node("Sub", "a k", "s")
            .Node("Neg", "s", "t")
            .Node("Sqrt", "t", "y").Output("y"));
        Assert.Equal("healthy", Assert.Single(found.Activations).Verdict);
        Assert.Equal(("y", Rows), (found.NonFinite!.Name, found.NonFinite.Rows));
    }

    [Fact]
    public void Masks_of_minus_infinity_are_no_fault()
    {
        float mask = float.NegativeInfinity;
        ModelDiagnosis found = Diagnose(Vector().Floats("m", [0, 0, mask, 0], Width).Node("Add", "x m", "h").Node("Softmax", "h", "a")
            .Floats("w", Unit(Width), Width, Width).Node("MatMul", "a w", "y").Output("y"));
        ActivationDiagnosis softmax = Assert.Single(found.Activations);
        Assert.Equal((0L, "healthy"), (softmax.NonFiniteRows, softmax.Verdict));
        Assert.Null(found.NonFinite);
        Assert.Equal(0, softmax.UnitMeans[2]);
    }

    [Fact]
    public void Rows_that_are_masked_as_a_whole_are_told()
    {
        ModelDiagnosis found = Diagnose(Vector().Floats("m", [.. Enumerable.Repeat(float.NegativeInfinity, Width)], Width)
            .Node("Add", "x m", "h")
            .Node("Softmax", "h", "a").Floats("w", Unit(Width), Width, Width).Node("MatMul", "a w", "y").Output("y"));
        Assert.Equal("a", found.NonFinite!.Name);
        ActivationDiagnosis softmax = Assert.Single(found.Activations);
        Assert.Equal((Rows, "NaN or infinity"), (softmax.NonFiniteRows, softmax.Verdict));
    }

    [Theory]
    [InlineData("Softmax", 13)]
    [InlineData("Softmax", 11)]
    [InlineData("LogSoftmax", 13)]
    public void The_entropy_of_a_softmax_is_that_of_its_rows(string operation, int version)
    {
        // Three axes: before version 13 the last two were one row.
        float[] x = SampleFile.Normal(3, 50 * 3 * 4);
        ModelDiagnosis found = Diagnose(
            new SmallModel(version).Input("x", "n", 3, 4).Node(operation, "x", "a", ("axis", 1)).Node("Abs", "a", "p")
                .Node("Neg", "p", "y").Output("y"),
            x, [50, 3, 4]);
        int[][] rows = version < 13
            ? [.. Enumerable.Range(0, 50).Select(row => Enumerable.Range(12 * row, 12).ToArray())]
            : [.. Enumerable.Range(0, 50).SelectMany(row => Enumerable.Range(0, 4)
                .Select(i => new[] { (12 * row) + i, (12 * row) + 4 + i, (12 * row) + 8 + i }))];
        double entropy = rows.Average(row =>
        {
            double sum = row.Sum(i => Math.Exp(x[i]));
            return row.Sum(i => -Math.Exp(x[i]) / sum * Math.Log(Math.Exp(x[i]) / sum)) / Math.Log(row.Length);
        });
        ActivationDiagnosis softmax = found.Activations[0];
        Assert.Equal(entropy, softmax.Softmax!.Entropy, 1e-5);
        Assert.Equal(rows.Length, softmax.Samples);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_slope_of_PRelu_that_is_not_finite_is_told(float slope)
    {
        ModelDiagnosis found = Diagnose(Vector().Floats("s", [0.25f, slope, 0, 1], Width).Node("PRelu", "x s", "y").Output("y"));
        Assert.Equal("some of its slopes are NaN or infinite", Assert.Single(found.LeftOut).Reason);
        Assert.NotNull(found.NonFinite);
    }
}
