using Nonlinear.Lab.Data;
using Nonlinear.Lab.Data.Tables;
using Nonlinear.Training;

namespace Nonlinear.Tests;

/// <summary>Tables become what their owners mean.</summary>
public sealed class TableTests
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
        Assert.Equal([0.5, 0, 0, 1, double.NaN, 1, 1], Enumerable.Range(0, 7).Select(i => Math.Round(data.Value(0, i), 5)));
        Assert.Equal([0f, 1f, 2f, 3f, 0f], data.Targets[..5]);
        Assert.Contains(data.Notes, note => note.English.Contains("'constant' is 'same' in every row", StringComparison.Ordinal));
        Assert.Contains(data.Notes, note => note.English.Contains("'b' is missing in 6 rows", StringComparison.Ordinal));
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
        Assert.Equal(
            ["5 rows have no 'y' and are left out.", "Read as missing: empty fields (5). --missing names other texts."],
            data.Notes.Select(note => note.English));
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
    [InlineData("row 3: 1 field, and there are 2 headings", "x,y\n1,2\n2,3\n4\n")]
    public void What_is_wrong_with_the_rows_is_said(string part, string text) => Refuses(part, text, "y");

    [Fact]
    public void A_column_of_names_is_refused_with_the_remedy()
    {
        string text = "name,x,y\n" + string.Concat(Enumerable.Range(0, Rows).Select(i => $"person {i},{i},{i % 2}\n"));
        Refuses("--ignore \"name\"", text, "y");
        Assert.Equal(["x"], Read(text, new("y") { Ignored = ["name"] }).Features);
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

    [Fact]
    public void Large_numbers_keep_what_they_differ_by()
    {
        // Times in milliseconds: a float has 24 bits, and these need 41.
        Dataset data = Read(i => $"{1_700_000_000_000 + (i * 1000)},{1_700_000_000_000 + (i * 7)}", "x,y", LearningTask.Regression);
        (DataPart train, _, _) = data.Split(1);
        Assert.Equal(1, train.Inputs.Average(x => (double)x * x), 1e-4);
        Assert.Equal(1, train.Targets.Average(y => (double)y * y), 1e-4);
        Assert.Equal(train.Count, train.Inputs.Distinct().Count());
        Assert.Equal(1_700_000_007_000, data.Value(7, 0), 0.01);
        Scaling scaling = data.ScalingOf(1);
        Assert.InRange(scaling.TargetMean, 1_700_000_000_000, 1_700_000_000_000 + (7.0 * Rows));
    }

    [Fact]
    public void What_a_float_cannot_show_is_said()
    {
        // One value far from all others leaves no digits for them.
        Dataset data = Read(i => $"{(i == 3 ? "1e30" : $"{i}")},{i % 2}", "x,y");
        Assert.Contains(data.Notes, note => note.English.Contains("'x' spreads further than floats can show", StringComparison.Ordinal));
        // Beyond 2^53 not even doubles differ.
        data = Read(i => $"{9_007_199_254_740_992_000L + i},{i % 2}", "x,y");
        Assert.Contains(data.Notes, note => note.English.Contains("beyond 2^53", StringComparison.Ordinal));
    }

    [Fact]
    public void A_hash_is_data_and_blank_lines_are_nothing()
    {
        Dataset data = Read(i => $"{(i % 2 == 0 ? "#ff0000" : "red")},{i},{i % 2}", "colour,x,y");
        Assert.Equal((Rows, "colour = red"), (data.Count, data.Features[0]));
        string text = "x,y\n" + string.Concat(Enumerable.Range(0, Rows).Select(i => $"{i},{i % 2}\n"));
        Assert.Equal((Rows, 0), (Read(text + "\n  \n").Count, Read(text + "\n").Notes.Count));
        Assert.Contains(
            "1 line is empty",
            Assert.Single(Read(text.Replace("\n7,1\n", "\n7,1\n\n", StringComparison.Ordinal)).Notes).English,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_that_are_the_same_number_are_one_class()
    {
        Dataset data = Read(i => $"{i},{(i % 4) switch { 0 => "1", 1 => "1.0", 2 => "0", _ => "0.00" }}", "x,y");
        Assert.Equal(["0", "1"], data.ClassNames);
        Assert.Equal([30, 30], data.ClassCounts);
        Assert.Contains(data.Notes, note => note.English.Contains("'1' and '1.0' are one class", StringComparison.Ordinal));
    }

    [Fact]
    public void A_class_called_None_is_asked_about_and_kept()
    {
        string Row(int i) => $"{i},{(i % 3 == 0 ? "None" : "Severe")}";
        Dataset data = Read(Row, "x,y");
        Assert.Equal((Rows, "None", "Severe"), (data.Count, data.ClassNames[0], data.ClassNames[1]));
        Assert.Contains("'None' in 20 rows. Is that a class?", Assert.Single(data.Notes).English, StringComparison.Ordinal);
        Refuses("'Severe' in every row", Text(Row, "x,y"), "y", ["None"]);
        // Among numbers NA says that nothing is known.
        data = Read(i => $"{i},{(i < 4 ? "NA" : $"{i % 2}")}", "x,y");
        Assert.Equal((Rows - 4, 2), (data.Count, data.ClassNames.Count));
        Assert.Contains(data.Notes, note => note.English.Contains("'NA' (4)", StringComparison.Ordinal));
    }

    [Fact]
    public void What_counts_as_missing_can_be_set()
    {
        string text = Text(i => $"{(i < 6 ? "-999.0" : $"{i}")},{i % 2}", "x,y");
        Assert.Equal(["x"], Read(text).Features);
        Dataset data = Read(text, new("y") { Missing = ["-999", "?"] });
        Assert.Equal(["x", "x is missing"], data.Features);
        Assert.Contains(data.Notes, note => note.English.Contains("'-999.0' (6)", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{0},5", "decimal commas", 3.5)]
    [InlineData("1.{0}00,25", "decimal commas", 1300.25)]
    [InlineData("{0},000.5", "for people", 3000.5)]
    [InlineData("${0}.25", "for people", 3.25)]
    [InlineData("EUR {0},50", "decimal commas", 3.5)]
    [InlineData("{0}.5 %", "percent", 3.5)]
    [InlineData("(${0}.5)", "for people", -3.5)]
    public void Numbers_are_read_as_people_write_them(string format, string note, double third)
    {
        Dataset data = Read(
            Text(i => $"{string.Format(System.Globalization.CultureInfo.InvariantCulture, format, (i % 9) + 1)};{i % 2}", "x;y"));
        Assert.Equal(third, data.Value(2, 0), 1e-3);
        Assert.Contains(data.Notes, sentence => sentence.English.Contains(note, StringComparison.Ordinal));
    }

    [Fact]
    public void Numbers_that_could_be_read_either_way_are_asked_about_unless_others_tell()
    {
        string text = Text(i => $"{i + 1},234;{i % 2}", "x;y");
        Refuses("--decimal comma or --decimal point", text, "y");
        Assert.Equal(3.234, Read(text, new("y") { DecimalComma = true }).Value(2, 0), 1e-3);
        Assert.Equal(3234, Read(text, new("y") { DecimalComma = false }).Value(2, 0), 1e-2);
        Assert.Equal(3.234, Read(Text(i => $"{i + 1},234;0,{i + 1};{i % 2}", "x;z;y")).Value(2, 0), 1e-3);
        // A column of plain numbers stays one where the file has decimal points.
        Assert.Equal(3.234, Read(Text(i => $"{i + 1}.234;0.{i + 1};{i % 2}", "x;z;y")).Value(2, 0), 1e-3);
    }

    [Fact]
    public void Dates_become_parts_or_are_refused()
    {
        DateTime first = new(2024, 1, 30, 0, 0, 0, DateTimeKind.Utc);
        Dataset data = Read(i => $"{first.AddDays(i):yyyy-MM-dd},{i % 2}", "d,y");
        Assert.Equal(["d: month", "d: weekday"], data.Features);
        Assert.Equal((1, 2), (Math.Round(data.Value(0, 0)), Math.Round(data.Value(0, 1))));
        Assert.Equal(["d: year"], Read(i => $"Jan 1 {1970 + i},{i % 2}", "d,y").Features);
        data = Read(i => $"{first.AddHours(7 * i):yyyy-MM-ddTHH:mm:ss},{i % 2}", "d,y");
        Assert.Equal(["d: month", "d: weekday", "d: hour"], data.Features);
        // The 4th of March or the 3rd of April.
        Refuses("the day or the month may come first", Text(i => $"{(i % 12) + 1}/{((i + 3) % 12) + 1}/2024,{i % 2}", "d,y"), "y");
        Assert.Equal(["d: month", "d: weekday"], Read(i => $"{first.AddDays(i):M'/'d'/'yyyy},{i % 2}", "d,y").Features);
    }

    [Fact]
    public void The_index_of_pandas_and_the_row_names_of_R_are_left_out()
    {
        foreach (string headings in (string[])[",x,y", "Unnamed: 0,x,y"])
        {
            Dataset data = Read(i => $"{2 * i},{i % 7},{i % 2}", headings);
            Assert.Equal("x", Assert.Single(data.Features));
            Assert.Contains("pandas", Assert.Single(data.Notes).English, StringComparison.Ordinal);
        }
        // Who leaves it out by name, as before, is not refused.
        string text = Text(i => $"{i},{i % 7},{i % 2}", "Unnamed: 0,x,y");
        Assert.Equal(["x"], Read(text, new("y") { Ignored = ["Unnamed: 0"] }).Features);
        Assert.Equal(["x"], Read(i => $"Mazda {i},{i % 7},{i % 2}", "x,y").Features);
        Assert.Equal(["x"], Read(i => $"{i % 7},{i % 2},", "x,y").Features);
    }

    [Fact]
    public void One_bad_value_is_named_with_its_row_and_column()
    {
        string text = Text(i => $"{(i == 11 ? "inf" : $"{i}.5")},{i % 2}", "x,y");
        Refuses("Column 'x' is one of numbers, and row 12 has 'inf', which is not finite", text, "y");
        Refuses("row 12 has 'o.5', which is no number", text.Replace("inf", "o.5", StringComparison.Ordinal), "y");
        Refuses("The target 'x' is one of numbers, and row 12 has 'inf'", text, "x");
    }

    [Fact]
    public void All_bad_columns_are_named_at_once_and_ignored_by_comma_and_pattern()
    {
        string text = Text(i => $"a{i},b{i},{i % 5},c{i},{i % 2}", "n1,n2,x,\"street, no\",y");
        FormatException refused = Assert.Throws<FormatException>(() => Read(text));
        Assert.StartsWith("3 columns cannot be inputs: 'n1' holds texts such as 'a0'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--ignore \"n1\" --ignore \"n2\" --ignore \"street, no\"", refused.Message, StringComparison.Ordinal);
        foreach (string[] ignored in (string[][])[["n1,n2", "street, no"], ["n?", "street*"], ["n*,str*"]])
            Assert.Equal(["x"], Read(text, new("y") { Ignored = ignored }).Features);
        Assert.Contains(
            "no column 'm*'",
            Assert.Throws<FormatException>(() => Read(text, new("y") { Ignored = ["m*"] })).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Files_of_scikit_learn_are_read_as_they_are()
    {
        string rows = string.Concat(Enumerable.Range(0, Rows).Select(i => $"{i}.1,3.{i},{i % 3}\n"));
        // Without a name, by the format's name, and by what stands above the column.
        foreach (string? target in (string?[])[null, "target", "setosa"])
        {
            Dataset iris = Read($"{Rows},2,setosa,versicolor,virginica\n{rows}", new(target));
            Assert.Equal(["setosa", "versicolor", "virginica"], iris.ClassNames);
            Assert.Equal((Rows, "column 1", "column 2"), (iris.Count, iris.Features[0], iris.Features[1]));
        }
        Dataset boston = Read($"{Rows},2,\n\"CRIM\",\"ZN\",\"MEDV\"\n{rows}", new("MEDV"));
        Assert.Equal((Rows, "CRIM", "ZN"), (boston.Count, boston.Features[0], boston.Features[1]));
        Dataset digits = Read(rows.Replace(',', ' '), new("column 3"));
        Assert.Equal((Rows, 3), (digits.Count, digits.ClassNames.Count));
    }

    private static Dataset Read(Func<int, string> row, string headings, LearningTask task = LearningTask.Automatic) =>
        Read(Text(row, headings), new("y") { Task = task });

    private static Dataset Read(string text) => Read(text, new TableOptions("y"));

    private static Dataset Read(string text, TableOptions options) => TableReader.Read(DelimitedTable.Read(text, "t.csv"), options);

    private static string Text(Func<int, string> row, string headings) =>
        string.Join('\n', Enumerable.Range(0, Rows).Select(row).Prepend(headings));

    private static void Refuses(string part, string text, string target, string[]? missing = null) => Assert.Contains(
        part,
        Assert.Throws<FormatException>(() => Read(text, new(target) { Missing = missing })).Message,
        StringComparison.Ordinal);
}
