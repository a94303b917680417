using System.Net;
using System.Net.Sockets;
using Nonlinear.Cli.Page;

namespace Nonlinear.Tests;

/// <summary>The server of the explorer's page, over folders made here.</summary>
public sealed class PageServerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("page-").FullName;

    public PageServerTests()
    {
        Write("page/index.html", "<p>page</p>");
        Write("page/main.js", "main");
        Write("page/main.js.br", "twin");
        Write("page/_framework/a.wasm", "wasm");
        Write("more/guide/index.html", "<p>guide</p>");
        Write("secret.txt", "secret");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("/", "text/html", "<p>page</p>")]
    [InlineData("/index.html", "text/html", "<p>page</p>")]
    [InlineData("/main.js", "text/javascript", "main")]
    [InlineData("/_framework/a.wasm", "application/wasm", "wasm")]
    [InlineData("/guide/", "text/html", "<p>guide</p>")]
    public async Task Files_are_served_with_their_types(string path, string type, string content)
    {
        await using PageServer server = await StartAsync();
        using HttpClient client = Client(server);
        using HttpResponseMessage response = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        string received = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, type, content), (response.StatusCode, response.Content.Headers.ContentType!.MediaType, received));
    }

    [Theory]
    [InlineData("127.0.0.1", 200)]
    [InlineData("localhost:80", 200)]
    [InlineData("[::1]:8731", 200)]
    [InlineData("evil.example", 421)]
    [InlineData("localhost.evil.example", 421)]
    [InlineData("127.0.0.1.evil.example", 421)]
    [InlineData("192.0.2.1", 421)]
    public async Task It_is_served_by_this_machine_s_names_only(string host, int status)
    {
        await using PageServer server = await StartAsync();
        string answer = await SpeakAsync(server.Port, $"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Equal(status == 200, answer.Contains("<p>page</p>", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("0.0.0.0", "192.168.1.7", true)]
    [InlineData("0.0.0.0", "evil.example", false)]
    [InlineData("192.168.1.7", "192.168.1.7", true)]
    [InlineData("192.168.1.7", "192.168.1.8", false)]
    public void An_address_that_was_asked_for_is_one_of_its_names(string address, string host, bool allowed) =>
        Assert.Equal(allowed, new AllowedHosts(IPAddress.Parse(address)).Allow(new(host)));

    [Theory]
    [InlineData("/", "127.0.0.1")]
    [InlineData("/missing", "127.0.0.1")]
    [InlineData("/..%2f%2e%2e/%ff/%5c..%5c/con.br", "127.0.0.1")]
    [InlineData("/", "evil.example")]
    public async Task Every_answer_is_protected_and_HEAD_tells_what_GET_does(string path, string host)
    {
        await using PageServer server = await StartAsync();
        string rest = $"{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n";
        string get = Head(await SpeakAsync(server.Port, $"GET {rest}")), head = await SpeakAsync(server.Port, $"HEAD {rest}");
        Assert.Equal(get, Head(head));
        Assert.EndsWith("\r\n\r\n", head, StringComparison.Ordinal);
        Assert.All(
            (string[])["X-Content-Type-Options: nosniff", "frame-ancestors 'none'", "default-src 'self'"],
            header => Assert.Contains(header, get, StringComparison.Ordinal));

        // But for the time.
        static string Head(string answer) => string.Join(
            '\n',
            answer[..answer.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Split("\r\n")
                .Where(line => !line.StartsWith("Date:", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("gzip, br", "br", "twin")]
    [InlineData("br;q=1.0", "br", "twin")]
    [InlineData("gzip", "", "main")]
    [InlineData("br;q=0", "", "main")]
    public async Task A_compressed_twin_goes_to_whoever_takes_it(string accepted, string encoding, string content)
    {
        await using PageServer server = await StartAsync();
        using HttpClient client = Client(server);
        client.DefaultRequestHeaders.Add("Accept-Encoding", accepted);
        using HttpResponseMessage response = await client.GetAsync(
            new Uri("/main.js", UriKind.Relative), TestContext.Current.CancellationToken);
        string received = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal((encoding, content), (string.Concat(response.Content.Headers.ContentEncoding), received));
        Assert.Equal("text/javascript", response.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("/../secret.txt")]
    [InlineData("/..%2fsecret.txt")]
    [InlineData("/%2e%2e/secret.txt")]
    [InlineData("/guide/../../../secret.txt")]
    [InlineData("/..\\secret.txt")]
    [InlineData("/main.js%00.html")]
    [InlineData("/missing")]
    public async Task Nothing_outside_its_folders_is_served(string path)
    {
        await using PageServer server = await StartAsync();
        string answer = await SpeakAsync(server.Port, $"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
        Assert.Matches("^HTTP/1.1 (400|404) ", answer);
        Assert.DoesNotContain("secret\n", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    public async Task Other_methods_than_GET_and_HEAD_are_refused(string method)
    {
        await using PageServer server = await StartAsync();
        using HttpClient client = Client(server);
        using HttpRequestMessage request = new(new(method), new Uri("/index.html", UriKind.Relative));
        using HttpResponseMessage response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["GET", "HEAD"], response.Content.Headers.Allow);
    }

    [Fact]
    public async Task HEAD_gives_the_length_and_no_content()
    {
        await using PageServer server = await StartAsync();
        string answer = await SpeakAsync(server.Port, "HEAD /main.js HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
        Assert.Contains("Content-Length: 4", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_taken_port_gives_way_to_the_next_free_one()
    {
        await using PageServer first = await StartAsync();
        await using PageServer second = await StartAsync(first.Port);
        Assert.InRange(second.Port, first.Port + 1, first.Port + 50);
    }

    [Fact]
    public async Task An_address_that_is_not_this_machine_s_is_named_when_it_is_refused()
    {
        // Reserved for documentation: nobody has it.
        IOException refused = await Assert.ThrowsAsync<IOException>(() => PageServer.StartAsync(
            Path.Combine(_folder, "page"),
            Path.Combine(_folder, "more"),
            IPAddress.Parse("192.0.2.1"),
            8000,
            TestContext.Current.CancellationToken));
        Assert.Contains("192.0.2.1, port 8000", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_listens_on_this_machine_only()
    {
        await using PageServer server = await StartAsync();
        IPAddress[] addresses = await Dns.GetHostAddressesAsync(Dns.GetHostName(), TestContext.Current.CancellationToken);
        IPAddress? outer = addresses.FirstOrDefault(
            address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address));
        Assert.SkipWhen(outer is null, "This machine has no other address than its own.");
        using TcpClient client = new();
        await Assert.ThrowsAnyAsync<SocketException>(
            () => client.ConnectAsync(outer!, server.Port, TestContext.Current.CancellationToken).AsTask());
    }

    private Task<PageServer> StartAsync(int port = 0) =>
        PageServer.StartAsync(
            Path.Combine(_folder, "page"), Path.Combine(_folder, "more"), IPAddress.Loopback, port, TestContext.Current.CancellationToken);

    private static HttpClient Client(PageServer server) => new() { BaseAddress = new($"http://127.0.0.1:{server.Port}") };

    // A client that does not tidy the path before it sends it.
    private static async Task<string> SpeakAsync(int port, string request)
    {
        using TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        await using NetworkStream stream = client.GetStream();
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);
        using StreamReader reader = new(stream);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    private void Write(string path, string content)
    {
        string file = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content == "secret" ? "secret\n" : content);
    }
}
