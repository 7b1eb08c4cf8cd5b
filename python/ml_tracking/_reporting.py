"""A comparison as one file to give away."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from ._call import call
from ._comparing import prediction_id_of
from ._errors import InvalidType, InvalidValue
from ._plain import shown, single

_formats = {".html": "html", ".htm": "html", ".md": "markdown", ".markdown": "markdown"}


def report(
    a: Any,
    b: Any,
    path: str | os.PathLike[str],
    *,
    score: str | None = None,
    margin: float | None = None,
    level: float | None = None,
    seed: int | None = None,
    on_shared_samples: bool = False,
    group: str | None = None,
    order: str | None = None,
    project: str | None = None,
    store: str | os.PathLike[str] | None = None,
) -> Path:
    """Write whether experiment b is better than a into one file, for people who have neither the store nor ml_tracking.

    It has the verdict in words, every score with its interval and difference, pictures, the slices and the parameters that
    differ, and where both came from. It loads nothing and runs nothing. A file that is there is replaced.

    Parameters
    ----------
    a, b : str, LoggedExperiment or mapping
        Prediction ids, or what log_experiment or read_experiments returned.
    path : str or path
        The file: .html, or .md for Markdown, which has tables and words in place of pictures.
    score : str, optional
        The score that the verdict is about; by default the project's primary score.
    margin : float, optional
        A difference that matters, in that score's unit: whether b is superior by it, equivalent or non-inferior within it.
    level : float, default 0.95
        How sure the intervals and the verdict are, from 0.5 to below 1.
    seed : int, default 0
        Of the resampling: the same seed gives the same numbers everywhere.
    on_shared_samples : bool, default False
        Whether to compare different test sets on the samples that both have.
    group, order : str, optional
        The feature by which samples depend on each other; by default as logged.
    project : str, optional
        Where they are; by default every project is looked through.
    store : str or path, optional
        A folder or bucket; by default the environment variable ML_TRACKING_STORE, else ./ml-tracking.

    Returns
    -------
    pathlib.Path
        The file that was written.

    Raises
    ------
    InvalidValue
        They cannot be compared (code NOT_COMPARABLE), the path ends otherwise or cannot be written, or an argument is bad. It
        is a ValueError.
    """
    if not isinstance(path, (str, os.PathLike)) or not isinstance(os.fspath(path), str):
        raise InvalidType(f"path is {shown(path)}; give the path of a file, such as report.html", "INVALID_ARGUMENT")
    file = Path(path)
    if file.suffix.lower() not in _formats:
        raise InvalidValue(f"path is {os.fspath(path)!r}; give a file that ends in .html, or in .md for Markdown", "INVALID_ARGUMENT")
    given = {
        "a": prediction_id_of(a),
        "b": prediction_id_of(b),
        "format": _formats[file.suffix.lower()],
        "score": score,
        "margin": margin,
        "level": level,
        "seed": seed,
        "on_shared_samples": on_shared_samples,
        "group": group,
        "order": order,
        "project": project,
        "store": store,
    }
    asked = {name: single(value, name) for name, value in given.items() if value is not None}
    text: str = call("report", asked)[0]["text"]
    try:
        file.write_bytes(text.encode())
    except OSError as error:
        raise InvalidValue(f"path is {os.fspath(path)!r}, which cannot be written: {error}", "INVALID_ARGUMENT") from error
    return file
