"""ml_tracking.wandb: a script of W&B's runs as it is, and what is not there warns once."""

import argparse
import csv
import json
import os
import struct
import subprocess
import sys
import warnings
import zlib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import ml_tracking
import ml_tracking.wandb as wandb
from ml_tracking import TrackingWarning, read_history, read_run, read_runs
from ml_tracking.wandb import _absent, _init

quick_start = """
import random
import ml_tracking.wandb as wandb

wandb.login()
epochs, lr = 10, 0.01
run = wandb.init(project="my-awesome-project", config={"learning_rate": lr, "epochs": epochs})
offset = random.random() / 5
for epoch in range(2, epochs):
    acc = 1 - 2**-epoch - random.random() / epoch - offset
    loss = 2**-epoch + random.random() / epoch + offset
    run.log({"accuracy": acc, "loss": loss})
"""


@pytest.fixture(autouse=True)
def fresh(store, monkeypatch, tmp_path):
    """A script of its own, in a folder of its own."""
    for name in [name for name in os.environ if name.startswith("WANDB_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("ML_TRACKING_STORE", store)
    monkeypatch.setattr(_absent, "_told", set())
    monkeypatch.chdir(tmp_path)
    yield
    wandb.finish()
    _init.current = None


def kept(run, path, store):
    return Path(store, "artifacts", run["project"], run["run_id"], path)


def points(run, key):
    found = read_history(run["run_id"], keys=[key], as_frame=True)
    return list(zip(found["step"], found["value"]))


def test_the_quick_start_runs_and_is_finished_with_its_process(tmp_path):
    done = subprocess.run([sys.executable, "-W", "error", "-c", quick_start], cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    (run,) = read_runs("my-awesome-project")
    assert run["status"] == "finished" and run["parameters"] == {"learning_rate": 0.01, "epochs": 10}
    assert [step for step, _ in points(run, "accuracy")] == list(range(8))
    failing = subprocess.run([sys.executable, "-c", quick_start + "wandb.log({'rest': 1}, commit=False)\nraise SystemExit('no')"], cwd=tmp_path)
    assert failing.returncode == 1
    last = read_runs("my-awesome-project")[-1]
    assert last["metrics"]["rest"] == 1


def test_config_is_items_attributes_and_updates_and_becomes_parameters(tmp_path):
    Path("config-defaults.yaml").write_text("width:\n  desc: of a layer\n  value: 8\nlr: 1\n")
    run = wandb.init(project="p", config={"lr": 0.1, "net": {"layers": [4, 2]}, "no": 1}, config_exclude_keys=["no"])
    wandb.config.epochs = 3
    wandb.config["batch"] = 16
    wandb.config.update(argparse.Namespace(seed=7))
    wandb.config.setdefaults({"seed": 8, "more": True})
    assert (run.config.lr, wandb.config["net"]["layers"], wandb.config.get("none"), "width" in wandb.config) == (0.1, [4, 2], None, True)
    assert dict(wandb.config) == run.config.as_dict()
    with pytest.raises(AttributeError):
        run.config.absent
    with pytest.warns(TrackingWarning, match="config.lr changed"):
        wandb.config.update({"lr": 0.5}, allow_val_change=True)
    assert wandb.config.lr == 0.5
    wandb.finish()
    assert read_runs("p")[0]["parameters"] == {
        "width": 8, "lr": 0.1, "net": {"layers": [4, 2]}, "epochs": 3, "batch": 16, "seed": 7, "more": True}


def test_steps_are_as_wandb_documents_them():
    run = wandb.init(project="p")
    wandb.log({"a": 1})
    wandb.log({"a": 2}, commit=False)
    wandb.log({"b": 1, "deep": {"er": 4}})
    wandb.log({"a": 3}, step=10)
    wandb.log({"b": 2}, step=10)
    wandb.log({"a": 4}, step=10, commit=True)
    with pytest.warns(TrackingWarning, match="step 5 after step 11"):
        wandb.log({"a": 9}, step=5)
    assert run.step == 11
    wandb.finish()
    (run,) = read_runs("p")
    assert points(run, "a") == [(0, 1), (1, 2), (10, 4)] and points(run, "b") == [(1, 1), (10, 2)] and points(run, "deep/er") == [(1, 4)]


def test_define_metric_says_steps_and_summaries(store):
    run = wandb.init(project="p")
    wandb.define_metric("epoch")
    wandb.define_metric("val/*", step_metric="epoch")
    wandb.define_metric("acc", summary="max,mean")
    wandb.define_metric("loss", summary="best", goal="minimize")
    for epoch, acc in enumerate([0.5, 0.9, 0.7]):
        wandb.log({"acc": acc, "loss": 1 - acc})
        wandb.log({"val/acc": acc, "epoch": 10 * epoch})
    assert run.summary["acc"] == {"max": 0.9, "mean": pytest.approx(0.7)} and run.summary.loss == {"best": pytest.approx(0.1)}
    wandb.run.summary["best_acc"] = 0.95
    wandb.summary.update({"verdict": "good"})
    wandb.finish()
    (run,) = read_runs("p")
    assert points(run, "val/acc") == [(0, 0.5), (10, 0.9), (20, 0.7)] and points(run, "acc") == [(0, 0.5), (2, 0.9), (4, 0.7)]
    assert (run["metrics"]["summary/acc.max"], run["metrics"]["summary/best_acc"]) == (0.9, 0.95)
    assert run["tags"] == {"summary/verdict": "good"}
    assert json.loads(kept(run, "wandb-summary.json", store).read_text())["val/acc"] == 0.7


def test_tables_pictures_and_histograms_are_kept_as_files(store):
    run = wandb.init(project="p")
    pixels = np.arange(24, dtype="uint8").reshape(2, 4, 3)
    table = wandb.Table(columns=["id", "picture", "text"])
    table.add_data(1, wandb.Image(pixels), "a, b")
    table.add_column("more", [2.5])
    wandb.log({"t": table, "frame": wandb.Table(dataframe=pd.DataFrame({"x": [1, 2]})), "one": wandb.Image(np.eye(3), caption="an eye"),
               "several": [wandb.Image(np.full((2, 2), value)) for value in (-1.0, 200.0)], "h": wandb.Histogram([1, 2, 6]), "loss": 1})
    with pytest.warns(TrackingWarning, match="the charts of wandb.plot are not drawn"):
        confused = wandb.plot.confusion_matrix(y_true=[0, 1, 1], preds=[0, 1, 0], class_names=["cat", "dog"])
    wandb.log({"page": wandb.Html("<b>x</b>"), "h": wandb.Histogram(np_histogram=([1, 2], [0, 0.5, 1])),
               "c": confused})
    wandb.finish()
    (run,) = read_runs("p")
    with open(kept(run, "media/t/0.csv", store), newline="") as file:
        assert list(csv.reader(file)) == [["id", "picture", "text", "more"], ["1", "media/t/0/0-picture.png", "a, b", "2.5"]]
    assert decoded(kept(run, "media/t/0/0-picture.png", store)) == (4, 2, pixels.tobytes())
    assert decoded(kept(run, "media/one/0.png", store)) == (3, 3, (np.eye(3) * 255).astype("uint8").tobytes())
    assert kept(run, "media/one/0.captions.txt", store).read_text() == "an eye\n"
    assert decoded(kept(run, "media/several/0-1.png", store))[2] == b"\xc8" * 4
    assert (run["metrics"]["h/min"], run["metrics"]["h/mean"], run["metrics"]["h/max"], run["metrics"]["loss"]) == (1, 3, 6, 1)
    assert kept(run, "media/h/1.csv", store).read_text().splitlines()[1:] == ["0,0.5,1", "0.5,1,2"]
    assert kept(run, "media/page/1.html", store).read_text() == "<b>x</b>"
    assert '"dog","cat",1' in kept(run, "media/c/1.csv", store).read_text()


def decoded(path):
    """Width, height and pixels of a PNG whose rows have no filter."""
    data = path.read_bytes()
    width, height = struct.unpack(">II", data[16:24])
    start = data.index(b"IDAT")
    (size,) = struct.unpack(">I", data[start - 4 : start])
    raw = zlib.decompress(data[start + 4 : start + 4 + size])
    stride = len(raw) // height
    return width, height, b"".join(raw[i * stride + 1 : (i + 1) * stride] for i in range(height))


def test_artifacts_and_files_are_kept(store):
    run = wandb.init(project="p")
    Path("data/deep").mkdir(parents=True)
    Path("data/deep/a.txt").write_text("a")
    Path("model.bin").write_bytes(b"first")
    artifact = wandb.Artifact("model: best", type="model", metadata={"acc": 0.9})
    artifact.add_file("model.bin")
    artifact.add_dir("data", name="data")
    artifact.add(wandb.Table(["x"], [[1]]), "table")
    with artifact.new_file("notes/why.txt") as file:
        file.write("because")
    assert run.log_artifact(artifact, aliases=["best"]).wait().version == "v0"
    assert wandb.log_artifact("model.bin", name="plain", type="model").name == "plain"
    assert wandb.use_artifact(artifact) is artifact
    wandb.save("data/*/*.txt")
    Path("data/deep/a.txt").write_text("later")
    Path(wandb.run.dir, "weights.pt").write_bytes(b"w")
    wandb.finish()
    (run,) = read_runs("p")
    paths = {each["path"] for each in read_run(run["run_id"])["artifacts"] if not each["path"].startswith("ml-tracking/")}
    assert paths == {
        "artifacts/model- best/v0.json", "artifacts/model- best/v0/model.bin", "artifacts/model- best/v0/data/deep/a.txt",
        "artifacts/model- best/v0/table.csv", "artifacts/model- best/v0/notes/why.txt", "artifacts/plain/v0.json",
        "artifacts/plain/v0/model.bin", "files/data/deep/a.txt", "files/weights.pt"}
    assert json.loads(kept(run, "artifacts/model- best/v0.json", store).read_text())["metadata"] == {"acc": 0.9}
    assert kept(run, "files/data/deep/a.txt", store).read_text() == "later"


def test_environment_variables_modes_and_resuming(monkeypatch, store):
    monkeypatch.setenv("WANDB_PROJECT", "of-the-environment")
    monkeypatch.setenv("WANDB_NAME", "named")
    monkeypatch.setenv("WANDB_TAGS", "a, b")
    with wandb.init(group="g", job_type="train", notes="why", id="mine") as run:
        assert (run.id, run.name, run.project, run.tags, wandb.run) == ("mine", "named", "of-the-environment", ("a", "b"), run)
        run.log({"x": 1})
        run.name = "better"
        run.tags = ("a", "c")
    assert wandb.run is None
    (first,) = read_runs("of-the-environment")
    assert first["name"] == "named" and first["tags"] == {
        "group": "g", "job_type": "train", "notes": "why", "a": "true", "c": "true", "wandb id": "mine", "name": "better"}
    run = wandb.init(id="mine", resume="allow", config={"lr": 1})
    run.log({"x": 2})
    assert run.resumed and run.step == 2
    run.finish(exit_code=1)
    (first,) = read_runs("of-the-environment")
    assert points(first, "x") == [(0, 1), (1, 2)] and first["status"] == "failed" and first["parameters"] == {"lr": 1}

    monkeypatch.setenv("WANDB_MODE", "disabled")
    run = wandb.init(config={"lr": 1})
    run.log({"x": 1, "p": wandb.Image(np.eye(2))})
    assert run.disabled and run.summary["x"] == 1 and run.config.lr == 1
    wandb.finish()
    assert len(read_runs("of-the-environment")) == 1


def test_a_second_init_goes_on_unless_reinit_asks_for_a_new_run():
    first = wandb.init(project="p")
    with pytest.warns(TrackingWarning, match="init was called while a run goes on"):
        assert wandb.init(project="p", config={"lr": 1}) is first and first.config.lr == 1
    second = wandb.init(project="p", reinit=True)
    assert second is not first and wandb.run is second
    assert [run["status"] for run in read_runs("p")] == ["finished", "running"]


def test_what_is_not_there_warns_once_and_raises_nothing(tmp_path):
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        for _ in range(2):
            wandb.log({"x": 1})
        run = wandb.init(project="p", unheard_of=1)
        for _ in range(2):
            wandb.watch(object(), log="all")
            wandb.Api().runs("x")[0].summary["y"]
            wandb.agent(wandb.sweep({"method": "grid"}), function=lambda: 1 / 0)
            wandb.integration.keras.WandbCallback(monitor="loss")
            run.log_model("x")
            run.log({"text": "hi", "broken": wandb.Image(np.ones((1, 2, 3, 4))), "fine": 1})
            run.log_artifact("no such file")
            wandb.plot.roc_curve([0, 1], [[0, 1], [1, 0]])
            run.log(5)
        wandb.alert("Low accuracy", "below 0.5")
    texts = [str(each.message) for each in told]
    assert len(set(texts)) == len(texts) == 14, "\n".join(texts)
    assert all(each.category is TrackingWarning and each.filename == __file__ for each in told)
    wandb.finish()
    (run,) = read_runs("p")
    assert run["status"] == "finished" and points(run, "fine") == [(0, 1), (1, 1)]
    assert read_run(run["run_id"])["artifacts"][0]["path"] == "alerts/2 Low accuracy.txt"
    with pytest.raises(AttributeError):
        ml_tracking.wandb.__no_such__
    with pytest.raises(ZeroDivisionError), wandb.init(project="q"):
        raise ZeroDivisionError("in the training")
    (run,) = read_runs("q")
    assert (run["status"], run["error"]) == ("failed", "ZeroDivisionError: in the training")


def test_a_store_that_there_cannot_be_stops_no_script(monkeypatch):
    monkeypatch.setenv("ML_TRACKING_STORE", "ftp://nowhere")
    with pytest.warns(TrackingWarning, match="init could not begin a run, and nothing is recorded"):
        run = wandb.init(project="p", config={"lr": 1})
    run.log({"x": 1})
    assert run.disabled and run.config.lr == 1
