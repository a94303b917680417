namespace Nonlinear.Lab.Studies;

/// <summary>Every study of the lab. One more study is one more line here.</summary>
internal static class AllStudies
{
    /// <summary>The studies.</summary>
    public static IReadOnlyList<Study> List { get; } =
    [
        new DepthStudy(),
        new DeadStudy(),
        new SelfNormalisingStudy(),
        new LearnedStudy(),
        new PublishedStudy(),
        new CostStudy(),
    ];
}
