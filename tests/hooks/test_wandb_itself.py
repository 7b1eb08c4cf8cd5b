"""The same script by W&B itself, offline, and by ml_tracking.wandb: the same points at the same steps, the same summary."""

import json
import os
import struct
import subprocess
import sys

from ml_tracking import read_history, read_runs

script = """
run = wandb.init(project="o", config={"lr": 0.1})
wandb.define_metric("low", summary="min,max,mean,first,last")
wandb.define_metric("high", summary="max")
wandb.log({"a": 1, "low": 3, "high": 1})
wandb.log({"a": 2, "low": 1, "high": 5}, commit=False)
wandb.log({"b": 1})
wandb.log({"a": 3}, step=10)
wandb.log({"b": 2}, step=10)
wandb.log({"a": 4}, step=10, commit=True)
wandb.log({"a": 5, "low": 2, "high": 2})
wandb.log({"a": 6}, step=4)
wandb.log({"a": 7}, step=20)
wandb.log({"b": 7})
wandb.run.summary["best"] = 0.5
wandb.log({"a": 8})
wandb.finish()
"""


def by_wandb(folder):
    """The points and the summary of W&B's own file of a run, a log as LevelDB has it."""
    from wandb.proto import wandb_internal_pb2 as messages

    env = {**os.environ, "WANDB_MODE": "offline", "WANDB_DIR": str(folder), "WANDB_CONSOLE": "off", "WANDB_ERROR_REPORTING": "false"}
    subprocess.run([sys.executable, "-c", f"import wandb\n{script}"], env=env, cwd=folder, check=True, capture_output=True)
    (file,) = folder.glob("wandb/offline-*/*.wandb")
    data, at, points, summary = file.read_bytes(), 7, set(), {}
    while at < len(data):
        _, size, kind = struct.unpack("<IHB", data[at : at + 7])
        assert kind == 1  # a whole record: the file is less than a block
        record = messages.Record()
        record.ParseFromString(data[at + 7 : at + 7 + size])
        at += 7 + size
        for item in record.history.item:
            name = item.key or "/".join(item.nested_key)
            if not name.startswith("_"):
                points.add((name, record.history.step.num, float(json.loads(item.value_json))))
        for item in record.summary.update:
            summary[item.key or ".".join(item.nested_key)] = json.loads(item.value_json)
    return points, {key: value for key, value in summary.items() if not key.startswith("_")}


def test_the_same_script_logs_the_same_points_and_summary(store, tmp_path):
    points, summary = by_wandb(tmp_path)
    env = {**os.environ, "ML_TRACKING_STORE": store}
    ours = f"import ml_tracking.wandb as wandb\n{script}"
    done = subprocess.run([sys.executable, "-c", ours], env=env, check=True, capture_output=True, text=True)
    assert done.stderr.count("Warning") == 1 and "log was given step 4 after step 12" in done.stderr
    (run,) = read_runs("o", store=store)
    found = read_history(run["run_id"], store=store, as_frame=True)
    ours = {each for each in zip(found["key"], found["step"], found["value"]) if not each[0].startswith(("system/", "summary/"))}
    assert ours == points and len(points) == 15
    with open(os.path.join(store, "artifacts", "o", run["run_id"], "wandb-summary.json")) as file:
        kept = json.load(file)
    assert kept == summary
    assert run["metrics"]["summary/high.max"] == summary["high"]["max"] == 5 and run["metrics"]["summary/best"] == 0.5
