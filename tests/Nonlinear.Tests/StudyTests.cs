using Nonlinear.Lab.Guide.Claims;
using Nonlinear.Lab.Studies;

namespace Nonlinear.Tests;

public class StudyTests
{
    [Fact]
    public void Studies_have_names_of_their_own_and_show_claims_that_the_guide_makes()
    {
        Assert.Equal(AllStudies.List.Count, AllStudies.List.Select(study => study.Name).Distinct().Count());
        string[] claims = [.. AllClaims.List.Select(claim => claim.Id)];
        Assert.All(AllStudies.List, study => Assert.All(study.Claims, claim => Assert.Contains(claim, claims)));
        Assert.All(AllStudies.List, study => Assert.NotEmpty(study.Claims));
    }

    [Fact]
    public void Moments_of_units_are_those_worked_out_by_hand()
    {
        // Two units over three rows: 1, 2, 3 and 10, 10, 10.
        UnitMoments moments = UnitMoments.Of([1, 10, 2, 10, 3, 10], 2);
        Assert.Equal(
            (1.0 / 3, 6, 49.0 / 3),
            (moments.MeanVariance, moments.Mean, moments.Variance),
            (a, b) => Math.Abs(a.Item1 - b.Item1) + Math.Abs(a.Item2 - b.Item2) + Math.Abs(a.Item3 - b.Item3) < 1e-9);
    }

    [Fact]
    public void An_unknown_study_is_refused() =>
        Assert.Contains(
            "there are depth",
            Assert.Throws<ArgumentException>(
                () => StudyRunner.Run("deep", true, null, new("lab", 1), TestContext.Current.CancellationToken)).Message,
            StringComparison.Ordinal);
}
