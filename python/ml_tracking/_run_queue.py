"""What a run's events wait in until they are durable, and the thread that has the core write them.

A batch that was taken is kept until the core acknowledges it, and sent again, unchanged, where the core died or the store
failed: what was written of it already is there once.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from typing import Any, Callable

from ._errors import CoreError, StoreError, TrackingError
from ._foreign import complaint
from ._run_events import Batch, EventTimes, batch_of

Send = Callable[[Batch], "list[str]"]
"""Has events written; returns warnings when they are durable."""

_looking = 0.1
_most_points = 2_000_000
_longest_wait = 30.0
_longest_pause = 30.0
_awake = 60.0
_idle = 15.0


class EventQueue:
    """The events of one run in this process."""

    def __init__(self, send: Send, idle: Callable[[], None], gathering: float) -> None:
        self._send = send
        self._gathering = gathering  # seconds
        self._when_idle = idle
        self.lock = threading.RLock()
        """Held for moments only. The same thread may take it again: in a signal's handler, or where printing logs."""
        self._changed = threading.Condition(self.lock)
        self._waiting: deque[Any] = deque()
        self._batch: Batch | None = None
        self._times = EventTimes()
        self._put = 0  # events that were ever put
        self._done = 0  # of these, the ones that are durable, or were refused
        self._points = 0
        self._left_out = 0
        self._progress = time.monotonic()
        self._failure: tuple[float, TrackingError] | None = None  # of the last try, and when that began
        self._is_idle = True
        self._wake = threading.Event()
        self._hurry = threading.Event()
        self._thread: threading.Thread | None = None
        self._is_closed = False
        self.notices: list[str] = []
        """What the user should be warned of, at the next call."""

    def start(self) -> None:
        """Starts the thread, before there is anything to write."""
        self._rouse()

    def put(self, event: tuple[Any, ...], points: int = 1) -> None:
        """Adds an event: (seconds, step, kind, data, whether the user gave the time), of so many values.

        Waits only where the store has long been slow.
        """
        if self._points > _most_points and not self._has_room(points):
            return
        with self.lock:
            self._waiting.append(event)
            self._put += 1
            self._points += points
        if self._is_idle:
            self._rouse()

    def flush(self, until: float | None = None) -> None:
        """Returns when all that was put is durable, or at a time of time.monotonic().

        Raises StoreError, or CoreError, where the core cannot write it now. It is kept, and tried again.
        """
        begun = time.monotonic()
        with self.lock:
            wanted = self._put
            while self._done < wanted:
                self._hurry.set()
                self._rouse()
                if self._failure is not None and self._failure[0] >= begun:
                    raise self._failure[1]
                left = 1.0 if until is None else min(1.0, until - time.monotonic())
                if left <= 0:
                    raise CoreError(f"{self._put - self._done} events were not written in time", "CORE_TIMEOUT")
                self._changed.wait(left)
            left_out, self._left_out = self._left_out, 0
        if left_out:
            self.notices.append(f"{left_out:,} values were left out while the store took none")

    def unwritten(self) -> int:
        """How many events are not durable yet."""
        return self._put - self._done

    def close(self) -> None:
        """Ends the thread."""
        self._is_closed = True
        self._wake.set()

    def _has_room(self, points: int) -> bool:
        """Waits until there is room for new values, as long as the store takes some; else they are left out."""
        with self.lock:
            while self._points > _most_points and threading.current_thread() is not self._thread:
                if time.monotonic() - self._progress > _longest_wait:
                    if not self._left_out:
                        self.notices.append(f"the store has taken nothing for {_longest_wait:g} s and {_most_points:,} values wait; "
                                            "what is logged is left out until it does")
                    self._left_out += points
                    return False
                self._changed.wait(1)
        return True

    def _rouse(self) -> None:
        with self.lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._work, name="ml-tracking run", daemon=True)
                try:
                    self._thread.start()
                except RuntimeError:  # Python is ending
                    self._thread = None
        self._wake.set()

    def _work(self) -> None:
        pause = self._gathering
        while not self._is_closed or self._waiting:
            self._await_event()
            self._hurry.wait(pause)
            self._hurry.clear()
            pause = self._write_all()

    def _await_event(self) -> None:
        """Looks for events again and again, so that a training need not wake this thread; after a while, sleeps until then."""
        begun = told = time.monotonic()
        while not (self._waiting or self._batch or self._is_closed):
            self._is_idle = time.monotonic() - begun > _awake
            if self._waiting:  # since
                break
            if self._wake.wait(_idle if self._is_idle else _looking):
                self._wake.clear()
            if time.monotonic() - told >= _idle:
                self._when_idle()
                told = time.monotonic()
        self._is_idle = False
        self._progress = time.monotonic()

    def _write_all(self) -> float:
        """Writes what there is. Returns the seconds until more is to be written."""
        while True:
            begun = time.monotonic()
            if self._batch is None:
                if not self._waiting:
                    return self._gathering
                # Without the lock: others add at the other end.
                self._batch = batch_of(self._waiting, self._times)
            try:
                warnings = self._send(self._batch)
            except (StoreError, CoreError) as failure:
                return self._failed(failure, begun)
            except Exception as refusal:  # of the core; or a defect, which must not go on for ever either
                warnings = [f"events were refused and are not in the run: {complaint(refusal)}"]
            self._acknowledge(self._batch, warnings)

    def _acknowledge(self, batch: Batch, warnings: list[str]) -> None:
        with self.lock:
            self.notices += [text for text in warnings if text not in self.notices]
            self._done += batch.taken
            self._points -= batch.points
            self._batch = self._failure = None
            self._progress = time.monotonic()
            self._changed.notify_all()

    def _failed(self, failure: TrackingError, begun: float) -> float:
        """Keeps the batch. Returns the seconds until the next try: as many as it has failed for."""
        with self.lock:
            if self._failure is None:
                self.notices.append(f"events wait in memory, since they cannot be written now: {failure}")
            self._failure = (begun, failure)
            self._changed.notify_all()
            return min(_longest_pause, max(self._gathering, time.monotonic() - self._progress))
