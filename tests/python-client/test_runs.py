"""Runs: what is logged on the way comes back as it was, and what is wrong is said without stopping a training."""

import csv
import decimal
import fractions
import io
import json
import math
import os
import statistics
import sys
import threading
import time
import warnings
from datetime import datetime, timezone
from pathlib import Path
from types import SimpleNamespace

import nbclient
import nbformat
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from small_experiments import integers
from sklearn.linear_model import LogisticRegression

import ml_tracking
from ml_tracking import read_history, read_run, read_runs, start_run


def history(store, run, **options):
    return read_history(run.run_id, store=store, as_frame=True, **options)


def artifact(store, run, path):
    return Path(store, "artifacts", run.project, run.run_id, path)


def test_a_run_comes_back_with_all_that_was_logged(store):
    with start_run("digits_1/first", "baseline", {"lr": 1e-3, "layers": [4, 2]}, {"team": "vision", "fold": 3}, store=store) as run:
        for epoch in range(5):
            run.log({"loss": 1 / (epoch + 1), "train": {"acc": epoch}}, step=10 * epoch)
        run.log({"loss": 0.125})
        run.log_parameters({"depth": 3})
        run.set_tags({"best": True})
        run.remove_tag("team")
        assert read_run(run.run_id, store=store)["status"] == "running"
    record = read_run(run.run_id, store=store)
    assert (record["status"], record["name"], record["project"]) == ("finished", "baseline", "digits-1-first")
    assert record["parameters"] == {"lr": 1e-3, "layers": [4, 2], "depth": 3} == run.parameters
    assert record["tags"] == {"fold": "3", "best": "True"}
    assert record["metrics"] == {"loss": 0.125, "train/acc": 4}
    assert record["started_at"] < record["ended_at"] <= datetime.now(timezone.utc)
    assert record["runtime"]["command"][1:] == sys.orig_argv[1:] and record["source"].endswith("pytest/__main__.py")
    found = history(store, run)
    assert found.columns.tolist() == ["run_id", "key", "step", "time", "value"]
    assert found[found["key"] == "loss"]["step"].tolist() == [0, 10, 20, 30, 40, 41]
    assert found[found["key"] == "train/acc"]["value"].tolist() == [0, 1, 2, 3, 4]
    packages = artifact(store, run, "ml-tracking/packages.txt").read_text().splitlines()
    assert f"numpy=={np.__version__}" in packages and packages == sorted(packages)


def test_numbers_of_every_kind_are_logged_and_others_are_warned_of_once(store):
    numbers = {
        "float32": np.float32(0.5), "int64": np.int64(7), "bool": True, "numpy bool": np.bool_(False), "0-d": np.array(2.5),
        "one": np.array([[3.0]]), "decimal": decimal.Decimal("1.25"), "fraction": fractions.Fraction(1, 4), "large": 2**60,
        "nan": float("nan"), "inf": np.inf, "-inf": -np.inf, "-0": -0.0, "tiny": 5e-324, 12: 1, "$number": 1, "ä, \"b\"": 1,
    }
    others = {"text": "0.5", "none": None, "two": np.ones(2), "list": [1], "complex": 1j, "huge": 10**400, "": 1, "a\nb": 1}
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        with start_run("p", store=store, console=False) as run:
            for _ in range(3):
                run.log({**numbers, "nested": {"deeper": {"x": 1}}, **others})
            run.log(5)
            run.log({"a": 1})
            run.log({"a": 2})
            run.log({"a": 0}, time="now")
            run.log({"a": 3}, step=np.int64(90), time=1.5)
            run.log({"a": 4}, time=datetime(2020, 1, 1, tzinfo=timezone.utc))
    texts = [str(each.message) for each in told]
    assert all(each.category is ml_tracking.TrackingWarning and each.filename == __file__ for each in told)
    for name in ("text is '0.5'", "none is None", "two is a ndarray of shape (2,)", "list is a list of 1", "complex is 1j",
                 "huge is an integer of 1329 bits", "what was logged is 5", "time is 'now'", '""', '"a\\nb"'):
        assert sum(name in text for text in texts) == 1, (name, texts)
    assert len(texts) == 10, texts
    found = history(store, run)
    first = found[found["step"] == 0].set_index("key")["value"]
    expected = {str(name): float(value if np.ndim(value) == 0 else 3) for name, value in numbers.items()}
    assert first.index.tolist() == sorted([*expected, "nested/deeper/x"])
    for name, value in expected.items():
        assert first[name] == value or (math.isnan(value) and math.isnan(first[name])), name
    assert math.copysign(1, first["-0"]) == -1
    a = found[found["key"] == "a"]
    assert a["step"].tolist() == [3, 4, 90, 91] and a["value"].tolist() == [1, 2, 3, 4]
    assert a["time"].dt.year.tolist() == [datetime.now(timezone.utc).year] * 2 + [1970, 2020]


