"""Whatever holds the values, they are read back by pandas as they were given."""

import datetime
import decimal
import uuid
from array import array

import jax.numpy as jnp
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import scipy.sparse
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


class OnGpu:
    """An array as CuPy's is: it refuses to become numpy's by itself, and iterates over further arrays of its own.

    The real one needs a GPU; examples/on_a_gpu.py tries it, and Numba's.
    """

    def __init__(self, values, dtype=None):
        self.on_gpu = np.array(values, dtype)

    def __array__(self, *_, **__):
        raise TypeError("Implicit conversion to a NumPy array is not allowed.")

    def __iter__(self):
        return (type(self)(each) for each in self.on_gpu)

    def get(self):
        return self.on_gpu


OnGpu.__module__ = "cupy"


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
    "pandas CategoricalIndex": (lambda: pd.CategoricalIndex(texts), texts),
    "polars": (lambda: pl.Series(integers), integers),
    "polars Int128": (lambda: pl.Series([2**62, 0, 1], dtype=pl.Int128), [2**62, 0, 1]),
    "polars UInt128": (lambda: pl.Series(integers, dtype=pl.UInt128), integers),
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
    "CuPy": (lambda: OnGpu(integers), integers),
    "CuPy bool": (lambda: OnGpu(truths), truths),
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
    "CuPy float32": lambda: OnGpu(numbers, "float32"),
}


def on_the_cpu(values):
    return values.get() if isinstance(values, OnGpu) else values


@pytest.mark.parametrize("name", targets)
def test_numbers_read_back_equal_the_input(store, name):
    found = predictions(store, log(store, targets[name](), targets[name](), kind="regression"))
    expected = [float(each) for each in on_the_cpu(targets[name]())]
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
    "list of bool": (lambda: truths, [1, 0, 1]),
    "numpy bool": (lambda: np.array(truths), [1, 0, 1]),
    "pandas boolean": (lambda: pd.Series(truths, dtype="boolean"), [1, 0, 1]),
    "a mask": (lambda: [False, True, True, False, True], [1, 2, 4]),
    "pandas category": (lambda: pd.Series(list("xyz"), dtype="category"), ["x", "y", "z"]),
    "pandas CategoricalIndex": (lambda: pd.CategoricalIndex(list("xyz")), ["x", "y", "z"]),
    "polars category": (lambda: pl.Series(list("xyz"), dtype=pl.Categorical), ["x", "y", "z"]),
    "polars Int128": (lambda: pl.Series([2**62, 2, 3], dtype=pl.Int128), [2**62, 2, 3]),
    "pyarrow dictionary": (lambda: pa.array(["x", "y", "z"]).dictionary_encode(), ["x", "y", "z"]),
    "pyarrow chunked": (lambda: pa.chunked_array([[1], [2, 3]]), [1, 2, 3]),
    "decimal.Decimal": (lambda: [decimal.Decimal(each) for each in (1, 2, 3)], [1, 2, 3]),
}


@pytest.mark.parametrize("name", test_sets)
def test_sample_ids_read_back_equal_the_input(store, name):
    give, expected = test_sets[name]
    logged = log(store, integers, test_set=give())
    assert predictions(store, logged)["sample_id"].tolist() == expected
    assert list(ml_tracking.read_experiment(logged.prediction_id, store=store).predictions["sample_id"]) == expected


