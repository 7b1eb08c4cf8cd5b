"""The same intervals and tests with numpy, scipy, statsmodels and scikit-learn over the same two Parquet files; prints milliseconds as JSON.

As somebody does it who uses them: closed forms where scipy and statsmodels have them (Wilson, DeLong by ranks, t, Wilcoxon, McNemar), else a
bootstrap of 2,000 resamples of the rows. Of these `replicates` are timed, and the time is taken 2,000 / replicates times.
"shortcuts" is the time with what we do as well, as far as numpy gives it: multinomial draws of the confusion table, and nothing resampled
where an influence function will do.
"""
import json
import sys
import time

import numpy as np
import pyarrow.parquet as pq
from scipy import stats
from sklearn.metrics import average_precision_score, median_absolute_error
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.proportion import proportion_confint

kind, replicates, paths = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
rng = np.random.default_rng(1)


def read(path):
    table = pq.read_table(path)
    columns = {name: table[name].to_numpy() for name in table.column_names}
    if kind == "multiclass":
        columns["scores"] = np.stack([columns[f"y_score_{c}"] for c in range(10)])
    elif kind == "binary":
        columns["scores"] = columns["y_score"][None]
    return columns


def aligned(paths):
    a, b = (read(path) for path in paths)
    order_a, order_b = np.argsort(a["sample_id"], kind="stable"), np.argsort(b["sample_id"], kind="stable")
    if not np.array_equal(a["sample_id"][order_a], b["sample_id"][order_b]):
        raise SystemExit("other samples")
    for table, order in ((a, order_a), (b, order_b)):
        for name, column in table.items():
            table[name] = column[..., order]
    return a, b


def count_scores(counts):
    """All thirteen from confusion matrices of shape (draws, labels, labels)."""
    n = counts.sum((1, 2))
    hit = np.einsum("kii->ki", counts)
    actual, predicted = counts.sum(2), counts.sum(1)
    with np.errstate(invalid="ignore", divide="ignore"):
        precision = np.nan_to_num(hit / predicted)
        recall = np.nan_to_num(hit / actual)
        f1 = np.nan_to_num(2 * hit / (actual + predicted))
    share = actual / n[:, None]
    total = hit.sum(1)
    chance = (actual * predicted).sum(1)
    covariance = total * n - chance
    spread = np.sqrt((n**2 - (actual**2).sum(1)) * (n**2 - (predicted**2).sum(1)))
    scores = [total / n, recall.mean(1)]
    if counts.shape[1] == 2:
        scores += [precision[:, 1], recall[:, 1], f1[:, 1]]
    for each in (precision, recall, f1):
        scores += [each.mean(1), (share * each).sum(1)]
    return np.stack([*scores, covariance / spread, 1 - (n - total) * n / (n**2 - chance)])


def confusion(y, p, labels):
    return np.bincount(y * labels + p, minlength=labels * labels).reshape(1, labels, labels).astype(float)


def delong(scores, positive):
    """Sun and Xu: components by midranks."""
    x, y = scores[positive], scores[~positive]
    both = stats.rankdata(np.concatenate([x, y]))
    v10 = (both[: len(x)] - stats.rankdata(x)) / len(y)
    v01 = 1 - (both[len(x) :] - stats.rankdata(y)) / len(x)
    return v10, v01


def auc_parts(table, positive_labels):
    return [delong(table["scores"][i], table["y_true"] == label) for i, label in enumerate(positive_labels)]


def losses(table):
    y, scores = table["y_true"], table["scores"]
    p = np.where(y == 1, scores[0], 1 - scores[0]) if len(scores) == 1 else scores[y, np.arange(len(y))]
    log_loss = -np.log(np.clip(p, 2.2e-16, 1 - 2.2e-16))
    if len(scores) == 1:
        return log_loss, (scores[0] - y) ** 2
    distances = scores.copy()
    distances[y, np.arange(len(y))] -= 1
    return log_loss, (distances**2).sum(0)


def t_interval(values):
    return stats.t.interval(0.95, len(values) - 1, values.mean(), stats.sem(values))


def classification_intervals(table, labels, resampled):
    y, p = table["y_true"], table["y_pred"]
    hits = int((y == p).sum())
    proportion_confint(hits, len(y), method="wilson")
    resampled(lambda rows: count_scores(confusion(y[rows], p[rows], labels)))
    if "scores" not in table:
        return
    for values in losses(table):
        t_interval(values)
    for v10, v01 in auc_parts(table, [1] if labels == 2 else range(labels)):
        np.sqrt(v10.var(ddof=1) / len(v10) + v01.var(ddof=1) / len(v01))
    resampled(lambda rows: average_precision(table, labels, rows))


