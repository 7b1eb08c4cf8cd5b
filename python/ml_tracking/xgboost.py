"""A callback for XGBoost: `xgb.train(..., callbacks=[RunCallback(project="p")])`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from xgboost.callback import TrainingCallback  # type: ignore[import-not-found, import-untyped, unused-ignore]

from ._hook import Hook, safely

__all__ = ["RunCallback"]


class RunCallback(Hook, TrainingCallback):  # type: ignore[misc, unused-ignore]
    """Logs a training of XGBoost: its parameters, and each evaluation set's metrics, such as validation/logloss, by round.

    It takes what `start_run` does, or a `run`; see docs/hooks.md. `cv` logs mean and standard deviation.
    """

    @safely()
    def _begin(self, model: Any) -> None:
        self.begin(_parameters(model))

    def before_training(self, model: Any) -> Any:
        self._begin(model)
        return model

    @safely(answer=False)
    def after_iteration(self, model: Any, epoch: int, evals_log: Mapping[str, Mapping[str, Any]]) -> bool:
        found = {}
        for data, metrics in evals_log.items():
            for metric, values in metrics.items():
                last = values[-1]
                if isinstance(last, tuple):  # of cv: mean and standard deviation
                    found[f"{data}/{metric}/mean"], found[f"{data}/{metric}/std"] = last
                else:
                    found[f"{data}/{metric}"] = last
        if found:
            self.log(found, epoch)
        return False

    @safely()
    def _end(self, model: Any) -> None:
        best = model.attributes() if hasattr(model, "attributes") else {}
        if "best_iteration" in best:
            iteration = int(best["best_iteration"])
            self.log({"best_iteration": iteration, "best_score": float(best["best_score"])}, iteration)
        self.end()

    def after_training(self, model: Any) -> Any:
        self._end(model)
        return model


def _parameters(model: Any) -> dict[str, Any]:
    """The settings of a Booster, or of the first of a cross-validation's, by their names alone: no two sections share one."""
    booster = model.cvfolds[0].bst if hasattr(model, "cvfolds") else model
    found: dict[str, Any] = {}
    _collect(json.loads(booster.save_config())["learner"], found)
    return found


def _collect(section: Mapping[str, Any], found: dict[str, Any]) -> None:
    for name, value in section.items():
        if name == "gbtree_model_param":  # how many trees there are so far
            continue
        if isinstance(value, Mapping):
            _collect(value, found)
        elif not isinstance(value, list):
            found.setdefault(name, _number(value))


def _number(text: Any) -> Any:
    """XGBoost writes each setting as text."""
    for kind in (int, float):
        try:
            return kind(text)
        except (TypeError, ValueError):
            continue
    return text