noons = ["2026-01-01T12:00:00", "2026-01-02T12:00:00", "2026-01-03T12:00:00"]
days = [text[:10] for text in noons]
at_noon = [datetime.datetime.fromisoformat(text) for text in noons]
berlin = [f"{text}+01:00" for text in noons]
hours = ["P0DT1H0M0S", "P1DT1H0M0S", "P2DT1H0M0S"]
panel = pd.MultiIndex.from_tuples([("a", 1), ("a", 2), ('b"', 1)])
moments = {
    "DatetimeIndex": (lambda: pd.DatetimeIndex(noons), noons),
    "DatetimeIndex with a zone": (lambda: pd.DatetimeIndex(noons, tz="Europe/Berlin"), berlin),
    "Series of times": (lambda: pd.Series(at_noon), noons),
    "pandas Arrow": (lambda: pd.Series(at_noon).astype("timestamp[ns][pyarrow]"), noons),
    "PeriodIndex": (lambda: pd.period_range("2026-01", periods=3, freq="M"), ["2026-01", "2026-02", "2026-03"]),
    "TimedeltaIndex": (lambda: pd.timedelta_range("1h", periods=3, freq="D"), hours),
    "IntervalIndex": (lambda: pd.interval_range(0, 3), ["(0, 1]", "(1, 2]", "(2, 3]"]),
    "MultiIndex": (lambda: panel, ['["a",1]', '["a",2]', '["b\\"",1]']),
    "MultiIndex with times": (
        lambda: pd.MultiIndex.from_arrays([["a"] * 3, pd.DatetimeIndex(noons)]), [f'["a","{text}"]' for text in noons]),
    "list of tuples": (lambda: panel.tolist(), ['["a",1]', '["a",2]', '["b\\"",1]']),
    "list of dates": (lambda: [each.date() for each in at_noon], days),
    "list of times": (lambda: at_noon, noons),
    "list of durations": (lambda: [datetime.timedelta(days=i, hours=1) for i in range(3)], hours),
    "numpy days": (lambda: np.array(days, "M8[D]"), days),
    "numpy nanoseconds": (
        lambda: np.array(["2026-01-01T00:00:00.000000001", "2026-01-02", "2026-01-03T00:00:00.5"], "M8[ns]"),
        ["2026-01-01T00:00:00.000000001", "2026-01-02T00:00:00", "2026-01-03T00:00:00.500000"]),
    "numpy hours": (lambda: np.array(["2026-01-01T12", "2026-01-02T12", "2026-01-03T12"], "M8[h]"), noons),
    "numpy durations": (lambda: np.array([1, 25, 49], "m8[h]"), hours),
    "polars": (lambda: pl.Series(at_noon), noons),
    "polars with a zone": (lambda: pl.Series(at_noon).dt.replace_time_zone("Europe/Berlin"), berlin),
    "polars nanoseconds with a zone": (
        lambda: pl.Series(at_noon).dt.cast_time_unit("ns").dt.replace_time_zone("Europe/Berlin"), berlin),
    "polars with a nanosecond": (
        lambda: pl.Series(pd.DatetimeIndex([f"{noons[0]}.000000001", noons[1], f"{noons[2]}.5"], tz="Europe/Berlin")),
        [f"{noons[0]}.000000001+01:00", berlin[1], f"{noons[2]}.500000+01:00"]),
    "polars dates": (lambda: pl.Series([each.date() for each in at_noon]), days),
    "polars durations": (lambda: pl.Series([datetime.timedelta(days=i, hours=1) for i in range(3)]), hours),
    "pyarrow": (lambda: pa.array(at_noon), noons),
    "pyarrow with a zone": (lambda: pa.array(pd.DatetimeIndex(noons, tz="Europe/Berlin")), berlin),
    "pyarrow dates": (lambda: pa.array([each.date() for each in at_noon]), days),
}


@pytest.mark.parametrize("name", moments)
def test_times_and_panel_indices_are_text_as_sample_ids_and_features(store, name):
    give, expected = moments[name]
    found = predictions(store, log(store, integers, test_set=give(), sample_features={"when": give()}))
    assert found["sample_id"].tolist() == found["feature_when"].tolist() == expected


def test_a_frame_of_several_columns_as_sample_ids_is_refused_with_the_way_out(store):
    frame = pd.DataFrame({"place": ["a", "a", "b"], "day": days})
    for given in (frame, frame.to_numpy(), pl.from_pandas(frame)):
        with pytest.raises(ml_tracking.TrackingError, match=r"test_set has the shape \(3, 2\).*pandas\.MultiIndex\.from_frame"):
            log(store, integers, test_set=given)
    logged = log(store, integers, test_set=pd.MultiIndex.from_frame(frame))
    assert predictions(store, logged)["sample_id"].tolist()[0] == '["a","2026-01-01"]'


def test_a_missing_time_is_a_missing_feature(store):
    columns = {"pandas": pd.Series([at_noon[0], pd.NaT, at_noon[2]]), "polars": pl.Series([at_noon[0], None, at_noon[2]]),
               "numpy": np.array([noons[0], "NaT", noons[2]], "M8[s]"), "list": [at_noon[0], None, at_noon[2]],
               "durations": pd.to_timedelta(["1h", None, "3h"]), "pyarrow": pa.array([at_noon[0], None, at_noon[2]])}
    found = predictions(store, log(store, integers, sample_features=columns))
    for name in columns:
        assert found[f"feature_{name}"].isna().tolist() == [False, True, False], name


known = {
    "list": [False, True], "tuple": (False, True), "numpy": np.array([False, True]), "Series": pd.Series([False, True]),
    "nullable": pd.Series([False, True], dtype="boolean"), "category": pd.Series([False, True], dtype="category"),
    "CategoricalIndex": pd.CategoricalIndex([False, True]), "polars": pl.Series([False, True]), "pyarrow": pa.array([False, True]),
    "pyarrow dictionary": pa.array([0, 1]).dictionary_encode(),
}


@pytest.mark.parametrize("name", known)
def test_labels_may_be_held_by_anything_that_holds_values(store, name):
    logged = log(store, truths, labels=known[name], y_score=[0.9, 0.1, 0.8])
    assert logged.scores["roc_auc"] == 1 and logged.positive_label == 1


