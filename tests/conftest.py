"""What every test starts from: Qt draws in memory, and nothing reaches the user's own store."""

import os

# Before the first import of Qt: without a display Qt would end the interpreter.
os.environ["QT_QPA_PLATFORM"] = "offscreen"

import pytest

import fmstod.ui  # noqa: F401 - before Qt, see its docstring


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory, monkeypatch):
    """Each test has a data folder of its own, made when it is first used."""
    home = tmp_path_factory.getbasetemp() / f"home-{os.urandom(4).hex()}"
    monkeypatch.setenv("FMSTOD_HOME", str(home))
    return home
