"""Tensors and modules of torch."""

import json
import os
import subprocess
import warnings

import pandas as pd
import pytest
from small_experiments import rows

import ml_tracking

script = os.path.join(os.path.dirname(__file__), "log_with_torch.py")


@pytest.fixture(scope="module")
def logged(tmp_path_factory, torch_python):
    store = str(tmp_path_factory.mktemp("torch") / "store")
    env = {**os.environ, "PYTHONPATH": os.path.dirname(os.path.dirname(ml_tracking.__file__))}
    done = subprocess.run([torch_python, script, store], env=env, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    if told["lacks"]:
        warnings.warn(f"torch {told['version']} lacks {', '.join(told['lacks'])}, which are therefore not tested", stacklevel=1)
    return store, told


def test_tensors_of_every_dtype_read_back_equal_the_input(logged):
    store, told = logged
    assert len(told["outcomes"]) == 17 - sum(name.startswith("float8") for name in told["lacks"])
    for name, path, expected in told["outcomes"]:
        found = pd.read_parquet(os.path.join(store, path))
        assert found["y_pred"].tolist() == expected, name
        assert list(map(type, found["y_pred"].tolist())) == list(map(type, expected)), name
        assert found["sample_id"].tolist() == list(range(64))
        if "y_score" in found:
            assert found["y_score"].tolist() == told["scores"]


def test_rows_of_probabilities_of_every_kind_reach_the_store_as_their_values(logged):
    store, told = logged
    assert [name for name, _, _ in told["rows"]] == ["bfloat16", "float16", "rows", "sparse"]
    for name, path, expected in told["rows"]:
        assert pd.read_parquet(os.path.join(store, path))["y_score"].tolist() == expected, name


def test_tensors_without_values_to_log_are_refused_with_an_error_of_ours(logged):
    _, told = logged
    expected = {"meta": "is a tensor on the meta device", "complex": "complex64" , "nested": "is a nested tensor"}
    assert [name for name, _, _ in told["errors"]] == [name for name in expected if name not in told["lacks"]]
    for name, code, message in told["errors"]:
        assert code == "INVALID_ARGUMENT" and message.startswith("y_pred")
        assert expected[name] in message or "(" in message


def test_a_wrapper_is_recorded_as_the_model_inside(logged):
    store, told = logged
    found = rows(store, "torch").set_index("prediction_id")
    expected = ["DataParallel", "AveragedModel", "a script", *([] if "compile" in told["lacks"] else ["torch.compile"]),
                "DistributedDataParallel"]
    assert [name for name, _ in told["wrappers"]] == expected
    for name, prediction_id in told["wrappers"]:
        settings = json.loads(found.loc[prediction_id, "model_parameters"])
        assert found.loc[prediction_id, "model"] == "Net", name
        assert settings["layers"] == ["Linear", "ReLU", "Dropout", "Linear"] and settings["trainable_parameters"] == 42


def test_a_module_is_recorded_with_its_layers_and_sizes(logged):
    store, told = logged
    row = rows(store, "torch").iloc[0]
    assert row["model"] == "Net"
    assert json.loads(row["model_parameters"]) == {
        "width": 8,
        "layers": ["Linear", "ReLU", "Dropout", "Linear"],
        "body.0": "Linear(in_features=4, out_features=8, bias=True)",
        "body.1": "ReLU()",
        "body.2": "Dropout(p=0.25, inplace=False)",
        "head": "Linear(in_features=8, out_features=2, bias=True)",
        "trainable_parameters": 42,
        "frozen_parameters": 16,
    }
    runtime = json.loads(row["runtime"])
    assert runtime["language"] == "python" and runtime["packages"]["torch"] == told["version"]


def test_workers_of_a_data_loader_log_each_row_once(logged):
    store, told = logged
    found = rows(store, "torch")
    by_workers = found[found["name"].fillna("").str.startswith("worker")]
    assert len(told["workers"]) == 6 and sorted(by_workers["prediction_id"]) == sorted(told["workers"])
    assert set(by_workers["name"]) == {"worker 0", "worker 1"}


def test_metrics_that_are_tensors_are_taken_as_they_are_when_they_are_logged(tmp_path, torch_python):
    store = str(tmp_path / "store")
    code = f"""
import time, torch, ml_tracking
with ml_tracking.start_run("torch", store={store!r}) as run:
    loss = torch.tensor(1.0, requires_grad=True)
    total = torch.zeros(1, dtype=torch.float64)
    for step in range(3):
        run.log({{"loss": loss, "half": torch.tensor(0.5, dtype=torch.bfloat16), "count": torch.tensor(7), "total": total}})
        total += 1
        loss.data.mul_(2)
    took = []
    metrics = {{f"m{{i}}": torch.tensor(i / 4, requires_grad=True) for i in range(10)}}
    for _ in range(2000):
        begun = time.perf_counter()
        run.log(metrics)
        took.append(time.perf_counter() - begun)
    print(sorted(took)[1000])
"""
    env = {**os.environ, "PYTHONPATH": os.path.dirname(os.path.dirname(ml_tracking.__file__))}
    done = subprocess.run([torch_python, "-c", code], env=env, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    assert float(done.stdout) < 50e-6
    (run,) = ml_tracking.read_runs("torch", store=store)
    found = ml_tracking.read_history(run["run_id"], keys=["loss", "half", "count", "total"], store=store)
    by_key = {key: [value for name, value in zip(found["key"], found["value"]) if name == key] for key in set(found["key"])}
    assert by_key == {"loss": [1, 2, 4], "half": [0.5] * 3, "count": [7] * 3, "total": [0, 1, 2]}
