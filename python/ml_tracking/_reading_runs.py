"""Reading back runs and their metrics."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Mapping
from typing import Any, Literal, overload

from ._call import call
from ._errors import InvalidType
from ._logged import decoded
from ._plain import shown
from ._reading import asked, time_of, values_of, warn_of_problems
from ._tables import pandas_module


@overload
def read_runs(
    project: str, *, store: str | os.PathLike[str] | None = None, as_frame: Literal[False] = False
) -> list[dict[str, Any]]: ...
@overload
def read_runs(project: str, *, store: str | os.PathLike[str] | None = None, as_frame: bool) -> Any: ...
def read_runs(project: str, *, store: str | os.PathLike[str] | None = None, as_frame: bool = False) -> Any:
    """Read the runs of a project, in the order in which they began; those that go on as they are now.

    Parameters
    ----------
    project : str
        The project's name.
    store : str or path, optional
        A folder or bucket; by default the environment variable ML_TRACKING_STORE, else ./ml-tracking.
    as_frame : bool, default False
        Whether to return a pandas.DataFrame, with a column for each parameter ("parameters.lr"), tag ("tags.team") and
        last value of a metric ("metrics.loss").

    Returns
    -------
    list of dict or pandas.DataFrame
        One record for each run, by the run log's column names, with "lost_contact" and "last_seen_at".
    """
    found = call("read_runs", asked(store, project=project))[0]
    warn_of_problems(found["problems"])
    records = [_record_of(sent) for sent in found["runs"]]
    if not as_frame:
        return records
    return pandas_module().DataFrame([_flat(record) for record in records], columns=_columns(records))


def read_run(
    run_id: str, *, project: str | None = None, store: str | os.PathLike[str] | None = None
) -> dict[str, Any]:
    """Read one run.

    Parameters
    ----------
    run_id : str
        The run's id, 16 characters.
    project : str, optional
        Where it is; by default every project is looked through.
    store : str or path, optional
        A folder or bucket; by default the environment variable ML_TRACKING_STORE, else ./ml-tracking.

    Returns
    -------
    dict
        Its record as `read_runs` has it, with "experiments", the prediction ids of those that belong to it; "children", run
        ids; "artifacts", a dict of "path" and "bytes" for each; and "history", where its events lie in the store.
    """
    found = call("read_run", asked(store, run_id=run_id, project=project))[0]
    warn_of_problems(found["problems"])
    more = {name: found[name] for name in ("experiments", "children", "artifacts", "history")}
    return {**_record_of(found["run"]), **more}


@overload
def read_history(
    run_id: str,
    *,
    keys: Iterable[str] | None = None,
    project: str | None = None,
    store: str | os.PathLike[str] | None = None,
    as_frame: Literal[False] = False,
) -> dict[str, list[Any]]: ...
@overload
def read_history(
    run_id: str,
    *,
    keys: Iterable[str] | None = None,
    project: str | None = None,
    store: str | os.PathLike[str] | None = None,
    as_frame: bool,
) -> Any: ...
def read_history(
    run_id: str,
    *,
    keys: Iterable[str] | None = None,
    project: str | None = None,
    store: str | os.PathLike[str] | None = None,
    as_frame: bool = False,
) -> Any:
    """Read every value of a run's metrics: none is dropped or averaged.

    Parameters
    ----------
    run_id : str
        The run's id, 16 characters.
    keys : iterable of str, optional
        The metrics to read; by default all but those of the machine, whose names begin with "system/".
    project : str, optional
        Where it is; by default every project is looked through.
    store : str or path, optional
        A folder or bucket; by default the environment variable ML_TRACKING_STORE, else ./ml-tracking.
    as_frame : bool, default False
        Whether to return a pandas.DataFrame, which has a column "run_id" too.

    Returns
    -------
    dict of lists or pandas.DataFrame
        "key", "step", "time" (in UTC) and "value", sorted by key, step and time.
    """
    if isinstance(keys, str):
        raise InvalidType(f"keys is {shown(keys)}; give a list of names", "INVALID_ARGUMENT")
    given = {} if keys is None else {"keys": [str(key) for key in keys]}
    found, arrays = call("read_history", {**asked(store, run_id=run_id, project=project), **given})
    warn_of_problems(found["problems"])
    columns = {name: values_of(found[name]["$column"], arrays) for name in ("key", "step", "time", "value")}
    if as_frame:
        frame = pandas_module().DataFrame({"run_id": run_id, **columns})
        frame["time"] = pandas_module().to_datetime(frame["time"], unit="ms", utc=True)
        return frame
    columns["time"] = [datetime.datetime.fromtimestamp(time / 1000, datetime.timezone.utc) for time in columns["time"]]
    return columns


def _record_of(sent: dict[str, Any]) -> dict[str, Any]:
    times = {name: time_of(sent[name]) if sent.get(name) else None for name in ("written_at", "started_at", "ended_at", "last_seen_at")}
    return {**decoded(sent), **times}


_first = ["run_id", "name", "status", "parent_run_id", "started_at", "ended_at"]
_nested = ("parameters", "tags", "metrics")


def _flat(record: dict[str, Any]) -> dict[str, Any]:
    """A row of the frame: what is nested has a column for each member."""
    flat: dict[str, Any] = {name: value for name, value in record.items() if name not in _nested}
    for part in _nested:
        flat.update(_members(record.get(part), part))
    return flat


def _members(value: Any, name: str) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        return {name: value}
    return {path: each for key, member in value.items() for path, each in _members(member, f"{name}.{key}").items()}


def _columns(records: list[dict[str, Any]]) -> list[str]:
    """Who it was, then parameters, tags and metrics by name, then the rest."""
    found = list(dict.fromkeys(name for record in records for name in _flat(record)))
    nested = [name for part in _nested for name in sorted(found) if name.startswith(f"{part}.")]
    rest = [name for name in found if name not in _first and name not in nested and name not in _nested]
    return [*_first, *nested, *rest]
