"""wandb.Artifact: files under a name, kept with the run."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import weakref
from typing import TYPE_CHECKING, Any

from ._absent import Absent, absent
from ._media import Media, file_path

if TYPE_CHECKING:
    from .._run import Run


class Artifact:
    """Files, added by their paths; they are read when the artifact is logged."""

    def __init__(
        self, name: str, type: str = "unspecified", description: str | None = None, metadata: dict[str, Any] | None = None, **_: Any
    ) -> None:
        self.name, self.type, self.description, self.metadata = name, type, description, dict(metadata or {})
        self.version = "v0"
        self._files: dict[str, str | Media] = {}
        self._references: list[dict[str, Any]] = []
        self._written: str | None = None

    def add_file(self, local_path: str | os.PathLike[str], name: str | None = None, *_: Any, **__: Any) -> None:
        self._files[name or os.path.basename(os.fspath(local_path))] = os.path.abspath(local_path)

    def add_dir(self, local_path: str | os.PathLike[str], name: str | None = None, *_: Any, **__: Any) -> None:
        for folder, _folders, files in os.walk(local_path):
            for file in files:
                whole = os.path.join(folder, file)
                inside = os.path.relpath(whole, local_path).replace(os.sep, "/")
                self.add_file(whole, inside if name is None else f"{name}/{inside}")

    def new_file(self, name: str, mode: str = "w", encoding: str | None = None) -> Any:
        """A file of the artifact, to write to in a `with` block."""
        if self._written is None:
            self._written = tempfile.mkdtemp(prefix="ml-tracking-")
            weakref.finalize(self, shutil.rmtree, self._written, ignore_errors=True)
        path = os.path.join(self._written, *file_path(name).split("/"))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        self.add_file(path, name)
        return open(path, mode, encoding=encoding if "b" in mode else encoding or "utf-8")

    def add(self, obj: Any, name: str, *_: Any, **__: Any) -> None:
        """Adds a table or a picture."""
        self._files[name] = obj

    def add_reference(self, uri: Any, name: str | None = None, *_: Any, **__: Any) -> None:
        """Notes where something is; what is there is not read."""
        self._references.append({"uri": str(uri), "name": name})

    def wait(self, *_: Any, **__: Any) -> Artifact:
        return self

    def keep(self, run: Run, version: int, aliases: list[str]) -> None:
        """Keeps the files below artifacts/NAME/vN, and beside them what the artifact is."""
        self.version = f"v{version}"
        folder = file_path("artifacts", self.name, self.version)
        for name, what in self._files.items():
            if isinstance(what, Media):
                what.keep(run, file_path(folder, name))
            else:
                run.log_artifact(what, file_path(folder, name))
        about = {
            "type": self.type, "description": self.description, "metadata": self.metadata, "aliases": aliases,
            "references": self._references,
        }
        run.log_text(f"{folder}.json", json.dumps(about, indent=2, default=str))

    def __getattr__(self, name: str) -> Absent:
        if name.startswith("_"):
            raise AttributeError(name)
        return absent(f"Artifact.{name}")
