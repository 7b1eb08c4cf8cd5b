"""start_run: where a run begins, or goes on."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from typing import Any

from . import _core, _run_ends
from ._call import call
from ._errors import InvalidType, InvalidValue
from ._logged import decoded
from ._plain import shown, single, to_json
from ._recorded import Recorder
from ._run import Run, tag_texts
from ._run_writer import RunWriter, warn_of
from ._runtime import command, packages, runtime, source

_letters = "abcdefghjkmnpqrstvwxyz"
_sample_seconds = 10


def start_run(
    project: str | None = None,
    name: str | None = None,
    parameters: Any = None,
    tags: Mapping[str, Any] | None = None,
    *,
    parent: Run | str | None = None,
    system_metrics: bool | float = True,
    console: bool = True,
    store: str | os.PathLike[str] | None = None,
    resume: str | None = None,
) -> Run:
    """Start a run, or go on with one.

    Use it as `with start_run(...) as run:`, which ends it, or call `run.finish()`. A run that is still open when the process
    ends is ended with it, as killed where that is by Ctrl-C or SIGTERM.

    Parameters
    ----------
    project : str
        The series of runs and experiments it belongs to; slashes and underscores become dashes. Not needed to resume.
    name : str, optional
        What you call the run.
    parameters : mapping, optional
        What it is run with: a dict, or a configuration of OmegaConf, argparse, dataclasses, attrs or pydantic.
    tags : mapping of str to str, optional
        What to find it by.
    parent : Run or str, optional
        The run that it is a part of, such as a search, or its id.
    system_metrics : bool or float, default True
        Whether to record what the machine does, every 10 seconds; a number: every so many seconds.
    console : bool, default True
        Whether to record what this process prints.
    store : str or path, optional
        A folder or bucket; by default the environment variable ML_TRACKING_STORE, else ./ml-tracking.
    resume : str, optional
        The id of a run to go on with: one that ended, was interrupted, or is going on in another process.

    Returns
    -------
    Run
        The run, to log to.

    Raises
    ------
    InvalidValue, InvalidType
        An argument is bad; nothing was written. They are a ValueError and a TypeError.
    StoreError
        The store cannot take the run.
    """
    _run_ends.await_death()
    _core.start()  # while the arguments are prepared
    recorder = Recorder()
    recorded = {} if parameters is None else recorder.mapping(parameters, "parameters")
    texts = tag_texts({} if tags is None else tags)
    shared = {
        "project": single(project, "project"),
        "store": single(store, "store"),
        "system_metrics": _seconds(system_metrics),
    }
    if resume is None:
        if project is None:
            raise InvalidType("missing argument: project; give the name of the series of runs", "MISSING_ARGUMENT")
        answer = _begun(shared, name, parent, recorded, texts)
    else:
        given = "name" if name is not None else "parent"
        if name is not None or parent is not None:
            raise InvalidValue(f"{given} is given together with resume; the run has its own: leave it out", "INVALID_ARGUMENT")
        answer = _asked("resume_run", {**shared, "run_id": single(resume, "resume")})
    writer = RunWriter(answer["run"], is_owner=True)
    run = Run(writer, recorded if resume is None else decoded(answer["parameters"]), answer.get("last_step", -1))
    if single(console, "console"):
        writer.record_console()
    warn_of([*answer["warnings"], *recorder.few_warnings()])
    if resume is not None:
        run.log_parameters(recorded)
        run.set_tags(texts)
    return run


def _begun(
    shared: dict[str, Any], name: str | None, parent: Run | str | None, parameters: dict[str, Any], tags: dict[str, str]
) -> dict[str, Any]:
    asked = {
        **shared,
        "run_id": _new_run_id(),
        "name": single(name, "name"),
        "parent": single(parent.run_id if isinstance(parent, Run) else parent, "parent"),
        "parameters": to_json(parameters),
        "tags": to_json(tags),
        "source": source(),
        "runtime": runtime({}),
        "command": command(),
        "packages": packages(),
    }
    return _asked("start_run", asked)


def _asked(method: str, arguments: dict[str, Any]) -> dict[str, Any]:
    given = {key: value for key, value in arguments.items() if value is not None}
    answer: dict[str, Any] = call(method, given, outcome="the run may be in the store, as running")[0]
    return answer


def _seconds(system_metrics: Any) -> float | bool:
    """The seconds between two samples; False for none."""
    if isinstance(system_metrics, bool):
        return _sample_seconds if system_metrics else False
    if not isinstance(system_metrics, (int, float)) or not 1 <= system_metrics <= 86_400:
        raise InvalidValue(f"system_metrics is {shown(system_metrics)}; give True, False, or seconds from 1 to 86400",
                           "INVALID_ARGUMENT")
    return system_metrics


def _new_run_id() -> str:
    """16 characters of Crockford's base 32, the first one a letter: no reader takes it for a number."""
    return secrets.choice(_letters) + "".join(secrets.choice("0123456789" + _letters) for _ in range(15))
