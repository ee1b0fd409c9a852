import pytest

from tests.storage.sample import Clock, new_store


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def store(folder, clock):
    made = new_store(folder, clock)
    yield made
    made.close()
