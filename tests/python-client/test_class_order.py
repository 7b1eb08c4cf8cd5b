"""Which class each column of y_score is of, against scikit-learn's own answers."""

import json
import warnings

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as parquet
import pytest
from catboost import CatBoostClassifier
from lightgbm import LGBMClassifier
from ml_tracking import TrackingError, TrackingWarning
from ml_tracking.ml_tracking import log_experiment
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss, roc_auc_score
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import LabelEncoder, StandardScaler
from xgboost import XGBClassifier

described = {"name": "Oracle", "parameters": {}}
diagonal = np.full((3, 3), 0.1) + 0.7 * np.eye(3)
animals = ["c", "a", "b"]


def log(store, y_true, y_pred, y_score, model=described, **more):
    parameters = {"dataset_uri": "d", "target_column": "t", "test_set": list(range(len(y_true))), "model": model}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", TrackingWarning)
        return log_experiment(
            "classification", "order", parameters, y_true, y_pred, y_score=y_score, store=store, **more
        )


def metadata(logged):
    file = parquet.read_metadata(f"{logged.paths.store}/{logged.paths.predictions}")
    return {key.decode(): value.decode() for key, value in file.metadata.items()}


def frames(columns):
    return {
        "pandas": pd.DataFrame(columns),
        "polars": pl.DataFrame(columns),
        "pyarrow": pa.table(columns),
        "dict": columns,
        "prefixed": pd.DataFrame(columns).add_prefix("proba_"),
        "suffixed": pl.DataFrame({f"{name} (p)": values for name, values in columns.items()}),
    }


@pytest.mark.parametrize("kind", ["pandas", "polars", "pyarrow", "dict", "prefixed"])
def test_column_names_that_are_the_classes_say_which_column_is_whose(tmp_path, kind):
    y_score = frames({name: diagonal[:, i] for i, name in enumerate(animals)})[kind]
    logged = log(tmp_path, animals, animals, y_score)
    assert logged.scores["roc_auc"] == 1
    assert logged.scores["log_loss"] == pytest.approx(-np.log(0.8), abs=1e-12)
    assert logged.class_order == (animals, "column names")
    assert json.loads(metadata(logged)["ml_tracking.class_order"]) == {
        "labels": animals, "decided_by": "column names", "columns": 3,
    }
    assert json.loads(metadata(logged)["ml_tracking.labels"]) == ["a", "b", "c"]


named = pd.DataFrame(diagonal, columns=animals)


@pytest.mark.parametrize(
    "y_score",
    [
        named.set_axis(pd.MultiIndex.from_product([["proba"], animals]), axis=1),
        named.set_axis(pd.MultiIndex.from_product([animals, [0]]), axis=1),
        named.set_axis(pd.CategoricalIndex(animals), axis=1),
        named.to_records(index=False),
        named.to_dict("records"),
        pd.Series(named.to_dict("records")),
        [row for _, row in named.iterrows()],
    ],
    ids=["levels", "levels below", "categorical", "fields", "dicts", "series of dicts", "rows"],
)
def test_whatever_names_the_classes_of_the_probabilities_says_which_is_whose(tmp_path, y_score):
    logged = log(tmp_path, animals, animals, y_score)
    assert (logged.scores["roc_auc"], logged.class_order) == (1, (animals, "column names"))


def test_rows_that_name_other_classes_and_lazy_frames_are_refused_in_words(tmp_path):
    rows = [{"c": 0.8, "a": 0.2}, {"c": 0.8, "b": 0.2}, {"c": 1, "a": 0}]
    with pytest.raises(TrackingError, match=r"y_score\[1\] is a dict of 2, but y_score\[0\] has the probabilities of 'c', 'a'"):
        log(tmp_path, animals, animals, rows)
    lazy = pl.DataFrame({"c": [1.0]}).lazy()
    with pytest.raises(TrackingError, match=r"y_score is a LazyFrame, which has no values yet; give what its collect\(\) returns"):
        log(tmp_path, animals, animals, lazy)
    with pytest.raises(TrackingError, match="y_pred is a LazyFrame"):
        log(tmp_path, animals, lazy, None)


