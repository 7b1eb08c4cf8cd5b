"""log_experiment: one call at the end of a model's evaluation."""

from __future__ import annotations

import os
import secrets
import warnings
from collections.abc import Iterable, Mapping
from typing import Any

from . import _core
from ._call import call, call_once
from ._classes import model_classes, named_scores
from ._columns import Arrays, column, dependence, features
from ._errors import TrackingWarning, visible
from ._foreign import reading
from ._logged import Label, LoggedExperiment
from ._models import describe_model
from ._plain import digits, single, to_json
from ._progress import progress
from ._recorded import Recorder
from ._runtime import runtime, source

__all__ = ["log_experiment"]


def log_experiment(
    kind: str,
    project: str,
    parameters: Mapping[str, Any],
    y_true: Iterable[Any],
    y_pred: Iterable[Any],
    extra_parameters: Mapping[str, Any] | None = None,
    new_csv: bool = False,
    *,
    y_score: Iterable[Any] | None = None,
    labels: Iterable[Any] | None = None,
    positive_label: Label | bool | None = None,
    sample_weight: Iterable[Any] | None = None,
    sample_features: Any = None,
    group: Iterable[Any] | str | None = None,
    order: Iterable[Any] | str | None = None,
    reported: Mapping[str, float | str] | None = None,
    name: str | None = None,
    store: str | os.PathLike[str] | None = None,
    strict: bool = False,
) -> LoggedExperiment:
    """Log one experiment: compute its scores, keep its predictions, and add a row to the project's tracking log.

    When it returns with `stored` True, all of it is durable.

    Parameters
    ----------
    kind : {"classification", "regression"}
        What the model predicts.
    project : str
        The series of experiments it belongs to; slashes and underscores become dashes.
    parameters : mapping
        "dataset_uri" and "target_column": where the data came from and what is predicted. "test_set": the ids of the
        test samples, one for each value of y_true. "model": the model object, whose class and settings are recorded.
    y_true, y_pred : iterable of shape (n_samples,)
        The true values and the predictions, in the same order: lists, arrays, series or tensors.
    extra_parameters : mapping, optional
        Anything else to record: a dict, or a configuration of OmegaConf, argparse, dataclasses, attrs or pydantic.
    new_csv : bool, default False
        Whether to start a new file of the tracking log.
    y_score : iterable of shape (n_samples,) or (n_samples, n_classes), optional
        Probabilities, 0 to 1: of the positive class, or of every class. Which class a column is of is decided by
        `labels`, else by column names that are the classes, else by the model's `classes_`, else they are sorted.
    labels : iterable of shape (n_classes,), optional
        Every class the model knows, in the order of y_score's columns.
    positive_label : str, int or bool, optional
        Of two classes the one that precision, recall and F1 are about; by default 1 or True, else the greater.
    sample_weight : iterable of shape (n_samples,), optional
        How much each sample counts, 0 or more, as scikit-learn's metrics take it. All scores are then the weighted ones.
    sample_features : data frame or mapping of columns, optional
        Columns that describe the samples, in the order of y_true, to look at the scores slice by slice. Values may be
        missing.
    group : str or iterable of shape (n_samples,), optional
        What samples share that depend on each other, such as the patient they are from: the name of a column of
        sample_features, or a value a sample. Tests and intervals then count whole groups.
    order : str or iterable of shape (n_samples,), optional
        When each sample was, where neighbours in time depend on each other; likewise. Not together with group.
    reported : mapping of str to float or str, optional
        Numbers that another program computed of the same predictions, by name: {"f1": 0.91, "xgboost:aucpr": 0.8805}. The
        result's `reported` says of each whether the predictions give it; nothing is refused or kept for it.
    name : str, optional
        What you call the experiment.
    store : str or path, optional
        A folder or bucket; by default the environment variable ML_TRACKING_STORE, else ./ml-tracking.
    strict : bool, default False
        Whether to raise where the store cannot take the experiment. By default it waits in a local spool, with a
        warning.

    Returns
    -------
    LoggedExperiment
        Its id, its scores, its warnings, and where it lies.

    Raises
    ------
    InvalidValue, InvalidType
        An argument is bad; nothing was written. They are a ValueError and a TypeError.
    StoreError
        The store cannot take the experiment, and `strict` is True or the spool cannot take it either.
    """
    return log_experiment_of_run(
        None, kind, project, parameters, y_true, y_pred, extra_parameters, new_csv, y_score=y_score, labels=labels,
        positive_label=positive_label, sample_weight=sample_weight, sample_features=sample_features, group=group, order=order,
        reported=reported, name=name, store=store, strict=strict,
    )


