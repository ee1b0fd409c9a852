"""The engine against an oracle that counts day by day, and what always holds (sickleave.md 1.4, 1.5)."""

import json
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fmstod.commands import sickleave
from fmstod.domain.period import DEGREES, Period
from fmstod.sickleave.cases import REHABSTOD_GAP, Certificate, cases_of, prevailing, sick_days
from fmstod.sickleave.chain import CHAIN_GAP, chain_at, chains_of
from fmstod.sickleave.counts import count
from fmstod.sickleave.days import union
from fmstod.sickleave.leave_file import read_leave
from tests.sickleave import oracle

CASES = 10_000
DAY = timedelta(1)


def period(first, last, degree=100):
    return Period(degree=degree, first=date.fromisoformat(first), last=date.fromisoformat(last))


def certificate(name, *periods, signed="2026-01-01"):
    return Certificate(id=name, signed=datetime.fromisoformat(signed), periods=periods)


AUTUMN = certificate("h", period("2025-11-01", "2025-11-20"), signed="2025-11-01")
JANUARY = certificate("a", period("2026-01-01", "2026-01-14"))
LATER = certificate("b", period("2026-01-18", "2026-01-31"), signed="2026-01-17")


def test_the_worked_example_gives_28_30_31_and_48():
    found = count([LATER, AUTUMN, JANUARY], date(2026, 1, 31))
    assert {rule.value: days for rule, days in found.days.items()} == {"D1": 28, "D2": 30, "D3": 31, "D4": 48}


def made_up(random):
    """Certificates of one patient: nested, overlapping, touching, at the edges of every rule, over leap days."""
    begin = random.choice(
        [date(2023, 12, 20), date(2024, 2, 20), date(2027, 10, 1), date(2100, 2, 10), date(2000, 1, 1)]
    )
    at, rows = begin, []
    for number in range(random.randint(0, 6)):
        periods = []
        for _ in range(random.randint(0 if random.random() < 0.05 else 1, 3)):
            if random.random() < 0.4:
                at += random.choice([0, 1, 5, 6, 7, 20, 89, 90, 91, 92, random.randint(0, 40)]) * DAY
            else:
                at += random.randint(-30, 10) * DAY
            length = random.choice([1, 2, 7, 14, 28, random.randint(1, 45), 200 if random.random() < 0.1 else 30])
            last = at + (length - 1) * DAY
            periods.append({"from": f"{at}", "to": f"{last}", "degree": random.choice(DEGREES)})
            at = random.choice([last + DAY, last, at])
        instant = f"2026-01-0{random.randint(1, 4)}T0{random.randint(0, 2)}:00:00+0{random.randint(0, 1)}:00"
        rows.append({"id": f"c{number}", "signed": instant, "periods": periods})
    random.shuffle(rows)
    before = random.choice([0, 0, 1, 60, 89, 90, 91, 150, 180, 340, 365, 366, 520, 549, 550])
    return {"certificates": rows, "days_before": before}, begin + random.randint(-5, 200) * DAY


def as_told(content, on, gap):
    said = sickleave.plain(sickleave.answer(read_leave(json.dumps(content).encode()), on, gap))
    for case in said["cases"]:
        case["certificates"] = set(case["certificates"])
    return said | {"milestones": [(each["day"], each["date"]) for each in said["milestones"]]}


def test_ten_thousand_made_up_patients_are_counted_as_one_by_one():
    random = Random(27_51)
    seen = {"milestones": 0, "chains": 0, "quarters": 0, "cases": 0}
    for _ in range(CASES):
        content, on = made_up(random)
        gap = random.choice([0, 1, 4, REHABSTOD_GAP, REHABSTOD_GAP, 6, 30, 89, 90, 91])
        said = as_told(content, on, gap)
        assert said == oracle.answer(content, on, gap), (content, on, gap)
        seen["milestones"] += len(said["milestones"])
        seen["chains"] += said["chain_day"] is not None
        seen["quarters"] += any(case["net_days"] % 1 for case in said["cases"])
        seen["cases"] += len(said["cases"]) > 2
    assert all(number > CASES / 20 for number in seen.values()), seen


days = st.dates(date(2023, 6, 1), date(2024, 12, 31))
periods = st.builds(
    lambda first, more, degree: Period(degree=degree, first=first, last=first + more * DAY),
    days,
    st.integers(0, 60),
    st.sampled_from(DEGREES),
)
certificates = st.lists(
    st.builds(
        Certificate,
        id=st.sampled_from("abcdef"),
        signed=st.datetimes(datetime(2024, 1, 1), datetime(2024, 1, 3)),
        periods=st.lists(periods, max_size=3).map(tuple),
    ),
    max_size=6,
)


