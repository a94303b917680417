namespace Nonlinear.Lab.Data.Tables;

/// <summary>The column to predict, as numbers or as classes.</summary>
/// <param name="Rows">The rows that have a value.</param>
/// <param name="Numbers">The number or the class of each of these rows.</param>
/// <param name="Classes">The names of the classes; none if they are numbers.</param>
internal sealed record TargetColumn(IReadOnlyList<int> Rows, double[] Numbers, IReadOnlyList<string> Classes)
{
    private const int MostClasses = 100, MostCategories = ColumnReader.MostCategories;

    /// <summary>Reads the column.</summary>
    /// <param name="reader">Reads columns.</param>
    /// <param name="missing">Which texts say that nothing is there.</param>
    /// <param name="heading">Its name.</param>
    /// <param name="texts">Its texts.</param>
    /// <param name="options">What was asked.</param>
    /// <param name="given">The names of the classes 0, 1, … if the file has them.</param>
    /// <param name="notes">Receives what is to be said about it.</param>
    /// <exception cref="FormatException">It cannot be predicted; the message says why.</exception>
    public static TargetColumn Of(
        ColumnReader reader,
        MissingTexts missing,
        string heading,
        string[] texts,
        TableOptions options,
        IReadOnlyList<string> given,
        List<Text> notes)
    {
        double[]? numbers = reader.Numbers(heading, texts, out NumberNotation notation, out ColumnProblem? problem);
        if (numbers is null && problem is not null && options.Task != LearningTask.Classification)
            throw new FormatException(
                $"The target '{heading}' {problem.Why}{(problem.Remedy is { } remedy ? $"; {remedy}" : "")}.");
        // Among numbers NA says that nothing is there; among texts it is a class of that name.
        int[] rows =
        [
            .. Enumerable.Range(0, texts.Length)
                .Where(row => numbers is null ? !missing.Always(texts[row]) : !double.IsNaN(numbers[row])),
        ];
        foreach (int row in Enumerable.Range(0, texts.Length).Except(rows))
            missing.Count(texts[row]);
        int without = texts.Length - rows.Length;
        if (without > 0)
            notes.Add(new(
                $"{without} {(without == 1 ? "row has" : "rows have")} no '{heading}' and {(without == 1 ? "is" : "are")} left out.",
                $"{without} 行没有“{heading}”，已略去。"));
        if (numbers is null)
            AskAboutWords(missing, heading, texts, rows, notes);
        if (rows.Length > 0 && ColumnReader.Categories(rows.Select(row => texts[row]).Distinct(StringComparer.Ordinal)).Count == 1)
            throw new FormatException($"The target '{heading}' is '{texts[rows[0]]}' in every row; there is nothing to learn.");
        double[] present = numbers is null ? [] : [.. rows.Select(row => numbers[row])];
        int different = present.Distinct().Take(MostCategories + 1).Count();
        bool few = different <= MostCategories && present.All(double.IsInteger);
        if (options.Task == LearningTask.Regression || (options.Task == LearningTask.Automatic && numbers is not null && !few))
        {
            if (numbers is null)
                throw new FormatException(
                    $"The target '{heading}' has the value '{rows.Select(row => texts[row]).First(text => !IsNumber(text))}', which is no "
                    + "number; leave out --task regression to predict classes.");
            if (!notation.IsPlain)
                notes.Add(Notes.Written(heading, notation, texts[rows[0]], present[0]));
            return new(rows, present, []);
        }
        return OfClasses(heading, texts, rows, given, options, notes);
    }

    private static bool IsNumber(string text) => !double.IsNaN(NumberNotation.ParsePlain(text));

    private static void AskAboutWords(MissingTexts missing, string heading, string[] texts, int[] rows, List<Text> notes)
    {
        foreach (IGrouping<string, int> word in rows.Where(row => missing.IsWord(texts[row])).GroupBy(row => texts[row]))
            notes.Add(new(
                $"'{heading}' reads '{word.Key}' in {word.Count()} rows. Is that a class? It is taken for one here; if it means that "
                + $"nothing is known, add --missing \"{word.Key}\", which leaves these rows out.",
                $"“{heading}”在 {word.Count()} 行中为“{word.Key}”。这是一个类别吗？这里把它当作类别；"
                + $"若它表示未知，请加上 --missing \"{word.Key}\"，即可略去这些行。"));
    }

    private static TargetColumn OfClasses(
        string heading, string[] texts, int[] rows, IReadOnlyList<string> given, TableOptions options, List<Text> notes)
    {
        IReadOnlyList<IReadOnlyList<string>> categories =
            ColumnReader.Categories(rows.Select(row => texts[row]).Distinct(StringComparer.Ordinal));
        if (categories.Count > MostClasses)
            throw new FormatException(
                $"The target '{heading}' has {categories.Count} different values, such as '{categories[0][0]}'; "
                + $"{MostClasses} classes are the most. Is it the right column?");
        bool numbers = categories.All(category => IsNumber(category[0]));
        categories = numbers
            ? [.. categories.OrderBy(category => NumberNotation.ParsePlain(category[0]))]
            : [.. categories.OrderBy(category => category[0], StringComparer.Ordinal)];
        foreach (IReadOnlyList<string> spelled in categories.Where(category => category.Count > 1))
            notes.Add(new(
                $"'{heading}': {string.Join(" and ", spelled.Select(text => $"'{text}'"))} are one class.",
                $"“{heading}”：{string.Join('与', spelled.Select(text => $"“{text}”"))}是同一类别。"));
        if (categories.GroupBy(category => category[0], StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1)
            is { } alike)
            notes.Add(new(
                $"'{heading}': {string.Join(" and ", alike.Select(category => $"'{category[0]}'"))} differ in case only and are different "
                + "classes here.",
                $"“{heading}”：{string.Join('与', alike.Select(category => $"“{category[0]}”"))}仅大小写不同，这里是不同的类别。"));
        if (numbers && options.Task == LearningTask.Automatic && categories.Count > 2 && given.Count == 0)
            notes.Add(new(
                $"'{heading}' has {categories.Count} different whole numbers, which are read as classes; --task regression reads "
                + "them as numbers.",
                $"“{heading}”有 {categories.Count} 个不同的整数，已读作类别；用 --task regression 可读作数。"));
        Dictionary<string, int> labels = new(StringComparer.Ordinal);
        for (int i = 0; i < categories.Count; i++)
        {
            foreach (string spelling in categories[i])
                labels.Add(spelling, i);
        }
        string[] names = [.. categories.Select(category => category[0])];
        bool fits = given.Count > 0 && numbers
            && names.All(name => NumberNotation.ParsePlain(name) is var label && double.IsInteger(label)
                && label >= 0 && label < given.Count);
        return new(
            rows,
            [.. rows.Select(row => (double)labels[texts[row]])],
            fits ? [.. names.Select(name => given[(int)NumberNotation.ParsePlain(name)])] : names);
    }
}
