"""What scikit-learn, numpy, scipy and pandas say of predictions files: what our plots are held against.

    python oracle.py data                      real data sets with models trained on them, as JSON
    python oracle.py plots < questions.json    [{"path", "kind", "exact"}] -> the numbers of every plot

The files are the project's own Parquet files, read by pandas. NaN and infinity come as null.
"""

import json
import math
import sys
import warnings

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
from scipy import stats
from sklearn import metrics
import statsmodels.api as sm
from sklearn.calibration import calibration_curve

warnings.simplefilter("ignore")


def plots(question):
    table = pd.read_parquet(question["path"])
    metadata = {k.decode(): v.decode() for k, v in pq.read_metadata(question["path"]).metadata.items()}
    return (classification if question["kind"] == "classification" else regression)(table, metadata)


def classification(table, metadata):
    y_true, y_pred = plain(table["y_true"]), plain(table["y_pred"])
    labels = json.loads(metadata["ml_tracking.labels"])
    array = np.array(labels, dtype=y_true.dtype)
    precision, recall, f1, support = metrics.precision_recall_fscore_support(
        y_true, y_pred, labels=array, zero_division=np.nan
    )
    answer = {
        "labels": [str(label) for label in labels],
        # scikit-learn refuses labels of which none is in y_true; the pairs are the same either way.
        "confusion_matrix": metrics.confusion_matrix(y_true, y_pred, labels=array),
        "precision": precision,
        "recall": recall,
        "f1": f1,
        "support": support,
    }
    classes = {}
    if "y_score" in table:
        positive = json.loads(metadata["ml_tracking.positive_label"])
        classes[str(positive)] = scored(y_true == positive, table["y_score"].to_numpy())
    else:
        for i, label in enumerate(labels):
            if f"y_score_{i}" in table:
                classes[str(label)] = scored(y_true == label, table[f"y_score_{i}"].to_numpy())
    return {**answer, "classes": classes}


def plain(column):
    return column.to_numpy(dtype=np.int64) if column.dtype in (bool, np.int64) else column.to_numpy(dtype=object)


def scored(is_true, score):
    is_true = is_true.astype(int)
    n, positives = len(is_true), int(is_true.sum())
    answer = {"samples": n, "positives": positives, "negatives": n - positives}
    if 0 < positives < n:
        fpr, tpr, threshold = metrics.roc_curve(is_true, score)
        answer["roc"] = {"fpr": fpr, "tpr": tpr, "threshold": threshold, "auc": metrics.roc_auc_score(is_true, score)}
    if positives:
        precision, recall, threshold = metrics.precision_recall_curve(is_true, score, drop_intermediate=True)
        answer["precision_recall"] = {
            "precision": precision,
            "recall": recall,
            "threshold": [*threshold, None],
            "average_precision": metrics.average_precision_score(is_true, score),
        }
    answer["calibration"] = {}
    for strategy in ("uniform", "quantile"):
        for bins in (1, 5, 10, 17):
            positive_share, mean_score = calibration_curve(
                is_true, score, n_bins=bins, strategy=strategy, pos_label=1
            )
            answer["calibration"][f"{strategy} {bins}"] = {"positive_share": positive_share, "mean_score": mean_score}
    answer["calibration_tests"] = calibration_tests(is_true, score)
    counts = [np.histogram(score[is_true == side], bins=50, range=(0, 1)) for side in (1, 0)]
    answer["distribution"] = {
        "edges": counts[0][1],
        "positive_counts": counts[0][0],
        "negative_counts": counts[1][0],
    }
    answer["thresholds"] = thresholds(is_true, score)
    answer["gain"] = gain(is_true, score)
    return answer


def calibration_tests(y, p):
    """Spiegelhalter's z by its definition; Cox's slope by statsmodels, None where there is none."""
    variance = float(((1 - 2 * p) ** 2 * p * (1 - p)).sum())
    z = float(((y - p) * (1 - 2 * p)).sum() / np.sqrt(variance)) if variance > 0 else None
    slope = None
    if 0 < y.sum() < len(y) and ((p > 0) & (p < 1)).all() and len(np.unique(p)) > 1:
        x = np.column_stack([np.ones(len(p)), np.log(p / (1 - p))])
        separated = p[y == 1].min() >= p[y == 0].max() or p[y == 1].max() <= p[y == 0].min()
        if not separated:
            fit = sm.Logit(y, x).fit(disp=0, maxiter=200, tol=1e-14)
            slope = [float(fit.params[1]), *map(float, fit.conf_int()[1]), float(fit.params[0])]
    return {"z": z, "slope": slope}


def thresholds(is_true, score):
    """The confusion matrix at every score that occurs, from the highest down."""
    value, group = np.unique(score, return_inverse=True)
    tp = np.bincount(group, weights=is_true)[::-1].cumsum()
    fp = np.bincount(group, weights=1 - is_true)[::-1].cumsum()
    return {"threshold": value[::-1], "true_positives": tp, "false_positives": fp}


