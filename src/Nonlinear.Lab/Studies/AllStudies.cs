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

    /// <summary>The study that shows a claim of the guide in training, if there is one.</summary>
    public static Study? OfClaim(string claim) => List.FirstOrDefault(study => study.Claims.Contains(claim));
}
