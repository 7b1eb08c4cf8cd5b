"""Optuna: a study is a run, and its trials are children, with what the study says of them."""

import optuna
import pytest
from sklearn.linear_model import SGDClassifier

from ml_tracking import read_runs
from ml_tracking.optuna import RunCallback

statuses = {"COMPLETE": "finished", "PRUNED": "killed", "FAIL": "failed"}


def objective(tumours):
    X_train, X_test, y_train, y_test = tumours

    def accuracy(trial):
        alpha = trial.suggest_float("alpha", 1e-6, 1, log=True)
        model = SGDClassifier(loss=trial.suggest_categorical("loss", ["hinge", "log_loss"]), alpha=alpha, random_state=0)
        for epoch in range(3):
            model.partial_fit(X_train, y_train, classes=[0, 1])
            trial.report(model.score(X_test, y_test), epoch)
        if trial.number == 2:
            raise optuna.TrialPruned
        if trial.number == 3:
            raise ValueError("a bad trial")
        return model.score(X_test, y_test)

    return accuracy


@pytest.mark.parametrize("jobs", [1, 2])
def test_each_trial_is_a_child_with_its_parameters_values_and_state(store, tumours, points, jobs):
    study = optuna.create_study(study_name="s", direction="maximize", sampler=optuna.samplers.RandomSampler(0))
    with RunCallback(project="p", store=store) as callback:
        study.optimize(objective(tumours), n_trials=6, callbacks=[callback], catch=ValueError, n_jobs=jobs)
    parent, *children = sorted(read_runs("p", store=store), key=lambda run: int(run["tags"].get("number", -1)))
    assert parent["status"] == "finished" and parent["parameters"]["study_name"] == "s"
    assert parent["metrics"]["best_value"] == study.best_value
    assert len(children) == 6
    for child, trial in zip(children, study.trials):
        assert child["parent_run_id"] == parent["run_id"] and child["name"] == f"trial {trial.number}"
        assert child["parameters"] == trial.params and child["status"] == statuses[trial.state.name]
        assert points(child, "intermediate") == ([0, 1, 2], list(trial.intermediate_values.values()))
        assert child["metrics"].get("value") == (trial.values or [None])[0]


def test_a_study_that_goes_on_is_a_new_run_and_one_that_raises_is_failed_with_its_trial(store, tumours):
    study = optuna.create_study(directions=["minimize", "maximize"])
    with RunCallback(project="p", store=store) as callback:
        study.optimize(lambda trial: (trial.suggest_float("x", 0, 1), 1), 2, callbacks=[callback])
    with pytest.raises(ZeroDivisionError), RunCallback(project="p", store=store) as callback:
        study.optimize(lambda trial: 1 / 0 if trial.number == 3 else (trial.suggest_float("x", 0, 1), 2), 4, callbacks=[callback])
    runs = read_runs("p", store=store)
    assert [run["name"] for run in runs] == [None, "trial 0", "trial 1", None, "trial 2", "trial 3"]
    assert [run["status"] for run in runs] == ["finished"] * 3 + ["failed", "finished", "failed"]
    assert set(runs[1]["metrics"]) == {"value_0", "value_1", "seconds"} and runs[0]["metrics"]["value_1"] == 1