def log_experiment_of_run(
    run_id: str | None,
    kind: str,
    project: str,
    parameters: Mapping[str, Any],
    y_true: Iterable[Any],
    y_pred: Iterable[Any],
    extra_parameters: Mapping[str, Any] | None,
    new_csv: bool,
    *,
    y_score: Iterable[Any] | None,
    labels: Iterable[Any] | None,
    positive_label: Label | bool | None,
    sample_weight: Iterable[Any] | None,
    sample_features: Any,
    group: Iterable[Any] | str | None,
    order: Iterable[Any] | str | None,
    reported: Mapping[str, float | str] | None,
    name: str | None,
    store: str | os.PathLike[str] | None,
    strict: bool,
) -> LoggedExperiment:
    """The same for an experiment that belongs to a run."""
    _core.start()  # while the arguments are prepared
    arrays = Arrays()
    recorder = Recorder()
    experiment: dict[str, Any] = {
        "kind": single(kind, "kind"),
        "project": single(project, "project"),
        "parameters": _parameters(parameters, arrays, recorder),
        "y_true": column(y_true, "y_true", arrays),
        "y_pred": column(y_pred, "y_pred", arrays),
        "y_score": named_scores(y_score, arrays),
        "labels": None if labels is None else column(labels, "labels", arrays, ids=True),
        "positive_label": single(positive_label, "positive_label"),
        "sample_weight": None if sample_weight is None else column(sample_weight, "sample_weight", arrays, ids=True),
        "sample_features": features(sample_features, arrays),
        "group": dependence(group, "group", arrays),
        "order": dependence(order, "order", arrays),
        "reported": _reported(reported),
        "extra_parameters": None if extra_parameters is None else to_json(recorder.mapping(extra_parameters, "extra_parameters")),
        "name": single(name, "name"),
        "new_csv": single(new_csv, "new_csv"),
        "strict": single(strict, "strict"),
        "source": source(),
        "run_id": run_id,
    }
    place = {} if store is None else {"store": single(store, "store")}
    prediction_id = _new_prediction_id()
    sent = {
        "experiment": {key: value for key, value in {**experiment, **place}.items() if value is not None},
        "prediction_id": prediction_id,
        "runtime": runtime(parameters),
    }

    def find_logged(until: float) -> Any:
        asked = {"prediction_id": prediction_id, "project": experiment["project"], **place}
        found = call("find_logged", asked, until)[0]
        if found is not None:
            found["warnings"].append("the core process ended during this call, after the experiment was kept")
        return found

    with progress(sum(memoryview(part).nbytes for part in arrays.parts)):
        answer = call_once("log_experiment", sent, arrays.parts, find_logged, prediction_id)
    answer["warnings"] += recorder.few_warnings()
    logged = LoggedExperiment(answer)
    for text in logged.warnings:
        warnings.warn(visible(text), TrackingWarning, stacklevel=3)
    return logged


def _new_prediction_id() -> str:
    """12 characters of Crockford's base 32, the first one a letter: no reader takes it for a number."""
    letters = "abcdefghjkmnpqrstvwxyz"
    return secrets.choice(letters) + "".join(secrets.choice("0123456789" + letters) for _ in range(11))


def _reported(reported: Any) -> Any:
    if not isinstance(reported, Mapping):
        return None if reported is None else single(reported, "reported")
    return {single(name, "reported"): digits(value, f"reported[{name!r}]") for name, value in reported.items()}


def _parameters(parameters: Any, arrays: Arrays, recorder: Recorder) -> Any:
    with reading("parameters", parameters, "give a dict of dataset_uri, target_column, test_set and model"):
        if not isinstance(parameters, Mapping):
            return single(parameters, "parameters")
        sent: dict[str, Any] = {}
        for key, value in parameters.items():
            if key == "test_set":
                value = column(value, "parameters.test_set", arrays, ids=True)
            elif key == "model":
                value = _described(value, recorder)
            else:
                value = single(value, f"parameters.{key}")
            if value is not None:
                sent[str(key)] = value
        return sent


def _described(model: Any, recorder: Recorder) -> Any:
    """A model as the core takes it, with the classes that it knows."""
    described = describe_model(model, recorder)
    classes = model_classes(model)
    if classes and isinstance(described, dict):
        described = {**described, "classes": classes}
    return to_json(described)
