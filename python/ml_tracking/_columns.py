"""What data scientists hold values in, as columns for the core: numbers as binary, texts as UTF-8 or as a dictionary with codes.

Nothing is imported here that the caller has not imported: a numpy array comes from a program that has numpy.
"""

from __future__ import annotations

import array
import json
import sys
from collections.abc import Iterable, Mapping
from typing import Any

from ._core import Buffer
from ._errors import InvalidType, InvalidValue
from ._foreign import reading
from ._plain import NotPlain, plain_scalar, shown, to_json
from ._tensors import on_cpu, root_of
from ._times import is_time, short_fraction, texts_of_numpy, time_text

_way_out = "give a list or a numpy array with one value a sample"


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
    _refuse_lazy(values, name)
    with reading(name, values, _way_out):
        if values is None or isinstance(values, (str, int, float)):
            return to_json(plain_scalar(values))
        if isinstance(values, Mapping):
            return {}
        if isinstance(values, (bytes, bytearray, set, frozenset)):
            raise InvalidType(f"{name} is {shown(values)}, which has no order of values; give a list or an array "
                              "with one value a sample", "INVALID_ARGUMENT")
        return _Column(name, arrays, ids, times=name == "parameters.test_set").of(values)


def features(values: Any, arrays: Arrays) -> Any:
    """sample_features: a data frame, a table of pyarrow or a mapping, of columns that may lack values."""
    if values is None:
        return None
    _refuse_lazy(values, "sample_features")
    with reading("sample_features", values, "give a data frame, or a dict of columns with one value a sample"):
        return _features(values, arrays)


def _features(values: Any, arrays: Arrays) -> Any:
    names = getattr(values, "column_names", None)  # of pyarrow
    if names is None:
        names = list(values) if isinstance(values, Mapping) else getattr(values, "columns", None)
    if names is None or isinstance(values, type):
        raise InvalidType(f"sample_features is {shown(values)}; give a data frame, or a dict of columns with one value "
                          "a sample", "INVALID_ARGUMENT")
    texts = list(map(str, names))
    twice = next((name for i, name in enumerate(texts) if name in texts[:i]), None)
    if twice is not None:
        raise InvalidValue(f'sample_features["{twice}"] is there twice; give each column a name of its own as text',
                           "INVALID_ARGUMENT")
    found: dict[str, Any] = {}
    for name in names:
        path = f'sample_features["{name}"]'
        with reading(path, values, _way_out):
            given = values[name]
        if given is None or isinstance(given, (str, bytes, int, float, Mapping, set, frozenset)):
            raise InvalidType(f"{path} is {shown(given)}; give a list or an array with one value a sample",
                              "INVALID_ARGUMENT")
        with reading(path, given, _way_out):
            found[str(name)] = _Column(path, arrays, ids=False, may_lack=True, times=True).of(given)
    if any(name.startswith("$") for name in found):
        return {"$mapping": [list(pair) for pair in found.items()]}
    return found


def dependence(values: Any, name: str, arrays: Arrays) -> Any:
    """group or order: the name of a feature, or a column with one value a sample."""
    if values is None or isinstance(values, str):
        return values
    _refuse_lazy(values, name)
    with reading(name, values, "give the name of a feature, or a list or an array with one value a sample"):
        if isinstance(values, (bytes, int, float, Mapping, set, frozenset)):
            raise InvalidType(f"{name} is {shown(values)}; give the name of a feature, or a list or an array with one "
                              "value a sample", "INVALID_ARGUMENT")
        return _Column(name, arrays, ids=False, may_lack=True, times=True).of(values)


def scores(values: Any, arrays: Arrays) -> Any:
    """y_score: one number a sample, or a row of numbers a sample."""
    _refuse_lazy(values, "y_score")
    with reading("y_score", values, "give one probability a sample, or one row of class probabilities a sample"):
        return _scores(values, arrays)


