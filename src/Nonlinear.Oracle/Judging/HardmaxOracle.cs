namespace Nonlinear.Oracle.Judging;

/// <summary>Hardmax as ONNX has it: 1 at the first of the largest inputs.</summary>
internal sealed class HardmaxOracle(double[] x) : VectorOracle
{
    public override bool IsDefined => !x.Any(double.IsNaN);

    public override BigFloat Output(int i) => x[i] == x.Max() && !x.Take(i).Contains(x[i]) ? 1 : 0;

    public override (BigFloat Sum, BigFloat Terms) Sums(double[] dy) => (0, 0);

    public override (BigFloat Gradient, BigFloat Terms) Gradient(int i, double dy, BigFloat sum, BigFloat terms) => (0, 0);
}
