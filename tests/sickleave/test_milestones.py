"""The law's days: their dates against counting one by one, and their facts against sickleave.md 4.1, 4.2 and 4.5."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fmstod.domain.leave import DaysBefore, Stop
from fmstod.domain.period import Period
from fmstod.files import read_law
from fmstod.sickleave.cases import Certificate, cases_of, sick_days
from fmstod.sickleave.chain import chain_at, chains_of
from fmstod.sickleave.days import Days, union
from fmstod.sickleave.groups import Standing
from fmstod.sickleave.milestones import Counted, Law, LawMark, milestones, of_case, planned, soon
from fmstod.sickleave.reached import reached

LAW = read_law()
MONDAY = date(2026, 11, 23)
DAYS = {mark.day for mark in LAW.mark}


def found(last, earlier=0, first=MONDAY, stops=()):
    plan = planned([Period(degree=100, first=first, last=last)], earlier)
    return {mark.day: mark for mark in milestones(LAW, plan, Standing(), stops)}


def test_the_law_has_the_seven_days_with_their_paragraphs():
    assert {8, 15, 30, 91, 181, 366, 550} == DAYS
    paragraph = {8: "8 §", 15: "27 kap. 17 §", 30: "30 kap. 6 §", 91: "27 kap. 47 §", 181: "27 kap. 48 §", 366: "49 §"}
    for day, said in paragraph.items():
        assert all(said in mark.source for mark in LAW.mark if mark.day == day)


def test_the_first_three_days_go_by_the_calendar_and_the_others_by_sick_days():
    assert {mark.day for mark in LAW.mark if mark.counts == "case"} == {8, 15, 30}


def test_each_day_says_something_to_physician_patient_and_employer_in_short_plain_sentences():
    for mark in LAW.mark:
        for said in (mark.physician, mark.patient, mark.employer):
            assert said.endswith(".")
            assert len(said) <= 200
            assert max(len(sentence.split()) for sentence in re.split(r"(?<=\.) ", said)) <= 22
            assert not re.search(r"förlora|varning|risk|måste|!", said, re.IGNORECASE)


def test_law_that_has_to_be_read_again_says_so():
    """sickleave.md 4.5: 27 kap. 46–49 §§ weren't read after mid-2025."""
    assert {mark.day for mark in LAW.mark if mark.uncertain} == {91, 181, 366, 550}
    assert all(mark.uncertain for mark in LAW.mark if mark.day >= 91 and mark.valid_to == date.max)


@pytest.mark.parametrize(
    ("on", "caption"),
    [
        (date(2021, 3, 14), None),
        (date(2021, 3, 15), "normalt förekommande arbete"),
        (date(2022, 8, 31), "normalt förekommande arbete"),
        (date(2022, 9, 1), "angiven yrkesgrupp"),
    ],
)
def test_day_181_reads_as_the_law_did_on_that_day(on, caption):
    mark = found(on, first=on - timedelta(180)).get(181)
    assert (mark.caption if mark else None) == caption


def test_exceptions_until_day_550_came_in_february_of_2022():
    def said(on):
        return found(on, first=on - timedelta(180))[181].physician

    assert "550" not in said(date(2022, 1, 31))
    assert "550" in said(date(2022, 2, 1))


def test_day_eight_of_a_case_that_begins_on_a_monday_is_the_next_monday():
    assert found(MONDAY + timedelta(41))[8].on == date(2026, 11, 30)


def test_the_employers_plan_is_asked_for_from_sixty_expected_days():
    short, long = found(MONDAY + timedelta(58))[30], found(MONDAY + timedelta(59))[30]
    assert (short.applies, short.status, long.applies, long.status) == (False, "exempt", True, "planned")
    assert "krävs inte" in short.caption
    assert "60 dagar" in short.reason
    assert (short.physician, short.patient, short.employer) == ("", "", "")
    assert found(MONDAY + timedelta(29), earlier=30).get(30) is None


def test_a_wording_that_was_not_yet_in_force_has_no_mark():
    assert 30 not in found(date(2018, 5, 1), first=date(2018, 3, 1))
    assert 30 in found(date(2018, 9, 1), first=date(2018, 6, 15))


def test_earlier_days_bring_later_marks_closer():
    assert found(MONDAY + timedelta(41), earlier=85)[91].on == MONDAY + timedelta(5)


def test_days_in_a_gap_do_not_count_in_the_chain_but_do_by_the_calendar():
    """Eighty sick days, thirty days without, then more: day 91 is the eleventh after the gap, not day 91 of the year."""
    one = Period(degree=100, first=date(2026, 1, 1), last=date(2026, 3, 21))
    two = Period(degree=50, first=date(2026, 4, 21), last=date(2026, 6, 30))
    marks = {m.day: m for m in milestones(LAW, planned([two, one], 0), Standing())}
    assert marks[91].on == date(2026, 5, 1)
    assert marks[30].on == date(2026, 1, 30)


def test_a_calendar_day_in_a_gap_is_told_as_no_sick_day():
    plan = [Period(degree=100, first=MONDAY, last=MONDAY + timedelta(5))]
    plan.append(Period(degree=100, first=MONDAY + timedelta(9), last=MONDAY + timedelta(20)))
    marks = {m.day: m for m in milestones(LAW, planned(plan, 0), Standing())}
    assert not marks[8].sick
    assert marks[15].sick
    assert not marks[91].sick


