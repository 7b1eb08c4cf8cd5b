"""Which experiment of a project is best, and which the samples cannot tell from it."""

from __future__ import annotations

import os
from typing import Any, Literal, overload

from ._call import call
from ._duckdb import NoDuckDB, duckdb_folder
from ._errors import InvalidValue
from ._plain import single
from ._tables import between, html_lines, html_table, pandas_module, short_number, text_table


class Leaderboard:
    """The experiments of one test set, ranked. docs/leaderboard.md defines every number.

    Attributes
    ----------
    project : str
        The project's name.
    score : str
        What they are ranked by.
    test_set_digest : str
        The test set that all of them were evaluated on.
    experiments : int
        How many it has with the score, those not judged included.
    rows : list of dict
        Best first, as many as were judged: rank, verdict, prediction_id, name, model, value, interval, difference (to the
        best), p_corrected, margin, reason and more. None is what cannot be computed; reason says why.
    note : str or None
        What to know before picking the first one.
    """

    def __init__(self, answer: dict[str, Any]) -> None:
        self._record: dict[str, Any] = answer["leaderboard"]
        self._titles: list[str] = answer["titles"]
        self.project: str = self._record["project"]
        self.score: str = self._record["score"]
        self.test_set_digest: str = self._record["test_set_digest"]
        self.experiments: int = self._record["experiments"]
        self.rows: list[dict[str, Any]] = self._record["rows"]
        self.note: str | None = self._record["note"]

    def to_dict(self) -> dict[str, Any]:
        """Return the whole record, as `ml-tracking leaderboard --json` gives it."""
        return self._record

    def to_frame(self) -> Any:
        """Return the rows as a pandas.DataFrame: the limits of value and difference are columns of their own."""
        return pandas_module().DataFrame([_flat(row) for row in self.rows])

    def __repr__(self) -> str:
        heads, rows, numbers = self._table()
        return "\n".join([self._head(), "", text_table(heads, rows, numbers), *([""] if self._said() else []), *self._said()])

    def _repr_html_(self) -> str:
        heads, rows, numbers = self._table()
        # A cell of a notebook is narrow: what is looked for stands first, the id last.
        order = [0, 2, 3, 4, len(heads) - 1, *range(5, len(heads) - 1), 1]
        turned = [[row[i] for i in order] for row in (heads, *rows)]
        return html_lines([self._head()]) + html_table(turned[0], turned[1:], numbers) + html_lines(self._said())

    def _head(self) -> str:
        direction = self._record["direction"]
        better = "best at 0" if direction == "zero" else f"{direction} is better"
        counted = f"{self.experiments} {'experiment' if self.experiments == 1 else 'experiments'}"
        return f"{self.project}: {self.score} ({better}) on test set {self.test_set_digest[:12]}: {counted}"

    def _said(self) -> list[str]:
        said = [self.note] if self.note else []
        if len(self.rows) < self.experiments:
            said.append(f"The best {len(self.rows)} of {self.experiments} experiments were judged; limit judges more.")
        return said

    def _table(self) -> tuple[list[str], list[list[str]], frozenset[str]]:
        percent = f"{100 * self._record['level']:.4g} %"
        margin = self._record["margin"]
        within = [] if margin is None else [f"within {short_number(margin)}"]
        of = ["of"] if any(row["positive_label"] for row in self.rows) and self.score in ("precision", "recall", "f1") else []
        numbers = ["rank", self.score, f"between ({percent})", "from the best", "p corrected"]
        heads = ["rank", "prediction id", "name", "model", self.score, *of, *numbers[2:], *within, "verdict"]
        ranks = [row["rank"] for row in self.rows]
        rows = [
            [
                f"{row['rank']} =" if ranks.count(row["rank"]) > 1 else str(row["rank"]),
                row["prediction_id"],
                title,
                row["model"],
                short_number(row["value"]),
                *([row["positive_label"] or ""] if of else []),
                between(*_limits(row["interval"])),
                short_number((row["difference"] or {}).get("difference")),
                short_number(row["p_corrected"]),
                *([(row["margin"] or {}).get("conclusion", "")] if within else []),
                row["verdict"] if row["reason"] is None else f"{row['verdict']}: {row['reason']}",
            ]
            for title, row in zip(self._titles, self.rows)
        ]
        return heads, rows, frozenset(numbers)


