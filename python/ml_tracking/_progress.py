"""A line on the terminal while a call takes long, as it may with a large upload."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

_silent_for = 2.0


@contextmanager
def progress(size: int) -> Iterator[None]:
    """Says every second how long it has taken, after two seconds of silence; at the end the line is gone.

    Nothing is said where standard error is no terminal, as in a notebook, a log file or a test. `size` is in bytes.
    """
    terminal = sys.stderr
    if not _is_terminal(terminal) or threading.current_thread() is not threading.main_thread():
        yield
        return
    over = threading.Event()

    def talk() -> None:
        if over.wait(_silent_for):
            return
        start = time.monotonic() - _silent_for
        with suppress(OSError, ValueError):  # the terminal is gone
            while True:
                took = time.monotonic() - start
                terminal.write(f"\rml-tracking: logging {size / 1e6:,.1f} MB of values, {took:.0f} s ")
                terminal.flush()
                if over.wait(1):
                    break
            terminal.write("\r\x1b[K")  # clears the line
            terminal.flush()

    talking = threading.Thread(target=talk, name="ml-tracking progress", daemon=True)
    talking.start()
    try:
        yield
    finally:
        over.set()
        talking.join()


def _is_terminal(stream: Any) -> bool:
    try:
        return bool(stream.isatty())
    except (AttributeError, ValueError):  # none, one that was closed, or what some program put in its place
        return False
