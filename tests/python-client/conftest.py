import os
import subprocess

import pytest


@pytest.fixture
def store(tmp_path):
    return str(tmp_path / "store")


@pytest.fixture(autouse=True)
def spool(tmp_path, monkeypatch):
    """A spool of the test's own."""
    folder = tmp_path / "spool"
    monkeypatch.setenv("ML_TRACKING_SPOOL", str(folder))
    return folder


@pytest.fixture(scope="session")
def torch_python():
    """A Python that has torch: the one named in ML_TRACKING_TEST_TORCH, else as Debian packages it.

    PyPI's is newer, but needs gigabytes of libraries for processors that no test uses.
    """
    python = os.environ.get("ML_TRACKING_TEST_TORCH", "/usr/bin/python3")
    if not os.path.exists(python) or subprocess.run([python, "-c", "import torch"], capture_output=True).returncode != 0:
        reason = f"install torch for {python} (Debian: apt-get install python3-torch) to test tensors"
        if os.environ.get("ML_TRACKING_TEST_ALL"):
            pytest.fail(reason)
        pytest.skip(reason)
    return python
