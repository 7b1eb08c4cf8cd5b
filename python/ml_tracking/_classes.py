"""Which classes a fitted model knows, and what the columns of y_score are called: by these the core decides which column is whose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ._columns import Arrays, scores
from ._errors import InvalidValue
from ._plain import NotPlain, plain_scalar, to_json


def model_classes(model: Any) -> list[Any] | None:
    """The classes in the order of the model's probabilities; None where it does not say, as before it is fitted.

    `classes_` is scikit-learn's name for them, which pipelines, searches, XGBoost, LightGBM and CatBoost share.
    """
    try:
        found = model.classes_
        if isinstance(found, (str, bytes, Mapping)) or not isinstance(found, Iterable):
            return None
        classes = [plain_scalar(each) for each in (found.tolist() if hasattr(found, "tolist") else found)]
    except Exception:  # whatever a library raises of a model that is not fitted, or has classes for each of several outputs
        return None
    if not all(isinstance(each, (str, int, float)) for each in classes):
        return None
    return [int(each) if isinstance(each, float) and each.is_integer() else each for each in classes]


def named_scores(values: Any, arrays: Arrays) -> Any:
    """y_score with the names of its columns, where it has any: a data frame, a table of pyarrow, or a dict of columns."""
    if isinstance(values, Mapping):
        return _of_mapping(values, arrays)
    sent = scores(values, arrays)
    names = _names(values)
    if names is None or sent is None:
        return sent
    if isinstance(sent, list) and sent and all(isinstance(row, list) and len(row) == len(sent[0]) for row in sent):
        sent = {"values": [value for row in sent for value in row], "columns": len(sent[0])}
    if isinstance(sent, dict) and "$column" in sent:
        sent = {"values": sent, "columns": 1}
    if not isinstance(sent, dict) or sent.get("columns") != len(names):
        return sent
    return {**sent, "names": [to_json(name) for name in names]}


def _of_mapping(values: Mapping[Any, Any], arrays: Arrays) -> Any:
    columns: dict[str, Any] = {}
    for name, column in values.items():
        if str(name) in columns:
            raise InvalidValue(f'y_score has the column "{name}" twice; give each class one column', "INVALID_SCORES")
        columns[str(name)] = scores(column, arrays)
    return {"$mapping": [list(pair) for pair in columns.items()]}


def _names(values: Any) -> list[Any] | None:
    """What a frame calls its columns, or a series itself."""
    root = type(values).__module__.partition(".")[0]
    if root not in ("pandas", "polars", "pyarrow"):
        return None
    names = getattr(values, "column_names", None)  # of pyarrow
    if names is None:
        names = getattr(values, "columns", None)
    if names is None:
        name = getattr(values, "name", None)
        return [name] if isinstance(name, str) and name != "" else None
    return [_plain_name(name) for name in names]


def _plain_name(name: Any) -> Any:
    try:
        plain = plain_scalar(name)
    except NotPlain:  # several levels, a date
        return str(name)
    if isinstance(plain, float):
        return int(plain) if plain.is_integer() else str(plain)
    return str(plain) if plain is None else plain
