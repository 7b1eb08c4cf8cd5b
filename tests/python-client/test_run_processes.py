"""Runs where processes are killed, forked or end in the middle: what was acknowledged is there once, and the status is true."""

import contextlib
import multiprocessing
import os
import pickle
import re
import signal
import subprocess
import sys
import threading
import time
import warnings
from pathlib import Path

import pytest
from IPython.core.interactiveshell import InteractiveShell
from joblib import Parallel, delayed

import ml_tracking
from ml_tracking import _core, read_history, read_run, read_runs, start_run


def values(store, run_id, key="x"):
    return read_history(run_id, keys=[key], store=store)["value"]


def script(code, store, **options):
    """A Python of its own that starts the run `run` and says its id first."""
    begin = f"import ml_tracking, os, sys, time\nstore = {store!r}\nrun = ml_tracking.start_run('p', store=store)\nprint(run.run_id, flush=True)\n"
    return subprocess.Popen([sys.executable, "-c", begin + code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)


def test_a_killed_process_leaves_what_it_was_told_is_durable_and_a_run_to_go_on_with(store):
    process = script("""
for i in range(10**6):
    run.log({"x": i})
    if i % 50 == 49:
        run.flush()
        print(i, flush=True)
""", store)
    run_id = process.stdout.readline().strip()
    told = [int(process.stdout.readline()) for _ in range(5)]
    process.kill()
    told += [int(line) for line in process.communicate()[0].splitlines() if line.endswith("9")]
    found = values(store, run_id)
    assert found == list(range(len(found))) and len(found) > max(told[:-1])
    assert read_run(run_id, store=store)["status"] == "running"
    with start_run(resume=run_id, store=store) as again:
        again.log({"x": -1})
    assert values(store, run_id) == [*found, -1]
    assert read_run(run_id, store=store)["status"] == "finished"


@pytest.mark.parametrize("code, status, error", [
    ("", "finished", None),
    ("raise ValueError('bad batch')", "failed", "ValueError: bad batch"),
    ("import signal; os.kill(os.getpid(), signal.SIGINT); time.sleep(5)", "killed", "KeyboardInterrupt"),
    ("sys.exit(0)", "finished", None),
    ("sys.exit(1)", "finished", None),  # of which Python tells nobody
    ("with run: sys.exit(1)", "failed", "SystemExit: 1"),
    ("sys.excepthook = lambda *told: None\nchild = run.start_child()\nchild.log({'x': 1})", "finished", None),
])
def test_a_run_that_is_open_when_its_process_ends_is_ended_with_it(store, code, status, error):
    process = script("run.log({'x': 1})\n" + code, store)
    out, talk = process.communicate(timeout=60)
    assert "TrackingWarning" not in talk
    run_id = out.splitlines()[0]
    record = read_run(run_id, store=store)
    assert (record["status"], record["error"]) == (status, error)
    assert values(store, run_id) == [1]
    assert {each["status"] for each in read_runs("p", store=store)} == {status}


told_to_end = "SIGTERM: the process was told to end"
trains = """
with run:
    child = run.start_child()
    for i in range(10**6):
        run.log({'x': i})
        if i == 100: print('going', flush=True)
        if i > 100: time.sleep(0.001)
"""


@pytest.mark.parametrize("code", [
    trains,
    "run.log({'x': 0})\nprint('going', flush=True)\nwhile True: run.log({'x': run._step + 1})",
    "run.log({'x': 0})\nprint('going', flush=True)\nwhile True: run.log_text('notes.txt', 'x')",
    "import threading\nrun.log({'x': 0})\nrun.start_child()\nprint('going', flush=True)\nthreading.Event().wait()",
    "import warnings\nwarnings.simplefilter('error')\nrun.log({'x': 0})\nrun._writer.queue.notices.append('told at the end')\nprint('going', flush=True)\ntime.sleep(60)",
], ids=["in a block", "while it logs", "while it keeps files", "while it waits", "with warnings that raise"])
def test_sigterm_ends_the_runs_as_killed_and_then_the_process_as_ever(store, code):
    process = script(code, store)
    run_id = process.stdout.readline().strip()
    assert process.stdout.readline() == "going\n"
    process.terminate()
    _, talk = process.communicate(timeout=60)
    assert process.returncode == -signal.SIGTERM and "has ended" not in talk and "is ended" not in talk
    record = read_run(run_id, store=store)
    assert (record["status"], record["error"]) == ("killed", told_to_end)
    assert {each["status"] for each in read_runs("p", store=store)} == {"killed"}
    found = values(store, run_id)
    assert found == list(range(len(found))) and found


def test_sigterm_that_the_core_gets_too_ends_the_run_all_the_same(store):
    process = script("run.log({'x': 1})\nprint(ml_tracking._core.running(), flush=True)\ntime.sleep(60)", store)
    run_id, core = process.stdout.readline().strip(), int(process.stdout.readline())
    os.kill(core, signal.SIGTERM)
    process.terminate()
    process.communicate(timeout=60)
    record = read_run(run_id, store=store)
    assert (process.returncode, record["status"], values(store, run_id)) == (-signal.SIGTERM, "killed", [1])


def test_sigterm_while_a_process_ends_its_runs_lets_it_do_that_first(store):
    process = script("""
run.log({'x': 1})
flush = run._writer.queue.flush
def slowly(until):
    print('ending', flush=True)
    time.sleep(0.5)
    flush(until)
run._writer.queue.flush = slowly
""", store)
    run_id = process.stdout.readline().strip()
    assert process.stdout.readline() == "ending\n"
    process.terminate()
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGTERM
    assert (read_run(run_id, store=store)["status"], values(store, run_id)) == ("finished", [1])


@pytest.mark.parametrize("code, status, error, returncode", [
    # as ours was there first: it ends the run, and the other one decides what becomes of the process
    ("ours = signal.getsignal(signal.SIGTERM)\nsignal.signal(signal.SIGTERM, lambda *told: ours(*told))\nreach()\n"
     "while not run._writer.has_ended: time.sleep(0.01)", "killed", told_to_end, 0),
    ("run.finish()\nsignal.signal(signal.SIGTERM, lambda *told: sys.exit(7))\n"
     "with ml_tracking.start_run(resume=run.run_id, store=store): reach()", "failed", "SystemExit: 7", 7),
    ("run.finish()\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
     "with ml_tracking.start_run(resume=run.run_id, store=store): reach()", "finished", None, 0),
], ids=["one that calls ours", "one that raises", "one that ignores it"])
def test_a_handler_of_sigterm_that_the_program_has_is_left_to_decide(store, code, status, error, returncode):
    process = script(f"import signal\ndef reach():\n    os.kill(os.getpid(), signal.SIGTERM)\n    time.sleep(0.1)\n{code}", store)
    out, talk = process.communicate(timeout=60)
    record = read_run(out.splitlines()[0], store=store)
    assert (record["status"], record["error"], process.returncode) == (status, error, returncode), talk


def test_sigterm_is_listened_to_in_the_main_thread_while_a_run_is_open(store):
    process = script("""
import signal, threading
told = [signal.getsignal(signal.SIGTERM)]
child = run.start_child()
run.finish()
told.append(signal.getsignal(signal.SIGTERM))
child.finish()
told.append(signal.getsignal(signal.SIGTERM))
def work():
    with ml_tracking.start_run("p", store=store):
        told.append(signal.getsignal(signal.SIGTERM))
thread = threading.Thread(target=work)
thread.start()
thread.join()
assert callable(told[0]) and told[1] is told[0], told
assert told[2:] == [signal.SIG_DFL] * 2, told
""", store)
    _, talk = process.communicate(timeout=60)
    assert process.returncode == 0, talk


def test_sigterm_in_a_fork_keeps_what_it_logged_and_ends_nothing_of_its_parent(store, tmp_path):
    ready = tmp_path / "ready"
    with start_run("p", store=store) as run:
        child = os.fork()
        if child == 0:
            try:
                run.log({"child": 1})
                ready.write_text("")
                time.sleep(60)
            finally:
                os._exit(0)
        while not ready.exists():
            time.sleep(0.01)
        os.kill(child, signal.SIGTERM)
        assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGTERM
        assert read_run(run.run_id, store=store)["status"] == "running"
        run.log({"x": 1})
    assert values(store, run.run_id, "child") == [1] and values(store, run.run_id) == [1]
    assert read_run(run.run_id, store=store)["status"] == "finished"


def test_a_failing_cell_of_a_notebook_does_not_end_the_run(store):
    process = script(f"""
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
shell.user_ns["run"] = run
shell.run_cell("run.log(dict(x=1)); raise ValueError('a slip')")
shell.run_cell("print('printed in a cell'); run.log(dict(x=2))")
""", store)
    out, talk = process.communicate(timeout=60)
    run_id = out.splitlines()[0]
    assert "printed in a cell" in out and "a slip" in out + talk
    assert (read_run(run_id, store=store)["status"], values(store, run_id)) == ("finished", [1, 2])


def test_a_fork_logs_to_the_run_of_its_parent_and_neither_ends_it_nor_repeats_what_waits(store, capfd):
    with start_run("p", store=store) as run:
        for i in range(1000):
            run.log({"x": i})  # which waits
        children = []
        for number in range(3):
            child = os.fork()
            if child == 0:
                try:
                    for i in range(100):
                        run.log({f"child {number}": i})
                    run.finish()
                finally:
                    os._exit(0)
            children.append(child)
        run.log({"x": 1000})
        for child in children:
            assert os.waitpid(child, 0)[1] == 0
        assert read_run(run.run_id, store=store)["status"] == "running"
        run.log({"x": 1001})
    assert values(store, run.run_id) == list(range(1002))
    assert all(values(store, run.run_id, f"child {number}") == list(range(100)) for number in range(3))
    record = read_run(run.run_id, store=store)
    assert record["status"] == "finished" and record["metrics"]["child 2"] == 99


def logged_by_worker(run, number):
    run.log({f"worker {number}": number}, step=0)
    print("printed by worker", number)


def of_inherited(number):
    logged_by_worker(inherited, number)


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_worker_processes_that_end_by_themselves_write_what_they_logged(store, method):
    context = multiprocessing.get_context(method)
    with start_run("p", store=store) as run:
        workers = [context.Process(target=logged_by_worker, args=(run, number)) for number in range(3)]
        for each in workers:
            each.start()
        for each in workers:
            each.join()
            assert each.exitcode == 0
        assert read_run(run.run_id, store=store)["status"] == "running"
    assert [values(store, run.run_id, f"worker {number}") for number in range(3)] == [[0], [1], [2]]


def flushed_by_worker(run, number):
    logged_by_worker(run, number)
    run.flush()


def test_workers_of_joblib_get_the_run_by_pickle(store):
    with start_run("p", store=store) as run:
        Parallel(n_jobs=2)(delayed(flushed_by_worker)(run, number) for number in range(4))
        assert repr(pickle.loads(pickle.dumps(run))) == repr(run)
    assert [values(store, run.run_id, f"worker {number}") for number in range(4)] == [[0], [1], [2], [3]]


def test_ranks_that_resume_the_run_and_end_before_the_others_take_nothing_from_them(store):
    code = """
import ml_tracking, sys
store, run_id, rank = sys.argv[1:]
with ml_tracking.start_run(resume=run_id, store=store, system_metrics=False) as run:
    for i in range(2000):
        run.log({f"rank {rank}": i}, step=i)
"""
    with start_run("p", store=store) as run:
        ranks = [subprocess.Popen([sys.executable, "-c", code, store, run.run_id, str(rank)]) for rank in (1, 2)]
        i = 0
        while any(rank.poll() is None for rank in ranks) or i < 2000:
            run.log({"rank 0": i}, step=i)
            time.sleep(0.0005)
            i += 1
        assert [rank.returncode for rank in ranks] == [0, 0]
    assert values(store, run.run_id, "rank 0") == list(range(i))
    assert [values(store, run.run_id, f"rank {rank}") for rank in (1, 2)] == [list(range(2000))] * 2
    record = read_run(run.run_id, store=store)
    assert record["status"] == "finished"
    assert record["metrics"] == {"rank 0": i - 1, "rank 1": 1999, "rank 2": 1999}


@pytest.mark.filterwarnings("ignore:events wait in memory")
def test_a_core_that_is_killed_again_and_again_loses_and_doubles_nothing(store):
    with start_run("p", store=store) as run:
        over = threading.Event()

        def kill():
            while not over.wait(0.25):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(_core._core.process.pid, signal.SIGKILL)

        killer = threading.Thread(target=kill)
        killer.start()
        for i in range(3000):
            run.log({"x": i})
            time.sleep(0.0005)
        over.set()
        killer.join()
        run.log_text("note.txt", "kept")
    assert values(store, run.run_id) == list(range(3000))
    record = read_run(run.run_id, store=store)
    assert record["status"] == "finished" and "note.txt" in {each["path"] for each in record["artifacts"]}


def test_a_core_that_died_is_replaced_for_every_run_while_nothing_is_logged(store, monkeypatch):
    monkeypatch.setattr("ml_tracking._run_queue._idle", 0.2)
    with start_run("p", store=store, system_metrics=1) as run, run.start_child(system_metrics=1) as child:
        os.kill(_core._core.process.pid, signal.SIGKILL)
        key = "system/system_memory_usage_percentage"
        reader = f"""
import ml_tracking
print(*[len(ml_tracking.read_history(id, keys=[{key!r}], store={store!r})["value"]) for id in {[run.run_id, child.run_id]}])"""
        until = time.monotonic() + 30
        counts = [0]
        while 0 in counts:  # asked in another process: here it would start a core
            assert time.monotonic() < until, counts
            told = subprocess.run([sys.executable, "-c", reader], stdout=subprocess.PIPE, text=True, check=True).stdout
            counts = list(map(int, told.split()))


def test_a_run_whose_core_died_is_ended_by_the_next_one(store):
    with start_run("p", store=store, system_metrics=1) as run:
        run.flush()
        os.kill(_core._core.process.pid, signal.SIGKILL)
    record = read_run(run.run_id, store=store)
    assert (record["status"], record["name"], record["source"] is None) == ("finished", None, False)


def test_a_run_stays_in_its_store_when_the_process_changes_its_folder_and_the_core_dies(tmp_path, monkeypatch):
    monkeypatch.delenv("ML_TRACKING_STORE", raising=False)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(tmp_path)
    with start_run("p") as run:
        monkeypatch.chdir(elsewhere)
        run.log({"x": 1})
        run.flush()
        os.kill(_core._core.process.pid, signal.SIGKILL)
        run.log({"x": 2})
    assert values(str(tmp_path / "ml-tracking"), run.run_id) == [1, 2]
    assert list(elsewhere.iterdir()) == []


@contextlib.contextmanager
def broken(*places):
    """Stores or spools that take nothing meanwhile: a file is where each folder was."""
    folders = [Path(place) for place in places]
    for folder in folders:
        if folder.exists():
            folder.rename(f"{folder}.moved")
        folder.write_text("a file where the folder should be")
    try:
        yield
    finally:
        core = _core._core.process.pid
        os.kill(core, signal.SIGSTOP)  # else it might make a folder in between
        for folder in folders:
            folder.unlink()
            if Path(f"{folder}.moved").exists():
                Path(f"{folder}.moved").rename(folder)
        os.kill(core, signal.SIGCONT)


def test_what_a_store_does_not_take_waits_in_the_spool_until_the_run_ends(store):
    with start_run("p", store=store) as run:
        run.log({"x": 0})
        run.flush()
        with broken(store), pytest.warns(ml_tracking.TrackingWarning, match="NOT STORED: what the run .* waits in the local spool"):
            run.log({"x": 1})
            run.flush()
        run.log({"x": 2})
    assert values(store, run.run_id) == [0, 1, 2]
    assert read_run(run.run_id, store=store)["status"] == "finished"


def test_a_store_and_a_spool_that_fail_neither_stop_a_training_nor_lose_its_events(store, spool):
    with start_run("p", store=store) as run:
        run.log({"x": 0})
        run.flush()
        with broken(store, spool):
            with pytest.warns(ml_tracking.TrackingWarning, match="events wait in memory, since they cannot be written now"):
                for i in range(1, 100):
                    run.log({"x": i})
                    time.sleep(0.01)
            with pytest.raises(ml_tracking.StoreError):
                run.flush()
        run.flush()
    assert values(store, run.run_id) == list(range(100))


def test_a_run_that_cannot_be_ended_warns_at_the_end_of_its_block_and_raises_from_finish(store, spool):
    run = start_run("p", store=store, console=False)
    run.flush()
    with broken(store, spool):
        with pytest.warns(ml_tracking.TrackingWarning) as told:
            with run:
                run.log({"x": 1})
        assert re.search("could not be ended: .*; 1 of its events are not written", str(told[-1].message))
        with pytest.raises(ml_tracking.StoreError):
            run.finish()
    run.finish()
    assert values(store, run.run_id) == [1]
    assert read_run(run.run_id, store=store)["status"] == "finished"


def test_where_a_store_takes_nothing_for_long_new_values_are_left_out_and_counted(store, monkeypatch):
    monkeypatch.setattr("ml_tracking._run_queue._most_points", 1000)
    monkeypatch.setattr("ml_tracking._run_queue._longest_wait", 0.5)
    with start_run("p", store=store, console=False) as run:
        run.flush()
        stopped = _core._core
        os.kill(stopped.process.pid, signal.SIGSTOP)
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            begun = time.monotonic()
            for i in range(2000):
                run.log({"x": i})
            assert 0.5 < time.monotonic() - begun < 2
            os.kill(stopped.process.pid, signal.SIGCONT)
            run.flush()
    texts = [str(each.message) for each in told]
    assert len(texts) == 2 and "what is logged is left out until it does" in texts[0] and "values were left out" in texts[1]
    found = values(store, run.run_id)
    assert found == list(range(len(found))) and 1000 <= len(found) < 1100