def _scores(values: Any, arrays: Arrays) -> Any:
    if values is None or isinstance(values, (str, int, float)):
        return to_json(plain_scalar(values))
    numpy = sys.modules.get("numpy")
    values = on_cpu(values, "y_score")
    if root_of(values) == "scipy" and hasattr(values, "toarray"):  # sparse
        values = values.toarray()
    if root_of(values) == "polars" and "128" in str(getattr(values, "dtypes", None) or values.dtype):
        values = values.cast(sys.modules["polars"].Float64)  # integers that numpy has no type for
    if hasattr(values, "to_numpy"):  # data frames
        values = values.to_numpy()
    if not isinstance(values, (list, tuple)) and not hasattr(values, "__array__"):
        values = list(values)
    if isinstance(values, (list, tuple)):
        values = [on_cpu(row, f"y_score[{i}]") for i, row in enumerate(values)]
    if numpy is not None:
        _refuse_masked(values, "y_score")
        if isinstance(values, list):
            for i, row in enumerate(values):
                _refuse_masked(row, f"y_score[{i}]")
        try:
            values = numpy.asarray(values)
        except ValueError:  # ragged: the core says which row
            return [to_json(_listed(row)) for row in values]
        if values.dtype.name.startswith(("bfloat16", "float8")):
            values = values.astype(numpy.float32)
        if values.dtype.kind not in "fiub":
            return [to_json(_listed(row)) for row in values.tolist()]
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


def _refuse_masked(values: Any, name: str) -> None:
    """numpy forgets the mask of a part when it makes one array of many."""
    numpy = sys.modules["numpy"]
    if isinstance(values, numpy.ma.MaskedArray) and numpy.ma.getmaskarray(values).any():
        place = "".join(f"[{i}]" for i in numpy.argwhere(numpy.ma.getmaskarray(values))[0])
        raise InvalidValue(f"{name}{place} is masked: a score is missing; leave the sample out, or compute it",
                           "INVALID_SCORES")


def _listed(row: Any) -> Any:
    if isinstance(row, Iterable) and not isinstance(row, (str, bytes)):
        return [_score(value) for value in row]
    return _score(row)


def _score(value: Any) -> Any:
    try:
        return plain_scalar(value)
    except NotPlain as what:
        raise InvalidType(f"y_score has {what} in it; give probabilities from 0 to 1", "INVALID_SCORES") from None


def _refuse_lazy(values: Any, name: str) -> None:
    if root_of(values) == "polars" and type(values).__name__ == "LazyFrame":
        raise InvalidType(f"{name} is a LazyFrame, which has no values yet; give what its collect() returns",
                          "INVALID_ARGUMENT")


