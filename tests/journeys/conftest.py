"""Journeys through the real windows: a store of their own, and keys only."""

from contextlib import closing, contextmanager

import pytest

from fmstod.commands import demo
from fmstod.storage.opening import create_store
from tests.journeys.user import DAY, DRAFT, PASSPHRASE, User, stored


@pytest.fixture(scope="session")
def done(qapp, tmp_path_factory):
    """The example's folder and its files, driven once for all that only look at the result."""
    folder = tmp_path_factory.mktemp("example")
    return folder, demo.drive(folder, DAY)


@pytest.fixture
def sit_down(qapp, own_home):
    """Somebody at the desk: `with sit_down() as user`. The store is that of the test unless `home` says another."""

    @contextmanager
    def sit(home=own_home, scale=1.0, **extra):
        with closing(User(home, extra, scale)) as user:
            yield user

    return sit


@pytest.fixture
def draft(done, own_home):
    """The example's consultation before it was signed, as a draft in the store of the test."""
    with stored(done[0] / "store") as finished:
        (row,) = finished.cases()
        ready, issuer = finished.open_case(row.id).consultation, finished.issuer()
    with closing(create_store(own_home, PASSPHRASE, cost=demo.CHEAP)) as store:
        store.save_issuer(issuer)
        store.save_case(DRAFT, ready, 0)
    return ready