def gain(is_true, score):
    at = thresholds(is_true, score)
    n, positives = len(is_true), is_true.sum()
    taken = np.concatenate([[0], at["true_positives"] + at["false_positives"]])
    found = np.concatenate([[0], at["true_positives"]])
    cuts = [d * n // 10 for d in range(11)]
    cumulative = np.interp(cuts, taken, found)  # samples of one score in proportion
    ordered = np.sort(score)[::-1]
    deciles = []
    for d in range(1, 11):
        size = cuts[d] - cuts[d - 1]
        if size == 0:
            continue
        here = cumulative[d] - cumulative[d - 1]
        share = positives / n
        deciles.append(
            {
                "decile": d,
                "samples": size,
                "positives": here,
                "highest_score": ordered[cuts[d - 1]],
                "lowest_score": ordered[cuts[d] - 1],
                "positive_share": here / size,
                "lift": here / size / share if share else None,
                "cumulative_positives": cumulative[d],
                "cumulative_gain": cumulative[d] / positives if positives else None,
                "cumulative_lift": cumulative[d] / positives / (cuts[d] / n) if positives else None,
            }
        )
    return {"sample_share": taken / n, "gain": found / positives if positives else None, "deciles": deciles}


def regression(table, metadata):
    y_true, y_pred = (table[name].to_numpy(dtype=float) for name in ("y_true", "y_pred"))
    error = y_pred - y_true
    answer = {
        "y_true": [y_true.min(), y_true.max()],
        "y_pred": [y_pred.min(), y_pred.max()],
        "error": [error.min(), error.max()],
        "predicted_vs_actual": density(y_true, y_pred),
        "residuals": density(y_pred, error),
        "histogram": {},
        "mean_error": math.fsum(error) / len(error),
        "median_error": np.median(error),
        "deciles": deciles(y_true, error),
        "worst": np.lexsort((np.arange(len(error)), -np.abs(error)))[:20],
    }
    for bins in ("auto", "fd", 13):
        try:
            counts, edges = np.histogram(error, bins=bins)
            answer["histogram"][str(bins)] = {"counts": counts, "edges": edges}
        except (ValueError, MemoryError):
            pass  # numpy makes none: more bins than doubles between least and greatest, or than memory
    if len(error) > 1:
        (quantile, ordered), (slope, intercept, r) = stats.probplot(error)
        answer["qq"] = {"quantile": quantile, "ordered": ordered, "fit": [slope, intercept, r]}
    return answer


def density(x, y):
    if len(x) <= 5000:
        return None
    counts, x_edges, y_edges = np.histogram2d(x, y, bins=60)
    return {"counts": counts.T, "x_edges": x_edges, "y_edges": y_edges}


def deciles(y_true, error):
    if y_true.min() == y_true.max():
        decile, edges = np.zeros(len(y_true)), [y_true[0], y_true[0]]
    else:
        decile, edges = pd.qcut(y_true, 10, labels=False, retbins=True, duplicates="drop")
    rows = []
    for d in range(len(edges) - 1):
        here = error[decile == d]
        empty = len(here) == 0
        rows.append(
            {
                "decile": d + 1,
                "lower": edges[d],
                "upper": edges[d + 1],
                "samples": len(here),
                "mean_absolute_error": None if empty else math.fsum(abs(here)) / len(here),
                "root_mean_squared_error": None if empty else math.sqrt(math.fsum(here**2) / len(here)),
                "mean_error": None if empty else math.fsum(here) / len(here),
                "median_absolute_error": None if empty else np.median(abs(here)),
            }
        )
    return rows


def data():
    from sklearn import datasets
    from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
    from sklearn.linear_model import LinearRegression, LogisticRegression
    from sklearn.model_selection import train_test_split
    from sklearn.naive_bayes import GaussianNB

    cases = []
    for name, load, models in (
        (
            "breast cancer",
            datasets.load_breast_cancer,
            (GaussianNB(), RandomForestClassifier(20, random_state=0)),
        ),
        ("digits", datasets.load_digits, (GaussianNB(), RandomForestClassifier(10, random_state=0))),
        ("wine", datasets.load_wine, (LogisticRegression(max_iter=50),)),
        ("iris", datasets.load_iris, (GaussianNB(),)),
        ("diabetes", datasets.load_diabetes, (LinearRegression(), RandomForestRegressor(20, random_state=0))),
    ):
        x, y = load(return_X_y=True)
        x_train, x_test, y_train, y_test = train_test_split(x, y, test_size=0.5, random_state=1)
        for model in models:
            model.fit(x_train, y_train)
            case = {
                "name": f"{name}, {type(model).__name__}",
                "kind": "regression" if name == "diabetes" else "classification",
                "y_true": y_test,
                "y_pred": model.predict(x_test),
            }
            if case["kind"] == "classification":
                case["y_score"] = model.predict_proba(x_test)
            cases.append(case)
    return cases


def jsonable(value):
    if isinstance(value, dict):
        return {key: jsonable(item) for key, item in value.items()}
    if isinstance(value, np.ndarray):
        return jsonable(value.tolist())
    if isinstance(value, (list, tuple)):
        return [jsonable(item) for item in value]
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


if __name__ == "__main__":
    if sys.argv[1] == "data":
        print(json.dumps(jsonable(data())))
    else:
        print(json.dumps([jsonable(plots(question)) for question in json.load(sys.stdin)]))
