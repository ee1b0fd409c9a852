"""What the checker of quality remembers of this unit: counts, choices, and which questions come back most."""

from datetime import date

from fmstod.domain.event import Asked, Subject
from tests.storage.sample import log_of
from tests.storage.test_lives import signed


def test_what_is_kept_anyway_is_counted_by_rule_and_never_below_none(store):
    for by in (1, 1, -1):
        store.checker.count_kept("FUN-02", by)
    for by in (1, -1, -1):
        store.checker.count_kept("AKT-03", by)
    assert store.checker.kept() == {"FUN-02": 1}


def test_a_rule_is_muted_and_heard_again_and_both_are_logged(store):
    store.checker.mute("NED-03", muted=True)
    assert store.checker.muted() == {"NED-03"}
    store.checker.mute("NED-03", muted=False)
    assert store.checker.muted() == frozenset()
    assert sum("NED-03" in str(row.get("reason")) for row in log_of(store)) == 2


def test_complements_are_counted_by_group_without_a_row_in_the_log(store):
    signed(store)
    about = ("limitation", "impairment")
    for name, groups in (("q1", about), ("q2", about[:1])):
        day = date(2026, 12, 1)
        store.lives.note("a", Asked(id=name, subject=Subject.COMPLEMENT, on=day, groups=groups))
    before = len(log_of(store))
    assert store.checker.asked() == {"limitation": 2, "impairment": 1}
    assert len(log_of(store)) == before
