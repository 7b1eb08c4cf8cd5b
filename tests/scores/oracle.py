"""scikit-learn's scores of a case: what ours are held against.

A case is {"name", "kind", "y_true", "y_pred"} and for classification optionally "labels" (all classes, sorted), "positive"
(binary only), "y_score" (a list, or a list of rows in the order of the labels) and "weights", the sample_weight.

Each answer is {"value": number} or {"undefined": how scikit-learn says so}: "nan", "infinite", "raises", or "warns" where it
answers 0 but warns that the score is ill-defined.
"""

import math
import warnings

import numpy as np
from sklearn import metrics
from sklearn.exceptions import UndefinedMetricWarning


def scores(case):
    score = classification if case["kind"] == "classification" else regression
    return {name: ask(question) for name, question in score(case).items()}


def ask(question):
    """Runs one scikit-learn call. `undefined_if` names a warning that stands for an undefined score."""
    call, undefined_if = question
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            value = float(call())
        except ValueError:
            return {"undefined": "raises"}
    if math.isnan(value):
        return {"undefined": "nan"}
    if math.isinf(value):
        return {"undefined": "infinite"}
    if undefined_if and any(undefined_if(warning) for warning in caught):
        return {"undefined": "warns"}
    return {"value": value}


def ill_defined(warning):
    return issubclass(warning.category, UndefinedMetricWarning)


def no_positive(warning):
    return "No positive class found in y_true" in str(warning.message)


def classification(case):
    y_true, y_pred = np.asarray(case["y_true"]), np.asarray(case["y_pred"])
    weighted = weights_of(case)
    labels = np.asarray(case["labels"]) if "labels" in case else np.unique(np.concatenate([y_true, y_pred]))
    questions = {
        "accuracy": (lambda: metrics.accuracy_score(y_true, y_pred, **weighted), None),
        "balanced_accuracy": (lambda: metrics.balanced_accuracy_score(y_true, y_pred, **weighted), None),
    }
    binary = len(labels) <= 2
    if binary:
        positive = case["positive"]
        # The indicator rather than pos_label: scikit-learn takes that for one label only where it is 0 or 1.
        is_true, is_pred = (y_true == positive).astype(int), (y_pred == positive).astype(int)
        for name, score in (
            ("precision", metrics.precision_score),
            ("recall", metrics.recall_score),
            ("f1", metrics.f1_score),
        ):
            questions[name] = (lambda score=score: score(is_true, is_pred, pos_label=1, **weighted), ill_defined)
    for average in ("macro", "weighted"):
        for name, score in (
            ("precision", metrics.precision_score),
            ("recall", metrics.recall_score),
            ("f1", metrics.f1_score),
        ):
            # A class without a denominator counts 0 here, as scikit-learn has it; its warning is no undefined average.
            questions[f"{name}_{average}"] = (
                lambda score=score, average=average: score(y_true, y_pred, average=average, **weighted),
                None,
            )
    questions["matthews_corrcoef"] = (lambda: metrics.matthews_corrcoef(y_true, y_pred, **weighted), None)
    questions["cohen_kappa"] = (lambda: metrics.cohen_kappa_score(y_true, y_pred, **weighted), None)
    questions["jaccard_macro"] = (lambda: metrics.jaccard_score(y_true, y_pred, average="macro", **weighted), None)
    if "y_score" not in case:
        return questions

    y_score = np.asarray(case["y_score"], dtype=float)
    if binary:
        questions["roc_auc"] = (lambda: metrics.roc_auc_score(is_true, y_score, **weighted), None)
        # Without positives scikit-learn answers 0 under a plain UserWarning.
        questions["average_precision"] = (lambda: metrics.average_precision_score(is_true, y_score, **weighted), no_positive)
        questions["log_loss"] = (lambda: metrics.log_loss(is_true, y_score, labels=[0, 1], **weighted), None)
        questions["brier_score"] = (lambda: metrics.brier_score_loss(is_true, y_score, pos_label=1, **weighted), None)
        questions["d2_log_loss_score"] = (lambda: d2_log_loss(is_true, y_score, [0, 1], weighted), None)
    else:
        questions["roc_auc"] = (
            lambda: metrics.roc_auc_score(y_true, y_score, multi_class="ovr", average="macro", labels=labels, **weighted),
            None,
        )
        # A class whose samples all have the weight 0 counts 0 there, under the same warning as of two classes.
        questions["average_precision"] = (
            lambda: metrics.average_precision_score(y_true, y_score, **weighted),
            no_positive,
        )
        questions["log_loss"] = (lambda: metrics.log_loss(y_true, y_score, labels=labels, **weighted), None)
        questions["brier_score"] = (lambda: metrics.brier_score_loss(y_true, y_score, labels=labels, **weighted), None)
        questions["d2_log_loss_score"] = (lambda: d2_log_loss(y_true, y_score, labels, weighted), None)
    return questions