@given(certificates, st.data(), days)
def test_the_order_in_which_they_come_never_matters(given_ones, data, on):
    other = data.draw(st.permutations(given_ones))
    one, two = count(given_ones, on), count(other, on)
    assert (one.days, one.planned) == (two.days, two.planned)
    ones, twos = cases_of(given_ones), cases_of(other)
    assert [(c.days, c.stretches) for c in ones] == [(c.days, c.stretches) for c in twos]


@given(certificates, st.data(), days)
def test_a_certificate_inside_the_others_changes_no_length(given_ones, data, on):
    inside = [p for each in given_ones for p in each.periods]
    if not inside:
        return
    whole = data.draw(st.sampled_from(inside))
    first, last = sorted(whole.first + data.draw(st.integers(0, whole.days - 1)) * DAY for _ in range(2))
    one_more = Certificate(
        id="x", signed=datetime(2025, 1, 1, tzinfo=UTC), periods=(Period(degree=25, first=first, last=last),)
    )
    before, after = count(given_ones, on), count([*given_ones, one_more], on)
    assert (before.days, before.planned) == (after.days, after.planned)
    assert [case.days for case in cases_of(given_ones)] == [case.days for case in cases_of([*given_ones, one_more])]


@given(certificates)
def test_a_case_that_is_over_has_no_more_sick_days_than_calendar_days(given_ones):
    for case in cases_of(given_ones):
        found = count(given_ones, case.end)
        assert found.days["D1"] <= found.days["D3"] == found.days["D2"] + 1
        assert found.days["D1"] <= found.days["D4"]


@given(certificates, st.integers(0, 100))
def test_a_wider_gap_never_gives_more_cases(given_ones, gap):
    assert len(cases_of(given_ones, gap + 1)) <= len(cases_of(given_ones, gap))


@given(certificates)
def test_the_degrees_cover_the_sick_days_and_no_other(given_ones):
    held = prevailing(given_ones)
    assert union((s.first, s.last) for s in held).runs == sick_days(given_ones).runs
    assert sum(s.last - s.first + 1 for s in held) == sick_days(given_ones).count
    assert [s for case in cases_of(given_ones, CHAIN_GAP) for s in case.stretches] == list(held)


def apart(days_between, other="2026-03-01"):
    """Two certificates with so many days strictly between them."""
    begins = date.fromisoformat(other)
    ended = begins - (days_between + 1) * DAY
    return [certificate("a", period(f"{ended - 9 * DAY}", f"{ended}")), certificate("b", period(other, "2026-03-31"))]


@pytest.mark.parametrize(("between", "cases"), [(0, 1), (5, 1), (6, 2)])
def test_five_empty_days_join_a_case_and_six_do_not(between, cases):
    assert len(cases_of(apart(between))) == cases


@pytest.mark.parametrize(("between", "chains"), [(89, 1), (90, 2)])
def test_fewer_than_ninety_days_join_a_chain(between, chains):
    assert len(chains_of(sick_days(apart(between)))) == chains


def test_a_short_certificate_inside_a_long_one_ends_nothing():
    long_one = certificate("a", period("2026-01-01", "2026-03-31"))
    short = certificate("b", period("2026-01-05", "2026-01-08"))
    after = certificate("c", period("2026-04-02", "2026-04-10"))
    assert len(cases_of([long_one, short, after])) == 1


def test_the_degree_signed_last_holds_and_of_two_signed_at_once_the_higher():
    full = certificate("a", period("2026-01-01", "2026-01-10"))
    half = certificate("b", period("2026-01-03", "2026-01-04", 50), signed="2026-01-02")
    quarter = certificate("c", period("2026-01-09", "2026-01-12", 25), signed="2026-01-01")
    (case,) = cases_of([full, half, quarter])
    assert case.by_degree == {100: 8, 50: 2, 25: 2}
    assert [case.degree(date(2026, 1, day)) for day in (1, 3, 9, 11, 13)] == [100, 50, 100, 25, None]


def test_one_and_the_same_instant_is_the_same_in_every_zone():
    one = certificate("a", period("2026-01-01", "2026-01-01", 25), signed="2026-01-01T12:00:00+01:00")
    two = certificate("b", period("2026-01-01", "2026-01-01", 75), signed="2026-01-01T11:00:00+00:00")
    assert [s.degree for s in prevailing([one, two])] == [75]


def test_a_chain_goes_on_for_ninety_days_after_its_last():
    chains = chains_of(sick_days([AUTUMN]))
    assert chain_at(chains, date(2025, 10, 31)) is None
    assert chain_at(chains, date(2025, 11, 20) + 90 * DAY)
    assert chain_at(chains, date(2025, 11, 20) + 91 * DAY) is None


def test_the_end_of_the_calendar_is_no_obstacle():
    last = certificate("a", period("9999-12-01", "9999-12-31"))
    found = count([last], date(9999, 12, 31))
    assert found.days == {"D1": 31, "D2": 30, "D3": 31, "D4": 31}
