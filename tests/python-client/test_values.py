"""Whatever holds the values, they are read back by pandas as they were given."""

import datetime
import uuid
from array import array

import jax.numpy as jnp
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from small_experiments import log, predictions

import ml_tracking

integers, texts, numbers = [1, 0, 1], ["cat", "dög", "cat"], [0.5, -1.25, 3.0]
truths = [True, False, True]


class Steps:
    """An iterable that is neither a list nor an array."""

    def __init__(self, values):
        self.values = values

    def __iter__(self):
        return iter(self.values)


# What is given, made anew for each argument, and what pandas is to read.
labels = {
    "list of int": (lambda: integers, integers),
    "list of bool": (lambda: truths, truths),
    "list of str": (lambda: texts, texts),
    "list of large int": (lambda: [2**40, -(2**40), 2**40], [2**40, -(2**40), 2**40]),
    "tuple": (lambda: tuple(texts), texts),
    "range": (lambda: range(3), [0, 1, 2]),
    "generator": (lambda: (each for each in texts), texts),
    "iterator": (lambda: iter(integers), integers),
    "iterable": (lambda: Steps(texts), texts),
    "dict values": (lambda: dict(enumerate(texts)).values(), texts),
    "array.array": (lambda: array("i", integers), integers),
    **{
        f"numpy {kind}": (lambda kind=kind: np.array(integers, kind), integers)
        for kind in ("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", ">i4", "float16", "float32", "float64")
    },
    "numpy bool": (lambda: np.array(truths), truths),
    "numpy str": (lambda: np.array(texts), texts),
    "numpy StringDType": (lambda: np.array(texts, np.dtypes.StringDType()), texts),
    "numpy object": (lambda: np.array(texts, object), texts),
    "numpy column": (lambda: np.array(integers).reshape(-1, 1), integers),
    "numpy strided": (lambda: np.array([1, 9, 0, 9, 1])[::2], integers),
    "numpy scalars": (lambda: list(np.array(integers)), integers),
    "numpy masked": (lambda: np.ma.array(integers, mask=False), integers),
    "pandas with an index": (lambda: pd.Series(integers, index=[7, 5, 7]), integers),
    "pandas with a date index": (lambda: pd.Series(texts, index=pd.date_range("2026-01-01", periods=3)), texts),
    "pandas object": (lambda: pd.Series(texts, dtype=object), texts),
    "pandas Int64": (lambda: pd.Series(integers, dtype="Int64"), integers),
    "pandas boolean": (lambda: pd.Series(truths, dtype="boolean"), truths),
    "pandas string": (lambda: pd.Series(texts, dtype="string"), texts),
    "pandas python string": (lambda: pd.Series(texts, dtype="string[python]"), texts),
    "pandas category": (lambda: pd.Series(texts, dtype="category"), texts),
    "pandas category of int": (lambda: pd.Series(integers, dtype=pd.CategoricalDtype([2, 1, 0])), integers),
    "pandas Arrow int": (lambda: pd.Series(integers, dtype="int64[pyarrow]"), integers),
    "pandas Arrow dictionary": (
        lambda: pd.Series(texts, dtype=pd.ArrowDtype(pa.dictionary(pa.int8(), pa.string()))), texts),
    "pandas frame": (lambda: pd.DataFrame({"y": texts}, index=[3, 1, 2]), texts),
    "pandas Index": (lambda: pd.Index(texts), texts),
    "pandas Categorical": (lambda: pd.Categorical(texts), texts),
    "polars": (lambda: pl.Series(integers), integers),
    "polars str": (lambda: pl.Series(texts), texts),
    "polars bool": (lambda: pl.Series(truths), truths),
    "polars category": (lambda: pl.Series(texts, dtype=pl.Categorical), texts),
    "polars enum": (lambda: pl.Series(texts, dtype=pl.Enum(["dög", "cat"])), texts),
    "polars frame": (lambda: pl.DataFrame({"y": integers}), integers),
    "pyarrow": (lambda: pa.array(integers), integers),
    "pyarrow bool": (lambda: pa.array(truths), truths),
    "pyarrow str": (lambda: pa.array(texts), texts),
    "pyarrow large str": (lambda: pa.array(texts, pa.large_string()), texts),
    "pyarrow chunked": (lambda: pa.chunked_array([texts[:1], texts[1:]]), texts),
    "pyarrow dictionary": (lambda: pa.array(texts).dictionary_encode(), texts),
    "pyarrow chunked dictionaries": (
        lambda: pa.chunked_array([pa.array(texts[:2]).dictionary_encode(), pa.array(texts[2:]).dictionary_encode()]), texts),
    "pyarrow slice": (lambda: pa.array(["bee", *texts])[1:], texts),
    "jax": (lambda: jnp.array(integers), integers),
    "jax bool": (lambda: jnp.array(truths), truths),
}


@pytest.mark.parametrize("name", labels)
def test_labels_read_back_equal_the_input(store, name):
    give, expected = labels[name]
    found = predictions(store, log(store, give(), give()))
    for column in ("y_true", "y_pred"):
        read = found[column].tolist()
        assert read == expected and list(map(type, read)) == list(map(type, expected))


