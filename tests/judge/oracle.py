"""Intervals and tests of scores as scipy, statsmodels and scikit-learn give them, for the cases on standard input."""
import json
import sys

import numpy as np
from scipy import optimize, stats
from skewed_t import mean_interval, mean_p
from sklearn import metrics
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.proportion import proportion_confint

LEVEL = 0.95
z = stats.norm.ppf(0.975)


def components(y, s):
    """DeLong's, pair by pair."""
    p, n = s[y == 1], s[y == 0]
    above = (p[:, None] > n).astype(float) + 0.5 * (p[:, None] == n)
    return above.mean(1), above.mean(0)


def mean_of_components(y, scores):
    """Of every class against the others: each sample's component, in the order of the samples."""
    found = []
    for code, s in enumerate(scores):
        of_class = (y == (code if len(scores) > 1 else 1)).astype(int)
        of_positives, of_negatives = components(of_class, s)
        parts = np.zeros(len(y))
        m, n = len(of_positives), len(of_negatives)
        parts[of_class == 1] = (of_positives - of_positives.mean()) / np.sqrt(m * (m - 1))
        parts[of_class == 0] = (of_negatives - of_negatives.mean()) / np.sqrt(n * (n - 1))
        found.append((of_positives.mean(), parts))
    return np.mean([value for value, _ in found]), np.mean([parts for _, parts in found], axis=0)


def roc_auc(y, scores):
    """As scikit-learn's, but fast enough to be drawn thousands of times."""
    found = []
    for code, s in zip(range(len(scores)) if len(scores) > 1 else [1], scores):
        positive = y == code
        m, n = positive.sum(), (~positive).sum()
        found.append((stats.rankdata(s)[positive].sum() - m * (m + 1) / 2) / (m * n))
    return np.mean(found)


def r2(y, p):
    return 1 - ((y - p) ** 2).sum() / ((y - y.mean()) ** 2).sum()


def bca(rows, statistic):
    result = stats.bootstrap(
        (rows,), statistic, n_resamples=2500, method="BCa", vectorized=False, rng=np.random.default_rng(1)
    )
    found = [float(v) for v in result.confidence_interval]
    return found if np.isfinite(found).all() else [0.0, 0.0]  # every draw gave the same


def t_interval(values):
    return [float(v) for v in stats.t.interval(LEVEL, len(values) - 1, values.mean(), stats.sem(values))]


def classification(case):
    y, a, b = (np.array(case[name]) for name in ("y", "a", "b"))
    labels = case["labels"]
    right_a, right_b = a == y, b == y
    only_a, only_b = int((right_a & ~right_b).sum()), int((~right_a & right_b).sum())
    exact = mcnemar([[0, only_a], [only_b, 0]], exact=True).pvalue
    mid_p = 1.0 if only_a == only_b else exact - stats.binom.pmf(min(only_a, only_b), only_a + only_b, 0.5)
    found = {
        "accuracy": [float(v) for v in proportion_confint(int(right_a.sum()), len(y), 0.05, "wilson")],
        "accuracy_p": float(mid_p),
    }
    if case["scores"] is None:
        return found
    scores_a, scores_b = (np.array(of).T for of in case["scores"])
    if len(scores_a) == labels:
        chosen_a, chosen_b = (s[y, np.arange(len(y))] for s in (scores_a, scores_b))
        brier = [((np.eye(labels)[y] - s.T) ** 2).sum(1) for s in (scores_a, scores_b)]
    else:
        chosen_a, chosen_b = (np.where(y == 1, s[0], 1 - s[0]) for s in (scores_a, scores_b))
        brier = [(y - s[0]) ** 2 for s in (scores_a, scores_b)]
    eps = np.finfo(float).eps
    losses = [-np.log(np.clip(chosen, eps, 1 - eps)) for chosen in (chosen_a, chosen_b)]
    code = range(labels) if labels > 2 else [1]
    assert np.isclose(roc_auc(y, scores_a), np.mean([metrics.roc_auc_score(y == c, s) for c, s in zip(code, scores_a)]))
    (auc_a, parts_a), (auc_b, parts_b) = mean_of_components(y, scores_a), mean_of_components(y, scores_b)
    error = np.sqrt((parts_a**2).sum())
    difference_error = np.sqrt(((parts_b - parts_a) ** 2).sum())
    found.update(
        log_loss_p=float(stats.ttest_rel(losses[1], losses[0]).pvalue),
        brier_score_p=float(stats.ttest_rel(brier[1], brier[0]).pvalue),
        roc_auc=[float(auc_a - z * error), float(auc_a + z * error)],
        roc_auc_p=float(2 * stats.norm.sf(abs(auc_b - auc_a) / difference_error)),
    )
    return found


def regression(case):
    y, a, b = (np.array(case[name]) for name in ("y", "a", "b"))
    sizes = [np.abs(p - y) for p in (a, b)]
    losses = {
        "mean_absolute_error": sizes,
        "mean_squared_error": [s**2 for s in sizes],
        "mean_absolute_percentage_error": [s / np.abs(y) for s in sizes],
    }
    found = {}
    for name, (of_a, of_b) in losses.items():
        found[name] = mean_interval(of_a)
        found[f"{name}_p"] = mean_p(of_b - of_a)
        found[f"{name}_difference"] = mean_interval(of_b - of_a)
    found["mean_error"] = mean_interval(a - y)
    squares = losses["mean_squared_error"]
    variation = (y - y.mean()) ** 2
    assert np.isclose(r2(y, a), metrics.r2_score(y, a))
    found["r2_p"] = found["root_mean_squared_error_p"] = found["mean_squared_error_p"]
    found["root_mean_squared_error"] = np.sqrt(np.maximum(found["mean_squared_error"], 0)).tolist()
    share = squares[0].mean() / variation.mean()
    found["r2"] = [1 - end for end in inverted(squares[0], -variation, share)[::-1]]
    found["r2_difference"] = inverted(squares[1] - squares[0], variation, r2(y, b) - r2(y, a))
    rows = np.arange(len(y))
    found["median_absolute_error"] = bca(rows, lambda i: np.median(np.abs(a[i] - y[i])))
    return found


def inverted(x, w, estimate):
    """Where the mean of x + value w stops being possibly 0, outward from the estimate."""
    step = stats.sem(x + estimate * w) / abs(w.mean())
    excess = lambda value: mean_p(x + value * w) - 0.05
    ends = []
    for sign in (-1, 1):
        distance = step
        while excess(estimate + sign * distance) > 0:
            distance *= 1.2
        ends.append(float(optimize.brentq(excess, estimate, estimate + sign * distance, xtol=1e-15)))
    return ends


json.dump([(regression if case["kind"] == "regression" else classification)(case) for case in json.load(sys.stdin)], sys.stdout)
