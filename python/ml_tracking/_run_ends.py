"""How a process ends, for the runs that are open in it: regularly, by an uncaught exception, or as a fork of another."""

from __future__ import annotations

import atexit
import os
import sys
import time
from typing import Any, Protocol

from ._foreign import complaint

_longest_end = 30.0


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


def opened(run: OpenRun) -> None:
    """Has a run ended with this process."""
    _watch()
    _open.append(run)


def closed(run: OpenRun) -> None:
    """The run has been ended."""
    if run in _open:
        _open.remove(run)


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
    until = time.monotonic() + _longest_end
    status, error = status_after(_uncaught)
    for run in reversed(list(_open)):  # children before their parents
        run.end(*(run.else_end if status == "finished" else (status, error)), until)


class _Fork:
    """What multiprocessing holds on to in a forked child."""


_fork = _Fork()


def _after_fork() -> None:
    for run in _open:
        run.forked()
    # Workers of multiprocessing end without atexit before Python 3.13; what they have instead is set up after this.
    util = sys.modules.get("multiprocessing.util")
    if util is not None and _open:
        util.register_after_fork(_fork, lambda _: util.Finalize(None, _end_all, exitpriority=1))


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
