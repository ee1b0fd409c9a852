"""What is kept of the lives: the log, an older store, and all of a patient's certificates."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from fmstod.domain.answers import PeriodRow
from fmstod.domain.event import Revocation, Subject
from fmstod.domain.lifecycle import Relation, State
from fmstod.domain.patient import Patient
from fmstod.errors import CannotWrite
from fmstod.storage import audit, engine
from fmstod.storage.folder import DATABASE
from fmstod.storage.store import Activity, Recipient
from fmstod.storage.tables import SCHEMA_VERSION
from tests.storage.lives import DAY, LOCK, asked, refused, signed
from tests.storage.sample import (
    ISSUER,
    TESS,
    Clock,
    Received,
    answering,
    log_of,
    new_store,
    reopened,
    secret_of,
)

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