def test_one_column_of_another_class_than_the_positive_one_is_refused_for_numbers_too(tmp_path):
    X, truth = np.arange(8.0).reshape(-1, 1), np.array([1, 1, 2, 1, 2, 2, 1, 2])
    model = LogisticRegression().fit(X, truth)
    second = model.predict_proba(X)[:, 1]
    with pytest.raises(TrackingError, match="the positive class is 1; but the model's classes are 1, 2, in which 2 comes second"):
        log(tmp_path, truth, model.predict(X), second, model)
    for name in (2, "2"):
        with pytest.raises(TrackingError, match="only column is called .*2.*, but the positive class is 1"):
            log(tmp_path, truth, model.predict(X), pd.Series(second, name=name))
    logged = log(tmp_path, truth, model.predict(X), second, model, positive_label=2)
    assert logged.scores["roc_auc"] == pytest.approx(roc_auc_score(truth, second), abs=1e-12)


@pytest.mark.parametrize("kind", ["pandas", "polars", "pyarrow", "dict", "prefixed"])
@pytest.mark.parametrize("positive", [None, "yes", "no"])
def test_a_binary_frame_is_read_by_its_names(tmp_path, kind, positive):
    truth = ["yes", "no", "yes", "no", "no"]
    of_yes = np.array([0.9, 0.2, 0.4, 0.1, 0.45])
    y_pred = ["yes" if p > 0.5 else "no" for p in of_yes]
    y_score = frames({"yes": of_yes, "no": 1 - of_yes})[kind]
    logged = log(tmp_path, truth, y_pred, y_score, positive_label=positive)
    named = positive or "yes"
    assert logged.positive_label == named
    assert logged.class_order == (["yes", "no"], "column names")
    is_positive = [each == named for each in truth]
    probability = of_yes if named == "yes" else 1 - of_yes
    assert logged.scores["roc_auc"] == pytest.approx(roc_auc_score(is_positive, probability), abs=1e-12)
    assert logged.scores["log_loss"] == pytest.approx(log_loss(is_positive, probability), abs=1e-12)


def test_integer_and_boolean_classes_are_known_by_their_names_too(tmp_path):
    codes = [3, 1, 2]
    for names in (codes, ["3", "1", "2"], ["y_score_3", "y_score_1", "y_score_2"]):
        logged = log(tmp_path, codes, codes, pd.DataFrame(diagonal, columns=names))
        assert (logged.scores["roc_auc"], logged.class_order) == (1, (codes, "column names"))
    truth = [True, False, True]
    y_score = pd.DataFrame([[0.9, 0.1], [0.2, 0.8], [0.7, 0.3]], columns=[True, False])
    logged = log(tmp_path, truth, truth, y_score)
    assert (logged.scores["roc_auc"], logged.class_order) == (1, ([1, 0], "column names"))


def test_numbered_columns_stand_in_the_order_that_anything_else_says(tmp_path):
    logged = log(tmp_path, animals, animals, pd.DataFrame(diagonal[[2, 0, 1]]))
    assert (logged.scores["roc_auc"], logged.class_order) == (1, (["a", "b", "c"], "sorted"))
    logged = log(tmp_path, [2, 0, 1], [2, 0, 1], pd.DataFrame(diagonal[[2, 0, 1]]))
    assert (logged.scores["roc_auc"], logged.class_order) == (1, ([0, 1, 2], "sorted"))
    with pytest.raises(TrackingError, match=r"order of y_score's columns is 2, 0, 1 by labels but 0, 1, 2 by its column names"):
        log(tmp_path, [2, 0, 1], [2, 0, 1], pd.DataFrame(diagonal), labels=[2, 0, 1])


