using System.Diagnostics;
using Nonlinear.Attacks.Kills;

namespace Nonlinear.Tests;

/// <summary>What the attack that kills the tool goes by.</summary>
public class KillAttackTests
{
    [Theory]
    [InlineData("sleep 1.5", true)]
    [InlineData("ulimit -t 2; while :; do :; done", true)]
    [InlineData("sleep 0.2", false)]
    public void An_end_is_slow_if_it_idles_or_works_for_long(string command, bool isSlow)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells what threads do.");
        using Process process = Process.Start("bash", ["-c", command]);
        Assert.Equal(isSlow, TimedEnd.Of(process).IsSlow);
    }
}
