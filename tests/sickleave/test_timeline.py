"""What stands on the axis of days: bars by degree, marks, the window and the text that says the same."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from fmstod.dates import day_month
from fmstod.domain.leave import StillReduced, Stop
from fmstod.domain.period import DEGREES, Period
from fmstod.files import read_law
from fmstod.sickleave.cases import Certificate
from fmstod.sickleave.milestones import Standing, milestones, planned
from fmstod.sickleave.timeline import Bar, Kind, Mark, Zoom, marks_of, sentences, ticks, timeline, window
from fmstod.texts import catalogue
from tests.sickleave.test_engine import JANUARY, LATER, certificates, periods

TODAY = date(2026, 1, 20)
DAY = timedelta(1)
NEXT = Period(degree=25, first=date(2026, 1, 28), last=date(2026, 2, 10))
MARKS = [
    Mark(on=date(2026, 2, 20), kind=Kind.LIMIT, caption="8 veckor"),
    Mark(on=date(2026, 1, 16), kind=Kind.FOLLOW_UP, state="done"),
    Mark(on=date(2026, 2, 3), kind=Kind.FOLLOW_UP),
    Mark(on=TODAY, kind=Kind.STEP, caption="halva dagar"),
]


def said(shown):
    return sentences(shown, catalogue(), day_month)


def test_all_that_stands_on_the_axis_is_said_in_time_order():
    assert said(timeline(TODAY, [LATER, JANUARY], [NEXT], MARKS)) == [
        "1 januari till 14 januari: sjukskriven 100 %, 14 dagar.",
        "15 januari till 17 januari: utan intyg, 3 dagar.",
        "16 januari: uppföljning, gjord.",
        "18 januari till 27 januari: sjukskriven 100 %, 10 dagar.",
        "20 januari: i dag.",
        "20 januari: steg i planen, halva dagar.",
        "28 januari till 10 februari: planerad sjukskrivning 25 %, 14 dagar.",
        "3 februari: uppföljning.",
        "20 februari: gräns enligt FMB, 8 veckor.",
    ]


def test_one_day_is_said_as_one():
    one = Period(degree=50, first=TODAY, last=TODAY)
    assert said(timeline(TODAY, [], [one]))[0] == "20 januari: planerad sjukskrivning 50 %, 1 dag."


def test_the_days_of_the_law_are_marks_with_their_number_and_standing():
    rows = [Period(degree=100, first=date(2026, 1, 1), last=date(2026, 1, 31))]
    found = milestones(read_law(), planned(rows, 0), Standing(occupations=("NUVARANDE_ARBETE",)))
    marks = marks_of(found, catalogue(), TODAY)
    assert [mark.on for mark in marks] == [each.on for each in found]
    text = said(timeline(TODAY, [], rows, marks))
    assert "8 januari: lagen, dag 8, läkarintyg." in text
    assert "30 januari: lagen, dag 30, arbetsgivarens plan krävs inte, gäller inte." in text


def test_the_day_that_somebody_has_set_stands_beside_the_laws_own_until_it_is_done():
    rows = [Period(degree=100, first=date(2026, 1, 1), last=date(2026, 3, 31))]
    person = Standing(occupations=("NUVARANDE_ARBETE",))

    def text(**stop):
        found = milestones(read_law(), planned(rows, 0), person, [Stop(day=30, **stop)])
        return said(timeline(TODAY, [], rows, marks_of(found, catalogue(), TODAY)))

    assert "30 januari: lagen, dag 30, arbetsgivarens plan." in text(status="planned", due=date(2026, 1, 25))
    assert "25 januari: lagen, dag 30, ska vara klar." in text(status="planned", due=date(2026, 1, 25))
    assert "19 januari: lagen, dag 30, ska vara klar, försenad." in text(status="planned", due=date(2026, 1, 19))
    assert "ska vara klar" not in "".join(text(status="done", due=date(2026, 1, 25)))
    assert "ska vara klar" not in "".join(text(status="planned"))


def test_a_gap_that_is_marked_as_still_reduced_is_said_so_and_only_between_sick_days():
    marked = [StillReduced(first=first, last=first) for first in (date(2026, 1, 16), date(2026, 2, 5))]
    shown = timeline(TODAY, [JANUARY, LATER], reduced=marked)
    assert said(shown)[1:4] == [
        "15 januari: utan intyg, 1 dag.",
        "16 januari: utan intyg, fortsatt nedsatt, 1 dag.",
        "17 januari: utan intyg, 1 dag.",
    ]
    assert not any("februari" in each for each in said(shown)), "nobody knows what comes after the last"


def test_a_certificate_that_does_not_hold_is_shown_where_no_other_is_and_is_no_sick_leave():
    gone = [Period(degree=100, first=date(2026, 1, 1), last=date(2026, 1, 31))]
    shown = timeline(TODAY, [LATER], void=gone)
    assert "1 januari till 17 januari: intyg på 100 % som inte gäller längre, 17 dagar." in said(shown)
    assert [(bar.first.day, bar.last.day) for bar in shown.sick] == [(18, 31)]


def test_nothing_is_still_today():
    empty = timeline(TODAY, [])
    assert said(empty) == ["20 januari: i dag."]
    assert {window(empty, zoom) for zoom in Zoom} == {(date(2026, 1, 6), date(2026, 2, 16))}


def test_half_as_much_is_half_as_high():
    assert [Bar(first=TODAY, last=TODAY, degree=degree).height for degree in DEGREES] == [1, 0.75, 0.5, 0.25]


@given(certificates, st.lists(periods, max_size=3), st.dates(date(2023, 6, 1), date(2024, 12, 31)))
def test_each_day_of_sick_leave_is_in_one_bar_with_the_degree_that_holds(signed, draft, today):
    expected = {}
    for each in sorted(signed, key=lambda c: c.signed):
        mine = {}
        for at in (p.first + n * DAY for p in each.periods for n in range(p.days)):
            mine[at] = max(p.degree for p in each.periods if p.first <= at <= p.last)
        same = {other.signed for other in signed if other is not each} & {each.signed}
        if same:  # two that were signed at once are another test's
            return
        expected |= {at: (degree, False) for at, degree in mine.items()}
    for at in {p.first + n * DAY for p in draft for n in range(p.days)}:
        expected[at] = (max(p.degree for p in draft if p.first <= at <= p.last), True)
    shown = timeline(today, signed, draft)
    drawn = [(bar.first + n * DAY, (bar.degree, bar.planned)) for bar in shown.bars for n in range(bar.days)]
    assert dict(drawn) == expected
    assert [at for at, _ in drawn] == sorted(expected)


@given(certificates, st.dates(date(2023, 6, 1), date(2024, 12, 31)))
def test_a_wider_look_hides_nothing_that_a_closer_one_shows_of_the_case(signed, today):
    shown = timeline(today, signed)
    (first, last), (begun, ended) = window(shown, Zoom.CASE), window(shown, Zoom.ALL)
    assert begun <= first <= last <= ended or not shown.bars
    assert begun <= today <= ended
    assert all(begun < bar.first and bar.last < ended for bar in shown.bars)
    close = window(shown, Zoom.CLOSE)
    assert close[0] <= today <= close[1]
    assert (close[1] - close[0]).days == 41


def test_the_case_is_the_chain_of_today_without_days_of_the_law_that_it_does_not_reach():
    old = Certificate(
        signed=datetime(2024, 1, 1, tzinfo=UTC),
        periods=(Period(degree=100, first=date(2024, 1, 1), last=date(2024, 2, 1)),),
    )
    far = Mark(on=date(2027, 7, 1), kind=Kind.MILESTONE, caption="dag 550")
    shown = timeline(TODAY, [old, JANUARY, LATER], [NEXT], [*MARKS, far])
    assert window(shown, Zoom.CASE) == (date(2025, 12, 25), date(2026, 2, 27)), "a week beyond the limit"
    assert window(shown, Zoom.ALL) == (date(2023, 12, 25), date(2027, 7, 8))


@given(st.dates(date(1, 1, 1), date(9999, 12, 31)), st.integers(1, 80_000))
def test_the_axis_is_divided_in_so_many_parts_that_they_have_room(first, days):
    last = date.fromordinal(min(first.toordinal() + days - 1, date.max.toordinal()))
    found = ticks(first, last)
    assert list(found) == sorted(set(found))
    assert all(first <= each <= last for each in found)
    assert len(found) <= 24
    if (last - first).days > 12 * 366:
        return
    assert found or (last - first).days < 366
    assert all(each.weekday() == 0 for each in found) or all(each.day == 1 for each in found)


def test_the_calendar_has_an_end():
    last = Period(degree=100, first=date(9999, 12, 1), last=date(9999, 12, 31))
    shown = timeline(date(9999, 12, 31), [], [last])
    assert [window(shown, zoom)[1] for zoom in Zoom] == [date.max] * 3
    assert said(shown)