@pytest.mark.parametrize("step, words", [
    (1.5, "1.5"), ("x", "'x'"), ("7", "'7'"), (2**53, "9007199254740992"), (-2**60, "-1152921504606846976"),
    (10**400, "an integer of 1329 bits"), (math.nan, "nan"), (np.float32(0.5), "0.5"), ([1, 2], "a list of 2"),
], ids=lambda given: given if isinstance(given, str) else "")
def test_what_is_logged_at_a_step_that_is_no_whole_number_is_left_out_with_one_warning(store, step, words):
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        with start_run("p", store=store, console=False) as run:
            run.log({"a": 1, "step": 1})
            for _ in range(3):
                run.log({"a": 2}, step=step)
            run.log({"a": 3})
    assert [(str(each.message), each.filename) for each in told] == [
        (f"the step is {words}; metrics at it are not kept: a step is a whole number up to 2^53", __file__)]
    a = history(store, run, keys=["a"])
    assert a["step"].tolist() == [0, 1] and a["value"].tolist() == [1, 3]


def test_a_whole_number_of_any_library_is_a_step(store):
    steps = [7, -3, 2.0, np.int32(4), np.uint64(5), np.float64(6), np.array(8), decimal.Decimal(9), 2**53 - 1, 1 - 2**53]
    with start_run("p", store=store) as run:
        for step in steps:
            run.log({"a": int(step)}, step=step)
    a = history(store, run)
    assert a["step"].tolist() == a["value"].tolist() == sorted(map(int, steps))


def test_a_parameter_is_given_once(store):
    with start_run("p", parameters=SimpleNamespace(lr=0.1, seed=1), store=store) as run:
        run.log_parameters({"lr": 0.1, "depth": 3, "odd": {"nan": float("nan"), "large": 2**70}})
        with pytest.raises(ml_tracking.InvalidValue, match="the parameter lr is 0.1 already, and cannot become 0.2") as caught:
            run.log_parameters({"lr": 0.2, "width": 1})
        assert caught.value.code == "PARAMETER_CHANGED"
    odd = {"nan": "NaN", "large": str(2**70)}
    assert read_run(run.run_id, store=store)["parameters"] == {"lr": 0.1, "seed": 1, "depth": 3, "odd": odd}
    with start_run(resume=run.run_id, parameters={"lr": 0.1, "odd": {"nan": float("nan"), "large": 2**70}}, store=store):
        pass
    with pytest.raises(ml_tracking.InvalidValue, match="the parameter depth is 3 already"):
        start_run(resume=run.run_id, parameters={"depth": 4}, store=store)


@pytest.mark.parametrize("given, error, message", [
    ({"project": None}, TypeError, "missing argument: project"),
    ({"project": "_/_"}, ValueError, "project"),
    ({"tags": ["a"]}, TypeError, "tags is a list of 1; give a dict of texts"),
    ({"tags": {"a": None}}, TypeError, r'tags\["a"\] is None'),
    ({"tags": {"a": [1]}}, TypeError, r'tags\["a"\] is a list of 1'),
    ({"system_metrics": "often"}, ValueError, "system_metrics is 'often'; give True, False, or seconds"),
    ({"parent": "nobody"}, ValueError, "parent is \"nobody\", which is no run id"),
    ({"resume": "b123456789abcdef"}, ValueError, "unknown project: p"),
    ({"resume": "b123456789abcdef", "name": "x"}, ValueError, "name is given together with resume"),
])
def test_what_is_wrong_at_the_start_is_said_before_anything_is_written(store, given, error, message):
    with pytest.raises(error, match=message) as caught:
        start_run(**{"project": "p", "store": store, **given})
    assert isinstance(caught.value, ml_tracking.TrackingError)
    assert not os.path.exists(os.path.join(store, "runs"))


