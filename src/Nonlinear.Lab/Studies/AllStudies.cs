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

    /// <summary>A study by its name.</summary>
    /// <exception cref="ArgumentException">There is no such study.</exception>
    public static Study Named(string name) => List.FirstOrDefault(study => study.Name == name)
        ?? throw new ArgumentException(
            $"There is no study '{name}'; there are {string.Join(", ", List.Select(known => known.Name))}.", nameof(name));

    /// <summary>The study that shows a claim of the guide in training, if there is one.</summary>
    public static Study? OfClaim(string claim) => List.FirstOrDefault(study => study.Claims.Contains(claim));
}
