"""The dashboard, started from Python and shown in a notebook."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import threading
from html import escape
from urllib.parse import quote, urlsplit

from ._duckdb import NoDuckDB, duckdb_folder
from ._errors import CoreError, InvalidType, InvalidValue, TrackingError, error_of
from ._jupyter import JupyterServer, is_notebook, jupyter_server
from ._node import START, TOO_OLD, nodes, why_no_node

_local = ["http://localhost:*", "http://127.0.0.1:*"]


class Dashboard:
    """A dashboard that runs until `close()`, or until this process ends. In a notebook it shows itself.

    Attributes
    ----------
    url : str
        Its address with its token. Where Jupyter shows it through jupyter-server-proxy, a path on Jupyter's own server.
    store : str
        The store that it shows.
    """

    def __init__(self, process: subprocess.Popen[str], url: str, store: str, height: int) -> None:
        self._process = process
        self.url = url
        self.store = store
        self.height = height

    @property
    def is_running(self) -> bool:
        """Whether it still answers."""
        return self._process.poll() is None

    def close(self) -> None:
        """Ends it."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.close()
        except OSError:
            pass  # it has ended already
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def __repr__(self) -> str:
        return f"Dashboard of {self.store}: {self.url if self.is_running else 'ended'}"

    def _repr_html_(self) -> str:
        if not self.is_running:
            return f"<p>{escape(repr(self))}</p>"
        url = escape(self.url, quote=True)
        return (
            f'<p><a href="{url}" target="_blank" rel="noopener">Open the dashboard in a tab of its own</a></p>'
            f'<iframe src="{url}" title="ml-tracking" style="width: 100%; height: {self.height}px; border: 0"></iframe>'
        )


_running: dict[tuple[int, str], Dashboard] = {}
_lock = threading.Lock()


def dashboard(project: str | None = None, *, store: str | os.PathLike[str] | None = None, height: int = 800) -> Dashboard:
    """Show the dashboard: in a notebook inside of it, elsewhere at the address of what is returned.

    At a Jupyter server that has jupyter-server-proxy it comes through that, also from JupyterHub; at others the
    browser has to be on this machine. Called again, the one that runs for the store is shown.

    Parameters
    ----------
    project : str, optional
        The project whose page is shown first; by default the list of all.
    store : str or path, optional
        Where experiments are kept, as for `log_experiment`.
    height : int, default 800
        Of the part of the notebook, in pixels.

    Raises
    ------
    InvalidType
        An argument is of another type.
    InvalidValue
        The store cannot be one, or DuckDB is not there and cannot be fetched.
    CoreError
        Node.js is not there, or the dashboard did not start; the text says why.
    """
    if project is not None and not isinstance(project, str):
        raise InvalidType(f"project is {project!r}; give its name as text", "INVALID_ARGUMENT")
    if isinstance(height, bool) or not isinstance(height, int):
        raise InvalidType(f"height is {height!r}; give a whole number of pixels", "INVALID_ARGUMENT")
    if height < 1:
        raise InvalidValue(f"height is {height}; give a number of pixels above 0", "INVALID_ARGUMENT")
    place = None if store is None else os.fspath(store)
    known = (os.getpid(), place or os.environ.get("ML_TRACKING_STORE", ""))
    with _lock:
        found = _running.get(known)
        if found is None or not found.is_running:
            found = _running[known] = _start(place, height)
            atexit.register(found.close)
    at, _, token = found.url.partition("?")
    page = "" if project is None else f"projects/{quote(project, safe='')}"
    return Dashboard(found._process, f"{at}{page}?{token}", found.store, height)


def page_of(prediction_id: str, store: str) -> str | None:
    """The page of an experiment in a dashboard of its store that this process started; None where there is none."""
    for (process, _), found in list(_running.items()):
        if process == os.getpid() and found.store == store and found.is_running:
            at, _, token = found.url.partition("?")
            return f"{at}experiments/{prediction_id}?{token}"
    return None


def _start(store: str | None, height: int) -> Dashboard:
    for node in nodes():
        try:
            environment = {**os.environ, "ML_TRACKING_DUCKDB": duckdb_folder()}
        except (NoDuckDB, OSError) as why:
            raise InvalidValue(str(why), "LIBRARY_NOT_INSTALLED") from why
        environment.pop("ML_TRACKING_TOKEN", None)  # a notebook is kept with what it showed
        server = jupyter_server() if is_notebook() else None
        flags = ["--json", "--port", "0", "--until-input-ends"]
        if store is not None:
            flags += ["--store", store]
        # Through the proxy it is asked for by whatever name Jupyter has; the token keeps others out.
        flags += ["--allowed-host", "*"] if server and server.has_proxy else [part for origin in _local for part in ("--embed-in", origin)]
        process = subprocess.Popen(
            [node, START, "cli", "dashboard", *flags],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", env=environment,
            start_new_session=os.name != "nt",  # an interrupted cell must not end it
        )
        assert process.stdout is not None and process.stderr is not None
        line = process.stdout.readline()
        if line:
            threading.Thread(target=process.stderr.read, name="ml-tracking dashboard", daemon=True).start()
            told = json.loads(line)
            return Dashboard(process, _address(told, server), told["store"], height)
        complaint = process.stderr.read()
        if process.wait() != TOO_OLD:
            raise _refused(complaint)
    raise CoreError(why_no_node(), "NODE_NOT_FOUND")


def _refused(complaint: str) -> TrackingError:
    """What the command said, as the exception that its code stands for."""
    try:
        error = json.loads(complaint)["error"]
        return error_of(error["code"], error["message"])
    except (ValueError, KeyError, TypeError):
        return CoreError(f"the dashboard did not start: {complaint.strip()}", "CORE_ENDED")


def _address(told: dict[str, str], server: JupyterServer | None) -> str:
    """Where a browser finds the dashboard, told what it said of itself."""
    url = urlsplit(told["url"])
    if server is None:
        return told["url"]
    if server.has_proxy:
        return f"{server.base_url}proxy/{url.port}/?{url.query}"
    # Under the name that Jupyter has: under another, its cookie would be that of a foreign site inside of the page.
    return url._replace(netloc=f"{server.host}:{url.port}").geturl()
