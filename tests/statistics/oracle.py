"""What scipy, statsmodels and scikit-learn say of the cases on standard input."""
import json
import sys

import numpy as np
from scipy import stats
from scipy.optimize import brentq
from sklearn.metrics import average_precision_score, roc_auc_score
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint


def delong(y, scores):
    """By the definition, pair by pair."""
    positives, negatives = scores[y == 1], scores[y == 0]
    order = (positives[:, None] > negatives).astype(float) + 0.5 * (positives[:, None] == negatives)
    return order.mean(1), order.mean(0)


def delong_pair(y, a, b):
    v10, v01 = zip(delong(y, a), delong(y, b))
    s10, s01 = np.cov(v10), np.cov(v01)
    c = np.array([-1, 1])
    return float(np.sqrt(c @ s10 @ c / (y == 1).sum() + c @ s01 @ c / (y == 0).sum()))


def ap_jackknife(y, s):
    n = len(y)
    without = np.array([average_precision_score(np.delete(y, i), np.delete(s, i)) for i in range(n)])
    return float(np.sqrt((n - 1) / n * ((without - without.mean()) ** 2).sum()))


def mid_p(b, c):
    n, k = b + c, min(b, c)
    if b == c:
        return 1.0
    # statsmodels' exact p is twice the tail
    exact = 2 * stats.binom.cdf(k, n, 0.5) if n > 1_000_000 else mcnemar([[0, b], [c, 0]], exact=True).pvalue
    return float(exact - stats.binom.pmf(k, n, 0.5))


def newcombe_paired(both, first, second, neither, level):
    """Square-and-add of the two Wilson intervals' arms, as vectors that stand at the angle of the correlation."""
    table = np.array([[both, first], [second, neither]], float)
    n = table.sum()
    rows, columns = table.sum(1), table.sum(0)
    det = np.linalg.det(table)
    if det > 0:
        det = max(det - n / 2, 0)
    spread = np.sqrt(rows.prod() * columns.prod())
    phi = det / spread if spread else 0
    (l1, u1), (l2, u2) = (proportion_confint(k, n, 1 - level, "wilson") for k in (rows[0], columns[0]))
    p1, p2 = rows[0] / n, columns[0] / n
    form = np.array([[1, -phi], [-phi, 1]])
    low, high = np.array([p2 - l2, u1 - p1]), np.array([u2 - p2, p1 - l1])
    return [float(p2 - p1 - np.sqrt(low @ form @ low)), float(p2 - p1 + np.sqrt(high @ form @ high))]


def mid_p_limits(k, n, level):
    """Where the chance of as few, or as many, with half of the point's own, is half of 1 - level."""
    below = lambda p: stats.binom.cdf(k - 1, n, p) + stats.binom.pmf(k, n, p) / 2
    half = (1 - level) / 2
    return [
        0.0 if k == 0 else brentq(lambda p: 1 - below(p) - half, 0, 1, xtol=1e-14),
        1.0 if k == n else brentq(lambda p: below(p) - half, 0, 1, xtol=1e-14),
    ]


def auc_limits(area, m, n, level):
    """Newcombe's method 5, by its definition."""
    z = stats.norm.ppf(0.5 + level / 2)
    star = (m + n) / 2 - 1
    variance = lambda t: t * (1 - t) * (1 + star * (1 - t) / (2 - t) + star * t / (1 + t)) / (m * n)
    off = lambda t: (area - t) ** 2 - z * z * variance(t)
    return [brentq(off, 1e-12, area - (area == 1) * 1e-9, xtol=1e-14), 1.0 if area == 1 else brentq(off, area, 1 - 1e-12, xtol=1e-14)]


def welch(a, b, level):
    test = stats.ttest_ind(a, b, equal_var=False)
    return [float(np.mean(a) - np.mean(b)), *map(float, test.confidence_interval(level)), float(test.pvalue)]


# All 2^12 ways to give signs: scipy's "exact" knows no ties.
wilcoxon_methods = {"enumerated": stats.PermutationMethod(n_resamples=np.inf)}
cases = json.load(sys.stdin)
y, a, b = (np.array(cases[name]) for name in ("y", "a", "b"))
print(
    json.dumps(
        {
            "tail": stats.norm.sf(cases["z"]).tolist(),
            "student": [float(2 * stats.t.sf(t, df)) for t, df in cases["t"]],
            "quantile": [float(stats.t.ppf(q, df)) for q, df in cases["q"]],
            "wilson": [list(map(float, proportion_confint(k, n, 1 - level, "wilson"))) for k, n, level in cases["wilson"]],
            "fisher": [float(stats.fisher_exact([[a, n - a], [b, m - b]]).pvalue) for a, n, b, m in cases["fisher"]],
            "newcombe": [
                list(map(float, confint_proportions_2indep(a, n, b, m, method="newcomb", alpha=1 - level)))
                for a, n, b, m, level in cases["newcombe"]
            ],
            "welch": [welch(*case) for case in cases["welch"]],
            "mcnemar": [mid_p(b, c) for b, c in cases["mcnemar"]],
            "wilcoxon": [
                float(stats.wilcoxon(d, method=wilcoxon_methods.get(method, method), correction=False).pvalue)
                for d, method in cases["wilcoxon"]
            ],
            "ttest": [float(v) for v in (stats.ttest_rel(b, a).pvalue, *stats.ttest_rel(b, a).confidence_interval(0.9))],
            "newcombe_paired": [newcombe_paired(*case) for case in cases["newcombe_paired"]],
            "mid_p_limits": [mid_p_limits(*case) for case in cases["mid_p_limits"]],
            "auc_limits": [auc_limits(*case) for case in cases["auc_limits"]],
            "auc": float(roc_auc_score(y, a)),
            "delong": delong_pair(y, a, b),
            "ap": float(average_precision_score(y, a)),
            "ap_error": ap_jackknife(y, a),
        }
    )
)
