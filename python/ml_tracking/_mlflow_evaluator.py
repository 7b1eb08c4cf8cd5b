"""An evaluator for MLflow: `mlflow.models.evaluate(..., evaluators=["default", "ml_tracking"])` keeps the predictions."""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
import uuid
import warnings
from typing import Any

from mlflow import MlflowClient  # type: ignore[import-not-found, import-untyped, unused-ignore]
from mlflow.models.evaluation import EvaluationResult, ModelEvaluator  # type: ignore[import-not-found, import-untyped, unused-ignore]

from ._errors import CoreError, InvalidValue, TrackingWarning
from .ml_tracking import log_experiment

__all__ = ["Evaluator"]

_kinds = {"classifier": "classification", "regressor": "regression"}
_settings = ("store", "project", "name", "sample_features", "labels", "positive_label", "group", "order")
_most_features = 50


class Evaluator(ModelEvaluator):  # type: ignore[misc, unused-ignore]
    """Logs what MLflow evaluates as an experiment, whichever server MLflow logs to.

    Where that is ml-tracking's own server, the predictions become a table of the run, and the server makes the experiment
    when the run ends. Else `log_experiment` logs it, to the `store` of `evaluator_config={"ml_tracking": {...}}`, to
    ML_TRACKING_STORE or to ./ml-tracking, and the run's tag `ml_tracking.prediction_id` names it. The result has the scores as
    `ml_tracking/SCORE`. Settings: `sample_features`, False or the names of columns (by default every column of the data, where it
    has 50 at most), `name`, `labels`, `positive_label`, `group` and `order` as in `log_experiment`, and, not for ml-tracking's
    server unless a `store` is given, `project` (by default the MLflow experiment's name).
    """

    name = "ml_tracking"

    @classmethod
    def can_evaluate(cls, *, model_type: str, evaluator_config: Any, **_: Any) -> bool:
        """Classifiers and regressors. Where no evaluator is named, MLflow takes every installed one: then only if told where to."""
        if model_type not in _kinds:
            return False
        is_named = sys._getframe(1).f_code.co_name != "resolve_evaluators_and_configs"
        return is_named or bool(evaluator_config) or "ML_TRACKING_STORE" in os.environ

    def evaluate(
        self,
        *,
        model_type: str,
        dataset: Any,
        run_id: str,
        evaluator_config: Any,
        model: Any = None,
        **_: Any,
    ) -> Any:
        settings = _checked(evaluator_config or {})
        kind = _kinds[model_type]
        if not dataset.has_targets:
            raise InvalidValue("mlflow.models.evaluate has no targets: name the column of true values", "INVALID_ARGUMENT")
        predicted, scores, classes, estimator = _predictions(kind, dataset, model)
        features = _features(dataset.features_data, settings.pop("sample_features", None))
        ids = getattr(dataset.features_data, "index", range(len(predicted)))
        if features is not None and "sample_id" in features.columns:
            ids = features["sample_id"]
            features = features.drop(columns="sample_id")
        client = MlflowClient()
        run = client.get_run(run_id)
        is_table = _is_ours(run_id) and "store" not in settings
        if is_table:
            _check_for_table(settings)
        said = dict(settings)
        project = "evaluation" if is_table else said.pop("project", None) or client.get_experiment(run.info.experiment_id).name
        name = said.pop("name", None) or run.info.run_name
        labels = said.pop("labels", None)
        if labels is None and scores is not None:
            labels = classes

        def log(store: Any, extra: dict[str, Any]) -> Any:
            return log_experiment(
                kind,
                project,
                {
                    "dataset_uri": dataset.path or f"{dataset.name}#{dataset.digest}",
                    "target_column": dataset.targets_name or "target",
                    "test_set": ids,
                    "model": estimator,
                },
                dataset.labels_data,
                predicted,
                extra,
                y_score=scores,
                labels=labels,
                sample_features=features,
                name=name,
                **{**said, **({} if store is None else {"store": store})},
            )

        if is_table:
            found = _scores_of(log)
            described = estimator["name"] if isinstance(estimator, dict) else type(estimator).__name__
            tags = {"ml_tracking.kind": kind, "ml_tracking.model": described}
            _log_table(run_id, tags, settings, dataset, predicted, scores, labels, features, ids)
        else:
            logged = log(None, {} if _is_ours(run_id) else {"mlflow_run_id": run_id})
            client.set_tag(run_id, "ml_tracking.prediction_id", logged.prediction_id)
            found = logged.scores
        return EvaluationResult({f"ml_tracking/{score}": value for score, value in found.items()}, {}, run_id=run_id)


