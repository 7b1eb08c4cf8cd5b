import ml_tracking
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from sklearn import metrics

Y_TRUE = [0, 1, 1, 0, 1, 0]
Y_PRED = [0, 1, 0, 0, 1, 1]
WEIGHTS = [1.0, 2.0, 0.0, 0.5, 4.0, 3.0]


def log(store, weights, **more):
    return ml_tracking.log_experiment(
        "classification",
        "weights",
        {"dataset_uri": "made", "target_column": "y", "test_set": range(6), "model": {"name": "M", "parameters": {}}},
        Y_TRUE,
        Y_PRED,
        sample_weight=weights,
        store=store,
        **more,
    )


@pytest.mark.parametrize("kind", [list, tuple, np.asarray, pd.Series, pl.Series, pa.array, lambda w: np.asarray(w, dtype="float32")])
def test_weights_are_taken_from_what_holds_numbers_and_weigh_every_score(store, kind):
    logged = log(store, kind(WEIGHTS))
    assert logged.warnings == []
    assert logged.scores["accuracy"] == pytest.approx(metrics.accuracy_score(Y_TRUE, Y_PRED, sample_weight=WEIGHTS), abs=1e-12)
    assert logged.scores["f1_macro"] == pytest.approx(metrics.f1_score(Y_TRUE, Y_PRED, average="macro", sample_weight=WEIGHTS), abs=1e-12)
    assert logged.sample_weight == (10.5, pytest.approx(10.5**2 / 30.25))
    _, predictions = ml_tracking.read_experiment(logged.prediction_id, store=store)
    assert list(predictions["sample_weight"]) == WEIGHTS


def test_the_result_says_that_its_scores_are_weighted(store):
    logged = log(store, WEIGHTS)
    assert repr(logged).endswith("weighted by sample_weight: the samples count as 3.64)")
    assert "weighted by sample_weight: the samples count as 3.64" in logged._repr_html_()
    [read] = ml_tracking.read_experiments("weights", store=store)
    assert read["extra_parameters"]["sample_weight"] == {"sum": 10.5, "effective_samples": logged.sample_weight.effective_samples}
    assert log(store, None).sample_weight is None


def test_bad_weights_are_refused_in_pythons_words(store):
    with pytest.raises(ValueError, match=r"sample_weight\[1\] is nan; give a finite number of 0 or more"):
        log(store, [1, float("nan"), 1, 1, 1, 1])
    with pytest.raises(ValueError, match="sample_weight has 2 values but y_true has 6"):
        log(store, [1, 2])
    with pytest.raises(ValueError, match='extra_parameters has a member "sample_weight"'):
        log(store, WEIGHTS, extra_parameters={"sample_weight": "age"})


def test_a_comparison_says_how_the_samples_are_weighted(store):
    first, second = log(store, WEIGHTS), log(store, WEIGHTS)
    compared = ml_tracking.compare(first, second, store=store, score="accuracy")
    assert "weighted by sample_weight: 6 samples count as 3.6" in repr(compared)
    assert compared.verdict == "cannot be tested"
    assert compared.scores[0]["reason"] == "the 6 samples count as 3.6 by their weights, fewer than 30"


def test_an_experiment_of_a_run_is_weighted_too(store):
    with ml_tracking.start_run("weights", store=store) as run:
        logged = run.log_experiment(
            "regression",
            {"dataset_uri": "made", "target_column": "y", "test_set": range(3), "model": {"name": "M", "parameters": {}}},
            [1.0, 2.0, 3.0],
            [1.0, 2.0, 5.0],
            sample_weight=[1, 1, 2],
        )
    assert logged.scores["mean_absolute_error"] == 1
