"""What a process prints while runs last, for their records. It is printed as ever."""

from __future__ import annotations

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
            if not stream.listeners:
                stream.restore()
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
            self._pending[name] = _last_state(text[end:])[-_most_pending:]
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
    """A stream whose `write` tells its listeners too. The stream stays the same object, so whoever holds it notices nothing."""

    def __init__(self, stream: Any, name: str) -> None:
        self.listeners: list[Console] = []
        self._stream = stream
        write = self._write = stream.write

        def heard(text: str, *more: Any) -> Any:
            written = write(text, *more)
            for listener in tuple(self.listeners):
                try:
                    listener.heard(name, text)
                except Exception:  # nothing of ours may break printing
                    continue
            return written

        self._heard = heard
        stream.write = heard

    def restore(self) -> None:
        """Gives the stream its own `write` back, where nobody has replaced ours meanwhile."""
        if getattr(self._stream, "write", None) is self._heard:
            own = getattr(self._write, "__self__", None) is self._stream
            if own:
                del self._stream.write
            else:  # another tool's
                self._stream.write = self._write
            for key in [key for key, each in _streams.items() if each is self]:
                del _streams[key]


_streams: dict[tuple[str, int], _Stream] = {}


def _listening(name: str) -> _Stream | None:
    """The stream of this name with an ear; None where there is none, or one that lets nobody listen."""
    stream = getattr(sys, name, None)
    if stream is None:
        return None
    key = (name, id(stream))
    known = _streams.get(key)
    if known is None or known._stream is not stream:
        try:
            known = _streams[key] = _Stream(stream, name)
        except (AttributeError, TypeError):
            return None
    return known
