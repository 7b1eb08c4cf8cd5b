"""Models of several runs, and samples that depend on each other, as the command line has them."""

import json
import subprocess
import sys

import numpy as np
import pytest
from small_experiments import log

from ml_tracking import compare, compare_runs, read_experiment

truth = np.random.default_rng(5).integers(0, 2, 300)
ids = np.arange(300)


def guess(share, seed):
    return np.where(np.random.default_rng(seed).random(300) < share, truth, 1 - truth)


def test_runs_are_the_record_of_the_command_line(store):
    a = [log(store, truth, guess(0.7, seed), test_set=ids) for seed in (1, 2, 3)]
    b = [log(store, truth, guess(0.9, seed), test_set=ids) for seed in (4, 5, 6)]
    found = compare_runs(a, [each.prediction_id for each in b], store=store)
    lists = [",".join(each.prediction_id for each in model) for model in (a, b)]
    command = [sys.executable, "-m", "ml_tracking", "compare", "--runs", lists[0], "--with", lists[1], "--store", store]
    assert found.to_dict() == json.loads(subprocess.run([*command, "--json"], capture_output=True, text=True).stdout)
    assert (found.design, found.differences[0]["verdict"], found.ranking) == ("seeds", "better", None)
    shown = subprocess.run(command, capture_output=True, text=True).stdout
    assert all(line in shown for line in repr(found).splitlines())
    with pytest.raises(ValueError, match='as is "folds", but all runs are on one test set'):
        compare_runs(a, b, design="folds", store=store)


@pytest.mark.parametrize("by", ["group", "order"])
def test_samples_depend_on_each_other_by_a_column_or_a_feature(store, by):
    pandas = pytest.importorskip("pandas")
    when = pandas.Series(pandas.date_range("2026-01-01", periods=300))
    values = when if by == "order" else pandas.Series(ids % 30).astype("category")
    first = log(store, truth, guess(0.8, 1), test_set=ids, **{by: values})
    features = pandas.DataFrame({"source": values})
    second = log(store, truth, guess(0.8, 2), test_set=ids, sample_features=features, **{by: "source"})
    assert f"feature_{by}" in read_experiment(first.prediction_id, store=store).predictions
    assert " of " in compare(first, second, store=store).scores[0]["method"]
    plain = log(store, truth, guess(0.8, 3), test_set=ids, sample_features=features)
    assert compare(plain, first, store=store, **{by: "source"}).scores[0]["method"].startswith("paired delta method by")
    with pytest.raises(ValueError, match=f'{by} is "other", which is no feature of the samples'):
        log(store, truth, guess(0.8, 4), test_set=ids, sample_features=features, **{by: "other"})
    with pytest.raises(TypeError, match=f"{by} is 3; give the name of a feature"):
        log(store, truth, guess(0.8, 4), test_set=ids, **{by: 3})
    with pytest.raises(ValueError, match=rf"{by}\[0\] is missing"):
        log(store, truth, guess(0.8, 4), test_set=ids, **{by: [None, *map(str, ids[1:])]})
