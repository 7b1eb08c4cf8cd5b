"""Reading back what was logged."""

from __future__ import annotations

import array
import datetime
import os
import warnings
from typing import Any, Literal, NamedTuple, overload

from ._call import call
from ._errors import TrackingWarning, visible
from ._logged import number
from ._plain import single
from ._tables import pandas_module


class ExperimentWithPredictions(NamedTuple):
    """An experiment and its predictions.

    Attributes
    ----------
    experiment : dict
        The record, by the tracking log's column names.
    predictions : dict of lists or pandas.DataFrame
        The columns by their names.
    """

    experiment: dict[str, Any]
    predictions: Any


def list_projects(*, store: str | os.PathLike[str] | None = None) -> list[str]:
    """List the projects of a store.

    Parameters
    ----------
    store : str or path, optional
        A folder or bucket; by default the environment variable ML_TRACKING_STORE, else ./ml-tracking.

    Returns
    -------
    list of str
        By name; empty where nothing was logged.
    """
    found = call("list_projects", asked(store))[0]
    warn_of_problems(found["problems"])
    projects: list[str] = found["projects"]
    return projects


@overload
def read_experiments(
    project: str, *, store: str | os.PathLike[str] | None = None, as_frame: Literal[False] = False
) -> list[dict[str, Any]]: ...
@overload
def read_experiments(project: str, *, store: str | os.PathLike[str] | None = None, as_frame: bool) -> Any: ...
def read_experiments(
    project: str, *, store: str | os.PathLike[str] | None = None, as_frame: bool = False
) -> Any:
    """Read the experiments of a project, in the order of the log.

    Parameters
    ----------
    project : str
        The project's name.
    store : str or path, optional
        A folder or bucket; by default the environment variable ML_TRACKING_STORE, else ./ml-tracking.
    as_frame : bool, default False
        Whether to return a pandas.DataFrame, with a column for each score.

    Returns
    -------
    list of dict or pandas.DataFrame
        One record for each experiment, by the tracking log's column names.
    """
    found = call("read_experiments", asked(store, project=project))[0]
    warn_of_problems(found["problems"])
    records = [record_of(sent) for sent in found["experiments"]]
    if not as_frame:
        return records
    return pandas_module().DataFrame([_with_scores(record) for record in records])


def warn_of_problems(problems: list[dict[str, Any]]) -> None:
    for problem in problems:
        line = f", line {problem['line']}" if problem["line"] > 0 else ""
        text = visible(f"{problem['path']}{line}: {problem['reason']}")
        warnings.warn(text, TrackingWarning, stacklevel=3)


def read_experiment(
    prediction_id: str,
    *,
    project: str | None = None,
    store: str | os.PathLike[str] | None = None,
    as_frame: bool = False,
) -> ExperimentWithPredictions:
    """Read one experiment with its predictions.

    Parameters
    ----------
    prediction_id : str
        The experiment's id, 12 characters.
    project : str, optional
        Where it is; by default every project is looked through.
    store : str or path, optional
        A folder or bucket; by default the environment variable ML_TRACKING_STORE, else ./ml-tracking.
    as_frame : bool, default False
        Whether to return the predictions as a pandas.DataFrame instead of lists.

    Returns
    -------
    ExperimentWithPredictions
        The record and the predictions.
    """
    found, arrays = call("read_experiment", asked(store, prediction_id=prediction_id, project=project))
    columns = {name: values_of(sent["$column"], arrays) for name, sent in found["predictions"]}
    if as_frame:
        return ExperimentWithPredictions(record_of(found["experiment"]), pandas_module().DataFrame(columns))
    return ExperimentWithPredictions(record_of(found["experiment"]), columns)


def asked(store: str | os.PathLike[str] | None, **arguments: Any) -> dict[str, Any]:
    given = {"store": store, **arguments}
    return {name: single(value, name) for name, value in given.items() if value is not None}


def record_of(sent: dict[str, Any]) -> dict[str, Any]:
    logged_at = time_of(sent["logged_at"])
    scores = {name: number(value) for name, value in sent["scores"].items()}
    return {**sent, "logged_at": logged_at, "scores": scores}


def time_of(sent: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(sent.replace("Z", "+00:00"))


def _with_scores(record: dict[str, Any]) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in record.items():
        flat.update(value if name == "scores" else {name: value})
    return flat


_number_types = {"int32": "i", "int64": "q", "float64": "d"}


def values_of(sent: dict[str, Any], arrays: list[bytearray]) -> list[Any]:
    if sent["type"] == "dictionary":
        entries = [number(entry) for entry in sent["entries"]]
        return [entries[code] for code in _numbers("i", arrays[sent["codes"]])]
    if sent["type"] == "string":
        return _texts(arrays[sent["text"]], _numbers("I", arrays[sent["lengths"]]))
    return _numbers(_number_types[sent["type"]], arrays[sent["array"]]).tolist()


def _numbers(code: str, data: bytearray) -> array.array[Any]:
    numbers = array.array(code)
    numbers.frombytes(data)
    return numbers


def _texts(data: bytearray, lengths: array.array[int]) -> list[str]:
    texts = []
    at = 0
    for length in lengths:
        texts.append(data[at : at + length].decode())
        at += length
    return texts
