"""Uses MLflow's client as its users do, against the server that MLFLOW_TRACKING_URI names, and prints what came of it as JSON.

The same script runs against MLflow's own server: what it prints has to be equal.
"""

import json
import logging
import math
import os
import sys
import tempfile
import warnings

import lightgbm
import mlflow
import numpy
import pandas
import xgboost
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException
from sklearn.datasets import load_breast_cancer, load_iris
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV

warnings.filterwarnings("ignore")
client = MlflowClient()
found: dict[str, object] = {}


class Warned(logging.Handler):
    """Counts what MLflow warns of: a server that lacks a route is told of by nothing else."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


warned = Warned()
logging.getLogger("mlflow").addHandler(warned)


def number(value: float) -> object:
    return round(value, 6) if math.isfinite(value) else str(value)


def seen(run_id: str) -> dict[str, object]:
    """A run as it is read back, without what is of the moment."""
    run = client.get_run(run_id)
    children = mlflow.search_runs([run.info.experiment_id], f"tags.`mlflow.parentRunId` = '{run_id}'", output_format="list")
    return {
        "name": run.info.run_name if "-" not in (run.info.run_name or "") else "invented",
        "status": run.info.status,
        "stage": run.info.lifecycle_stage,
        "ended": run.info.end_time is not None,
        "params": dict(sorted(run.data.params.items())),
        "metrics": {key: number(value) for key, value in sorted(run.data.metrics.items()) if not key.startswith("system/")},
        "tags": sorted(run.data.tags),
        "artifacts": artifacts(run_id),
        "inputs": sorted((each.dataset.name, [tag.value for tag in each.tags]) for each in run.inputs.dataset_inputs) if run.inputs else [],
        "outputs": len(run.outputs.model_outputs) if run.outputs else 0,
        "children": sorted([each.info.status, len(each.data.params), sorted(each.data.metrics)] for each in children),
    }


def artifacts(run_id: str, path: str | None = None) -> list[str]:
    names: list[str] = []
    for each in client.list_artifacts(run_id, path):
        names += artifacts(run_id, each.path) if each.is_dir else [each.path]
    return sorted(names)


def refused(call) -> list[str]:
    try:
        call()
    except MlflowException as error:
        return [error.error_code, str(error).split(": ", 1)[1][:60]]
    return ["not refused"]


def manual() -> None:
    with mlflow.start_run(run_name="by hand") as run:
        mlflow.log_param("lr", 0.1)
        mlflow.log_params({"layers": [1, 2], "name": "x y", "empty": ""})
        for step in range(5):
            mlflow.log_metric("val/loss", 1 / (step + 1), step=step)
        mlflow.log_metric("val/loss", 9.0, step=2)
        mlflow.log_metrics({"nan": math.nan, "acc": 0.5}, step=3)
        mlflow.log_metrics({f"many {i}": i for i in range(2500)})
        mlflow.set_tags({"team": "a", "mlflow.note.content": "# A note"})
        mlflow.log_text("hello", "texts/a b+c%.txt")
        mlflow.log_dict({"a": [1, 2]}, "d.json")
        mlflow.log_table(pandas.DataFrame({"x": [1, 2], "y": ["a", "b"]}), "t.json")
        mlflow.log_table(pandas.DataFrame({"x": [3], "y": ["c"]}), "t.json")
        with mlflow.start_run(nested=True, run_name="child"):
            mlflow.log_metric("m", 1)
        mlflow.log_input(mlflow.data.from_numpy(numpy.zeros((3, 2)), name="zeros"), context="training")
    run_id = run.info.run_id
    found["manual"] = {**seen(run_id), "metrics": None}
    data = client.get_run(run_id).data
    found["metrics"] = [len(data.metrics), number(data.metrics["val/loss"]), number(data.metrics["nan"])]
    found["history"] = [[each.step, number(each.value)] for each in client.get_metric_history(run_id, "val/loss")]
    found["no history"] = client.get_metric_history(run_id, "none")
    found["text"] = mlflow.artifacts.load_text(f"runs:/{run_id}/texts/a b+c%.txt")
    found["table"] = mlflow.load_table("t.json", run_ids=[run_id]).to_dict()
    client.log_metric(run_id, "late", 7)
    client.set_tag(run_id, "late", "yes")
    with mlflow.start_run(run_id=run_id):
        mlflow.log_metric("resumed", 1)
    found["resumed"] = [client.get_run(run_id).data.metrics[key] for key in ("late", "resumed")]
    found["refused"] = {
        "changed": refused(lambda: client.log_param(run_id, "lr", 7)),
        "no run": refused(lambda: client.get_run("a" * 32))[:1],
        "no experiment": refused(lambda: client.create_run("77777777"))[:1],
        "bad filter": refused(lambda: mlflow.search_runs(filter_string="metrics.a ~ 1"))[:1],
        "no tag": refused(lambda: client.delete_tag(run_id, "none"))[:1],
        "twice": refused(lambda: client.create_experiment("battery"))[:1],
    }
    client.delete_tag(run_id, "late")
    client.delete_run(run_id)
    found["deleted"] = [len(mlflow.search_runs(filter_string="tags.team = 'a'")), refused(lambda: client.log_metric(run_id, "x", 1))[:1]]
    client.restore_run(run_id)
    client.update_run(run_id, name="renamed")
    found["renamed"] = client.get_run(run_id).data.tags["mlflow.runName"]
    found["searched"] = [
        [run.info.run_name for run in mlflow.search_runs(filter_string=text, order_by=["attributes.start_time"], output_format="list")]
        for text in ("metrics.`val/loss` > 0.1", "params.lr = '0.1' AND tags.team != 'b'", "attributes.status = 'FINISHED' AND attributes.run_name LIKE 'chi%'")
    ]


def autolog() -> None:
    features, labels = load_iris(return_X_y=True, as_frame=True)
    mlflow.sklearn.autolog()
    with mlflow.start_run(run_name="sklearn") as run:
        LogisticRegression(C=0.5, max_iter=200).fit(features, labels)
    found["sklearn"] = seen(run.info.run_id)
    with mlflow.start_run(run_name="search") as run:
        GridSearchCV(LogisticRegression(max_iter=200), {"C": [0.1, 1, 10]}, cv=3).fit(features, labels)
    found["search"] = seen(run.info.run_id)
    mlflow.sklearn.autolog(disable=True)
    binary, target = load_breast_cancer(return_X_y=True, as_frame=True)
    mlflow.xgboost.autolog()
    with mlflow.start_run(run_name="xgboost") as run:
        data = xgboost.DMatrix(binary, target)
        xgboost.train({"objective": "binary:logistic", "eta": 0.3, "nthread": 1}, data, 5, evals=[(data, "train")], verbose_eval=False)
    found["xgboost"] = seen(run.info.run_id)
    mlflow.xgboost.autolog(disable=True)
    mlflow.lightgbm.autolog()
    with mlflow.start_run(run_name="lightgbm") as run:
        data = lightgbm.Dataset(binary, target)
        lightgbm.train({"objective": "binary", "verbosity": -1, "num_threads": 1}, data, 5, valid_sets=[data])
    found["lightgbm"] = seen(run.info.run_id)
    mlflow.lightgbm.autolog(disable=True)


def models() -> None:
    features, labels = load_iris(return_X_y=True, as_frame=True)
    model = LogisticRegression(max_iter=200).fit(features, labels)
    with mlflow.start_run(run_name="model") as run:
        mlflow.sklearn.log_model(model, name="iris", registered_model_name="flowers", input_example=features[:2])
    found["model"] = seen(run.info.run_id)
    client.set_registered_model_alias("flowers", "champion", 1)
    client.set_model_version_tag("flowers", "1", "checked", "yes")
    client.set_registered_model_tag("flowers", "owner", "me")
    client.update_model_version("flowers", "1", description="the first")
    version = client.get_model_version_by_alias("flowers", "champion")
    found["version"] = [version.version, version.status, version.aliases, version.tags, version.description, version.run_id == run.info.run_id]
    for uri in ("models:/flowers/1", "models:/flowers@champion", f"runs:/{run.info.run_id}/iris"):
        loaded = mlflow.sklearn.load_model(uri)
        found[uri if "runs" not in uri else "runs:"] = bool((loaded.predict(features) == model.predict(features)).all())
    mlflow.register_model(f"runs:/{run.info.run_id}/iris", "flowers")
    found["versions"] = [each.version for each in client.search_model_versions("name = 'flowers'")]
    found["models"] = [[each.name, each.tags, each.aliases] for each in client.search_registered_models()]
    client.delete_registered_model_alias("flowers", "champion")
    client.delete_model_version("flowers", "2")
    found["after"] = [len(client.search_model_versions("name = 'flowers'")), refused(lambda: client.get_model_version_by_alias("flowers", "champion"))[:1]]
    frame = features.assign(target=labels)
    with mlflow.start_run(run_name="evaluated") as run:
        result = mlflow.models.evaluate(f"models:/flowers/1", frame, targets="target", model_type="classifier", evaluator_config={"log_explainer": False})
    found["evaluated"] = [len(result.metrics), sorted(seen(run.info.run_id)["metrics"])]
    found["logged models"] = len(mlflow.search_logged_models(output_format="list"))


def background() -> None:
    mlflow.enable_system_metrics_logging()
    mlflow.set_system_metrics_sampling_interval(1)
    mlflow.set_system_metrics_samples_before_logging(1)
    import time

    with mlflow.start_run(run_name="async") as run:
        waiting = [mlflow.log_metric("m", i, step=i, synchronous=False) for i in range(50)]
        for each in waiting:
            each.wait()
        time.sleep(2.5)
    mlflow.disable_system_metrics_logging()
    history = client.get_metric_history(run.info.run_id, "m")
    found["async"] = sorted([each.step, each.value] for each in history)
    found["system"] = any(key.startswith("system/") for key in client.get_run(run.info.run_id).data.metrics)


if __name__ == "__main__":
    os.chdir(tempfile.mkdtemp())
    mlflow.set_experiment("battery")
    for part in sys.argv[1:] or ["manual", "autolog", "models", "background"]:
        globals()[part]()
    found["warned"] = warned.messages
    print(json.dumps(found, indent=1, sort_keys=True, default=str))
