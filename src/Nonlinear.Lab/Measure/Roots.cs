namespace Nonlinear.Lab.Measure;

/// <summary>Closes in on a change between two points.</summary>
internal static class Roots
{
    /// <summary>The last point at which a condition is as it is at the left end, to the last bit.</summary>
    public static double Bisect(Func<double, bool> condition, double left, double right)
    {
        bool atLeft = condition(left);
        for (int halvings = 0; halvings < 1100; halvings++)
        {
            double middle = left + ((right - left) / 2);
            if (middle == left || middle == right)
                break;
            (left, right) = condition(middle) == atLeft ? (middle, right) : (left, middle);
        }
        return left;
    }
}
