"""What the due list reads of all cases: one sick leave through its certificates, its plan, and the days of the law."""

from datetime import UTC, date, datetime, timedelta

import pytest

from fmstod.domain.answers import Measure, PeriodRow
from fmstod.domain.consultation import Earlier
from fmstod.domain.document import DocumentKind
from fmstod.domain.event import Revocation
from fmstod.domain.followup import FollowUp, Outcome
from fmstod.domain.leave import Stop
from fmstod.domain.lifecycle import Relation
from fmstod.storage.engine import connect
from fmstod.storage.folder import DATABASE
from fmstod.storage.tables import SCHEMA_VERSION
from tests.storage.sample import CERTIFICATE, PLAN, TESS, answering, document, log_of, new_store, reopened, secret_of

ON = date(2026, 12, 14)  # the plan's day; the certificate is from 23 November to 20 December
LATER = {"q32": (PeriodRow(degree=50, first="2026-12-23", last="2027-01-31"),)}
BARE = answering(TESS, plan_followup="", **LATER)


def go_on(store, kind=Relation.RENEWS, record=BARE, case="b", of="a"):
    store.lives.begin(case, record, kind, of)
    store.sign(case, 1, [(document(name=f"d-{case}").changed(answers=record.answers), b"%PDF")], [])


def planned(store, record=TESS, **answers):
    version = store.save_case("a", record, 0)
    plan = PLAN[0].changed(answers={**PLAN[0].answers, **answers})
    return store.sign("a", version, [CERTIFICATE, (plan, b"%PDF plan")], [])


def only(store, on=ON):
    (row,) = store.followups.watched(on)
    return row


# One sick leave


@pytest.mark.parametrize(("gap", "start"), [(3, "2026-11-23"), (5, "2026-11-23"), (6, "2026-12-27")])
def test_a_renewal_begins_where_its_sick_leave_does_with_at_most_five_days_between(store, gap, start):
    planned(store)
    first = date(2026, 12, 20) + timedelta(days=gap + 1)
    rows = (PeriodRow(degree=50, first=first.isoformat(), last="2027-01-31"),)
    go_on(store, record=answering(TESS, q32=rows))
    row = only(store, first)
    assert row.since == date.fromisoformat(start)
    assert [first.isoformat() for first, _last in row.spans] == ["2026-11-23", first.isoformat()], "one chain"


def test_what_was_entered_goes_before_the_certificates_only_beyond_what_they_tell(store):
    planned(store)
    go_on(store, record=BARE.changed(earlier=Earlier(had=True, days=38)))
    row = only(store, date(2026, 12, 23))
    assert (row.before, row.since) == (10, date(2026, 11, 13))


def test_a_revoked_certificate_and_another_patients_count_nowhere(store):
    planned(store)
    other = BARE.changed(patient=TESS.patient.changed(number="19121212-1212"))
    store.save_case("c", other, 0)
    store.sign("c", 1, [(document(name="d-c", patient=other.patient).changed(answers=other.answers), b"%PDF")], [])
    store.save_case("b", BARE, 0)
    store.sign("b", 1, [(document(name="d-b").changed(answers=BARE.answers), b"%PDF")], [])
    store.lives.revoke("a", Revocation.WRONG_PATIENT)
    since = {row.id: row.since for row in store.followups.watched(date(2026, 12, 23))}
    assert since == {"b": date(2026, 12, 23), "c": date(2026, 12, 23)}


@pytest.mark.parametrize("kind", [Relation.RENEWS, Relation.REPLACES])
def test_the_plan_and_its_day_hold_for_the_certificate_that_goes_on(store, kind):
    planned(store)
    go_on(store, kind)
    row = only(store)
    assert (row.id, row.has_plan, row.purpose, row.measure, row.next) == ("b", True, False, True, ON)


def test_a_day_of_its_own_goes_before_the_one_that_was(store):
    planned(store)
    go_on(store, record=answering(TESS, plan_followup="2027-01-11", **LATER))
    assert only(store).next == date(2027, 1, 11)


