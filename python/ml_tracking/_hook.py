"""What the callbacks for other libraries share: a run that is given or started, and errors that never reach a training."""

from __future__ import annotations

import functools
import os
import threading
import weakref
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Callable, TypeVar

from ._errors import InvalidType
from ._foreign import complaint
from ._recorded import Recorder
from ._run import Run
from ._run_ends import status_after
from ._run_events import json_words
from ._run_writer import RunWriter, warn_of
from ._start_run import start_run

_not_reached = "the training did not reach its end"

Method = TypeVar("Method", bound=Callable[..., Any])


def safely(answer: Any = None) -> Callable[[Method], Method]:
    """Makes a method of a Hook never raise: what goes wrong is one TrackingWarning a hook, and the method returns `answer`."""

    def of(method: Method) -> Method:
        @functools.wraps(method)
        def guarded(self: Hook, *args: Any, **kwargs: Any) -> Any:
            try:
                return method(self, *args, **kwargs)
            except Exception as error:
                self.complain(error)
                return answer

        return guarded  # type: ignore[return-value]

    return of


class Hook:
    """The run of one training: given as `run`, which its caller ends, or started in `project` when the training begins.

    Used as a context manager, it ends a run that it started as `failed` where an exception leaves the block.
    """

    def __init__(
        self,
        run: Run | None = None,
        *,
        project: str | None = None,
        name: str | None = None,
        parameters: Any = None,
        tags: Mapping[str, Any] | None = None,
        store: str | os.PathLike[str] | None = None,
    ) -> None:
        if run is None and project is None:
            raise InvalidType("missing argument: project; give the name of the series of runs, or run", "MISSING_ARGUMENT")
        if run is not None and not isinstance(run, Run):
            raise InvalidType(f"run is a {type(run).__name__}; give what start_run returns, or project", "INVALID_ARGUMENT")
        self.run = run
        self.is_given = run is not None
        self._start = functools.partial(start_run, project, name, tags=tags, store=store)
        self._store = store
        self._parameters = {} if parameters is None else parameters
        self._lock = threading.RLock()
        self._complained = False
        self._watch: weakref.finalize[Any, Any] | None = None

    def begin(self, parameters: Any = None, *, else_end: tuple[str, str | None] = ("failed", _not_reached)) -> Run:
        """The run of a training that begins now, with the parameters that its library knows.

        `else_end` is how it ends where the library never says that the training is over.
        """
        with self._lock:
            recorder = Recorder()
            given = {**recorder.mapping(parameters or {}, "parameters"), **recorder.mapping(self._parameters, "parameters")}
            if self.run is not None and not self.is_given:
                self.end(*self.run._writer.else_end)
                self.run = None
            if self.run is None:
                self.run = self._start(parameters=given)
                self.run._writer.else_end = else_end
                self._watch = weakref.finalize(self, _left, self.run._writer)
                self._watch.atexit = False  # the end of the process is for _run_ends
            else:
                self.add(given)
            return self.run

    def add(self, parameters: Mapping[str, Any]) -> None:
        """Adds parameters; of one that the run has with another value, the first is kept, which is said."""
        run = self.open()
        have = {key: json_words(value) for key, value in run.parameters.items()}
        fresh = Recorder().mapping(parameters, "parameters")
        other = [key for key, value in fresh.items() if key in have and have[key] != json_words(value)]
        run.log_parameters({key: value for key, value in fresh.items() if key not in have})
        if other:
            warn_of([f"the run {run.run_id} has other values of {', '.join(other[:10])}, from before; those are kept"])

    def open(self) -> Run:
        """The run, to log to: begun where there is none yet, and gone on with where this hook ended it."""
        with self._lock:
            if self.run is None:
                return self.begin()
            if self.run._writer.has_ended and not self.is_given:
                self.run = start_run(resume=self.run.run_id, store=self._store, system_metrics=False, console=False)
            return self.run

    def log(self, metrics: Mapping[str, Any], step: int | None = None) -> None:
        self.open().log(metrics, step)

    def end(self, status: str = "finished", error: str | None = None) -> None:
        """Ends a run that this hook started; of one that was given, makes durable what it logged."""
        with self._lock:
            if self.run is None:
                return
            if self.is_given:
                self.run.flush()
            else:
                self.run._writer.end(status, error)
            if self._watch is not None:
                self._watch.detach()

    def complain(self, error: BaseException) -> None:
        if not self._complained:
            self._complained = True
            warn_of([f"the training goes on, but not all of it is recorded: {complaint(error)}"])

    def __enter__(self) -> Any:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.end(*status_after(error))
        except Exception as failure:
            self.complain(failure)

    def __getstate__(self) -> dict[str, Any]:
        """As a part of a model that is pickled: a run that this hook started stays here."""
        return {**vars(self), "run": self.run if self.is_given else None, "_lock": None, "_watch": None}

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state, _lock=threading.RLock())

    def __deepcopy__(self, memo: Any) -> Hook:
        return self  # of libraries that copy their callbacks: it is one run all the same


def _left(writer: RunWriter) -> None:
    """The hook was thrown away while its run was open."""
    writer.end(*writer.else_end)
