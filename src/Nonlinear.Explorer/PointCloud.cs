using Nonlinear.Training;

namespace Nonlinear.Explorer;

/// <summary>
/// Points of two kinds in the plane, for a network to tell apart. Sines are the library's, so that a seed gives the same points in every
/// browser.
/// </summary>
internal static class PointCloud
{
    /// <summary>The points lie between minus this and this, but for some noise.</summary>
    public const double Reach = 1.2;

    private const int Points = 200;
    private const double Noise = 0.06;

    private static readonly ElementwiseActivation Wave = Activation.Sine(omega: 1);

    private static readonly Dictionary<string, Func<RandomStream, int, double, (double X, double Y)>> Kinds = new()
    {
        ["circles"] = (random, kind, _) => OnCircle(2 * Math.PI * random.Uniform(), kind == 0 ? 1 : 0.4),
        ["moons"] = (random, kind, _) =>
        {
            (double x, double y) = OnCircle(Math.PI * random.Uniform(), 1);
            return kind == 0 ? ((0.7 * x) - 0.35, (0.7 * y) - 0.2) : (0.35 - (0.7 * x), 0.2 - (0.7 * y));
        },
        ["spirals"] = (_, kind, share) => OnCircle((kind * Math.PI) + (2 * Math.PI * share), 0.1 + share),
        ["xor"] = (random, kind, _) =>
        {
            double x = 0.1 + (0.9 * random.Uniform()), y = 0.1 + (0.9 * random.Uniform());
            bool flips = random.Uniform() < 0.5;
            return (flips ? -x : x, flips ^ (kind == 1) ? -y : y);
        },
        ["clouds"] = (random, kind, _) =>
            ((kind == 0 ? -0.45 : 0.45) + (0.25 * random.Normal()), (kind == 0 ? -0.3 : 0.3) + (0.25 * random.Normal())),
    };

    /// <summary>The names of the data sets.</summary>
    public static IReadOnlyCollection<string> Names => Kinds.Keys;

    /// <summary>The points of a data set: x and y of each, and 0 or 1 for its kind.</summary>
    public static DataPart Of(string name, int seed)
    {
        RandomStream random = new(seed, name);
        float[] places = new float[2 * Points], kinds = new float[Points];
        for (int i = 0; i < Points; i++)
        {
            int kind = i % 2;
            (double x, double y) = Kinds[name](random, kind, (double)i / Points);
            double noise = name == "spirals" ? Noise / 2 : Noise;
            places[2 * i] = (float)(x + (noise * random.Normal()));
            places[(2 * i) + 1] = (float)(y + (noise * random.Normal()));
            kinds[i] = kind;
        }
        // A network with one output takes its targets as numbers.
        return new(places, kinds, Features: 2, Classes: 0);
    }

    private static (double X, double Y) OnCircle(double angle, double radius) =>
        (radius * Wave.Forward(angle + (Math.PI / 2)), radius * Wave.Forward(angle));
}
