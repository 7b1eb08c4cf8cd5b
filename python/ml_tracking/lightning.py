"""A logger for Lightning: `Trainer(logger=RunLogger(project="p"))`."""

from __future__ import annotations

from typing import Any

try:
    from lightning.pytorch.loggers import logger as loggers  # type: ignore[import-not-found, import-untyped, unused-ignore]
    from lightning.pytorch.utilities import rank_zero_only  # type: ignore[import-not-found, import-untyped, unused-ignore]
except ImportError:
    from pytorch_lightning.loggers import logger as loggers  # type: ignore[import-not-found, import-untyped, unused-ignore]
    from pytorch_lightning.utilities import rank_zero_only  # type: ignore[import-not-found, import-untyped, unused-ignore]

from ._hook import Hook, safely
from ._run import Run

__all__ = ["RunLogger"]

_statuses = {"success": "finished", "finished": "finished", "failed": "failed"}


class RunLogger(Hook, loggers.Logger):  # type: ignore[misc, unused-ignore]
    """Logs what `self.log` of a LightningModule is given, by global step, and its hyperparameters.

    It takes what `start_run` does, or a `run`; see docs/hooks.md. In a distributed training the first process logs.
    """

    def __init__(self, run: Run | None = None, *, project: str | None = None, name: str | None = None, **options: Any) -> None:
        loggers.Logger.__init__(self)
        Hook.__init__(self, run, project=project, name=name, **options)
        self._name = name or project or (run.project if run is not None else None)

    @property
    def name(self) -> str | None:
        return self._name

    @property
    def version(self) -> str | None:
        return None if self.run is None else self.run.run_id

    @property
    @loggers.rank_zero_experiment  # type: ignore[misc, untyped-decorator, unused-ignore]
    def experiment(self) -> Run:
        """The run, for what this logger has no method for."""
        return self.open()

    @rank_zero_only  # type: ignore[misc, untyped-decorator, unused-ignore]
    @safely()
    def log_hyperparams(self, params: Any, *args: Any, **kwargs: Any) -> None:
        if self.run is None:
            self.begin(params)
        else:
            self.add(params)

    @rank_zero_only  # type: ignore[misc, untyped-decorator, unused-ignore]
    @safely()
    def log_metrics(self, metrics: Any, step: int | None = None) -> None:
        self.log(metrics, step)

    @rank_zero_only  # type: ignore[misc, untyped-decorator, unused-ignore]
    @safely()
    def save(self) -> None:
        if self.run is not None and not self.run._writer.has_ended:
            self.run.flush()

    @rank_zero_only  # type: ignore[misc, untyped-decorator, unused-ignore]
    @safely()
    def finalize(self, status: str) -> None:
        self.end(_statuses.get(status, "finished"))
