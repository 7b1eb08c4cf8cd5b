#!/usr/bin/env bash
# MLflow 3.17.2 keeps a NaN that is logged as a metric of a run as NaN. Logged as a metric of a logged model (log_metric with model_id),
# the same NaN is 0.0 when that model is read back, and a search for models with a loss below 0.5 finds it: the model whose training
# diverged has the best loss of all. An infinity is the largest double, 1.7976931348623157e+308, in both. Over SQLite, its default.
# Seen: run nan 1.7976931348623157e+308, model 0.0 1.7976931348623157e+308, found 1. Fails where that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check mlflow==3.17.2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON' 2> /dev/null | tee seen
import mlflow
from mlflow import MlflowClient

mlflow.set_tracking_uri("sqlite:///mlflow.db")
client = MlflowClient()
experiment = client.create_experiment("diverging")
run = client.create_run(experiment).info.run_id
model = mlflow.create_external_model(name="network", experiment_id=experiment).model_id
for key, value in ("loss", float("nan")), ("norm", float("inf")):
    client.log_metric(run, key, value)
    client.log_metric(run, f"model_{key}", value, model_id=model)
kept = client.get_run(run).data.metrics
of_model = {metric.key: metric.value for metric in mlflow.get_logged_model(model).metrics}
found = mlflow.search_logged_models([experiment], "metrics.model_loss < 0.5", output_format="list")
print("run", kept["loss"], kept["norm"])
print("model", of_model["model_loss"], of_model["model_norm"])
print("found", len(found))
PYTHON
printf 'run nan 1.7976931348623157e+308\nmodel 0.0 1.7976931348623157e+308\nfound 1\n' | diff - seen
