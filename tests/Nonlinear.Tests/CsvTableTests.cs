using Nonlinear.Lab.Data;
using Nonlinear.Lab.Training;

namespace Nonlinear.Tests;

public sealed class CsvTableTests
{
    private const int Rows = 60;

    [Fact]
    public void Numbers_texts_missing_values_and_constants_become_inputs_or_are_left_out()
    {
        string[] colours = ["red", "green", "blue"];
        Dataset data = Read(
            i => $"{i}.5,{colours[i % 3]},{(i % 10 == 0 ? "NA" : i)},same,{(i % 2 == 0 ? "yes" : "no")},{i % 4}",
            "a,colour,b,constant,flag,y");
        Assert.Equal(["a", "colour = blue", "colour = green", "colour = red", "b", "b is missing", "flag = yes"], data.Features);
        Assert.Equal(["0", "1", "2", "3"], data.ClassNames);
        Assert.Equal([0.5f, 0, 0, 1, float.NaN, 1, 1], data.Inputs[..7]);
        Assert.Equal([0f, 1f, 2f, 3f, 0f], data.Targets[..5]);
        Assert.Contains(data.Notes, note => note.Contains("'constant' is 'same' in every row", StringComparison.Ordinal));
        Assert.Contains(data.Notes, note => note.Contains("'b' is missing in 6 rows", StringComparison.Ordinal));
    }

    [Fact]
    public void A_target_of_many_numbers_is_a_number_and_one_of_texts_or_few_numbers_a_class()
    {
        Assert.False(Read(i => $"{i},{i}.25", "x,y").IsClassification);
        Assert.Equal(["cat", "dog"], Read(i => $"{i},{(i % 2 == 0 ? "dog" : "cat")}", "x,y").ClassNames);
        Assert.False(Read(i => $"{i},{i % 4}", "x,y", LearningTask.Regression).IsClassification);
        Assert.Equal(Rows, Read(i => $"{i},{i}", "x,y", LearningTask.Classification).ClassNames.Count);
    }

    [Fact]
    public void Rows_without_a_target_are_left_out()
    {
        Dataset data = Read(i => $"{i},{(i < 5 ? "" : i % 2)}", "x,y");
        Assert.Equal(Rows - 5, data.Count);
        Assert.Contains("5 rows have no 'y'", Assert.Single(data.Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no column 'z'", "z", "x,y")]
    [InlineData("names that differ", "y", "x,x,y")]
    [InlineData("nothing to learn", "x", "x,y")]
    [InlineData("no column to learn from besides 'y'", "y", "x,y")]
    public void What_is_wrong_with_the_columns_is_said(string part, string target, string headings)
    {
        int columns = headings.Split(',').Length;
        string text = headings + "\n" + string.Concat(
            Enumerable.Range(0, Rows).Select(i => string.Join(',', Enumerable.Repeat("1", columns - 1).Append($"{i % 2}")) + "\n"));
        Refuses(part, text, target);
    }

    [Theory]
    [InlineData("at least 50", "x,y\n1,2\n2,3\n")]
    [InlineData("empty", "")]
    [InlineData("row 3: 1 fields, and there are 2 headings", "x,y\n1,2\n2,3\n4\n")]
    public void What_is_wrong_with_the_rows_is_said(string part, string text) => Refuses(part, text, "y");

    [Fact]
    public void A_column_of_names_is_refused_with_the_remedy()
    {
        string text = "name,x,y\n" + string.Concat(Enumerable.Range(0, Rows).Select(i => $"person {i},{i},{i % 2}\n"));
        Refuses("--ignore \"name\"", text, "y");
        Assert.Equal(["x"], CsvTable.Read(new StringReader(text), "t.csv", "y", ["name"], LearningTask.Automatic).Features);
    }

    [Fact]
    public void Scaling_follows_the_rows_to_learn_from_and_puts_what_is_missing_at_the_mean()
    {
        Dataset data = Read(i => $"{(i == 7 ? "?" : i)},{i * 2}.5", "x,y");
        (DataPart train, DataPart validation, DataPart test) = data.Split(1);
        Assert.Equal(data.Count, train.Count + validation.Count + test.Count);
        Assert.Equal(0, train.Targets.Average(), 1e-5);
        Assert.Equal(1, train.Targets.Average(target => target * target), 1e-5);
        // The mean of what is there is 0 by construction, and so is what was missing.
        Assert.Equal(0, Enumerable.Range(0, train.Count).Average(row => train.Inputs[row * data.Width]), 1e-5);
    }

    [Fact]
    public void Ten_seeds_judge_by_every_row_once()
    {
        Dataset data = Read(i => $"{i},{i}.25", "x,y");
        float[] judged = [.. Enumerable.Range(1, 10).SelectMany(seed =>
        {
            Scaling scaling = data.ScalingOf(seed);
            return data.Split(seed).Test.Inputs.Select(x => (float)Math.Round((x / scaling.Factors[0]) + scaling.Means[0]));
        })];
        Assert.Equal(Enumerable.Range(0, Rows).Select(i => (float)i), judged.Order());
    }

    private static Dataset Read(Func<int, string> row, string headings, LearningTask task = LearningTask.Automatic) =>
        CsvTable.Read(new StringReader(string.Join('\n', Enumerable.Range(0, Rows).Select(row).Prepend(headings))), "t.csv", "y", [], task);

    private static void Refuses(string part, string text, string target) => Assert.Contains(
        part,
        Assert.Throws<FormatException>(
            () => CsvTable.Read(new StringReader(text), "t.csv", target, [], LearningTask.Automatic)).Message,
        StringComparison.Ordinal);
}
