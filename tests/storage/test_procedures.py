"""KVÅ codes read a part at a time, counted, held against what should have given them, and let out of the program."""

import contextlib
from datetime import UTC, date, datetime, timedelta

import pytest

from fmstod.domain.code_page import PAGE, Receiver
from fmstod.domain.document import DocumentKind
from fmstod.domain.lifecycle import Relation
from fmstod.domain.patient import Patient
from fmstod.domain.procedure import Contact, Coverage, Procedure, counts
from fmstod.errors import CannotWrite, NotAllowed
from tests.storage.sample import CERTIFICATE, DV077, PLAN, TESS, document, log_of
from tests.storage.test_followups import AW026, FIRST, ON, next_plan, planned

NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))
CALL = Procedure(code="GC001", on=ON, source="k", contact=Contact.EMPLOYER, minutes=20)


def coverage(store, first=None, last=None):
    return store.procedures.sums(first, last)[1]


def calls(store, number, case="a"):
    for n in range(number):
        on = ON + timedelta(days=n % 40)
        store.procedures.register(case, CALL.changed(source=f"{case}{n}", on=on))


def signed(store, case, record=TESS):
    """A case with its certificate and nothing else."""
    certificate = document(name=f"d{case}", patient=record.patient)
    store.sign(case, store.save_case(case, record, 0), [(certificate, b"")], [])


# A part at a time


def test_the_parts_are_all_of_the_days_the_latest_first_and_each_once(store):
    planned(store)
    calls(store, PAGE + 10)
    parts = [store.procedures.page(None, None, start).codes for start in (0, PAGE, 2 * PAGE)]
    assert [len(part) for part in parts] == [PAGE, 11, 0]
    every = [*parts[0], *parts[1]]
    assert {each.id for each in every} == {each.id for each in store.procedures.between()}
    assert [each.on for each in every] == sorted((each.on for each in every), reverse=True)


def test_what_a_part_shows_is_logged_and_what_it_does_not_show_is_not(store):
    planned(store)
    calls(store, PAGE)
    signed(store, "b")
    store.procedures.register("b", CALL.changed(on=date(2026, 1, 1)))
    page = store.procedures.page(None, None)
    assert set(page.named) == {"a"}
    assert [each["patient"] for each in log_of(store)[-1]["resources"]] == ["a"]


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [(None, ON, 2), (ON, None, 1), (ON, ON, 1), (ON + timedelta(1), None, 0), (None, ON - timedelta(1), 1)],
)
def test_both_days_are_included(store, first, last, found):
    planned(store)
    store.procedures.register("a", CALL)
    assert len(store.procedures.page(first, last).codes) == found
    assert sum(each.count for each in store.procedures.sums(first, last)[0]) == found


def test_the_sums_are_those_of_the_codes_themselves(store):
    planned(store)
    calls(store, 45)
    for each in store.procedures.between()[5:15]:
        store.procedures.revoke(each.id, "fel")
    rows = len(log_of(store))
    assert list(store.procedures.sums(None, None)[0]) == list(counts(store.procedures.between()))
    assert len(log_of(store)) == rows + 1  # reading them all is logged, counting them isn't


def test_a_clock_that_was_set_back_hides_nothing(store):
    planned(store)
    store.procedures.register("a", CALL)
    store.procedures.register("a", CALL.changed(source="l", on=date(2021, 1, 1)))
    assert [each.on.year for each in store.procedures.page(None, None).codes] == [2026, 2026, 2021]
    assert [each.month for each in store.procedures.sums(None, None)[0]] == ["2021-01", "2026-11", "2026-12"]


# What should have a code, and what has


def test_a_signed_plan_and_a_follow_up_that_is_done_have_their_codes(store):
    planned(store)
    store.followups.finish(FIRST, 0, [AW026])
    assert coverage(store) == Coverage(
        plans=1, plans_coded=1, plans_followed=1, followups=1, followups_coded=1, made=1, coordinated=0
    )


def test_a_new_version_and_a_renewal_are_the_same_plan(store):
    next_plan(store, planned(store), plan_goal="Tillbaka i februari")
    store.lives.begin("b", TESS, Relation.RENEWS, "a")
    plan = document(DocumentKind.PLAN, name="p3")
    store.sign("b", 1, [(document(name="d2"), b""), (plan, b"")], [DV077.changed(source="p3")])
    store.followups.finish(FIRST.changed(case="b"), 0, [AW026])
    found = coverage(store)
    assert (found.plans, found.plans_coded, found.plans_followed) == (1, 1, 1)