def average_precision(table, labels, rows):
    y, scores = table["y_true"][rows], table["scores"][:, rows]
    return np.mean([average_precision_score(y == (c if labels > 2 else 1), scores[c]) for c in range(len(scores))])


def classification_comparison(a, b, labels, resampled):
    y = a["y_true"]
    right_a, right_b = a["y_pred"] == y, b["y_pred"] == y
    mcnemar([[0, int((right_a & ~right_b).sum())], [int((~right_a & right_b).sum()), 0]], exact=True)
    resampled(
        lambda rows: count_scores(confusion(y[rows], b["y_pred"][rows], labels))
        - count_scores(confusion(y[rows], a["y_pred"][rows], labels))
    )
    if "scores" not in a:
        return
    for of_a, of_b in zip(losses(a), losses(b)):
        stats.ttest_rel(of_b, of_a)
    positives = [1] if labels == 2 else range(labels)
    for of_a, of_b in zip(auc_parts(a, positives), auc_parts(b, positives)):
        np.cov(of_a[0], of_b[0]), np.cov(of_a[1], of_b[1])
    resampled(lambda rows: average_precision(b, labels, rows) - average_precision(a, labels, rows))


def error_scores(y, p):
    error = p - y
    square = error**2
    return np.array(
        [
            1 - square.sum() / ((y - y.mean()) ** 2).sum(),
            np.sqrt(square.mean()),
            np.median(np.abs(error)),
            1 - error.var() / y.var(),
        ]
    )


def errors_of(table):
    y, error = table["y_true"], table["y_pred"] - table["y_true"]
    return np.abs(error), error**2, np.abs(error) / np.abs(y), error


def regression_intervals(table, resampled):
    for values in errors_of(table):
        t_interval(values)
    resampled(lambda rows: error_scores(table["y_true"][rows], table["y_pred"][rows]))


def regression_comparison(a, b, resampled):
    for of_a, of_b in zip(errors_of(a), errors_of(b)):
        stats.ttest_rel(of_b, of_a)
    stats.wilcoxon(errors_of(b)[0] - errors_of(a)[0])
    y = a["y_true"]
    resampled(lambda rows: error_scores(y[rows], b["y_pred"][rows]) - error_scores(y[rows], a["y_pred"][rows]))


def measured(work):
    """Milliseconds, with the time of the resamples as often as 2,000 would take it, and without it."""
    inside = 0.0

    def resampled(statistic):
        nonlocal inside
        start = time.perf_counter()
        drawn = []
        for _ in range(replicates):
            rows = rng.integers(0, samples, samples)
            drawn.append(np.ravel(statistic(rows)))
        np.percentile(drawn, [2.5, 97.5], axis=0)
        inside += time.perf_counter() - start

    start = time.perf_counter()
    work(resampled)
    outside = time.perf_counter() - start - inside
    return (outside + inside * 2000 / replicates) * 1000, outside * 1000


def drawn_counts(a, b, labels):
    """What numpy offers instead of resampling rows: the counts themselves."""
    start = time.perf_counter()
    if b is None:
        cells = np.bincount(a["y_true"] * labels + a["y_pred"], minlength=labels**2)
        count_scores(rng.multinomial(samples, cells / samples, 2000).reshape(-1, labels, labels).astype(float))
    else:
        cells = np.bincount((a["y_true"] * labels + a["y_pred"]) * labels + b["y_pred"], minlength=labels**3)
        draws = rng.multinomial(samples, cells / samples, 2000).reshape(-1, labels, labels, labels).astype(float)
        count_scores(draws.sum(2)) - count_scores(draws.sum(3))
    return (time.perf_counter() - start) * 1000


start = time.perf_counter()
first = read(paths[0])
read_one = (time.perf_counter() - start) * 1000
samples = len(first["y_true"])
start = time.perf_counter()
a, b = aligned(paths)
read_two = (time.perf_counter() - start) * 1000
labels = {"binary": 2, "multiclass": 10, "labels": 200}.get(kind)
if labels:
    intervals = measured(lambda resampled: classification_intervals(first, labels, resampled))
    comparison = measured(lambda resampled: classification_comparison(a, b, labels, resampled))
    # Of 200 labels the joint counts of two experiments do not fit into memory 2,000 times.
    shortcuts = [0, 0] if kind == "labels" else [drawn_counts(a, None, labels), drawn_counts(a, b, labels)]
else:
    intervals = measured(lambda resampled: regression_intervals(first, resampled))
    comparison = measured(lambda resampled: regression_comparison(a, b, resampled))
    shortcuts = [0, 0]
print(
    json.dumps(
        {
            "intervals": [read_one + intervals[0]],
            "comparison": [read_two + comparison[0]],
            "shortcuts": {
                "intervals": [read_one + intervals[1] + shortcuts[0]],
                "comparison": [read_two + comparison[1] + shortcuts[1]],
            },
        }
    )
)
