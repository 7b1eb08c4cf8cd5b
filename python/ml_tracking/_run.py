"""A run: what a training logs on its way."""

from __future__ import annotations

import os
import time as clock
from collections.abc import Iterable, Mapping
from types import TracebackType
from typing import Any

from ._artifacts import Artifact, artifact, as_path
from ._csv_table import csv_table
from ._errors import InvalidType, InvalidValue
from ._foreign import reading
from ._logged import Label, LoggedExperiment
from ._metrics import plain_metrics, seconds_of, whole_step
from ._plain import plain_scalar, shown, single
from ._recorded import Recorder
from ._run_ends import await_death, status_after
from ._run_events import json_words
from ._run_writer import RunWriter, joined
from .ml_tracking import log_experiment_of_run

_statuses = ("finished", "failed", "killed")
_most_complaints = 1000


class Run:
    """A run, as `start_run` returns it.

    Every method may be called from any thread. In a forked process, and where a run was sent to another process by pickle,
    it logs likewise; the process that started or resumed it is the one that ends it.

    Attributes
    ----------
    run_id : str
        The run's id, 16 characters.
    project : str
        The project's name as it is stored.
    parameters : dict
        Its parameters so far, as this process knows them.
    """

    def __init__(self, writer: RunWriter, parameters: dict[str, Any], last_step: int = -1) -> None:
        self.run_id: str = writer.address["run_id"]
        self.project: str = writer.address["project"]
        self.parameters = parameters
        self._writer = writer
        self._step = last_step
        self._complained: set[str] = set()

    def log(self, metrics: Mapping[str, Any], step: int | None = None, time: Any = None) -> None:
        """Log numbers. It takes microseconds, and raises nothing: what is wrong becomes a TrackingWarning.

        They are durable within half a second, in a bucket within some seconds; `flush` waits for that.

        Parameters
        ----------
        metrics : mapping of str to number
            Numbers of any library, booleans, arrays and tensors of one element. A mapping in it is flattened:
            {"train": {"loss": 1}} is "train/loss".
        step : int, optional
            A whole number within +-2^53; at any other step the metrics are not kept. By default one more than the last of
            this process, from 0.
        time : float or datetime, optional
            When it was, in seconds since 1970 or as a datetime, kept to the millisecond; where it is neither, the metrics
            are not kept. By default now.
        """
        values, complaints = plain_metrics(metrics)
        seconds = clock.time()
        if time is not None:
            try:
                seconds = seconds_of(time)
            except Exception:
                complaints["the time"] = f"{shown(time)}; metrics at it are not kept: give seconds since 1970, or a datetime"
                values = {}
        if step is not None:
            try:
                step = whole_step(step)
            except Exception:
                complaints["the step"] = f"{shown(step)}; metrics at it are not kept: a step is a whole number up to 2^53"
                values = {}
        writer = self._writer
        if writer.has_ended:
            await_death()
            complaints = {"the run": f'ended; nothing was logged; start_run(resume="{self.run_id}") goes on with it'}
        elif values:
            queue = writer.queue
            with queue.lock:
                self._step = self._step + 1 if step is None else step
                queue.put((seconds, self._step, "metric", values, time is not None), len(values))
        if complaints or writer.queue.notices:
            self._complain(complaints)

    def log_parameters(self, parameters: Any) -> None:
        """Log parameters: a dict, or a configuration of OmegaConf, argparse, dataclasses, attrs or pydantic.

        Raises InvalidValue for one that the run has already, with another value.
        """
        self._writer.check_open()
        recorder = Recorder()
        given = recorder.mapping(parameters, "parameters")
        for key, value in given.items():
            if key in self.parameters and json_words(self.parameters[key]) != json_words(value):
                raise InvalidValue(
                    f"the parameter {key} is {shown(self.parameters[key])} already, and cannot become {shown(value)}; "
                    "what changes while a run lasts is a metric or a tag", "PARAMETER_CHANGED")
        new = {key: value for key, value in given.items() if key not in self.parameters}
        if new:
            self.parameters.update(new)
            self._writer.put("parameter", new)
        self._writer.tell(recorder.few_warnings())

    def set_tags(self, tags: Mapping[str, Any]) -> None:
        """Set tags, by which runs are found: texts by name. A number becomes text."""
        self._writer.check_open()
        texts = tag_texts(tags)
        if texts:
            self._writer.put("tag", dict(texts))

    def remove_tag(self, name: str) -> None:
        """Take a tag away."""
        self._writer.check_open()
        self._writer.put("tag", {str(single(name, "name")): None})

    def log_artifact(self, what: Any, path: str | os.PathLike[str] | None = None) -> str:
        """Keep a file with the run, or a folder with all that is in it. It is durable when this returns.

        Parameters
        ----------
        what : path, bytes, io.BytesIO, io.StringIO or figure
            The path of a file or folder; its content; or a figure of matplotlib (as PNG, or as the path ends), plotly (as
            HTML that needs no network) or PIL.
        path : str, optional
            Where it goes among the run's artifacts, such as plots/roc.png; one that is there is replaced. By default the
            file's own name, figure.png, figure.html or image.png.

        Returns
        -------
        str
            That path.
        """
        return self._writer.keep(artifact(what, path))

    def log_table(self, name: str, frame: Any) -> str:
        """Keep a table with the run, as CSV: text in quotes, numbers without, a missing value empty, times as ISO 8601.

        Parameters
        ----------
        name : str
            Where it goes among the run's artifacts; ".csv" is added where it has no such ending.
        frame : data frame, list of dict, or mapping of columns
            Of pandas, polars or pyarrow. An index of pandas that is more than a count becomes columns.

        Returns
        -------
        str
            Its path.
        """
        path = as_path(name, "name")
        path = path if path.lower().endswith(".csv") else f"{path}.csv"
        return self._writer.keep(Artifact(path, None, csv_table(frame).encode("utf-8", "replace")))

    def log_text(self, name: str, text: str) -> str:
        """Keep a text with the run, as a file in UTF-8 of this name. Returns its path."""
        given = single(text, "text")
        if not isinstance(given, str):
            raise InvalidType(f"text is {shown(text)}; give text", "INVALID_ARGUMENT")
        return self._writer.keep(Artifact(as_path(name, "name"), None, given.encode("utf-8", "replace")))

    def log_experiment(
        self,
        kind: str,
        parameters: Mapping[str, Any],
        y_true: Iterable[Any],
        y_pred: Iterable[Any],
        extra_parameters: Mapping[str, Any] | None = None,
        new_csv: bool = False,
        *,
        y_score: Iterable[Any] | None = None,
        labels: Iterable[Any] | None = None,
        positive_label: Label | bool | None = None,
        sample_weight: Iterable[Any] | None = None,
        sample_features: Any = None,
        group: Iterable[Any] | str | None = None,
        order: Iterable[Any] | str | None = None,
        reported: Mapping[str, float | str] | None = None,
        name: str | None = None,
        strict: bool = False,
    ) -> LoggedExperiment:
        """Log an experiment of this run: `ml_tracking.log_experiment` with the run's project and store."""
        return log_experiment_of_run(
            self.run_id, kind, self.project, parameters, y_true, y_pred, extra_parameters, new_csv, y_score=y_score,
            labels=labels, positive_label=positive_label, sample_weight=sample_weight, sample_features=sample_features,
            group=group, order=order, reported=reported, name=name, store=self._writer.address.get("store"), strict=strict,
        )

    def start_child(
        self,
        name: str | None = None,
        parameters: Any = None,
        tags: Mapping[str, Any] | None = None,
        *,
        system_metrics: bool | float = False,
        console: bool = True,
    ) -> Run:
        """Start a run that is a part of this one. The machine's metrics are the parent's unless asked for."""
        from ._start_run import start_run  # which makes runs

        return start_run(self.project, name, parameters, tags, parent=self, system_metrics=system_metrics, console=console,
                         store=self._writer.address.get("store"))

    def flush(self) -> None:
        """Return when all that was logged is durable.

        Raises StoreError where the store cannot take it now. It is kept in memory and tried again.
        """
        self._writer.queue.flush()
        self._writer.tell(())

    def finish(self, status: str = "finished") -> None:
        """End the run: as "finished", "failed" or "killed". All that was logged is durable when this returns.

        In a forked process, and in one that got the run by pickle, it only flushes.

        Raises StoreError where the store cannot take the end now; it may be called again.
        """
        if status not in _statuses:
            raise InvalidValue(f'status is {shown(status)}; give "finished", "failed" or "killed"', "INVALID_ARGUMENT")
        self._writer.finish(status)
        self._writer.tell(())

    def __enter__(self) -> Run:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._writer.end(*status_after(error))

    def __repr__(self) -> str:
        return f"Run({self.run_id!r}, project={self.project!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return _joined, (self._writer.address, self.parameters, self._step)

    def _complain(self, complaints: Mapping[str, str]) -> None:
        """Warns of what is wrong, once for each name."""
        new = [name for name in complaints if name not in self._complained]
        if len(self._complained) < _most_complaints:
            self._complained.update(new)
        self._writer.tell([f"{name or 'what was logged'} is {complaints[name]}" for name in new])


def _joined(address: dict[str, Any], parameters: dict[str, Any], last_step: int) -> Run:
    """A run that another process started or resumed, sent to this one by pickle."""
    return Run(RunWriter(joined(address), is_owner=False), parameters, last_step)


def tag_texts(tags: Any) -> dict[str, str]:
    """Tags as texts by name. Raises InvalidType for a value that is neither text nor a number."""
    with reading("tags", tags, "give a dict of texts"):
        if not isinstance(tags, Mapping):
            raise InvalidType(f"tags is {shown(tags)}; give a dict of texts", "INVALID_ARGUMENT")
        return {str(single(name, "a tag's name")): _text(value, f'tags["{name}"]') for name, value in tags.items()}


def _text(value: Any, name: str) -> str:
    plain = single(value, name)
    if plain is None:
        raise InvalidType(f"{name} is None; give a text, or take the tag away with remove_tag", "INVALID_ARGUMENT")
    return plain if isinstance(plain, str) else str(plain_scalar(value))