targets = {
    "list": lambda: numbers,
    "list of int": lambda: [1, 2, 4],
    "generator": lambda: (each for each in numbers),
    **{f"numpy {kind}": lambda kind=kind: np.array(numbers, kind) for kind in ("float16", "float32", "float64", ">f8")},
    "numpy int": lambda: np.array([3, -5, 2**40]),
    "numpy longdouble": lambda: np.array(numbers, np.longdouble),
    "pandas": lambda: pd.Series(numbers, index=list("cab")),
    "pandas Float64": lambda: pd.Series(numbers, dtype="Float64"),
    "pandas Arrow": lambda: pd.Series(numbers, dtype="double[pyarrow]"),
    "polars": lambda: pl.Series(numbers),
    "polars Float32": lambda: pl.Series(numbers, dtype=pl.Float32),
    "pyarrow": lambda: pa.array(numbers),
    "pyarrow float32": lambda: pa.array(numbers, pa.float32()),
    "jax float32": lambda: jnp.array(numbers),
    "jax bfloat16": lambda: jnp.array(numbers, jnp.bfloat16),
}


@pytest.mark.parametrize("name", targets)
def test_numbers_read_back_equal_the_input(store, name):
    found = predictions(store, log(store, targets[name](), targets[name](), kind="regression"))
    expected = [float(each) for each in targets[name]()]
    assert found["y_true"].dtype == found["y_pred"].dtype == np.float64
    assert found["y_true"].tolist() == found["y_pred"].tolist() == expected


def test_ten_thousand_of_each_read_back_equal_the_input(store):
    rng = np.random.default_rng(3)
    for values in (rng.integers(-(2**62), 2**62, 10_000), rng.integers(0, 9, 10_000).astype(str), rng.random(10_000) < 0.5):
        found = predictions(store, log(store, values, values[::-1], test_set=np.arange(10_000)))
        assert found["y_true"].tolist() == values.tolist() and found["y_pred"].tolist() == values[::-1].tolist()
    y_score = rng.random(10_000, np.float32)
    logged = log(store, y_score > 0.3, y_score > 0.5, test_set=np.arange(10_000), y_score=y_score)
    assert predictions(store, logged)["y_score"].tolist() == y_score.astype(np.float64).tolist()
    rows = rng.dirichlet([1, 1, 1], 10_000)
    answers = rng.integers(0, 3, 10_000)
    for y_score in (rows, rows.tolist(), pd.DataFrame(rows), pl.DataFrame(rows), pa.table(pd.DataFrame(rows)), jnp.array(rows)):
        logged = log(store, answers, rows.argmax(axis=1), test_set=np.arange(10_000), y_score=y_score)
        kept = predictions(store, logged)[["y_score_0", "y_score_1", "y_score_2"]]
        assert np.allclose(kept, rows, rtol=0, atol=1e-7) if isinstance(y_score, jnp.ndarray) else (kept == rows).all().all()


ids = [uuid.UUID(int=each << 64) for each in (1, 2, 3)]
test_sets = {
    "UUID objects": (lambda: ids, list(map(str, ids))),
    "UUIDs in an array": (lambda: np.array(ids, object), list(map(str, ids))),
    "UUIDs in a Series": (lambda: pd.Series(ids), list(map(str, ids))),
    "strings": (lambda: ["a-1", "a-2", "ü"], ["a-1", "a-2", "ü"]),
    "large int": (lambda: [2**53 + 1, 2**60 + 1, 3], [2**53 + 1, 2**60 + 1, 3]),
    "numpy int64": (lambda: np.array([2**53 + 1, 5, 6]), [2**53 + 1, 5, 6]),
    "pandas RangeIndex": (lambda: pd.DataFrame({"x": texts}).index, [0, 1, 2]),
    "pandas Index of str": (lambda: pd.Index(["x", "y", "z"]), ["x", "y", "z"]),
    "polars str": (lambda: pl.Series(["x", "y", "z"]), ["x", "y", "z"]),
    "pyarrow str": (lambda: pa.array(["x", "y", "z"]), ["x", "y", "z"]),
    "generator": (lambda: (each for each in "xyz"), ["x", "y", "z"]),
}


@pytest.mark.parametrize("name", test_sets)
def test_sample_ids_read_back_equal_the_input(store, name):
    give, expected = test_sets[name]
    logged = log(store, integers, test_set=give())
    assert predictions(store, logged)["sample_id"].tolist() == expected
    assert list(ml_tracking.read_experiment(logged.prediction_id, store=store).predictions["sample_id"]) == expected


@pytest.mark.parametrize("values, message", [
    (pd.Series(pd.date_range("2026-01-01", periods=3)), r"y_pred.*give strings, integers, booleans or numbers"),
    ([datetime.date(2026, 1, 1)] * 3, r"y_pred\[0\] is a date \(2026-01-01\); give strings"),
    (np.array([b"a", b"b", b"a"]), r"y_pred is an array of \|S1; decode it"),
    (np.array([1 + 2j, 0, 1]), r"y_pred is an array of complex128"),
    ({1, 0}, r"y_pred is a set of 2, which has no order"),
    (np.zeros((3, 2)), r"y_pred has the shape \(3, 2\).*y_score"),
    (pd.Series([1, None, 0], dtype="Int64"), r"y_pred\[1\]"),
    (pd.Series([1, None, 0], dtype="category"), r"y_pred\[1\]"),
    (pa.array([1, None, 0]), r"y_pred\[1\]"),
    (pl.Series([1, None, 0]), r"y_pred\[1\]"),
    (np.array([1.0, np.nan, 0.0]), r"y_pred\[1\]"),
    ([1, 0.5, 1], r"y_pred\[1\]"),
    (5, r"y_pred"),
])
def test_what_are_no_labels_is_refused_by_name_and_position(store, tmp_path, values, message):
    with pytest.raises((TypeError, ValueError), match=message) as caught:
        log(store, integers, values)
    assert isinstance(caught.value, ml_tracking.TrackingError)
    assert not (tmp_path / "store").exists()
