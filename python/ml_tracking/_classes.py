"""Which classes a fitted model knows, and what the columns of y_score are called: by these the core decides which column is whose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ._columns import Arrays, scores
from ._errors import InvalidValue
from ._foreign import reading
from ._plain import NotPlain, plain_scalar, shown, to_json
from ._tensors import root_of


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
    with reading("y_score", values, "give a column of probabilities a class, by the classes' names"):
        columns = _columns_by_name(values)
    if columns is not None:
        return _of_mapping(columns, arrays)
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


def _columns_by_name(values: Any) -> Mapping[Any, Any] | None:
    """Of what names the class of each probability itself, the columns: a dict, an array with named fields, a row of names a sample."""
    if isinstance(values, Mapping):
        return values
    fields = getattr(getattr(values, "dtype", None), "names", None)  # of numpy
    if fields:
        return {name: values[name] for name in fields}
    listed = values.tolist() if root_of(values) in ("numpy", "pandas") and _holds_mappings(values) else values
    if not isinstance(listed, (list, tuple)) or not listed:
        return None
    first = _named_row(listed[0])
    if first is None:
        return None
    columns: dict[Any, list[Any]] = {name: [] for name in first}
    for i, each in enumerate(listed):
        row = _named_row(each)
        if row is None or set(row) != set(first):
            raise InvalidValue(
                f"y_score[{i}] is {shown(each)}, but y_score[0] has the probabilities of {', '.join(map(repr, first))}; "
                "give those of the same classes in each row", "INVALID_SCORES"
            )
        for name, values_of in columns.items():
            values_of.append(row[name])
    return columns


def _holds_mappings(values: Any) -> bool:
    return getattr(values, "ndim", None) == 1 and str(values.dtype) == "object" and len(values) > 0


def _named_row(row: Any) -> Mapping[Any, Any] | None:
    """A dict, or a pandas Series whose index names the values rather than numbers them."""
    if isinstance(row, Mapping):
        return row
    if root_of(row) != "pandas" or type(getattr(row, "index", None)).__name__ == "RangeIndex" or not hasattr(row, "items"):
        return None
    return dict(row.items())


def _of_mapping(values: Mapping[Any, Any], arrays: Arrays) -> Any:
    columns: dict[str, Any] = {}
    for name, column in zip(_leaf_names(list(values)), values.values()):
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
        name = _plain_name(getattr(values, "name", None))
        return [name] if name not in ("", "None") else None
    return [_plain_name(name) for name in _leaf_names(list(names))]


def _leaf_names(names: list[Any]) -> list[Any]:
    """Of columns with several levels, the one level that tells them apart, if there is one; other names as they are."""
    if not names or not all(isinstance(name, tuple) and len(name) == len(names[0]) for name in names):
        return names
    telling = [level for level in zip(*names) if len(set(level)) > 1]
    return list(telling[0]) if len(telling) == 1 else names


def _plain_name(name: Any) -> Any:
    try:
        plain = plain_scalar(name)
    except NotPlain:  # several levels, a date
        return str(name)
    if isinstance(plain, float):
        return int(plain) if plain.is_integer() else str(plain)
    return str(plain) if plain is None else plain
