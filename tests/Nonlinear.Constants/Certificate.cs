using Nonlinear.Oracle;

namespace Nonlinear.Constants;

/// <summary>
/// The largest error of an approximation on an interval, and below what that of no other with as many coefficients can be.
/// </summary>
/// <remarks>The error counts with the sign of the difference of the two: a factor that changes its sign has to be made positive.</remarks>
/// <param name="Largest">The largest error found on a fine grid.</param>
/// <param name="Least">
/// The least that is possible, by de la Vallée Poussin's theorem: an error that alternates at one point more than there are coefficients
/// is, at one of these points, no larger than the largest of the best approximation. 0 where the rounding of the coefficients hides the
/// alternation.
/// </param>
internal readonly record struct Certificate(double Largest, double Least)
{
    private const int Points = 1500;

    public static Certificate Of(Func<BigFloat, BigFloat> error, BigFloat from, BigFloat to, int coefficients)
    {
        List<double> extremes = [];
        BigFloat middle = BigFloat.Scale(from + to, -1), radius = BigFloat.Scale(from - to, -1);
        int mark = BigFloat.Mark();
        for (int i = 0; i <= Points; i++)
        {
            BigFloat.Release(mark);
            double here = error(middle + (radius * Math.Cos(Math.PI * i / Points))).ToDouble();
            if (extremes.Count == 0 || Math.Sign(extremes[^1]) != Math.Sign(here))
                extremes.Add(here);
            else if (Math.Abs(here) > Math.Abs(extremes[^1]))
                extremes[^1] = here;
        }
        BigFloat.Release(mark);
        double largest = extremes.Max(Math.Abs);
        while (extremes.Count > coefficients + 1)
            RemoveSmallest(extremes);
        return new(largest, extremes.Count == coefficients + 1 ? extremes.Min(Math.Abs) : 0);
    }

    // Of the two neighbours of one that goes, which then have the same sign, the larger stays.
    private static void RemoveSmallest(List<double> extremes)
    {
        int smallest = extremes.IndexOf(extremes.MinBy(Math.Abs));
        if (smallest > 0 && smallest < extremes.Count - 1)
            extremes.RemoveAt(Math.Abs(extremes[smallest - 1]) < Math.Abs(extremes[smallest + 1]) ? smallest - 1 : smallest + 1);
        extremes.RemoveAt(extremes.IndexOf(extremes.MinBy(Math.Abs)));
    }

    public override string ToString() =>
        $"the largest error is {Writer.PowerOfTwo(Largest)}"
        + (Least > 0 ? $"; no other of this form has less than {Writer.PowerOfTwo(Least)}." : ".");
}
