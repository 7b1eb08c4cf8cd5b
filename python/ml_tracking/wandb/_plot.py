"""wandb.plot: what a chart is drawn from, kept as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from ._absent import Absent, absent, warn_once
from ._media import Table, _flat

_not_drawn = "the charts of wandb.plot are not drawn; what they are drawn from is kept as a table"


def line(table: Table, *_: Any, **__: Any) -> Table:
    return _kept(table)


def scatter(table: Table, *_: Any, **__: Any) -> Table:
    return _kept(table)


def bar(table: Table, *_: Any, **__: Any) -> Table:
    return _kept(table)


def histogram(table: Table, *_: Any, **__: Any) -> Table:
    return _kept(table)


def line_series(xs: Sequence[Any], ys: Sequence[Sequence[Any]], keys: Sequence[str] | None = None, *_: Any, **__: Any) -> Table:
    """A row for each point of each line."""
    several = xs if len(xs) and hasattr(xs[0], "__len__") else [xs] * len(ys)
    names = keys or [f"line_{i}" for i in range(len(ys))]
    rows = [[name, x, y] for name, x_of, y_of in zip(names, several, ys) for x, y in zip(x_of, y_of)]
    return _kept(Table(["line", "x", "y"], rows))


def confusion_matrix(
    probs: Any = None, y_true: Any = None, preds: Any = None, class_names: Sequence[str] | None = None, *_: Any, **__: Any
) -> Table:
    """A row for each pair of classes: how many samples of the one were taken for the other."""
    if preds is None:
        predicted = [max(range(len(row)), key=row.__getitem__) for row in probs]
    else:
        predicted = [int(each) for each in _flat(preds)]
    true = [int(each) for each in _flat(y_true)]
    classes = max([*true, *predicted], default=-1) + 1
    names = list(class_names) if class_names is not None else [f"Class_{i + 1}" for i in range(classes)]
    counts = Counter(zip(true, predicted))
    rows = [[names[i], names[j], counts[i, j]] for i in range(len(names)) for j in range(len(names))]
    return _kept(Table(["Actual", "Predicted", "nPredictions"], rows))


def _kept(table: Table) -> Table:
    warn_once(_not_drawn)
    return table


def __getattr__(name: str) -> Absent:
    if name.startswith("_"):
        raise AttributeError(name)
    return absent(f"plot.{name}", "log_experiment keeps predictions, of which the dashboard draws ROC, precision and recall")
