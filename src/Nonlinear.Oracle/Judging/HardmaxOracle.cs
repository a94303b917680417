namespace Nonlinear.Oracle.Judging;

/// <summary>Hardmax as ONNX has it: 1 at the first of the largest inputs.</summary>
internal sealed class HardmaxOracle : VectorOracle
{
    private readonly int _first;

    public HardmaxOracle(double[] x)
    {
        IsDefined = !x.Any(double.IsNaN);
        // Found once: vectors may be long.
        _first = IsDefined ? Array.IndexOf(x, x.Max()) : -1;
    }

    public override bool IsDefined { get; }

    public override BigFloat Output(int i) => i == _first ? 1 : 0;

    public override (BigFloat Sum, BigFloat Terms) Sums(double[] dy) => (0, 0);

    public override (BigFloat Gradient, BigFloat Terms) Gradient(int i, double dy, BigFloat sum, BigFloat terms) => (0, 0);
}
