"""Whether one experiment is better than another, as the command line says it."""

import json
import subprocess
import sys

import numpy as np
import pytest
from scipy import stats
from small_experiments import log

import ml_tracking
from ml_tracking import compare

rng = np.random.default_rng(11)
truth = rng.integers(0, 2, 400)
ids = np.arange(400)


def guess(share):
    """Predictions of which about that share is right."""
    return np.where(np.random.default_rng(round(share * 100)).random(400) < share, truth, 1 - truth)


@pytest.fixture
def two(store):
    """A middling experiment and a good one, whose samples are in another order."""
    order = rng.permutation(400)
    logged = (log(store, truth, guess(0.7), test_set=ids, name="middling"),
              log(store, truth[order], guess(0.9)[order], test_set=ids[order], name="good"))
    ml_tracking.set_primary_score("p", "accuracy", store=store)
    return logged


def test_the_verdict_is_about_the_primary_score_of_the_project(store, two):
    assert compare(*two, store=store).score == "accuracy"
    set_by = ml_tracking.set_primary_score("p", "roc_auc", store=store)["classification"]
    assert (set_by["score"], set_by["source"]) == ("roc_auc", "set for the project")
    assert ml_tracking.primary_scores("p", store=store)["classification"] == set_by
    assert compare(*two, store=store).score == "f1_macro", "which both have: there is no y_score"
    assert ml_tracking.set_primary_score("p", None, store=store)["classification"]["source"] == "usual"
    with pytest.raises(ValueError, match='unknown score: "auc"'):
        ml_tracking.set_primary_score("p", "auc", store=store)


def test_a_comparison_is_the_record_of_the_command_line(store, two):
    found = compare(*two, store=store, score="f1_macro", level=0.9, seed=5)
    command = [sys.executable, "-m", "ml_tracking", "compare", *(each.prediction_id for each in two), "--store", store, "--json",
               "--score", "f1_macro", "--level", "0.9", "--seed", "5"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert found.to_dict() == json.loads(done.stdout)
    assert (found.score, found.verdict, found.improved) == ("f1_macro", "better", True)


def test_the_verdict_is_that_of_the_mid_p_test(store, two):
    found = compare(two[0].prediction_id, two[1].prediction_id, store=store, project="p")
    a, b = guess(0.7) == truth, guess(0.9) == truth
    only_a, only_b = int((a & ~b).sum()), int((b & ~a).sum())
    binomial = stats.binom(only_a + only_b, 0.5)
    mid_p = 2 * binomial.cdf(min(only_a, only_b)) - binomial.pmf(only_a)
    (accuracy,) = [each for each in found.scores if each["score"] == "accuracy"]
    assert accuracy["p"] == pytest.approx(mid_p, rel=1e-9)
    assert accuracy["difference"] == pytest.approx((only_b - only_a) / 400)
    assert f"B is right on {only_b} samples that A gets wrong" in found.effect


def test_a_margin_is_decided_by_the_limits_of_the_interval(store, two):
    accuracy = compare(*two, store=store).scores[0]
    low, difference = accuracy["low"], accuracy["difference"]
    assert compare(*two, store=store, min_improvement=low - 0.001).improved is True
    assert compare(*two, store=store, min_improvement=low + 0.001).improved is False
    assert compare(*two, store=store, min_improvement=difference - 0.001).improved is False
    back = [compare(*reversed(two), store=store, max_loss=accuracy["high"] + step) for step in (0.001, -0.001)]
    assert [each.non_inferior for each in back] == [True, False]
    assert [each.margin["conclusion"] for each in back] == ["equivalent", "inconclusive"]
    assert [each.improved for each in back] == [False, False]
    without = compare(*two, store=store)
    assert (without.improved, without.non_inferior, without.margin) == (True, None, None)
    equal = compare(two[0], two[0], store=store, margin=0.01)
    assert (equal.improved, equal.non_inferior, equal.margin["conclusion"]) == (False, True, "equivalent")
    assert equal.margin["summary"] in repr(equal).splitlines() and equal.margin["summary"] in equal._repr_html_()
    with pytest.raises(ValueError, match="min_improvement is -1; give a number from 0"):
        compare(*two, store=store, min_improvement=-1)
    with pytest.raises(ValueError, match="max_loss and min_improvement are given, and a comparison has one margin"):
        compare(*two, store=store, max_loss=1, min_improvement=1)


@pytest.mark.parametrize("score, margin", [("accuracy", 0.01), ("accuracy", 0.5), ("recall", None), ("f1_macro", 0.2)])
def test_the_words_are_those_of_the_command_line(store, two, score, margin):
    for pair in (two, tuple(reversed(two)), (two[0], two[0])):
        command = [sys.executable, "-m", "ml_tracking", "compare", *(each.prediction_id for each in pair), "--store", store,
                   "--score", score, *([] if margin is None else ["--margin", str(margin)])]
        shown = subprocess.run(command, capture_output=True, text=True).stdout
        assert shown.split("\n\n")[1].splitlines() == repr(compare(*pair, store=store, score=score, margin=margin)).splitlines()[3:]


def test_what_cannot_be_tested_says_why(store, two):
    never = log(store, truth, np.zeros(400, int), test_set=ids)
    found = compare(two[0], never, store=store, score="precision")
    assert (found.verdict, found.improved) == ("cannot be tested", False)
    assert found.summary.endswith("and undefined for B; no sample is predicted as the positive class 1.")
    (row,) = [each for each in found.scores if each["score"] == "precision"]
    assert (row["b"], row["p"]) == (None, None) and row["reason"] in found._repr_html_()


def test_records_and_rows_of_a_frame_are_taken_for_their_experiments(store, two):
    expected = compare(*two, store=store).to_dict()
    assert compare(*ml_tracking.read_experiments("p", store=store), store=store).to_dict() == expected
    frame = ml_tracking.read_experiments("p", store=store, as_frame=True)
    assert compare(frame.iloc[0], frame.iloc[1], store=store).to_dict() == expected


def test_a_comparison_prints_its_verdict_and_shows_as_a_table(store, two):
    found = compare(*two, store=store)
    lines = repr(found).splitlines()
    assert lines[0] == f"A  {two[0].prediction_id}  middling  LogisticRegression"
    assert lines[2] == "400 samples, the same test set" and lines[3].startswith("B is better than A: accuracy is ")
    html = found._repr_html_()
    assert html.count("<tr>") == len(found.scores) + 1 and "<td>accuracy</td>" in html and "<th>between (95 %)</th>" in html


def test_what_cannot_be_compared_is_refused(store, two):
    other = log(store, truth, guess(0.8), test_set=ids + 1)
    with pytest.raises(ValueError, match="other test sets|test set") as caught:
        compare(two[0], other, store=store)
    assert caught.value.code == "NOT_COMPARABLE"
    assert compare(two[0], log(store, truth[:300], truth[:300], test_set=ids[:300]), store=store, on_shared_samples=True).to_dict()["n"] == 300
    with pytest.raises(ValueError, match="unknown score"):
        compare(*two, store=store, score="f2")
    with pytest.raises(ValueError, match="nothing"):
        compare("nothing", two[1], store=store)
