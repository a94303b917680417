namespace Nonlinear.Oracle.Judging;

/// <summary>
/// Judges a gated unit one of whose inputs stays: of the other it is a curve, a factor times a constant, and is judged like a function of
/// one number.
/// </summary>
/// <param name="subject">What is judged.</param>
/// <param name="judge">Its judge.</param>
/// <param name="partner">The input that stays.</param>
/// <param name="isValue">Whether that is the value.</param>
internal sealed class PartnerJudge(GatedSubject subject, GatedJudge judge, double partner, bool isValue) : ICurve, IFloatJudge
{
    private readonly double[] _p = [.. subject.Activation.ParameterValues];

    public bool Derivative => subject.Direction == (isValue ? GatedDirection.ByGate : GatedDirection.ByValue);

    public Guarantee Guarantee => subject.Guarantee;

    public Func<N, N> Formula<N>()
        where N : struct, INumber<N>
    {
        Func<N, IReadOnlyList<double>, N> moving = isValue
            ? GatedOracle.Gate<N>(subject.Activation)
            : GatedOracle.Value<N>(subject.Activation);
        Dual<N> other = (isValue ? GatedOracle.Value<Dual<N>>(subject.Activation) : GatedOracle.Gate<Dual<N>>(subject.Activation))(
            Dual<N>.Variable(partner), _p);
        N constant = subject.Direction == (isValue ? GatedDirection.ByValue : GatedDirection.ByGate) ? other.Tangent : other.Value;
        return x => moving(x, _p) * constant;
    }

    // The neighbour of a kink belongs to it: the place of some is known to a float.
    public bool HasKink(double first, double last) =>
        judge.HasKink(
            Math.Min(first, last) - Math.ScaleB(Math.Abs(first), -22), Math.Max(first, last) + Math.ScaleB(Math.Abs(last), -22), isValue);

    public bool IsEverywhere(double first, double last, double y)
    {
        Interval stretch = new(Math.Min(first, last), Math.Max(first, last));
        return !HasKink(first, last) && (isValue ? judge.IsBetween(stretch, partner, 1, y) : judge.IsBetween(partner, stretch, 1, y));
    }

    public void LookAt(long index, double x, double y, Outcome outcome)
    {
        if (isValue)
            judge.LookAt(index, x, partner, 1, y, outcome);
        else
            judge.LookAt(index, partner, x, 1, y, outcome);
    }
}