def test_artifacts_are_kept_as_they_are_and_as_what_they_are_drawn_as(store, tmp_path):
    folder = tmp_path / "checkpoint"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "weights.bin").write_bytes(b"\x00\x01")
    (folder / "config.json").write_text("{}")
    used = io.BytesIO()
    used.write(b"written to the end")
    with start_run("p", store=store) as run:
        assert run.log_artifact(b"model", "models/model.pkl") == "models/model.pkl"
        assert run.log_artifact(folder) == "checkpoint"
        assert run.log_artifact(str(folder / "config.json"), Path("other") / "c.json") == "other/c.json"
        assert run.log_artifact(used, "used.bin") == "used.bin"
        assert run.log_text("notes.md", "# Größe\n") == "notes.md"
        run.log_artifact(b"again", "models/model.pkl")
        for what, path, error, message in (
            (b"x", None, TypeError, "missing argument: path"),
            (5, "x", TypeError, "the artifact is 5; give the path of a file or folder"),
            ("nowhere/x.bin", None, ValueError, "there is no file or folder 'nowhere/x.bin'"),
            (b"x", "../x", ValueError, 'has the part ".."'),
            (b"x", "ml-tracking/packages.txt", ValueError, "the folder ml-tracking"),
        ):
            with pytest.raises(error, match=message):
                run.log_artifact(what, path)
    assert artifact(store, run, "models/model.pkl").read_bytes() == b"again"
    assert artifact(store, run, "checkpoint/deep/weights.bin").read_bytes() == b"\x00\x01"
    assert artifact(store, run, "other/c.json").read_text() == "{}"
    assert artifact(store, run, "used.bin").read_bytes() == b"written to the end"
    assert artifact(store, run, "notes.md").read_text() == "# Größe\n"
    found = {each["path"]: each["bytes"] for each in read_run(run.run_id, store=store)["artifacts"]}
    assert found["models/model.pkl"] == 5 and found["checkpoint/config.json"] == 2


def test_figures_are_drawn_in_the_format_that_the_path_names(store):
    class Figure:  # as matplotlib's
        def savefig(self, file, format, **options):
            file.write(f"drawn as {format}".encode())

    picture = type("Image", (), {"__module__": "PIL.Image", "save": lambda self, file, format: file.write(format.encode())})()
    graph = type("Figure", (), {"__module__": "plotly.graph_objs", "to_html": lambda self, **options: f"<html>{options}"})()
    with start_run("p", store=store) as run:
        assert run.log_artifact(Figure()) == "figure.png"
        assert run.log_artifact(Figure(), "plots/roc.svg") == "plots/roc.svg"
        assert run.log_artifact(picture) == "image.png"
        assert run.log_artifact(picture, "small.jpg") == "small.jpg"
        assert run.log_artifact(graph) == "figure.html"
    assert artifact(store, run, "figure.png").read_text() == "drawn as png"
    assert artifact(store, run, "plots/roc.svg").read_text() == "drawn as svg"
    assert [artifact(store, run, name).read_text() for name in ("image.png", "small.jpg")] == ["png", "jpeg"]
    assert "'include_plotlyjs': True" in artifact(store, run, "figure.html").read_text()


columns = {
    "id": [1, 2, None], "text": ["x", 'say "a,\nb"', "007"], "share": [1.5, float("inf"), None], "ok": [True, False, None],
    "at": [datetime(2026, 1, 1, 12), None, datetime(2026, 1, 2)],
}


@pytest.mark.parametrize("frame", [
    columns,
    [dict(zip(columns, row)) for row in zip(*columns.values())],
    pa.table(columns),
    pl.DataFrame(columns),
    pl.DataFrame(columns).lazy(),
    pd.DataFrame({name: pd.array(values, dtype=kind) for (name, values), kind in
                  zip(columns.items(), ["Int64", "string", "Float64", "boolean", "datetime64[s]"])}),
], ids=["columns", "rows", "pyarrow", "polars", "lazy", "pandas"])
def test_a_table_is_csv_with_text_in_quotes_whichever_library_holds_it(store, frame):
    with start_run("p", store=store) as run:
        assert run.log_table("tables/errors", frame) == "tables/errors.csv"
    text = artifact(store, run, "tables/errors.csv").read_bytes().decode()
    assert text == ('"id","text","share","ok","at"\r\n1,"x",1.5,true,"2026-01-01T12:00:00"\r\n'
                    '2,"say ""a,\nb""",Infinity,false,\r\n,"007",,,"2026-01-02T00:00:00"\r\n')
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows[2][1] == 'say "a,\nb"' and len(rows) == 4


