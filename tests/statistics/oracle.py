"""What scipy, statsmodels and scikit-learn say of the cases on standard input."""
import json
import sys

import numpy as np
from scipy import stats
from sklearn.metrics import average_precision_score, roc_auc_score
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.proportion import proportion_confint


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


cases = json.load(sys.stdin)
y, a, b = (np.array(cases[name]) for name in ("y", "a", "b"))
print(
    json.dumps(
        {
            "tail": stats.norm.sf(cases["z"]).tolist(),
            "student": [float(2 * stats.t.sf(t, df)) for t, df in cases["t"]],
            "quantile": [float(stats.t.ppf(q, df)) for q, df in cases["q"]],
            "wilson": [list(map(float, proportion_confint(k, n, 1 - level, "wilson"))) for k, n, level in cases["wilson"]],
            "mcnemar": [mid_p(b, c) for b, c in cases["mcnemar"]],
            "wilcoxon": [
                float(stats.wilcoxon(d, method=method, correction=False).pvalue) for d, method in cases["wilcoxon"]
            ],
            "ttest": [float(v) for v in (stats.ttest_rel(b, a).pvalue, *stats.ttest_rel(b, a).confidence_interval(0.9))],
            "auc": float(roc_auc_score(y, a)),
            "delong": delong_pair(y, a, b),
            "ap": float(average_precision_score(y, a)),
            "ap_error": ap_jackknife(y, a),
            "bca": [float(v) for v in cases["bca"] and stats.bootstrap(
                (np.repeat([0, 1], cases["bca"]),), np.mean, n_resamples=40000, method="BCa",
                random_state=1, vectorized=True, axis=-1, batch=1000).confidence_interval],
        }
    )
)
