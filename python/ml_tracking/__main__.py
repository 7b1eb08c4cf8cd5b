"""The command line: `python -m ml_tracking COMMAND`, also `ml-tracking COMMAND`."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

from ._duckdb import NoDuckDB, duckdb_folder
from ._node import START, TOO_OLD, nodes, why_no_node


def main() -> int:
    """Runs one command with Node.js; returns its exit status."""
    for node in nodes():
        environment = dict(os.environ)
        if sys.argv[1:2] == ["dashboard"] and "--help" not in sys.argv:
            try:
                environment["ML_TRACKING_DUCKDB"] = duckdb_folder()
            except (NoDuckDB, OSError) as why:
                print(f"error: {why}", file=sys.stderr)
                return 1
        status = _run([node, START, "cli", *sys.argv[1:]], environment)
        if status != TOO_OLD:
            return status
    print(f"error: {why_no_node()}", file=sys.stderr)
    return 1


def _run(command: list[str], environment: dict[str, str]) -> int:
    process = subprocess.Popen(command, env=environment)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the command, which says when it is over
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    status = process.wait()
    return status if status >= 0 else 128 - status


if __name__ == "__main__":
    sys.exit(main())
