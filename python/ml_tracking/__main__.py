"""The command line: `python -m ml_tracking COMMAND`, also `ml-tracking COMMAND`."""

from __future__ import annotations

import shlex
import signal
import subprocess
import sys

from ._node import START, TOO_OLD, find_node, is_too_old, why_no_node


def main() -> int:
    """Runs one command with Node.js; returns its exit status."""
    if sys.argv[1:2] == ["dashboard"] and "--help" not in sys.argv:
        # DuckDB, which the dashboard reads with, is a native package that the wheel does not have.
        print("error: the dashboard needs a package of Node.js that this one does not bring; run it from npm: "
              + shlex.join(["npx", "ml-tracking", *sys.argv[1:]]), file=sys.stderr)
        return 1
    node = find_node()
    while node is not None:
        status = _run([node, START, "cli", *sys.argv[1:]])
        if status != TOO_OLD:
            return status
        is_too_old(node)
        node = find_node()
    print(f"error: {why_no_node()}", file=sys.stderr)
    return 1


def _run(command: list[str]) -> int:
    process = subprocess.Popen(command)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the command, which says when it is over
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    status = process.wait()
    return status if status >= 0 else 128 - status


if __name__ == "__main__":
    sys.exit(main())
