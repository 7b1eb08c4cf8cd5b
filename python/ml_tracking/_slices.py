"""On which parts of the test set a model is worse, or one model than another."""

from __future__ import annotations

import os
from typing import Any, Literal, overload

from ._call import call
from ._comparing import prediction_id_of
from ._plain import single
from ._tables import between, html_lines, html_table, pandas_module, short_number, text_table


class Slices:
    """Parts of the test set, and how one model does on each, or two do. docs/slices.md defines every number.

    Attributes
    ----------
    score : str
        The score that is looked at.
    by : str or None
        The column that divides the samples; None: all features were searched.
    overall : dict
        The score of all samples, of two models its difference.
    slices : list of dict
        Of each: text (its conditions in words), n, verdict and summary; of one model slice, rest and difference, of two
        difference and p_corrected.
    tried, significant : int
        How many slices were tested, and how many of those differ.
    columns : list of dict
        What was searched: name, groups, and a note where none of its groups was tried.
    """

    def __init__(self, record: dict[str, Any]) -> None:
        self._record = record
        self.score: str = record["score"]
        self.by: str | None = record["by"]
        self.overall: dict[str, Any] = record["overall"]
        self.slices: list[dict[str, Any]] = record["slices"]
        self.tried: int = record["tried"]
        self.significant: int = record["significant"]
        self.columns: list[dict[str, Any]] = record["columns"]

    def to_dict(self) -> dict[str, Any]:
        """Return the whole record, as `ml-tracking slices --json` gives it."""
        return self._record

    def to_frame(self) -> Any:
        """Return the slices as a pandas.DataFrame, a row each."""
        flat = _flat_pair if self._is_pair else _flat_slice
        return pandas_module().DataFrame([flat(each) for each in self.slices])

    def __repr__(self) -> str:
        table = [] if not self.slices else ["", text_table(*self._table())]
        return "\n".join([*self._said(), *table])

    def _repr_html_(self) -> str:
        return html_lines(self._said()) + (html_table(*self._table()) if self.slices else "")

    @property
    def _is_pair(self) -> bool:
        return "a" in self._record

    def _said(self) -> list[str]:
        record, overall = self._record, self.overall
        if self._is_pair:
            names = [f"{letter.upper()}  {each['prediction_id']}  {each['name'] or each['model']}"
                     for letter, each in (("a", record["a"]), ("b", record["b"]))]
            values = f"{self.score} {short_number(overall['a'])} for A, {short_number(overall['b'])} for B"
            lines = [*names, f"{record['n']} samples: {values}; {self.significant} of {self.tried} slices differ"]
        else:
            title = f"{record['prediction_id']}  {record['name'] or record['project']}"
            lines = [title, f"{record['n']} samples, {self.score} {short_number(overall['value'])}"]
        if self.by is None and not self.columns:
            return [*lines, 'No features were logged with it (sample_features), so only by="y_true" can show slices.']
        if self.by is None and not self._is_pair:
            count = len(self.slices)
            found = f"{count} of {self.tried} slices {'is' if count == 1 else 'are'} worse than the rest" if count else (
                f"None of {self.tried} slices is shown to be worse than the rest")
            by = f"{len(self.columns)} {'feature' if len(self.columns) == 1 else 'features'} and pairs of them"
            lines.append(f"{found}; at least {record['min_size']} samples each, by {by}.")
            lines += [f"- {each['summary']}." for each in self.slices[:5]]
        return lines

    def _table(self) -> tuple[list[str], list[list[str]], frozenset[str]]:
        percent = f"between ({100 * self._record['level']:.6g} %)"
        if self._is_pair:
            heads = ["slice", "samples", "A", "B", "difference", percent, "p corrected", "B is"]
            rows = [_pair_cells(each) for each in self.slices]
        else:
            heads = ["slice", "samples", self.score, percent, "elsewhere", "p corrected", "is"]
            rows = [_slice_cells(each) for each in self.slices]
        return heads, rows, frozenset(heads[1:-1])


