"""Models of real libraries: the class's name and the settings that each was given are in the row of the tracking log."""

import functools
import json
import os

os.environ["KERAS_BACKEND"] = "jax"

import lightgbm
import numpy as np
import pytest
import xgboost
from catboost import CatBoostClassifier
from sklearn.calibration import CalibratedClassifierCV
from sklearn.cluster import KMeans
from sklearn.compose import ColumnTransformer, TransformedTargetRegressor
from sklearn.datasets import load_iris
from sklearn.ensemble import (
    HistGradientBoostingClassifier,
    RandomForestClassifier,
    StackingClassifier,
    VotingClassifier,
)
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge
from sklearn.model_selection import GridSearchCV, RandomizedSearchCV
from sklearn.multiclass import OneVsRestClassifier
from sklearn.naive_bayes import GaussianNB
from sklearn.pipeline import FeatureUnion, Pipeline, make_pipeline
from sklearn.preprocessing import FunctionTransformer, MinMaxScaler, OneHotEncoder, StandardScaler
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier
from small_experiments import log, model_parameters

import ml_tracking

X, y = load_iris(return_X_y=True)
X, y = X[::3], y[::3]


class RuleOfThumb:
    """A user's own model, without get_params()."""

    def __init__(self):
        self.threshold = 0.8
        self.columns = ["petal length"]
        self.inner_ = np.zeros(1000)  # learned
        self._cache = {}


def over(row, threshold):
    return row > threshold


class Locked:
    """An estimator that does not tell its settings."""

    def get_params(self, deep=True):
        raise RuntimeError("locked")


class Half:
    """A user's own model, an attribute of which cannot be read."""

    __slots__ = ("threshold", "never_set", "shut")

    def __init__(self):
        self.threshold = 0.8

    def __getattribute__(self, name):
        if name == "shut":
            raise ValueError("shut")
        return super().__getattribute__(name)


class Mute:
    def __getattribute__(self, name):
        raise RuntimeError("mute")


class Closed:
    def __getattribute__(self, name):
        raise RuntimeError("closed")


def keras_model():
    import keras

    model = keras.Sequential(
        [keras.Input((4,)), keras.layers.Dense(8, activation="relu", name="hidden"), keras.layers.Dropout(0.25, name="dropout"),
         keras.layers.Dense(3, activation="softmax", name="answer")]
    )
    model.compile(optimizer=keras.optimizers.Adam(learning_rate=0.01), loss="sparse_categorical_crossentropy")
    model.fit(X, y, epochs=1, verbose=0)
    return model


def functional_keras_model():
    import keras

    given = keras.Input((4,), name="given")
    answer = keras.layers.Dense(3, name="answer")(keras.layers.Dense(5, name="hidden")(given))
    return keras.Model(given, answer)


