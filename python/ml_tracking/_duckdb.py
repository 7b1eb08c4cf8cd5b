"""DuckDB, which the dashboard reads with: a native package of Node.js, too large for the wheel, fetched once by npm."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from ._node import START


class NoDuckDB(Exception):
    """It is not there and cannot be fetched; the text says why and what to do."""


def duckdb_folder() -> str:
    """The folder whose node_modules has it. Fetches it where it is not there, and says so on standard error."""
    wanted = Path(START).with_name("package.json")
    (version,) = json.loads(wanted.read_text())["dependencies"].values()
    folder = _cache() / f"duckdb-{version}"
    if not (folder / "node_modules").is_dir():
        _fetch(wanted, folder)
    return str(folder)


def _fetch(wanted: Path, folder: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise NoDuckDB(
            "the dashboard reads with DuckDB, which npm brings, and there is no npm on PATH; "
            "install Node.js with npm from https://nodejs.org"
        )
    print(f"Fetching DuckDB with npm into {folder} (once, 70 MB) ...", file=sys.stderr, flush=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    making = tempfile.mkdtemp(prefix=f"{folder.name}.", dir=folder.parent)
    try:
        shutil.copy(wanted, making)
        install = [npm, "install", "--prefer-offline", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"]
        status = subprocess.run(install, cwd=making, stdout=sys.stderr, check=False).returncode
        if status != 0:
            raise NoDuckDB(f"npm could not fetch DuckDB (exit status {status}); it needs a connection to the npm registry")
        try:
            os.rename(making, folder)
        except OSError:
            if not (folder / "node_modules").is_dir():  # or else another dashboard was first
                raise
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _cache() -> Path:
    """ML_TRACKING_CACHE, else the user's cache folder as the system has it; as src/duckdb/cache-folder.ts says."""
    given = os.environ.get("ML_TRACKING_CACHE")
    if given:
        return Path(os.path.expanduser(given))
    if sys.platform == "win32":
        users = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local")
    elif sys.platform == "darwin":
        users = Path.home() / "Library/Caches"
    else:
        users = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return users / "ml-tracking"