def test_what_contradicts_each_other_is_refused_with_both_shown(tmp_path):
    named = pd.DataFrame(diagonal, columns=animals)
    model = LogisticRegression().fit([[0], [1], [2]], ["a", "b", "c"])
    with pytest.raises(TrackingError) as refused:
        log(tmp_path, animals, animals, named, labels=["a", "b", "c"])
    assert refused.value.code == "INVALID_SCORES"
    assert 'is "a", "b", "c" by labels but "c", "a", "b" by its column names' in str(refused.value)
    with pytest.raises(TrackingError, match='"c", "a", "b" by its column names but "a", "b", "c" by the model\'s classes'):
        log(tmp_path, animals, animals, named, model)
    with pytest.raises(TrackingError, match='"c", "a", "b" by labels but "a", "b", "c" by the model\'s classes'):
        log(tmp_path, animals, animals, diagonal, model, labels=animals)
    with pytest.raises(TrackingError, match="name the columns exactly after the classes, or give labels"):
        log(tmp_path, animals, animals, named.rename(columns={"a": "x"}))
    for name, positive in (("no", None), ("y_score_no", "yes")):
        one = pd.DataFrame({name: [0.9, 0.1]})
        with pytest.raises(TrackingError, match=f'only column is called "{name}", but the positive class is "yes"'):
            log(tmp_path, ["no", "yes"], ["no", "yes"], one, positive_label=positive)


def trained(name):
    data = np.random.default_rng(5)
    codes = data.integers(0, 3, 300)
    X = data.normal(size=(300, 4)) + codes[:, None]
    texts = np.array(["9", "10", "8"])[codes]
    model = {
        "estimator": lambda: RandomForestClassifier(20, random_state=0),
        "pipeline": lambda: make_pipeline(StandardScaler(), LogisticRegression()),
        "search": lambda: GridSearchCV(make_pipeline(StandardScaler(), LogisticRegression()), {"logisticregression__C": [1.0]}),
        "lightgbm": lambda: LGBMClassifier(n_estimators=5, verbose=-1),
        "catboost": lambda: CatBoostClassifier(iterations=20, verbose=False, allow_writing_files=False),
        "catboost with class_names": lambda: CatBoostClassifier(
            iterations=20, verbose=False, allow_writing_files=False, class_names=["9", "8", "10"]
        ),
    }[name]()
    return model.fit(X, texts), X, texts


@pytest.mark.parametrize(
    "name", ["estimator", "pipeline", "search", "lightgbm", "catboost", "catboost with class_names"]
)
def test_the_fitted_model_says_in_which_order_its_probabilities_are(tmp_path, name):
    model, X, y_true = trained(name)
    y_pred, y_score = np.asarray(model.predict(X)).reshape(-1), model.predict_proba(X)
    logged = log(tmp_path, y_true, y_pred, y_score, model)
    own = [str(each) for each in model.classes_]
    assert logged.class_order == (own, "model")
    in_order = y_score[:, [own.index(each) for each in ("10", "8", "9")]]
    expected = roc_auc_score(y_true, in_order, multi_class="ovr", labels=["10", "8", "9"])
    assert expected > 0.8
    assert logged.scores["roc_auc"] == pytest.approx(expected, abs=1e-12)
    assert logged.scores["log_loss"] == pytest.approx(log_loss(y_true, in_order, labels=["10", "8", "9"]), abs=1e-12)


def test_a_model_trained_on_encoded_labels_says_nothing_of_the_decoded_ones(tmp_path):
    _, X, texts = trained("estimator")
    encoder = LabelEncoder().fit(texts)
    model = XGBClassifier(n_estimators=5, max_depth=2).fit(X, encoder.transform(texts))
    codes, y_score = model.predict(X), model.predict_proba(X)
    logged = log(tmp_path, texts, encoder.inverse_transform(codes), y_score, model)
    assert logged.class_order == (["10", "8", "9"], "sorted")
    expected = roc_auc_score(texts, y_score.astype(float), multi_class="ovr", labels=["10", "8", "9"])
    assert logged.scores["roc_auc"] == pytest.approx(expected, abs=1e-12)
    assert log(tmp_path, encoder.transform(texts), codes, y_score, model).class_order == ([0, 1, 2], "model")


