"""What every test starts from: Qt draws in memory, and nothing reaches the user's own store."""

import os

# Before the first import of Qt: without a display Qt would end the interpreter.
os.environ["QT_QPA_PLATFORM"] = "offscreen"

import pytest
from hypothesis import settings

import fmstod.ui  # noqa: F401 - before Qt, see its docstring

# The same examples every time, so that a change is judged by what it changes; `make fuzz` looks for new ones.
settings.register_profile("check", derandomize=True)
settings.register_profile("fuzz", max_examples=1000, print_blob=True)
settings.load_profile(os.environ.get("FMSTOD_EXAMPLES", "check"))


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory, monkeypatch):
    """Each test has a data folder of its own, made when it is first used."""
    home = tmp_path_factory.getbasetemp() / f"home-{os.urandom(4).hex()}"
    monkeypatch.setenv("FMSTOD_HOME", str(home))
    return home
