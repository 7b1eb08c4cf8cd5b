"""Features of the samples: columns of any holder, with values missing, read back by pandas as they were given."""

import json
import re
import warnings

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from small_experiments import log, predictions

import ml_tracking

frame = pd.DataFrame(
    {
        "island": ["Dream", None, "Biscoe"],
        "size": pd.Categorical(["small", "large", None]),
        "kind": pd.Series(["a", "b", pd.NA], dtype="string"),
        "mass": [3450.5, np.nan, 3000.0],
        "float32": np.array([0.5, np.nan, 1], np.float32),
        "year": np.array([2007, 2008, 2009], np.int16),
        "nullable year": pd.Series([2007, None, 2009], dtype="Int64"),
        "nullable mass": pd.Series([0.5, None, 1], dtype="Float64"),
        "wild": [True, False, True],
        "nullable wild": pd.Series([True, None, False], dtype="boolean"),
        "Arrow": pd.Series([1, None, 3], dtype="int64[pyarrow]"),
        "nothing": [None, None, None],
    }
).set_axis([30, 10, 20])
expected = {
    "island": ["Dream", None, "Biscoe"], "size": ["small", "large", None], "kind": ["a", "b", None], "mass": [3450.5, None, 3000.0],
    "float32": [0.5, None, 1.0], "year": [2007, 2008, 2009], "nullable year": [2007.0, None, 2009.0], "nullable mass": [0.5, None, 1.0],
    "wild": [True, False, True], "nullable wild": [True, None, False], "Arrow": [1.0, None, 3.0], "nothing": [None, None, None],
}


def file_of(store, logged):
    return pq.ParquetFile(f"{logged.paths.store}/{logged.paths.predictions}")


def plain(values):
    return [None if value is None or value is pd.NA or value != value else value for value in values]


simple = {"island": ["Dream", None, "Biscoe"], "mass": [3450.5, None, 3000.0], "year": [2007, 2008, 2009], "wild": [True, None, False]}
holders = {
    "pandas": (frame, expected),
    "dict of lists": (simple, simple),
    "dict of Series": ({name: frame[name] for name in frame}, expected),
    "polars": (pl.DataFrame(simple), simple),
    "polars with categories": (pl.DataFrame({"c": pl.Series(["x", None, "y"], dtype=pl.Categorical)}), {"c": ["x", None, "y"]}),
    "pyarrow": (pa.table(simple), simple),
    "pandas with numbers for names": (pd.DataFrame(np.arange(6).reshape(3, 2)), {"0": [0, 2, 4], "1": [1, 3, 5]}),
    "names that differ in capitals, or from what a column can be called": (
        {"Age": [1, 2, 3], "age": [1.5, 2, 3], "bill (mm)": ["a", "b", None], "größe": [1, 2, 3], "a.b": [True, False, None]},
        {"Age": [1, 2, 3], "age": [1.5, 2, 3], "bill (mm)": ["a", "b", None], "größe": [1, 2, 3], "a.b": [True, False, None]},
    ),
    "names that look like the protocol's": ({"$column": [1, 2, 3], "__proto__": ["a", "b", "c"]}, {"$column": [1, 2, 3], "__proto__": ["a", "b", "c"]}),
}


@pytest.mark.parametrize("name", holders)
def test_features_read_back_equal_the_input(store, name):
    given, wanted = holders[name]
    logged = log(store, sample_features=given)
    found = predictions(store, logged)
    own = ml_tracking.read_experiment(logged.prediction_id, store=store).predictions
    said = file_of(store, logged).schema_arrow.metadata
    safe = {name: column for column, name in json.loads(said.get(b"ml_tracking.features", b"{}")).items()}
    columns = [safe.get(name, f"feature_{name}") for name in wanted]
    assert list(found.columns)[3:] == columns
    assert all(re.fullmatch("[A-Za-z0-9_]+", column) for column in columns)
    assert len({column.lower() for column in columns}) == len(columns)
    for column, (name, values) in zip(columns, wanted.items()):
        assert plain(found[column]) == values, name
        assert plain(own[f"feature_{name}"]) == values, name


