using System.Xml.Linq;
using Nonlinear.Lab.Figures;
using Nonlinear.Lab.Markup;
using Nonlinear.Lab.Names;

namespace Nonlinear.Lab.Guide.Pages;

/// <summary>
/// The guide's large figures: one for each function, the two sheets, and one for each trap, as SVG for the pages and as PNG to take along.
/// Each language has its own.
/// </summary>
internal static class GuideFigures
{
    /// <summary>The figures' number in a language.</summary>
    public static int Count => Catalog.Defaults.Count + 2 + Traps.All.Count(trap => trap.Drawn is not null);

    /// <summary>The folder of the figures, beside the pages.</summary>
    public const string Folder = "figures";

    /// <summary>The files' name, without extension, of the sheet of all functions.</summary>
    public const string Functions = "functions";

    /// <summary>The files' name, without extension, of the sheet of all derivatives.</summary>
    public const string Derivatives = "derivatives";

    /// <summary>A figure on a page, with its caption.</summary>
    public static XElement On(Edition edition, string name, string caption) =>
        Picture.Of($"{Folder}/{name}", caption, edition[PageWords.AsPng]);

    /// <summary>Draws and writes the figures of some functions, and those of all, in the language of the pages.</summary>
    public static void Write(PageFolder folder, Language language, IEnumerable<Activation> functions, Action<string> done)
    {
        FigureSettings settings = FigureSettings.In(FigureLook.LanguageFor(language));
        foreach (Activation activation in functions)
            Write(activation.Info.Name, () => Figure.Of(activation, settings));
        Write(Functions, () => Figure.Sheet(derivative: false, settings));
        Write(Derivatives, () => Figure.Sheet(derivative: true, settings));
        foreach (Trap trap in Traps.All)
        {
            if (trap.Drawn is { } pair)
                Write(trap.Id, () => Figure.Difference(pair.Usual, pair.Other, settings));
        }

        void Write(string name, Func<Figure> draw)
        {
            using Figure figure = draw();
            Picture.Write(folder, $"{language.Folder}/{Folder}/{name}", figure);
            done(name);
        }
    }
}
