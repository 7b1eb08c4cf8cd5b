"""A callback for the Trainer of transformers: `Trainer(..., callbacks=[RunCallback(project="p")])`."""

from __future__ import annotations

from typing import Any

from transformers import TrainerCallback  # type: ignore[import-not-found, import-untyped, unused-ignore]

from ._hook import Hook, safely

__all__ = ["RunCallback"]


class RunCallback(Hook, TrainerCallback):  # type: ignore[misc, unused-ignore]
    """Logs a training of the Trainer: its arguments, the model's configuration, and its logs by global step.

    It takes what `start_run` does, or a `run`; see docs/hooks.md. In a distributed training the first process logs.
    """

    _trains = False

    @safely()
    def on_train_begin(self, args: Any, state: Any, control: Any, model: Any = None, **_: Any) -> None:
        if state.is_world_process_zero:
            self._trains = True
            self.begin(_parameters(args, model))

    @safely()
    def on_log(self, args: Any, state: Any, control: Any, logs: Any = None, **_: Any) -> None:
        if state.is_world_process_zero and logs:
            self.log({key: value for key, value in logs.items() if isinstance(value, (int, float))}, state.global_step)
            if not self._trains:  # evaluated on its own
                self.end()

    @safely()
    def on_train_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        if state.is_world_process_zero:
            self._trains = False
            self.end()


def _parameters(args: Any, model: Any) -> dict[str, Any]:
    """As the Trainer's arguments are made, without tokens; what is not set is left out."""
    config = getattr(model, "config", None)
    settings = {} if config is None else {"model": {"class": type(model).__name__, **config.to_diff_dict()}}
    given = {key: value for key, value in args.to_dict().items() if value is not None and not key.endswith("_token")}
    return {**given, **settings}
