import os
import warnings

import pytest
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

from ml_tracking import read_history

os.environ["KERAS_BACKEND"] = "torch"


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("ML_TRACKING_SPOOL", str(tmp_path / "spool"))
    monkeypatch.chdir(tmp_path)
    return str(tmp_path / "store")


@pytest.fixture(scope="session")
def tumours():
    """X_train, X_test, y_train, y_test of real data, as float32."""
    X, y = load_breast_cancer(return_X_y=True)
    return train_test_split(StandardScaler().fit_transform(X).astype("float32"), y, random_state=0)


@pytest.fixture
def points(store):
    """The steps and values of a run's metric."""

    def read(run, key):
        found = read_history(run["run_id"], store=store, keys=[key], as_frame=True).sort_values("step")
        return found["step"].tolist(), found["value"].tolist()

    return read


@pytest.fixture(autouse=True)
def told():
    """What the hooks warn of is an error, unless a test says otherwise."""
    import ml_tracking

    with warnings.catch_warnings():
        warnings.simplefilter("error", ml_tracking.TrackingWarning)
        yield
