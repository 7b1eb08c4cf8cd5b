"""What data scientists hold values in, as columns for the core: numbers as binary, texts as UTF-8 or as a dictionary with codes.

Nothing is imported here that the caller has not imported: a numpy array comes from a program that has numpy.
"""

from __future__ import annotations

import array
import sys
from collections.abc import Iterable, Mapping
from typing import Any

from ._core import Buffer
from ._errors import InvalidType, InvalidValue
from ._plain import NotPlain, plain_scalar, shown, to_json


class Arrays:
    """The binary arrays of one request."""

    def __init__(self) -> None:
        self.parts: list[Buffer] = []

    def add(self, part: Buffer) -> int:
        self.parts.append(part)
        return len(self.parts) - 1


def column(values: Any, name: str, arrays: Arrays, *, ids: bool = False) -> Any:
    """A column for the core. What can be none goes as it is, for the core to refuse, or is refused here.

    `ids`: nearly every value is another one, so that a dictionary would not pay.
    """
    if values is None or isinstance(values, (str, int, float)):
        return to_json(plain_scalar(values))
    if isinstance(values, Mapping):
        return {}
    if isinstance(values, (bytes, bytearray, set, frozenset)):
        raise InvalidType(f"{name} is {shown(values)}, which has no order of values; give a list or an array "
                          "with one value a sample", "INVALID_ARGUMENT")
    return _Column(name, arrays, ids).of(values)


def features(values: Any, arrays: Arrays) -> Any:
    """sample_features: a data frame, a table of pyarrow or a mapping, of columns that may lack values."""
    if values is None:
        return None
    names = getattr(values, "column_names", None)  # of pyarrow
    if names is None:
        names = list(values) if isinstance(values, Mapping) else getattr(values, "columns", None)
    if names is None or isinstance(values, type):
        raise InvalidType(f"sample_features is {shown(values)}; give a data frame, or a dict of columns with one value "
                          "a sample", "INVALID_ARGUMENT")
    found: dict[str, Any] = {}
    for name in names:
        path = f'sample_features["{name}"]'
        if str(name) in found:
            raise InvalidValue(f"{path} is there twice; give each column a name of its own", "INVALID_ARGUMENT")
        given = values[name]
        if given is None or isinstance(given, (str, bytes, int, float, Mapping, set, frozenset)):
            raise InvalidType(f"{path} is {shown(given)}; give a list or an array with one value a sample",
                              "INVALID_ARGUMENT")
        found[str(name)] = _Column(path, arrays, ids=False, may_lack=True).of(given)
    if any(name.startswith("$") for name in found):
        return {"$mapping": [list(pair) for pair in found.items()]}
    return found


def scores(values: Any, arrays: Arrays) -> Any:
    """y_score: one number a sample, or a row of numbers a sample."""
    if values is None or isinstance(values, (str, int, float)):
        return to_json(plain_scalar(values))
    numpy = sys.modules.get("numpy")
    values = _on_cpu(values)
    if hasattr(values, "to_numpy"):  # data frames
        values = values.to_numpy()
    if not isinstance(values, (list, tuple)) and not hasattr(values, "__array__"):
        values = list(values)
    if numpy is not None:
        try:
            values = numpy.asarray(values)
        except ValueError:  # ragged: the core says which row
            return [to_json(_listed(row)) for row in values]
        if values.dtype.kind not in "fiub":
            return to_json(values.tolist())
        if values.dtype.kind != "f" or values.dtype.itemsize not in (4, 8):
            values = values.astype(numpy.float64)
        if values.ndim == 2 and values.shape[1] == 1:
            values = values.reshape(-1)
        if values.ndim > 2 or values.ndim == 0:
            raise InvalidValue(f"y_score is {shown(values)}; give one probability a sample, or one row of "
                               "class probabilities a sample", "INVALID_SCORES")
        flat = _Column("y_score", arrays, False).of_numpy(values.reshape(-1))
        return flat if values.ndim == 1 else {"values": flat, "columns": values.shape[1]}
    return [to_json(_listed(row)) for row in values]


def _listed(row: Any) -> Any:
    return [plain_scalar(value) for value in row] if isinstance(row, Iterable) else plain_scalar(row)


