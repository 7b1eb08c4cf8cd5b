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
