"""Features of the samples: columns of any holder, with values missing, read back by pandas as they were given."""

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
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
    "names that look like the protocol's": ({"$column": [1, 2, 3], "__proto__": ["a", "b", "c"]}, {"$column": [1, 2, 3], "__proto__": ["a", "b", "c"]}),
}


@pytest.mark.parametrize("name", holders)
def test_features_read_back_equal_the_input(store, name):
    given, wanted = holders[name]
    logged = log(store, sample_features=given)
    found = predictions(store, logged)
    own = ml_tracking.read_experiment(logged.prediction_id, store=store).predictions
    assert list(found.columns)[3:] == [f"feature_{name}" for name in wanted]
    for column, values in wanted.items():
        assert plain(found[f"feature_{column}"]) == values, column
        assert plain(own[f"feature_{column}"]) == values, column


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
