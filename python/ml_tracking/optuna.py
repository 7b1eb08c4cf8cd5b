"""A callback for Optuna: `study.optimize(objective, callbacks=[callback])`, in `with RunCallback(project="p") as callback`."""

from __future__ import annotations

from types import TracebackType
from typing import Any

from ._hook import Hook, safely

__all__ = ["RunCallback"]

_statuses = {"COMPLETE": "finished", "PRUNED": "killed", "FAIL": "failed"}


class RunCallback(Hook):
    """Logs a study of Optuna as a run, and each of its trials as a child: its parameters, intermediate values and value.

    Optuna tells no callback that a study is over: use it in a `with` block. It takes what `start_run` does, or a `run`; see
    docs/hooks.md.
    """

    _study: Any = None

    @safely()
    def __call__(self, study: Any, trial: Any) -> None:
        with self._lock:
            if self._study is not study:
                before = [each for each in study.get_trials(deepcopy=False) if each.number < trial.number]
                self._study = study
                self._logged = {each.number for each in before if _was_over(each, trial)}
                self.begin(_about(study), else_end=("finished", None))
        self._log_trial(study, trial)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._log_rest()
        super().__exit__(kind, error, trace)

    @safely()
    def _log_rest(self) -> None:
        """The trial that failed by an exception that ends the study is told to no callback."""
        for trial in () if self._study is None else self._study.get_trials(deepcopy=False):
            if trial.state.is_finished() and trial.number not in self._logged:
                self._log_trial(self._study, trial)

    def _log_trial(self, study: Any, trial: Any) -> None:
        self._logged.add(trial.number)
        started = trial.datetime_start
        tags = {"state": trial.state.name, "number": trial.number}
        child = self.open().start_child(f"trial {trial.number}", trial.params, tags, console=False)
        for step, value in sorted(trial.intermediate_values.items()):
            child.log({"intermediate": value}, step)
        values = _named(study, trial)
        seconds = {} if started is None else {"seconds": (trial.datetime_complete - started).total_seconds()}
        child.log({**values, **seconds}, max(trial.intermediate_values, default=0))
        if trial.user_attrs:
            child.log_text("user_attrs.txt", "\n".join(f"{key}: {value}" for key, value in trial.user_attrs.items()))
        child._writer.end(_statuses[trial.state.name], trial.system_attrs.get("fail_reason"))
        best = {}
        if len(study.directions) == 1 and trial.state.name == "COMPLETE":
            best = {"best_value": study.best_value}
        if values or best:
            self.log({**values, **best}, trial.number)


def _named(study: Any, trial: Any) -> dict[str, float]:
    """The objective's values by the study's metric names, else `value`, or `value_0` and so on."""
    values = trial.values or []
    names = study.metric_names or (["value"] if len(study.directions) == 1 else [f"value_{i}" for i in range(len(values))])
    return dict(zip(names, values))


def _was_over(trial: Any, later: Any) -> bool:
    """Whether a trial belongs to what the study did before."""
    return trial.state.is_finished() and (later.datetime_start is None or trial.datetime_complete < later.datetime_start)


def _about(study: Any) -> dict[str, Any]:
    return {
        "study_name": study.study_name,
        "directions": [direction.name.lower() for direction in study.directions],
        "sampler": type(study.sampler).__name__,
        "pruner": type(study.pruner).__name__,
    }
