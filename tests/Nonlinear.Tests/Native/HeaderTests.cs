using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Nonlinear.Native.Boundary;
using Nonlinear.Native.Exports;

namespace Nonlinear.Tests.Native;

/// <summary>nonlinear.h says what the native library has: the same functions, parameters, numbers.</summary>
public partial class HeaderTests
{
    private static readonly string Header =
        File.ReadAllText(Path.Combine(FolderGraph.Root, "src", "Nonlinear.Native", "nonlinear.h"));

    // The header without what it says in words.
    private static readonly string Code = Comments().Replace(Header, "");

    private static readonly Dictionary<Type, string> InC = new()
    {
        [typeof(int)] = "int32_t",
        [typeof(long)] = "int64_t",
        [typeof(ulong)] = "nl_activation",
        [typeof(void*)] = "void *",
        [typeof(byte*)] = "char *",
        [typeof(int*)] = "int32_t *",
        [typeof(long*)] = "int64_t *",
        [typeof(double*)] = "double *",
        [typeof(ulong*)] = "nl_activation *",
    };

    /// <summary>Every entry point of the library, as C would declare it but for const.</summary>
    private static IEnumerable<string> Exported => typeof(LibraryExports).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
        .Select(method => (Method: method, Name: method.GetCustomAttribute<UnmanagedCallersOnlyAttribute>()?.EntryPoint))
        .Where(pair => pair.Name is not null)
        .Select(pair => pair.Name == "RegisterCustomOps" ? pair.Name! : Prototype(pair.Method, pair.Name!));

    [Fact]
    public void Every_entry_point_is_declared_as_it_is_and_nothing_else()
    {
        string[] declared =
        [
            .. Prototypes().Matches(Code).Select(match => match.Groups["name"].Value == "RegisterCustomOps"
                ? "RegisterCustomOps"
                : Plain(match.Value)),
        ];
        Assert.True(declared.Length > 20, Code);
        Assert.Equal(Exported.Order(StringComparer.Ordinal), declared.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Numbers_have_the_same_names_and_values()
    {
        Dictionary<string, int> declared = Constants().Matches(Code)
            .ToDictionary(match => match.Groups[1].Value, match => int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));
        Dictionary<string, int> meant = new[]
        {
            Values<Status>(), Values<ElementType>(), Values<Kind>(), Values<Tier>(), Values<GateLayout>(),
        }.SelectMany(values => values).ToDictionary();
        Assert.Equal(meant.OrderBy(pair => pair.Key, StringComparer.Ordinal), declared.OrderBy(pair => pair.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void The_version_is_that_of_the_library() =>
        Assert.Contains(FormattableString.Invariant($"#define NL_VERSION {LibraryExports.Version}\n"), Header, StringComparison.Ordinal);

    // A comment stands before every function.
    [Fact]
    public void Every_function_is_explained() =>
        Assert.All(Prototypes().Matches(Code), match => Assert.Matches(
            new Regex(@"\*/\n[^\n;/]*\b" + match.Groups["name"].Value + @"\("), Header));

    private static IEnumerable<KeyValuePair<string, int>> Values<T>()
        where T : struct, Enum => Enum.GetValues<T>().Select(value => new KeyValuePair<string, int>(
            "NL_" + Capitals().Replace(value.ToString(), "_$1").ToUpperInvariant().Replace("B_FLOAT", "BFLOAT", StringComparison.Ordinal),
            Convert.ToInt32(value, CultureInfo.InvariantCulture)));

    private static string Prototype(MethodInfo method, string name)
    {
        IEnumerable<string> parameters = method.GetParameters()
            .Select(parameter => InC[parameter.ParameterType] + (parameter.ParameterType.IsPointer ? "" : " ") + parameter.Name);
        string list = string.Join(", ", parameters);
        return $"{InC[method.ReturnType]} {name}({(list.Length == 0 ? "void" : list)});";
    }

    // One space between words, no const, and numbers by whatever name as what they are.
    private static string Plain(string prototype)
    {
        string plain = Spaces().Replace(prototype, " ").Replace("const ", "", StringComparison.Ordinal)
            .Replace("( ", "(", StringComparison.Ordinal).Trim();
        return Numbers().Replace(plain, "int32_t");
    }

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comments();

    [GeneratedRegex(@"[a-zA-Z_0-9]+[ a-zA-Z_0-9]* \*?(?<name>nl_[a-z_]+|RegisterCustomOps)\([^;{]*\);")]
    private static partial Regex Prototypes();

    [GeneratedRegex(@"(NL_[A-Z_0-9]+) = (\d+)")]
    private static partial Regex Constants();

    [GeneratedRegex("(?<=[a-z0-9])([A-Z])")]
    private static partial Regex Capitals();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\bnl_(status|type|tier|layout|kind)\b")]
    private static partial Regex Numbers();
}