@overload
def slices(
    experiment: Any,
    other: Any = None,
    *,
    by: str | None = None,
    score: str | None = None,
    level: float | None = None,
    seed: int | None = None,
    correction: str | None = None,
    min_size: int | None = None,
    bins: int | None = None,
    limit: int | None = None,
    on_shared_samples: bool = False,
    group: str | None = None,
    order: str | None = None,
    project: str | None = None,
    store: str | os.PathLike[str] | None = None,
    as_frame: Literal[False] = False,
) -> Slices: ...
@overload
def slices(
    experiment: Any,
    other: Any = None,
    *,
    by: str | None = None,
    score: str | None = None,
    level: float | None = None,
    seed: int | None = None,
    correction: str | None = None,
    min_size: int | None = None,
    bins: int | None = None,
    limit: int | None = None,
    on_shared_samples: bool = False,
    group: str | None = None,
    order: str | None = None,
    project: str | None = None,
    store: str | os.PathLike[str] | None = None,
    as_frame: bool,
) -> Any: ...
def slices(
    experiment: Any,
    other: Any = None,
    *,
    by: str | None = None,
    score: str | None = None,
    level: float | None = None,
    seed: int | None = None,
    correction: str | None = None,
    min_size: int | None = None,
    bins: int | None = None,
    limit: int | None = None,
    on_shared_samples: bool = False,
    group: str | None = None,
    order: str | None = None,
    project: str | None = None,
    store: str | os.PathLike[str] | None = None,
    as_frame: bool = False,
) -> Any:
    """Find the parts of the test set on which a model is worse than elsewhere; of two, those on which they differ.

    Parameters
    ----------
    experiment, other : str, LoggedExperiment or mapping
        Prediction ids, or what log_experiment or read_experiments returned. With other, the two are compared slice by slice.
    by : str, optional
        The column that divides the samples: a feature that was logged, or y_true. By default all features and pairs of
        them are searched.
    score : str, optional
        The score to look at; by default accuracy, of a regression mean_absolute_error.
    level : float, default 0.95
        How sure intervals and verdicts are, from 0.5 to below 1.
    seed : int, default 0
        Of the resampling: the same seed gives the same numbers everywhere.
    correction : {"holm", "bh"}, optional
        For the number of slices tried: holm, the default, lets none through by luck; bh is for exploring.
    min_size : int, optional
        The smallest slice that is tried; by default 20 samples, or a thousandth of all where that is more.
    bins : int, default 5
        Into how many groups of equally many samples numbers are cut.
    limit : int, default 20
        How many found slices are reported.
    on_shared_samples : bool, default False
        Whether to compare different test sets on the samples that both have.
    group, order : str, optional
        The feature by which samples depend on each other; by default as logged.
    project : str, optional
        Where they are; by default every project is looked through.
    store : str or path, optional
        A folder or bucket; by default the environment variable ML_TRACKING_STORE, else ./ml-tracking.
    as_frame : bool, default False
        Whether to return a pandas.DataFrame of the slices.

    Returns
    -------
    Slices or pandas.DataFrame

    Raises
    ------
    InvalidValue
        There is no such experiment or column, or an argument is bad. It is a ValueError.
    """
    given = {
        "prediction_id": prediction_id_of(experiment),
        "other": prediction_id_of(other),
        "by": by,
        "score": score,
        "level": level,
        "seed": seed,
        "correction": correction,
        "min_size": min_size,
        "bins": bins,
        "limit": limit,
        "on_shared_samples": on_shared_samples or None,
        "group": group,
        "order": order,
        "project": project,
        "store": store,
    }
    asked = {name: single(value, name) for name, value in given.items() if value is not None}
    found = Slices(call("slices", asked)[0])
    return found.to_frame() if as_frame else found


def _slice_cells(each: dict[str, Any]) -> list[str]:
    rest, difference = each["rest"], each["difference"]
    return [
        each["text"],
        str(each["n"]),
        short_number(each["slice"]["value"]),
        between(each["slice"]["low"], each["slice"]["high"]),
        short_number(rest["value"]) if rest else "",
        short_number(difference["p_corrected"]) if difference else "",
        each["verdict"],
    ]


def _pair_cells(each: dict[str, Any]) -> list[str]:
    difference = each["difference"]
    return [
        each["text"],
        str(each["n"]),
        *(short_number(difference[name]) for name in ("a", "b", "difference")),
        between(difference["low"], difference["high"]),
        short_number(each["p_corrected"]),
        each["verdict"],
    ]


def _flat_slice(each: dict[str, Any]) -> dict[str, Any]:
    of, rest, difference = each["slice"], each["rest"] or {}, each["difference"] or {}
    return {
        "slice": each["text"],
        "n": each["n"],
        "value": of["value"],
        "low": of["low"],
        "high": of["high"],
        "rest": rest.get("value"),
        "difference": difference.get("value"),
        "difference_low": difference.get("low"),
        "difference_high": difference.get("high"),
        "p": difference.get("p"),
        "p_corrected": difference.get("p_corrected"),
        "verdict": each["verdict"],
    }


def _flat_pair(each: dict[str, Any]) -> dict[str, Any]:
    names = ("a", "b", "difference", "low", "high", "p")
    numbers = {name: each["difference"][name] for name in names}
    return {"slice": each["text"], "n": each["n"], **numbers, "p_corrected": each["p_corrected"], "verdict": each["verdict"]}
