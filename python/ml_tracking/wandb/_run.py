"""wandb.run: a run of ml_tracking behind the names of W&B's."""

from __future__ import annotations

import atexit
import glob
import json
import os
import shutil
import tempfile
import threading
import weakref
from collections.abc import Iterable, Mapping
from types import TracebackType
from typing import Any

from .._run import Run as OurRun
from .._run_ends import status_after
from ._absent import Absent, absent, never_raises, warn_once
from ._artifact import Artifact
from ._config import Config
from ._history import History
from ._media import Media, file_path
from ._metrics import Summary, defined


class Run:
    """A run as W&B's scripts know it. `tracked` is the run of ml_tracking; None where tracking is disabled."""

    def __init__(self, tracked: OurRun | None, about: Mapping[str, Any]) -> None:
        self.tracked = tracked
        self._about = dict(about)
        self._lock = threading.RLock()
        self._history = History(0 if tracked is None else tracked._step + 1, self._write, self._keep)
        self.config = Config(self._record)
        self._folder: str | None = None
        self._saved: dict[str, str] = {}
        self._artifacts: dict[str, list[Artifact]] = {}
        self.resumed = bool(about.get("resumed"))
        self.ended = False
        _open.add(self)

    id = property(lambda self: self._about["id"])
    entity = property(lambda self: self._about.get("entity") or "")
    project = property(lambda self: self._about["project"])
    group = property(lambda self: self._about.get("group") or "")
    job_type = property(lambda self: self._about.get("job_type") or "")
    sweep_id = property(lambda self: None)
    disabled = property(lambda self: self.tracked is None)
    offline = property(lambda self: True)
    step = property(lambda self: self._history.step)
    settings = property(lambda self: Absent())
    path = property(lambda self: "/".join(part for part in (self.entity, self.project, self.id) if part))
    url = property(lambda self: None if self.tracked is None else f"http://127.0.0.1:7878/runs/{self.tracked.run_id}")

    @property
    def summary(self) -> Summary:
        return self._history.summary

    @property
    def dir(self) -> str:
        """A folder whose files are kept with the run when it ends."""
        if self._folder is None:
            self._folder = tempfile.mkdtemp(prefix="ml-tracking-run-")
            weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        return self._folder

    @property
    def name(self) -> str:
        return str(self._about.get("name") or self.id)

    @name.setter
    def name(self, name: str) -> None:
        self._change("name", name)

    @property
    def notes(self) -> str | None:
        return self._about.get("notes")

    @notes.setter
    def notes(self, notes: str) -> None:
        self._change("notes", notes)

    @property
    def tags(self) -> tuple[str, ...]:
        return tuple(self._about.get("tags") or ())

    @tags.setter
    def tags(self, tags: Iterable[str]) -> None:
        self._set_tags(tuple(tags))

    def get_url(self) -> str | None:
        return self.url  # type: ignore[no-any-return]

    def project_name(self) -> str:
        return str(self.project)

    @never_raises()
    def log(self, data: Mapping[str, Any], step: int | None = None, commit: bool | None = None, sync: Any = None) -> None:
        with self._lock:
            if self.ended:
                warn_once("log was called after finish; nothing was logged")
                return
            self._history.log(data, step, commit)

    @never_raises(answer=Absent())
    def define_metric(
        self, name: str, step_metric: Any = None, step_sync: Any = None, hidden: Any = None, summary: str | None = None,
        goal: str | None = None, overwrite: Any = None, **_: Any,
    ) -> Any:
        metric = defined(str(name), step_metric, summary, goal)
        self._history.definitions.add(metric)
        return metric

    @never_raises(answer=Absent())
    def log_artifact(
        self, artifact_or_path: Any, name: str | None = None, type: str | None = None, aliases: Iterable[str] | None = None,
        tags: Any = None, **_: Any,
    ) -> Any:
        artifact = artifact_or_path
        if not isinstance(artifact, Artifact):
            path = os.fspath(artifact)
            artifact = Artifact(name or f"run-{self.id}-{os.path.basename(path.rstrip('/'))}", type or "unspecified")
            (artifact.add_dir if os.path.isdir(path) else artifact.add_file)(path)
        versions = self._artifacts.setdefault(artifact.name, [])
        if self.tracked is not None:
            artifact.keep(self.tracked, len(versions), [*(aliases or ["latest"])])
        versions.append(artifact)
        return artifact

    @never_raises(answer=Absent())
    def use_artifact(self, artifact_or_name: Any, *_: Any, **__: Any) -> Any:
        if isinstance(artifact_or_name, Artifact):
            return artifact_or_name
        return absent("use_artifact of what another run logged", "its files are in the store, below artifacts/")

    @never_raises(answer=[])
    def save(self, glob_str: Any = None, base_path: Any = None, policy: str = "live") -> list[str]:
        """Keeps the files now, and where they may change (policy "live" or "end") again when the run ends."""
        if glob_str is None:
            return []
        pattern = os.fspath(glob_str)
        base = os.fspath(base_path) if base_path is not None else os.path.dirname(pattern) if os.path.isabs(pattern) else "."
        found = [path for path in sorted(glob.glob(pattern)) if os.path.isfile(path)]
        for path in found:
            inside = os.path.relpath(path, base).replace(os.sep, "/")
            self._saved[os.path.abspath(path)] = file_path("files", *(part for part in inside.split("/") if part != ".."))
        if self.tracked is not None and policy != "end":
            for path in found:
                self.tracked.log_artifact(path, self._saved[os.path.abspath(path)])
        return found

    @never_raises()
    def alert(self, title: str, text: str = "", *_: Any, **__: Any) -> None:
        if self.tracked is not None:
            self.tracked.log_text(file_path("alerts", f"{self.step} {title}") + ".txt", f"{title}\n\n{text}\n")
        warn_once("alert sends no message; its text is kept among the artifacts, below alerts/")

    def watch(self, *_: Any, **__: Any) -> Absent:
        return absent("watch", "gradients and weights are not logged")

    def finish(self, exit_code: int | None = None, quiet: Any = None) -> None:
        self._end("failed" if exit_code else "finished", f"exit code {exit_code}" if exit_code else None)

    join = finish

    def write_rest(self) -> None:
        """Writes what waits: the last row, the summary, the files of `dir` and of `save`."""
        with self._lock:
            for write in (self._history.flush, self._write_summary, self._write_files):
                never_raises()(write)()

    def _end(self, status: str, error: str | None) -> None:
        if self.ended:
            return
        self.write_rest()
        self.ended = True
        _open.discard(self)
        if self.tracked is not None:
            self.tracked._writer.end(status, error)

    def _write(self, values: dict[str, float], step: int) -> None:
        if self.tracked is not None:
            self.tracked.log(values, step)

    def _keep(self, name: str, media: list[Media], step: int) -> list[str]:
        folder = file_path("media", name)
        if self.tracked is None:
            return [folder] * len(media)
        paths = [each.keep(self.tracked, f"{folder}/{step}" + (f"-{i}" if len(media) > 1 else "")) for i, each in enumerate(media)]
        captions = [str(each.caption or "") for each in media]
        if any(captions):
            self.tracked.log_text(f"{folder}/{step}.captions.txt", "\n".join(captions) + "\n")
        return paths

    @never_raises()
    def _record(self, settings: dict[str, Any]) -> None:
        if self.tracked is not None:
            have = self.tracked.parameters  # of a run that goes on
            self.tracked.log_parameters({key: value for key, value in settings.items() if key not in have})

    @never_raises()
    def _change(self, what: str, text: str) -> None:
        self._about[what] = text
        if self.tracked is not None:
            self.tracked.set_tags({what: text})

    @never_raises()
    def _set_tags(self, tags: tuple[str, ...]) -> None:
        before, self._about["tags"] = self.tags, tags
        if self.tracked is not None:
            self.tracked.set_tags({tag: "true" for tag in tags})
            for tag in set(before) - set(tags):
                self.tracked.remove_tag(tag)

    def _write_summary(self) -> None:
        """Numbers as metrics, and texts as tags, below summary/; all of it as wandb-summary.json."""
        if self.tracked is None or not len(self.summary):
            return
        self.tracked.log_text("wandb-summary.json", json.dumps(dict(self.summary), indent=2, default=str))
        recorded = {f"summary/{key}": value for key, value in self.summary.recorded().items()}
        numbers = {key: value for key, value in recorded.items() if isinstance(value, (int, float)) or hasattr(value, "item")}
        if numbers:
            self.tracked.log(numbers, self.step)
        texts = {key: value for key, value in recorded.items() if isinstance(value, str)}
        if texts:
            self.tracked.set_tags(texts)

    def _write_files(self) -> None:
        if self.tracked is None:
            return
        for path, name in self._saved.items():
            if os.path.exists(path):
                self.tracked.log_artifact(path, name)
        if self._folder is not None and os.listdir(self._folder):
            self.tracked.log_artifact(self._folder, "files")

    def __enter__(self) -> Run:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end(*status_after(error))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return absent(f"run.{name}")


_open: set[Run] = set()


@atexit.register
def _write_all() -> None:
    """Before the runs end with the process, which was registered earlier."""
    for run in list(_open):
        run.write_rest()
