"""Stores in buckets, from the installed wheel, which brings the clouds' libraries along; against servers that the tests start."""

import json
import os
import subprocess
import sys
import time
import uuid

import pandas as pd
import pytest
from small_experiments import integers, log, many

import ml_tracking
from ml_tracking._call import call

# By name: a bucket's address and the environment variables by which its server is found, or why there is none.
buckets = json.loads(os.environ.get("ML_TRACKING_TEST_BUCKETS", "{}"))


def address_of(cloud, monkeypatch):
    """A bucket of a server that is running; the environment tells where."""
    found = buckets[cloud]
    if "missing" in found:
        pytest.skip(found["missing"])
    for name, value in found["variables"].items():
        monkeypatch.setenv(name, value)
    return found["address"]


@pytest.mark.parametrize("cloud", ["Google Cloud Storage", "S3"])
def test_a_bucket_takes_experiments_and_gives_them_back(cloud, tmp_path, monkeypatch):
    store = f"{address_of(cloud, monkeypatch)}/{uuid.uuid4().hex}/ml"
    large = many(200_000)
    logged = [log(store, integers), log(store, **large), log(store, ["cat", "dog", "cat"], new_csv=True, positive_label="dog")]
    assert all(each.stored and not each.warnings for each in logged)
    rows = ml_tracking.read_experiments("p", store=store)
    assert [row["prediction_id"] for row in rows] == [each.prediction_id for each in logged]
    read = ml_tracking.read_experiment(logged[1].prediction_id, store=store, as_frame=True).predictions
    assert (read["y_pred"] == large["y_pred"]).all() and (read["sample_id"] == large["test_set"]).all()
    # Copied to a folder, pandas reads what the bucket holds.
    copied = str(tmp_path / "copy")
    done = subprocess.run([sys.executable, "-m", "ml_tracking", "copy", store, copied], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert pd.read_parquet(os.path.join(copied, logged[2].paths.predictions))["y_true"].tolist() == ["cat", "dog", "cat"]


@pytest.mark.parametrize("cloud", ["Google Cloud Storage", "S3"])
def test_a_run_writes_few_files_to_a_bucket_and_comes_back(cloud, monkeypatch):
    store = f"{address_of(cloud, monkeypatch)}/{uuid.uuid4().hex}/ml"
    asked = []

    def counted(method, *arguments, **options):
        asked.append(method)
        return call(method, *arguments, **options)

    monkeypatch.setattr("ml_tracking._run_writer.call", counted)
    with ml_tracking.start_run("p", store=store, console=False) as run:
        for step in range(100):
            run.log({"x": step})
            time.sleep(0.01)
        run.flush()
        assert run.log_artifact(b"weights", "model.bin") == "model.bin"
    assert asked == ["write_events", "log_artifact", "finish_run"]
    assert ml_tracking.read_history(run.run_id, store=store)["value"] == list(range(100))
    record = ml_tracking.read_run(run.run_id, store=store)
    assert record["status"] == "finished" and {"path": "model.bin", "bytes": 7} in record["artifacts"]


@pytest.mark.parametrize("cloud", ["Google Cloud Storage", "S3"])
def test_a_bucket_that_is_not_there_keeps_the_experiment_in_the_spool(cloud, monkeypatch):
    address = address_of(cloud, monkeypatch)
    with pytest.warns(ml_tracking.TrackingWarning, match="NOT STORED"):
        logged = log(f"{address}-not-there/ml", integers)
    assert not logged.stored and os.path.exists(logged.paths.spool)
