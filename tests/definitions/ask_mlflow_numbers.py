"""What `mlflow.models.evaluate` says of a regressor. MLflow 3.17.2, scikit-learn 1.9.1, in a temporary folder."""

import logging
import os
import tempfile

import mlflow
import pandas
from ask import golden, samples

names = [
    "mean_absolute_error", "mean_squared_error", "root_mean_squared_error", "mean_absolute_percentage_error", "max_error",
    "r2_score", "mean_on_target", "sum_on_target",
]
logging.disable()
evaluated = {}
with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    mlflow.set_tracking_uri("sqlite:///mlflow.db")
    for sample in samples:
        if sample["kind"] != "numbers":
            continue
        table = pandas.DataFrame({"target": sample["y_true"], "prediction": sample["y_pred"]})
        options = {"model_type": "regressor", "evaluator_config": {"log_explainer": False}}
        with mlflow.start_run():
            told = mlflow.models.evaluate(data=table, targets="target", predictions="prediction", **options)
        evaluated[id(sample)] = told.metrics
    os.chdir("/")


def told_of(name):
    return ["numbers"], lambda sample: evaluated[id(sample)][name]


golden(mlflow.__version__, {f"mlflow:{name}": told_of(name) for name in names})
