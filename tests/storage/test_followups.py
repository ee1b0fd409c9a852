"""Following up, closing, what is due and the codes: each is kept whole, once, and with its log row."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from fmstod.domain.answers import IcfRating, IcfText, Measure
from fmstod.domain.document import DocumentKind
from fmstod.domain.due import Why, due
from fmstod.domain.event import Happened, Revocation
from fmstod.domain.followup import FollowUp, MeasureOutcome, Outcome, Reason, Waiting, Went
from fmstod.domain.lifecycle import Relation, State
from fmstod.domain.procedure import Contact, Procedure
from fmstod.errors import NotAllowed, StaleRecord
from fmstod.storage.engine import connect
from fmstod.storage.folder import DATABASE
from fmstod.storage.tables import SCHEMA_VERSION
from tests.storage.sample import (
    CERTIFICATE,
    DV077,
    PLAN,
    TESS,
    answering,
    document,
    log_of,
    new_store,
    reopened,
    secret_of,
)

ON = date(2026, 12, 14)
TALKS = MeasureOutcome(what="Samtal", owner="Kurator", when="2026-12-01", went=Went.ONGOING)
FIRST = FollowUp(id="f1", case="a", on=ON, measures=(TALKS,), degree=50, next_day="2027-01-11")
AW026 = Procedure(code="AW026", on=ON, source="f1")


def planned(store, case="a", documents=(CERTIFICATE, PLAN), codes=(DV077,)):
    return store.sign(case, store.save_case(case, TESS, 0), list(documents), list(codes))


def next_plan(store, version, name="p2", codes=None, case="a", **answers):
    """The plan changed and signed once more."""
    record = answering(TESS, **answers)
    version = store.save_case(case, record, version)
    new = document(DocumentKind.PLAN, name=name).changed(answers=record.answers)
    done = [DV077.changed(source=name)] if codes is None else codes
    return store.sign(case, version, [(new, b"%PDF plan")], done)


def codes_of(store, case="a"):
    return [(each.code, each.source, each.revoked is None) for each in store.open_case(case).procedures]


def refused(act, why):
    with pytest.raises(NotAllowed) as error:
        act()
    assert error.value.text_key == f"not_allowed.{why}"


# Versions of the plan


def test_a_changed_plan_is_signed_as_a_new_version_and_the_first_one_keeps_its_code(store):
    version = next_plan(store, planned(store), plan_goal="Tillbaka i februari")
    found = store.open_case("a")
    assert [row.id for row in found.documents if row.kind is DocumentKind.PLAN] == ["p1", "p2"]
    assert store.document("p1") == PLAN[0]
    assert store.document("p2").answers["plan.goal"] == "Tillbaka i februari"
    assert codes_of(store) == [("DV077", "p1", True)]
    refused(
        lambda: store.sign("a", version, [(store.document("p2").changed(id="p3"), b"")], [DV077.changed(source="p3")]),
        "second_plan",
    )


def test_a_plan_that_was_a_mistake_leaves_room_for_the_code_of_the_next(store):
    version = planned(store)
    (code,) = store.open_case("a").procedures
    store.procedures.revoke(code.id, "fel patient")
    next_plan(store, version, plan_goal="mer")
    assert codes_of(store) == [("DV077", "p1", False), ("DV077", "p2", True)]


def test_the_plan_of_a_renewal_is_a_version_of_the_same_plan(store):
    planned(store)
    store.lives.begin("b", TESS, Relation.RENEWS, "a")
    store.sign(
        "b",
        1,
        [(document(name="d2"), b""), (document(DocumentKind.PLAN, name="p2"), b"")],
        [DV077.changed(source="p2")],
    )
    assert codes_of(store, "b") == []


def test_a_certificate_that_was_made_for_the_employer_is_another_matter(store):
    planned(store, documents=(CERTIFICATE,), codes=())
    store.lives.begin("b", TESS, Relation.MADE_FROM, "a")
    store.sign(
        "b",
        1,
        [(document(name="d2"), b""), (document(DocumentKind.PLAN, name="p2"), b"")],
        [DV077.changed(source="p2")],
    )
    assert codes_of(store, "b") == [("DV077", "p2", True)]


# Following up


def test_a_follow_up_is_a_draft_until_it_is_done_and_then_gives_its_code_once(store):
    planned(store)
    half = FIRST.changed(next_day="", measures=(TALKS.changed(went=None),))
    assert store.followups.save(half, 0) == 1
    assert store.followups.save(half.changed(capacity="Läser en stund"), 1) == 2
    refused(lambda: store.followups.finish(half, 2, [AW026]), "followup_unfinished")
    assert codes_of(store) == [("DV077", "p1", True)]
    store.followups.finish(FIRST, 2, [AW026])
    (done,) = store.followups.of("a")
    assert (done.record, done.version) == (FIRST, 3)
    assert done.done_at is not None
    assert codes_of(store) == [("DV077", "p1", True), ("AW026", "f1", True)]
    assert [event.kind for event in store.open_case("a").events][-1] is Happened.FOLLOWED_UP


def test_told_again_of_a_finished_one_nothing_happens(store):
    planned(store)
    store.followups.finish(FIRST, 0, [AW026])
    before = store.followups.of("a"), store.open_case("a").procedures, store.open_case("a").events
    store.followups.finish(FIRST, 0, [AW026])
    assert (store.followups.of("a"), store.open_case("a").procedures, store.open_case("a").events) == before
    refused(lambda: store.followups.finish(FIRST.changed(degree=25), 1, [AW026]), "followup_done")
    refused(lambda: store.followups.save(FIRST, 1), "followup_done")
    refused(lambda: store.followups.discard("f1", 1), "followup_done")


def test_a_follow_up_that_somebody_else_has_saved_is_stale(store):
    planned(store)
    store.followups.save(FIRST, 0)
    for version in (0, 2):
        with pytest.raises(StaleRecord):
            store.followups.save(FIRST, version)
    with pytest.raises(StaleRecord):
        store.followups.discard("f1", 2)
    refused(lambda: store.followups.save(FIRST.changed(id="f2"), 0), "followup_begun")
    store.followups.discard("f1", 1)
    assert store.followups.of("a") == ()


@pytest.mark.parametrize("codes", [[DV077], [AW026.changed(source="p1")], [AW026.changed(code="GC001")]])
def test_a_follow_up_gives_no_other_code(store, codes):
    planned(store)
    refused(lambda: store.followups.finish(FIRST, 0, codes), "followup_code")
    assert codes_of(store) == [("DV077", "p1", True)]


def test_only_a_signed_certificate_that_holds_is_followed_up(store):
    store.save_case("a", TESS, 0)
    refused(lambda: store.followups.save(FIRST, 0), "not_signed")
    store.sign("a", 1, [CERTIFICATE], [])
    store.lives.revoke("a", Revocation.WRONG_PATIENT)
    refused(lambda: store.followups.save(FIRST, 0), "revoked")
    with pytest.raises(KeyError):
        store.followups.save(FIRST.changed(case="nobody"), 0)


@pytest.mark.parametrize("statement", [
    "UPDATE followups SET record = '{}' WHERE id = 'f1'",
    "DELETE FROM followups",
    "INSERT OR REPLACE INTO followups SELECT * FROM followups",
    "UPDATE procedures SET code = 'GC001'",
    "DELETE FROM mistakes",
    "UPDATE mistakes SET reason = ''",
])  # fmt: skip
def test_the_database_itself_refuses_to_touch_what_is_done(store, statement):
    planned(store)
    store.followups.finish(FIRST, 0, [AW026])
    store.procedures.revoke(store.open_case("a").procedures[0].id, "fel")
    with pytest.raises(sa.exc.IntegrityError, match="frozen"), store._db.begin():
        store._db.exec_driver_sql(statement)


@pytest.mark.parametrize("case", ["a", "b"])
def test_the_database_itself_takes_a_code_once_for_what_gave_it(store, case):
    planned(store)
    store.save_case("b", TESS, 0)
    with pytest.raises(sa.exc.IntegrityError, match="UNIQUE"), store._db.begin():
        store._db.exec_driver_sql(
            'INSERT INTO procedures SELECT \'x\', ?, code, "on", source, name, valid_from, contact, minutes, at, "by", unit '
            "FROM procedures",
            (case,),
        )


# Closing


def test_closing_needs_an_outcome_and_a_plan_or_a_reason(store):
    planned(store, documents=(CERTIFICATE,), codes=())
    refused(lambda: store.followups.close("a"), "no_outcome")
    store.followups.finish(FIRST, 0, [AW026])
    refused(lambda: store.followups.close("a"), "no_outcome")
    store.followups.finish(FIRST.changed(id="f2", next_day="", outcome=Outcome.BACK), 0, [])
    refused(lambda: store.followups.close("a"), "no_plan")
    store.followups.close("a", "Kort sjukskrivning")
    found = store.open_case("a")
    assert found.life.state is State.CLOSED
    assert (found.events[-1].reason, found.events[-1].text) == ("back", "Kort sjukskrivning")
    refused(lambda: store.followups.close("a", "igen"), "closed")
    refused(lambda: store.followups.save(FIRST.changed(id="f3"), 0), "closed")


def test_a_new_certificate_begins_a_closed_sick_leave_anew(store):
    planned(store)
    store.followups.finish(FIRST.changed(next_day="", outcome=Outcome.BACK), 0, [AW026])
    store.followups.close("a")
    assert store.followups.watched(ON) == ()
    store.lives.begin("b", TESS, Relation.RENEWS, "a")
    store.sign("b", 1, [(document(name="d2"), b"")], [])
    assert [each.id for each in store.followups.watched(ON)] == ["b"]
    store.followups.save(FIRST.changed(id="f2", case="b"), 0)


# What is due


def test_the_next_day_is_the_follow_ups_and_after_a_new_plan_the_plans(store, clock):
    version = planned(store)
    (row,) = store.followups.watched(ON)
    assert (row.first, row.last, row.next, row.followed_up) == (date(2026, 11, 23), date(2026, 12, 20), ON, None)
    clock.instant = datetime(2026, 12, 14, 9, tzinfo=UTC)
    store.followups.finish(FIRST, 0, [AW026])
    (row,) = store.followups.watched(ON)
    assert (row.next, row.followed_up) == (date(2027, 1, 11), ON)
    assert [each.followup for each in store.cases()] == [date(2027, 1, 11)]
    record = answering(TESS, plan_followup="2027-01-04")
    new = document(DocumentKind.PLAN, name="p2").changed(
        answers=record.answers, signed_at=clock.instant + timedelta(minutes=1)
    )
    store.sign("a", store.save_case("a", record, version), [(new, b"")], [])
    (row,) = store.followups.watched(ON)
    assert row.next == date(2027, 1, 4)


def test_what_is_renewed_revoked_or_closed_is_watched_no_more(store):
    planned(store)
    store.lives.begin("b", TESS, Relation.RENEWS, "a")
    assert [each.id for each in store.followups.watched(ON)] == ["a"], "an unsigned renewal changes nothing"
    store.sign("b", 1, [(document(name="d2"), b"")], [])
    assert [each.id for each in store.followups.watched(ON)] == ["b"]
    store.lives.revoke("b", Revocation.WRONG_PATIENT)
    assert [each.id for each in store.followups.watched(ON)] == ["a"]
    assert due(store.followups.watched(ON), ON)[0].why is Why.THIS_WEEK


def test_who_is_due_is_told_and_logged(store):
    planned(store)
    before = len(log_of(store))
    store.followups.watched(ON)
    assert len(log_of(store)) == before
    assert store.followups.named(["a"])["a"].name == TESS.patient.name
    (row,) = log_of(store)[before:]
    assert (row["activityType"], [each["object"] for each in row["resources"]]) == ("Lista", ["a"])
    assert store.followups.named(["nobody"]) == {}


def test_when_a_plan_is_missed_can_be_chosen(store):
    assert store.followups.plan_after() == 28
    store.followups.choose_plan_after(14)
    assert store.followups.plan_after() == 14
    for days in (0, 366):
        refused(lambda days=days: store.followups.choose_plan_after(days), "plan_after")


# Codes


def test_coordination_is_recorded_with_kind_and_minutes_once_for_each_contact(store):
    version = store.save_case("a", TESS, 0)
    call = Procedure(code="GC001", on=ON, source="k1", contact=Contact.EMPLOYER, minutes=20)
    refused(lambda: store.procedures.register("a", call), "not_signed")  # it can be discarded, and a code can't
    store.sign("a", version, [CERTIFICATE], [])
    store.procedures.register("a", call)
    store.procedures.register("a", call)
    store.procedures.register("a", call.changed(source="k2", minutes=5))
    assert [(each.contact, each.minutes) for each in store.open_case("a").procedures] == [
        (Contact.EMPLOYER, 20),
        (Contact.EMPLOYER, 5),
    ]
    refused(lambda: store.procedures.register("a", call.changed(source="k3", minutes=None)), "contact")
    with pytest.raises(KeyError):
        store.procedures.register("nobody", call.changed(source="k4"))


def test_a_mistaken_code_is_revoked_with_its_reason_and_stays(store):
    planned(store)
    (code,) = store.open_case("a").procedures
    refused(lambda: store.procedures.revoke(code.id, "  "), "no_code_reason")
    refused(lambda: store.procedures.revoke(code.id, "x" * 501), "no_code_reason")
    store.procedures.revoke(code.id, "Fel patient")
    (found,) = store.procedures.between()
    assert (found.code, found.revoked.reason) == ("DV077", "Fel patient")
    refused(lambda: store.procedures.revoke(code.id, "igen"), "code_revoked")
    with pytest.raises(KeyError):
        store.procedures.revoke("nothing", "fel")


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [(None, None, 2), (ON, None, 1), (None, date(2026, 11, 23), 1), (date(2026, 11, 24), date(2026, 12, 13), 0)],
)
def test_codes_are_found_by_day_both_ends_included(store, first, last, found):
    planned(store)
    store.followups.finish(FIRST, 0, [AW026])
    assert len(store.procedures.between(first, last)) == found


# A store of before


OLD = """
DROP TABLE mistakes; DROP TABLE followups; DROP TABLE procedures; DROP INDEX cases_due; DROP INDEX events_kind;
DROP INDEX cases_found;
ALTER TABLE cases DROP COLUMN purpose; ALTER TABLE cases DROP COLUMN measure; ALTER TABLE cases DROP COLUMN set_days;
ALTER TABLE cases DROP COLUMN form; ALTER TABLE cases DROP COLUMN days_before;
ALTER TABLE cases DROP COLUMN first_day; ALTER TABLE cases DROP COLUMN last_day;
CREATE TABLE procedures (document TEXT NOT NULL, code TEXT NOT NULL, "on" TEXT NOT NULL, PRIMARY KEY (document, code),
  FOREIGN KEY(document) REFERENCES documents (id));
