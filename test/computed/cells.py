#!/usr/bin/env python3
"""Prints the numbers of ../published_cells.sql for which no published example was found.

Shrinkage: tau^2 by Brent's method on the estimating equation, everything from the raw answers.
Control charts: limits from the raw answers, Laney's sigma z by numpy.
With the argument "coverage" it prints how often shrunken intervals cover the true value instead,
and how the errors compare, when a group's variance is taken from all groups or from its own answers.
"""
import sys

import numpy as np
import scipy
from scipy.optimize import brentq
from scipy.stats import norm

Z = norm.ppf(0.975)


def mixture(m, v):
    def weigh(tau2):
        w = 1 / (v + tau2)
        mean = np.sum(w * m) / np.sum(w)
        return w, mean, np.sum(w * (m - mean) ** 2) - (len(m) - 1)

    tau2 = 0.0
    if weigh(0.0)[2] > 0:
        tau2 = brentq(lambda t: weigh(t)[2], 0, 1e6 * np.var(m) + 1, xtol=1e-18, rtol=1e-15)
    return tau2, *weigh(tau2)[:2]


def shrink(m, v):
    k = len(m)
    tau2, w, mean = mixture(m, v)
    b = (k - 3) / (k - 1) * v / (v + tau2)
    r = k * w / np.sum(w)
    extra = 2 / (k - 3) * b**2 * (np.sum(w * v) / np.sum(w) + tau2) / (v + tau2)
    s = np.sqrt(v * (1 - (k - r) / k * b) + extra * (m - mean) ** 2)
    return (1 - b) * m + b * mean, s, b, tau2, mean


def show(what, *rows):
    print(what)
    for row in rows:
        print("   ", " ".join(f"{x:.10g}" for x in np.atleast_1d(row)))


def shrunken(what, m, v, low=-np.inf, high=np.inf, unit=1):
    e, s, b, _, _ = shrink(m, v)
    rows = zip(unit * e, unit * np.clip(e - Z * s, low, high), unit * np.clip(e + Z * s, low, high), b)
    show(what, *rows)


def pooled(groups, pseudo):
    """Variance of one answer, pseudo-answers (value, weight) appended to all that there are."""
    x = np.concatenate(groups + [np.array([p[0] for p in pseudo])])
    w = np.concatenate([np.ones(sum(map(len, groups))), [p[1] for p in pseudo]])
    return np.average((x - np.average(x, weights=w)) ** 2, weights=w)


def repeat(values, counts):
    return np.repeat(np.array(values, float), counts)


