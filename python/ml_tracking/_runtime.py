"""What ran an experiment: the script or notebook, and the versions of Python and of the packages at work."""

from __future__ import annotations

import functools
import os
import re
import sys
from contextlib import suppress
from importlib import metadata
from typing import Any

from ._tensors import root_of
from ._version import __version__

_packages = {
    "numpy": "numpy",
    "pandas": "pandas",
    "polars": "polars",
    "pyarrow": "pyarrow",
    "scipy": "scipy",
    "sklearn": "scikit-learn",
    "statsmodels": "statsmodels",
    "xgboost": "xgboost",
    "lightgbm": "lightgbm",
    "catboost": "catboost",
    "torch": "torch",
    "tensorflow": "tensorflow",
    "keras": "keras",
    "jax": "jax",
    "transformers": "transformers",
}
"""By what they are imported as: what they are called."""


def runtime(parameters: Any) -> dict[str, Any]:
    """The versions of those packages that this process has imported, and of the package of the model among the parameters."""
    names = dict(_packages)
    versions = {"ml-tracking": __version__}
    with suppress(Exception):  # objects of the caller's own
        own = root_of(parameters["model"])
        names.setdefault(own, own)
    for module, name in names.items():
        version = None
        with suppress(Exception):  # a module that stands in for another
            version = getattr(sys.modules.get(module), "__version__", None)
        if isinstance(version, str):
            versions[name] = version
    return {
        "language": "python",
        "version": ".".join(map(str, sys.version_info[:3])),
        "packages": dict(sorted(versions.items())),
    }


def source() -> str:
    """The script that Python was started with, or the notebook; empty where there is none, as at a prompt."""
    main = sys.modules.get("__main__")
    notebook = getattr(main, "__vsc_ipynb_file__", None) or os.environ.get("JPY_SESSION_NAME")
    if isinstance(notebook, str):
        return notebook
    path = getattr(main, "__file__", None)
    if not isinstance(path, str) or "ipykernel" in path:
        return ""
    return path


def command() -> list[str]:
    """The command line that this process was started with."""
    return list(getattr(sys, "orig_argv", None) or [sys.executable, *sys.argv])  # Python 3.9 knows the arguments alone


def packages() -> list[list[str]]:
    """The name and version of every package that is installed."""
    return _installed(tuple((folder, _changed(folder)) for folder in sys.path))


@functools.lru_cache(maxsize=1)
def _installed(folders: tuple[tuple[str, float], ...]) -> list[list[str]]:
    """The same, looked for once until one of these folders changes."""
    found: dict[str, str] = {}
    for each in metadata.distributions(path=[folder for folder, _ in folders]):
        with suppress(Exception):  # what a broken installation left
            # `each.metadata` would parse the whole description too. An old package is one file, which is read by no name.
            text = each.read_text("METADATA") or each.read_text("PKG-INFO") or each.read_text("") or ""
            name, version = (re.search(rf"^{field}: *(.+)$", text, re.MULTILINE) for field in ("Name", "Version"))
            if name and version:
                found.setdefault(name[1].strip(), version[1].strip())
    return [[name, version] for name, version in found.items()]


def _changed(folder: str) -> float:
    with suppress(OSError):
        return os.stat(folder or os.curdir).st_mtime
    return 0.0