def test_the_case_and_the_chain_may_begin_on_different_days():
    """The worked example of sickleave.md 1.4: day 48 of the chain is day 31 of the case."""
    chain = union([(date(2025, 11, 1).toordinal(), date(2025, 11, 20).toordinal())]
                  + [(date(2026, 1, a).toordinal(), date(2026, 1, b).toordinal()) for a, b in ((1, 14), (18, 31))])  # fmt: skip
    marks = {m.day: m for m in milestones(LAW, Counted(date(2026, 1, 1), date(2026, 1, 31), chain), Standing())}
    assert marks[30].on == date(2026, 1, 30)
    assert marks[91].on == date(2026, 1, 31) + timedelta(91 - 48)


def test_what_somebody_has_set_goes_before_what_the_law_says():
    done = found(MONDAY + timedelta(90), stops=[Stop(day=30, status="done", due=date(2026, 12, 1))])[30]
    assert (done.status, done.due, done.on) == ("done", date(2026, 12, 1), MONDAY + timedelta(29))
    asked = found(MONDAY + timedelta(20), stops=[Stop(day=30, status="planned")])[30]
    assert (asked.status, asked.applies) == ("planned", False)


def test_nobody_is_exempt_without_a_reason():
    with pytest.raises(ValueError, match="needs a reason"):
        Stop(day=30, status="exempt", reason="  ")
    assert Stop(day=30, status="exempt", reason="Åter före dag 30.").reason


def test_soon_are_those_within_fourteen_days_that_are_not_done():
    marks = found(MONDAY + timedelta(200)).values()
    assert [m.day for m in soon(marks, MONDAY + timedelta(1))] == [8, 15]
    assert [m.day for m in soon(marks, MONDAY)] == [8, 15]
    assert [m.day for m in soon(marks, MONDAY - timedelta(1))] == [8]
    done = found(MONDAY + timedelta(200), stops=[Stop(day=8, status="done")]).values()
    assert [m.day for m in soon(done, MONDAY)] == [15]
    assert list(soon(found(MONDAY + timedelta(3)).values(), MONDAY)) == []


def test_a_case_at_the_end_of_the_calendar_has_no_days_beyond_it():
    assert set(found(date.max, first=date.max - timedelta(20))) == {8, 15}


def test_data_that_contradict_each_other_are_refused():
    mark = LAW.mark[0]
    with pytest.raises(ValueError, match="hold at once"):
        Law(mark=(mark, mark), groups=LAW.groups)
    with pytest.raises(ValueError, match="time order"):
        Law(mark=LAW.mark[::-1], groups=LAW.groups)
    with pytest.raises(ValueError, match="shorter case"):
        LawMark.model_validate({**mark.model_dump(), "least_days": 60})


@given(st.dates(date(2023, 1, 1), date(2090, 1, 1)), st.integers(1, 700), st.integers(0, 500))
def test_marks_agree_with_counting_the_days_one_by_one(first, days, earlier):
    slow, day = {}, first
    for number in range(earlier + 1, 800):
        if number in DAYS:
            slow[number] = day
        day += timedelta(1)
    assert {m.day: m.on for m in found(first + timedelta(days - 1), earlier, first).values()} == slow


@given(
    st.dates(date(2023, 1, 1), date(2040, 1, 1)),
    st.lists(st.tuples(st.integers(1, 120), st.integers(1, 89)), min_size=1, max_size=8),
    st.integers(0, 600),
)
def test_chain_days_agree_with_counting_sick_days_one_by_one(first, stretches, before):
    runs, day = [], first.toordinal()
    for length, gap in stretches:
        runs.append((day, day + length - 1))
        day += length + gap
    sick = [d for a, b in runs for d in range(a, b + 1)]
    sick += range(sick[-1] + 1, sick[-1] + 700)
    slow = {n: date.fromordinal(sick[n - before - 1]) for n in (91, 181, 366, 550) if n > before}
    marks = milestones(LAW, Counted(first, date.fromordinal(runs[-1][1]), Days(runs), before), Standing())
    assert {m.day: m.on for m in marks if m.counts == "chain"} == slow


@given(
    st.lists(st.tuples(st.integers(0, 900), st.integers(1, 200)), min_size=1, max_size=8),
    st.integers(0, 300),
    st.integers(0, 1100),
)
def test_milestones_of_certificates_are_the_days_that_the_engine_reaches_and_those_that_are_not(spans, before, seen):
    """The engine tells only sick days of the law; of milestones those are `sick`, and they lie on the same days."""
    start = date(2023, 1, 1)
    given = [
        Certificate(
            signed=datetime(2023, 1, 1, tzinfo=UTC),
            periods=(Period(degree=50, first=start + timedelta(a), last=start + timedelta(a + n - 1)),),
        )
        for a, n in spans
    ]
    on = start + timedelta(seen)
    case = next((case for case in cases_of(given) if case.active(on)), None)
    chain = chain_at(chains_of(sick_days(given)), on)
    if case and chain:
        chain = chain.after([DaysBefore(on=on, days=before)])
        marks = milestones(LAW, of_case(case, chain), Standing())
        engine = {each.day: each.on for each in reached(LAW.mark, case, chain)}
        assert {m.day: m.on for m in marks if m.sick and m.applies} == engine
