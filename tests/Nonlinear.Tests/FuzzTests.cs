using Nonlinear.Attacks.Fuzzing;

namespace Nonlinear.Tests;

/// <summary>Files and names that were damaged at random; fuzz.sh goes on for as long as one likes, and sees where it has been.</summary>
public class FuzzTests
{
    public static TheoryData<string> Targets => [.. FuzzTarget.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void What_is_damaged_gets_an_answer_or_a_sentence(string target) => Assert.Empty(
        new ByteAttack(new(2000, 10, 3, 0, 1, null, null, Verbose: false), FuzzTarget.Named(target)).Run());

    [Theory]
    [MemberData(nameof(Targets))]
    public void The_corpus_holds_what_is_read(string target)
    {
        string path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N") + FuzzTarget.Named(target).Extension);
        try
        {
            string[] kinds = [.. ByteAttack.Corpus(FuzzTarget.Named(target)).Select(input =>
            {
                File.WriteAllBytes(path, input);
                return FuzzTarget.Named(target).Of(path).Kind;
            })];
            Assert.Contains(Attacks.Outcome.Answer, kinds);
            Assert.DoesNotContain(Attacks.Outcome.Fault, kinds);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void What_says_nothing_to_a_user_is_a_fault()
    {
        Assert.Equal(Attacks.Outcome.Fault, new FuzzTarget("broken", ".txt", _ => GC.KeepAlive(Array.Empty<int>()[3])).Of("any").Kind);
        Assert.Equal(Attacks.Outcome.Fault, new FuzzTarget("broken", ".txt", _ => new List<int>().RemoveAt(3)).Of("any").Kind);
    }
}
