"""A callback for CatBoost: `model.fit(..., callbacks=[callback])`, in `with RunCallback(project="p") as callback`."""

from __future__ import annotations

import inspect
from typing import Any

from ._hook import Hook, safely

__all__ = ["RunCallback"]


class RunCallback(Hook):
    """Logs a training of CatBoost: its parameters, and each set's metrics, such as validation/Logloss, by iteration.

    CatBoost tells no callback that a training is over: use it in a `with` block. It takes what `start_run` does, or a `run`;
    see docs/hooks.md.
    """

    _has_begun = False

    @safely(answer=True)
    def after_iteration(self, info: Any) -> bool:
        if info.iteration == 1 or not self._has_begun:  # it counts from 1
            self._has_begun = True
            self.begin(_parameters(), else_end=("finished", None))
        found = {
            f"{data}/{metric}": values[-1]
            for data, metrics in info.metrics.items()
            for metric, values in metrics.items()
            if values
        }
        self.log(found, info.iteration - 1)
        return True


def _parameters() -> dict[str, Any]:
    """Those of the model whose `fit` is under way: CatBoost does not hand it to its callbacks."""
    frame = inspect.currentframe()
    while frame is not None:
        model: Any = frame.f_locals.get("self")
        if type(model).__module__.partition(".")[0] == "catboost" and hasattr(model, "get_params"):
            return {key: value for key, value in model.get_params().items() if key != "callbacks"}
        frame = frame.f_back
    return {}
