"""Which definition of which library gives a number."""

from __future__ import annotations

import os
from typing import Any

from ._call import call
from ._comparing import prediction_id_of
from ._plain import digits, single
from ._tables import html_lines, html_table, pandas_module, short_number, text_table


class ScoreExplanation:
    """What a number is, for an experiment's predictions. docs/explain.md says how it is found.

    Attributes
    ----------
    certainty : {"certain", "likely", "possible", "none"}
        How seldom a number of no definition would fit so well; certain is at most 1 in 200.
    summary : str
        What was found, in a few sentences.
    matches, accidents, nearest : list of dict
        Definitions that give the number; that give it by a common accident (what says which); where none does, that come
        nearest (distance says how near). Each has definition, library, version, call, formula and value.
    ours : list of dict
        The scores of ml-tracking that go by that name: score and value.
    """

    def __init__(self, record: dict[str, Any]) -> None:
        self._record = record
        self.certainty: str = record["certainty"]
        self.summary: str = record["summary"]
        self.matches: list[dict[str, Any]] = record["matches"]
        self.accidents: list[dict[str, Any]] = record["accidents"]
        self.nearest: list[dict[str, Any]] = record["nearest"]
        self.ours: list[dict[str, Any]] = record["ours"]

    def to_dict(self) -> dict[str, Any]:
        """Return the whole record, as `ml-tracking explain --json` gives it."""
        return self._record

    def to_frame(self) -> Any:
        """Return the definitions as a pandas.DataFrame, a row each: matches, accidents, then the nearest."""
        return pandas_module().DataFrame([*self.matches, *self.accidents, *self.nearest])

    def __repr__(self) -> str:
        rows = self._rows()
        return f"{self.summary}\n\n{text_table(_titles, rows, _numbers)}" if rows else self.summary

    def _repr_html_(self) -> str:
        rows = self._rows()
        return html_lines([self.summary]) + (html_table(_titles, rows, _numbers) if rows else "")

    def _rows(self) -> list[list[str]]:
        told = [
            *((each, "") for each in self.matches),
            *((each, each["what"]) for each in self.accidents),
            *((each, f"{short_number(each['distance'])} away") for each in self.nearest),
        ]
        return [[each["definition"], repr(each["value"]), each["call"], what] for each, what in told]


_titles = ["definition", "value", "call", ""]
_numbers = frozenset({"value"})


def explain_score(
    experiment: Any,
    value: float | str,
    *,
    name: str | None = None,
    library: str | None = None,
    project: str | None = None,
    store: str | os.PathLike[str] | None = None,
) -> ScoreExplanation:
    """Say which definitions of which libraries give a number for an experiment's predictions.

    Where none does, it says which would by a common accident, such as a swapped positive class, and which come nearest.

    Parameters
    ----------
    experiment : str, LoggedExperiment or mapping
        A prediction id, or what log_experiment or read_experiments returned.
    value : float or str
        The number. A text says how many digits are known: "0.8805", "0.880", "88.05%".
    name : str, optional
        What it is called where it comes from: "aucpr", "val_f1", "xgboost:aucpr".
    library : str, optional
        The library that gave it, such as "xgboost".
    project : str, optional
        Where the experiment is; by default every project is looked through.
    store : str or path, optional
        A folder or bucket; by default the environment variable ML_TRACKING_STORE, else ./ml-tracking.

    Returns
    -------
    ScoreExplanation

    Raises
    ------
    InvalidValue
        There is no such experiment, name or library, or value is no number. It is a ValueError.
    """
    given = {
        "prediction_id": prediction_id_of(experiment),
        "value": digits(value, "value"),
        "name": name,
        "library": library,
        "project": project,
        "store": store,
    }
    asked = {key: single(each, key) for key, each in given.items() if each is not None}
    return ScoreExplanation(call("explain", asked)[0])


class MetricsCheck:
    """What an experiment's predictions say to the metrics of its run. docs/explain.md says how they are held against them.

    Attributes
    ----------
    metrics : list of dict
        The run's last values that go by the name of a score and are not of training data: name, value (as text), verdict
        ("matches", "another definition" or "cannot be had"), definition (its id, or None) and summary.
    summary : str
        How many of them match.
    """

    def __init__(self, record: dict[str, Any]) -> None:
        self._record = record
        self.metrics: list[dict[str, Any]] = record["metrics"]
        self.summary: str = record["summary"]

    def to_dict(self) -> dict[str, Any]:
        """Return the whole record, as `ml-tracking explain ID --json` gives it."""
        return self._record

    def to_frame(self) -> Any:
        """Return the metrics as a pandas.DataFrame, a row each."""
        return pandas_module().DataFrame(self.metrics)

    def __repr__(self) -> str:
        return "\n".join([self.summary, *(f"  {each['summary']}" for each in self.metrics)])

    def _repr_html_(self) -> str:
        return html_lines([self.summary, *(each["summary"] for each in self.metrics)])


def check_run_metrics(
    experiment: Any,
    *,
    project: str | None = None,
    store: str | os.PathLike[str] | None = None,
) -> MetricsCheck:
    """Hold the metrics of the run that an experiment belongs to against the experiment's predictions.

    It does not matter which client logged them: `start_run`, MLflow's client or `ml_tracking.wandb`.

    Parameters
    ----------
    experiment : str, LoggedExperiment or mapping
        A prediction id, or what log_experiment or read_experiments returned.
    project : str, optional
        Where the experiment is; by default every project is looked through.
    store : str or path, optional
        A folder or bucket; by default the environment variable ML_TRACKING_STORE, else ./ml-tracking.

    Returns
    -------
    MetricsCheck

    Raises
    ------
    InvalidValue
        There is no such experiment, or it belongs to no run. It is a ValueError.
    """
    given = {"prediction_id": prediction_id_of(experiment), "project": project, "store": store}
    asked = {key: single(each, key) for key, each in given.items() if each is not None}
    return MetricsCheck(call("check_run_metrics", asked)[0])
