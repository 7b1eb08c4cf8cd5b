"""How the scripts of this folder see a run: what a server answers, without what is of the moment.

Each script uses MLflow's client as its users do, against the server that MLFLOW_TRACKING_URI names, and prints what came of
it as JSON. The same script runs against MLflow's own server: what both print has to be equal.
"""

import json
import logging
import math
import os
import re
import sys
import tempfile
import warnings

import mlflow
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException

warnings.filterwarnings("ignore")
client = MlflowClient()
found: dict[str, object] = {}


class Warned(logging.Handler):
    """Keeps what MLflow warns of: a server that lacks a route is told of by nothing else."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(re.sub(r"(id |m-)\w+", r"\1ID", record.getMessage()))


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
    """Code and beginning of the message of an error."""
    try:
        call()
    except MlflowException as error:
        return [error.error_code, str(error).split(": ", 1)[-1][:60]]
    return ["not refused"]


def run_parts(parts) -> None:
    """Runs the parts that the command names, or all, and prints what they found."""
    os.chdir(tempfile.mkdtemp())
    mlflow.set_experiment("battery")
    for part in parts:
        if part.__name__ in (sys.argv[1:] or [part.__name__]):
            part()
    found["warned"] = warned.messages
    print(json.dumps(found, indent=1, sort_keys=True, default=str))
