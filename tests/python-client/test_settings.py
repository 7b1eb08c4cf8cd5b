"""What a program holds its settings in: configurations are converted, and nothing in them costs an evaluation."""

import argparse
import dataclasses
import datetime
import decimal
import enum
import functools
import json
import pathlib
import types

import attrs
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pydantic
import pytest
from omegaconf import OmegaConf
from small_experiments import log, rows


class Size(enum.Enum):
    SMALL = "small"
    PAIR = (1, 2)


@dataclasses.dataclass
class Data:
    rows: int = 10
    path: pathlib.Path = pathlib.Path("data/a.csv")


@attrs.define
class Schedule:
    steps: tuple = (1, 2)


class Run(pydantic.BaseModel):
    lr: float = 0.1
    since: datetime.date = datetime.date(2026, 1, 1)
    data: dict = {"a": {1, 2}}


class Dotted(dict):
    """A dict whose members are attributes too, as many a configuration library has it."""

    __getattr__ = dict.__getitem__


class OldRun:
    """As pydantic 1 made its classes."""

    __fields__ = {"lr": None}

    def __init__(self):
        self.lr = 0.5


def scale(x, factor, *, clip=False):
    return x


conf = OmegaConf.create({"lr": 0.1, "sgd": {"betas": [0.9, "${lr}"]}, "kind": Size.SMALL, "none": None})
# What is given, and what is recorded without a warning.
converted = {
    "OmegaConf": (conf, {"lr": 0.1, "sgd": {"betas": [0.9, 0.1]}, "kind": "small", "none": None}),
    "a list of OmegaConf": (conf.sgd.betas, [0.9, 0.1]),
    "argparse": (argparse.Namespace(lr=0.1, seeds=[1, 2]), {"lr": 0.1, "seeds": [1, 2]}),
    "a namespace": (types.SimpleNamespace(a=1), {"a": 1}),
    "a dataclass": (Data(), {"rows": 10, "path": str(pathlib.Path("data/a.csv"))}),
    "attrs": (Schedule(), {"steps": [1, 2]}),
    "pydantic": (Run(), {"lr": 0.1, "since": "2026-01-01", "data": {"a": [1, 2]}}),
    "pydantic 1": (OldRun(), {"lr": 0.5}),
    "a mapping proxy": (types.MappingProxyType({"a": 1}), {"a": 1}),
    "a set": ({10, 9, 1}, [1, 9, 10]),
    "a set of several kinds": ({"a", 1}, [1, "a"]),
    "a mapping whose keys are attributes": (Dotted(columns=["a"], lr=1), {"columns": ["a"], "lr": 1}),
    "a frozenset": (frozenset("ba"), ["a", "b"]),
    "a range": (range(3), [0, 1, 2]),
    "a series": (pd.Series([1, 2]), [1, 2]),
    "a series that names its values": (pd.Series({"lr": 0.1, "depth": 3}), {"lr": 0.1, "depth": 3}),
    "a long range": (range(10**9), "range(0, 1000000000)"),
    "a dtype of numpy": (np.dtype("float32"), "float32"),
    "a dtype of pandas": (pd.Int64Dtype(), "Int64"),
    "a type of polars": (pl.Int64, "Int64"),
    "a type of pyarrow": (pa.int64(), "int64"),
    "an enumeration": (Size.SMALL, "small"),
    "an enumeration of pairs": (Size.PAIR, "PAIR"),
    "a time": (datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc), "2026-01-01T00:00:00+00:00"),
    "a duration": (datetime.timedelta(minutes=1.5), 90),
    "a duration of numpy": (np.timedelta64(90, "s"), 90),
    "a time of numpy": (np.datetime64("2026-01-01T00:00:00.5", "ns"), "2026-01-01T00:00:00.500000"),
    "a period": (pd.Period("2026-01", "M"), "2026-01"),
    "a missing time": (pd.NaT, None),
    "numpy scalars": ([np.float64(0.5), np.int8(3), np.bool_(True)], [0.5, 3, True]),
    "an array": (np.eye(2), [[1, 0], [0, 1]]),
    "a series": (pd.Series(["a"]), ["a"]),
    "a series of polars": (pl.Series([1]), [1]),
    "an array of pyarrow": (pa.array([1, None]), [1, None]),
    "a decimal": (decimal.Decimal("0.1"), 0.1),
    "bytes": (b"abc", "abc"),
    "a function": (scale, "scale"),
    "a class": (Data, "Data"),
    "a partial": (functools.partial(scale, factor=2, clip=True), {"function": "scale", "arguments": {"factor": 2, "clip": True}}),
    "keys of other kinds": ({1: "a", None: "b", (1, "x"): "c"}, {"1": "a", "None": "b", "(1, x)": "c"}),
}


