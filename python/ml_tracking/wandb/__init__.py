"""The names of Weights & Biases over ml_tracking: `import ml_tracking.wandb as wandb` runs a training script as it is.

Nothing here raises: what is not there warns once, and does nothing. See docs/hooks.md.
"""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import Any

from .._version import __version__
from . import _init, _plot
from ._absent import Absent, absent, never_raises, warn_once
from ._artifact import Artifact
from ._config import Config
from ._media import Audio, Histogram, Html, Image, Molecule, Object3D, Table, Video
from ._run import Run

__all__ = [
    "Artifact", "Audio", "CommError", "Config", "Error", "Histogram", "Html", "Image", "Molecule", "Object3D", "Run", "Settings",
    "Table", "UsageError", "Video", "__version__", "agent", "alert", "define_metric", "errors", "finish", "init", "log",
    "log_artifact", "login", "plot", "save", "setup", "sweep", "termerror", "termlog", "termwarn", "use_artifact", "watch",
]


class Error(Exception):
    """For scripts that catch W&B's errors; nothing here raises one."""


class CommError(Error):
    """Likewise."""


class UsageError(Error):
    """Likewise."""


errors = SimpleNamespace(Error=Error, CommError=CommError, UsageError=UsageError)
plot = _plot
Settings = SimpleNamespace


@never_raises(answer=Absent())
def init(*arguments: Any, **options: Any) -> Any:
    """Begins the process's run, and returns it. It takes what wandb.init takes."""
    return _init.init(**dict(zip(("entity", "project"), arguments)), **options)


def finish(exit_code: int | None = None, quiet: Any = None) -> None:
    """Ends the run."""
    run = _init.live()
    if run is not None:
        run.finish(exit_code)


def login(*_: Any, **__: Any) -> bool:
    """Needs no account."""
    return True


def setup(*_: Any, **__: Any) -> Absent:
    """Needs nothing."""
    return Absent()


def require(*_: Any, **__: Any) -> None:
    """Needs nothing."""


def log(data: Any, step: int | None = None, commit: bool | None = None, sync: Any = None) -> None:
    """Logs to the run."""
    _run("log").log(data, step, commit)


def define_metric(*arguments: Any, **options: Any) -> Any:
    """Says how a metric is summarised, and by which it goes."""
    return _run("define_metric").define_metric(*arguments, **options)


def log_artifact(*arguments: Any, **options: Any) -> Any:
    """Keeps an artifact with the run."""
    return _run("log_artifact").log_artifact(*arguments, **options)


def use_artifact(*arguments: Any, **options: Any) -> Any:
    """Takes an artifact that this script made."""
    return _run("use_artifact").use_artifact(*arguments, **options)


def save(*arguments: Any, **options: Any) -> Any:
    """Keeps files with the run."""
    return _run("save").save(*arguments, **options)


def alert(*arguments: Any, **options: Any) -> None:
    """Keeps a text with the run."""
    _run("alert").alert(*arguments, **options)


def watch(*_: Any, **__: Any) -> Absent:
    """Logs no gradients."""
    return absent("watch", "gradients and weights are not logged")


def unwatch(*_: Any, **__: Any) -> None:
    """Nothing is watched."""


def sweep(*_: Any, **__: Any) -> str:
    """There are no sweeps."""
    warn_once("ml_tracking.wandb has no sweeps; search with Optuna and ml_tracking.optuna, or with a loop of your own")
    return ""


def agent(*_: Any, **__: Any) -> None:
    """There are no sweeps."""
    warn_once("ml_tracking.wandb has no sweeps: agent called no function")


def termlog(string: str = "", *_: Any, **__: Any) -> None:
    """Prints to standard error, as W&B does."""
    print(f"wandb: {string}", file=sys.stderr)


termwarn = termerror = termlog


def _run(caller: str) -> Any:
    run = _init.live()
    if run is None:
        warn_once(f"{caller} was used while there is no run; it did nothing")
        return Absent()
    return run


def __getattr__(name: str) -> Any:
    if name == "run":
        return _init.live()
    if name in ("config", "summary"):
        return getattr(_run(name), name)
    if name.startswith("_"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if name in ("integration", "keras", "lightgbm", "xgboost", "catboost", "sklearn"):
        return absent(name, "there are ml_tracking.keras, .lightning, .transformers, .xgboost, .lightgbm, .catboost and .sklearn")
    return absent(name)
