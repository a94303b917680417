namespace Nonlinear.Oracle.Judging;

/// <summary>Softmax, log-softmax and their gradients for one vector, in many bits.</summary>
/// <remarks>
/// The sum of the exponentials is kept without its largest term, 1, so that a rest far below 1 keeps its digits. Numbers are good until the
/// next vector.
/// </remarks>
internal sealed class VectorOracle
{
    private readonly bool _log;
    private readonly double[] _x;
    private readonly double _max;
    private readonly int _atMax;
    private readonly BigFloat _rest;

    public VectorOracle(AxisActivation activation, double[] x)
    {
        BigFloat.Reset();
        _log = activation.Info.Name switch
        {
            "softmax" => false,
            "log_softmax" => true,
            string name => throw new ArgumentException($"The oracle knows no '{name}'; add it to VectorOracle.cs.", nameof(activation)),
        };
        _x = x;
        _max = x.Max();
        _atMax = Array.IndexOf(x, _max);
        _rest = 0;
        IsDefined = double.IsFinite(_max) && !x.Any(double.IsNaN);
        if (!IsDefined)
            return;
        for (int i = 0; i < x.Length; i++)
        {
            if (i == _atMax)
                continue;
            int mark = BigFloat.Mark();
            _rest.Add(Exponential(i));
            BigFloat.Release(mark);
        }
    }

    /// <summary>Whether the vector has a softmax: all its numbers are defined, none is +∞ and not all are -∞.</summary>
    public bool IsDefined { get; }

    /// <summary>The i-th output.</summary>
    public BigFloat Output(int i) => _log ? (BigFloat)_x[i] - _max - BigFloat.Log1p(_rest) : Probability(i);

    /// <summary>Σ yⱼ dyⱼ for softmax, Σ dyⱼ for its logarithm, and the same of the absolute terms.</summary>
    public (BigFloat Sum, BigFloat Terms) Sums(double[] dy)
    {
        BigFloat sum = 0, terms = 0;
        for (int i = 0; i < dy.Length; i++)
        {
            int mark = BigFloat.Mark();
            BigFloat term = _log ? dy[i] : Probability(i) * dy[i];
            sum.Add(term);
            terms.Add(term.Sign < 0 ? -term : term);
            BigFloat.Release(mark);
        }
        return (sum, terms);
    }

    /// <summary>The gradient by the i-th input, and the size of the terms that it is the difference of.</summary>
    public (BigFloat Gradient, BigFloat Terms) Gradient(int i, double dy, BigFloat sum, BigFloat terms)
    {
        BigFloat y = Probability(i), size = Math.Abs(dy);
        return _log ? (dy - (y * sum), size + (y * terms)) : (y * (dy - sum), y * (size + terms));
    }

    private BigFloat Exponential(int i) => BigFloat.Exp((BigFloat)_x[i] - _max);

    private BigFloat Probability(int i) => Exponential(i) / (1 + _rest);
}
