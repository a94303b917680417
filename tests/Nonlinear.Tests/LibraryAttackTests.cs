using Nonlinear.Attacks;
using Nonlinear.Attacks.Library;

namespace Nonlinear.Tests;

/// <summary>The library called at random; the attack itself goes on for as long as one likes.</summary>
public class LibraryAttackTests
{
    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(14)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(18)]
    public void Some_random_calls_give_what_is_promised(int seed) => Assert.True(
        new LibraryAttack(new(100, 60, seed, 0, 2, null, null, Verbose: false)).Run());
}