search = {"logisticregression__C": [0.25], "logisticregression__max_iter": [500]}
columns = ColumnTransformer(
    [("numbers", StandardScaler(with_mean=False), [0, 1]), ("kinds", OneHotEncoder(handle_unknown="ignore"), [2]), ("rest", "passthrough", [3])]
)
# How each is made and fitted, its class's name, and what must be among its settings.
models = {
    "estimator": (lambda: LogisticRegression(C=0.5, max_iter=500).fit(X, y), "LogisticRegression", {"C": 0.5, "max_iter": 500}),
    "forest": (lambda: RandomForestClassifier(n_estimators=7, max_depth=3, random_state=1).fit(X, y), "RandomForestClassifier",
               {"n_estimators": 7, "max_depth": 3, "criterion": "gini", "random_state": 1}),
    "support vectors": (lambda: SVC(kernel="poly", degree=2).fit(X, y), "SVC", {"kernel": "poly", "degree": 2}),
    "histogram boosting": (lambda: HistGradientBoostingClassifier(learning_rate=0.3).fit(X, y), "HistGradientBoostingClassifier",
                           {"learning_rate": 0.3}),
    "clusters": (lambda: KMeans(n_clusters=3, n_init=2).fit(X), "KMeans", {"n_clusters": 3, "n_init": 2}),
    "pipeline": (lambda: make_pipeline(MinMaxScaler(clip=True), LogisticRegression(C=2.0)).fit(X, y), "Pipeline",
                 {"steps": ["minmaxscaler: MinMaxScaler", "logisticregression: LogisticRegression"], "minmaxscaler__clip": True,
                  "logisticregression__C": 2.0}),
    "column transformer": (lambda: Pipeline([("columns", columns), ("tree", DecisionTreeClassifier(max_depth=2))]).fit(X, y), "Pipeline",
                           {"steps": ["columns: ColumnTransformer", "tree: DecisionTreeClassifier"],
                            "columns__numbers__with_mean": False, "columns__numbers__columns": [0, 1],
                            "columns__kinds__handle_unknown": "ignore", "columns__rest__columns": [3], "tree__max_depth": 2}),
    "union with a function": (
        lambda: make_pipeline(FeatureUnion([("logs", FunctionTransformer(np.log1p)), ("scaled", StandardScaler())]), GaussianNB()).fit(X, y),
        "Pipeline", {"featureunion__transformer_list": ["logs: FunctionTransformer", "scaled: StandardScaler"],
                     "featureunion__logs__func": "log1p"}),
    "text": (lambda: make_pipeline(TfidfVectorizer(ngram_range=(1, 2)), LogisticRegression()).fit(["a cat", "a dog"], [0, 1]), "Pipeline",
             {"tfidfvectorizer__ngram_range": [1, 2]}),
    "grid search": (lambda: GridSearchCV(make_pipeline(StandardScaler(), LogisticRegression()), search, cv=2).fit(X, y), "GridSearchCV",
                    {"best_estimator__logisticregression__C": 0.25, "best_estimator__logisticregression__max_iter": 500, "cv": 2,
                     "param_grid": search, "estimator": "Pipeline"}),
    "random search": (
        lambda: RandomizedSearchCV(DecisionTreeClassifier(), {"max_depth": [4]}, n_iter=1, cv=2, refit=False).fit(X, y),
        "RandomizedSearchCV", {"best_params__max_depth": 4, "n_iter": 1}),
    "search that was not fitted": (lambda: GridSearchCV(SVC(C=3.0), {"gamma": [0.1]}), "GridSearchCV", {"estimator__C": 3.0}),
    "stacking": (lambda: StackingClassifier([("bayes", GaussianNB(var_smoothing=0.5)), ("tree", DecisionTreeClassifier(max_depth=2))],
                                            final_estimator=LogisticRegression(C=9.0), cv=2).fit(X, y), "StackingClassifier",
                 {"bayes__var_smoothing": 0.5, "tree__max_depth": 2, "final_estimator": "LogisticRegression", "final_estimator__C": 9.0}),
    "voting": (lambda: VotingClassifier([("bayes", GaussianNB()), ("tree", DecisionTreeClassifier(max_depth=6))], voting="soft").fit(X, y),
               "VotingClassifier", {"voting": "soft", "estimators": ["bayes: GaussianNB", "tree: DecisionTreeClassifier"], "tree__max_depth": 6}),
    "calibrated": (lambda: CalibratedClassifierCV(SVC(C=0.1), method="isotonic", cv=2).fit(X, y), "CalibratedClassifierCV",
                   {"method": "isotonic", "estimator": "SVC", "estimator__C": 0.1}),
    "one against the rest": (lambda: OneVsRestClassifier(LogisticRegression(C=0.3)).fit(X, y), "OneVsRestClassifier", {"estimator__C": 0.3}),
    "transformed target": (lambda: TransformedTargetRegressor(Ridge(alpha=3.0), func=np.log1p, inverse_func=np.expm1).fit(X, y + 1.0),
                           "TransformedTargetRegressor", {"regressor__alpha": 3.0, "func": "log1p"}),
    "XGBoost": (lambda: xgboost.XGBClassifier(max_depth=3, n_estimators=4).fit(X, y), "XGBClassifier", {"max_depth": 3, "n_estimators": 4}),
    "XGBoost's own": (lambda: xgboost.train({"max_depth": 3, "eta": 0.5}, xgboost.DMatrix(X, y), 2), "Booster",
                      {"gradient_booster__tree_train_param__max_depth": "3"}),
    "LightGBM": (lambda: lightgbm.LGBMClassifier(num_leaves=5, n_estimators=3, verbose=-1).fit(X, y), "LGBMClassifier",
                 {"num_leaves": 5, "n_estimators": 3}),
    "LightGBM's own": (lambda: lightgbm.train({"num_leaves": 6, "verbose": -1}, lightgbm.Dataset(X, y), 2), "Booster", {"num_leaves": 6}),
    "CatBoost": (lambda: CatBoostClassifier(depth=3, iterations=2, verbose=0, allow_writing_files=False).fit(X, y), "CatBoostClassifier",
                 {"depth": 3, "iterations": 2}),
    "Keras": (keras_model, "Sequential",
              {"layers": ["Dense", "Dropout", "Dense"], "hidden__units": 8, "hidden__activation": "relu", "dropout__rate": 0.25,
               "answer__activation": "softmax", "optimizer": "Adam", "optimizer__learning_rate": pytest.approx(0.01),
               "loss": "sparse_categorical_crossentropy"}),
    "Keras, functional": (functional_keras_model, "Functional", {"hidden__units": 5, "answer__units": 3}),
    "class of one's own": (RuleOfThumb, "RuleOfThumb", {"threshold": 0.8, "columns": ["petal length"]}),
    "a function's arguments, bound": (lambda: functools.partial(over, [1, 2], threshold=0.5), "over", {"row": [1, 2], "threshold": 0.5}),
    "a pipeline with bound arguments": (
        lambda: make_pipeline(FunctionTransformer(functools.partial(over, threshold=0.5)), GaussianNB()), "Pipeline",
        {"functiontransformer__func": "over", "functiontransformer__func__threshold": 0.5}),
    "name and parameters": (lambda: {"name": "Rule", "parameters": {"depth": np.int64(3)}}, "Rule", {"depth": 3}),
}