def test_an_index_that_says_something_is_kept_with_the_table_and_what_is_no_table_is_refused(store):
    with start_run("p", store=store) as run:
        run.log_table("t.csv", pd.DataFrame({"n": [1, 2]}, index=pd.Index(["a", "b"], name="who")))
        for frame, message in ((5, "frame is 5"), ([1], "frame is a list of 1"), ({"a": [1], "b": []}, "differ in length: 'a' 1, 'b' 0"),
                               ({"a": "xyz"}, "the column a is 'xyz'"), ({}, "which has no columns")):
            with pytest.raises(ml_tracking.TrackingError, match=message):
                run.log_table("t", frame)
    assert artifact(store, run, "t.csv").read_text() == '"who","n"\n"a",1\n"b",2\n'


def test_an_experiment_belongs_to_its_run(store):
    parameters = {"dataset_uri": "d", "target_column": "t", "test_set": ["a", "b", "c"], "model": LogisticRegression()}
    with start_run("p", store=store) as run:
        logged = run.log_experiment("classification", parameters, integers, integers, name="by the run")
    alone = ml_tracking.log_experiment("classification", "p", parameters, integers, integers, store=store)
    assert logged.project == run.project
    assert read_run(run.run_id, store=store)["experiments"] == [logged.prediction_id]
    assert ml_tracking.read_experiment(logged.prediction_id, store=store).experiment["run_id"] == run.run_id
    assert ml_tracking.read_experiment(alone.prediction_id, store=store).experiment["run_id"] is None


def test_children_are_found_from_their_parent_and_runs_as_a_frame(store):
    with start_run("p", "search", {"space": {"lr": [0.1, 1]}}, {"team": "x"}, store=store) as search:
        for lr in (0.1, 1.0):
            with search.start_child(f"lr {lr}", {"lr": lr}) as child:
                child.log({"loss": lr})
    by_id = start_run("p", "late", parent=search.run_id, store=store)
    by_id.finish("killed")
    with start_run("p", parent=search, store=store):
        pass
    runs = read_runs("p", store=store)
    assert [each["name"] for each in runs] == ["search", "lr 0.1", "lr 1.0", "late", None]
    assert read_run(search.run_id, store=store)["children"] == [each["run_id"] for each in runs[1:]]
    frame = read_runs("p", store=store, as_frame=True)
    assert frame.columns[:10].tolist() == [
        "run_id", "name", "status", "parent_run_id", "started_at", "ended_at", "parameters.lr", "parameters.space.lr",
        "tags.team", "metrics.loss",
    ]
    assert frame["metrics.loss"].tolist()[1:3] == [0.1, 1.0] and frame["status"].tolist()[3] == "killed"


@pytest.mark.parametrize("error, status, text", [
    (ValueError("bad\nbatch"), "failed", "ValueError: bad batch"),
    (KeyboardInterrupt(), "killed", "KeyboardInterrupt"),
    (SystemExit(3), "failed", "SystemExit: 3"),
    (SystemExit("no data"), "failed", "SystemExit: no data"),
    (SystemExit(0), "finished", None),
    (SystemExit(), "finished", None),
])
def test_an_exception_ends_the_run_and_goes_on(store, error, status, text):
    with pytest.raises(type(error)):
        with start_run("p", store=store) as run:
            run.log({"loss": 1})
            raise error
    record = read_run(run.run_id, store=store)
    assert (record["status"], record["error"], record["metrics"]) == (status, text, {"loss": 1})


