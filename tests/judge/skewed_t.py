"""Student's t corrected for skewness (Hall 1992, third transformation), by its definition: the larger of two p."""
import numpy as np
from scipy import optimize, stats


def third(x):
    """Third central moment of the mean."""
    return ((x - x.mean()) ** 3).sum() / (len(x) * (len(x) - 1)) ** 1.5


def skewed_p(t, skew, freedom):
    transformed = t + skew * t**2 / 3 + skew**2 * t**3 / 27 + skew / 6
    return float(max(2 * stats.t.sf(abs(t), freedom), 2 * stats.t.sf(abs(transformed), freedom)))


def skewed_t(mean, error, skew, freedom, level=0.95):
    """All values that neither t test rejects."""
    def end(sign):
        return optimize.brentq(lambda t: skewed_p(sign * t, skew, freedom) - (1 - level), 1.0, 1e3, xtol=1e-14, rtol=1e-14)
    return [float(mean - end(1) * error), float(mean + end(-1) * error)]


def mean_interval(x):
    error = stats.sem(x)
    return skewed_t(x.mean(), error, third(x) / error**3, len(x) - 1)


def mean_p(x):
    error = stats.sem(x)
    return skewed_p(x.mean() / error, third(x) / error**3, len(x) - 1)
