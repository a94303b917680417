using System.Globalization;
using Nonlinear.Oracle.Judging;
using Found = Nonlinear.Oracle.Judging.Outcome;

namespace Nonlinear.Attacks.Library;

/// <summary>
/// A random call of a gated unit: each result must be that of its pair alone, wherever it lies and in whatever company, and what the oracle
/// can judge must be as exact as promised.
/// </summary>
internal sealed class GatedCase(GatedActivation function) : ILibraryCase
{
    private const int MostJudged = 4, Axis = 1;

    /// <inheritdoc/>
    public void Run<T>(Trial<T> trial)
        where T : unmanaged
    {
        switch (trial.Random.Next(5))
        {
            case 0:
                Forward(trial);
                break;
            case 1:
                Backward(trial);
                break;
            case 2:
                Biased(trial);
                break;
            default:
                AlongAxis(trial);
                break;
        }
    }

    private void Forward<T>(Trial<T> trial)
        where T : unmanaged
    {
        trial.Operation = "gated forward";
        int length = trial.Length();
        (T[] gate, T[] value) = Pairs(trial, length);
        Memory<T> gates = trial.Somewhere(gate), values = trial.Somewhere(value);
        string what = $"{function} {trial.Format.Name}";
        T[] y = trial.Call(what, length, y => function.Forward(gates.Span, values.Span, y)), alone = Alone(trial, gate, value);
        trial.MustBeSame(what, gate, alone, y);
        function.Forward(gates.Span, values.Span, values.Span);
        trial.MustBeSame($"{what} in place", gate, alone, values.Span);
        Judge(trial, GatedDirection.Forward, gate, value, null, y);
    }

    private void Backward<T>(Trial<T> trial)
        where T : unmanaged
    {
        trial.Operation = "gated backward";
        int length = trial.Length();
        (T[] gate, T[] value) = Pairs(trial, length);
        T[] dy = trial.Numbers.Vector(length, []), dgate = new T[length], aloneGate = new T[length], aloneValue = new T[length];
        string what = $"{function} backward {trial.Format.Name}";
        T[] dvalue = trial.Call(what, length, dvalue => function.Backward(gate, value, dy, dgate, dvalue));
        for (int i = 0; i < length; i++)
            function.Backward<T>(
                gate.AsSpan(i, 1), value.AsSpan(i, 1), dy.AsSpan(i, 1), aloneGate.AsSpan(i, 1), aloneValue.AsSpan(i, 1));
        trial.Findings.Calls += length;
        trial.MustBeSame($"{what} by gate", gate, aloneGate, dgate);
        trial.MustBeSame($"{what} by value", gate, aloneValue, dvalue);
        Judge(trial, GatedDirection.ByGate, gate, value, dy, dgate);
        Judge(trial, GatedDirection.ByValue, gate, value, dy, dvalue);
    }

    private void Biased<T>(Trial<T> trial)
        where T : unmanaged
    {
        trial.Operation = "gated with bias";
        int channels = 1 + trial.Random.Next(20), length = channels * (trial.Length() / channels);
        (T[] gate, T[] value) = Pairs(trial, length);
        T[] gateBias = trial.Numbers.Plain(channels), valueBias = trial.Numbers.Plain(channels);
        string what = $"{function} with bias {trial.Format.Name}";
        T[] y = trial.Call(what, length, y => function.ForwardWithBias(gate, gateBias, value, valueBias, y));
        trial.MustBeSame(what, gate, Alone(trial, Sums(trial, gate, gateBias), Sums(trial, value, valueBias)), y);
    }

    // Gates and values in one array, in either layout.
    private void AlongAxis<T>(Trial<T> trial)
        where T : unmanaged
    {
        GateLayout[] layouts = Enum.GetValues<GateLayout>();
        GatedActivation laid = function.WithLayout(layouts[trial.Random.Next(layouts.Length)]);
        int rows = 1 + trial.Random.Next(4), half = 1 + trial.Random.Next(40);
        int columns = trial.Random.Next(2) == 0 ? 1 : trial.Random.Next(20);
        T[] x = trial.Numbers.Vector(rows * 2 * half * columns, []), dy = trial.Numbers.Vector(x.Length / 2, []);
        int[] shape = [rows, 2 * half, columns];
        bool backward = trial.Random.Next(2) == 0;
        trial.Operation = backward ? "gated backward along an axis" : "gated along an axis";
        string what = $"{laid} {trial.Operation} {trial.Format.Name} of [{string.Join(", ", shape)}]";
        T[] results = trial.Call(
            what, backward ? x.Length : dy.Length,
            y =>
            {
                if (backward)
                    laid.Backward(x, dy, y, shape, Axis);
                else
                    laid.Forward(x, y, shape, Axis);
            }), expected = new T[results.Length];
        for (int i = 0; i < dy.Length; i++)
        {
            (int row, int place, int column) = (i / columns / half, i / columns % half, i % columns);
            int gate = At(laid.Layout switch { GateLayout.GateFirst => place, GateLayout.GateLast => half + place, _ => 2 * place });
            int value = At(laid.Layout switch { GateLayout.GateFirst => half + place, GateLayout.GateLast => place, _ => (2 * place) + 1 });
            if (backward)
                laid.Backward<T>(
                    x.AsSpan(gate, 1), x.AsSpan(value, 1), dy.AsSpan(i, 1), expected.AsSpan(gate, 1), expected.AsSpan(value, 1));
            else
                laid.Forward<T>(x.AsSpan(gate, 1), x.AsSpan(value, 1), expected.AsSpan(i, 1));

            int At(int along) => (((row * 2 * half) + along) * columns) + column;
        }
        trial.Findings.Calls += dy.Length;
        trial.MustBeSame(what, x, expected, results);
    }

    private static (T[] Gate, T[] Value) Pairs<T>(Trial<T> trial, int length)
        where T : unmanaged => (trial.Numbers.Vector(length, []), trial.Numbers.Vector(length, []));

    private static T[] Sums<T>(Trial<T> trial, T[] numbers, T[] bias)
        where T : unmanaged => [.. numbers.Select((number, i) => trial.From(trial.To(number) + trial.To(bias[i % bias.Length])))];

    private T[] Alone<T>(Trial<T> trial, T[] gate, T[] value)
        where T : unmanaged
    {
        T[] alone = new T[gate.Length];
        for (int i = 0; i < alone.Length; i++)
            function.Forward<T>(gate.AsSpan(i, 1), value.AsSpan(i, 1), alone.AsSpan(i, 1));
        trial.Findings.Calls += alone.Length;
        return alone;
    }

    private void Judge<T>(Trial<T> trial, GatedDirection direction, T[] gate, T[] value, T[]? dy, T[] results)
        where T : unmanaged
    {
        if (!Oracle.Oracle.IsAvailable)
            return;
        GatedSubject subject = new(function, direction, trial.Format);
        GatedJudge judge = new(subject);
        for (int n = Math.Min(MostJudged, results.Length); n > 0; n--)
        {
            int i = trial.Random.Next(results.Length);
            Found found = new();
            judge.LookAt(i, trial.To(gate[i]), trial.To(value[i]), dy is null ? 1 : trial.To(dy[i]), trial.To(results[i]), found);
            trial.Findings.Judged++;
            if (!found.Keeps(subject.Guarantee))
                trial.Findings.Fault(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{subject} of {trial.To(gate[i]):R} and {trial.To(value[i]):R}"
                    + $"{(dy is null ? "" : $" back of {trial.To(dy[i]):R}")}: {found.Worst}"));
        }
    }
}
