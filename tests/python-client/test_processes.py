"""Threads, forks, worker processes, Ctrl-C and kills: every acknowledged row once, and no core left behind."""

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time

import psutil
import pytest
from joblib import Parallel, delayed
from small_experiments import integers, log, many, row_ids

from ml_tracking import _core


def log_some(store, count=2):
    return [log(store, integers).prediction_id for _ in range(count)]


def test_eight_processes_and_eight_threads_log_each_row_once(store):
    ids = log_some(store)
    threads = [threading.Thread(target=lambda: ids.extend(log_some(store, 5))) for _ in range(8)]
    for each in threads:
        each.start()
    for found in Parallel(n_jobs=8)(delayed(log_some)(store) for _ in range(16)):
        ids.extend(found)
    for each in threads:
        each.join()
    assert len(ids) == 2 + 40 + 32
    assert sorted(row_ids(store)) == sorted(ids)


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_workers_of_multiprocessing_log_each_row_once(store, method):
    ids = log_some(store)
    with multiprocessing.get_context(method).Pool(3) as pool:
        for found in pool.map(log_some, [store] * 6):
            ids.extend(found)
    ids += log_some(store)
    assert sorted(row_ids(store)) == sorted(ids)


def test_a_fork_logs_through_a_core_of_its_own_and_the_parents_goes_on(store):
    ids = log_some(store)
    parents = _core._core.process.pid
    reading, writing = os.pipe()
    children = []
    for _ in range(3):
        child = os.fork()
        if child == 0:
            try:
                found = log_some(store)
                os.write(writing, "".join(f"{each} {_core._core.process.pid}\n" for each in found).encode())
            finally:
                os._exit(0)
        children.append(child)
    ids += log_some(store)  # meanwhile
    for child in children:
        os.waitpid(child, 0)
    os.close(writing)
    with os.fdopen(reading) as lines:
        pairs = [line.split() for line in lines]
    assert len(pairs) == 6 and parents not in {int(core) for _, core in pairs}
    assert _core._core.process.pid == parents and _core._core.process.poll() is None
    assert sorted(row_ids(store)) == sorted([*ids, *(each for each, _ in pairs)])
    assert_gone({int(core) for _, core in pairs})


def assert_gone(pids):
    """The cores end by themselves soon after the processes that they belong to."""
    until = time.monotonic() + 10
    while (left := [each for each in pids if psutil.pid_exists(each) and psutil.Process(each).status() != "zombie"]):
        assert time.monotonic() < until, f"still there: {left}"
        time.sleep(0.05)


def child(code, store, **options):
    """A Python of its own, in a process group of its own, that can log."""
    script = f"import sys; sys.path.insert(0, {os.path.dirname(__file__)!r})\nfrom test_processes import *\nfrom test_processes import _core\nstore = {store!r}\n{code}"
    return subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                            start_new_session=True, **options)


def test_a_core_ends_with_a_process_that_is_killed(store):
    process = child("""
while True:
    print(*log_some(store, 1), _core._core.process.pid, flush=True)
""", store)
    told = [process.stdout.readline().split() for _ in range(5)]
    process.kill()
    told += [line.split() for line in process.communicate()[0].splitlines()]
    told = [line for line in told if len(line) == 2]  # the last may be cut
    assert len(told) >= 5
    assert_gone({int(core) for _, core in told})
    found = row_ids(store)
    assert len(found) == len(set(found)) <= len(told) + 1  # the one under way may have come to its end
    assert [each for each, _ in told] == found[: len(told)]


def test_a_process_that_ends_at_once_leaves_no_core(store):
    process = child("log_some(store); print(_core._core.process.pid)", store)
    out, errors = process.communicate(timeout=60)
    assert errors == ""
    assert_gone({int(out)})


@pytest.mark.parametrize("wait", [0.0, 0.01, 0.05, 0.12, 0.3])
def test_ctrl_c_in_a_call_says_what_became_of_it_and_leaves_the_log_whole(store, wait):
    """As in a terminal: the signal goes to the whole process group."""
    process = child(f"""
large = many(1_000_000)
log_some(store)
try:
    print("ready", flush=True)
    print(log(store, **large).prediction_id, "logged", flush=True)
    time.sleep(10)
except KeyboardInterrupt as interrupt:
    print("interrupted", interrupt, flush=True)
print(*log_some(store, 1), "afterwards", flush=True)
""", store)
    assert process.stdout.readline() == "ready\n"
    time.sleep(wait)
    os.killpg(process.pid, signal.SIGINT)
    out, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    lines = [line.split(maxsplit=1) for line in out.splitlines()]
    assert lines[-1][1] == "afterwards"
    (said,) = [text for word, text in [(line + [""])[:2] for line in lines] if word == "interrupted"]
    acknowledged = [word for word, text in [(line + [""])[:2] for line in lines] if text == "logged"]
    found = row_ids(store)
    assert len(found) == len(set(found)) and {lines[-1][0], *acknowledged} <= set(found)
    if said.startswith("the experiment was logged all the same"):
        assert said.rsplit(" ", 1)[1] in found and len(found) == 4
    elif said == "" and not acknowledged:  # before anything was handed over
        assert len(found) == 3
    else:
        assert acknowledged or "read_experiment(" in said


def test_calls_at_once_are_each_answered_with_their_own_result(store):
    wanted = {f"project-{i}": i for i in range(8)}
    results = {}

    def work(project, count):
        for _ in range(3):
            logged = log(store, **many(1000 + count), project=project)
            results.setdefault(project, []).append((logged.project, logged.prediction_id))

    threads = [threading.Thread(target=work, args=pair) for pair in wanted.items()]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    for project in wanted:
        assert [name for name, _ in results[project]] == [project] * 3
        assert row_ids(store, project) == [each for _, each in results[project]]