def d2_log_loss(y_true, y_score, labels, weighted):
    """With one class scikit-learn divides by a loss that only its clipping keeps from 0: there is nothing to explain."""
    counted = y_true[weighted["sample_weight"] > 0] if weighted else y_true
    is_several = len(np.unique(counted)) > 1
    return metrics.d2_log_loss_score(y_true, y_score, labels=labels, **weighted) if is_several else math.nan


def regression(case):
    y_true, y_pred = np.asarray(case["y_true"], dtype=float), np.asarray(case["y_pred"], dtype=float)
    weighted = weights_of(case)
    errors = y_pred - y_true
    # scikit-learn rounds the mean of y_true. Where y_true hardly varies for its size, that shows: three times 0.1 has a rounded
    # mean other than 0.1, and r2 then divides by the rounding error. It is asked about such data moved next to 0; the
    # subtraction is exact, and r2 and explained variance are the same.
    narrow = np.ptp(y_true) < 1e-9 * np.max(np.abs(y_true))
    truth, prediction = (y_true - y_true[0], y_pred - y_true[0]) if narrow else (y_true, y_pred)
    # Nor is the weighted mean of equal errors that error: they are moved to 0, which explained variance forgives.
    counted = errors[weighted["sample_weight"] > 0] if weighted else errors
    level = truth if weighted and np.ptp(counted) == 0 else prediction
    return {
        "r2": (lambda: metrics.r2_score(truth, prediction, **weighted), None),
        "mean_absolute_error": (lambda: metrics.mean_absolute_error(y_true, y_pred, **weighted), None),
        "mean_squared_error": (lambda: metrics.mean_squared_error(y_true, y_pred, **weighted), None),
        "root_mean_squared_error": (lambda: metrics.root_mean_squared_error(y_true, y_pred, **weighted), None),
        "median_absolute_error": (lambda: metrics.median_absolute_error(y_true, y_pred, **weighted), None),
        "mean_absolute_percentage_error": (lambda: metrics.mean_absolute_percentage_error(y_true, y_pred, **weighted), None),
        "max_error": (lambda: metrics.max_error(y_true, y_pred), None),
        "explained_variance": (lambda: metrics.explained_variance_score(truth, level, **weighted), None),
        "mean_pinball_loss": (lambda: metrics.mean_pinball_loss(y_true, y_pred, **weighted), None),
        "d2_absolute_error_score": (lambda: metrics.d2_absolute_error_score(y_true, y_pred, **weighted), None),
        # scikit-learn has none; fsum is exact.
        "mean_error": (lambda: mean_error(errors, **weighted), None),
    }


def weights_of(case):
    return {"sample_weight": np.asarray(case["weights"], dtype=float)} if "weights" in case else {}


def mean_error(errors, sample_weight=None):
    if sample_weight is None:
        return math.fsum(errors) / len(errors)
    return math.fsum(errors * sample_weight) / math.fsum(sample_weight)
