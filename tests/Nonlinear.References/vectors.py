"""Reference values of functions along an axis: mpmath, from the papers' formulas, with none of the library's code.

Usage: python3 vectors.py > ../Nonlinear.Tests/References/Vectors/vectors.csv
A line is activation;format;inputs;outputs;gradient by the outputs;gradient by the inputs, where the numbers of a vector are
hexadecimal bits with commas between them, and results are rounded once from 400 bits. Entmax's threshold is found by halving.
"""

import random
import struct

from mpmath import exp, inf, mp, mpf

mp.prec = 400

FORMATS = {"float": (24, -149, "f"), "double": (53, -1074, "d")}


def rounded(value, form):
    precision, least, _ = FORMATS[form]
    if value == 0:
        return 0.0
    ulp = max(mp.mag(value) - precision, least)
    return float(mp.ldexp(mp.nint(mp.ldexp(value, -ulp)), ulp))


def bits(values, form):
    return ",".join(struct.pack(">" + FORMATS[form][2], value).hex() for value in values)


def softmax(x):
    largest = max(x)
    powers = [exp(value - largest) if value != -inf else mpf(0) for value in x]
    return [power / sum(powers) for power in powers]


def weighted(s, u):
    """s ∘ (u - Σ s u / Σ s)"""
    mean = sum(a * b for a, b in zip(s, u)) / sum(s)
    return [a * (b - mean) for a, b in zip(s, u)]


def entmax(x, alpha):
    alpha = mpf(alpha)
    z = [(alpha - 1) * value for value in x]

    def shares(threshold):
        return [(value - threshold) ** (1 / (alpha - 1)) if value > threshold else mpf(0) for value in z]

    low, high = max(z) - 1, max(z)
    for _ in range(420):
        middle = (low + high) / 2
        if sum(shares(middle)) >= 1:
            low = middle
        else:
            high = middle
    if alpha == 2:
        # Halving would miss a tie between two numbers of a format.
        support = [value for value in z if value > low]
        low = (sum(support) - 1) / len(support)
    # What is below the last bit of the threshold is no share.
    return [share if share ** (alpha - 1) > mpf(2) ** -380 else mpf(0) for share in shares(low)]


def entmax_gradient(y, u, alpha):
    return weighted([share ** (2 - mpf(alpha)) if share > 0 else mpf(0) for share in y], u)


FUNCTIONS = {
    "softmax": (softmax, weighted),
    "softmin": (lambda x: softmax([-value for value in x]), lambda y, u: [-value for value in weighted(y, u)]),
    "hardmax": (lambda x: [mpf(i == x.index(max(x))) for i in range(len(x))], lambda y, u: [mpf(0)] * len(u)),
    "sparsemax": (lambda x: entmax(x, 2), lambda y, u: entmax_gradient(y, u, 2)),
    "entmax": (lambda x: entmax(x, 1.5), lambda y, u: entmax_gradient(y, u, 1.5)),
    "entmax(alpha=1)": (softmax, weighted),
}
for order in ("1.01", "1.25", "1.7", "2", "2.5", "4", "10"):
    FUNCTIONS[f"entmax(alpha={order})"] = (
        lambda x, order=order: entmax(x, float(order)),
        lambda y, u, order=order: entmax_gradient(y, u, float(order)),
    )


def inputs(generator, kind, length):
    if kind == "equal":
        return [generator.gauss(0, 3)] * length
    if kind == "near":
        return [1 + generator.randrange(3) * 2.0**-20 for _ in range(length)]
    if kind == "small":
        return [generator.gauss(0, 1e-3) for _ in range(length)]
    values = [generator.gauss(0, 0.3 if kind == "narrow" else 2) for _ in range(length)]
    if kind == "ties":
        values[length // 2] = max(values)
    if kind == "excluded":
        values[generator.randrange(length)] = -inf
        values[0] = 0.5
    return values


def main():
    generator = random.Random(16)
    for name, (function, gradient) in FUNCTIONS.items():
        for form, (precision, _, code) in FORMATS.items():
            for kind in ("narrow", "wide", "ties", "excluded", "equal", "near", "small"):
                for length in (1, 2, 3, 7):
                    if name == "softmin" and kind == "excluded":
                        continue
                    x = [mpf(struct.unpack(code, struct.pack(code, value))[0]) for value in inputs(generator, kind, length)]
                    u = [mpf(struct.unpack(code, struct.pack(code, generator.gauss(0, 1)))[0]) for _ in range(length)]
                    y = function(x)
                    dx = gradient(y, u)
                    results = ([rounded(value, form) for value in values] for values in (y, dx))
                    outputs, slopes = results
                    print(
                        name, form, bits(map(float, x), form), bits(outputs, form), bits(map(float, u), form), bits(slopes, form), sep=";"
                    )


main()
