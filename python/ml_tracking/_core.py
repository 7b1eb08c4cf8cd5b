"""The core process: started at the first call, again where it died, and ended with this process.

Requests and answers are frames (docs/bridge-protocol.md) on its standard input and output. Two threads carry them, so that
an interrupted call leaves no half-written frame, and so that a call can stop waiting at its deadline.
"""

from __future__ import annotations

import atexit
import contextlib
import io
import itertools
import json
import os
import queue
import struct
import subprocess
import tempfile
import threading
from collections.abc import Sequence
from typing import Any

from ._errors import CoreError, error_of
from ._node import START, TOO_OLD, find_node, is_too_old, why_no_node

Buffer = Any
"""Whatever memoryview() takes: bytes, array.array, a numpy array."""


class CoreEnded(Exception):
    """The core process ended before it answered."""


class _Answer:
    """What becomes of one request."""

    def __init__(self) -> None:
        self.arrived = threading.Event()
        self.header: dict[str, Any] | None = None
        self.arrays: list[bytearray] = []


class _Core:
    def __init__(self, node: str) -> None:
        self.node = node
        self.environment = dict(os.environ)
        self._talk = tempfile.TemporaryFile()
        # A session of its own: Ctrl-C in a terminal is for this process alone, which decides what becomes of a call.
        apart: dict[str, Any] = (
            {"creationflags": 0x08000200} if os.name == "nt" else {"start_new_session": True}
        )
        try:
            self.process = subprocess.Popen(
                [node, START, "core"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._talk,
                bufsize=0,
                **apart,
            )
        except OSError as error:
            raise CoreError(f"Node.js at {node} cannot be started: {error}", "CORE_ENDED") from error
        assert isinstance(self.process.stdin, io.FileIO) and isinstance(self.process.stdout, io.FileIO)
        self._input: io.FileIO = self.process.stdin
        self._output: io.FileIO = self.process.stdout
        self._lock = threading.Lock()
        self._answers: dict[int, _Answer] = {}
        self._ids = itertools.count(1)
        self._outbox: queue.SimpleQueue[Sequence[Buffer] | None] = queue.SimpleQueue()
        self.ended = False
        self.last_words = ""
        self._carriers = [
            threading.Thread(target=work, name="ml-tracking", daemon=True)
            for work in (self._carry_requests, self._carry_answers)
        ]
        for carrier in self._carriers:
            carrier.start()

    def send(self, method: str, arguments: Any, arrays: Sequence[Buffer]) -> _Answer:
        """Hands over a request; its answer arrives later."""
        answer = _Answer()
        with self._lock:
            if self.ended:
                raise CoreEnded
            request: dict[str, Any] = {"id": next(self._ids), "method": method, "arguments": arguments}
            request["folder"] = _current_folder()
            environment = dict(os.environ)
            if environment != self.environment:
                self.environment = request["environment"] = environment
            frame = _frame(request, arrays)
            self._answers[request["id"]] = answer  # first, so that an interrupt between the two leaves no answer without one
            self._outbox.put(frame)
        return answer

    def kill(self) -> None:
        self.process.kill()

    def close(self) -> None:
        """Lets the process end. What it was asked for it still does."""
        self._outbox.put(None)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=5)
            for carrier in self._carriers:
                carrier.join(timeout=1)

    def forget(self) -> None:
        """In a forked child: this core belongs to the parent, which alone may hold its pipes open."""
        self.process.returncode = 0  # the child must not wait for it either
        for pipe in (self._input, self._output, self._talk):
            pipe.close()

    def _read_last_words(self) -> str:
        """What the process said on standard error, its last lines."""
        with contextlib.suppress(OSError, ValueError), self._talk:
            self._talk.seek(0)
            said = self._talk.read().decode("utf-8", "replace").strip()
            return "; it said: " + said[-2000:] if said else ""
        return ""

    def _carry_requests(self) -> None:
        with contextlib.suppress(OSError, ValueError):  # the end of the process is seen by the other thread
            for parts in iter(self._outbox.get, None):
                for part in parts:
                    left = memoryview(part).cast("B")
                    while left:
                        left = left[self._input.write(left) :]
                del parts
        with contextlib.suppress(OSError):
            self._input.close()

    def _carry_answers(self) -> None:
        with contextlib.suppress(OSError, ValueError, EOFError):
            while True:
                header, arrays = self._read_frame()
                with self._lock:
                    answer = self._answers.pop(header["id"], None)
                if answer is None:
                    continue
                answer.header, answer.arrays = header, arrays
                answer.arrived.set()
        self.process.kill()  # one that no longer answers, or not in frames, is of no use
        self.process.wait()
        if self.process.returncode == TOO_OLD:
            is_too_old(self.node)
        self.last_words = self._read_last_words()
        self._output.close()
        with self._lock:
            self.ended = True
            unanswered, self._answers = list(self._answers.values()), {}
        for answer in unanswered:
            answer.arrived.set()
        self._outbox.put(None)

    def _read_frame(self) -> tuple[dict[str, Any], list[bytearray]]:
        length, count = struct.unpack("<II", self._read(8))
        lengths = struct.unpack(f"<{count}Q", self._read(8 * count))
        header = json.loads(self._read(length))
        return header, [self._read(size) for size in lengths]

    def _read(self, size: int) -> bytearray:
        data = bytearray(size)
        left = memoryview(data)
        while left:
            count = self._output.readinto(left)
            if not count:
                raise EOFError
            left = left[count:]
        return data