def test_a_model_may_know_classes_that_the_test_set_lacks(tmp_path):
    model, X, texts = trained("catboost")
    part = texts != "8"
    y_pred, y_score = model.predict(X[part]).reshape(-1), model.predict_proba(X[part])
    logged = log(tmp_path, texts[part], y_pred, y_score, model)
    own = list(model.classes_)
    assert logged.class_order == (own, "model")
    in_order = y_score[:, [own.index(each) for each in ("10", "8", "9")]]
    assert logged.scores["log_loss"] == pytest.approx(log_loss(texts[part], in_order, labels=["10", "8", "9"]), abs=1e-12)
    assert "roc_auc" not in logged.scores


def test_a_class_that_the_model_does_not_know_is_said_and_has_the_probability_0(tmp_path):
    _, X, texts = trained("estimator")
    known = texts != "8"
    model = LogisticRegression().fit(X[known], texts[known])
    y_score = model.predict_proba(X)
    logged = log(tmp_path, texts, model.predict(X), y_score, model)
    assert '"8" occurs in y_true, but the model does not know it: its classes are "10", "9"' in logged.warnings[0]
    padded = np.column_stack([y_score[:, 0], np.zeros(len(X)), y_score[:, 1]])
    assert logged.class_order == (["10", "9"], "model")
    expected = roc_auc_score(texts, padded, multi_class="ovr", labels=["10", "8", "9"])
    assert logged.scores["roc_auc"] == pytest.approx(expected, abs=1e-12)
    assert logged.scores["log_loss"] == pytest.approx(log_loss(texts, padded, labels=["10", "8", "9"]), abs=1e-12)


def test_one_column_of_scores_is_of_the_class_that_the_model_has_second(tmp_path):
    _, X, texts = trained("estimator")
    part = texts != "8"
    X, truth = X[part], np.where(texts[part] == "9", "yes", "no")
    options = {"iterations": 20, "verbose": False, "allow_writing_files": False, "class_names": ["yes", "no"]}
    model = CatBoostClassifier(**options).fit(X, truth)
    one = model.predict_proba(X)[:, 1]
    with pytest.raises(TrackingError, match='the model\'s classes are "yes", "no", in which "no" comes second'):
        log(tmp_path, truth, model.predict(X), one, model)
    logged = log(tmp_path, truth, model.predict(X), one, model, positive_label="no")
    assert logged.scores["roc_auc"] == pytest.approx(roc_auc_score(truth == "no", one), abs=1e-12)
    # All of one class: without the model it would be taken for the positive one.
    same = truth == "no"
    plain = LogisticRegression().fit(X, truth)
    logged = log(tmp_path, truth[same], plain.predict(X[same]), plain.predict_proba(X[same])[:, 1], plain)
    assert logged.positive_label == "yes"
    expected = log_loss(truth[same] == "yes", plain.predict_proba(X[same])[:, 1], labels=[False, True])
    assert logged.scores["log_loss"] == pytest.approx(expected, abs=1e-12)


def test_predictions_that_are_seldom_the_most_probable_class_are_said(tmp_path):
    logged = log(tmp_path, animals, animals, diagonal)
    assert logged.class_order == (["a", "b", "c"], "sorted")
    assert logged.warnings[0].startswith("y_pred is the most probable class by y_score in no sample")
    low = [0.4, 0.2, 0.35, 0.1]  # a low threshold is no reason to doubt
    logged = log(tmp_path, [1, 0, 1, 0], [1, 1, 1, 0], low)
    assert logged.warnings == []
    logged = log(tmp_path, [1, 0, 1, 0], [1, 0, 1, 0], [0.1, 0.9, 0.2, 0.8])
    assert logged.warnings[0].startswith("y_pred is the most probable class by y_score in no sample")


