"""River 0.26.1 on the samples of classes, learned one after another."""

import importlib.metadata

import river.metrics
from ask import golden

two, several, both = ["two"], ["several"], ["two", "several"]


def learned(name, pairs):
    metric = getattr(river.metrics, name)()
    for truth, prediction in pairs:
        metric.update(truth, prediction)
    return metric.get()


def scores(name):
    return lambda s: learned(name, zip((s["y_true"] == 1).tolist(), s["y_score"].tolist()))


def labels(name):
    return lambda s: learned(name, zip(s["y_true"].tolist(), s["y_pred"].tolist()))


def columns(name):
    return lambda s: learned(name, ((truth, dict(enumerate(row))) for truth, row in zip(s["y_true"].tolist(), s["y_score"].tolist())))


questions = {f"river:{name}": (two, scores(name)) for name in ("ROCAUC", "LogLoss")}
questions["river:CrossEntropy"] = several, columns("CrossEntropy")
questions |= {f"river:{name}": (both, labels(name)) for name in ("MacroF1", "GeometricMean")}
golden(importlib.metadata.version("river"), questions)
