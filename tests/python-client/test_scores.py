"""Scores that a project has beside those of every project."""

import pytest
from small_experiments import log

import ml_tracking
from ml_tracking import InvalidValue, TrackingError


@pytest.fixture
def two(store):
    """Two experiments: one with an error, one without."""
    return [
        log(store, [0, 1, 1, 0], [1, 1, 1, 0]),
        log(store, [0, 1, 1, 0], [0, 1, 1, 0]),
    ]


def test_a_definition_becomes_a_score_of_the_project(store, two):
    definition = ml_tracking.definitions("zero one loss", library="sklearn", kind="classification")[0]["id"]
    added = ml_tracking.add_score("p", "wrong", definition=definition, store=store)
    assert (added["value"], added["why"], added["score"]["direction"]) == (0, None, "lower")
    assert added["prediction_id"] == two[1].prediction_id
    (score,) = ml_tracking.added_scores("p", store=store)
    assert (score["name"], score["definition"], score["written_at"].tzinfo is not None) == ("wrong", definition, True)
    values = ml_tracking.added_score_values("p", store=store)
    assert [each["values"] for each in values] == [{"wrong": 0}, {"wrong": 0.25}]
    assert ml_tracking.remove_score("p", "wrong", store=store) == []


def test_a_score_without_a_value_says_why(store, two):
    added = ml_tracking.add_score("p", "ks", definition="scipy:ks_2samp", store=store)
    assert (added["value"], added["why"]) == (None, "scipy:ks_2samp gives no number for these predictions")


def test_what_is_wrong_is_refused(store, two):
    with pytest.raises(InvalidValue, match="accuracy is a score of every project"):
        ml_tracking.add_score("p", "accuracy", definition="sklearn:zero_one_loss", store=store)
    with pytest.raises(TrackingError, match="missing argument: definition"):
        ml_tracking.add_score("p", "wrong", store=store)
    with pytest.raises(InvalidValue, match="no added score of project p"):
        ml_tracking.remove_score("p", "wrong", store=store)


def test_definitions_say_where_they_differ_from_a_score():
    found = {each["id"]: each["difference"] for each in ml_tracking.definitions(score="accuracy")}
    assert found["sklearn:accuracy_score"] == "no"
    assert "ours" in found["sklearn:accuracy_score(normalize=False)"]
