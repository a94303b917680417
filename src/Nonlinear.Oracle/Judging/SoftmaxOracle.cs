namespace Nonlinear.Oracle.Judging;

/// <summary>Softmax, its logarithm and their gradients.</summary>
/// <remarks>The sum of the exponentials is kept without its largest term, 1, so that a rest far below 1 keeps its digits.</remarks>
internal sealed class SoftmaxOracle : VectorOracle
{
    private readonly double[] _x;
    private readonly double _max;
    private readonly BigFloat _rest;

    public SoftmaxOracle(double[] x)
    {
        _x = x;
        _max = x.Max();
        _rest = 0;
        IsDefined = double.IsFinite(_max) && !x.Any(double.IsNaN);
        if (!IsDefined)
            return;
        int atMax = Array.IndexOf(x, _max);
        for (int i = 0; i < x.Length; i++)
        {
            if (i == atMax)
                continue;
            int mark = BigFloat.Mark();
            _rest.Add(Exponential(i));
            BigFloat.Release(mark);
        }
    }

    /// <summary>Whether it is the logarithm.</summary>
    public bool IsLog { get; init; }

    /// <summary>The derivative of what softmax is taken of by the inputs.</summary>
    public BigFloat? Slope { get; init; }

    public override bool IsDefined { get; }

    public override BigFloat Output(int i) => IsLog ? (BigFloat)_x[i] - _max - BigFloat.Log1p(_rest) : Probability(i);

    // Σ yⱼ dyⱼ for softmax, Σ dyⱼ for its logarithm.
    public override (BigFloat Sum, BigFloat Terms) Sums(double[] dy)
    {
        BigFloat sum = 0, terms = 0;
        for (int i = 0; i < dy.Length; i++)
        {
            int mark = BigFloat.Mark();
            BigFloat term = IsLog ? dy[i] : Probability(i) * dy[i];
            sum.Add(term);
            terms.Add(term.Sign < 0 ? -term : term);
            BigFloat.Release(mark);
        }
        return (sum, terms);
    }

    public override (BigFloat Gradient, BigFloat Terms) Gradient(int i, double dy, BigFloat sum, BigFloat terms)
    {
        BigFloat y = Probability(i), size = Math.Abs(dy);
        (BigFloat gradient, BigFloat all) = IsLog ? (dy - (y * sum), size + (y * terms)) : (y * (dy - sum), y * (size + terms));
        return Slope is not { } slope ? (gradient, all) : (slope * gradient, slope.Sign * slope * all);
    }

    private BigFloat Exponential(int i) => BigFloat.Exp((BigFloat)_x[i] - _max);

    private BigFloat Probability(int i) => Exponential(i) / (1 + _rest);
}
