"""How a process ends, for the runs that are open in it: regularly, by an uncaught exception, by SIGTERM, or as a fork."""

from __future__ import annotations

import _thread
import atexit
import contextlib
import os
import signal
import sys
import time
from typing import Any, Protocol

from ._foreign import complaint

_longest_end = 30.0
_told_to_end = "SIGTERM: the process was told to end"


class OpenRun(Protocol):
    else_end: tuple[str, str | None]
    """Its status and error where it is still open when the process ends regularly."""

    def end(self, status: str, error: str | None, until: float) -> None:
        """Ends the run; gives up, with a warning, at a time of time.monotonic()."""

    def forked(self) -> None:
        """In a forked child: it now writes for itself, and the run is not for it to end."""


_open: list[OpenRun] = []
_uncaught: BaseException | None = None
_is_watching = False
_is_dying = False
"""Whether SIGTERM came, which ends the process as soon as its runs are ended."""


def opened(run: OpenRun) -> None:
    """Has a run ended with this process."""
    _watch()
    _open.append(run)
    with contextlib.suppress(ValueError):  # Python takes a handler from the main thread alone
        if signal.getsignal(signal.SIGTERM) == signal.SIG_DFL:
            signal.signal(signal.SIGTERM, _on_sigterm)


def closed(run: OpenRun) -> None:
    """The run has been ended."""
    if run in _open:
        _open.remove(run)
    if not _open and signal.getsignal(signal.SIGTERM) is _on_sigterm:
        with contextlib.suppress(ValueError):
            signal.signal(signal.SIGTERM, signal.SIG_DFL)


def status_after(error: BaseException | None) -> tuple[str, str | None]:
    """The status of a run that an exception ended, and the text that says so."""
    if error is None or (isinstance(error, SystemExit) and error.code in (None, 0)):
        return "finished", None
    return "killed" if isinstance(error, KeyboardInterrupt) else "failed", complaint(error)


def _watch() -> None:
    """Notices an uncaught exception. At a prompt and in IPython, Python goes on after one, so it ends no run."""
    global _is_watching
    if _is_watching:
        return
    _is_watching = True
    before = sys.excepthook

    def hook(kind: type[BaseException], error: BaseException, trace: Any) -> None:
        global _uncaught
        if not hasattr(sys, "ps1"):
            _uncaught = error
        before(kind, error, trace)

    sys.excepthook = hook


@atexit.register
def _end_all() -> None:
    """Before the core is closed, which was registered earlier."""
    await_death()
    status, error = status_after(_uncaught)
    _end_open(None if status == "finished" else (status, error))
    await_death()


def _end_open(end: tuple[str, str | None] | None) -> None:
    """Ends the open runs: with this status and error, or each as it would end by itself."""
    until = time.monotonic() + _longest_end
    for run in reversed(list(_open)):  # children before their parents
        run.end(*(end or run.else_end), until)


def await_death() -> None:
    """Where SIGTERM is about to end the process, waits for that.

    Meanwhile no run begins, none is said to have ended, and the program does not end otherwise.
    """
    while _is_dying:
        time.sleep(0.05)


def _on_sigterm(*_: Any) -> None:
    """Ends the open runs, and then the process as without us.

    It does so in a thread: this one may hold locks that ending needs, and goes on meanwhile. Where a handler that was
    installed later calls this one, it decides what becomes of the process.
    """
    global _is_dying
    if signal.getsignal(signal.SIGTERM) is _on_sigterm:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)  # a second one ends the process at once
        _is_dying = True
    try:
        _thread.start_new_thread(_end_by_sigterm, ())  # threading.Thread takes a lock
    except RuntimeError:  # Python is ending
        _end_by_sigterm()


def _end_by_sigterm() -> None:
    global _is_dying
    try:
        _end_open(("killed", _told_to_end))
    finally:
        if _is_dying:
            os.kill(os.getpid(), signal.SIGTERM)
            _is_dying = False  # where someone installed a handler meanwhile


class _Fork:
    """What multiprocessing holds on to in a forked child."""


_fork = _Fork()


def _after_fork() -> None:
    global _is_dying
    _is_dying = False
    for run in _open:
        run.forked()
    # Workers of multiprocessing end without atexit before Python 3.13; what they have instead is set up after this.
    util = sys.modules.get("multiprocessing.util")
    if util is not None and _open:
        util.register_after_fork(_fork, lambda _: util.Finalize(None, _end_all, exitpriority=1))


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