def test_a_code_that_was_a_mistake_covers_nothing_until_it_is_recorded_anew(store):
    version = planned(store)
    store.followups.finish(FIRST, 0, [AW026])
    for each in store.open_case("a").procedures:
        store.procedures.revoke(each.id, "fel")
    found = coverage(store)
    assert (found.plans, found.plans_coded, found.followups, found.followups_coded, found.made) == (1, 0, 1, 0, 0)
    next_plan(store, version, plan_goal="mer")
    assert coverage(store).plans_coded == 1


def test_what_was_done_without_a_code_is_told(store):
    """The code may not hold on that day; then there is a plan and a follow-up and nothing recorded."""
    planned(store, codes=())
    store.followups.finish(FIRST, 0, [])
    found = coverage(store)
    assert (found.plans, found.plans_coded, found.followups, found.followups_coded) == (1, 0, 1, 0)


@pytest.mark.parametrize(
    ("at", "counted"),
    [
        ("2026-10-31T22:59:59", 0),
        ("2026-10-31T23:00:00", 1),
        ("2026-11-30T22:59:59", 1),
        ("2026-11-30T23:00:00", 0),
    ],
)
def test_a_plan_belongs_to_the_day_on_which_it_was_signed_in_sweden(store, at, counted):
    signed = PLAN[0].changed(signed_at=datetime.fromisoformat(at).replace(tzinfo=UTC))
    planned(store, documents=(CERTIFICATE, (signed, b"")))
    assert coverage(store, *NOVEMBER).plans == counted


def test_a_follow_up_before_the_plan_has_not_followed_it_up(store):
    version = planned(store, documents=(CERTIFICATE,), codes=())
    store.followups.finish(FIRST, 0, [AW026])
    late = PLAN[0].changed(signed_at=datetime(2027, 1, 1, tzinfo=UTC))
    store.sign("a", version, [(late, b"")], [DV077])
    assert coverage(store).plans_followed == 0


def test_a_patient_is_counted_once_by_their_number_and_without_one_by_the_case(store):
    nobody = TESS.changed(patient=Patient(name="Utan nummer"))
    for case, record in (("a", TESS), ("b", TESS), ("c", nobody), ("d", nobody)):
        signed(store, case, record)
        calls(store, 2, case)
    assert coverage(store).coordinated == 3


@pytest.mark.parametrize("days", [(date.min, date.max), (date(1, 1, 1), None), (None, date(9999, 12, 31))])
def test_days_at_the_calendars_ends_are_counted_too(store, days):
    planned(store)
    assert coverage(store, *days).plans == 1


# Out of the program


def test_what_leaves_is_logged_with_its_receiver_and_every_case(store):
    planned(store)
    got = []

    @contextlib.contextmanager
    def way(found, named):
        yield
        got.append(([each.code for each in found], {case: each.name for case, each in named.items()}))

    store.procedures.leave(None, None, Receiver.REGION, way)
    store.procedures.leave(None, None, Receiver.JOURNAL, way, copied=True)
    assert got == [(["DV077"], {"a": TESS.patient.name})] * 2
    told = [(row["activityType"], row["recipient"], row["resources"][0]["patient"]) for row in log_of(store)[-2:]]
    assert told == [("Export", "region", "a"), ("Kopiera", "journal", "a")]


def test_what_cannot_be_written_is_logged_as_failed(store, tmp_path):
    planned(store)

    @contextlib.contextmanager
    def way(_found, _named):
        raise CannotWrite(path=tmp_path)
        yield

    with pytest.raises(CannotWrite):
        store.procedures.leave(None, None, Receiver.JOURNAL, way)
    assert (log_of(store)[-1]["activityType"], log_of(store)[-1]["outcome"]) == ("Export", "fel")


# Mistakes


def test_of_two_windows_that_take_the_same_code_back_the_second_is_refused_and_the_first_reason_stays(store):
    planned(store)
    (code,) = store.open_case("a").procedures
    store.procedures.revoke(code.id, "fel patient")
    with pytest.raises(NotAllowed):
        store.procedures.revoke(code.id, "fel dag")
    assert store.procedures.page(None, None).codes[0].revoked.reason == "fel patient"


def test_a_contact_that_was_a_mistake_is_recorded_anew_as_another(store):
    planned(store)
    store.procedures.register("a", CALL)
    store.procedures.revoke(store.procedures.page(ON, ON).codes[0].id, "fel minuter")
    store.procedures.register("a", CALL)  # the same contact, told again after a crash
    store.procedures.register("a", CALL.changed(source="l", minutes=30))
    assert [(each.minutes, each.revoked is None) for each in store.procedures.between(ON, ON)] == [
        (20, False),
        (30, True),
    ]
