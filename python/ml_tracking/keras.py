"""A callback for Keras: `model.fit(..., callbacks=[RunCallback(project="p")])`."""

from __future__ import annotations

from typing import Any

import keras  # type: ignore[import-not-found, import-untyped, unused-ignore]

from ._hook import Hook, safely

__all__ = ["RunCallback"]


class RunCallback(Hook, keras.callbacks.Callback):  # type: ignore[misc, unused-ignore]
    """Logs a training of Keras: the optimizer's, the fit's and the model's parameters, and the logs of each epoch.

    It takes what `start_run` does, or a `run`, and `every_batch=True` to log each batch, too, as batch/loss; see docs/hooks.md.
    """

    def __init__(self, run: Any = None, *, every_batch: bool = False, **options: Any) -> None:
        keras.callbacks.Callback.__init__(self)
        Hook.__init__(self, run, **options)
        self._every_batch = every_batch
        self._batches = 0
        self._fits = False

    @safely()
    def on_train_begin(self, logs: Any = None) -> None:
        self._batches = 0
        self._fits = True
        self.begin(_parameters(self.model, self.params))

    @safely()
    def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
        if self._every_batch and logs:
            self.log({f"batch/{key}": value for key, value in logs.items()}, self._batches)
        self._batches += 1

    @safely()
    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        rate = _learning_rate(self.model)
        self.log({**(logs or {}), **({} if rate is None else {"learning_rate": rate})}, epoch)

    @safely()
    def on_train_end(self, logs: Any = None) -> None:
        self._fits = False
        self.end()

    @safely()
    def on_test_end(self, logs: Any = None) -> None:
        if not self._fits and logs:  # not the validation of an epoch
            self.log({f"test/{key}": value for key, value in logs.items()})
            self.end()


def _learning_rate(model: Any) -> float | None:
    rate = getattr(getattr(model, "optimizer", None), "learning_rate", None)
    return None if rate is None else float(rate)


def _parameters(model: Any, fit: Any) -> dict[str, Any]:
    optimizer = getattr(model, "optimizer", None)
    loss = getattr(model, "loss", None)
    settings = {} if optimizer is None else {**optimizer.get_config(), "learning_rate": _learning_rate(model)}
    return {
        **{key: value for key, value in (fit or {}).items() if key in ("epochs", "steps") and value is not None},
        "model": type(model).__name__,
        "trainable_parameters": sum(int(keras.ops.size(weight)) for weight in model.trainable_weights),
        "loss": loss if isinstance(loss, (str, dict, list)) else getattr(loss, "name", None) or type(loss).__name__,
        "optimizer": settings,
    }
