using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Nonlinear.Tests;

/// <summary>What a library offers, as C# would declare it.</summary>
internal static class PublicInterface
{
    private static readonly SymbolDisplayFormat Declaration = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameOnly,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters
            | SymbolDisplayGenericsOptions.IncludeTypeConstraints
            | SymbolDisplayGenericsOptions.IncludeVariance,
        memberOptions: SymbolDisplayMemberOptions.IncludeModifiers
            | SymbolDisplayMemberOptions.IncludeType
            | SymbolDisplayMemberOptions.IncludeParameters
            | SymbolDisplayMemberOptions.IncludeRef
            | SymbolDisplayMemberOptions.IncludeConstantValue,
        parameterOptions: SymbolDisplayParameterOptions.IncludeName
            | SymbolDisplayParameterOptions.IncludeType
            | SymbolDisplayParameterOptions.IncludeDefaultValue
            | SymbolDisplayParameterOptions.IncludeModifiers,
        propertyStyle: SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        kindOptions: SymbolDisplayKindOptions.IncludeTypeKeyword,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes
            | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier
            | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    /// <summary>The libraries as the compiler sees them.</summary>
    public static Compilation Library { get; } = CSharpCompilation.Create(
        "interface",
        references:
        [
            .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(
                path => MetadataReference.CreateFromFile(path)),
        ]);

    /// <summary>Every public type with its public members, a line each.</summary>
    public static string Write(Assembly library)
    {
        StringBuilder text = new();
        foreach (IGrouping<string, INamedTypeSymbol> space in Types(library).GroupBy(type => type.ContainingNamespace.ToDisplayString()))
        {
            text.Append("namespace ").Append(space.Key).Append(";\n");
            foreach (INamedTypeSymbol type in space)
                Append(text, type);
            text.Append('\n');
        }
        return text.ToString().TrimEnd() + "\n";
    }

    /// <summary>Whether code outside the library can use a symbol.</summary>
    public static bool IsPublic(ISymbol symbol)
    {
        for (ISymbol? outer = symbol; outer is not null and not INamespaceSymbol; outer = outer.ContainingSymbol)
        {
            if (outer.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal)
                && outer is not ITypeParameterSymbol and not IParameterSymbol)
            {
                return false;
            }
        }
        return true;
    }

    private static IEnumerable<INamedTypeSymbol> Types(Assembly library) =>
        library.GetExportedTypes()
            .Where(type => !type.IsNested)
            .Select(type => Library.GetTypeByMetadataName(type.FullName!)!)
            .OrderBy(type => type.ContainingNamespace.ToDisplayString(), StringComparer.Ordinal)
            .ThenBy(type => type.Name, StringComparer.Ordinal);

    private static void Append(StringBuilder text, INamedTypeSymbol type)
    {
        string modifiers = type.TypeKind != TypeKind.Class
            ? "" : type.IsStatic ? "static " : type.IsAbstract ? "abstract " : type.IsSealed ? "sealed "
            : "";
        string[] bases =
        [
            .. type.BaseType is { SpecialType: SpecialType.None } parent && type.TypeKind == TypeKind.Class ? (string[])[
                parent.ToDisplayString(Declaration)] : [],
            .. type.Interfaces.Where(face => !IsOfEveryRecord(type, face)).Select(
                face => face.ToDisplayString(Declaration).Replace("interface ", "", StringComparison.Ordinal)),
        ];
        string inherited = string.Join(", ", bases.Select(name => name.Replace("class ", "", StringComparison.Ordinal)));
        text.Append('\n').Append(modifiers).Append(type.ToDisplayString(Declaration));
        text.Append(inherited.Length == 0 ? "" : $" : {inherited}").Append('\n');
        IEnumerable<ISymbol> members = type.GetMembers().Where(IsShown)
            .OrderBy(Rank)
            .ThenBy(member => (member as IFieldSymbol)?.ConstantValue as int?)
            .ThenBy(member => member.Name, StringComparer.Ordinal);
        foreach (ISymbol member in members)
            text.Append("    ").Append(Declare(member)).Append('\n');
    }

    // The compiler's own text leaves out what every member of an interface is.
    private static string Declare(ISymbol member) => member switch
    {
        IFieldSymbol { ContainingType.TypeKind: TypeKind.Enum } value => $"{value.Name} = {value.ConstantValue}",
        { ContainingType.TypeKind: TypeKind.Interface } =>
            $"{(member.IsStatic ? "static " : "")}{(member.IsAbstract ? "abstract" : "virtual")} {member.ToDisplayString(Declaration)}",
        _ => member.ToDisplayString(Declaration),
    };

    // What a record brings by itself says nothing.
    private static bool IsShown(ISymbol member) =>
        IsPublic(member)
        && member is not IMethodSymbol { MethodKind: MethodKind.PropertyGet or MethodKind.PropertySet }
        && !(member is IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters.Length: 0 } && member.ContainingType.IsValueType)
        && !member.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == nameof(CompilerGeneratedAttribute));

    private static bool IsOfEveryRecord(INamedTypeSymbol type, INamedTypeSymbol face) =>
        face.Name == "IEquatable" && type.GetMembers("<Clone>$").Length + type.GetMembers("PrintMembers").Length > 0;

    private static int Rank(ISymbol member) => member switch
    {
        IFieldSymbol => 0,
        IMethodSymbol { MethodKind: MethodKind.Constructor } => 1,
        IPropertySymbol => 2,
        IMethodSymbol { MethodKind: MethodKind.UserDefinedOperator or MethodKind.Conversion } => 4,
        _ => 3,
    };
}
