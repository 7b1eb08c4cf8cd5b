"""Logging small experiments, and reading back what lies in the store with pandas alone."""

import json
import os
from io import StringIO
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression

from ml_tracking.ml_tracking import log_experiment

integers = [1, 0, 1]


def log(store, y_true=integers, y_pred=None, *, kind="classification", model=None, test_set=None, project="p", **more):
    """Logs an experiment; by default three samples that are all predicted rightly."""
    parameters = {
        "dataset_uri": "data/iris.csv",
        "target_column": "species",
        "test_set": list(range(3)) if test_set is None else test_set,
        "model": LogisticRegression() if model is None else model,
    }
    y_pred = y_true if y_pred is None else y_pred
    return log_experiment(kind=kind, project=project, parameters=parameters, y_true=y_true, y_pred=y_pred, store=store, **more)


def predictions(store, logged):
    """The predictions as pandas reads them."""
    return pd.read_parquet(os.path.join(store, logged.paths.predictions))


def rows(store, project="p"):
    """Every row of a project's tracking log as pandas reads it.

    A killed writer may leave a last line unfinished, and a killed repair a whole file twice: what is the same to the letter counts once.
    """
    folder = os.path.join(store, "tracking", project)
    files = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
    texts = [Path(folder, name).read_text() for name in files]
    found = [pd.read_csv(StringIO(text[: text.rindex("\n") + 1]), dtype=str) for text in texts]
    return pd.concat(found).drop_duplicates() if found else pd.DataFrame({"prediction_id": []})


def row_ids(store, project="p"):
    """The prediction ids of every row, in the order of the log, after a look at each one's predictions."""
    found = rows(store, project)
    for path in found.get("predictions", []):
        assert len(pd.read_parquet(os.path.join(store, path))) > 0
    return found["prediction_id"].tolist()


def model_parameters(store, logged):
    """The settings of an experiment's model, from its row."""
    found = rows(store, logged.project)
    row = found[found["prediction_id"] == logged.prediction_id].iloc[0]
    return row["model"], json.loads(row["model_parameters"])


def many(count):
    """Labels, predictions and ids of many samples."""
    y_true = np.arange(count) % 2
    return {"y_true": y_true, "y_pred": np.roll(y_true, 1), "test_set": np.arange(count)}
