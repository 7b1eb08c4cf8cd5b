"""Skewness-corrected t, ratios and permutation tests of the cases on standard input, from numpy and scipy."""
import json
import sys

import numpy as np
from scipy import optimize, stats


def deviation(x):
    """Mean, its standard error, and the skewness of the sample over the root of its size."""
    n = len(x)
    return x.mean(), stats.sem(x), stats.skew(x) / np.sqrt(n), n - 1


def p_of(value, error, skew, freedom):
    """The larger of Student's p and that of Hall's third transformation."""
    t = value / error
    transformed = t + skew * t**2 / 3 + skew**2 * t**3 / 27 + skew / 6
    return max(2 * stats.t.sf(abs(t), freedom), 2 * stats.t.sf(abs(transformed), freedom))


def ends(of, estimate, step, level):
    """Where p falls to 1 - level on either side, followed outward from the estimate."""
    found = []
    for sign in (-1, 1):
        at = lambda distance: p_of(*deviation(of(estimate + sign * distance))) - (1 - level)
        outside = step
        while at(outside) > 0:
            outside *= 1.1
        found.append(estimate + sign * optimize.brentq(at, outside / 1.1 if outside > step else 0, outside, xtol=1e-15))
    return [float(end) for end in found]


def mean(x, level):
    x = np.array(x)
    return [float(p_of(*deviation(x))), *ends(lambda m: x - m, x.mean(), 0.1 * stats.sem(x), level)]


def ratio(x, y, level):
    x, y = np.array(x), np.array(y)
    r = x.mean() / y.mean()
    return ends(lambda value: x - value * y, r, 0.1 * stats.sem(x - r * y) / y.mean(), level)


def permutation(x, drawn):
    """Mid-p of the sum of the first, among all ways to draw as many."""
    x = np.array(x)
    result = stats.permutation_test(
        (x[:drawn], x[drawn:]), lambda a, b: a.sum(), permutation_type="independent", n_resamples=np.inf, vectorized=False
    )
    sums = result.null_distribution
    excess = sums - result.statistic
    equal = (np.abs(excess) < 1e-9).mean() / 2
    return float(min(1, 2 * min((excess > 1e-9).mean() + equal, (excess < -1e-9).mean() + equal)))


cases = json.load(sys.stdin)
json.dump(
    {
        "means": [mean(*case) for case in cases["means"]],
        "ratios": [ratio(*case) for case in cases["ratios"]],
        "permutations": [permutation(*case) for case in cases["permutations"]],
    },
    sys.stdout,
)