def _current_folder() -> str:
    """The folder that relative paths start from; one that was removed as Linux still knows it, empty where nobody knows."""
    try:
        return os.getcwd()
    except OSError:
        with contextlib.suppress(OSError):
            path, mark, rest = os.readlink("/proc/self/cwd").rpartition(" (deleted)")
            if mark and not rest:
                return path
        return ""


def _frame(header: dict[str, Any], arrays: Sequence[Buffer]) -> list[Buffer]:
    text = json.dumps(header, allow_nan=False, separators=(",", ":")).encode()
    lengths = [memoryview(array).nbytes for array in arrays]
    sizes = struct.pack(f"<II{len(arrays)}Q", len(text), len(arrays), *lengths)
    return [sizes + text, *(array for array, length in zip(arrays, lengths) if length)]


_core: _Core | None = None
_starting = threading.Lock()


def start() -> None:
    """Starts the core where none is running, without waiting until it is ready."""
    _running()


def running() -> int | None:
    """The process id of the core; None where there is none, or one that has ended."""
    core = _core
    return None if core is None or core.ended else core.process.pid


def _running() -> _Core:
    global _core
    with _starting:
        if _core is None or _core.ended:
            node = find_node()
            if node is None:
                raise CoreError(why_no_node(), "NODE_NOT_FOUND")
            _core = _Core(node)
        return _core


def _after_fork() -> None:
    global _core, _starting
    _starting = threading.Lock()
    parents, _core = _core, None
    if parents is not None:
        parents.forget()


@atexit.register
def _close() -> None:
    global _core
    core, _core = _core, None
    if core is not None:
        core.close()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)


class Request:
    """One request under way."""

    def __init__(self, method: str, arguments: Any, arrays: Sequence[Buffer] = ()) -> None:
        while True:
            self._core = _running()
            with contextlib.suppress(CoreEnded):  # just now, before it was given anything: another one takes its place
                self._answer = self._core.send(method, arguments, arrays)
                return

    def wait(self, seconds: float) -> bool:
        """Waits for the answer, or for the core's end; says whether one of them came in time."""
        return self._answer.arrived.wait(seconds)

    def give_up(self) -> bool:
        """Ends the core, which takes too long. Says whether it is gone, so that it can write nothing more."""
        self._core.kill()
        return self._answer.arrived.wait(2)

    def answer(self) -> tuple[Any, list[bytearray]]:
        """The result and its arrays, once `wait` returned true.

        Raises CoreEnded, or the error that the core answered with.
        """
        header = self._answer.header
        if header is None:
            raise CoreEnded(f"the core process ended (exit status {self._core.process.returncode})"
                            f"{self._core.last_words}")
        if "error" in header:
            raise error_of(header["error"]["code"], header["error"]["message"])
        return header["result"], self._answer.arrays
