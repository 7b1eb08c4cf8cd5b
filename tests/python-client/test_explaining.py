"""Which definition of which library gives a number, as the command line says it."""

from decimal import Decimal

import numpy as np
import pytest
from small_experiments import log

from ml_tracking import InvalidType, InvalidValue, TrackingWarning, check_run_metrics, explain_score, start_run


@pytest.fixture
def tied(store):
    """The tie of three scores that makes three areas under precision and recall."""
    return log(store, [0, 1, 1, 0, 1], [1, 1, 1, 0, 1], y_score=[0.5, 0.5, 0.5, 0.2, 0.9])


def test_a_number_is_explained_with_the_digits_that_it_has(store, tied):
    found = explain_score(tied, "0.8805", name="aucpr", store=store)
    # Keras' area has the same interpolation.
    assert (found.certainty, [each["definition"] for each in found.matches]) == ("certain", ["xgboost:aucpr", "keras:AUC(PR)", "h2o:pr_auc"])
    assert "XGBoost" in repr(found) and "XGBoost" in found._repr_html_()
    assert found.to_dict()["given"] == "0.8805"
    assert found.to_frame()["definition"].tolist() == ["xgboost:aucpr", "keras:AUC(PR)", "h2o:pr_auc"]
    for value in (0.8805, np.float32(0.8805), Decimal("0.8805"), "88.05%"):
        again = explain_score(tied.prediction_id, value, library="xgboost", store=store)
        assert [each["definition"] for each in again.matches] == ["xgboost:aucpr"], value


def test_what_nothing_gives_is_said_with_the_nearest(store, tied):
    found = explain_score(tied, 0.123456, name="aucpr", store=store)
    assert (found.certainty, found.matches, found.accidents) == ("none", [], [])
    assert found.nearest[0]["distance"] <= found.nearest[-1]["distance"]
    assert found.ours == [{"score": "average_precision", "value": pytest.approx(0.8333, abs=1e-4)}]


@pytest.mark.parametrize(
    ("value", "names", "said"),
    [
        ("much", {}, "no number"),
        (True, {}, "no number"),
        (0.5, {"name": "acuracy"}, "did you mean accuracy"),
        (0.5, {"library": "xgbost"}, "did you mean XGBoost"),
    ],
)
def test_what_cannot_be_explained_is_refused(store, tied, value, names, said):
    with pytest.raises(InvalidValue, match=said):
        explain_score(tied, value, store=store, **names)


def test_reported_numbers_are_held_against_the_predictions(store):
    said = {"f1": np.float32(0.857), "average_precision": 0.8805, "xgboost:aucpr": "0.8805"}
    with pytest.warns(TrackingWarning, match="average_precision = 0.8805 is another definition"):
        logged = log(store, [0, 1, 1, 0, 1], [1, 1, 1, 0, 1], y_score=[0.5, 0.5, 0.5, 0.2, 0.9], reported=said)
    assert [(each["name"], each["verdict"], each["definition"]) for each in logged.reported] == [
        ("f1", "matches", None),
        ("average_precision", "another definition", "xgboost:aucpr"),
        ("xgboost:aucpr", "matches", "xgboost:aucpr"),
    ]
    assert log(store, [0, 1], [0, 1]).reported == []
    with pytest.warns(TrackingWarning, match="reported f1 is nan, which is no number"):
        assert log(store, [0, 1], [0, 1], reported={"f1": float("nan")}).reported[0]["verdict"] == "cannot be had"
    for wrong in ({"f1": [0.5, 0.5]}, [0.5], 0.5):
        with pytest.raises((InvalidValue, InvalidType), match="reported"):
            log(store, [0, 1], [0, 1], reported=wrong)


def test_metrics_of_its_run_are_held_against_an_experiment(store, tied):
    with start_run("ties", store=store, system_metrics=False, console=False) as run:
        run.log({"val_f1": 6 / 7, "recall": 0.31, "train_f1": 1})
        logged = run.log_experiment(
            "classification",
            {"dataset_uri": "ties.csv", "target_column": "ill", "test_set": [1, 2, 3, 4, 5], "model": {"name": "Booster", "parameters": {}}},
            [0, 1, 1, 0, 1],
            [1, 1, 1, 0, 1],
        )
    found = check_run_metrics(logged, store=store)
    assert found.to_frame()[["name", "verdict"]].values.tolist() == [["val_f1", "matches"], ["recall", "cannot be had"]]
    assert found.summary in repr(found) and "val_f1" in found._repr_html_()
    assert found.to_dict()["run_id"] == run.run_id
    with pytest.raises(InvalidValue, match="belongs to no run"):
        check_run_metrics(tied, store=store)
