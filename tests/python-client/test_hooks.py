"""The callbacks for other libraries, by those that are here: what they log is what the library itself reports."""

import os
import pickle
import subprocess
import sys
import threading
import warnings

import catboost
import lightgbm
import numpy as np
import pytest
import xgboost
from joblib import parallel_backend
from sklearn.base import BaseEstimator, ClassifierMixin, clone
from sklearn.cluster import KMeans
from sklearn.datasets import load_breast_cancer
from sklearn.ensemble import BaggingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, RandomizedSearchCV, cross_val_score, train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

import ml_tracking.catboost
import ml_tracking.lightgbm
import ml_tracking.sklearn
import ml_tracking.xgboost
from ml_tracking import TrackingWarning, read_history, read_run, read_runs, start_run

X, y = load_breast_cancer(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(StandardScaler().fit_transform(X), y, random_state=0)


def points(store, run, key):
    """The steps and values of a metric."""
    found = read_history(run["run_id"], store=store, keys=[key], as_frame=True).sort_values("step")
    return found["step"].tolist(), found["value"].tolist()


@pytest.fixture
def autolog(store):
    ml_tracking.sklearn.autolog("auto", store=store)
    yield lambda: read_runs("auto", store=store)
    ml_tracking.sklearn.off()


def test_importing_ml_tracking_imports_none_of_the_libraries():
    names = "catboost keras lightgbm lightning optuna sklearn transformers xgboost".split()
    code = f"import sys, ml_tracking, ml_tracking.wandb; print([each for each in {names} if each in sys.modules])"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "[]\n"


def test_a_training_of_xgboost_is_logged_as_its_own_results_have_it(store):
    train, test = xgboost.DMatrix(X_train, y_train), xgboost.DMatrix(X_test, y_test)
    results = {}
    callback = ml_tracking.xgboost.RunCallback(project="p", name="early", parameters={"mine": 1}, store=store)
    booster = xgboost.train({"max_depth": 3, "eta": 0.5, "objective": "binary:logistic"}, train, 200, evals_result=results,
                            evals=[(train, "train"), (test, "test")], verbose_eval=False, early_stopping_rounds=3,
                            callbacks=[callback])
    (run,) = read_runs("p", store=store)
    assert (run["status"], run["name"], run["metrics"]["best_iteration"]) == ("finished", "early", booster.best_iteration)
    assert points(store, run, "test/logloss") == (list(range(len(results["test"]["logloss"]))), results["test"]["logloss"])
    assert points(store, run, "train/logloss")[1] == results["train"]["logloss"]
    found = run["parameters"]
    assert (found["max_depth"], found["eta"], found["objective"], found["mine"]) == (3, 0.5, "binary:logistic", 1)

    callback = ml_tracking.xgboost.RunCallback(project="cv", store=store)
    table = xgboost.cv({"objective": "binary:logistic"}, train, 4, callbacks=[callback])
    (run,) = read_runs("cv", store=store)
    assert points(store, run, "test/logloss/mean")[1] == pytest.approx(table["test-logloss-mean"].tolist())


def test_a_training_of_lightgbm_is_logged_and_ended_also_where_it_stops_early(store):
    results = {}
    train = lightgbm.Dataset(X_train, y_train)
    callbacks = [lightgbm.early_stopping(3, verbose=False), lightgbm.record_evaluation(results),
                 lambda env: pickle.dumps(env.model),  # as a checkpoint does
                 ml_tracking.lightgbm.RunCallback(project="p", store=store)]
    booster = lightgbm.train({"objective": "binary", "verbose": -1, "learning_rate": 0.5}, train, 200,
                             valid_sets=[lightgbm.Dataset(X_test, y_test, reference=train)], callbacks=callbacks)
    (run,) = read_runs("p", store=store)
    assert (run["status"], run["metrics"]["best_iteration"]) == ("finished", booster.best_iteration) and booster.best_iteration < 190
    assert points(store, run, "valid_0/binary_logloss")[1] == results["valid_0"]["binary_logloss"]
    assert (run["parameters"]["learning_rate"], run["parameters"]["num_iterations"]) == (0.5, 200)
    pickle.loads(pickle.dumps(booster)).predict(X_test)

    callback = ml_tracking.lightgbm.RunCallback(project="cv", store=store)
    means = lightgbm.cv({"objective": "binary", "verbose": -1}, train, 4, callbacks=[callback])
    (run,) = read_runs("cv", store=store)
    assert run["status"] == "finished" and points(store, run, "valid/binary_logloss/mean")[1] == means["valid binary_logloss-mean"]


def test_a_training_of_catboost_is_logged_with_its_model_s_parameters(store):
    with ml_tracking.catboost.RunCallback(project="p", store=store) as callback:
        model = catboost.CatBoostClassifier(iterations=8, depth=3, verbose=False, allow_writing_files=False)
        model.fit(X_train, y_train, eval_set=(X_test, y_test), callbacks=[callback])
        model.fit(X_train, y_train, eval_set=(X_test, y_test), callbacks=[callback])
    run, again = read_runs("p", store=store)
    assert (run["status"], again["status"]) == ("finished", "finished") and run["parameters"]["depth"] == 3
    assert points(store, run, "validation/Logloss") == (list(range(8)), model.evals_result_["validation"]["Logloss"])


def test_a_training_that_raises_leaves_a_failed_run(store):
    def train(callback):
        def fail(env):
            raise ZeroDivisionError("in the training")

        lightgbm.train({"objective": "binary", "verbose": -1}, lightgbm.Dataset(X_train, y_train), 5, callbacks=[callback, fail])

    with pytest.raises(ZeroDivisionError), ml_tracking.lightgbm.RunCallback(project="with", store=store) as callback:
        train(callback)
    del callback
    (run,) = read_runs("with", store=store)
    assert (run["status"], run["error"]) == ("failed", "ZeroDivisionError: in the training")
    try:
        train(ml_tracking.lightgbm.RunCallback(project="without", store=store))
    except ZeroDivisionError:
        pass
    (run,) = read_runs("without", store=store)
    assert (run["status"], run["error"]) == ("failed", "the training did not reach its end")


def test_what_is_open_when_the_process_ends_failed_unless_its_library_tells_no_end(store):
    code = f"""
import ml_tracking._hook as h
given = dict(store={store!r})
a, b = h.Hook(project="a", **given), h.Hook(project="b", **given)
a.begin()
b.begin(else_end=("finished", None))
"""
    subprocess.run([sys.executable, "-c", code], check=True)
    assert [read_runs(project, store=store)[0]["status"] for project in "ab"] == ["failed", "finished"]


def test_a_run_that_is_given_is_left_open(store):
    with start_run("p", parameters={"max_depth": 3}, store=store) as run:
        for depth in (3, 4):
            with warnings.catch_warnings(record=True) as told:
                warnings.simplefilter("always")
                model = xgboost.XGBClassifier(n_estimators=2, max_depth=depth, callbacks=[ml_tracking.xgboost.RunCallback(run)])
                model.fit(X_train, y_train)
            texts = [str(each.message) for each in told]
            assert len(texts) == depth - 3 and all("has other values of max_depth, from before" in text for text in texts)
        assert read_run(run.run_id, store=store)["status"] == "running"
    assert read_run(run.run_id, store=store)["parameters"]["max_depth"] == 3


def test_a_model_that_holds_a_callback_is_cloned_searched_and_pickled(store):
    model = xgboost.XGBClassifier(n_estimators=2, callbacks=[ml_tracking.xgboost.RunCallback(project="p", store=store)])
    search = GridSearchCV(model, {"max_depth": [2, 3]}, cv=2).fit(X_train, y_train)
    pickle.loads(pickle.dumps(search.best_estimator_)).fit(X_train, y_train)
    runs = read_runs("p", store=store)
    assert [run["status"] for run in runs] == ["finished"] * 6
    assert [run["parameters"]["max_depth"] for run in runs[:4]] == [2, 2, 3, 3]


def test_what_goes_wrong_here_is_one_warning_and_the_training_goes_on(store, monkeypatch):
    monkeypatch.setattr(ml_tracking.Run, "log", lambda *_, **__: 1 / 0)
    with pytest.warns(TrackingWarning) as told:
        booster = xgboost.train({}, xgboost.DMatrix(X_train, y_train), 5, evals=[(xgboost.DMatrix(X_test, y_test), "test")],
                                verbose_eval=False, callbacks=[ml_tracking.xgboost.RunCallback(project="p", store=store)])
    assert booster.num_boosted_rounds() == 5
    (said,) = told
    assert str(said.message) == "the training goes on, but not all of it is recorded: ZeroDivisionError: division by zero"
    with pytest.raises(ml_tracking.InvalidType, match="missing argument: project"):
        ml_tracking.xgboost.RunCallback()
    with pytest.raises(ml_tracking.InvalidType, match="run is a str"):
        ml_tracking.xgboost.RunCallback("p")


def test_each_fit_of_a_model_is_a_run_and_what_it_fits_inside_is_not(autolog):
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.5)).fit(X_train, y_train)
    scores = [model.score(X_test, y_test), model.score(X_train, y_train)]
    BaggingClassifier(LogisticRegression(), n_estimators=3, n_jobs=2).fit(X_train, y=y_train)
    with parallel_backend("threading", n_jobs=2):
        GridSearchCV(LogisticRegression(), {"C": [1, 2]}, n_jobs=2).fit(X_train, y_train)
    KMeans(3, random_state=0).fit_predict(X_train)
    cross_val_score(LogisticRegression(), X_train, y_train)
    StandardScaler().fit_transform(X_train)
    runs = [run for run in autolog() if run["parent_run_id"] is None]
    assert [run["name"] for run in runs] == ["Pipeline", "BaggingClassifier", "GridSearchCV", "KMeans"]
    assert {run["status"] for run in runs} == {"finished"}
    assert runs[0]["parameters"]["logisticregression__C"] == 0.5
    assert runs[0]["metrics"]["training_score"] == scores[1] and runs[0]["metrics"]["score"] == scores[1]
    assert "training_score" not in runs[3]["metrics"] and runs[3]["metrics"]["fit_seconds"] > 0


