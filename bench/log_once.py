"""The same work as log-once.js with scikit-learn, pandas and a CSV row; prints milliseconds as JSON."""
import csv
import json
import os
import sys
import time

import numpy as np
import pandas as pd
from sklearn import metrics

labels, count, store = sys.argv[1], int(sys.argv[2]), sys.argv[3]
rng = np.random.default_rng(7)
ids = np.arange(count)
y_score = None
if labels == "integers":
    y_score = rng.random(count)
    y_true = (rng.random(count) < y_score).astype(np.int64)
    y_pred = (y_score >= 0.5).astype(np.int64)
else:
    classes = np.array(["ant", "bee", "cat", "dog", "elk"], dtype=object)
    y_true = classes[rng.integers(0, 5, count)]
    y_pred = np.where(rng.random(count) < 0.8, y_true, classes[rng.integers(0, 5, count)])


def log():
    scores = {
        "accuracy": metrics.accuracy_score(y_true, y_pred),
        "balanced_accuracy": metrics.balanced_accuracy_score(y_true, y_pred),
        "matthews_corrcoef": metrics.matthews_corrcoef(y_true, y_pred),
        "cohen_kappa": metrics.cohen_kappa_score(y_true, y_pred),
    }
    averages = ["macro", "weighted"] + (["binary"] if y_score is not None else [])
    for average in averages:
        # One call for the three of them, the quickest way that scikit-learn has.
        found = metrics.precision_recall_fscore_support(y_true, y_pred, average=average, zero_division=0)
        scores.update(zip((f"precision_{average}", f"recall_{average}", f"f1_{average}"), found))
    if y_score is not None:
        scores["roc_auc"] = metrics.roc_auc_score(y_true, y_score)
        scores["average_precision"] = metrics.average_precision_score(y_true, y_score)
        scores["log_loss"] = metrics.log_loss(y_true, y_score)
        scores["brier_score"] = metrics.brier_score_loss(y_true, y_score)
    frame = pd.DataFrame({"sample_id": ids, "y_true": y_true, "y_pred": y_pred})
    if y_score is not None:
        frame["y_score"] = y_score
    path = os.path.join(store, "python.parquet")
    frame.to_parquet(path)
    with open(path, "rb") as file:
        os.fsync(file.fileno())
    with open(os.path.join(store, "python.csv"), "a", newline="") as file:
        csv.writer(file).writerow(scores.values())
        file.flush()
        os.fsync(file.fileno())


if __name__ == "__main__":
    times = []
    for i in range(2):
        start = time.perf_counter()
        log()
        times.append((time.perf_counter() - start) * 1000)
    print(json.dumps(times[1:]))