CREATE TRIGGER procedures_update BEFORE UPDATE ON procedures WHEN true BEGIN SELECT RAISE(ABORT, 'frozen'); END;
INSERT INTO procedures SELECT 'p1', 'DV077', '2026-11-23';
CREATE TABLE old AS SELECT * FROM documents;
DROP TABLE documents;
CREATE TABLE documents (id TEXT NOT NULL PRIMARY KEY, case_id TEXT NOT NULL REFERENCES cases (id), kind TEXT NOT NULL,
  signed_at TEXT NOT NULL, record TEXT NOT NULL, pdf BLOB NOT NULL, sha256 TEXT NOT NULL, record_sha256 TEXT,
  UNIQUE (case_id, kind));
INSERT INTO documents SELECT * FROM old;
DROP TABLE old;
PRAGMA user_version=5;
"""


def test_a_store_of_version_5_keeps_its_documents_and_codes_and_takes_a_second_plan(folder):
    made = new_store(folder)
    version = planned(made)
    made.save_case("draft", TESS, 0)
    before = [(made.document(name), made.preview(name)) for name in ("d1", "p1")]
    made.close()
    connection = connect(folder / DATABASE, secret_of(folder))
    connection.executescript(OLD)
    connection.close()
    store = reopened(folder)
    assert [(store.document(name), store.preview(name)) for name in ("d1", "p1")] == before
    (code,) = store.open_case("a").procedures
    assert (code.code, code.source, code.on, code.case, code.at) == ("DV077", "p1", DV077.on, "a", PLAN[0].signed_at)
    assert (code.by, code.unit) == ("SE1-D", "Backens vårdcentral")
    next_plan(store, version, plan_goal="mer")
    assert codes_of(store) == [("DV077", "p1", True)]
    store.followups.finish(FIRST, 0, [AW026])
    store.sign("draft", 1, [(document(name="d9"), b"%PDF")], [])
    watched = {each.id: (each.form, each.first, each.last) for each in store.followups.watched(ON)}
    assert watched["draft"] == watched["a"] == (("fk7804", "2.0"), date(2026, 11, 23), date(2026, 12, 20))
    for statement in ("DELETE FROM documents", "UPDATE procedures SET name = 'x'"):
        with pytest.raises(sa.exc.IntegrityError, match="frozen"), store._db.begin():
            store._db.exec_driver_sql(statement)
    store.close()
    again = reopened(folder)
    assert [len(again.open_case(case).documents) for case in ("a", "draft")] == [3, 1]
    again.close()
    connection = connect(folder / DATABASE, secret_of(folder))
    assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


def test_a_follow_up_comes_back_as_it_was_written(store):
    planned(store)
    whole = FIRST.changed(
        impairment=IcfText(text="Minskad", icf=(IcfRating(code="b1300", severity=1),)),
        changes={"since": "Bättre sömn"},
        reasons=(Reason.MEDICAL, Reason.WAITING),
        waiting=Waiting(what="Röntgen", since="2026-12-01"),
        measures=(TALKS.changed(went=Went.DROPPED, note="Ville inte"),),
    )
    store.followups.save(whole, 0)
    assert store.followups.of("a")[0].record == whole
    assert Measure(what="Samtal", owner="Kurator", when="2026-12-01") in TESS.answers["plan.measures"]