class _Column:
    def __init__(self, name: str, arrays: Arrays, ids: bool, may_lack: bool = False, times: bool = False) -> None:
        self.name = name
        self.arrays = arrays
        self.ids = ids
        self.may_lack = may_lack  # values: None, NaN, NA
        self.times = times  # become ISO text, and rows of several levels JSON text

    def of(self, values: Any) -> Any:
        values = on_cpu(values, self.name)
        root = root_of(values)
        if root == "scipy" and hasattr(values, "toarray"):  # sparse
            return self.of_numpy(values.toarray())
        if root == "pandas":
            return self._of_pandas(values)
        if root == "polars":
            return self._of_polars(values)
        if root == "pyarrow":
            return self._of_arrow(values)
        if isinstance(values, array.array):
            return self.of_list(values.tolist())
        if not isinstance(values, (list, tuple, range)) and hasattr(values, "__array__"):
            import numpy

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
        if kind in "iu" and self.may_lack:
            return self._untyped_integers(values)
        if kind == "b":
            return self._dictionary([False, True], values.astype(numpy.int32))
        if kind in "iu":
            return self._integers(values)
        if kind == "f" or values.dtype.name.startswith(("bfloat16", "float8")):
            size = 4 if values.dtype.itemsize <= 4 else 8
            return self._numbers(f"float{8 * size}", numpy.ascontiguousarray(values, dtype=f"<f{size}"))
        if kind in "mM" and self.times:
            return self.of_list(texts_of_numpy(values))
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
                return self._untyped_whole(values) if self.may_lack else self._whole(values)
            if kinds == {float}:
                return self._numbers("float64", array.array("d", values))
        except (UnicodeEncodeError, OverflowError):
            pass  # the core says which value it is
        for i, value in enumerate(values):
            if isinstance(value, int) and _is_endless(value):
                raise InvalidValue(f"{self.name}[{i}] is an integer of {value.bit_length()} bits; give integers of 64 "
                                   "bits, or texts", "INVALID_ARGUMENT")
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
        if kinds <= {int, float} and all(_is_safe(value) for value in present if type(value) is int):
            nan = float("nan")
            return self._numbers("float64", array.array("d", [nan if value is None else value for value in values]))
        if kinds == {int} and not any(map(_is_endless, present)):
            return self._untyped_whole(values)
        return None

    def _untyped_whole(self, values: list[Any]) -> Any:
        """Python's integers among features: doubles, which they would be if one were missing, or texts that keep every digit."""
        present = [value for value in values if value is not None and value == value]
        if all(map(_is_safe, present)):
            return self._numbers("float64", array.array("d", values))
        if any(map(_is_endless, present)):
            raise OverflowError
        if len(present) == len(values):
            return {"$whole": self._labels([str(int(value)) for value in values])}
        return {"$whole": self._lacking([None if value is None or value != value else str(value) for value in values])}

    def _untyped_integers(self, values: Any) -> Any:
        """The same of numpy's integers, which have no place for a missing one."""
        numpy = sys.modules["numpy"]
        if values.size == 0 or (_is_safe(int(values.min())) and _is_safe(int(values.max()))):
            return self._numbers("float64", numpy.ascontiguousarray(values, dtype="<f8"))
        return self._untyped_whole(values.tolist())

    def _typed_list(self, values: list[Any]) -> Any:
        """Integers of a type that can lack values: they stay integers."""
        whole = array.array("q", [0 if value is None else value for value in values])
        missing = bytes(value is None for value in values)
        if not any(missing):
            return self._numbers("int64", whole)
        return {"$column": {"type": "integers", "array": self.arrays.add(whole), "missing": self.arrays.add(missing)}}

    def _typed_integers(self, values: Any, missing: Any) -> Any:
        """The same as arrays of numpy."""
        numpy = sys.modules["numpy"]
        whole = numpy.ascontiguousarray(values, dtype="<i8")
        if not missing.any():
            return self._numbers("int64", whole)
        gaps = numpy.ascontiguousarray(missing, dtype="u1")
        return {"$column": {"type": "integers", "array": self.arrays.add(whole), "missing": self.arrays.add(gaps)}}

    def _of_pandas(self, values: Any) -> Any:
        if hasattr(values, "columns"):
            if values.shape[1] != 1:
                self._refuse_shape(values.shape)
            values = values.iloc[:, 0]
        if type(values).__name__ == "MultiIndex":
            return self.of_list(values.tolist())
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
        if self.may_lack and type(held).__name__ == "IntegerArray" and _fits(held.max(skipna=True)):
            missing = held.isna()
            return self._typed_integers(held.to_numpy(dtype=numpy_type, na_value=0), missing)
        if numpy_type is not None and hasattr(held, "isna") and not held.isna().any():
            return self.of_numpy(held.to_numpy(dtype=numpy_type))
        numpy = sys.modules["numpy"]
        if self.may_lack and numpy_type is not None and dtype.kind == "f":
            return self.of_numpy(held.to_numpy(dtype=numpy.float64, na_value=numpy.nan))
        if getattr(dtype, "kind", "O") == "O" or numpy_type is not None:
            return self.of_list(list(held))
        return self.of_numpy(numpy.asarray(values))

    def _of_polars(self, values: Any) -> Any:
        if hasattr(values, "columns"):
            if values.width != 1:
                self._refuse_shape(values.shape)
            values = values.to_series()
        if str(values.dtype) in ("Int128", "UInt128"):  # as its reader of CSV infers by itself
            return self._of_wide_polars(values)
        if values.dtype.is_temporal() and self.times:
            return self.of_list(_texts_of_polars(values))
        if self.may_lack and values.dtype.is_integer() and _fits(values.max()):
            if "numpy" not in sys.modules:
                return self._typed_list(values.to_list())
            return self._typed_integers(values.fill_null(0).to_numpy(), values.is_null().to_numpy())
        if values.null_count() == 0 and values.dtype.is_numeric() and "numpy" in sys.modules:
            return self.of_numpy(values.to_numpy())
        return self.of_list(values.to_list())

    def _of_wide_polars(self, values: Any) -> Any:
        """Integers of 128 bits, most often small ones; which one is too large for 64 the core says."""
        polars = sys.modules["polars"]
        try:
            narrow = values.cast(polars.Int64)
        except polars.exceptions.PolarsError:
            return self.of_list(values.to_list())
        return self._of_polars(narrow)

    def _of_arrow(self, values: Any) -> Any:
        pyarrow = sys.modules["pyarrow"]
        types = pyarrow.types
        if isinstance(values, pyarrow.ChunkedArray):
            values = values.combine_chunks()
            if isinstance(values, pyarrow.ChunkedArray):  # more than one array can hold
                return self.of_list(values.to_pylist())
        kind = values.type
        if self.may_lack and types.is_integer(kind):
            integers = self._arrow_integers(values)
            if integers is not None:
                return integers
        if values.null_count > 0:
            return self.of_list(values.to_pylist())
        if not self.ids and (types.is_string(kind) or types.is_large_string(kind)):
            values = values.dictionary_encode()
        if isinstance(values, pyarrow.DictionaryArray) and values.dictionary.null_count == 0:
            codes = values.indices.to_numpy(zero_copy_only=False).astype("int32")
            return self._dictionary(values.dictionary.to_pylist(), codes)
        if types.is_integer(kind) or types.is_floating(kind):
            return self.of_numpy(values.to_numpy(zero_copy_only=False))
        if self.times and (types.is_duration(kind) or (types.is_timestamp(kind) and kind.tz is None)):
            return self.of_numpy(values.to_numpy(zero_copy_only=False))
        return self.of_list(values.to_pylist())

    def _arrow_integers(self, values: Any) -> Any:
        """Arrow's integers, unless one is beyond 64 bits: the core says which."""
        pyarrow = sys.modules["pyarrow"]
        try:
            whole = values.fill_null(0).cast(pyarrow.int64())
        except pyarrow.ArrowInvalid:
            return None
        if "numpy" not in sys.modules:
            return self._typed_list(values.to_pylist())
        missing = values.is_null().to_numpy(zero_copy_only=False)
        return self._typed_integers(whole.to_numpy(zero_copy_only=False), missing)

    def _plain(self, value: Any, i: int | None) -> Any:
        if self.times and is_time(value):
            return time_text(value)
        try:
            return plain_scalar(value)
        except NotPlain as what:
            place = self.name if i is None else f"{self.name}[{i}]"
            if self.times and isinstance(value, (tuple, list)):  # of a MultiIndex
                parts = [self._plain(part, i) for part in value]
                return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
            hint = ""
            if isinstance(value, bytes):
                hint = "; decode it"
            elif isinstance(value, Iterable) and not self.times:
                hint = f" ({_rows_way_out})"
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
        way_out = f"{_rows_way_out}; class probabilities are y_score, and y_pred the most probable class"
        if self.times:
            way_out = "several columns that identify a sample: give a list of tuples, or pandas.MultiIndex.from_frame(frame)"
        raise InvalidValue(
            f"{self.name} has the shape {tuple(shape)}; give one value a sample, in one dimension ({way_out})",
            "INVALID_ARGUMENT",
        )


_rows_way_out = (
    "one-hot rows: give the position of each row's 1, as argmax(axis=1) does; "
    "several labels or targets a sample: log an experiment for each"
)


def _is_safe(value: int) -> bool:
    """Whether a double, and so JavaScript, holds an integer and those next to it."""
    return -(2**53) < value < 2**53


def _fits(greatest: Any) -> bool:
    """Whether integers up to this one are of 64 bits with a sign; none is there where it is missing."""
    return not hasattr(greatest, "__index__") or int(greatest) < 2**63


def _is_endless(value: int) -> bool:
    """Python itself refuses to print it."""
    return value.bit_length() > 10_000


def _texts_of_polars(values: Any) -> list[str | None]:
    """Times as text; Python's own, which polars would give, have no nanoseconds."""
    dtype = values.dtype
    if getattr(dtype, "time_unit", None) == "ns":
        if getattr(dtype, "time_zone", None) is None:
            return texts_of_numpy(values.to_numpy())
        if (values.drop_nulls().dt.nanosecond() % 1000 != 0).any():
            texts = values.dt.to_string("iso:strict").to_list()
            return [None if text is None else short_fraction(text) for text in texts]
    return [None if value is None else time_text(value) for value in values.to_list()]
