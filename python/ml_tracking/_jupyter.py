"""Where the browser finds this machine's ports when it is at a Jupyter server."""

from __future__ import annotations

import json
import os
import sys
import urllib.request
from dataclasses import dataclass
from importlib import util
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit


def server_proxy() -> dict[str, Any]:
    """What jupyter-server-proxy needs to know to start the dashboard at `/ml-tracking/` and to show it in the launcher.

    It listens at a file that only this user may open, so it asks for no token: Jupyter asked for its own.
    """
    return {
        "command": [sys.executable, "-m", "ml_tracking", "dashboard", "--no-token", "--socket", "{unix_socket}"],
        "unix_socket": True,
        "timeout": 120,  # the first time, DuckDB is fetched
        "launcher_entry": {"title": "ml-tracking", "icon_path": str(Path(__file__).with_name("core") / "icon.svg")},
    }


@dataclass(frozen=True)
class JupyterServer:
    """The Jupyter server that runs this kernel."""

    base_url: str
    """The path of its addresses; ends with a slash."""
    host: str
    """Its name, as it says itself."""
    has_proxy: bool
    """Whether jupyter-server-proxy shows ports of this machine below it."""


def jupyter_server() -> JupyterServer | None:
    """The server of this kernel, where it can be told."""
    prefix = os.environ.get("JUPYTERHUB_SERVICE_PREFIX")
    if prefix:
        return JupyterServer(prefix, "localhost", util.find_spec("jupyter_server_proxy") is not None)
    running = _server_of_this_kernel()
    if running is None:
        return None
    return JupyterServer(running["base_url"], urlsplit(running["url"]).hostname or "localhost", _has_proxy(running))


def is_notebook() -> bool:
    """Whether this is a kernel whose results a browser shows."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    return shell is not None and getattr(shell, "kernel", None) is not None


def _server_of_this_kernel() -> dict[str, Any] | None:
    """What the Jupyter server that is this process's parent wrote of itself when it started."""
    paths = sys.modules.get("jupyter_core.paths")  # which a kernel has loaded
    if paths is None:
        return None
    for file in Path(paths.jupyter_runtime_dir()).glob("jpserver-*.json"):
        try:
            told = json.loads(file.read_text())
            if told["pid"] == os.getppid():
                return dict(told)
        except (OSError, ValueError, KeyError):
            continue  # of a server that is just starting or ending
    return None


def _has_proxy(running: dict[str, Any]) -> bool:
    address = f"{running['url']}server-proxy/servers-info"
    request = urllib.request.Request(address, headers={"Authorization": f"token {running.get('token', '')}"})
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=5) as answer:
            return bool(answer.status == 200)
    except (OSError, ValueError):
        return False