def test_rounded_probabilities_are_clipped_and_half_precision_keeps_its_scores(tmp_path):
    logged = log(tmp_path, [1, 0, 1], [1, 0, 1], [1.0000000000000002, -1e-18, 1.00000536])
    assert logged.scores["roc_auc"] == 1
    assert logged.warnings == [
        "y_score[0] is 1.0000000000000002 and 2 more: beyond 0 or 1 by rounding, so clipped to them"
    ]
    with pytest.raises(TrackingError, match=r"y_score\[0\] is 1.001: scores are probabilities"):
        log(tmp_path, [1, 0], [1, 0], [1.001, 0])
    random = np.random.default_rng(3)
    raw = np.exp(random.normal(size=(200, 5)) * 2)
    softmax = raw / raw.sum(axis=1, keepdims=True)
    half = softmax.astype(np.float16)
    sums = half.astype(float).sum(axis=1)
    assert np.abs(sums - 1).max() > 2e-4
    truth = np.arange(200) % 5
    logged = log(tmp_path, truth, half.argmax(axis=1), half)
    even = half.astype(float) / sums[:, None]
    assert logged.scores["roc_auc"] == pytest.approx(roc_auc_score(truth, even, multi_class="ovr"), abs=2e-3)
    assert not any("sum" in text for text in logged.warnings)


def test_float32_probabilities_cost_what_doubles_do(tmp_path):
    sure = np.array([0.0, 0.0], dtype=np.float32)
    assert log_loss([1, 0], sure) == pytest.approx(15.942385 / 2, abs=1e-5)
    assert log(tmp_path, [1, 0], [0, 0], sure).scores["log_loss"] == pytest.approx(36.04365 / 2, abs=1e-5)


def test_a_positive_class_that_was_guessed_of_texts_is_said(tmp_path):
    logged = log(tmp_path, ["no", "yes"], ["no", "yes"], None)
    assert logged.warnings == [
        'positive_label is not given: "yes", the greater of "no" and "yes", is taken for the positive class, '
        "which precision, recall and F1 are about; name the one that you mean"
    ]
    assert log(tmp_path, ["no", "yes"], ["no", "yes"], None, positive_label="yes").warnings == []
    assert log(tmp_path, [0, 1], [0, 1], None).warnings == []


@pytest.mark.parametrize("missing", [None, float("nan"), np.nan, pd.NA, pd.NaT])
def test_a_missing_label_is_refused_with_its_row_and_a_text_is_not_missing(tmp_path, missing):
    for labels in (["US", missing, "NA"], pd.Series(["US", missing, "NA"], dtype=object), [1, missing, 2]):
        with pytest.raises(TrackingError, match=r"y_true\[1\] is (None|nan): a class label is missing"):
            log(tmp_path, labels, ["US", "US", "NA"] if isinstance(labels[0], str) else [1, 1, 2], None)
    assert log(tmp_path, ["US", "NA", "None"], ["US", "NA", "nan"], None).scores["accuracy"] == pytest.approx(2 / 3)


def test_sample_ids_that_cannot_be_paired_are_said_at_once(tmp_path):
    parameters = {"dataset_uri": "d", "target_column": "t", "model": described}
    with pytest.warns(TrackingWarning, match='test_set has "a" twice, at 0 and 2, and 1 more ids are there again'):
        log_experiment("classification", "ids", {**parameters, "test_set": ["a", "b", "a", "b"]}, [1, 0, 1, 0], [1, 0, 1, 0], store=tmp_path)
    with pytest.warns(TrackingWarning, match="test_set has 7 twice, at 1 and 2: .* never be compared sample by sample"):
        log_experiment("classification", "ids", {**parameters, "test_set": np.array([9, 7, 7])}, [1, 0, 1], [1, 0, 1], store=tmp_path)
    with pytest.warns(TrackingWarning, match="test_set has 2 ids but y_true has 3 values: which id belongs to which"):
        log_experiment("regression", "ids", {**parameters, "test_set": [1, 2]}, [1, 0, 1], [1, 0, 1], store=tmp_path)
