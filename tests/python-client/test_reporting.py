"""A comparison as one file."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from small_experiments import log

import ml_tracking
from ml_tracking import report

rng = np.random.default_rng(2)
truth = rng.integers(0, 2, 300)


@pytest.fixture
def two(store):
    return [
        log(store, truth, np.where(np.random.default_rng(seed).random(300) < share, truth, 1 - truth), name=name, test_set=np.arange(300))
        for seed, share, name in ((1, 0.7, "<b>old</b>"), (2, 0.9, "new | better"))
    ]


@pytest.mark.parametrize("name", ["report.html", "report.md"])
def test_a_report_is_the_file_of_the_command_line(store, two, tmp_path, name):
    written = report(*two, tmp_path / name, store=store, score="accuracy", margin=0.01, level=0.9)
    assert written == tmp_path / name
    ids = [each.prediction_id for each in two]
    command = [sys.executable, "-m", "ml_tracking", "report", *ids, "--store", store, "--output", str(tmp_path / f"told.{name}"),
               "--score", "accuracy", "--margin", "0.01", "--level", "0.9"]
    subprocess.run(command, check=True, capture_output=True)
    assert written.read_bytes() == (tmp_path / f"told.{name}").read_bytes()
    text = written.read_text(encoding="utf-8")
    assert "B is better than A: accuracy is" in text and "<b>" not in text


def test_a_path_starts_in_the_current_folder(store, two, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert report(*two, "r.md", store=store) == Path("r.md") and os.path.getsize("r.md") > 1000


def test_a_file_that_cannot_be_a_report_is_refused_by_name(store, two, tmp_path):
    with pytest.raises(ValueError, match="path is 'r.pdf'; give a file that ends in .html, or in .md"):
        report(*two, "r.pdf", store=store)
    with pytest.raises(ValueError, match="which cannot be written: .*No such file"):
        report(*two, tmp_path / "no" / "r.md", store=store)
    with pytest.raises(TypeError, match="path is 3; give the path of a file"):
        report(*two, 3, store=store)
    other = log(store, truth[:200], truth[:200], test_set=np.arange(200))
    with pytest.raises(ml_tracking.InvalidValue) as caught:
        report(two[0], other, tmp_path / "r.md", store=store)
    assert caught.value.code == "NOT_COMPARABLE" and not (tmp_path / "r.md").exists()