def recorded(store, extra):
    logged = log(store, extra_parameters=extra)
    return json.loads(rows(store).iloc[-1]["extra_parameters"]), logged.warnings


@pytest.mark.parametrize("name", converted)
def test_settings_are_recorded_as_what_they_say(store, name):
    given, expected = converted[name]
    found, warnings = recorded(store, {"it": given})
    assert found == {"it": expected}
    assert warnings == []


def test_a_configuration_itself_may_be_the_extra_parameters(store):
    for given in (conf, argparse.Namespace(a=1), Data(), Schedule(), Run()):
        found, warnings = recorded(store, given)
        assert isinstance(found, dict) and "value" not in found and warnings == []
    found, warnings = recorded(store, conf.sgd.betas)
    assert found == {"value": [0.9, 0.1]} and "not a mapping" in warnings[0]


class Hostile:
    def __repr__(self):
        raise ValueError("no")

    def __getattr__(self, name):
        raise RuntimeError(f"no {name}")


class Masked:
    @property
    def __class__(self):
        raise ValueError("no class")


class Lazy(dict):
    def __getitem__(self, key):
        raise RuntimeError("not loaded")


def awkward():
    cycle = {}
    cycle["self"] = cycle
    deep = 1
    for _ in range(5000):
        deep = [deep]
    return {
        "missing": OmegaConf.create({"a": "???"}),
        "nowhere": OmegaConf.create({"a": "${b}"}),
        "hostile": Hostile(),
        "masked": Masked(),
        "lazy": Lazy(a=1),
        "cycle": cycle,
        "deep": deep,
        "many": list(range(300_000)),
        "digits": 10**6000,
        "exact": decimal.Decimal("0.12345678901234567890123"),
        "object": object(),
        "complex": 1 + 2j,
        "generator": (each for each in "ab"),
        "anonymous": lambda: 1,
        "frame": pd.DataFrame({"a": [1]}),
        "bytes": b"\xff\xfe",
        "keys": {1: "number", "1": "text"},
        "nan": float("nan"),
        "seed": 2**53 + 1,
    }


@pytest.mark.parametrize("name", awkward())
def test_what_json_cannot_hold_is_text_with_a_warning_and_costs_no_evaluation(store, name):
    found, warnings = recorded(store, {"first": [1], name: awkward()[name], "last": {"a": 2}})
    assert (found["first"], found["last"]) == ([1], {"a": 2}) and name in found
    assert len(warnings) == 1 and warnings[0].startswith(f"extra_parameters.{name}")
    assert " at 0x" not in json.dumps(found)


def test_keys_that_are_the_same_as_text_are_kept_apart(store):
    found, (warning,) = recorded(store, {"keys": {1: "number", "1": "text"}})
    assert found == {"keys": {"1 (int)": "number", "1": "text"}}
    assert warning == 'extra_parameters.keys has two keys that are "1" as text; the int is recorded as "1 (int)"'


def test_hyperparameters_that_json_has_no_number_for_are_said_as_extra_parameters_are(store):
    given = {"nan": float("nan"), "most": float("inf"), "seed": 2**53 + 1}
    model = log(store, model={"name": "Rule", "parameters": given})
    extra = log(store, extra_parameters=given)
    assert [text.replace("parameters.model", "extra_parameters") for text in model.warnings] == extra.warnings
    assert json.loads(rows(store).iloc[0]["model_parameters"]) == {
        "nan": "NaN", "most": "Infinity", "seed": "9007199254740993"}
