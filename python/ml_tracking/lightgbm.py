"""A callback for LightGBM: `lgb.train(..., callbacks=[RunCallback(project="p")])`."""

from __future__ import annotations

import weakref
from typing import Any, Callable

from ._hook import Hook, safely

__all__ = ["RunCallback"]


class RunCallback(Hook):
    """Logs a training of LightGBM: its parameters, and each validation set's metrics, such as valid_0/l2, by iteration.

    It takes what `start_run` does, or a `run`; see docs/hooks.md.
    """

    order = 25  # before early stopping, which ends an iteration by an exception
    before_iteration = False

    @safely()
    def __call__(self, env: Any) -> None:
        if env.iteration == env.begin_iteration:
            self._begin(env)
        found = {}
        for result in env.evaluation_result_list or ():
            data, metric, value, deviation = _parts(result)
            if deviation is None:
                found[f"{data}/{metric}"] = value
            else:
                found[f"{data}/{metric}/mean"], found[f"{data}/{metric}/std"] = value, deviation
        if found:
            self.log(found, env.iteration)
        if env.iteration == env.end_iteration - 1:
            self.end()

    def _begin(self, env: Any) -> None:
        parameters = {**env.params, "num_iterations": env.end_iteration - env.begin_iteration}
        if hasattr(env.model, "boosters"):  # a cross-validation, whose early end is not to be noticed
            self.begin(parameters, else_end=("finished", None))
        else:
            self.begin(parameters)
            env.model.free_dataset = _LettingGo(env.model, weakref.WeakMethod(self._end))

    @safely()
    def _end(self, booster: Any) -> None:
        if booster.best_iteration > 0:
            self.log({"best_iteration": booster.best_iteration}, booster.best_iteration - 1)
        self.end()


def _parts(result: Any) -> tuple[str, str, float, float | None]:
    """A result of LightGBM 4.7, or the tuple that it was before."""
    if hasattr(result, "dataset_name"):
        return result.dataset_name, result.metric_name, result.metric_value, getattr(result, "metric_std_dev", None)
    data, metric, value = result[:3]
    return data, metric, value, result[4] if len(result) > 4 else None


class _LettingGo:
    """A booster's free_dataset that tells of its call, once: so a training that stops early, of which no callback is told, ends.

    It keeps no booster alive, so that a training that failed is noticed as soon as its booster is gone.
    """

    def __init__(self, booster: Any, end: Callable[[], Any]) -> None:
        self._booster, self._end = weakref.ref(booster), end

    def __call__(self) -> Any:
        booster: Any = self._booster()
        del booster.free_dataset
        end = self._end()
        if end is not None:
            end(booster)
        return booster.free_dataset()

    def __reduce__(self) -> Any:
        return _LettingGo, (self._booster(), _nobody)


def _nobody() -> None:
    """Is told, of a booster that was pickled while it was trained."""
