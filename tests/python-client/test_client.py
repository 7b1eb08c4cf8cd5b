"""Tests of the installed wheel with real libraries; each takes a store of its own."""

import os
import signal
import subprocess
import sys
import threading
import uuid
import warnings

import jax.numpy as jnp
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from joblib import Parallel, delayed
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

import ml_tracking
from ml_tracking import _core
from ml_tracking.ml_tracking import log_experiment


@pytest.fixture
def store(tmp_path):
    return str(tmp_path / "store")


def log(store, y_true, y_pred, *, model=None, test_set=None, project="p", **more):
    parameters = {
        "dataset_uri": "data/iris.csv",
        "target_column": "species",
        "test_set": list(range(3)) if test_set is None else test_set,
        "model": model or LogisticRegression(),
    }
    return log_experiment(kind="classification", project=project, parameters=parameters,
                          y_true=y_true, y_pred=y_pred, store=store, **more)


def test_the_original_call_works_on_a_real_model(store, monkeypatch):
    monkeypatch.setenv("ML_TRACKING_STORE", store)
    X, y = load_iris(return_X_y=True)
    model = LogisticRegression(max_iter=500).fit(X, y)
    for new_csv, number in ((False, 1), (True, 2)):
        logged = log_experiment(
            kind="classification",
            project="tracker_testing_1_/first_run",
            parameters={"dataset_uri": "iris", "target_column": "species", "test_set": list(range(150)), "model": model},
            y_true=y, y_pred=model.predict(X), extra_parameters={"scaler": "none"}, new_csv=new_csv,
        )
        assert logged.stored and logged.project == "tracker-testing-1-first-run"
        assert logged.paths.tracking_log.endswith(f"_{number}.csv")
    found = pd.read_parquet(os.path.join(store, logged.paths.predictions))
    assert found["y_pred"].tolist() == model.predict(X).tolist()
    row = pd.read_csv(os.path.join(store, logged.paths.tracking_log)).iloc[0]
    assert row["model"] == "LogisticRegression" and '"max_iter":500' in row["model_parameters"]


integers, texts = [1, 0, 1], ["cat", "dog", "cat"]
inputs = {
    "list of int": integers, "tuple": tuple(integers), "list of str": texts,
    **{f"numpy {kind}": np.array(integers, kind) for kind in
       ("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float32", "float64", ">i4")},
    "numpy str": np.array(texts), "numpy object": np.array(texts, object),
    "numpy column": np.array(integers).reshape(-1, 1), "numpy strided": np.array([1, 9, 0, 9, 1])[::2],
    "pandas": pd.Series(integers, index=[7, 5, 3]), "pandas Int64": pd.Series(integers, dtype="Int64"),
    "pandas string": pd.Series(texts, dtype="string"), "pandas category": pd.Series(texts, dtype="category"),
    "pandas frame": pd.DataFrame({"y": integers}), "pandas Index": pd.Index(texts),
    "polars": pl.Series(integers), "polars str": pl.Series(texts), "polars category": pl.Series(texts, dtype=pl.Categorical),
    "pyarrow": pa.array(integers), "pyarrow str": pa.array(texts), "pyarrow chunked": pa.chunked_array([texts[:1], texts[1:]]),
    "pyarrow dictionary": pa.array(texts).dictionary_encode(), "jax": jnp.array(integers),
}


@pytest.mark.parametrize("name", inputs)
def test_predictions_read_back_equal_the_input(store, name):
    logged = log(store, inputs[name], inputs[name])
    found = pd.read_parquet(os.path.join(store, logged.paths.predictions))
    expected = integers if found["y_true"].dtype.kind in "iuf" else texts
    assert found["y_true"].tolist() == expected and found["y_pred"].tolist() == expected


def test_a_generator_and_uuids_are_taken(store):
    ids = [uuid.uuid4() for _ in range(3)]
    logged = log(store, (y for y in texts), iter(texts), test_set=ids)
    found = ml_tracking.read_experiment(logged.prediction_id, store=store)
    assert list(found.predictions["sample_id"]) == [str(each) for each in ids]


