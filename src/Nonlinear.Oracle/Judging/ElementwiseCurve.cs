namespace Nonlinear.Oracle.Judging;

/// <summary>The curve of an elementwise function.</summary>
internal sealed class ElementwiseCurve(Subject subject) : ICurve
{
    private readonly double[] _parameters = [.. subject.Activation.ParameterValues];

    public bool Derivative => subject.Derivative;

    public Func<N, N> Formula<N>()
        where N : struct, INumber<N>
    {
        Func<N, IReadOnlyList<double>, N> formula = Oracle.Formula<N>(subject.Activation.Info.Name);
        return x => formula(x, _parameters);
    }
}