def test_a_run_that_ended_is_gone_on_with_and_not_logged_to_otherwise(store):
    run = start_run("p", store=store)
    run.log({"loss": 1}, step=7)
    run.finish()
    run.finish()  # which ends nothing twice
    with pytest.warns(ml_tracking.TrackingWarning, match=rf'the run is ended; nothing was logged; start_run\(resume="{run.run_id}"\)'):
        run.log({"loss": 2})
    for call in (lambda: run.log_text("a", "b"), lambda: run.set_tags({"a": 1}), lambda: run.log_parameters({"a": 1})):
        with pytest.raises(ml_tracking.InvalidValue, match="has ended"):
            call()
    with start_run("p", store=store) as other, pytest.raises(ml_tracking.InvalidValue, match="status is 'done'; give \"finished\""):
        other.finish("done")
    with start_run(resume=run.run_id, tags={"again": 1}, store=store) as again:
        assert read_run(run.run_id, store=store)["status"] == "running"
        again.log({"loss": 3})
    assert history(store, run)["step"].tolist() == [7, 8] and history(store, run)["value"].tolist() == [1, 3]
    record = read_run(run.run_id, store=store)
    assert (record["status"], record["tags"]) == ("finished", {"again": "1"})


def test_what_is_printed_is_recorded_and_printed_all_the_same(store, capsys):
    write = sys.stdout.write
    with start_run("p", store=store) as run:
        print("first\nsecond")
        print("10%\r50%", end="")
        print("\r100%")
        for i in range(3):
            print(f"step {i}", end="\r")
        print()
        print("\rto the error stream", file=sys.stderr)
        with run.start_child() as child:
            print("for both")
        with start_run("p", store=store, console=False) as silent:
            print("not for the silent one")
        print("unfinished", end="")
    print("afterwards")
    assert sys.stdout.write == write
    out, err = capsys.readouterr()
    assert out == "first\nsecond\n10%\r50%\r100%\nstep 0\rstep 1\rstep 2\r\nfor both\nnot for the silent one\nunfinishedafterwards\n"
    assert err == "\rto the error stream\n"
    assert console(store, run) == {"stdout": "first\nsecond\n100%\nstep 2\nfor both\nnot for the silent one\nunfinished\n",
                                   "stderr": "to the error stream\n"}
    assert console(store, child) == {"stdout": "for both\n"} and console(store, silent) == {}


def test_what_cells_of_a_notebook_print_is_recorded(store):
    cells = [
        f"import sys, ml_tracking; run = ml_tracking.start_run('p', store={store!r}); print('first', flush=True)",
        "print('second'); print('error', file=sys.stderr)",
        "print('unfinished', end='')",
        "run.finish(); print('afterwards')",
        f"again = ml_tracking.start_run('p', store={store!r})",
        "print('again'); again.finish()",
    ]
    notebook = nbformat.v4.new_notebook(cells=list(map(nbformat.v4.new_code_cell, cells)))
    nbclient.NotebookClient(notebook, timeout=60, kernel_name="python3").execute()
    printed = [[output["text"] for output in cell.outputs] for cell in notebook.cells]
    assert printed == [["first\n"], ["second\n", "error\n"], ["unfinished"], ["afterwards\n"], [], ["again\n"]]
    one, two = (SimpleNamespace(run_id=each["run_id"]) for each in read_runs("p", store=store))
    assert console(store, one) == {"stdout": "first\nsecond\nunfinished\n", "stderr": "error\n"}
    assert console(store, two) == {"stdout": "again\n"}


def test_another_tool_that_listens_too_hears_each_line_once_and_so_do_we(store, capsys):
    heard = []
    first = sys.stdout.write
    with start_run("p", store=store) as run:
        ours = sys.stdout.write
        sys.stdout.write = lambda text: heard.append(text) or ours(text)  # as other trackers do
        print("over ours")
        with run.start_child() as child:
            print("over theirs")
        sys.stdout.write = ours
    assert sys.stdout.write == first and heard == ["over ours", "\n", "over theirs", "\n"]
    assert capsys.readouterr().out == "over ours\nover theirs\n"
    assert console(store, run) == {"stdout": "over ours\nover theirs\n"} and console(store, child) == {"stdout": "over theirs\n"}


def console(store, run):
    """What is recorded of the output: by stream, in order."""
    table = pd.read_parquet(Path(store, read_run(run.run_id, store=store)["history"], "1.parquet"))
    lines = table[table["kind"] == "console"]
    return {name: "".join(map(json.loads, part["text"])) for name, part in lines.groupby("key")}


