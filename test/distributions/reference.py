# Reference table for src/distributions.c.  Regenerate (about three minutes on two
# cores, needs numpy and mpmath) with:  python3 reference.py > reference.tsv
# Verify without writing (a second method on a sample of points):  python3 reference.py --verify
#
# Grid.  Normal: p below in both tails, z = +-{0, 1e-300 .. 38}.  Student: df from
# 0.05 to 1e9.  Chi-square: df from 0.002 to 1e9.  Beta: a = x, b = n - x + 1 for
# n = 10, 1000, 1e6, 1e9 and x = 0.5, 1, 2, 2.5, n/1000 (+ 0.5), n/2 (+ 0.5),
# n - 1, n - 0.5, n, and further pairs down to 0.001.  Every distribution has its
# quantiles at LEVELS taken as lower tail and as upper tail, and both tails of its
# distribution function at each of these quantiles rounded to a double (so tails
# reach 1e-300), evaluated again for exactly that double, and at FIXED points.
#
# Method.  Both regularized functions are summed from their power series of positive
# terms (DLMF 8.17.8 with 15.8.1 and DLMF 8.11.4) in integer fixed-point arithmetic,
# either directly or as the complement with as many more digits as the complement
# cancels, whichever needs fewer terms.  Quantiles are found by Halley steps on the
# logarithm of the tail and accepted when the last step is below 1e-24.  The second
# method is tanh-sinh/Gauss-Legendre integration by mpmath.quad of the density.
import math
import multiprocessing
import sys
from functools import lru_cache

import mpmath
import numpy as np
from mpmath import mp, mpf

DIGITS = 60
SMALLEST = mpf(10) ** -301
LEVELS = [1e-300, 1e-200, 1e-100, 1e-50, 1e-20, 1e-8, 1e-4, .001, .0125, .025, .05, .1,
          .25, .4, .5, .6, .75, .9, .95, .975, .99, .999, 0.99999999]
FIXED = [1e-300, 1e-20, .01, .3, .5, .9, 1 - 2.0 ** -40]
T_FIXED = [1e-300, 1e-20, 1e-3, .5, .999, 1.001, 2, 10, 37, 1e5, 1e100, 1e160, 1e300]
CHI_FIXED = [1e-300, 1e-20, 1e-3, 1, 10, 100, 1300]
STUDENT_DF = [.05, .3, 1, 1.5, 2, 3.7, 5, 10, 29.5, 100, 123.4, 999, 1e4, 1e6, 1e9, 999999999.5]
CHI_DF = [.002, .02, .3, 1, 2, 3, 5.5, 10, 57, 150, 199.9, 200.1, 1000, 12345.6, 1e6, 1e9]


def beta_pairs():
    pairs = []
    for n in (10, 1000, 10 ** 6, 10 ** 9):
        for x in (.5, 1, 2, 2.5, n / 1000, n / 1000 + .5, n / 2, n / 2 + .5, n - 1, n - .5, n):
            if (x, n - x + 1) not in pairs:
                pairs.append((float(x), float(n - x + 1)))
    return pairs + [(.001, .001), (.001, 1.), (1., .001), (.01, 5.), (5., .01), (.001, 1e9),
                    (1e9, .001), (.3, 1e9), (1e9, .3), (.5, .5), (3.7, .2), (11.9, .02),
                    (12.1, .02), (12.1, 3.), (40., 1e5), (1e5, 40.), (200., .1), (.1, 200.),
                    (99., 33.), (101., 33.), (99., 1e4), (101., 1e4), (20., 20.), (12.5, 1e9 - 12)]


@lru_cache(maxsize=None)
def log_gamma(numerator, denominator, digits):
    with mp.workdps(digits):
        return mpmath.loggamma(mpf(numerator) / denominator)


def lgam(value, digits):
    ratio = ratio_of(value)
    return log_gamma(ratio[0], ratio[1], digits)


def ratio_of(value):
    """Numerator and power-of-two denominator of a float or mpf"""
    if isinstance(value, float):
        return value.as_integer_ratio()
    sign, man, exp, _ = value._mpf_
    man = int(-man if sign else man)
    return (man << exp, 1) if exp >= 0 else (man, 1 << -exp)


