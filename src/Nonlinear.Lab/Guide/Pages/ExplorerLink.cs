using System.Xml.Linq;
using static Nonlinear.Lab.Markup.Html;

namespace Nonlinear.Lab.Guide.Pages;

/// <summary>Links to the explorer's page, where the guide is served along with it.</summary>
internal static class ExplorerLink
{
    /// <summary>The link to the explorer as it begins, in the language of the edition; nothing where there is no explorer.</summary>
    public static XElement? ToPage(Edition edition) =>
        edition.Explorer is null ? null : Link($"{edition.Explorer}#{Language(edition)}", edition[Phrases.Explorer]);

    /// <summary>A paragraph with the link to a function in the explorer; nothing where there is no explorer.</summary>
    public static XElement? ToFunction(Edition edition, Activation activation)
    {
        if (edition.Explorer is null)
            return null;
        string address = $"{edition.Explorer}#{Place(activation)}&{Language(edition)}";
        return Classed("p", "live", Link(address, edition.Fill(Phrases.ExploreIt, activation.Info.Title)));
    }

    // The panel that draws it.
    private static string Place(Activation activation) => activation switch
    {
        ElementwiseActivation => $"f={activation.Info.Name}",
        PooledActivation => "tab=maxout",
        GatedActivation => $"tab=gates&unit={activation.Info.Name}",
        _ => $"tab=softmax&vector={activation.Info.Name}",
    };

    private static string Language(Edition edition) => $"lang={edition.Language.Folder}";
}