@pytest.mark.parametrize("name", models)
def test_a_model_is_recorded_with_its_settings(store, name):
    make, class_name, settings = models[name]
    recorded, parameters = model_parameters(store, log(store, model=make()))
    assert recorded == class_name
    assert {key: parameters.get(key) for key in settings} == settings
    # Names and settings only: nothing that was learned, nothing huge, no address of an object.
    written = json.dumps(parameters)
    assert len(written) < 10_000 and "object at 0x" not in written


@pytest.mark.parametrize("kind, settings, message", [
    (Locked, {}, "parameters.model is a Locked whose settings cannot be read (RuntimeError: locked); recorded by its class's name alone"),
    (Mute, {}, "parameters.model is a Mute whose settings cannot be read (RuntimeError: mute); recorded by its class's name alone"),
    (Closed, {}, "parameters.model is a Closed whose settings cannot be read (RuntimeError: closed); recorded by its class's name alone"),
    (Half, {"threshold": 0.8}, "parameters.model.shut cannot be read (ValueError: shut); it is not recorded"),
])
def test_a_model_that_cannot_be_described_is_its_class_with_a_warning(store, kind, settings, message):
    logged = log(store, model=kind())
    assert model_parameters(store, logged) == (kind.__name__, settings)
    assert logged.warnings == [message]


def test_a_setting_that_cannot_be_read_costs_no_other_one(store):
    class Rule:
        def __init__(self):
            self.inside, self.seed, self.costs = Closed(), 2**60, {1: "number", "1": "text"}

    logged = log(store, model=Rule())
    assert model_parameters(store, logged)[1] == {
        "inside": "Closed", "seed": "1152921504606846976", "costs": {"1 (int)": "number", "1": "text"}}
    assert [text.partition(" ")[0] for text in logged.warnings] == [
        "parameters.model.seed", "parameters.model.inside", "parameters.model.costs"]


def test_an_infinite_setting_warns_and_a_default_that_is_missing_does_not(store):
    (warning,) = log(store, model=LogisticRegression(C=float("inf"))).warnings
    assert warning == 'parameters.model.C is inf, which JSON has no number for; recorded as the text "Infinity"'
    logged = log(store, model=xgboost.XGBClassifier())
    assert logged.warnings == [] and model_parameters(store, logged)[1]["missing"] == "NaN"


def test_parameters_that_raise_are_an_error_of_ours(store):
    class Parameters(dict):
        def items(self):
            raise RuntimeError("no items")

    with pytest.raises(ml_tracking.TrackingError, match=r"parameters is a .*Parameters of 0, which cannot be read"):
        ml_tracking.log_experiment("classification", "p", Parameters(), [1], [1], store=store)


def test_the_settings_of_an_estimator_are_those_of_get_params(store):
    model = RandomForestClassifier(n_estimators=3, class_weight={0: 2.0, 1: 1.0}, max_samples=0.5)
    expected = {**model.get_params(), "class_weight": {"0": 2.0, "1": 1.0}}
    assert model_parameters(store, log(store, model=model))[1] == expected


@pytest.mark.parametrize("model, message", [
    (LogisticRegression, r'parameters\.model is the class "LogisticRegression", not an instance of it; pass the trained model object'),
    ("LogisticRegression", r'parameters\.model is a string \("LogisticRegression"\); a name alone says nothing.*pass the model object itself'),
    (LinearRegression().fit, r'parameters\.model is the function "fit"; pass the model object itself'),
    ([LogisticRegression()], r"parameters\.model"),
    (0.5, r"parameters\.model"),
])
def test_what_is_no_model_is_refused_with_the_reason(store, tmp_path, model, message):
    with pytest.raises(TypeError, match=message):
        log(store, model=model)
    assert not (tmp_path / "store").exists()