def test_what_is_logged_again_within_a_millisecond_counts_again(store, capsys):
    with start_run("p", store=store) as run:
        for value in (1, 2, 1):
            run.log({"x": value, "y": 0}, step=0)
            run.set_tags({"state": value})
        for _ in range(3):
            print("same")
            print("same", file=sys.stderr)
    found = history(store, run)
    assert found["value"].tolist() == [1, 2, 1, 0, 0, 0]
    record = read_run(run.run_id, store=store)
    assert record["metrics"] == {"x": 1, "y": 0} and record["tags"] == {"state": "1"}
    assert console(store, run) == {"stdout": "same\n" * 3, "stderr": "same\n" * 3}


def test_a_time_that_is_given_is_kept_though_it_is_before_the_last(store):
    given = [5.0, 3.25, 3.25, datetime(2001, 2, 3, 4, 5, 6, 789_000, timezone.utc), 0, 4_000_000_000]
    with start_run("p", store=store) as run:
        for value, at in enumerate(given):
            run.log({"x": value}, step=0, time=at)
        run.log({"x": 6}, step=0)
    found = read_history(run.run_id, store=store)
    seconds = [at.timestamp() for at in found["time"]]
    assert found["value"] == [4, 1, 2, 0, 3, 6, 5]
    assert seconds[:5] == [0, 3.25, 3.25, 5, 981_173_106.789] and seconds[6] == 4_000_000_000
    assert abs(seconds[5] - time.time()) < 60


def test_after_a_clock_went_back_what_is_logged_again_comes_later(store, monkeypatch):
    clock = iter([1_700_000_000.5, 1_700_000_000.5, 5, 1_600_000_000.0])
    monkeypatch.setattr("ml_tracking._run.clock", SimpleNamespace(time=lambda: next(clock)))
    with start_run("p", store=store) as run:
        for value, at in ((1, None), (1, None), (0, 5), (2, None)):
            run.log({"x": value}, step=0, time=at)
    found = read_history(run.run_id, store=store)
    assert found["value"] == [0, 1, 1, 2]
    assert [at.timestamp() for at in found["time"]] == [5, 1_700_000_000.5, 1_700_000_000.501, 1_700_000_000.502]


def test_more_than_5_mb_of_output_are_not_recorded(store, capsys):
    with start_run("p", store=store) as run:
        for _ in range(70):
            print("x" * 99_999)
    told = console(store, run)["stdout"]
    assert told.endswith("x\n... ml-tracking records no more than 5 MB of this output\n") and 4_900_000 < len(told) < 5_100_000


def test_ten_metrics_are_queued_in_microseconds_and_100_000_calls_are_all_kept(store):
    metrics = {f"metric {i}": i / 7 for i in range(10)}
    took = []
    with start_run("p", store=store) as run:
        for step in range(100_000):
            begin = time.perf_counter()
            run.log(metrics, step)
            took.append(time.perf_counter() - begin)
        run.flush()
    assert statistics.median(took) < 20e-6
    found = history(store, run, keys=["metric 3", "metric 9"])
    assert len(found) == 200_000 and found["step"].tolist() == list(range(100_000)) * 2
    assert set(found[found["key"] == "metric 9"]["value"]) == {9 / 7}


def test_threads_log_at_once_each_value_once(store):
    with start_run("p", store=store) as run:
        def work(name):
            for i in range(2000):
                run.log({name: i})

        threads = [threading.Thread(target=work, args=(f"t{i}",)) for i in range(8)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
    found = history(store, run)
    assert sorted(found["step"]) == list(range(16_000))
    assert all(part["value"].tolist() == list(range(2000)) for _, part in found.groupby("key"))


def test_the_machine_is_recorded_beside(store):
    with start_run("p", store=store, system_metrics=1) as run:
        time.sleep(1.5)
    assert history(store, run).empty
    found = history(store, run, keys=["system/cpu_utilization_percentage", "system/system_memory_usage_percentage"])
    assert len(found) >= 4 and found["value"].between(0, 100).all()
    with start_run("p", store=store, system_metrics=False) as run:
        pass
    assert history(store, run, keys=["system/system_memory_usage_percentage"]).empty
