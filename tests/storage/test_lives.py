"""The lives of certificates in the store: each step checked, kept as an event and logged, in one transaction."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from fmstod.domain.answers import PeriodRow
from fmstod.domain.event import Asked, Happened, Revocation, Subject
from fmstod.domain.inquiry import Status, counted
from fmstod.domain.issuer import Physician
from fmstod.domain.lifecycle import Origin, Relation, State
from fmstod.domain.patient import Patient
from fmstod.errors import CannotWrite, NotAllowed, StaleRecord
from fmstod.storage import audit, engine
from fmstod.storage.folder import DATABASE
from fmstod.storage.store import Activity, Recipient
from fmstod.storage.tables import SCHEMA_VERSION
from tests.storage.sample import (
    CERTIFICATE,
    ISSUER,
    PLAN,
    TESS,
    Clock,
    Received,
    answering,
    document,
    log_of,
    new_store,
    reopened,
    secret_of,
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


# One case out of another


def test_a_replacement_takes_the_place_of_the_old_one_when_it_is_signed(store):
    signed(store)
    store.release("d1", Recipient.FK, Activity.EXPORT, Received())
    assert store.lives.begin("b", TESS, Relation.REPLACES, "a") == 1
    assert store.open_case("b").origin == Origin(kind=Relation.REPLACES, case="a", document="d1")
    assert state(store) is State.SENT
    refused(lambda: store.lives.begin("c", TESS, Relation.REPLACES, "a"), "has_replacement")
    signed(store, "b", "d2", version=1)
    assert state(store) is State.REPLACED
    refused(lambda: store.lives.begin("c", TESS, Relation.RENEWS, "a"), "replaced")
    assert store.cases()[-1].id == "a"


def test_a_superseded_certificate_leaves_only_with_its_mark_and_never_to_fk(store):
    signed(store)
    store.lives.begin("b", TESS, Relation.REPLACES, "a")
    signed(store, "b", "d2", version=1)
    way = Received()
    refused(lambda: store.release("d1", Recipient.FK, Activity.EXPORT, way), "replaced")
    refused(lambda: store.release("d1", Recipient.PATIENT, Activity.PRINT, way), "unmarked")
    assert way.got == []
    store.release(
        "d1",
        Recipient.PATIENT,
        Activity.PRINT,
        way,
        marking=lambda pdf, mark: pdf + f" {mark.kind} {mark.document}".encode(),
    )
    assert way.got == [b"%PDF d1 replaces d2"]
    assert store.preview("d1") == b"%PDF d1"
    store.release("d2", Recipient.FK, Activity.EXPORT, way)
    assert way.got[-1] == b"%PDF d2"


def test_revoking_the_replacement_makes_room_for_another(store):
    signed(store)
    store.lives.begin("b", TESS, Relation.REPLACES, "a")
    signed(store, "b", "d2", version=1)
    store.lives.revoke("b", Revocation.OTHER_FAULT, "fel")
    assert state(store) is State.SIGNED
    store.lives.begin("c", TESS, Relation.REPLACES, "a")


def test_a_discarded_replacement_is_none(store):
    signed(store)
    store.lives.begin("b", TESS, Relation.REPLACES, "a")
    record = store.discard_case("b", 1)
    store.lives.begin("c", TESS, Relation.REPLACES, "a")
    assert store.save_case("b", record, 0) == 1
    assert store.open_case("b").origin.kind is Relation.REPLACES
    signed(store, "c", "d3", version=1)
    refused(lambda: signed(store, "b", "d2", version=1), "overtaken")


def test_a_locked_draft_is_copied_once_at_a_time_and_its_ties_are_gone(store, clock):
    signed(store)
    store.lives.begin("b", TESS, Relation.REPLACES, "a")
    clock.instant += LOCK
    assert state(store, "b") is State.LOCKED
    store.lives.begin("c", TESS, Relation.COPIED, "b")
    assert state(store, "b") is State.COPIED
    refused(lambda: store.lives.begin("d", TESS, Relation.COPIED, "b"), "has_copy")
    store.lives.begin("e", TESS, Relation.REPLACES, "a")
    signed(store, "c", "d2", version=1)
    assert state(store) is State.SIGNED


def test_another_patient_is_never_put_in_a_successor(store):
    """H1: neither when it is begun nor when it is signed."""
    signed(store)
    sven = TESS.changed(patient=Patient(name="Sven", number="19571231-0004"))
    refused(lambda: store.lives.begin("b", sven, Relation.REPLACES, "a"), "same_patient")
    store.lives.begin("b", TESS, Relation.REPLACES, "a")
    store.save_case("b", sven, 1)
    other = document(patient=sven.patient, name="d2")
    refused(lambda: store.sign("b", 2, [(other, b"x")], []), "same_patient")
    assert store.open_case("b").documents == ()


def test_the_issuer_cannot_certify_themself(store):
    store.save_case("a", TESS, 0)
    own = ISSUER.changed(physician=Physician(name="Tess", number=TESS.patient.number))
    refused(lambda: store.sign("a", 1, [(document().changed(issuer=own), b"x")], []), "own_certificate")
    assert store.open_case("a").documents == ()


def test_a_case_that_is_not_there_is_a_key_error(store):
    for act in (
        lambda: store.lives.begin("b", TESS, Relation.RENEWS, "nobody"),
        lambda: store.lives.revoke("nobody", Revocation.WRONG_PATIENT),
        lambda: store.lives.note("nobody", asked()),
        lambda: store.lives.answer("nobody", "q", "svar"),
    ):
        with pytest.raises(KeyError):
            act()
    assert store.cases() == ()


# Questions and answers


def test_a_complement_answers_what_was_asked_when_it_is_signed(store):
    signed(store)
    refused(lambda: store.lives.begin("b", TESS, Relation.COMPLEMENTS, "a"), "no_complement_asked")
    store.lives.note("a", asked("q1"))
    store.lives.note("a", asked("q2", Subject.CONTACT))
    refused(lambda: store.lives.begin("b", TESS, Relation.REPLACES, "a"), "complement_asked")
    store.lives.begin("b", TESS, Relation.COMPLEMENTS, "a")
    assert store.open_case("a").life.complement_asked
    signed(store, "b", "d2", version=1)
    complement, contact = store.open_case("a").life.inquiries
    assert (complement.status, complement.document, contact.status) == (Status.ANSWERED, "d2", Status.OURS)
    assert state(store) is State.COMPLEMENTED


def test_a_renewal_answers_a_complement_only_once_it_is_signed(store):
    signed(store)
    store.lives.note("a", asked())
    store.lives.begin("b", TESS, Relation.RENEWS, "a")
    assert store.open_case("a").life.complement_asked
    signed(store, "b", "d2", version=1)
    assert not store.open_case("a").life.complement_asked
    assert state(store) is State.RENEWED


def test_a_question_is_answered_once_in_words(store):
    signed(store)
    store.lives.note("a", asked(due=date(2026, 12, 15)))
    refused(lambda: store.lives.answer("a", "q", " "), "no_answer")
    with pytest.raises(KeyError):
        store.lives.answer("a", "other", "svar")
    store.lives.answer("a", "q", "Kan inte kompletteras")
    refused(lambda: store.lives.answer("a", "q", "igen"), "question_answered")
    refused(
        lambda: store.lives.note("a", asked("r", Subject.REMINDER, reminds="q")),
        "nothing_to_remind_of",
    )
    ((case, found),) = store.lives.inquiries()
    assert (case, found.answer, found.asked.due) == ("a", "Kan inte kompletteras", date(2026, 12, 15))


def test_a_closed_question_is_not_answered(store):
    signed(store)
    store.lives.note("a", asked())
    store.lives.revoke("a", Revocation.WRONG_PATIENT)
    refused(lambda: store.lives.answer("a", "q", "svar"), "question_closed")


def test_the_unit_asks_only_about_what_fk_has(store):
    signed(store)
    question = asked("q", Subject.CONTACT, from_fk=False)
    refused(lambda: store.lives.note("a", question), "not_with_fk")
    store.release("d1", Recipient.FK, Activity.EXPORT, Received())
    store.lives.note("a", question)
    assert store.lives.inquiries()[0][1].status is Status.THEIRS
    with pytest.raises(StaleRecord):
        store.lives.note("a", question)


def test_complements_are_counted_over_all_cases(store):
    for case, name, groups in (("a", "d1", ("limitation",)), ("b", "d2", ("limitation", "prognosis"))):
        signed(store, case, name)
        store.lives.note(case, asked(f"q{case}", groups=groups))
    store.lives.answer("a", "qa", "svar")
    counts = [
        (each.group, each.asked, each.waiting) for each in counted(found for _case, found in store.lives.inquiries())
    ]
    assert counts == [("limitation", 2, 1), ("prognosis", 1, 1)]


# The log, and what the database itself refuses


def test_each_step_leaves_one_row_and_the_patient_only_by_id(store, clock):
    signed(store)
    before = len(log_of(store))
    store.lives.note("a", asked())
    store.lives.answer("a", "q", "Tess mår bättre")
    store.lives.begin("b", TESS, Relation.RENEWS, "a")
    store.lives.mark_ready("b", 1)
    store.lives.revoke("a", Revocation.OTHER_FAULT, "Tess fick fel period")
    rows = log_of(store)[before:]
    assert [(row["activityType"], row["reason"], row["outcome"]) for row in rows] == [
        ("Fråga och svar", "KOMPLT", "ok"),
        ("Fråga och svar", "answered", "ok"),
        ("Skriva", "renews", "ok"),
        ("Skriva", "ready", "ok"),
        ("Makulera", "ANNAT_ALLVARLIGT_FEL", "ok"),
    ]
    assert [[each["object"] for each in row["resources"]] for row in rows] == [["a"], ["a"], ["b", "a"], ["b"], ["a"]]
    assert not any("Tess" in str(row) for row in rows)


def test_who_did_it_is_kept(store):
    store.save_issuer(ISSUER)
    signed(store)
    assert {event.by for event in store.open_case("a").events} == {"SE1-D"}


@pytest.mark.parametrize(
    "act",
    [
        lambda store: store.lives.begin("c", TESS, Relation.RENEWS, "a"),
        lambda store: store.lives.mark_ready("b", 1),
        lambda store: store.lives.revoke("a", Revocation.WRONG_PATIENT),
        lambda store: store.lives.note("a", asked("q2")),
        lambda store: store.lives.answer("a", "q", "svar"),
        lambda store: store.lives.choose_lock_after(7),
        lambda store: store.discard_case("b", 1),
        lambda store: store.release("d1", Recipient.FK, Activity.EXPORT, Received()),
    ],
)
def test_a_step_that_cannot_be_logged_is_not_taken(store, monkeypatch, act):
    signed(store)
    store.save_case("b", TESS, 0)
    store.lives.note("a", asked())
    before = [store.open_case(case) for case in ("a", "b")], store.lives.lock_after()
    with monkeypatch.context() as broken:
        broken.setattr(audit, "write", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            act(store)
    assert ([store.open_case(case) for case in ("a", "b")], store.lives.lock_after()) == before
    assert len(store.cases()) == 2


def test_a_lock_that_cannot_be_logged_holds_all_the_same(store, monkeypatch, clock):
    store.save_case("a", TESS, 0)
    clock.instant += LOCK
    with monkeypatch.context() as broken:
        broken.setattr(audit, "write", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            store.save_case("a", answering(TESS, q25="för sent"), 1)
    refused(lambda: store.save_case("a", TESS, 1), "locked")
    assert store.open_case("a").consultation == TESS


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET kind = 'created' WHERE kind = 'locked'",
        "DELETE FROM events",
        "INSERT OR REPLACE INTO events SELECT * FROM events",
        "UPDATE relations SET of_case = 'x'",
        "DELETE FROM relations",
        "UPDATE cases SET record = '{}' WHERE id = 'b'",
        "DELETE FROM cases WHERE id = 'b'",
    ],
)
def test_the_database_itself_keeps_events_ties_and_what_is_locked(store, clock, statement):
    signed(store)
    store.lives.begin("b", TESS, Relation.REPLACES, "a")
    clock.instant += LOCK
    store.cases()
    with pytest.raises(sa.exc.IntegrityError, match="frozen"), store._db.begin():
        store._db.exec_driver_sql(statement)
    assert store.open_case("b").consultation == TESS


# An older store


def made_older(folder, version):
    """What the store was before it knew lives: without their tables, triggers and index."""
    connection = engine.connect(folder / DATABASE, secret_of(folder))
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    later = [name for (name,) in names if name.startswith(("locked_", "events_", "relations_"))]
    for statement in (
        *(f"DROP TRIGGER {name}" for name in later),
        "DROP INDEX cases_unsigned",
        "ALTER TABLE documents DROP COLUMN record_sha256",
        *(f"DROP TABLE {name}" for name in ("events", "relations", "choices")),
        f"PRAGMA user_version={version}",
    ):
        connection.execute(statement)
    connection.close()


def test_an_older_store_gets_the_lives_that_its_log_tells(folder):
    clock = Clock()
    store = new_store(folder, clock)
    store.save_issuer(ISSUER)
    store.save_case("draft", TESS, 0)
    made = store.open_case("draft").life.created
    clock.instant += 5 * DAY
    signed(store, "out")
    store.release("d1", Recipient.FK, Activity.EXPORT, Received())

    def failing(_pdf):
        raise CannotWrite(path="x")

    with pytest.raises(CannotWrite):
        store.release("d1", Recipient.PATIENT, Activity.EXPORT, failing)
    before = store.open_case("out")
    store.close()
    made_older(folder, 2)
    again = reopened(folder, now=clock)
    assert engine.version_of(folder / DATABASE, secret_of(folder)) == SCHEMA_VERSION
    assert abs(again.open_case("draft").life.created - made) <= timedelta(seconds=2)
    found = again.open_case("out")
    assert found.life.state is State.SENT
    assert [(e.kind, e.by, e.document, e.recipient) for e in found.events] == [
        (e.kind, e.by, e.document, e.recipient) for e in before.events
    ]
    clock.instant = made + LOCK
    refused(lambda: again.save_case("draft", TESS, 1), "locked")
    assert again.preview("d1") == b"%PDF d1"  # signed before records were hashed
    signed(again, "new", "d9")
    assert again.document("d9").id == "d9"
    with pytest.raises(sa.exc.IntegrityError, match="frozen"), again._db.begin():
        again._db.exec_driver_sql("DELETE FROM events")
    again.close()


def test_opening_once_more_adds_no_second_life(folder):
    clock = Clock()
    store = new_store(folder, clock)
    signed(store)
    before = store.open_case("a").events
    store.close()
    connection = engine.connect(folder / DATABASE, secret_of(folder))
    connection.execute("PRAGMA user_version=2")
    connection.close()
    again = reopened(folder, now=clock)
    assert again.open_case("a").events == before
    again.close()


def test_a_list_tells_how_many_questions_wait_and_when_the_first_is_to_be_answered(store):
    signed(store)
    (row,) = store.cases()
    assert (row.asked, row.answer_by) == (0, None)
    store.lives.note("a", asked("q1"))
    store.lives.note("a", asked("q2", Subject.OTHER, due=date(2026, 12, 20)))
    store.lives.note("a", asked("q3", Subject.OTHER, due=date(2026, 12, 10)))
    store.lives.note("a", asked("q4", Subject.CONTACT, from_fk=False))
    store.lives.note("a", asked("r", Subject.REMINDER, reminds="q1"))
    (row,) = store.cases()
    assert (row.asked, row.answer_by) == (3, date(2026, 12, 10))
    store.lives.answer("a", "q3", "svar")
    (row,) = store.cases()
    assert (row.asked, row.answer_by) == (2, date(2026, 12, 20))
    store.lives.revoke("a", Revocation.WRONG_PATIENT)
    (row,) = store.cases()
    assert (row.asked, row.answer_by) == (0, None)


def test_nobody_answers_before_the_question_has_come():
    with pytest.raises(ValueError, match="before"):
        asked(due=date(2026, 11, 30))
    assert asked(due=date(2026, 12, 1)).due


# A patient's certificates


def test_all_of_a_patients_cases_are_read_together_and_the_log_names_each(store):
    signed(store)
    other = TESS.changed(patient=Patient(name="Någon Annan", number="19121212-1212"))
    store.save_case("c", other, 0)
    store.lives.begin("b", TESS.changed(form=("ag7804", "2.0")), Relation.MADE_FROM, "a")
    rows = store.lives.of_patient("b")
    assert [(row.id, row.form, row.state) for row in rows] == [
        ("a", ("fk7804", "2.0"), State.SIGNED),
        ("b", ("ag7804", "2.0"), State.DRAFT),
    ]
    assert rows == store.lives.of_patient("a")
    last = log_of(store)[-1]
    assert last["activityType"] == Activity.READ
    assert {thing["object"] for thing in last["resources"]} == {"a", "b"}


def test_the_certificates_that_count_are_read_by_the_number_and_the_log_names_each(store):
    """What holds no more isn't counted, and was read all the same."""
    signed(store)
    store.save_case("b", TESS, 0)
    signed(store, "b", "d2", 1)
    store.save_case("c", TESS, 0)
    store.save_case("other", TESS.changed(patient=Patient(name="Någon Annan", number="19121212-1212")), 0)
    store.lives.revoke("b", Revocation.WRONG_PATIENT)
    found = store.lives.certificates(TESS.patient.number, "c")
    assert [(each.id, each.periods) for each in found] == [("d1", TESS.periods)]
    last = log_of(store)[-1]
    assert last["activityType"] == Activity.READ
    assert [(thing["patient"], thing["object"]) for thing in last["resources"]] == [("a", "d1"), ("b", "d2")]


def test_without_a_number_no_certificates_are_read_and_nothing_is_logged(store):
    signed(store)
    before = log_of(store)
    assert store.lives.certificates("", "a") == ()
    assert log_of(store) == before


def test_without_a_number_nobody_knows_whose_the_others_are(store):
    for case in ("a", "b"):
        store.save_case(case, TESS.changed(patient=Patient(name="Tess")), 0)
    assert [row.id for row in store.lives.of_patient("a")] == ["a"]
    with pytest.raises(KeyError):
        store.lives.of_patient("nobody")


def test_a_leave_without_degrees_has_its_days_among_the_patients_certificates(store):
    signed(store)
    leave = (PeriodRow(first="2026-11-23", last="2026-12-06"), PeriodRow(first="2026-12-07", last=""))
    short = TESS.changed(form=("ag1-14", "2.0"), answers={"7": 100, "7.2": leave})
    store.lives.begin("b", short, Relation.MADE_FROM, "a")
    long, made = store.lives.of_patient("a")
    assert (long.span, bool(long.periods)) == (None, True)
    assert (made.span, made.periods) == ((date(2026, 11, 23), date(2026, 12, 6)), ())
