"""The core killed, stopped or too slow: a call fails with a clear error or succeeds, never both; no row is lost or doubled."""

import os
import signal
import subprocess
import sys
import threading
import time
import warnings

import pytest
from small_experiments import log, many, row_ids

import ml_tracking
from ml_tracking import _core

is_every_kill = os.environ.get("ML_TRACKING_TEST_SURVIVAL") == "whole"


def changes():
    """The changes of files at which a core is killed: the first ten, then every third; all where every kill is asked for."""
    yield from range(1, 11)
    yield from range(11, 100) if is_every_kill else range(13, 100, 3)


kill_at = os.path.join(os.path.dirname(__file__), "../support/kill-at.mjs")


@pytest.fixture
def killed_core(monkeypatch):
    """Starts a core that is killed (or gets another signal) before its n-th change of a file; `again` does the same to each that follows."""

    def start(change, *, by="SIGKILL", again=False):
        _core._close()
        monkeypatch.setenv("NODE_OPTIONS", f"--import {os.path.abspath(kill_at)}")
        monkeypatch.setenv("KILL_AT", str(change))
        monkeypatch.setenv("KILL_WITH", by)
        _core.start()
        if not again:
            for name in ("NODE_OPTIONS", "KILL_AT", "KILL_WITH"):
                monkeypatch.delenv(name)
        return _core._core

    yield start
    _core._close()


def test_a_core_that_is_killed_at_any_change_of_a_file_loses_and_doubles_nothing(store, killed_core):
    log(store)  # the store is there: its folders are not made anew
    acknowledged = row_ids(store)
    for change in changes():
        core = killed_core(change)
        acknowledged.append(log(store).prediction_id)
        assert row_ids(store).count(acknowledged[-1]) == 1
        if core.process.poll() is None:
            break
    assert change > 6, "the core was killed at few changes"
    assert core.process.poll() is None, "the last core was not killed"
    assert row_ids(store) == acknowledged


def test_a_core_that_is_killed_each_time_ends_a_call_with_an_error_and_loses_nothing(store, killed_core):
    acknowledged, failed = [], 0
    for change in changes():
        core = killed_core(change, again=True)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                acknowledged.append(log(store).prediction_id)
        except ml_tracking.CoreError as error:
            failed += 1
            assert error.code == "CORE_ENDED" and "3 times; the experiment is not in the store" in str(error)
            assert row_ids(store) == acknowledged
        if core.process.poll() is None:
            break
    assert failed > 3 and core.process.poll() is None
    found = row_ids(store)
    assert found == acknowledged


def test_a_core_that_is_killed_at_any_moment_of_a_large_call_loses_and_doubles_nothing(store):
    acknowledged = []
    large = many(300_000)
    for wait in (0.0, 0.004, 0.01, 0.02, 0.04, 0.06, 0.09, 0.12):
        log(store)
        killer = threading.Timer(wait, os.kill, (_core._core.process.pid, signal.SIGKILL))
        killer.start()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            acknowledged.append(log(store, **large, project="large").prediction_id)
        killer.join()
    assert row_ids(store, "large") == acknowledged


def test_a_core_that_died_between_two_calls_is_started_again(store):
    acknowledged = []
    for _ in range(10):
        acknowledged.append(log(store).prediction_id)
        os.kill(_core._core.process.pid, signal.SIGKILL)
    assert row_ids(store) == acknowledged


def test_what_waits_in_the_spool_when_the_core_is_killed_is_delivered_once(tmp_path, killed_core):
    for change in changes():
        disk = tmp_path / f"disk-{change}"
        disk.write_text("a file where a folder should be")
        place = str(disk / "store")
        core = killed_core(change)
        with pytest.warns(ml_tracking.TrackingWarning, match="NOT STORED"):
            logged = log(place)
        assert not logged.stored and os.path.exists(logged.paths.spool)
        survived = core.process.poll() is None
        disk.unlink()
        done = subprocess.run([sys.executable, "-m", "ml_tracking", "sync"], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        assert row_ids(place) == [logged.prediction_id]
        if survived:
            break
    assert survived and change > 3


def test_a_call_ends_at_its_deadline(store, monkeypatch):
    log(store)
    before = row_ids(store)
    monkeypatch.setenv("ML_TRACKING_TIMEOUT", "6")
    stopped = _core._core
    os.kill(stopped.process.pid, signal.SIGSTOP)
    start = time.monotonic()
    with pytest.raises(ml_tracking.CoreError, match="took over 6 seconds and was given up; the experiment is not in the store") as caught:
        log(store)
    assert caught.value.code == "CORE_TIMEOUT" and time.monotonic() - start < 6.5
    assert stopped.process.poll() is not None
    assert log(store).stored and len(row_ids(store)) == len(before) + 1


def test_what_was_logged_before_the_deadline_is_found(store, killed_core, monkeypatch):
    """The core stands still at its last changes of files: where the row was written before, the call has its result all the same."""
    acknowledged = [log(store).prediction_id]
    outcomes = []
    for change in range(20, 0, -1):
        monkeypatch.setenv("ML_TRACKING_TIMEOUT", "6")
        core = killed_core(change, by="SIGSTOP")
        try:
            logged = log(store)
            acknowledged.append(logged.prediction_id)
            if core.process.poll() is not None:
                assert any("after the experiment was kept" in text for text in logged.warnings)
                outcomes.append("found")
        except ml_tracking.CoreError as error:
            assert error.code == "CORE_TIMEOUT" and "is not in the store" in str(error)
            outcomes.append("not there")
            break
        assert row_ids(store) == acknowledged
    assert outcomes == ["found", "not there"]
    assert row_ids(store) == acknowledged


def test_a_deadline_too_short_to_look_says_that_it_is_not_known(store, monkeypatch):
    log(store)
    monkeypatch.setenv("ML_TRACKING_TIMEOUT", "0.01")
    os.kill(_core._core.process.pid, signal.SIGSTOP)
    with pytest.raises(ml_tracking.CoreError, match=r"whether the experiment was logged is not known; read_experiment\('\w{12}'\) tells"):
        log(store)
    monkeypatch.setenv("ML_TRACKING_TIMEOUT", "soon")
    with pytest.raises(ValueError, match="ML_TRACKING_TIMEOUT is 'soon'; give seconds"):
        log(store)
