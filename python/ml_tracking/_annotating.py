"""What is said afterwards: of a project, and of its experiments."""

from __future__ import annotations

import os
from typing import Any

from ._call import call
from ._plain import single


def primary_scores(project: str, *, store: str | os.PathLike[str] | None = None) -> dict[str, dict[str, Any]]:
    """Say what a project's experiments are ranked by, everywhere.

    Parameters
    ----------
    project : str
        The project's name.
    store : str or path, optional
        A folder or bucket; by default the environment variable ML_TRACKING_STORE, else ./ml-tracking.

    Returns
    -------
    dict
        Under "classification" and "regression": "score", and "source", which is "set for the project" or "usual"
        (f1_macro, root_mean_squared_error); where it was set, "author" and "written_at".
    """
    answer: dict[str, dict[str, Any]] = call("primary_scores", _asked(store, project=project))[0]
    return answer


def set_primary_score(
    project: str, score: str | None, *, store: str | os.PathLike[str] | None = None
) -> dict[str, dict[str, Any]]:
    """Rank a project's experiments of this score's kind by it from now on, for everybody.

    Parameters
    ----------
    project : str
        The project's name.
    score : str or None
        A score's name; None: the usual scores of both kinds again.
    store : str or path, optional
        A folder or bucket; by default the environment variable ML_TRACKING_STORE, else ./ml-tracking.

    Returns
    -------
    dict
        What `primary_scores` gives from now on.
    """
    answer: dict[str, dict[str, Any]] = call("set_primary_score", _asked(store, project=project, score=score))[0]
    return answer


def _asked(store: str | os.PathLike[str] | None, **arguments: Any) -> dict[str, Any]:
    given = {"store": store, **arguments}
    return {name: single(value, name) for name, value in given.items() if value is not None}
