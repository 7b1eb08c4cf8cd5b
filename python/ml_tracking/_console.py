"""What a process prints while runs last, for their records. It is printed as ever."""

from __future__ import annotations

import contextlib
import sys
import threading
from typing import Any, Callable

Take = Callable[[str, str], None]
"""Takes whole lines of "stdout" or "stderr"."""

_most_characters = 5_000_000
_most_pending = 100_000
_beyond = "... ml-tracking records no more than 5 MB of this output\n"


class Console:
    """The lines that this process prints from now on, for one run, until it is closed.

    Of a line that is written over, as progress bars are, the last state counts.
    """

    def __init__(self, take: Take) -> None:
        self._take = take
        self._pending = {"stdout": "", "stderr": ""}
        self._left = _most_characters
        self._lock = threading.RLock()
        self._streams = [stream for name in self._pending for stream in [_listening(name)] if stream is not None]
        for stream in self._streams:
            stream.listeners.append(self)

    def close(self) -> None:
        """Takes what stands in an unfinished line, and lets go of the streams."""
        streams, self._streams = self._streams, []
        for stream in streams:
            stream.listeners.remove(self)
            if not stream.listeners and stream.restore():
                _streams.pop((stream.name, id(stream.stream)), None)
        for name, text in self._pending.items():
            if text:
                self.heard(name, "\n")

    def forked(self) -> None:
        """In a forked child, which has printed nothing yet."""
        self._lock = threading.RLock()
        self._pending = dict.fromkeys(self._pending, "")

    def heard(self, name: str, text: str) -> None:
        with self._lock:
            text = self._pending[name] + text
            end = text.rfind("\n") + 1
            rest = text[end:]
            self._pending[name] = (_last_state(rest) + "\r" * rest.endswith("\r"))[-_most_pending:]
            if end == 0 or self._left < 0:
                return
            lines = text[:end]
            if "\r" in lines:
                lines = "".join(_last_state(line) + "\n" for line in lines[:-1].split("\n"))
            self._left -= len(lines)
            self._take(name, lines if self._left >= 0 else _beyond)


def _last_state(line: str) -> str:
    """What is seen of a line that was written over with carriage returns."""
    return line if "\r" not in line else line.rstrip("\r").rpartition("\r")[2]


class _Stream:
    """A stream whose `write` tells listeners too. It stays the same object, so that whoever holds it notices nothing."""

    def __init__(self, stream: Any, name: str) -> None:
        self.listeners: list[Console] = []
        self.stream = stream
        self.name = name
        self._telling = threading.local()

    def listen(self) -> None:
        """Puts our `write` in place, where it is not there, or another tool's took its place."""
        write = self.stream.write
        if hasattr(write, "before"):
            return

        def heard(text: str, *more: Any) -> Any:
            if getattr(self._telling, "is_inside", False):  # ours, called by another tool's, called by ours
                return write(text, *more)
            self._telling.is_inside = True
            try:
                written = write(text, *more)
                for listener in tuple(self.listeners):
                    with contextlib.suppress(Exception):  # nothing of ours may break printing
                        listener.heard(self.name, text)
            finally:
                self._telling.is_inside = False
            return written

        setattr(heard, "before", write)
        self.stream.write = heard

    def restore(self) -> bool:
        """Gives the stream its former `write` back. Returns whether it was ours, and not another tool's over ours."""
        before = getattr(self.stream.write, "before", None)
        if before is None:
            return False
        owner = getattr(before, "__self__", None)
        if owner is not None and owner is self.stream:
            del self.stream.write
        else:
            self.stream.write = before
        return True


_streams: dict[tuple[str, int], _Stream] = {}
_has_cells = False


def _listening(name: str) -> _Stream | None:
    """The stream of this name with an ear; None where there is none, or one that lets nobody listen."""
    stream: Any = getattr(sys, name, None)
    if stream is None:
        return None
    key = (name, id(stream))
    if key not in _streams or _streams[key].stream is not stream:
        _streams[key] = _Stream(stream, name)
    try:
        _streams[key].listen()
    except (AttributeError, TypeError):
        del _streams[key]
        return None
    _listen_in_cells()
    return _streams[key]


def _listen_in_cells() -> None:
    """IPython 9 replaces the `write` of both streams for the time of each cell, and ours with it at its end."""
    global _has_cells
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    if shell is not None and not _has_cells:
        _has_cells = True
        shell.events.register("pre_run_cell", _listen_again)


def _listen_again(*_: Any) -> None:
    for stream in _streams.values():
        if stream.listeners:
            stream.listen()
