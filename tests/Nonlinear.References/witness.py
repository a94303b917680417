"""A second witness for the reference values: mpmath, from the papers' formulas, with none of the code that wrote them.

Usage: python3 witness.py FOLDER    where FOLDER holds the reference values, NAME.csv.
Every value that is rounded differently is printed; the last line counts them. A line of a file is
activation;format;order of the derivative;x;value, both numbers as hexadecimal bits. A sixth field, if there is one, is
what is left of the exact value beyond the rounded one, in thousandths of an ulp of the exact value.
"""

import pathlib
import re
import struct
import sys

from mpmath import erfc, exp, expm1, isinf, log1p, mp, mpf, npdf, pi, sqrt, tanh

BITS = 400

# Next to 0 a curve differs from its tangent by the square of x, and that decides a tie.
TINY, BITS_FOR_TIES = 1e-30, 2304

mp.prec = BITS

LAMBDA = mpf("1.0507009873554804934193349852946")
ALPHA = mpf("1.6732632423543772848170429916717")


# Beyond it nothing that is left of 0, 1 or x shows in any format, and mpmath gives up before its series end.
FAR = 10**6


def sigmoid(x):
    return mpf(0) if x < -FAR else mpf(1) if x > FAR else 1 / (1 + exp(-x))


def softplus(x):
    if abs(x) > FAR:
        return max(x, mpf(0))
    return log1p(exp(x)) if x < 0 else x + log1p(exp(-x))


def cdf(x):
    if abs(x) > FAR:
        return mpf(x > 0)
    return erfc(-x / sqrt(2)) / 2


def below(x):
    return mpf(-1) if x < -FAR else expm1(x)


def decay(x):
    return mpf(0) if x < -FAR else exp(x)


def density(x):
    return mpf(0) if abs(x) > FAR else npdf(x)


def gelu_tanh_inner(x):
    return 2 * sqrt(2 / pi) * (x + mpf("0.044715") * x**3)


# f and f' as the papers have them. At a kink f' is the slope on the left.
FUNCTIONS = {
    "sigmoid": (lambda x: sigmoid(x), lambda x: sigmoid(x) * sigmoid(-x)),
    "tanh": (lambda x: tanh(x), lambda x: 4 * sigmoid(2 * x) * sigmoid(-2 * x)),
    "swish": (
        lambda x, beta=1: x * sigmoid(beta * x),
        lambda x, beta=1: sigmoid(beta * x) * (1 + beta * x * sigmoid(-beta * x)),
    ),
    "mish": (
        lambda x: x * tanh(softplus(x)),
        lambda x: tanh(softplus(x)) + x * 4 * sigmoid(2 * softplus(x)) * sigmoid(-2 * softplus(x)) * sigmoid(x),
    ),
    "relu": (lambda x: max(x, mpf(0)), lambda x: mpf(x > 0)),
    "leaky_relu": (lambda x, alpha=0.01: x if x > 0 else alpha * x, lambda x, alpha=0.01: mpf(1) if x > 0 else alpha),
    "prelu": (lambda x, alpha=0.25: x if x > 0 else alpha * x, lambda x, alpha=0.25: mpf(1) if x > 0 else alpha),
    "elu": (
        lambda x, alpha=1: x if x > 0 else alpha * below(x),
        lambda x, alpha=1: mpf(1) if x > 0 else alpha * decay(x),
    ),
    "selu": (
        lambda x: LAMBDA * (x if x > 0 else ALPHA * below(x)),
        lambda x: LAMBDA * (mpf(1) if x > 0 else ALPHA * decay(x)),
    ),
    "gelu": (lambda x: x * cdf(x), lambda x: cdf(x) + x * density(x)),
    "gelu_tanh": (
        lambda x: x * sigmoid(gelu_tanh_inner(x)),
        lambda x: sigmoid(gelu_tanh_inner(x))
        + x * sigmoid(gelu_tanh_inner(x)) * sigmoid(-gelu_tanh_inner(x)) * 2 * sqrt(2 / pi) * (1 + 3 * mpf("0.044715") * x**2),
    ),
}

# Bits of the significand; the smallest positive number is 2 to the second; what rounds to 2 to the third overflows.
FORMATS = {"float": (24, -149, 128), "double": (53, -1074, 1024), "half": (11, -24, 16), "bfloat16": (8, -133, 128)}


def read(text, form):
    bits = int(text, 16)
    if form == "double":
        return struct.unpack(">d", bits.to_bytes(8, "big"))[0]
    if form == "half":
        return struct.unpack(">e", bits.to_bytes(2, "big"))[0]
    return struct.unpack(">f", (bits << 16 if form == "bfloat16" else bits).to_bytes(4, "big"))[0]


def rounded(value, form):
    """The nearest number of the format, ties to even."""
    precision, least, overflow = FORMATS[form]
    if value == 0 or isinf(value):
        return float(value)
    ulp = max(mp.mag(value) - precision, least)
    result = mp.ldexp(mp.nint(mp.ldexp(value, -ulp)), ulp)
    return float(mp.sign(value)) * float("inf") if abs(result) >= mpf(2) ** overflow else float(result)


def rest(value, expected, form):
    """What is left of the exact value beyond the rounded one, in thousandths of an ulp of the exact value."""
    precision, least, _ = FORMATS[form]
    if value == 0 or isinf(value) or isinf(expected):
        return mpf(0)
    return 1000 * mp.ldexp(value - mpf(expected), -max(mp.mag(value) - precision, least))


def main(folder):
    checked = wrong = 0
    unknown = set()
    for path in sorted(pathlib.Path(folder).glob("*.csv")):
        for line in path.read_text().splitlines():
            activation, form, order, x, expected, *thousandths = line.split(";")
            name, parameters = re.fullmatch(r"(\w+)(?:\((.*)\))?", activation).groups()
            if name not in FUNCTIONS:
                unknown.add(name)
                continue
            values = {key: float(value) for key, value in (part.split("=") for part in parameters.split(", "))} if parameters else {}
            mp.prec = BITS_FOR_TIES if 0 < abs(read(x, form)) < TINY else BITS
            value = FUNCTIONS[name][int(order)](mpf(read(x, form)), **values)
            exact = rounded(value, form)
            checked += 1
            if exact != read(expected, form) or any(abs(rest(value, exact, form) - int(t)) > 0.501 for t in thousandths):
                wrong += 1
                print(f"{activation} {form} order {order} at {read(x, form)!r}: {exact!r}, not {read(expected, form)!r} {thousandths}")
    for name in sorted(unknown):
        print(f"{name} has no second witness: it has no line in FUNCTIONS")
    print(f"{checked} values, {wrong} differ")
    return 1 if wrong or not checked else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
