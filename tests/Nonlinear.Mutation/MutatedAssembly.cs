namespace Nonlinear.Mutation;

/// <summary>The only test that Stryker runs: it keeps the assembly into which Stryker has put all mutants.</summary>
public class MutatedAssembly
{
    [Fact]
    public void Is_kept()
    {
        // Without a mutant that is reached Stryker takes its measure of what tests reach for broken.
        Assert.Equal("relu", Activation.Parse("relu").ToString());
        if (Environment.GetEnvironmentVariable("NONLINEAR_KEEP_MUTANTS") is { } kept)
            MutantSwitch.Build(typeof(Activation).Assembly.Location, kept);
    }
}
