"""Which experiment is best, and on which parts of the test set a model fails, as the command line says it."""

import json
import re
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from small_experiments import log

import ml_tracking
from ml_tracking import leaderboard, slices

rng = np.random.default_rng(5)
truth = rng.integers(0, 2, 600)
island = np.where(np.arange(600) % 3 == 0, "Dream", "Biscoe")


def guess(share, seed):
    """Predictions of which about that share is right."""
    return np.where(np.random.default_rng(seed).random(600) < share, truth, 1 - truth)


@pytest.fixture
def three(store):
    """A good model under a hostile name; a middling one, much worse on one island; and a poor one without a name."""
    weak = np.where(island == "Dream", guess(0.55, 2), guess(0.95, 3))
    features = {"island": island, "mass": np.linspace(2, 6, 600)}
    more = {"test_set": np.arange(600), "sample_features": features}
    return [
        log(store, truth, guess(0.9, 1), name="<b>good &</b>", extra_parameters={"lr": 0.1}, **more),
        log(store, truth, weak, name="middling", extra_parameters={"lr": 0.5}, **more),
        log(store, truth, guess(0.6, 4), extra_parameters={"lr": 0.9}, **more),
    ]


def command(*arguments):
    done = subprocess.run([sys.executable, "-m", "ml_tracking", *arguments], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_leaderboard_is_the_record_of_the_command_line(store, three):
    board = leaderboard("p", "accuracy", margin=0.05, level=0.9, limit=2, store=store)
    flags = ["--score", "accuracy", "--margin", "0.05", "--level", "0.9", "--limit", "2"]
    assert board.to_dict() == json.loads(command("leaderboard", "p", "--store", store, "--json", *flags))
    assert [row["prediction_id"] for row in board.rows] == [each.prediction_id for each in three[:2]]
    assert (board.score, board.experiments, board.rows[1]["verdict"]) == ("accuracy", 3, "worse than the best")


def test_a_leaderboard_prints_the_names_that_the_command_line_prints(store, three):
    lines = repr(leaderboard("p", store=store)).splitlines()
    told = command("leaderboard", "p", "--store", store).splitlines()
    assert lines[0] == f"p: {told[0]}"
    def names(of):
        return [re.split("  +", line[line.index(each.prediction_id) :])[1] for line, each in zip(of, three)]

    assert names(lines[3:]) == names(told[3:])
    assert names(lines[3:])[0] == "<b>good &</b>" and names(lines[3:])[2].endswith(three[2].prediction_id[-3:])


def test_a_leaderboard_shows_as_a_table_in_which_every_text_is_escaped(store, three):
    html = leaderboard("p", store=store, limit=2)._repr_html_()
    assert html.count("<tr>") == 3 and "&lt;b&gt;good" in html and "<b>" not in html
    assert "The best 2 of 3 experiments were judged" in html


def test_the_rows_of_a_leaderboard_are_a_frame(store, three):
    frame = leaderboard("p", "accuracy", store=store, as_frame=True)
    assert isinstance(frame, pd.DataFrame) and frame["prediction_id"].tolist() == [each.prediction_id for each in three]
    assert frame["value"].tolist() == [each.scores["accuracy"] for each in three]
    assert (frame["low"] < frame["value"]).all() and (frame["value"] < frame["high"]).all()
    assert frame["difference"].iloc[1:].tolist() == pytest.approx((frame["value"] - frame["value"][0]).iloc[1:].tolist())


def test_a_filter_chooses_what_is_ranked(store, three):
    board = leaderboard("p", filter="extra.lr > 0.1 AND extra.lr < 0.9", store=store)
    assert [row["prediction_id"] for row in board.rows] == [three[1].prediction_id]
    assert board.to_dict() == json.loads(command("leaderboard", "p", "--store", store, "--json", "--filter", "extra.lr > 0.1 AND extra.lr < 0.9"))
    with pytest.raises(ValueError, match="lrr") as caught:
        leaderboard("p", filter="extra.lrr > 0.1", store=store)
    assert caught.value.code == "INVALID_FILTER"


def test_what_cannot_be_ranked_is_refused(store, three):
    with pytest.raises(ValueError, match="unknown project"):
        leaderboard("q", store=store)
    with pytest.raises(ValueError, match='test_set is "zz"; the test sets of project p'):
        leaderboard("p", test_set="zz", store=store)
    with pytest.raises(ValueError, match="limit is 0; give a whole number from 1 to 100"):
        leaderboard("p", limit=0, store=store)
    with pytest.raises(TypeError, match="score is a list of 1"):
        leaderboard("p", ["accuracy"], store=store)


def test_slices_are_the_record_of_the_command_line(store, three):
    weak = three[1]
    for more, flags in (({}, []), ({"by": "island"}, ["--by", "island"]), ({"min_size": 50, "bins": 3}, ["--min-size", "50", "--bins", "3"])):
        found = slices(weak, store=store, **more)
        assert found.to_dict() == json.loads(command("slices", weak.prediction_id, "--store", store, "--json", *flags))
    found = slices(weak, store=store)
    assert found.slices[0]["text"] == "island = Dream" and found.slices[0]["verdict"] == "worse"
    share = float((np.where(island == "Dream", guess(0.55, 2), truth) == truth)[island == "Dream"].mean())
    assert found.slices[0]["slice"]["value"] == pytest.approx(share)


def test_two_experiments_are_compared_slice_by_slice(store, three):
    found = slices(*three[:2], by="island", store=store, project="p")
    ids = [each.prediction_id for each in three[:2]]
    assert found.to_dict() == json.loads(command("slices", *ids, "--by", "island", "--store", store, "--json"))
    frame = slices(*three[:2], by="island", store=store, as_frame=True)
    assert dict(zip(frame["slice"], frame["verdict"])) == {"island = Biscoe": "better", "island = Dream": "worse"}
    assert repr(found).splitlines()[0] == f"A  {ids[0]}  <b>good &</b>"
    assert "A  " + ids[0] + "  &lt;b&gt;good" in found._repr_html_()


def test_slices_print_what_was_found_and_show_as_a_table(store, three):
    found = slices(three[1], store=store)
    lines = repr(found).splitlines()
    told = command("slices", three[1].prediction_id, "--store", store).splitlines()
    assert f"- {found.slices[0]['summary']}." in lines and f"- {found.slices[0]['summary']}." in told
    assert lines[lines.index("") + 2].split() == told[told.index("") + 2].split()
    assert found._repr_html_().count("<tr>") == len(found.slices) + 1
    without = slices(log(store, truth, guess(0.7, 9), test_set=np.arange(600)), store=store)
    assert 'only by="y_true"' in repr(without) and without._repr_html_().count("<table") == 0
    frame = slices(three[1], by="island", store=store, as_frame=True)
    assert frame["n"].sum() == 600 and frame["verdict"].tolist().count("worse") == 1


def test_a_slice_of_no_column_is_refused(store, three):
    with pytest.raises(ValueError, match="islnd"):
        slices(three[0], by="islnd", store=store)
    with pytest.raises(ValueError, match='correction is "none"|correction is none'):
        slices(three[0], correction="none", store=store)
    with pytest.raises(ml_tracking.InvalidValue, match="nothing"):
        slices("nothing", store=store)