def test_sparse_and_wide_scores_are_taken_as_their_values(store):
    rows = np.array([[0.0, 1.0], [0.75, 0.25], [0.5, 0.5]])
    for y_score in (scipy.sparse.csr_matrix(rows), scipy.sparse.coo_array(rows), pd.DataFrame(rows).astype(pd.SparseDtype(float)),
                    [[decimal.Decimal(str(each)) for each in row] for row in rows]):
        assert predictions(store, log(store, integers, y_score=y_score))["y_score"].tolist() == rows[:, 1].tolist()
    whole = pl.DataFrame({"0": pl.Series([0, 1, 0], dtype=pl.Int128), "1": pl.Series([1, 0, 1], dtype=pl.Int128)})
    assert predictions(store, log(store, integers, y_score=whole))["y_score"].tolist() == [1, 0, 1]


def test_the_mask_of_masked_scores_is_honoured(store, tmp_path):
    rows = np.ma.array([[0.1, 0.9], [0.8, 0.2], [0.3, 0.7]], mask=[[0, 0], [0, 1], [0, 0]])
    for y_score, place in ((rows, r"y_score\[1\]\[1\] is masked"), (rows[:, 1], r"y_score\[1\] is masked")):
        with pytest.raises(ml_tracking.TrackingError, match=place) as caught:
            log(store, integers, y_score=y_score)
        assert caught.value.code == "INVALID_SCORES"
    assert not (tmp_path / "store").exists()
    assert log(store, integers, y_score=np.ma.array([0.9, 0.2, 0.7], mask=False)).scores["roc_auc"] == 1


def test_what_is_masked_inside_of_a_list_is_missing_too(store):
    y_score = [np.ma.array([0.1, 0.9]), np.ma.array([0.8, 0.2], mask=[0, 1]), np.ma.array([0.3, 0.7])]
    with pytest.raises(ml_tracking.TrackingError, match=r"y_score\[1\]\[1\] is masked: a score is missing"):
        log(store, integers, y_score=y_score)
    with pytest.raises(ml_tracking.TrackingError, match=r"y_score\[1\] is masked"):
        log(store, integers, y_score=[0.9, np.ma.masked, 0.7])
    with pytest.raises(ml_tracking.TrackingError, match=r"y_true\[1\] is None: a class label is missing"):
        log(store, [integers[0], np.ma.masked, *integers[2:]])
    with pytest.raises(ml_tracking.TrackingError, match=r"test_set\[1\] is None: the id is missing"):
        log(store, integers, test_set=[1, np.ma.masked, *range(2, len(integers))])


class Raising:
    """An object that raises whatever it is asked for."""

    def __array__(self, *args, **kwargs):
        raise RuntimeError("no array")

    def __iter__(self):
        raise KeyError("no values")

    @property
    def columns(self):
        raise ZeroDivisionError("no columns")


@pytest.mark.parametrize("name", ["y_true", "y_pred", "y_score", "labels", "sample_features", "test_set", "project", "name", "strict"])
def test_what_an_object_raises_comes_out_as_an_error_of_ours(store, tmp_path, name):
    given = {"y_true": integers, "y_pred": integers, name: Raising()}
    with pytest.raises(ml_tracking.TrackingError, match=name) as caught:
        log(store, **given)
    assert caught.value.code.startswith("INVALID_")
    assert not (tmp_path / "store").exists()


@pytest.mark.parametrize("read", [
    lambda: ml_tracking.read_experiments("p", store=5),
    lambda: ml_tracking.read_experiments(object()),
    lambda: ml_tracking.read_experiment(Raising()),
    lambda: ml_tracking.list_projects(store=object()),
    lambda: ml_tracking.compare(Raising(), "x"),
])
def test_what_readers_cannot_be_asked_is_an_error_of_ours(read):
    with pytest.raises(ml_tracking.TrackingError):
        read()


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
    (np.eye(3), r"one-hot rows: give the position of each row's 1.*log an experiment for each"),
    ([[1, 0], [0, 1], [1, 1]], r"y_pred\[0\] is a list of 2.*one-hot rows.*log an experiment for each"),
    (scipy.sparse.csr_matrix(np.eye(3)), r"y_pred has the shape \(3, 3\)"),
    (pl.Series([2**100, 0, 1], dtype=pl.UInt128), r"y_pred\[0\] is 1267650600228229401496703205376.*pass greater ones as text"),
    ([10**6000, 0, 1], r"y_pred\[0\] is an integer of 19932 bits; give integers of 64 bits, or texts"),
    (5, r"y_pred"),
])
def test_what_are_no_labels_is_refused_by_name_and_position(store, tmp_path, values, message):
    with pytest.raises((TypeError, ValueError), match=message) as caught:
        log(store, integers, values)
    assert isinstance(caught.value, ml_tracking.TrackingError)
    assert not (tmp_path / "store").exists()
