namespace Nonlinear.Constants;

/// <summary>
/// Coefficients that were found by a search whose every step is no longer known. They stand here and nowhere else; how good they are is
/// computed anew whenever the constants are written.
/// </summary>
internal static class Found
{
    /// <summary>Whether Sollya is to find its coefficients again.</summary>
    public static bool WithSollya { get; set; }

    public static double[] LogSeries { get; } =
    [
        0.6666666666666666, 0.40000000000005326, 0.28571428569168367, 0.22222222656631382,
        0.1818177361510572, 0.1538722014633774, 0.1324655029735495, 0.13288083644585694,
    ];

    public static double[] ShortTailFactor { get; } =
    [
        0.07978841123061829, 0.07979013086103688, 0.07656820532975317, 0.0705137443634035,
        0.058886882043334275, 0.06077172542877978, -0.004603437367201534, 0.14888377182674123,
        -0.2610439908571345, 0.48116849683737806, -0.6164968856413722, 0.5958543847254415,
        -0.4118524893470049, 0.18297368498092004, -0.04628925687123993, 0.00508662245651661,
    ];

    public static double[] LongTailFactor { get; } =
    [
        0.16303423656244798, 0.13422237327734318, 0.09496998203232516, 0.057812082026743775,
        0.030136177041167656, 0.013293205273324286, 0.00484660654283865, 0.0013927178018704569,
        0.00028043074534646486, 2.2716663955040047e-05, -7.547063305289612e-06, -2.956755467641252e-06,
        -1.8818070349858873e-07, 1.3887614779215123e-07, 3.227822772000268e-08, -4.798518950670397e-09,
        -2.613070524536789e-09, 1.1788762578255687e-10, 1.817676454274876e-10, -9.354856052655113e-13,
        -9.392030594565928e-12,
    ];

    public static double[] SloppyTailDerivative { get; } = [-0.09677998, 0.02841718, 0.08718204, -0.1326369, 0.08603467, -0.021627];

    public static float[] FloatTailNumerator { get; } = [0.532083333f, 0.466418147f, 0.194992185f, 0.0432403386f, 0.004380411f];

    public static float[] FloatTailDenominator { get; } =
        [1.06416667f, 1.78191888f, 1.27966154f, 0.499593556f, 0.108394317f, 0.0109799346f];

    public static float[] FloatSiluSeries { get; } = [0.217811704f, 0.14664875f, 0.0188745074f, -0.015216805f, -0.0065715611f];

    /// <summary>What the float nearest to 1/√(2π) leaves, to three digits: results of the fast tier hang on the others.</summary>
    public static float InverseSqrtTwoPiLow => -1.13397014e-08f;

    /// <summary>The coefficients that Sollya's fpminimax finds, or those of the library where it is not to be asked.</summary>
    public static double[] BySollya(string name, string call, int lowest = 0) =>
        WithSollya ? Sollya.Coefficients(call, lowest) : Committed.Coefficients(name);
}
