"""What is said afterwards: of a project, and of its experiments."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Any

from ._call import call
from ._comparing import prediction_id_of
from ._errors import InvalidType
from ._plain import shown, single
from ._reading import record_of, time_of


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


def annotate(
    prediction_ids: Any,
    *,
    name: str | None = None,
    note: str | None = None,
    add_tags: Iterable[str] = (),
    remove_tags: Iterable[str] = (),
    starred: bool | None = None,
    archived: bool | None = None,
    deleted: bool | None = None,
    project: str | None = None,
    store: str | os.PathLike[str] | None = None,
) -> list[dict[str, Any]]:
    """Say something of experiments, for everybody. It is kept beside their rows, which do not change.

    Parameters
    ----------
    prediction_ids : str, LoggedExperiment, mapping or iterable of them
        The experiments: prediction ids, or what log_experiment or read_experiments returned.
    name : str, optional
        What they are called from now on; empty: what they were logged as.
    note : str, optional
        A note, in Markdown; empty: none.
    add_tags, remove_tags : iterable of str
        Tags that they get and lose.
    starred, archived : bool, optional
        Whether they are starred; whether they are left out of rankings.
    deleted : bool, optional
        True puts them into the trash, where nothing shows them but `list_trash`; False takes them out of it.
    project : str, optional
        Where they are; by default every project is looked through.
    store : str or path, optional
        A folder or bucket; by default the environment variable ML_TRACKING_STORE, else ./ml-tracking.

    Returns
    -------
    list of dict
        The experiments with all that holds of them now.
    """
    said = {"name": name, "note": note, "starred": starred, "archived": archived, "deleted": deleted}
    tags = {"add_tags": _texts(add_tags, "add_tags"), "remove_tags": _texts(remove_tags, "remove_tags")}
    asked = {**_asked(store, project=project, **said), **{key: value for key, value in tags.items() if value}}
    sent = call("annotate", {**asked, "prediction_ids": _ids(prediction_ids)})[0]
    return [record_of(each) for each in sent]


def list_trash(
    *, project: str | None = None, store: str | os.PathLike[str] | None = None
) -> list[dict[str, Any]]:
    """List the experiments in the trash, the last deleted first.

    Parameters
    ----------
    project : str, optional
        Of this project alone.
    store : str or path, optional
        A folder or bucket; by default the environment variable ML_TRACKING_STORE, else ./ml-tracking.

    Returns
    -------
    list of dict
        Their records, with "deleted_by" and "deleted_at".
    """
    return [
        {**record_of(each), "deleted_at": time_of(each["deleted_at"])}
        for each in call("list_trash", _asked(store, project=project))[0]
    ]


def purge_trash(
    prediction_ids: Any = None, *, project: str | None = None, store: str | os.PathLike[str] | None = None
) -> list[dict[str, Any]]:
    """Remove experiments of the trash for good: rows, predictions, and what was said of them.

    Parameters
    ----------
    prediction_ids : str, LoggedExperiment, mapping or iterable of them, optional
        These alone; by default everything in the trash.
    project : str, optional
        Of this project alone.
    store : str or path, optional
        A folder or bucket; by default the environment variable ML_TRACKING_STORE, else ./ml-tracking.

    Returns
    -------
    list of dict
        What was removed: "prediction_id", "project" and "bytes" of predictions.
    """
    ids = {} if prediction_ids is None else {"prediction_ids": _ids(prediction_ids)}
    answer: list[dict[str, Any]] = call("purge_trash", {**_asked(store, project=project), **ids})[0]
    return answer


def _ids(given: Any) -> list[Any]:
    if isinstance(given, (str, Mapping)) or hasattr(given, "prediction_id"):
        given = [given]
    return [single(prediction_id_of(each), "prediction_ids") for each in given]


def _texts(given: Iterable[str], name: str) -> list[Any]:
    if isinstance(given, str):
        raise InvalidType(f"{name} is {shown(given)}; give a list of texts", "INVALID_ARGUMENT")
    return [single(each, name) for each in given]


def _asked(store: str | os.PathLike[str] | None, **arguments: Any) -> dict[str, Any]:
    given = {"store": store, **arguments}
    return {name: single(value, name) for name, value in given.items() if value is not None}
