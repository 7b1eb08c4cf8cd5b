"""One call of ml_tracking.log_experiment against the same work with scikit-learn, pandas and a CSV row, in one process.

Arguments: the kind of labels (integers, strings), how many samples, the rounds, the folder. Prints milliseconds as JSON.
"""
import json
import sys
import time

sys.argv, given = [sys.argv[0], *sys.argv[1:3], sys.argv[4]], sys.argv
import log_once  # noqa: E402

from ml_tracking import log_experiment  # noqa: E402

model = {"name": "Bench", "parameters": {"depth": 3}}


def log():
    log_experiment(
        kind="classification",
        project=f"bench-{given[1]}",
        parameters={"dataset_uri": "bench", "target_column": "y", "test_set": log_once.ids, "model": model},
        y_true=log_once.y_true,
        y_pred=log_once.y_pred,
        y_score=log_once.y_score,
        store=given[4],
    )


def milliseconds(work):
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


rounds = int(given[3])
warm = max(3, rounds // 3)
times = [(milliseconds(log), milliseconds(log_once.log)) for _ in range(warm + rounds)][warm:]
print(json.dumps({"ours": [pair[0] for pair in times], "theirs": [pair[1] for pair in times]}))
