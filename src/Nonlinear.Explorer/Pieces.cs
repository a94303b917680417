namespace Nonlinear.Explorer;

/// <summary>Maxout's affine pieces of one variable.</summary>
internal static class Pieces
{
    /// <summary>The share of a stretch on which each piece is the largest; of equal ones the first, as in the library.</summary>
    public static double[] Shares(double[] slopes, double[] offsets, double from, double to)
    {
        double[] shares = new double[slopes.Length];
        for (int i = 0; i < shares.Length; i++)
        {
            (double left, double right) = (from, to);
            for (int other = 0; other < shares.Length; other++)
            {
                double steeper = slopes[i] - slopes[other], lower = offsets[other] - offsets[i];
                if (steeper > 0)
                    left = Math.Max(left, lower / steeper);
                else if (steeper < 0)
                    right = Math.Min(right, lower / steeper);
                else if (lower > 0 || (lower == 0 && other < i))
                    right = left;
            }
            shares[i] = Math.Max(0, right - left) / (to - from);
        }
        return shares;
    }
}
