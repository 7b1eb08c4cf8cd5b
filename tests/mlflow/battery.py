"""What MLflow logs by itself: autologging, models, evaluation, system metrics, logging in the background."""

import time

import lightgbm
import mlflow
import xgboost
from seen import client, found, refused, run_parts, seen
from sklearn.datasets import load_breast_cancer, load_iris
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV

# What a model needs is looked up by a process that imports it, for seconds each: no matter of the server.
mlflow.models.infer_pip_requirements = lambda *_, fallback=None, **__: fallback or []


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
    run_parts([autolog, models, background])