def test_nested_estimators_are_flattened_and_the_best_of_a_search_is_recorded(store):
    X, y = load_iris(return_X_y=True)
    search = GridSearchCV(make_pipeline(StandardScaler(), LogisticRegression(max_iter=500)),
                          {"logisticregression__C": [0.5]}, cv=2).fit(X, y)
    logged = log(store, integers, integers, model=search)
    parameters = ml_tracking.read_experiment(logged.prediction_id, store=store).experiment["model_parameters"]
    assert parameters["best_estimator__logisticregression__C"] == 0.5


def test_boosted_trees_tell_their_settings(store):
    from catboost import CatBoostClassifier
    from lightgbm import LGBMClassifier
    from xgboost import XGBClassifier

    for model, name in ((XGBClassifier(max_depth=3), "max_depth"), (LGBMClassifier(max_depth=3), "max_depth"),
                        (CatBoostClassifier(depth=3), "depth")):
        logged = log(store, integers, integers, model=model)
        experiment = ml_tracking.read_experiment(logged.prediction_id, store=store).experiment
        assert experiment["model"] == type(model).__name__ and experiment["model_parameters"][name] == 3


def test_bad_input_raises_what_python_programs_expect(store):
    with pytest.raises(ValueError, match="y_pred"):
        log(store, [1, 0, 1], [1, 0])
    with pytest.raises(TypeError, match="class"):
        log(store, integers, integers, model=LogisticRegression.__class__)
    with pytest.raises(TypeError):
        log(store, integers, integers, model="LogisticRegression")
    assert not os.path.exists(store)


def test_what_the_store_cannot_take_waits_in_the_spool_unless_strict(tmp_path, monkeypatch):
    monkeypatch.setenv("ML_TRACKING_SPOOL", str(tmp_path / "spool"))
    (tmp_path / "file").write_text("")
    with pytest.warns(ml_tracking.TrackingWarning, match="NOT STORED"):
        logged = log(str(tmp_path / "file" / "store"), integers, integers)
    assert not logged.stored and os.path.exists(logged.paths.spool) and "NOT STORED" in repr(logged)
    with pytest.raises(OSError):
        log(str(tmp_path / "file" / "store"), integers, integers, strict=True)


def test_eight_threads_log_each_row_once(store):
    ids = []
    threads = [threading.Thread(target=lambda: ids.extend(log(store, integers, integers).prediction_id for _ in range(5)))
               for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    rows = [each["prediction_id"] for each in ml_tracking.read_experiments("p", store=store)]
    assert sorted(rows) == sorted(ids) and len(ids) == 40


def test_eight_joblib_processes_log_each_row_once(store):
    ids = Parallel(n_jobs=8)(delayed(lambda: log(store, integers, integers).prediction_id)() for _ in range(16))
    rows = [each["prediction_id"] for each in ml_tracking.read_experiments("p", store=store)]
    assert sorted(rows) == sorted(ids) and len(set(ids)) == 16


def test_a_core_that_is_killed_loses_and_doubles_nothing(store):
    ids = []
    for wait in (0.0, 0.002, 0.005, 0.01, 0.02, 0.05):
        log(store, integers, integers)
        killer = threading.Timer(wait, os.kill, (_core._core.process.pid, signal.SIGKILL))
        killer.start()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ids.append(log(store, integers, integers).prediction_id)
        killer.join()
    rows = [each["prediction_id"] for each in ml_tracking.read_experiments("p", store=store)]
    assert len(rows) == len(set(rows)) == 12 and set(ids) <= set(rows)


def test_the_command_line_is_there(store):
    log(store, integers, integers)
    done = subprocess.run([sys.executable, "-m", "ml_tracking", "projects", "--store", store],
                          capture_output=True, text=True, timeout=60)
    assert done.returncode == 0 and "p" in done.stdout


def test_the_dashboard_says_how_it_is_run(store):
    done = subprocess.run([sys.executable, "-m", "ml_tracking", "dashboard", "--store", store],
                          capture_output=True, text=True, timeout=60)
    assert done.returncode == 1 and "npx ml-tracking dashboard --store" in done.stderr