def examples():
    print("Python", sys.version.split()[0], "numpy", np.__version__, "scipy", scipy.__version__)
    hits = np.array([18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7]) / 45
    shrunken("baseball, first and last", hits, np.full(18, 0.265 * 0.735 / 45))
    # log risk ratios of the BCG vaccine trials
    a, b, c, d = np.array([
        [4, 119, 11, 128], [6, 300, 29, 274], [3, 228, 11, 209], [62, 13536, 248, 12619],
        [33, 5036, 47, 5761], [180, 1361, 372, 1079], [8, 2537, 10, 619], [505, 87886, 499, 87892],
        [29, 7470, 45, 7232], [17, 1699, 65, 1600], [186, 50448, 141, 27197], [5, 2493, 3, 2338],
        [27, 16886, 29, 17825]], float).T
    y = np.log(a / (a + b)) - np.log(c / (c + d))
    v = 1 / a - 1 / (a + b) + 1 / c - 1 / (c + d)
    show("BCG: tau^2, mean", mixture(y, v)[0], mixture(y, v)[2])
    shrunken("BCG, trials 1, 4 and 8", y, v)

    rates = [(9, 9), (7, 10), (30, 60), (45, 90), (2, 4), (150, 200)]
    groups = [repeat([1, 0], [x, n - x]) for x, n in rates]
    v = pooled(groups, [(1, 2), (0, 2)])
    shrunken("shares", np.array([g.mean() for g in groups]), v / np.array([len(g) for g in groups]), 0, 1)
    scores = [(5, 0, 0), (20, 15, 25), (3, 4, 1), (200, 90, 60), (0, 2, 1)]
    groups = [repeat([1, 0, -1], s) for s in scores]
    v = pooled(groups, [(1, 0.75), (0, 1.5), (-1, 0.75)])
    shrunken("NPS", np.array([g.mean() for g in groups]), v / np.array([len(g) for g in groups]), -1, 1, 100)
    marks = [(0, 0, 0, 0, 1), (1, 2, 3, 4, 5), (0, 0, 2, 8, 9), (6, 4, 2, 1, 0), (0, 1, 0, 1, 0)]
    groups = [repeat([1, 2, 3, 4, 5], m) for m in marks]
    within = sum(((g - g.mean()) ** 2).sum() for g in groups) / sum(len(g) - 1 for g in groups)
    shrunken("means", np.array([g.mean() for g in groups]), within / np.array([len(g) for g in groups]), 1, 5)

    x = np.array([5213, 5377, 4961, 5120, 5540, 5333, 4892, 5478])
    n = np.array([10000, 10300, 9800, 10100, 10450, 10200, 9500, 10500])
    p = x.sum() / n.sum()
    s = np.sqrt(p * (1 - p) / n)
    z = np.mean(np.abs(np.diff((x / n - p) / s))) / 1.128
    show("p' chart: center, sigma z, limits", p, z, p - 3 * s * z, p + 3 * s * z)
    u = x.sum() / (n / 100).sum()
    s = np.sqrt(u / (n / 100))
    z = np.mean(np.abs(np.diff((x / (n / 100) - u) / s))) / 1.128
    show("u' chart: center, sigma z, limits", u, z, u - 3 * s * z, u + 3 * s * z)
    months = [(50, 30, 20), (60, 20, 25), (44, 30, 28), (80, 10, 12), (39, 25, 40)]
    groups = [repeat([1, 0, -1], m) for m in months]
    base = np.concatenate(groups[:3])
    e = np.array([100 * np.sqrt(base.var() / len(g)) for g in groups])
    show("NPS chart, first three months the baseline: center, limits", 100 * base.mean(),
         100 * base.mean() - 3 * e, 100 * base.mean() + 3 * e)
    groups = [repeat([1, 2, 3, 4, 5], m) for m in [(1, 2, 3, 4, 5), (0, 1, 5, 8, 2), (3, 3, 3, 3, 3), (0, 0, 1, 9, 9)]]
    within = sum(((g - g.mean()) ** 2).sum() for g in groups) / sum(len(g) - 1 for g in groups)
    mean = np.concatenate(groups).mean()
    e = np.array([np.sqrt(within / len(g)) for g in groups])
    show("means chart: center, limits of 2 sigmas", mean, mean - 2 * e, mean + 2 * e)


def coverage():
    """Shares of 3 to 200 answers from beta-distributed true values, 4000 repetitions a row."""
    rng = np.random.default_rng(1983)
    print("groups mean sd | all: coverage, error to raw | own: coverage, error to raw")
    for k in (5, 10, 30):
        for mean, sd in ((0.8, 0.05), (0.8, 0.1), (0.5, 0.1), (0.93, 0.03)):
            a = mean * (mean * (1 - mean) / sd**2 - 1)
            found = np.zeros((2, 3))
            for _ in range(4000):
                true = rng.beta(a, a * (1 - mean) / mean, k)
                n = rng.choice([3, 5, 8, 12, 20, 50, 200], k)
                x = rng.binomial(n, true)
                adjusted = (x + 2) / (n + 4)
                total = (x.sum() + 2) / (n.sum() + 4)
                for i, v in enumerate((total * (1 - total) / n, adjusted * (1 - adjusted) / (n + 4))):
                    e, s, *_ = shrink(x / n, v)
                    found[i] += (np.mean(np.abs(e - true) < Z * s), np.mean((e - true) ** 2),
                                 np.mean((x / n - true) ** 2))
            print(f"{k:6} {mean:4} {sd:4} |", " | ".join(f"{c / 4000:.3f} {m / r:.2f}" for c, m, r in found))


if __name__ == "__main__":
    coverage() if sys.argv[1:] == ["coverage"] else examples()