class _Column:
    def __init__(self, name: str, arrays: Arrays, ids: bool, may_lack: bool = False) -> None:
        self.name = name
        self.arrays = arrays
        self.ids = ids
        self.may_lack = may_lack  # values: None, NaN, NA

    def of(self, values: Any) -> Any:
        values = _on_cpu(values)
        root = type(values).__module__.partition(".")[0]
        if root == "pandas":
            return self._of_pandas(values)
        if root == "polars":
            return self._of_polars(values)
        if root == "pyarrow":
            return self._of_arrow(values)
        if isinstance(values, array.array):
            return self.of_list(values.tolist())
        if not isinstance(values, (list, tuple, range)) and hasattr(values, "__array__"):
            numpy = sys.modules["numpy"]
            return self.of_numpy(values if isinstance(values, numpy.ndarray) else numpy.asarray(values))
        if not isinstance(values, Iterable):
            raise InvalidType(f"{self.name} is {shown(values)}; give a list or an array with one value a "
                              "sample", "INVALID_ARGUMENT")
        return self.of_list(list(values))

    def of_numpy(self, values: Any) -> Any:
        numpy = sys.modules["numpy"]
        if values.ndim == 2 and values.shape[1] == 1:
            values = values.reshape(-1)
        if values.ndim != 1:
            self._refuse_shape(values.shape)
        if isinstance(values, numpy.ma.MaskedArray):
            if values.mask.any():
                return self.of_list(values.tolist())
            values = values.data
        kind = values.dtype.kind
        if kind in "OUT":
            return self.of_list(values.tolist())
        if kind == "b":
            return self._dictionary([False, True], values.astype(numpy.int32))
        if kind in "iu":
            return self._integers(values)
        if kind == "f" or values.dtype.name.startswith(("bfloat16", "float8")):
            size = 4 if values.dtype.itemsize <= 4 else 8
            return self._numbers(f"float{8 * size}", numpy.ascontiguousarray(values, dtype=f"<f{size}"))
        if kind == "S":
            way_out = "decode it, for example with values.astype(str)"
        else:
            way_out = "give strings, integers, booleans or numbers"
        raise InvalidType(f"{self.name} is an array of {values.dtype}; {way_out}", "INVALID_ARGUMENT")

    def of_list(self, values: list[Any]) -> Any:
        kinds = set(map(type, values))
        if not kinds <= {str, int, float, bool}:
            values = [self._plain(value, i) for i, value in enumerate(values)]
            kinds = set(map(type, values))
        if self.may_lack and not kinds <= {str, int, bool}:
            lacking = self._lacking(values)
            if lacking is not None:
                return lacking
        try:
            if kinds == {str}:
                return self._strings(values) if self.ids else self._labels(values)
            if kinds == {bool}:
                return self._dictionary([False, True], array.array("i", values))
            if kinds == {int} or kinds == {int, bool}:
                return self._whole(values)
            if kinds == {float}:
                return self._numbers("float64", array.array("d", values))
        except (UnicodeEncodeError, OverflowError):
            pass  # the core says which value it is
        return [to_json(value) for value in values]

    def _lacking(self, values: list[Any]) -> Any:
        """A list in which some values are missing: texts and booleans by the code -1, numbers as NaN; None for anything else."""
        present = [value for value in values if value is not None and value == value]
        kinds = set(map(type, present))
        if kinds == {str} or kinds == {bool}:
            entries = list(dict.fromkeys(present))
            code_of = {entry: code for code, entry in enumerate(entries)}
            codes = [-1 if value is None or value != value else code_of[value] for value in values]
            return self._dictionary(entries, array.array("i", codes))
        if kinds <= {int, float} and all(-(2**53) < value < 2**53 for value in present if type(value) is int):
            nan = float("nan")
            return self._numbers("float64", array.array("d", [nan if value is None else value for value in values]))
        return None

    def _of_pandas(self, values: Any) -> Any:
        if hasattr(values, "columns"):
            if values.shape[1] != 1:
                self._refuse_shape(values.shape)
            values = values.iloc[:, 0]
        dtype = values.dtype
        held = getattr(values, "array", values)
        if type(dtype).__name__ == "CategoricalDtype":
            categories = dtype.categories.tolist()
            codes = held.codes.astype("int32")
            if codes.size > 0 and codes.min() < 0:
                codes[codes < 0] = len(categories)
                categories.append(None)
            return self._dictionary([self._plain(entry, None) for entry in categories], codes)
        if type(held).__name__.startswith("Arrow") and "pyarrow" in sys.modules:
            return self._of_arrow(held.__arrow_array__())
        numpy_type = getattr(dtype, "numpy_dtype", None)
        if numpy_type is not None and hasattr(held, "isna") and not held.isna().any():
            return self.of_numpy(held.to_numpy(dtype=numpy_type))
        numpy = sys.modules["numpy"]
        if self.may_lack and numpy_type is not None and dtype.kind in "iuf":
            return self.of_numpy(held.to_numpy(dtype=numpy.float64, na_value=numpy.nan))
        if getattr(dtype, "kind", "O") == "O" or numpy_type is not None:
            return self.of_list(list(held))
        return self.of_numpy(numpy.asarray(values))

    def _of_polars(self, values: Any) -> Any:
        if hasattr(values, "columns"):
            if values.width != 1:
                self._refuse_shape(values.shape)
            values = values.to_series()
        if values.null_count() == 0 and values.dtype.is_numeric() and "numpy" in sys.modules:
            return self.of_numpy(values.to_numpy())
        return self.of_list(values.to_list())

    def _of_arrow(self, values: Any) -> Any:
        pyarrow = sys.modules["pyarrow"]
        types = pyarrow.types
        if isinstance(values, pyarrow.ChunkedArray):
            values = values.combine_chunks()
            if isinstance(values, pyarrow.ChunkedArray):  # more than one array can hold
                return self.of_list(values.to_pylist())
        kind = values.type
        if values.null_count > 0:
            return self.of_list(values.to_pylist())
        if not self.ids and (types.is_string(kind) or types.is_large_string(kind)):
            values = values.dictionary_encode()
        if isinstance(values, pyarrow.DictionaryArray) and values.dictionary.null_count == 0:
            codes = values.indices.to_numpy(zero_copy_only=False).astype("int32")
            return self._dictionary(values.dictionary.to_pylist(), codes)
        if types.is_integer(kind) or types.is_floating(kind):
            return self.of_numpy(values.to_numpy(zero_copy_only=False))
        return self.of_list(values.to_pylist())

    def _plain(self, value: Any, i: int | None) -> Any:
        try:
            return plain_scalar(value)
        except NotPlain as what:
            place = self.name if i is None else f"{self.name}[{i}]"
            hint = "" if not isinstance(value, bytes) else "; decode it"
            raise InvalidType(
                f"{place} is {what}; give strings, integers, booleans or numbers{hint}", "INVALID_ARGUMENT"
            ) from None

    def _labels(self, values: list[str]) -> Any:
        entries = list(dict.fromkeys(values))
        code_of = {entry: code for code, entry in enumerate(entries)}
        return self._dictionary(entries, array.array("i", map(code_of.__getitem__, values)))

    def _dictionary(self, entries: list[Any], codes: Buffer) -> Any:
        many = len(entries) > 1000 and all(type(entry) is str for entry in entries)
        sent = self._strings(entries) if many else [to_json(entry) for entry in entries]
        return {"$column": {"type": "dictionary", "entries": sent, "codes": self.arrays.add(codes)}}

    def _strings(self, values: list[str]) -> Any:
        text = "".join(values)
        encoded = text.encode()
        if len(encoded) == len(text):
            lengths = array.array("I", map(len, values))
        else:
            lengths = array.array("I", [len(value.encode()) for value in values])
        return {"$column": {"type": "string", "text": self.arrays.add(encoded), "lengths": self.arrays.add(lengths)}}

    def _whole(self, values: list[int]) -> Any:
        try:
            return self._numbers("int32", array.array("i", values))
        except OverflowError:
            return self._numbers("int64", array.array("q", values))

    def _integers(self, values: Any) -> Any:
        numpy = sys.modules["numpy"]
        if values.size > 0 and -(2**31) <= int(values.min()) and int(values.max()) < 2**31:
            return self._numbers("int32", numpy.ascontiguousarray(values, dtype="<i4"))
        kind = "uint64" if values.dtype.kind == "u" else "int64"
        return self._numbers(kind, numpy.ascontiguousarray(values, dtype=f"<{kind[0]}8"))

    def _numbers(self, kind: str, values: Buffer) -> Any:
        return {"$column": {"type": kind, "array": self.arrays.add(values)}}

    def _refuse_shape(self, shape: tuple[int, ...]) -> None:
        raise InvalidValue(
            f"{self.name} has the shape {tuple(shape)}; give one value a sample, in one dimension "
            "(class probabilities are y_score, and y_pred the most probable class)",
            "INVALID_ARGUMENT",
        )


def _on_cpu(values: Any) -> Any:
    """A tensor of torch, TensorFlow or JAX as a numpy array; anything else as it is."""
    root = type(values).__module__.partition(".")[0]
    if root == "torch" and hasattr(values, "detach"):
        tensor = values.detach().cpu()
        if str(tensor.dtype) == "torch.bfloat16":
            tensor = tensor.float()
        try:
            return tensor.numpy()
        except RuntimeError:  # a torch that was built for another numpy
            return tensor.tolist()
    if root in ("jax", "jaxlib") or (root == "tensorflow" and hasattr(values, "numpy")):
        import numpy

        return numpy.asarray(values)
    return values
