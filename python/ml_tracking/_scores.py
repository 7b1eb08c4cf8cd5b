"""Scores that a project has beside those of every project, and the definitions that they can be."""

from __future__ import annotations

import os
from typing import Any

from ._call import call
from ._plain import single
from ._reading import time_of


def add_score(
    project: str,
    name: str,
    *,
    definition: str | None = None,
    expression: str | None = None,
    kind: str | None = None,
    direction: str | None = None,
    store: str | os.PathLike[str] | None = None,
) -> dict[str, Any]:
    """Give a project's experiments a score more from now on, for everybody; one of the same name is replaced.

    Parameters
    ----------
    project : str
        The project's name.
    name : str
        What it is called: letters, digits and underscores, the first a letter.
    definition : str, optional
        What it is: the "id" of one of `definitions()`, such as "scipy:ks_2samp".
    expression : str, optional
        In place of a definition.
    kind : str, optional
        Of an expression, "classification" or "regression"; by default the project's only kind.
    direction : str, optional
        Of an expression, which values are better: "higher", "lower" or "zero", those nearer to 0.
    store : str or path, optional
        A folder or bucket; by default the environment variable ML_TRACKING_STORE, else ./ml-tracking.

    Returns
    -------
    dict
        "score", and what it is for the newest experiment of its kind: "prediction_id", "title" and "value". Where
        "value" is None, "why" says the reason; the score is added all the same.
    """
    score = {
        "name": name,
        "definition": definition,
        "expression": expression,
        "kind": kind,
        "direction": direction,
    }
    answer: dict[str, Any] = call("add_score", _asked(store, project=project, **score))[0]
    return answer


def remove_score(
    project: str, name: str, *, store: str | os.PathLike[str] | None = None
) -> list[dict[str, Any]]:
    """Take an added score away from a project.

    Parameters
    ----------
    project : str
        The project's name.
    name : str
        The score's name.
    store : str or path, optional
        A folder or bucket; by default the environment variable ML_TRACKING_STORE, else ./ml-tracking.

    Returns
    -------
    list of dict
        What `added_scores` gives from now on.
    """
    return [_score_of(each) for each in call("remove_score", _asked(store, project=project, name=name))[0]]


def added_scores(project: str, *, store: str | os.PathLike[str] | None = None) -> list[dict[str, Any]]:
    """List the scores that a project has beside those of every project.

    Parameters
    ----------
    project : str
        The project's name.
    store : str or path, optional
        A folder or bucket; by default the environment variable ML_TRACKING_STORE, else ./ml-tracking.

    Returns
    -------
    list of dict
        By name: "name", "kind", "direction", "definition" or "expression", "author" and "written_at".
    """
    return [_score_of(each) for each in call("added_scores", _asked(store, project=project))[0]]


def added_score_values(
    project: str, *, store: str | os.PathLike[str] | None = None
) -> list[dict[str, Any]]:
    """Give the values of a project's added scores. Those that were never computed are computed first.

    Parameters
    ----------
    project : str
        The project's name.
    store : str or path, optional
        A folder or bucket; by default the environment variable ML_TRACKING_STORE, else ./ml-tracking.

    Returns
    -------
    list of dict
        An experiment each, the latest first: "prediction_id", "title", "kind" and "values", by the score's name,
        None where there is none.
    """
    answer: list[dict[str, Any]] = call("added_score_values", _asked(store, project=project))[0]
    return answer


def definitions(
    words: str | None = None,
    *,
    kind: str | None = None,
    library: str | None = None,
    score: str | None = None,
) -> list[dict[str, Any]]:
    """Find what programs compute under a score's name, in the catalogue of definitions.

    Parameters
    ----------
    words : str, optional
        Words that all have to be in the id, a name, the library, the call or the formula.
    kind : str, optional
        "classification" or "regression".
    library : str, optional
        Of this library alone, such as "xgboost".
    score : str, optional
        Those of the name of a score of every project, with a "difference" from it.

    Returns
    -------
    list of dict
        "id", "names", "library", "version", "kind", "direction", "needs_score", "call", "formula", "traits" and
        "difference".
    """
    asked = {"words": words, "kind": kind, "library": library, "score": score}
    given = {name: single(value, name) for name, value in asked.items() if value is not None}
    answer: list[dict[str, Any]] = call("definitions", given)[0]
    return answer


def _score_of(sent: dict[str, Any]) -> dict[str, Any]:
    return {**sent, "written_at": time_of(sent["written_at"])}


def _asked(store: str | os.PathLike[str] | None, **arguments: Any) -> dict[str, Any]:
    given = {"store": store, **arguments}
    return {name: single(value, name) for name, value in given.items() if value is not None}
