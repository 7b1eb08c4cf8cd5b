"""What this process writes to a run: its events, what it prints, and its end."""

from __future__ import annotations

import contextlib
import sys
import threading
import time
import warnings
from collections.abc import Iterable
from typing import Any

from . import _core, _run_ends
from ._artifacts import Artifact
from ._call import call
from ._console import Console
from ._errors import InvalidValue, TrackingError, TrackingWarning, visible
from ._run_events import Batch, no_events
from ._run_queue import EventQueue

class RunWriter:
    """One process's part in a run."""

    def __init__(self, address: dict[str, Any], *, is_owner: bool) -> None:
        self.address = address
        self.is_owner = is_owner
        """Whether this process ends the run, and not only its part in it."""
        self.has_ended = False
        self.else_end: tuple[str, str | None] = ("finished", None)
        """How it ends with the process where no exception ended that, and nobody ended the run."""
        self._known_to = _core.running()
        self._console: Console | None = None
        self._ending = threading.RLock()
        self._ended_at: int | None = None
        self._listen()
        self.queue.start()
        _run_ends.opened(self)

    def _listen(self) -> None:
        self.queue = EventQueue(self._write, self._stay_alive, self.address["gather_seconds"])

    def record_console(self) -> None:
        """Records what this process prints from now on."""
        self._console = Console(lambda name, text: self.put("console", {name: text}))

    def put(self, kind: str, data: dict[str, Any]) -> None:
        """Has an event of this moment written, soon."""
        self.queue.put((time.time(), None, kind, data, False), len(data))

    def keep(self, kept: Artifact) -> str:
        """Keeps an artifact; durable when it returns. Returns its path."""
        self.check_open()
        asked: dict[str, Any] = {"run": self.address, "path": kept.path, **({} if kept.file is None else {"file": kept.file})}
        if kept.content is not None:
            asked["bytes"] = {"$column": {"type": "uint8", "array": 0}}
        arrays = () if kept.content is None else (kept.content,)
        answer = call("log_artifact", asked, arrays=arrays, outcome=f"the artifact {kept.path} may be there in part")[0]
        return str(answer["path"])

    def check_open(self) -> None:
        """Raises InvalidValue where the run has ended."""
        if self.has_ended:
            _run_ends.await_death()
            run_id = self.address["run_id"]
            raise InvalidValue(f'the run {run_id} has ended; start_run(resume="{run_id}") goes on with it', "INVALID_ARGUMENT")

    def finish(self, status: str, error: str | None = None, until: float | None = None) -> None:
        """Ends this process's part, and where it is the owner's, the run. Raises what the core says where it cannot."""
        with self._ending:
            if self.has_ended:
                return
            if self._console is not None:
                self._console.close()
            if self._ended_at is None:
                self._ended_at = round(time.time() * 1000)
            self.queue.flush(until)
            if self.is_owner:
                asked = {"run": self.address, "status": status, "ended_at": self._ended_at}
                asked = asked if error is None else {**asked, "error": error}
                self.queue.notices += call("finish_run", asked, until, outcome="the run may be ended")[0]["warnings"]
            self.has_ended = True
        self.queue.close()
        _run_ends.closed(self)

    def end(self, status: str, error: str | None, until: float | None = None) -> None:
        """The same, with a warning where it cannot."""
        try:
            self.finish(status, error, until)
        except (TrackingError, RuntimeError) as failure:  # Python 3.12.1 starts no thread, so no core, once it ends
            left = self.queue.unwritten()
            lost = f"; {left:,} of its events are not written" if left else ""
            self.queue.notices.append(f"the run {self.address['run_id']} could not be ended: {failure}{lost}")
        self.tell(())

    def tell(self, texts: Iterable[str]) -> None:
        """Issues these warnings, and those that came up meanwhile."""
        notices, self.queue.notices = self.queue.notices, []
        warn_of([*texts, *notices])

    def forked(self) -> None:
        """In a forked child: what waits is the parent's to write."""
        self.address = joined(self.address)
        self.is_owner = False
        self._ending = threading.RLock()
        self._listen()
        if self._console is not None:
            self._console.forked()

    def _write(self, batch: Batch) -> list[str]:
        asked = {"run": self.address, "events": batch.events}
        answer = call("write_events", asked, arrays=batch.arrays, outcome="the events are kept and sent again")[0]
        self._known_to = _core.running()
        warnings: list[str] = answer["warnings"]
        return warnings

    def _stay_alive(self) -> None:
        """The core says that the run goes on and what the machine does; where it died, the next one learns of the run."""
        if self.is_owner and _core.running() != self._known_to:
            with contextlib.suppress(TrackingError):
                self._write(no_events)


def joined(address: dict[str, Any]) -> dict[str, Any]:
    """The address for a further process of a run: the machine is recorded by the first."""
    return {**address, "system_metrics": False}


def warn_of(texts: Iterable[str]) -> None:
    """Issues a TrackingWarning for each, about the line that called this package."""
    level, frame = 2, sys._getframe(1)
    while frame.f_back is not None and str(frame.f_globals.get("__name__")).startswith(f"{__package__}."):
        level, frame = level + 1, frame.f_back
    for text in texts:
        warnings.warn(visible(text), TrackingWarning, stacklevel=level)