def test_a_search_has_a_child_for_each_candidate(autolog):
    search = RandomizedSearchCV(LogisticRegression(), {"C": [0.01, 0.1, 1, 10]}, n_iter=3, random_state=0).fit(X_train, y_train)
    parent, *children = autolog()
    assert parent["metrics"]["best_score"] == search.best_score_
    assert [child["parent_run_id"] for child in children] == [parent["run_id"]] * 3
    assert [child["parameters"] for child in children] == search.cv_results_["params"]
    assert [child["metrics"]["mean_test_score"] for child in children] == search.cv_results_["mean_test_score"].tolist()
    assert [child["metrics"]["rank_test_score"] for child in children] == search.cv_results_["rank_test_score"].tolist()


def test_a_fit_that_raises_is_a_failed_run_and_raises_as_ever(autolog):
    with pytest.raises(ValueError, match="'C' parameter"):
        LogisticRegression(C=-1).fit(X_train, y_train)
    (run,) = autolog()
    assert run["status"] == "failed" and "'C' parameter" in run["error"]


def test_fits_of_several_threads_are_runs_of_their_own(autolog):
    threads = [threading.Thread(target=lambda C=C: LogisticRegression(C=C).fit(X_train, y_train)) for C in (1, 2, 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(run["parameters"]["C"] for run in autolog()) == [1, 2, 3]


def test_estimators_of_other_origin_are_recorded_and_off_puts_everything_back(store):
    before = {kind: (kind.fit, kind.score) for kind in (LogisticRegression, GridSearchCV)}

    def is_as_before():
        return all(kind.fit is fit and kind.score is score for kind, (fit, score) in before.items())

    ml_tracking.sklearn.autolog("auto", store=store, log_models=True)
    try:
        class Largest(ClassifierMixin, BaseEstimator):
            def fit(self, X, y):
                self.classes_ = np.unique(y)
                return self

            def predict(self, X):
                return np.full(len(X), self.classes_[-1])

        assert not is_as_before()
        with pytest.warns(TrackingWarning, match="an't pickle local object"):
            Largest().fit(X_train, y_train)
        model = clone(LogisticRegression()).fit(X_train, y_train)
        again = pickle.loads(pickle.dumps(model))
        lightgbm.LGBMClassifier(n_estimators=2, verbose=-1).fit(X_train, y_train)
    finally:
        ml_tracking.sklearn.off()
    assert is_as_before() and "__init_subclass__" not in vars(BaseEstimator)
    again.score(X_test, y_test)
    LogisticRegression().fit(X_train, y_train)
    runs = read_runs("auto", store=store)
    assert [run["name"] for run in runs] == ["Largest", "LogisticRegression", "LGBMClassifier"]
    assert {run["status"] for run in runs} == {"finished"}
    with open(os.path.join(store, "artifacts", "auto", runs[1]["run_id"], "model.pkl"), "rb") as file:
        assert pickle.load(file).predict(X_test).tolist() == model.predict(X_test).tolist()
