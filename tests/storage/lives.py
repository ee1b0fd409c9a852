"""What the tests of lives share: a signed case, a question, a refusal."""

from datetime import date, timedelta

import pytest

from fmstod.domain.event import Asked, Subject
from fmstod.errors import NotAllowed
from tests.storage.sample import (
    TESS,
    document,
)

DAY = timedelta(days=1)
LOCK = 14 * DAY


def signed(store, case="a", name="d1", version=None):
    version = version or store.save_case(case, TESS, 0)
    return store.sign(case, version, [(document(name=name), b"%PDF " + name.encode())], [])


def asked(name="q", subject=Subject.COMPLEMENT, **more):
    groups = ("limitation",) if subject is Subject.COMPLEMENT else ()
    return Asked(**{"id": name, "subject": subject, "on": date(2026, 12, 1), "groups": groups, **more})


def state(store, case="a"):
    (row,) = [row for row in store.cases() if row.id == case]
    assert row.state is store.open_case(case).life.state
    return row.state


def refused(act, why):
    with pytest.raises(NotAllowed) as refusal:
        act()
    assert refusal.value.text_key == f"not_allowed.{why}"
