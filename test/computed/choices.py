#!/usr/bin/env python3
"""Shows that the standard errors of weighted tick-all shares, and the intervals made of them, are
right: by a bootstrap of fixed answers, whose numbers are in ../choices.sql, and by simulation.

A share is sum w x / sum w over all respondents, x = 1 where the choice is ticked. Its linearised
standard error e gives effective_n = share (1 - share) / e^2, which takes the place of n in the
intervals: Wilson's for each choice of tick-all, Goodman's for the choices of one of many. Exits
non-zero when a number is not what it must be.
"""
import sys

import numpy as np
import scipy
from scipy.stats import norm

SEED = 20260302
failures = 0


def linearised(x, w):
    """Share and its standard error, over the last axis."""
    total = w.sum(-1)
    share = (w * x).sum(-1) / total
    error = np.sqrt((w**2 * (x - share[..., None]) ** 2).sum(-1)) / total
    return share, error


def wilson(share, n, z):
    middle = share + z**2 / (2 * n)
    half = z * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return (middle - half) / (1 + z**2 / n), (middle + half) / (1 + z**2 / n)


def check(what, value, low, high):
    global failures
    good = low <= value <= high
    failures += not good
    print(f"{what}: {value:.4f} {'ok' if good else f'NOT BETWEEN {low} AND {high}'}")


def fixed_answers():
    """240 respondents; every fourth weighs much and ticks a more often."""
    i = np.arange(1, 241)
    heavy = i % 4 == 0
    ticks = np.array([i * 37 % 100 < 20 + 40 * heavy, i * 53 % 100 < 30, i * 71 % 100 < 8])
    return ticks.astype(float), np.where(heavy, 3, 0.5) + i % 5 / 8


def bootstrap(rng, repetitions=40000):
    ticks, w = fixed_answers()
    share, error = linearised(ticks, w)
    drawn = rng.multinomial(len(w), np.full(len(w), 1 / len(w)), size=repetitions)
    for name, x, p, e in zip("abc", ticks, share, error):
        resampled = (drawn @ (w * x)) / (drawn @ w)
        spread = resampled.std()
        print(f"{name}: share {p:.10f}, linearised error {e:.10f}, bootstrap error {spread:.6f}, "
              f"effective_n {p * (1 - p) / e**2:.6f}")
        check(f"{name}: linearised / bootstrap", e / spread, 0.98, 1.02)


def survey(rng, surveys, respondents):
    """Who weighs much, and the weights: 40 % weigh 3 on average and 60 % weigh 0.55."""
    heavy = rng.random((surveys, respondents)) < 0.4
    w = np.where(heavy, 2.5, 0.3) + rng.random(heavy.shape) * np.where(heavy, 1, 0.5)
    return heavy, w


def true_share(heavy, light):
    return (0.4 * 3 * heavy + 0.6 * 0.55 * light) / (0.4 * 3 + 0.6 * 0.55)


def simulate(rng, surveys, respondents):
    z = norm.ppf(0.975)
    heavy, w = survey(rng, surveys, respondents)
    cases = [("with weight", 0.45, 0.15), ("against weight", 0.2, 0.5), ("apart from weight", 0.3, 0.3)]
    for name, h, l in cases:
        x = (rng.random(heavy.shape) < np.where(heavy, h, l)).astype(float)
        share, error = linearised(x, w)
        low, high = wilson(share, share * (1 - share) / error**2, z)
        covered = np.mean((low <= true_share(h, l)) & (true_share(h, l) <= high))
        check(f"{respondents}, {name}: linearised / spread", np.sqrt(np.mean(error**2)) / share.std(), 0.97, 1.03)
        check(f"{respondents}, {name}: Wilson covers", covered, 0.935, 0.965)

    first = rng.random(heavy.shape) < np.where(heavy, 0.45, 0.15)
    second = ~first & (rng.random(heavy.shape) < 0.4)
    hit = np.ones(surveys, bool)
    for x, h, l in ((first, 0.45, 0.15), (second, 0.22, 0.34), (~first & ~second, 0.33, 0.51)):
        share, error = linearised(x.astype(float), w)
        low, high = wilson(share, share * (1 - share) / error**2, norm.ppf(1 - 0.05 / 6))
        hit &= (low <= true_share(h, l)) & (true_share(h, l) <= high)
    check(f"{respondents}, one of three: Goodman covers all at once", hit.mean(), 0.935, 0.98)


if __name__ == "__main__":
    print("numpy", np.__version__, "scipy", scipy.__version__)
    generator = np.random.default_rng(SEED)
    bootstrap(generator)
    simulate(generator, 20000, 200)
    simulate(generator, 8000, 800)
    sys.exit(failures > 0)
