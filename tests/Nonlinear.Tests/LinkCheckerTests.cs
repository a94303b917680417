using Nonlinear.Site;

namespace Nonlinear.Tests;

/// <summary>What follows the links of the documentation site finds each that is dead, and takes no other for dead.</summary>
public sealed class LinkCheckerTests : IDisposable
{
    private readonly string _site = Directory.CreateTempSubdirectory("site-").FullName;

    public LinkCheckerTests()
    {
        Write("index.html", "<a href='docs/page.html#place'>a</a><img src='a%20figure.svg'><a href='https://example.org/x'>outside</a>");
        Write("docs/page.html", "<h2 id='place'>here</h2><a name='old'></a><a href='../index.html'>back</a><a href='#old'>up</a>");
        Write("docs/toc.json", """{"items":[{"name":"A page","href":"page.html","items":[{"href":"../index.html"}]}]}""");
        Write("a figure.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>");
    }

    public void Dispose() => Directory.Delete(_site, recursive: true);

    [Fact]
    public void What_leads_somewhere_is_counted() => AssertReport(LinkChecker.Check(_site), pages: 2, inside: 6, outside: 1);

    [Theory]
    [InlineData("<a href='docs/none.html'>x</a>", "docs/none.html is missing")]
    [InlineData("<a href='docs/page.html#none'>x</a>", "docs/page.html#none has no such place")]
    [InlineData("<a href='#none'>x</a>", "#none has no such place")]
    [InlineData("<a href='docs'>x</a>", "docs is a folder")]
    [InlineData("<a href='docs/'>x</a>", "docs/ is a folder")]
    [InlineData("<a href='../outside.html'>x</a>", "../outside.html leads out of the site")]
    [InlineData("<a href='/index.html'>x</a>", "/index.html leads out of the site")]
    [InlineData("<img src='none.png'>", "none.png is missing")]
    [InlineData("<script src=none.js></script>", "none.js is missing")]
    [InlineData("<link rel=stylesheet href=none.css>", "none.css is missing")]
    [InlineData("<p><a href=Docs/page.html>other case", "Docs/page.html is missing")]
    [InlineData("<a href='http://127.0.0.1:8731/#f=gelu'>x</a>", "leads to the reader's own machine")]
    [InlineData("<a href='file:///etc/hosts'>x</a>", "leads to the reader's own machine")]
    [InlineData("<a href='javascript:open()'>x</a>", "is no address of the web")]
    public void A_dead_link_is_named_with_its_page(string markup, string fault)
    {
        Assert.SkipWhen(
            fault.StartsWith("Docs", StringComparison.Ordinal) && Directory.Exists(Path.Combine(_site, "Docs")),
            "This system knows no case in names of files.");
        Write("bad.html", markup);
        string dead = Assert.Single(LinkChecker.Check(_site).Dead);
        Assert.StartsWith("bad.html: ", dead, StringComparison.Ordinal);
        Assert.Contains(fault, dead, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<a href='docs/page.html#f=gelu;relu&log=1'>settings in an address</a>")]
    [InlineData("<a href='docs/page.html?q=1#place'>x</a><a href='#'>x</a><a href='#top'>x</a><a href=''>x</a>")]
    [InlineData("<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='><a href='mailto:a@example.org'>x</a>")]
    [InlineData("<!-- <a href='none.html'>x</a> --><pre>&lt;a href='none.html'></pre>")]
    public void What_is_none_is_not_taken_for_one(string markup)
    {
        Write("good.html", markup);
        Assert.Empty(LinkChecker.Check(_site).Dead);
    }

    [Fact]
    public void A_table_of_contents_is_followed_too()
    {
        Write("toc.json", """{"items":[{"href":"index.html"},{"items":[{"href":"none.html"}]}]}""");
        Assert.Equal(["toc.json: none.html is missing."], LinkChecker.Check(_site).Dead);
    }

    private static void AssertReport(LinkReport report, int pages, int inside, int outside)
    {
        Assert.Empty(report.Dead);
        Assert.Equal((pages, inside, outside), (report.Pages, report.Inside, report.Outside));
    }

    private void Write(string path, string text)
    {
        string file = Path.GetFullPath(path, _site);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
