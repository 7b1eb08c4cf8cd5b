"""wandb.init: where a run begins, by its arguments and by W&B's environment variables."""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from typing import Any

from .._reading_runs import read_runs
from .._run import Run as OurRun
from .._start_run import start_run
from ._absent import warn_once
from ._config import settings_of
from ._run import Run

_id_tag = "wandb id"
_lock = threading.RLock()
_known = {
    "project", "entity", "config", "name", "tags", "group", "job_type", "notes", "id", "resume", "mode", "dir", "reinit",
    "settings", "config_include_keys", "config_exclude_keys", "save_code", "anonymous", "allow_val_change", "force",
    "magic", "monitor_gym", "sync_tensorboard",
}
_variables = {
    "project": "WANDB_PROJECT", "entity": "WANDB_ENTITY", "name": "WANDB_NAME", "tags": "WANDB_TAGS", "group": "WANDB_RUN_GROUP",
    "job_type": "WANDB_JOB_TYPE", "notes": "WANDB_NOTES", "id": "WANDB_RUN_ID", "resume": "WANDB_RESUME", "mode": "WANDB_MODE",
}

current: Run | None = None


def live() -> Run | None:
    """The process's run, while it goes on."""
    return None if current is None or current.ended else current


def init(**options: Any) -> Run:
    """Begins the process's run; where it has one, that one goes on, unless `reinit` asks for a new one."""
    global current
    with _lock:
        before = live()
        if before is not None:
            if options.get("reinit") in (True, "finish_previous"):
                before.finish()
            elif options.get("reinit") != "create_new":
                warn_once("init was called while a run goes on: that one goes on; finish it first, or give reinit")
                before.config.update(_config(options))
                return before
        current = _begun(options)
        return current


def _begun(options: dict[str, Any]) -> Run:
    given = _given(options)
    config = _config(options)
    tracked = None
    if not _is_disabled(given):
        try:
            tracked = _tracked(given)
        except Exception as error:
            warn_once(f"init could not begin a run, and nothing is recorded: {error}")
    run_id = given.get("id") or ("disabled" if tracked is None else tracked.run_id)
    run = Run(tracked, {**given, "id": str(run_id)})
    if tracked is not None and given.get("resumed"):
        run.config.update(tracked.parameters)
    run.config.update(config)
    return run


def _given(options: dict[str, Any]) -> dict[str, Any]:
    """The arguments, and for what is not among them the settings and W&B's environment variables."""
    for name in sorted(set(options) - _known):
        warn_once(f"init knows no {name}; it is left out")
    if options.get("sync_tensorboard"):
        warn_once("sync_tensorboard does nothing here; log the numbers")
    settings = options.get("settings")
    found: dict[str, Any] = {name: os.environ.get(variable) for name, variable in _variables.items()}
    if settings is not None:
        read = settings.get if isinstance(settings, Mapping) else lambda key, _=None: getattr(settings, key, None)
        found.update({name: value for name in _variables if (value := read(name) or read(f"run_{name}"))})
    found.update({name: options[name] for name in _variables if options.get(name) is not None})
    tags = found["tags"] or ()
    found["tags"] = tuple(each.strip() for each in tags.split(",") if each.strip()) if isinstance(tags, str) else tuple(tags)
    found["project"] = found["project"] or "uncategorized"
    return found


def _config(options: Mapping[str, Any]) -> dict[str, Any]:
    try:
        defaults = settings_of("config-defaults.yaml") if os.path.exists("config-defaults.yaml") else {}
        chosen = settings_of(options.get("config"), options.get("config_include_keys"), options.get("config_exclude_keys"))
        return {**defaults, **chosen}
    except Exception as error:
        warn_once(f"the config is not recorded: {error}")
        return {}


def _is_disabled(given: Mapping[str, Any]) -> bool:
    return given["mode"] == "disabled" or os.environ.get("WANDB_DISABLED", "").lower() in ("1", "true", "yes")


def _tracked(given: dict[str, Any]) -> OurRun:
    named = {name: str(given[name]) for name in ("group", "job_type", "notes") if given[name]}
    tags = {**named, **{str(tag): "true" for tag in given["tags"]}}
    if given["id"]:
        tags[_id_tag] = str(given["id"])
        before = _before(given) if given["resume"] not in (None, False, "never") else None
        if before is not None:
            given["resumed"] = True
            return start_run(resume=before, tags=tags)
        if given["resume"] == "must":
            warn_once(f"there is no run {given['id']} to resume; a new one began")
    return start_run(str(given["project"]), given["name"], tags=tags)


def _before(given: Mapping[str, Any]) -> str | None:
    """The latest run of the project that was given this id."""
    wanted = str(given["id"])
    found = [run for run in read_runs(str(given["project"])) if run["run_id"] == wanted or run["tags"].get(_id_tag) == wanted]
    return found[-1]["run_id"] if found else None