@overload
def leaderboard(
    project: str,
    score: str | None = None,
    *,
    test_set: str | None = None,
    filter: str | None = None,
    margin: float | None = None,
    limit: int | None = None,
    level: float | None = None,
    seed: int | None = None,
    group: str | None = None,
    order: str | None = None,
    store: str | os.PathLike[str] | None = None,
    as_frame: Literal[False] = False,
) -> Leaderboard: ...
@overload
def leaderboard(
    project: str,
    score: str | None = None,
    *,
    test_set: str | None = None,
    filter: str | None = None,
    margin: float | None = None,
    limit: int | None = None,
    level: float | None = None,
    seed: int | None = None,
    group: str | None = None,
    order: str | None = None,
    store: str | os.PathLike[str] | None = None,
    as_frame: bool,
) -> Any: ...
def leaderboard(
    project: str,
    score: str | None = None,
    *,
    test_set: str | None = None,
    filter: str | None = None,
    margin: float | None = None,
    limit: int | None = None,
    level: float | None = None,
    seed: int | None = None,
    group: str | None = None,
    order: str | None = None,
    store: str | os.PathLike[str] | None = None,
    as_frame: bool = False,
) -> Any:
    """Rank the experiments of a project on one test set, and say which the samples tell from the best.

    Parameters
    ----------
    project : str
        The project's name.
    score : str, optional
        What they are ranked by; by default the project's primary score.
    test_set : str, optional
        The digest of the test set, or how it begins; by default the one with the most experiments.
    filter : str, optional
        Rank only experiments that it selects, such as ``"extra.lr > 0.1"``. Read by DuckDB, which npm fetches once.
    margin : float, optional
        A difference that matters, in the score's unit: whether each is within it of the best.
    limit : int, default 20
        How many of the best are judged, at most 100.
    level : float, default 0.95
        How sure intervals and verdicts are, from 0.5 to below 1.
    seed : int, default 0
        Of the resampling: the same seed gives the same numbers everywhere.
    group, order : str, optional
        The feature by which samples depend on each other; by default as logged.
    store : str or path, optional
        A folder or bucket; by default the environment variable ML_TRACKING_STORE, else ./ml-tracking.
    as_frame : bool, default False
        Whether to return a pandas.DataFrame of the rows.

    Returns
    -------
    Leaderboard or pandas.DataFrame

    Raises
    ------
    InvalidValue
        There is no such project, no experiment has the score, or an argument is bad. It is a ValueError.
    """
    if filter is not None:
        _provide_duckdb()
    given = {
        "project": project,
        "score": score,
        "test_set": test_set,
        "filter": filter,
        "margin": margin,
        "limit": limit,
        "level": level,
        "seed": seed,
        "group": group,
        "order": order,
        "store": store,
    }
    asked = {name: single(value, name) for name, value in given.items() if value is not None}
    board = Leaderboard(call("leaderboard", asked)[0])
    return board.to_frame() if as_frame else board


def _provide_duckdb() -> None:
    """The core finds it in the cache folder; a folder that the caller named stays."""
    if "ML_TRACKING_DUCKDB" in os.environ:
        return
    try:
        duckdb_folder()
    except (NoDuckDB, OSError) as why:
        raise InvalidValue(f"a filter is given; {why}", "LIBRARY_NOT_INSTALLED") from why


def _limits(found: dict[str, Any] | None) -> tuple[float | None, float | None]:
    return (found["low"], found["high"]) if found else (None, None)


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    low, high = _limits(row["interval"])
    difference_low, difference_high = _limits(row["difference"])
    plain = {name: value for name, value in row.items() if name not in ("interval", "difference", "margin")}
    return {
        **plain,
        "low": low,
        "high": high,
        "difference": row["difference"] and row["difference"]["difference"],
        "difference_low": difference_low,
        "difference_high": difference_high,
        "margin": row["margin"] and row["margin"]["conclusion"],
    }
