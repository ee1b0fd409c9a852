"""The lives of certificates in the store: each step checked, kept as an event and logged, in one transaction."""

from datetime import UTC, datetime, timedelta

import pytest

from fmstod.domain.event import Happened, Revocation
from fmstod.domain.inquiry import Status
from fmstod.domain.lifecycle import Relation, State
from fmstod.errors import CannotWrite, NotAllowed, StaleRecord
from fmstod.storage.store import Activity, Recipient
from tests.storage.lives import DAY, LOCK, asked, refused, signed, state
from tests.storage.sample import (
    CERTIFICATE,
    PLAN,
    TESS,
    Received,
    answering,
    log_of,
    reopened,
)

# The lock


def test_a_draft_is_changed_to_the_last_second_and_not_after(store, clock):
    version = store.save_case("a", TESS, 0)
    made = store.open_case("a").life.created
    clock.instant = made + LOCK - timedelta(seconds=2)
    version = store.save_case("a", answering(TESS, q25="i sista stund"), version)
    clock.instant = made + LOCK - timedelta(seconds=1)
    for act in (
        lambda: store.save_case("a", TESS, version),
        lambda: store.sign("a", version, [CERTIFICATE], []),
        lambda: store.sign("a", version, [PLAN], []),
        lambda: store.discard_case("a", version),
        lambda: store.lives.mark_ready("a", version),
    ):
        refused(act, "locked")
    found = store.open_case("a")
    assert (found.consultation.answers["25"], found.version, found.life.locked) == ("i sista stund", version, True)
    assert state(store) is State.LOCKED


def test_the_lock_is_one_event_from_its_own_instant_and_one_row(store, clock):
    store.save_case("a", TESS, 0)
    store.save_case("b", TESS, 0)
    made = [store.open_case(case).life.created for case in ("a", "b")]
    clock.instant += 99 * DAY
    for _ in range(3):
        store.cases()
    locks = [event for case in ("a", "b") for event in store.open_case(case).events if event.kind is Happened.LOCKED]
    assert [event.at for event in locks] == [at + LOCK for at in made]
    (row,) = [row for row in log_of(store) if row["activityType"] == "Låsa utkast"]
    assert {each["object"] for each in row["resources"]} == {"a", "b"}


def test_a_draft_is_locked_though_the_app_was_off(store, folder, clock):
    version = store.save_case("a", TESS, 0)
    store.close()
    clock.instant += LOCK
    again = reopened(folder, now=clock)
    refused(lambda: again.save_case("a", TESS, version), "locked")
    again.close()


def test_a_clock_that_is_set_back_opens_nothing(store, folder, clock):
    version = store.save_case("a", TESS, 0)
    before = clock.instant
    clock.instant += LOCK
    store.cases()  # any look at the store is a time that was seen
    clock.instant = before
    refused(lambda: store.save_case("a", TESS, version), "locked")
    store.close()
    clock.instant = before - 1000 * DAY
    again = reopened(folder, now=clock)
    refused(lambda: again.save_case("a", TESS, version), "locked")
    again.close()


def test_a_refused_act_at_a_late_hour_locks_too(store, clock):
    """The refusal undoes its own transaction, never the lock."""
    version = store.save_case("a", TESS, 0)
    signed(store, "b")
    before = clock.instant
    clock.instant += LOCK
    with pytest.raises(NotAllowed):
        store.discard_case("b", 2)
    clock.instant = before
    refused(lambda: store.save_case("a", TESS, version), "locked")


def test_a_draft_made_while_the_clock_was_far_back_has_its_fourteen_days_and_no_more(store, clock):
    clock.instant = datetime(2020, 1, 1, tzinfo=UTC)
    version = store.save_case("a", TESS, 0)
    clock.instant += 13 * DAY
    version = store.save_case("a", TESS, version)
    clock.instant += DAY
    refused(lambda: store.save_case("a", TESS, version), "locked")


def test_fetching_back_a_discarded_draft_gives_it_no_more_time(store, clock):
    version = store.save_case("a", TESS, 0)
    clock.instant += 10 * DAY
    record = store.discard_case("a", version)
    clock.instant += 3 * DAY
    version = store.save_case("a", record, 0)
    clock.instant += DAY
    refused(lambda: store.save_case("a", record, version), "locked")
    kinds = [event.kind for event in store.open_case("a").events]
    assert kinds == [Happened.CREATED, Happened.DISCARDED, Happened.RESTORED, Happened.LOCKED]