def test_the_next_day_of_the_last_follow_up_holds_for_the_renewal_and_a_closed_leave_begins_anew(store, clock):
    planned(store)
    clock.instant = datetime(2026, 12, 14, 9, tzinfo=UTC)
    store.followups.finish(FollowUp(id="f", case="a", on=ON, next_day="2027-01-11"), 0, [])
    go_on(store)
    assert (only(store).next, only(store).followed_up) == (date(2027, 1, 11), ON)
    store.followups.finish(FollowUp(id="g", case="b", on=ON, outcome=Outcome.BACK), 0, [])
    assert (only(store).next, only(store).ended) == (None, True)
    store.followups.close("b", "Kort sjukskrivning")
    go_on(store, case="c", of="b")
    assert (only(store).has_plan, only(store).next) == (False, None)


# The plan in force


@pytest.mark.parametrize(
    ("answers", "holds"),
    [
        ({"plan.purpose": "Åter i arbete"}, (True, True)),
        ({"plan.measures": ()}, (False, False)),
        ({"plan.measures": (), "plan.none_needed": True}, (False, True)),
    ],
)
def test_what_the_plan_in_force_holds_is_known(store, answers, holds):
    version = planned(store, **answers)
    row = only(store)
    assert (row.purpose, row.measure) == holds
    changed = answering(TESS, plan_purpose="Åter", plan_measures=(Measure(what="Samtal"),))
    new = document(DocumentKind.PLAN, name="p2").changed(answers=changed.answers)
    store.sign("a", store.save_case("a", changed, version), [(new, b"")], [])
    assert (only(store).purpose, only(store).measure) == (True, True)


# Days that somebody has set


def test_dates_that_were_set_for_days_of_the_law_are_known_while_they_are_planned(store):
    version = planned(store)
    stops = (
        Stop(day=30, status="planned", due=date(2026, 12, 10)),
        Stop(day=15, status="done", due=date(2026, 12, 1)),
        Stop(day=91, status="planned"),
    )
    store.save_case("a", TESS.changed(stops=stops), version)
    assert only(store).set_days == (date(2026, 12, 10),)


# What is open


def test_open_are_the_drafts_and_what_runs_or_is_to_be_followed_up_latest_change_first(store, clock):
    planned(store)
    go_on(store)
    store.save_case("draft", TESS, 0)
    assert [row.id for row in store.open_cases(date(2026, 12, 20))] == ["draft", "b", "a"]
    assert [row.id for row in store.open_cases(date(2026, 12, 21))] == ["draft", "b"]
    clock.instant = datetime(2026, 12, 14, 9, tzinfo=UTC)
    store.followups.finish(FollowUp(id="f", case="a", on=ON, next_day="2027-02-11"), 0, [])
    assert [row.id for row in store.open_cases(date(2027, 2, 11))] == ["draft", "a"]
    assert log_of(store)[-1]["activityType"] == "Lista"


# A store of before

VERSION_6 = """
DROP INDEX cases_due; DROP INDEX cases_found;
ALTER TABLE cases DROP COLUMN purpose; ALTER TABLE cases DROP COLUMN measure; ALTER TABLE cases DROP COLUMN set_days;
CREATE INDEX cases_watched ON cases (id, form, days_before, first_day, last_day, followup, has_plan, periods, signed_at)
  WHERE signed_at IS NOT NULL;
CREATE INDEX cases_listed ON cases (change, id, signed_at, has_plan, followup, form, search);
PRAGMA user_version=6;
"""


def test_a_store_of_version_6_knows_afterwards_what_its_plans_hold_and_which_days_were_set(folder):
    made = new_store(folder)
    version = planned(made, **{"plan.purpose": "Åter i arbete"})
    made.save_case("a", TESS.changed(stops=(Stop(day=30, status="planned", due=date(2026, 12, 10)),)), version)
    made.save_case("draft", TESS, 0)
    before = made.open_case("a"), made.followups.watched(ON)
    made.close()
    connection = connect(folder / DATABASE, secret_of(folder))
    connection.executescript(VERSION_6)
    connection.close()
    store = reopened(folder)
    assert (store.open_case("a"), store.followups.watched(ON)) == before
    assert (only(store).purpose, only(store).measure, only(store).set_days) == (True, True, (date(2026, 12, 10),))
    store.close()
    connection = connect(folder / DATABASE, secret_of(folder))
    assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'index'")}
    connection.close()
    assert {"cases_due", "cases_found"} <= names
    assert not names & {"cases_watched", "cases_listed"}
