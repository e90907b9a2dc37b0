#!/usr/bin/env python3
"""Prints the Net Promoter numbers of ../published.sql for which no published example was found.

Every interval and test is worked out from the scored answers (+1, 0, -1), with the pseudo-answers
of Rocks (2016) appended as weighted answers, not from a formula in the counts.
"""
from math import ceil

import numpy as np
import scipy
from scipy.optimize import brentq
from scipy.stats import norm

Z = norm.ppf(0.975)


def moments(promoters, passives, detractors, pseudo):
    """Mean, and variance of the mean, of the scored answers; pseudo: Rocks' 3/4, 3/2, 3/4."""
    values = np.repeat([1.0, 0.0, -1.0], [promoters, passives, detractors])
    weights = np.ones(len(values))
    if pseudo:
        values = np.append(values, [1.0, 0.0, -1.0])
        weights = np.append(weights, [0.75, 1.5, 0.75])
    mean = np.average(values, weights=weights)
    variance = np.average((values - mean) ** 2, weights=weights)
    return mean, variance / weights.sum()


def interval(counts, pseudo, z=Z):
    mean, variance = moments(*counts, pseudo)
    half = z * variance**0.5
    return 100 * max(-1, mean - half), 100 * min(1, mean + half)


def two_sided(z):
    return 2 * norm.sf(abs(z))


def compare(a, b, pseudo):
    (ma, va), (mb, vb) = moments(*a, pseudo), moments(*b, pseudo)
    se = (va + vb) ** 0.5
    z = (ma - mb) / se
    raw = moments(*a, False)[0] - moments(*b, False)[0]
    return 100 * raw, 100 * (ma - mb - Z * se), 100 * (ma - mb + Z * se), two_sided(z)


def benchmark(counts, target, pseudo):
    mean, variance = moments(*counts, pseudo)
    z = (100 * mean - target) / (100 * variance**0.5)
    low, high = interval(counts, pseudo)
    raw = 100 * moments(*counts, False)[0]
    return raw - target, low - target, high - target, two_sided(z), norm.sf(z), norm.cdf(z)


def score_z(counts, delta):
    """The score statistic of Tango (1998): the variance is that of the most likely shares with
    promoter share - detractor share = delta, found numerically."""
    promoters, passives, detractors = counts
    n = sum(counts)

    def slope(d):
        p = d + delta
        return promoters / p + detractors / d - 2 * passives / (1 - p - d)

    low, high = max(0.0, -delta) + 1e-12, (1 - delta) / 2 - 1e-12
    d = brentq(slope, low, high, xtol=1e-15)
    return ((promoters - detractors) / n - delta) / ((2 * d + delta - delta**2) / n) ** 0.5


def score_interval(counts):
    mean = (counts[0] - counts[2]) / sum(counts)
    return (
        100 * brentq(lambda x: score_z(counts, x) - Z, -1 + 1e-6, mean, xtol=1e-14),
        100 * brentq(lambda x: score_z(counts, x) + Z, mean, 1 - 1e-6, xtol=1e-14),
    )


def show(label, *numbers):
    print(f"{label:38}", *(f"{number:.10g}" for number in numbers))


def sizes():
    power = norm.ppf(0.8)
    for margin in (3, 5, 10, 15, 20):
        d = margin / 100
        yield (
            margin,
            ceil(Z**2 * 0.6 / d**2 - 3),
            ceil((Z + power) ** 2 * 1.2 / d**2 - 3),
        )


if __name__ == "__main__":
    print("scipy", scipy.__version__, "numpy", np.__version__)
    a, b, small = (60, 25, 15), (45, 30, 25), (9, 0, 2)
    for counts in (a, b, small):
        show(f"{counts} adjusted-wald", *interval(counts, True))
        show(f"{counts} wald", *interval(counts, False))
    show(f"{a} tango", *score_interval(a))
    show("compare adjusted-wald", *compare(a, b, True))
    show("compare wald", *compare(a, b, False))
    show("benchmark 30 adjusted-wald", *benchmark(a, 30, True))
    show("benchmark 30 wald", *benchmark(a, 30, False))
    z = score_z(a, 0.30)
    low, high = score_interval(a)
    show("benchmark 30 tango", 15, low - 30, high - 30, two_sided(z), norm.sf(z), norm.cdf(z))
    for row in sizes():
        show("margin, answers; answers per group", *row)