def test_what_is_signed_in_time_is_never_locked_and_its_plan_stays_open(store, clock):
    version = signed(store)
    clock.instant += 99 * DAY
    assert store.save_case("a", answering(TESS, plan_goal="Tillbaka"), version) == version + 1
    assert state(store) is State.SIGNED


def test_a_unit_may_lock_earlier_and_what_is_locked_stays_so(store, clock):
    store.save_case("a", TESS, 0)
    for days in (0, 15, -1):
        refused(lambda days=days: store.lives.choose_lock_after(days), "lock_after")
    assert store.lives.lock_after() == 14
    store.lives.choose_lock_after(3)
    clock.instant += 3 * DAY
    refused(lambda: store.save_case("a", TESS, 1), "locked")
    store.lives.choose_lock_after(14)
    refused(lambda: store.save_case("a", TESS, 1), "locked")
    version = store.save_case("b", TESS, 0)
    clock.instant += 13 * DAY
    store.save_case("b", TESS, version)


# Ready, revoked, handed out


def test_ready_to_sign_is_told_once_and_freezes_nothing(store):
    version = store.save_case("a", TESS, 0)
    store.lives.mark_ready("a", version)
    assert state(store) is State.READY
    refused(lambda: store.lives.mark_ready("a", version), "already_ready")
    with pytest.raises(StaleRecord):
        store.lives.mark_ready("a", version + 1)
    assert store.save_case("a", answering(TESS, q25="mer"), version) == version + 1


def test_a_revoked_certificate_stays_and_leaves_no_more(store):
    signed(store)
    store.lives.note("a", asked())
    store.lives.revoke("a", Revocation.OTHER_FAULT, "Fel period")
    assert state(store) is State.REVOKED
    last = store.open_case("a").events[-1]
    assert (last.kind, last.reason, last.text, last.document) == (
        Happened.REVOKED,
        "ANNAT_ALLVARLIGT_FEL",
        "Fel period",
        "d1",
    )
    assert store.open_case("a").life.inquiries[0].status is Status.CLOSED
    assert store.preview("d1") == b"%PDF d1"
    way = Received()
    refused(lambda: store.release("d1", Recipient.PATIENT, Activity.PRINT, way), "revoked")
    assert way.got == []
    refused(lambda: store.lives.revoke("a", Revocation.WRONG_PATIENT), "revoked")


def test_a_revocation_says_why(store):
    signed(store)
    refused(lambda: store.lives.revoke("a", Revocation.OTHER_FAULT, "  "), "no_reason")
    store.lives.revoke("a", Revocation.WRONG_PATIENT)


def test_a_locked_draft_can_be_revoked_and_a_live_one_cannot(store, clock):
    store.save_case("a", TESS, 0)
    refused(lambda: store.lives.revoke("a", Revocation.WRONG_PATIENT), "not_signed_or_locked")
    clock.instant += LOCK
    store.lives.revoke("a", Revocation.WRONG_PATIENT)
    assert state(store) is State.REVOKED
    refused(lambda: store.lives.begin("b", TESS, Relation.COPIED, "a"), "revoked")


def test_to_whom_and_how_it_went_out_is_in_its_life(store):
    signed(store)
    store.release("d1", Recipient.PATIENT, Activity.PRINT, Received())
    assert state(store) is State.HANDED_OUT
    store.release("d1", Recipient.FK, Activity.EXPORT, Received())
    assert state(store) is State.SENT
    out = [(event.recipient, event.how, event.document) for event in store.open_case("a").events[2:]]
    assert out == [("patient", "Utskrift", "d1"), ("fk", "Export", "d1")]


def test_what_failed_on_its_way_out_is_taken_back(store):
    signed(store)

    class Failing:
        def __init__(self, _pdf):
            pass

        def __enter__(self):
            return None

        def __exit__(self, *_):
            raise CannotWrite(path="x")

    with pytest.raises(CannotWrite):
        store.release("d1", Recipient.FK, Activity.EXPORT, Failing)
    assert state(store) is State.SIGNED
    assert [event.kind for event in store.open_case("a").events[2:]] == [Happened.RELEASED, Happened.NOT_RELEASED]