def series(top, bottom, x, digits):
    """Sum over k of (top)_k / (bottom)_k x^k (top None: no numerator) for x > 0"""
    bits = int(digits * 3.33) + 80
    low, low_den = ratio_of(bottom)
    x_top, x_den = ratio_of(x)
    shift = x_den.bit_length() - 1
    if top is None:
        high, step = 1, 0
        x_top *= low_den
        high_den = low_den
        scale = low_den
    else:
        high, high_den = ratio_of(top)
        scale = max(high_den, low_den)
        high, step = high * (scale // high_den), scale
        low *= scale // low_den
    if top is None:
        pass
    extra = max(0, x_top.bit_length() - bits)
    x_top >>= extra
    shift -= extra
    term = total = 1 << bits
    if step:
        while term:
            term = term * x_top * high // low
            term = term >> shift if shift >= 0 else term << -shift
            total += term
            high += step
            low += scale
    else:
        while term:
            term = term * x_top // low
            term = term >> shift if shift >= 0 else term << -shift
            total += term
            low += scale
    return mpf(total) / (mpf(2) ** bits)


def exact_sum(a, b):
    with mp.workdps(400):
        return mpf(a) + mpf(b)


def beta_lower(a, b, x, y, digits):
    """I_x(a, b) by its positive series (a, b exact mpf)"""
    with mp.workdps(digits + 25):
        n = a + b
        log_front = (a * mpmath.log(x) + b * mpmath.log(y) + lgam(n, digits + 25)
                     - lgam(a, digits + 25) - lgam(b, digits + 25))
        return mpmath.exp(log_front) / a * series(n, a + 1, x, digits + 10)


def beta_terms(a, b, x, y, extra):
    """Estimate the number of series terms for I_x(a, b)"""
    a, n, x, y = float(a), float(a + b), float(x), float(y)
    length = 140 + extra
    rise = max(0., n * x - a) / max(y, 1e-300)
    return rise + min(math.sqrt(2 * length * (a + rise) / max(y, 1e-300)) + 5 * length,
                      length / -math.log1p(-y) + rise if 0 < y < 1 else 1e4)


def beta_tails(a, b, x, y):
    """Both tails of beta(a, b) at x = 1 - y, with at least DIGITS digits each"""
    with mp.workdps(DIGITS + 30):
        a, b = mpf(a), mpf(b)
        n = a + b
        below = x * n < a
        if not below:
            a, b, x, y = b, a, y, x
        log_kernel = (a * mpmath.log(x) + b * mpmath.log(y) + lgam(n, DIGITS + 30)
                      - lgam(a, DIGITS + 30) - lgam(b, DIGITS + 30))
        lost = max(0, int(-log_kernel / mpmath.log(10))) + 30
    if lost > 1200 and beta_terms(a, b, x, y, 0) > 3e6:
        raise ArithmeticError
    if beta_terms(a, b, x, y, 0) < beta_terms(b, a, y, x, lost * 2.31) * (1 + lost / 200):
        small = beta_lower(a, b, x, y, DIGITS)
        with mp.workdps(DIGITS + 10):
            other = 1 - small
            if other < mpf(10) ** -8:
                raise ArithmeticError
    else:
        with mp.workdps(DIGITS + lost):
            # only with x = 1 - y to all these digits does the difference mean anything
            other = beta_lower(b, a, y, 1 - mpf(y), DIGITS + lost)
            small = 1 - other
    return (small, other) if below else (other, small)


def gamma_tails(a, x):
    with mp.workdps(DIGITS + 30):
        a = mpf(a)
        log_kernel = a * mpmath.log(x) - x - lgam(a, DIGITS + 30)
        lost = 10
        if x > a:
            lost += max(0, int(-log_kernel / mpmath.log(10))) + 30
    digits = DIGITS + lost + 25
    with mp.workdps(digits):
        lower = (mpmath.exp(a * mpmath.log(x) - x - lgam(a, digits)) / a
                 * series(None, a + 1, x, DIGITS + lost))
        return lower, 1 - lower


NODES, WEIGHTS = np.polynomial.legendre.leggauss(200)


def rough_log_tail(a, b, w, upper, log_const):
    """Logarithm of a tail of the beta (b None: gamma) at logit (logarithm) w, in doubles"""
    if b is None:
        x = math.exp(min(w, 700.))

        def drop(s):
            e = s if upper else -s
            return (-a * e) + x * np.expm1(e)
        front = a * w - x
    else:
        if upper:
            a, b, w = b, a, -w
        log_x, log_y = -np.logaddexp(0, -w), -np.logaddexp(0, w)
        x, y, n = math.exp(log_x), math.exp(log_y), a + b

        def drop(s):
            return n * np.log1p(y * np.expm1(s)) - b * s if y < .5 else \
                a * s + n * np.log1p(x * np.expm1(-s))
        front = a * log_x + b * log_y
    end = 1e-8
    with np.errstate(all='ignore'):
        while not drop(np.float64(end)) > 45 and end < 1e6:
            end *= 1.3
        total = 0.
        edges = np.concatenate([[0.], end * 2.0 ** np.arange(-6, 1)])
        for left, right in zip(edges, edges[1:]):
            s = left + (right - left) * (NODES + 1) / 2
            total += (right - left) / 2 * np.dot(WEIGHTS, np.exp(-drop(s)))
        value = front + log_const + np.log(total)
    # far on the other side of the mode the integral overflows: the tail is all
    return math.inf if math.isnan(value) else float(value)


def rough_root(a, b, p, upper):
    """Logit (b None: logarithm) of the quantile, about ten digits"""
    with mp.workdps(40):
        if b is None:
            log_const = float(-mpmath.loggamma(a))
            low, high = -690. if upper else -3000 / min(a, 1.), math.log(a + 2000 + 60 * math.sqrt(a))
        else:
            log_const = float(mpmath.loggamma(mpf(a) + b) - mpmath.loggamma(a) - mpmath.loggamma(b))
            low, high = -3000 / min(a, 1.), 3000 / min(b, 1.)
            centre = math.log(a / b)
            low, high = max(low, -1e4) + min(centre, 0), min(high, 1e4) + max(centre, 0)
    target = math.log(p)
    for _ in range(90):
        mid = (low + high) / 2
        # the direct integral of either tail; past the mode it is still right but rougher
        if (rough_log_tail(a, b, mid, upper, log_const) > target) != upper:
            high = mid
        else:
            low = mid
    return (low + high) / 2


def quantile(a, b, p, upper):
    """Odds x / y (b None: x) of the quantile with the given tail, to 24 digits"""
    p = mpf(p)
    if p > .5:
        with mp.workdps(DIGITS):
            p, upper = 1 - p, not upper
    start = rough_root(a, b, float(p), upper)
    with mp.workdps(DIGITS + 30):
        ratio = mpmath.exp(mpf(start))
        for _ in range(12):
            if b is None:
                x = ratio
                lower, tail = gamma_tails(a, x)
                slope = a - x
                log_kernel = a * mpmath.log(x) - x - lgam(mpf(a), DIGITS + 30)
            else:
                x, y = ratio / (1 + ratio), 1 / (1 + ratio)
                lower, tail = beta_tails(a, b, x, y)
                total = mpf(a) + mpf(b)
                slope = a - total * x
                log_kernel = (a * mpmath.log(x) + b * mpmath.log(y) + lgam(total, DIGITS + 30)
                              - lgam(mpf(a), DIGITS + 30) - lgam(mpf(b), DIGITS + 30))
            value = tail if upper else lower
            first = mpmath.exp(log_kernel) / value * (-1 if upper else 1)
            error = mpmath.log(value / p)
            newton = error / first
            move = -newton / (1 - newton * (slope - first) / 2)
            ratio *= mpmath.exp(move)
            if abs(move) < mpf(10) ** -24:
                return ratio
    raise ArithmeticError('no convergence %r' % ((a, b, p, upper),))


def num(value):
    return '%.17g' % float(value)


def to_float(value):
    """Nearest double, by exact decimal conversion"""
    return float(mpmath.nstr(value, 40, strip_zeros=False))


def row(rows, name, args, value):
    rows.append('\t'.join([name] + [num(v) for v in args] + [num(to_float(value))]))


def both_tails(rows, name, args, lower, upper):
    if lower > SMALLEST:
        row(rows, name + 'Cdf', args, lower)
    if upper > SMALLEST:
        row(rows, name + 'Tail', args, upper)


def in_range(value):
    return mpf(10) ** -300 < abs(value) < mpf(10) ** 300


def beta_rows(a, b):
    rows, points = [], list(FIXED)
    for upper in (False, True):
        for p in LEVELS:
            rough = rough_root(a, b, p, upper)
            if rough < -690:
                continue
            with mp.workdps(DIGITS):
                ratio = quantile(a, b, p, upper)
                x = ratio / (1 + ratio)
                row(rows, 'BetaTailQuantile' if upper else 'BetaQuantile', (p, a, b), x)
                points.append(to_float(x))
    for x in sorted(set(points)):
        if not 0 < x < 1:
            continue
        try:
            with mp.workdps(400):
                lower, upper = beta_tails(a, b, mpf(x), 1 - mpf(x))
        except ArithmeticError:
            continue
        both_tails(rows, 'Beta', (x, a, b), lower, upper)
    return rows


def student_rows(df):
    rows, points = [], list(T_FIXED)
    for p in LEVELS:
        if p > .5 or p == .5:
            continue
        rough = rough_root(df / 2, .5, 2 * p, False)
        if rough < -1370:
            continue
        with mp.workdps(DIGITS):
            t = mpmath.sqrt(df / quantile(df / 2, .5, mpf(2) * mpf(p), False))
            row(rows, 'StudentQuantile', (p, df), -t)
            row(rows, 'StudentTailQuantile', (p, df), t)
            points.append(to_float(t))
    for p in LEVELS + [.5 + 2.0 ** -30]:
        if p > .5:
            with mp.workdps(DIGITS):
                t = mpmath.sqrt(df / quantile(df / 2, .5, 2 * (1 - mpf(p)), False))
                row(rows, 'StudentQuantile', (p, df), t)
                row(rows, 'StudentTailQuantile', (p, df), -t)
                points.append(to_float(t))
    for t in sorted(set(points)):
        try:
            with mp.workdps(DIGITS + 40):
                exact = mpf(t) ** 2
                x, y = df / (df + exact), exact / (df + exact)
                lower, upper = beta_tails(df / 2, .5, x, y)
        except ArithmeticError:
            continue
        with mp.workdps(DIGITS):
            tail = lower / 2
            cdf = (1 + upper) / 2
        both_tails(rows, 'Student', (t, df), cdf, tail)
        both_tails(rows, 'Student', (-t, df), tail, cdf)
    return rows


def chi_rows(df):
    rows, points = [], list(CHI_FIXED)
    for upper in (False, True):
        for p in LEVELS:
            if rough_root(df / 2, None, p, upper) < -690:
                continue
            with mp.workdps(DIGITS):
                x = 2 * quantile(df / 2, None, p, upper)
                row(rows, 'ChiSquareTailQuantile' if upper else 'ChiSquareQuantile', (p, df), x)
                points.append(to_float(x))
    for x in sorted(set(points)):
        if abs(x - df) > 60 * math.sqrt(2 * df) + 1500 and x < df:
            continue
        lower, upper = gamma_tails(df / 2, mpf(x) / 2)
        both_tails(rows, 'ChiSquare', (x, df), lower, upper)
    return rows


def normal_tail(z):
    return mpmath.erfc(z / mpmath.sqrt(2)) / 2


def normal_rows(_):
    rows, points = [], [0, 1e-300, 1e-20, 1e-5, .1, .5, 1, 1.5, 2, 3, 5, 6.1, 8, 12, 20, 26.5, 30, 35.3, 37]
    with mp.workdps(DIGITS):
        more = [10.0 ** -k for k in range(3, 308, 5)] + [k / 64 for k in range(1, 64)]
        for p in sorted(set(LEVELS + more + [.5 + 2.0 ** -30, .5 - 2.0 ** -50])):
            if p == .5:
                continue
            q = min(mpf(p), 1 - mpf(p))
            z = mpmath.sqrt(2) * mpmath.erfinv(1 - 2 * q) if q > 1e-5 else \
                mpmath.sqrt(-2 * mpmath.log(q) - mpmath.log(-2 * mpmath.log(q) * 2 * mpmath.pi))
            for _ in range(60):
                value = normal_tail(z)
                move = (value - q) / (mpmath.npdf(z)) if q > 1e-5 else \
                    mpmath.log(value / q) * value / mpmath.npdf(z)
                z += move
                if abs(move) < mpf(10) ** -40 * abs(z):
                    break
            assert abs(normal_tail(z) / q - 1) < mpf(10) ** -30
            z = z if p < .5 else -z
            row(rows, 'NormalTailQuantile', (p,), z)
            row(rows, 'NormalQuantile', (p,), -z)
            points.append(abs(to_float(z)))
        for z in sorted(set(points)):
            both_tails(rows, 'Normal', (z,), normal_tail(-mpf(z)), normal_tail(mpf(z)))
            if z:
                both_tails(rows, 'Normal', (-z,), normal_tail(mpf(z)), normal_tail(-mpf(z)))
    return rows


def integrate(a, b, ratio, upper):
    """A tail by mpmath.quad over the logit (b None: logarithm), the second method"""
    with mp.workdps(45):
        a = mpf(a)
        if b is not None:
            b = mpf(b)
            if upper:
                a, b, ratio = b, a, 1 / ratio
            n = a + b
            x, y = ratio / (1 + ratio), 1 / (1 + ratio)
            front = a * mpmath.log(x) + b * mpmath.log(y) + mpmath.loggamma(n) \
                - mpmath.loggamma(a) - mpmath.loggamma(b)

            def drop(s):
                return a * s + n * mpmath.log(y + x * mpmath.exp(-s))
        else:
            front = a * mpmath.log(ratio) - ratio - mpmath.loggamma(a)
            sign = 1 if upper else -1

            def drop(s):
                return -sign * a * s + ratio * mpmath.expm1(sign * s)
        end = mpf(10) ** -8
        while drop(end) < 100:
            end *= 1.3
        pieces = [end * mpf(k) / 12 for k in range(13)]
        return mpmath.exp(front) * mpmath.quad(lambda s: mpmath.exp(-drop(s)), pieces, maxdegree=7)


VERIFY = [(1e9 / 2, 1e9 / 2 + 1), (1e9 / 2 + .5, 1e9 / 2 + .5), (1e6, 1e9 - 1e6 + 1),
          (1e9 - 1e6, 1e6 + 1.), (1e9 / 2, .5), (.5, 1e9), (2., 1e9 - 1), (999., 2.), (20., 20.),
          (3.7, 1.2), (1e6 / 2, 1e6 / 2 + 1), (1e9 / 2, None), (50., None), (1e6 / 2, None), (1., None)]


def verify(case):
    (a, b), worst = case, 0
    for upper in (False, True):
        for p in (1e-300, 1e-20, .025):
            if upper is False and a < 20 and p < 1e-20 or upper and b and b < 20 and p < 1e-20:
                p = .001
            ratio = quantile(a, b, p, upper)
            with mp.workdps(45):
                worst = max(worst, abs(integrate(a, b, ratio, upper) / mpf(p) - 1))
    return '%r\t%s' % (case, mpmath.nstr(worst, 3))


def work(job):
    return job[0](*job[1])


def main():
    if '--verify' in sys.argv:
        jobs = [(verify, (case,)) for case in VERIFY]
    else:
        # the slow ones first, the table is in the order of the sorted rows
        jobs = [(beta_rows, pair) for pair in sorted(beta_pairs(), key=lambda v: -min(v))]
        jobs += [(chi_rows, (df,)) for df in CHI_DF] + [(student_rows, (df,)) for df in STUDENT_DF]
        jobs += [(normal_rows, (0,))]
        jobs.sort(key=lambda j: -float(min(j[1])))
    table = []
    with multiprocessing.Pool(2) as pool:
        for number, (job, rows) in enumerate(zip(jobs, pool.imap(work, jobs, 1))):
            table += [rows] if isinstance(rows, str) else rows
            print(number + 1, len(jobs), job[0].__name__, job[1], file=sys.stderr, flush=True)
    sys.stdout.write('\n'.join(table if '--verify' in sys.argv else sorted(set(table))) + '\n')


if __name__ == '__main__':
    main()
