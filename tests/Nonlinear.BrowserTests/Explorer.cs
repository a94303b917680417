using System.Diagnostics;
using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;

[assembly: AssemblyFixture(typeof(Nonlinear.BrowserTests.Explorer))]

namespace Nonlinear.BrowserTests;

/// <summary>The tool, serving the page, and a browser to look at it with; both are started once for all tests.</summary>
public sealed partial class Explorer : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
        // Nothing but this machine has a name: what the page asks of others fails.
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ];

    private Process? _tool;
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private string? _missing;

    /// <summary>Where the page is.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <summary>The tool's assembly.</summary>
    public static string ToolPath => Path.Combine(AppContext.BaseDirectory, "Nonlinear.Cli.dll");

    public async ValueTask InitializeAsync()
    {
        string? chromium = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
        if (chromium is null)
        {
            _missing = "No Chromium is on the path: apt-get install chromium.";
            return;
        }
        _tool = Start("explore", "--port", "0");
        string? line = await _tool.StandardOutput.ReadLineAsync();
        Address = new(
            Printed().Match(line ?? "").Value is { Length: > 0 } address
                ? address
                : throw new InvalidOperationException(
                    $"The tool did not say where the page is: {line} {await _tool.StandardError.ReadToEndAsync()}"));
        // A busy machine takes its time.
        Assertions.SetDefaultExpectTimeout(20_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = Flags });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_tool is not null)
        {
            // As Ctrl+C would, so that the tool clears up behind itself.
            using (Process stop = Process.Start("kill", $"{_tool.Id}"))
                await stop.WaitForExitAsync();
            await _tool.WaitForExitAsync();
            _tool.Dispose();
        }
    }

    /// <summary>Runs the tool to its end and gives what it printed.</summary>
    public static async Task<string> RunAsync(params string[] arguments)
    {
        using Process process = Start(arguments);
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output;
    }

    /// <summary>Opens the page in a browser of its own, and waits until it is there.</summary>
    /// <param name="state">What the address holds behind #.</param>
    /// <param name="options">Size, colours, language.</param>
    public async Task<Sight> OpenAsync(string state = "", BrowserNewContextOptions? options = null)
    {
        Sight sight = await BlankAsync(options);
        await sight.Page.GotoAsync(new Uri(Address, state.Length > 0 ? "#" + state : "").ToString());
        await sight.Page.Locator(".panel").WaitForAsync();
        return sight;
    }

    /// <summary>
    /// Waits until the tool has written the guide, which it does while it serves the page: a minute on two free cores, more beside others.
    /// </summary>
    public async Task WaitForTheGuideAsync()
    {
        using HttpClient client = new();
        Uri index = new(Address, "guide/index.html");
        DateTime end = DateTime.UtcNow.AddMinutes(15);
        while (!(await client.GetAsync(index)).IsSuccessStatusCode)
        {
            Assert.True(DateTime.UtcNow < end, "The guide has not been written within a quarter of an hour.");
            await Task.Delay(500);
        }
    }

    /// <summary>An empty page in a browser of its own.</summary>
    public async Task<Sight> BlankAsync(BrowserNewContextOptions? options = null)
    {
        Assert.SkipWhen(_missing is not null, _missing ?? "");
        options ??= new();
        options.ViewportSize ??= new() { Width = 1280, Height = 1000 };
        options.Locale ??= "en-GB";
        options.AcceptDownloads = true;
        IBrowserContext context = await _browser!.NewContextAsync(options);
        await context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        return new(await context.NewPageAsync(), Address);
    }

    private static Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo("dotnet", [ToolPath, .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    [GeneratedRegex(@"http://\S+/")]
    private static partial Regex Printed();
}

/// <summary>One opened page. When it is closed, nothing may have gone wrong on it unnoticed.</summary>
public sealed class Sight : IAsyncDisposable
{
    private readonly List<string> _faults = [];

    public Sight(IPage page, Uri address)
    {
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !message.Location.Contains("/guide/", StringComparison.Ordinal))
                _faults.Add($"console: {message.Text} ({message.Location})");
        };
        page.PageError += (_, error) => _faults.Add($"error: {error}");
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(address.ToString(), StringComparison.Ordinal)
                && !request.Url.StartsWith("data:", StringComparison.Ordinal)
                && !request.Url.StartsWith("blob:", StringComparison.Ordinal))
                _faults.Add($"request: {request.Url}");
        };
    }

    public IPage Page { get; }

    /// <summary>Whether faults are expected, because the test causes one.</summary>
    public bool Forgiving { get; set; }

    /// <summary>The element with a name of the page's own.</summary>
    public ILocator Named(string name) => Page.Locator($"[data-name='{name}']:visible");

    /// <summary>The chart of a quantity.</summary>
    public ILocator Chart(string name) => Page.Locator($"[data-chart='{name}']:visible");

    /// <summary>Goes to a panel as a visitor does.</summary>
    public Task GoAsync(string panel) => Page.Locator($"#tabs [data-panel='{panel}']").ClickAsync();

    /// <summary>Changes what stands behind # in the address, as a visitor who edits it.</summary>
    public Task ChangeAddressAsync(string state) => Page.EvaluateAsync("state => { location.hash = state; }", state);

    /// <summary>Asserts that axe finds nothing in what is shown that keeps people out.</summary>
    /// <param name="what">What is shown, for the message.</param>
    public async Task AssertNoSeriousFaultAsync(string what)
    {
        Deque.AxeCore.Commons.AxeResult result = await Page.RunAxe();
        Assert.Empty(result.Violations
            .Where(violation => violation.Impact is "serious" or "critical")
            .Select(violation => $"{what}: {violation.Id}: {string.Join(" | ", violation.Nodes.Take(3).Select(node => node.Html))}"));
    }

    /// <summary>Asserts that the panel shows a number, in what it says or in a field, now or soon: training takes its time.</summary>
    /// <param name="number">The number, as the page writes it.</param>
    /// <param name="where">Who says so, for the message.</param>
    public async Task AssertShowsAsync(string number, string where)
    {
        string text = "";
        for (DateTime end = DateTime.UtcNow.AddSeconds(20); DateTime.UtcNow < end; await Task.Delay(50))
        {
            text = await AskAsync<string>(
                "(panel => [panel.innerText, ...[...panel.querySelectorAll('input, select')].filter(field => field.offsetParent !== null)"
                + ".map(field => field.value)].join('\\n').replaceAll('-', '−'))(document.querySelector('.panel:not([hidden])'))");
            if (NumberText.IsIn(text, number))
                return;
        }
        Assert.Fail($"{where} says {number}, and the page shows\n{text}");
    }

    /// <summary>Fingers that touch, move in eight steps and leave.</summary>
    /// <param name="fingers">Where they are at each step from 0.</param>
    public async Task TouchAsync(Func<int, (float X, float Y)[]> fingers)
    {
        ICDPSession session = await Page.Context.NewCDPSessionAsync(Page);
        for (int step = 0; step <= 8; step++)
            await SendAsync(step == 0 ? "touchStart" : "touchMove", fingers(step));
        await SendAsync("touchEnd", []);

        Task SendAsync(string type, (float X, float Y)[] points) => session.SendAsync("Input.dispatchTouchEvent", new()
        {
            ["type"] = type,
            ["touchPoints"] = points.Select((point, id) => new { x = point.X, y = point.Y, id }).ToArray(),
        });
    }

    /// <summary>What a script gives that may import the page's modules.</summary>
    public Task<T> AskAsync<T>(string script) => Page.EvaluateAsync<T>(script);

    /// <summary>What the address says of a key.</summary>
    public async Task<string?> StateAsync(string key) =>
        await Page.EvaluateAsync<string?>(
            "key => new Promise(done => setTimeout(() => done(new URLSearchParams(location.hash.slice(1)).get(key)), 300))",
            key);

    /// <summary>How many curves of a chart are drawn: lines of more than a few points, within the chart at least in part.</summary>
    public static Task<int> CurvesAsync(ILocator chart) => chart.EvaluateAsync<int>(
        "chart => [...chart.querySelectorAll('.curve')].filter(curve => curve.getAttribute('d').length > 100 && "
        + "curve.getBBox().width > 1).length");

    /// <summary>What a chart draws, as the browser has it after the next frame.</summary>
    public static Task<string> DrawnAsync(ILocator chart) => chart.Locator("svg.plot").EvaluateAsync<string>(
        "svg => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(svg.outerHTML))))");

    /// <summary>A picture of one colour means that nothing was drawn: how many different pixels a canvas has.</summary>
    public static Task<int> ColoursAsync(ILocator canvas) => canvas.EvaluateAsync<int>(
        "canvas => new Set(new Uint32Array(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.buffer)).size");

    public async ValueTask DisposeAsync()
    {
        await Page.Context.CloseAsync();
        if (!Forgiving)
            Assert.True(_faults.Count == 0, string.Join("\n", _faults));
    }
}

/// <summary>Tests that measure time have the machine to themselves, when all others are done.</summary>
[CollectionDefinition(nameof(Undisturbed), DisableParallelization = true)]
public sealed class Undisturbed;