def _scores_of(log: Any) -> dict[str, Any]:
    """The scores that the server will find, too: logged to a store that is gone at once, without Node.js none."""
    with tempfile.TemporaryDirectory() as store:
        try:
            return dict(log(store, {}).scores)
        except CoreError as error:
            if error.code != "NODE_NOT_FOUND":
                raise
            warnings.warn(f"the result has no scores, and the experiment of the server has them: {error}", TrackingWarning, stacklevel=4)
            return {}


def _check_for_table(settings: dict[str, Any]) -> None:
    """Refuses what the server cannot be told: it keeps the experiment in the run's project, and finds columns by name."""
    if "project" in settings:
        raise InvalidValue(
            "evaluator_config of ml_tracking has 'project', which ml-tracking's server does not take: the experiment is in the project of "
            "its run; give a store, too, and it is logged there",
            "INVALID_ARGUMENT",
        )
    for name in ("group", "order"):
        if not isinstance(settings.get(name, ""), str):
            raise InvalidValue(
                f"evaluator_config of ml_tracking has {name!r} as values, and ml-tracking's server takes the name of a column of the data: "
                "put them into the data, or give a store, too",
                "INVALID_ARGUMENT",
            )


def _checked(config: Any) -> dict[str, Any]:
    unknown = [name for name in config if name not in _settings]
    if unknown:
        raise InvalidValue(
            f"evaluator_config of ml_tracking has {unknown[0]!r}, which is not one of {', '.join(_settings)}", "INVALID_ARGUMENT"
        )
    return {name: value for name, value in config.items() if value is not None}


def _is_ours(run_id: str) -> bool:
    """Whether ml-tracking's server gave a run its id: MLflow's own have 32 hexadecimal digits."""
    return re.fullmatch("[0-9a-z]{16}", run_id) is not None


def _predictions(kind: str, dataset: Any, model: Any) -> tuple[Any, Any, Any, Any]:
    """Predictions, probabilities, the classes these are of, and what describes the model."""
    if model is None:
        return dataset.predictions_data, None, None, {"name": dataset.predictions_name or "predictions", "parameters": {}}
    raw = _raw(model)
    estimator = raw if raw is not None else {"name": "mlflow model", "parameters": {}}
    data = dataset.features_data
    if kind == "classification" and raw is not None and hasattr(raw, "predict_proba"):
        return raw.predict(data), raw.predict_proba(data), getattr(raw, "classes_", None), estimator
    return model.predict(data), None, None, estimator


def _raw(model: Any) -> Any:
    try:
        return model.get_raw_model()
    except Exception:  # flavors without one raise what they like
        return None


def _features(data: Any, chosen: Any) -> Any:
    """The columns that describe the samples, as a data frame or not at all."""
    if chosen is False or not hasattr(data, "columns"):
        return None
    if chosen is None or chosen is True:
        return data if chosen or len(data.columns) <= _most_features else None
    return data[list(chosen)]


def _plain_id(value: Any) -> Any:
    """An id that JSON and Parquet know: times as ISO texts, several levels of an index as one text."""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return "/".join(map(str, value)) if isinstance(value, tuple) else value


def _plain(column: Any) -> Any:
    """The values of a feature as numbers, booleans or texts."""
    return column.to_numpy() if column.dtype.kind in "biuf" else column.map(str, na_action="ignore").to_numpy(object)


def _log_table(
    run_id: str,
    tags: dict[str, str],
    settings: dict[str, Any],
    dataset: Any,
    predicted: Any,
    scores: Any,
    labels: Any,
    features: Any,
    ids: Any,
) -> None:
    """A table of the run, of which the server makes an experiment when the run ends, as a tag says that it should."""
    import pandas  # type: ignore[import-not-found, import-untyped, unused-ignore]

    columns = {"sample_id": [_plain_id(each) for each in ids], "y_true": dataset.labels_data, "y_pred": predicted}
    if scores is not None and labels is not None:
        columns.update({f"y_score_{each}": scores[:, i] for i, each in enumerate(labels)})
    if features is not None:
        columns.update({f"feature_{name}": _plain(features[name]) for name in features.columns})
    path = f"evaluation-{uuid.uuid4().hex[:8]}.parquet"
    if settings:
        tags = {**tags, f"ml_tracking.settings.{path}": json.dumps(settings, default=_plain_label)}
    client = MlflowClient()
    for key, value in tags.items():
        client.set_tag(run_id, key, value)
    client.log_table(run_id, pandas.DataFrame(columns), path)


def _plain_label(value: Any) -> Any:
    """A label or labels as JSON knows them: of NumPy and pandas as Python's own."""
    return value.tolist() if hasattr(value, "tolist") else str(value)
