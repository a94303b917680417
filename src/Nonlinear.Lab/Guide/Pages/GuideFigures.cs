using Nonlinear.Lab.Figures;

namespace Nonlinear.Lab.Guide.Pages;

/// <summary>The guide's large figures: one for each function and the two sheets, as SVG for the pages and as PNG to take along.</summary>
internal static class GuideFigures
{
    /// <summary>The figures' number.</summary>
    public static int Count => Catalog.Defaults.Count + 2;

    /// <summary>The folder of the figures.</summary>
    public const string Folder = "figures";

    /// <summary>The files' name, without extension, of the sheet of all functions.</summary>
    public const string Functions = "functions";

    /// <summary>The files' name, without extension, of the sheet of all derivatives.</summary>
    public const string Derivatives = "derivatives";

    /// <summary>Draws and writes all figures.</summary>
    public static void Write(PageFolder folder, Action<string> done)
    {
        foreach (Activation activation in Catalog.Defaults)
            Write(activation.Info.Name, () => Figure.Of(activation));
        Write(Functions, () => Figure.Sheet(derivative: false));
        Write(Derivatives, () => Figure.Sheet(derivative: true));

        void Write(string name, Func<Figure> draw)
        {
            using Figure figure = draw();
            folder.Write($"{Folder}/{name}.svg", figure.ToSvg());
            folder.Write($"{Folder}/{name}.png", figure.ToPng(2));
            done(name);
        }
    }
}
