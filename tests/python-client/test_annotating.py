"""What is said of experiments afterwards, as everybody sees it."""

import numpy as np
import pytest
from small_experiments import log

import ml_tracking
from ml_tracking import annotate, list_trash, purge_trash, read_experiments

truth = np.array([0, 1] * 20)


def test_what_is_said_is_read_back_with_the_experiment(store):
    first, second = (log(store, truth, truth, name=name) for name in ("one", "two"))
    (said,) = annotate(first, name="wider", note="**good**\n", add_tags=["b", "a"], starred=True, store=store)
    assert (said["name"], said["note"], said["tags"], said["starred"]) == ("wider", "**good**\n", ["a", "b"], True)
    annotate([first, second.prediction_id], remove_tags=["a"], archived=True, name="", store=store)
    frame = read_experiments("p", store=store, as_frame=True)
    assert frame["tags"].tolist() == [["b"], []] and frame["archived"].tolist() == [True, True]
    assert frame["name"].tolist() == ["one", "two"]


def test_what_is_deleted_is_in_the_trash_and_nowhere_else_and_comes_back(store):
    first, second = (log(store, truth, truth, name=name) for name in ("one", "two"))
    annotate(first, deleted=True, store=store)
    assert [each["name"] for each in read_experiments("p", store=store)] == ["two"]
    with pytest.raises(ValueError, match="is in the trash of the store"):
        ml_tracking.read_experiment(first.prediction_id, store=store)
    (trashed,) = list_trash(store=store)
    assert trashed["prediction_id"] == first.prediction_id and trashed["deleted_at"].tzinfo is not None
    annotate(trashed, deleted=False, store=store)
    assert list_trash(store=store, project="p") == [] and len(read_experiments("p", store=store)) == 2
    annotate([first, second], deleted=True, store=store)
    (purged,) = purge_trash(second, store=store)
    assert purged["prediction_id"] == second.prediction_id and purged["bytes"] > 500
    assert [each["name"] for each in list_trash(store=store)] == ["one"]


def test_what_cannot_be_said_is_refused(store):
    logged = log(store, truth, truth)
    with pytest.raises(ValueError, match="nothing is said of the experiments"):
        annotate(logged, store=store)
    with pytest.raises(TypeError, match="add_tags is .*; give a list of texts"):
        annotate(logged, add_tags="baseline", store=store)
    with pytest.raises(ValueError, match="is not in the trash, so that it cannot be restored"):
        annotate(logged, deleted=False, store=store)
    with pytest.raises(ValueError, match="tag is empty"):
        annotate(logged, add_tags=[" "], store=store)
