using System.Buffers.Binary;
using System.Text;
using Nonlinear.Lab.Arrays;

namespace Nonlinear.Tests;

public sealed class ArrayTests : IDisposable
{
    // numpy.save(file, numpy.arange(3))
    private const string Integers =
        "k05VTVBZAQB2AHsnZGVzY3InOiAnPGk4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDMsKSwgfSAgICAgICAgICAgICAgICAgICAgICAg"
        + "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAAAAAAEAAAAAAAAAAgAAAAAAAAA=";

    private readonly string _folder = Directory.CreateTempSubdirectory("arrays-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // What numpy.save wrote for [[-1, 0, 2], [3, -4, 0.5]] in float16, float32 and float64, both byte orders and both memory orders; then
    // for a single number and for an array without elements. The identity must give the same bytes back.
    [Theory]
    [InlineData(
        "k05VTVBZAQB2AHsnZGVzY3InOiAnPGYyJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDMpLCB9ICAgICAgICAgICAgICAgICAgICAg"
        + "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAvAAAAEAAQgDEADg=")]
    [InlineData(
        "k05VTVBZAQB2AHsnZGVzY3InOiAnPGYyJywgJ2ZvcnRyYW5fb3JkZXInOiBUcnVlLCAnc2hhcGUnOiAoMiwgMyksIH0gICAgICAgICAgICAgICAgICAgICAg"
        + "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAvABCAAAAxABAADg=")]
    [InlineData(
        "k05VTVBZAQB2AHsnZGVzY3InOiAnPmYyJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDMpLCB9ICAgICAgICAgICAgICAgICAgICAg"
        + "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAq8AAAAQABCAMQAOAA=")]
    [InlineData(
        "k05VTVBZAQB2AHsnZGVzY3InOiAnPmYyJywgJ2ZvcnRyYW5fb3JkZXInOiBUcnVlLCAnc2hhcGUnOiAoMiwgMyksIH0gICAgICAgICAgICAgICAgICAgICAg"
        + "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAq8AEIAAADEAEAAOAA=")]
    [InlineData(
        "k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDMpLCB9ICAgICAgICAgICAgICAgICAgICAg"
        + "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAIC/AAAAAAAAAEAAAEBAAACAwAAAAD8=")]
    [InlineData(
        "k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBUcnVlLCAnc2hhcGUnOiAoMiwgMyksIH0gICAgICAgICAgICAgICAgICAgICAg"
        + "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAIC/AABAQAAAAAAAAIDAAAAAQAAAAD8=")]
    [InlineData(
        "k05VTVBZAQB2AHsnZGVzY3InOiAnPmY0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDMpLCB9ICAgICAgICAgICAgICAgICAgICAg"
        + "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAq/gAAAAAAAAEAAAABAQAAAwIAAAD8AAAA=")]
    [InlineData(
        "k05VTVBZAQB2AHsnZGVzY3InOiAnPmY0JywgJ2ZvcnRyYW5fb3JkZXInOiBUcnVlLCAnc2hhcGUnOiAoMiwgMyksIH0gICAgICAgICAgICAgICAgICAgICAg"
        + "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAq/gAAAQEAAAAAAAADAgAAAQAAAAD8AAAA=")]
    [InlineData(
        "k05VTVBZAQB2AHsnZGVzY3InOiAnPGY4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDMpLCB9ICAgICAgICAgICAgICAgICAgICAg"
        + "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAADwvwAAAAAAAAAAAAAAAAAAAEAAAAAAAAAIQAAAAAAAABDAAAAAAAAA4D8=")]
    [InlineData(
        "k05VTVBZAQB2AHsnZGVzY3InOiAnPGY4JywgJ2ZvcnRyYW5fb3JkZXInOiBUcnVlLCAnc2hhcGUnOiAoMiwgMyksIH0gICAgICAgICAgICAgICAgICAgICAg"
        + "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAADwvwAAAAAAAAhAAAAAAAAAAAAAAAAAAAAQwAAAAAAAAABAAAAAAAAA4D8=")]
    [InlineData(
        "k05VTVBZAQB2AHsnZGVzY3InOiAnPmY4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDMpLCB9ICAgICAgICAgICAgICAgICAgICAg"
        + "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAq/8AAAAAAAAAAAAAAAAAAAQAAAAAAAAABACAAAAAAAAMAQAAAAAAAAP+AAAAAAAAA=")]
    [InlineData(
        "k05VTVBZAQB2AHsnZGVzY3InOiAnPmY4JywgJ2ZvcnRyYW5fb3JkZXInOiBUcnVlLCAnc2hhcGUnOiAoMiwgMyksIH0gICAgICAgICAgICAgICAgICAgICAg"
        + "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAq/8AAAAAAAAEAIAAAAAAAAAAAAAAAAAADAEAAAAAAAAEAAAAAAAAAAP+AAAAAAAAA=")]
    [InlineData(
        "k05VTVBZAQB2AHsnZGVzY3InOiAnPGY4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKCksIH0gICAgICAgICAgICAgICAgICAgICAgICAg"
        + "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAAAIwA==")]
    [InlineData(
        "k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDAsIDMpLCB9ICAgICAgICAgICAgICAgICAgICAg"
        + "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAo=")]
    public void Files_of_NumPy_are_read_and_written_as_NumPy_does(string file)
    {
        byte[] bytes = Convert.FromBase64String(file);
        File.WriteAllBytes(At("x.npy"), bytes);
        Apply(Activation.LeakyRelu(1), ArrayOperation.Forward);
        Assert.Equal(bytes, File.ReadAllBytes(At("y.npy")));
    }

    [Theory]
    [InlineData(ElementType.Half, false, false)]
    [InlineData(ElementType.Float, true, false)]
    [InlineData(ElementType.Float, false, true)]
    [InlineData(ElementType.Double, true, true)]
    public void Softmax_runs_along_any_axis_in_any_order(ElementType type, bool bigEndian, bool fortranOrder)
    {
        int[] shape = [3, 4, 5];
        double[] x = [.. Spans.Ordinary(60, 1).Select(value => (double)(Half)value)];
        double[] dy = [.. Spans.Ordinary(60, 2).Select(value => (double)(Half)value)];
        Write("x.npy", new(type, bigEndian, fortranOrder, [3, 4, 5]), x);
        Write("dy.npy", new(type, bigEndian, fortranOrder, [3, 4, 5]), dy);
        for (int axis = -3; axis < 3; axis++)
        {
            double[] expected = new double[60], gradient = new double[60];
            Activation.Softmax().Forward(x, expected, shape, axis);
            Activation.Softmax().Backward(x, dy, gradient, shape, axis);
            double tolerance = type switch { ElementType.Half => 5e-3, ElementType.Float => 1e-6, _ => 1e-15 };
            Apply(Activation.Softmax(), ArrayOperation.Forward, axis: axis);
            Assert.All(expected.Zip(Read("y.npy")), pair => Assert.Equal(pair.First, pair.Second, tolerance));
            Apply(Activation.Softmax(), ArrayOperation.Backward, At("dy.npy"), axis);
            Assert.All(gradient.Zip(Read("y.npy")), pair => Assert.Equal(pair.First, pair.Second, tolerance));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Maxout_shortens_the_channels_and_hands_gradients_back(bool fortranOrder)
    {
        double[] x = Spans.Ordinary(60, 1), dy = Spans.Ordinary(30, 2), y = new double[30], dx = new double[60];
        int[] winners = new int[30];
        Activation.Maxout().Forward(x, y, winners, [3, 4, 5], 1);
        Activation.Maxout().Backward(dy, winners, dx, [3, 4, 5], 1);
        Write("x.npy", new(ElementType.Double, false, fortranOrder, [3, 4, 5]), x);
        Write("dy.npy", new(ElementType.Double, false, fortranOrder, [3, 2, 5]), dy);
        Apply(Activation.Maxout(), ArrayOperation.Forward);
        Assert.Equal(y, Read("y.npy"));
        Apply(Activation.Maxout(), ArrayOperation.Backward, At("dy.npy"));
        Assert.Equal(dx, Read("y.npy"));
    }

    [Fact]
    public void Derivatives_and_gradients_of_elementwise_functions_are_those_of_the_library()
    {
        double[] x = Spans.Ordinary(1000, 3), dy = Spans.Ordinary(1000, 4), derivative = new double[1000], dx = new double[1000];
        Activation.Gelu().Derivative(x, derivative);
        Activation.Gelu().Backward(x, dy, dx);
        Write("x.npy", new(ElementType.Double, false, false, [10, 100]), x);
        Write("dy.npy", new(ElementType.Double, true, false, [10, 100]), dy);
        Apply(Activation.Gelu(), ArrayOperation.Derivative);
        Assert.Equal(derivative, Read("y.npy"));
        Apply(Activation.Gelu(), ArrayOperation.Backward, At("dy.npy"));
        Assert.Equal(dx, Read("y.npy"));
    }

    [Fact]
    public void Several_threads_write_the_same_file()
    {
        Write("x.npy", new(ElementType.Float, false, false, [100_003]), Spans.Ordinary(100_003, 6));
        Apply(Activation.Gelu(), ArrayOperation.Forward);
        byte[] expected = File.ReadAllBytes(At("y.npy"));
        Apply(Activation.Gelu().OnThreads(3), ArrayOperation.Forward);
        Assert.Equal(expected, File.ReadAllBytes(At("y.npy")));
    }

    [Fact]
    [Trait("Speed", "slow")]
    public void Vectors_scattered_over_a_large_array_are_found()
    {
        // More elements along and behind the axis than a block holds.
        const int Rows = 300, Columns = 30_000;
        double[] x = Spans.Ordinary(Rows * Columns, 5), expected = new double[x.Length];
        Activation.Softmax().Forward(x, expected, [Rows, Columns], 0);
        Write("x.npy", new(ElementType.Double, false, false, [Rows, Columns]), x);
        double last = 0;
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        Told told = new(share => last = share);
        ArrayTransform.Run(Activation.Softmax(), ArrayOperation.Forward, At("x.npy"), null, At("y.npy"), 0, told, cancellation);
        Assert.Equal(expected, Read("y.npy"));
        Assert.Equal(1, last, 1e-12);
    }

    [Fact]
    public void An_output_may_take_the_place_of_its_input()
    {
        Write("x.npy", new(ElementType.Double, false, false, [3]), [-1, 0, 2]);
        ArrayTransform.Run(
            Activation.Relu(), ArrayOperation.Forward, At("x.npy"), null, At("x.npy"), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal([0, 0, 2], Read("x.npy"));
    }

    [Fact]
    public void What_cannot_be_used_is_refused_and_nothing_is_written()
    {
        byte[] good = [.. new NpyHeader(ElementType.Float, false, false, [4]).ToBytes(), .. new byte[16]];
        Refused<InvalidDataException>(good[..^1], "15 of 16 bytes");
        Refused<InvalidDataException>(good[..20], "within its header");
        Refused<InvalidDataException>(good[..5], "not a NumPy file");
        Refused<InvalidDataException>(Encoding.ASCII.GetBytes("x,y\n1,2\n"), "not a NumPy file");
        Refused<InvalidDataException>(Convert.FromBase64String(Integers), "<i8");
        Refused<InvalidDataException>([.. good[..6], 9, .. good[7..]], "version 9");
        Refused<InvalidDataException>(Replace(good, "'shape': (4,)", "'shape': (x,)"), "shape");
        Refused<InvalidDataException>(Replace(good, "'shape': (4,), }", "'shape': (9999999999999999,9999999999999999), }"), "damaged");
        Refused<InvalidDataException>(Replace(good, "'fortran_order'", "'memory_order'"), "not NumPy's");
        Refused<ArgumentException>(good, "takes no axis", axis: 0);
        Refused<ArgumentException>(good, "no axis 1", Activation.Softmax(), axis: 1);
        Refused<ArgumentException>(good, "groups of 3", Activation.Maxout(3));
        Refused<NotSupportedException>(good, "--backward", Activation.Softmax(), ArrayOperation.Derivative);
        Refused<InvalidDataException>(
            good, "shape", Activation.Relu(), ArrayOperation.Backward, upstream: new NpyHeader(ElementType.Float, false, false, [5]));
        Refused<InvalidDataException>(
            good, "float32", Activation.Relu(), ArrayOperation.Backward, upstream: new NpyHeader(ElementType.Double, false, false, [4]));
    }

    [Fact]
    public void An_interruption_leaves_what_was_there()
    {
        Write("x.npy", new(ElementType.Double, false, false, [3]), [1, 2, 3]);
        Write("y.npy", new(ElementType.Double, false, false, [1]), [7]);
        Assert.Throws<OperationCanceledException>(() =>
            ArrayTransform.Run(
                Activation.Relu(), ArrayOperation.Forward, At("x.npy"), null, At("y.npy"), cancellation: new CancellationToken(true)));
        Assert.Equal([7], Read("y.npy"));
        Assert.Equal(2, Directory.GetFiles(_folder).Length);
    }

    [Fact]
    public void A_full_disk_is_a_failure()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "This system has no /dev/full.");
        Write("x.npy", new(ElementType.Double, false, false, [3]), [1, 2, 3]);
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        Assert.Throws<IOException>(() => ArrayTransform.Run(
            Activation.Relu(), ArrayOperation.Forward, At("x.npy"), null, "/dev/full", cancellation: cancellation));
        Assert.True(File.Exists("/dev/full"));
    }

    private void Refused<TException>(
        byte[] file,
        string part,
        Activation? activation = null,
        ArrayOperation operation = ArrayOperation.Forward,
        int? axis = null,
        NpyHeader? upstream = null)
        where TException : Exception
    {
        File.WriteAllBytes(At("x.npy"), file);
        if (upstream is not null)
            Write("dy.npy", upstream, new double[upstream.Count]);
        TException refusal = Assert.Throws<TException>(() => Apply(activation ?? Activation.Relu(), operation, At("dy.npy"), axis));
        Assert.Contains(part, refusal.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(At("y.npy")));
        Assert.Empty(Directory.GetFiles(_folder, "*.draft"));
    }

    private void Apply(Activation activation, ArrayOperation operation, string? upstream = null, int? axis = null) =>
        ArrayTransform.Run(
            activation, operation, At("x.npy"), upstream, At("y.npy"), axis, cancellation: TestContext.Current.CancellationToken);

    private string At(string name) => Path.Combine(_folder, name);

    private static byte[] Replace(byte[] file, string old, string with) =>
        Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(file).Replace(old, with, StringComparison.Ordinal));

    // Elements are given and returned in row-major order, whatever the order of the file.
    private void Write(string name, NpyHeader header, double[] elements)
    {
        using FileStream stream = File.Create(At(name));
        stream.Write(header.ToBytes());
        byte[] bytes = new byte[header.ElementSize];
        foreach (int place in Order(header))
        {
            switch (header.Type)
            {
                case ElementType.Half: BinaryPrimitives.WriteHalfLittleEndian(bytes, (Half)elements[place]); break;
                case ElementType.Float: BinaryPrimitives.WriteSingleLittleEndian(bytes, (float)elements[place]); break;
                default: BinaryPrimitives.WriteDoubleLittleEndian(bytes, elements[place]); break;
            }
            if (header.BigEndian)
                Array.Reverse(bytes);
            stream.Write(bytes);
        }
    }

    private double[] Read(string name)
    {
        using FileStream stream = File.OpenRead(At(name));
        NpyHeader header = NpyHeader.Read(stream, name);
        double[] elements = new double[header.Count];
        byte[] bytes = new byte[header.ElementSize];
        foreach (int place in Order(header))
        {
            stream.ReadExactly(bytes);
            if (header.BigEndian)
                Array.Reverse(bytes);
            elements[place] = header.Type switch
            {
                ElementType.Half => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes),
                ElementType.Float => BinaryPrimitives.ReadSingleLittleEndian(bytes),
                _ => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
            };
        }
        return elements;
    }

    // The row-major place of each element, in the order of the file.
    private static IEnumerable<int> Order(NpyHeader header)
    {
        int[] shape = [.. header.Shape.Select(extent => (int)extent)];
        for (int i = 0; i < header.Count; i++)
        {
            int place = i;
            if (header.FortranOrder)
            {
                place = 0;
                for (int axis = 0, rest = i; axis < shape.Length; rest /= shape[axis], axis++)
                    place += rest % shape[axis] * shape[(axis + 1)..].Aggregate(1, (a, b) => a * b);
            }
            yield return place;
        }
    }

    private sealed class Told(Action<double> tell) : IProgress<double>
    {
        public void Report(double value) => tell(value);
    }
}