gaps = {"no gap": [1, 2, 3], "a gap": [1, None, 3]}
typed = {
    "pandas Int64": lambda values: pd.Series(values, dtype="Int64"),
    "pandas UInt8": lambda values: pd.Series(values, dtype="UInt8"),
    "pandas with Arrow": lambda values: pd.Series(values, dtype="int32[pyarrow]"),
    "polars": lambda values: pl.Series(values, dtype=pl.Int32),
    "pyarrow": lambda values: pa.array(values, pa.int16()),
}
untyped = {
    "list": lambda values: values,
    "numpy": lambda values: np.array([np.nan if value is None else value for value in values]) if None in values else np.array(values),
    "pandas": lambda values: pd.Series(values),
}


@pytest.mark.parametrize("gap", gaps)
@pytest.mark.parametrize("name", [*typed, *untyped])
def test_the_type_of_a_number_does_not_depend_on_its_values(store, name, gap):
    values = gaps[gap]
    logged = log(store, sample_features={"f": {**typed, **untyped}[name](values)})
    column = file_of(store, logged).schema_arrow.field("feature_f")
    assert str(column.type) == ("int64" if name in typed else "double")
    own = ml_tracking.read_experiment(logged.prediction_id, store=store).predictions["feature_f"]
    assert plain(own) == values
    if gap == "no gap":
        assert {type(value) for value in own} == {int}


large = 2**53 + 1


@pytest.mark.parametrize("given, values", [
    (np.array([large, 2, 3]), [str(large), "2", "3"]),
    ([large, None, 3], [str(large), None, "3"]),
    ([2**70, 2, 3], [str(2**70), "2", "3"]),
    (pd.Series([large, 2, 3]), [str(large), "2", "3"]),
    (np.array([2**63 + 1, 2, 3], np.uint64), [str(2**63 + 1), "2", "3"]),
    (pd.Series([large, None, 3], dtype="Int64"), [large, None, 3]),
    (pl.Series([large, None, 3]), [large, None, 3]),
    (pa.array([large, 2, 3]), [large, 2, 3]),
])
def test_whole_numbers_beyond_2_to_the_53_keep_every_digit(store, given, values):
    is_text = isinstance(values[0], str)
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        logged = log(store, sample_features={"id": given})
    about = [str(warning.message) for warning in said if "beyond 2^53" in str(warning.message)]
    assert len(about) == (1 if is_text else 0)
    if is_text:
        assert about[0].startswith('sample_features["id"] has whole numbers beyond 2^53, such as ' + values[0])
    found = pq.read_table(f"{logged.paths.store}/{logged.paths.predictions}").column("feature_id")
    assert found.to_pylist() == values
    assert plain(ml_tracking.read_experiment(logged.prediction_id, store=store).predictions["feature_id"]) == values


def test_many_features_of_many_samples_read_back_equal_the_input(store):
    rng = np.random.default_rng(1)
    large = pd.DataFrame({"number": rng.random(50_000), "text": rng.integers(0, 40, 50_000).astype(str)})
    large.loc[rng.random(50_000) < 0.1, ["number", "text"]] = [np.nan, None]
    found = predictions(store, log(store, np.arange(50_000) % 2, test_set=np.arange(50_000), sample_features=large))
    assert found["feature_number"].tolist() == pytest.approx(large["number"].tolist(), rel=0, abs=0, nan_ok=True)
    assert plain(found["feature_text"]) == plain(large["text"])


@pytest.mark.parametrize("given, error, message", [
    (np.zeros((3, 2)), TypeError, r"sample_features is a ndarray of shape \(3, 2\); give a data frame, or a dict of columns"),
    ({"a": [1, 2]}, ValueError, r'sample_features\["a"\] has 2 values but y_true has 3'),
    ({"a": "xyz"}, TypeError, r"""sample_features\["a"\] is 'xyz'; give a list or an array"""),
    ({"a": [1, "b", 2]}, ValueError, r'sample_features\["a"\]\[1\] is .*a column is all strings, all numbers or all booleans'),
    ({"y_true": [1, 2, 3]}, ValueError, 'sample_features has a column called "y_true"'),
    (pd.DataFrame({"wave": [1j, 2, 3]}), TypeError, r'sample_features\["wave"\].*give strings, integers, booleans or numbers'),
    ({1: [1, 2, 3], "1": [1, 2, 3]}, ValueError, r'sample_features\["1"\] is there twice; give each column a name of its own as text'),
    (pd.DataFrame([[1, 2]] * 3, columns=["a", "a"]), ValueError, r'sample_features\["a"\]'),
])
def test_what_are_no_features_is_refused(store, tmp_path, given, error, message):
    with pytest.raises(error, match=message):
        log(store, sample_features=given)
    assert not (tmp_path / "store").exists()
