"""The client of version 2, without what it needs for training: it logs, searches, and has a model by the routes of its time."""

import json
import os
import tempfile

import mlflow
from mlflow import MlflowClient
from mlflow.entities import Metric, Param, RunTag
from mlflow.exceptions import MlflowException

client = MlflowClient()
found: dict[str, object] = {"version": mlflow.__version__.split(".")[0]}
os.chdir(tempfile.mkdtemp())
mlflow.set_experiment("second version")
with mlflow.start_run(run_name="old") as run:
    mlflow.log_params({"lr": 0.1, "name": "x"})
    for step in range(5):
        mlflow.log_metric("loss", 1 / (step + 1), step=step)
    mlflow.set_tag("team", "a")
    mlflow.log_text("hello", "texts/a.txt")
    mlflow.log_dict({"a": 1}, "d.json")
    with mlflow.start_run(nested=True, run_name="child"):
        mlflow.log_metric("m", 1)
run_id = run.info.run_id
client.log_batch(run_id, [Metric("b", i, 1000, i) for i in range(20)], [Param("q", "1")], [RunTag("t", "1")])
read = client.get_run(run_id)
found["read"] = [read.info.status, read.info.run_name, read.data.params, read.data.metrics, sorted(read.data.tags)]
found["history"] = [[each.step, each.value] for each in client.get_metric_history(run_id, "loss")]
found["artifacts"] = [[each.path, each.is_dir, each.file_size] for each in client.list_artifacts(run_id)]
found["text"] = mlflow.artifacts.load_text(f"runs:/{run_id}/texts/a.txt")
found["searched"] = [each.info.run_name for each in client.search_runs([read.info.experiment_id], "metrics.loss < 1", order_by=["metrics.loss"])]
found["children"] = [each.info.run_name for each in client.search_runs([read.info.experiment_id], f"tags.`mlflow.parentRunId` = '{run_id}'")]
try:
    client.log_param(run_id, "lr", 7)
except MlflowException as error:
    found["changed"] = error.error_code

model = mlflow.models.Model(artifact_path="model", run_id=run_id, flavors={"custom": {"a": 1}})
model.save("MLmodel")
client.log_artifact(run_id, "MLmodel", "model")
client._tracking_client.store.record_logged_model(run_id, model)
logged = json.loads(client.get_run(run_id).data.tags["mlflow.log-model.history"])
found["logged model"] = [[each["artifact_path"], each["run_id"] == run_id, each["flavors"]] for each in logged]

client.create_registered_model("old model", tags={"a": "b"})
version = client.create_model_version("old model", f"{run.info.artifact_uri}/model", run_id=run_id)
found["registered"] = [str(version.version), version.status, version.run_id == run_id, version.current_stage]
client.transition_model_version_stage("old model", version.version, "Production")
client.set_registered_model_alias("old model", "best", version.version)
latest = client.get_latest_versions("old model", stages=["Production"])
found["latest"] = [[str(each.version), each.current_stage, list(each.aliases)] for each in latest]
found["by alias"] = str(client.get_model_version_by_alias("old model", "best").version)
place = mlflow.artifacts.download_artifacts(artifact_uri="models:/old model/Production")
found["downloaded"] = sorted(os.listdir(place))
client.delete_run(run_id)
found["deleted"] = client.get_run(run_id).info.lifecycle_stage
print(json.dumps(found, sort_keys=True))
