using Nonlinear.Attacks;
using Nonlinear.Attacks.Library;

namespace Nonlinear.Tests;

/// <summary>The library called at random; the attack itself goes on for as long as one likes.</summary>
public class LibraryAttackTests
{
    [Fact]
    public void Some_random_calls_give_what_is_promised() => Assert.True(
        new LibraryAttack(new(100, 60, 11, 0, 2, null, null, Verbose: false)).Run());
}
