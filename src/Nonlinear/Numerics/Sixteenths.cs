namespace Nonlinear.Numerics;

/// <summary>The sixteenth roots of 2 as floats: lanes look them up, wide ones by permuting registers.</summary>
internal static class Sixteenths
{
    /// <summary>The bits of 2^(j/16), rounded, less 1.0's and less those that j brings along when it is shifted to the exponent's end.</summary>
    public static ReadOnlySpan<int> Powers =>
    [
        0, -152893, -289342, -408621, -509968, -592590, -655657, -698305,
        -719629, -718684, -694486, -646004, -572163, -471841, -343865, -187011,
    ];

    /// <summary>What the logarithm of the rounded power falls short of j log(2) / 16 by.</summary>
    public static ReadOnlySpan<float> Corrections =>
    [
        0, 4.6285471455576044e-08f, -1.199215748926008e-08f, 4.7297820771063925e-08f,
        3.1934181521364735e-08f, 3.621057231839586e-08f, -3.0990722876822474e-08f, -7.475213337215791e-09f,
        1.7114270889351246e-08f, -3.047683350132502e-08f, 5.233334210430485e-09f, 6.10759176566944e-09f,
        -1.4719605978541495e-08f, -5.258795177098818e-09f, -6.128259677495862e-09f, 5.140609271592211e-09f,
    ];
}
