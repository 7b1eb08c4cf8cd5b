"""Tests over several runs and test sets, as scipy has them or by their definitions."""
import json
import sys

import numpy as np
from scipy import stats

case = json.load(sys.stdin)
values = np.array(case["values"])  # a row a test set, a column a model
sets, models = values.shape
chi_square, p = stats.friedmanchisquare(*values.T)
ranges = [[k, n, float(stats.studentized_range.ppf(0.95, k, np.inf) / np.sqrt(2) * np.sqrt(k * (k + 1) / (6 * n)))]
          for k, n in case["ranges"]]


def corrected(differences, share):
    d = np.array(differences)
    se = np.sqrt((1 / len(d) + share) * d.var(ddof=1))
    return float(2 * stats.t.sf(abs(d.mean() / se), len(d) - 1))


print(json.dumps({
    "chi_square": float(chi_square),
    "p": float(p),
    "mean_ranks": [float(r) for r in stats.rankdata(-values, axis=1).mean(0)],
    "ranges": ranges,
    "tails": [float(stats.chi2.sf(x, df)) for x, df in case["tails"]],
    "folds": corrected(*case["folds"]),
}))
