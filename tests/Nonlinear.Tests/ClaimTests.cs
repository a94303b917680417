using Nonlinear.Lab.Guide.Claims;

namespace Nonlinear.Tests;

public class ClaimTests
{
    public static TheoryData<string> Ids => [.. AllClaims.List.Select(claim => claim.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_measurement_supports_the_verdict(string id)
    {
        Evidence evidence = AllClaims.List.Single(claim => claim.Id == id).Measure();
        string unmet = string.Join(
            "; ", evidence.Expectations.Where(expectation => !expectation.Met).Select(expectation => expectation.Condition));
        Assert.True(evidence.Supports, $"{id}: not met: {unmet}. Measured: {evidence.Finding.English}");
        TestContext.Current.TestOutputHelper?.WriteLine($"{evidence.Finding.English}\n{evidence.Finding.Chinese}");
    }

    [Fact]
    public void Evidence_without_a_met_condition_supports_nothing()
    {
        Evidence none = Evidence.Found($"found", $"found");
        Assert.False(none.Supports);
        Assert.False(none.Expect(true).Expect(1 > 2).Supports);
        Assert.True(none.Expect(true).Supports);
    }

    [Fact]
    public void Every_claim_has_a_name_of_its_own_and_is_about_functions_of_the_catalogue()
    {
        Assert.Distinct(AllClaims.List.Select(claim => claim.Id));
        Assert.All(AllClaims.List.SelectMany(claim => claim.About), name => Assert.Contains(name, Catalog.All.Select(info => info.Name)));
    }
}
