"""Runs of scikit-learn by themselves: after `autolog(project="p")` each fit of a model is one, until `off()`."""

from __future__ import annotations

import os
import pickle
import time
from collections.abc import Mapping
from typing import Any

from ._fits import patch, unpatch
from ._hook import Hook, safely
from ._models import describe_model
from ._plain import plain_scalar
from ._recorded import Recorder
from ._run import Run

__all__ = ["autolog", "off"]


def autolog(
    project: str,
    *,
    tags: Mapping[str, Any] | None = None,
    store: str | os.PathLike[str] | None = None,
    log_models: bool = False,
) -> None:
    """From now on, record each fit of an estimator that predicts as a run: its parameters, its training score and its time.

    What a pipeline, a search or an ensemble fits inside is a part of its own fit. A search has a child run for each candidate,
    with its parameters and scores. A call of `score` afterwards is a metric of the estimator's run. See docs/hooks.md.

    Parameters
    ----------
    project : str
        The series of runs they belong to.
    tags : mapping of str to str, optional
        What to find them by.
    store : str or path, optional
        A folder or bucket; by default the environment variable ML_TRACKING_STORE, else ./ml-tracking.
    log_models : bool, default False
        Whether to keep each fitted estimator with its run, pickled, as model.pkl.
    """
    Hook(project=project, tags=tags, store=store)  # which refuses what cannot be
    patch(lambda estimator: _Fit(project=project, name=type(estimator).__name__, tags=tags, store=store, log_models=log_models))


def off() -> None:
    """Records no more fits."""
    unpatch()


class _Fit(Hook):
    """The run of one fit."""

    def __init__(self, *, log_models: bool, **options: Any) -> None:
        super().__init__(**options)
        self._log_models = log_models
        self._scores = 0
        self._began = 0.0

    @safely()
    def started(self, estimator: Any) -> None:
        recorder = Recorder()
        described = describe_model(estimator, recorder)
        self.begin({"estimator_class": described["name"], **described["parameters"]})
        self._began = time.perf_counter()

    def fitted(self, estimator: Any, X: Any, y: Any) -> None:
        self._log_fit(estimator, X, y)
        self._keep_model(estimator)
        self._finish()

    @safely()
    def _log_fit(self, estimator: Any, X: Any, y: Any) -> None:
        run = self.open()
        run.log({"fit_seconds": time.perf_counter() - self._began}, 0)
        if hasattr(estimator, "cv_results_"):
            self._log_search(run, estimator)
        if y is not None and hasattr(estimator, "score"):
            run.log({"training_score": estimator.score(X, y)}, 0)

    @safely()
    def _keep_model(self, estimator: Any) -> None:
        if self._log_models:
            self.open().log_artifact(pickle.dumps(estimator), "model.pkl")

    @safely()
    def _finish(self) -> None:
        self.end()

    @safely()
    def failed(self, error: BaseException, status: str, text: str | None) -> None:
        self.end(status, text)

    @safely()
    def scored(self, score: Any) -> None:
        with self._lock:
            self.log({"score": score}, self._scores)
            self._scores += 1
            self.end()

    def _log_search(self, run: Run, search: Any) -> None:
        results = search.cv_results_
        if isinstance(getattr(search, "best_score_", None), float):
            run.log({"best_score": search.best_score_, "best_candidate": search.best_index_}, 0)
        numbers = [key for key in results if not key.startswith("param")]
        for i, parameters in enumerate(results["params"]):
            child = run.start_child(f"candidate {i}", _named(parameters), console=False)
            child.log({key: plain_scalar(results[key][i]) for key in numbers}, 0)
            child.finish()


def _named(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """A candidate's parameters; an estimator among them as it is described, other objects as the recorder has them."""
    recorder = Recorder()
    return {
        name: describe_model(value, recorder) if hasattr(value, "get_params") and not isinstance(value, type) else value
        for name, value in parameters.items()
    }
