"""The code of docs/hooks.md, in its order, as it stands."""

import os
import re
import subprocess
import sys
from pathlib import Path

from ml_tracking import read_runs

page = (Path(__file__).parents[2] / "docs/hooks.md").read_text()


def test_the_code_runs_and_every_run_is_finished(store, tmp_path):
    code = "\n".join(re.findall(r"^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL))
    env = {**os.environ, "ML_TRACKING_STORE": store}
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=env, capture_output=True, text=True)
    assert done.returncode == 0 and "TrackingWarning" not in done.stderr, done.stderr
    runs = read_runs("tumours", store=store)
    assert {run["status"] for run in runs} == {"finished"}
    parents = [run for run in runs if run["parent_run_id"] is None]
    assert [len(parents), len(runs)] == [9, 9 + 3 + 5]
    assert all(run["parameters"] and run["metrics"] for run in parents)


def test_the_versions_are_those_that_are_tested():
    pinned = (Path(__file__).parent / "requirements.txt").read_text()
    told = re.findall(r"^\| .* \| .* \| .* \| (\S+) (\d\S*?)[, ]", page, re.MULTILINE)
    assert len(told) == 9 and all(f"{name}=={version}\n" in pinned for name, version in told), told
