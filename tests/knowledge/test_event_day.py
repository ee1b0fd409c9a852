"""Days counted from an operation or a discharge, against a count of every single day."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from fmstod.domain.consultation import Consultation, Earlier
from fmstod.domain.period import DayCounts, Period, covered_days
from fmstod.domain.recommendation import Limit, asks_reason, event_key, offers_reason
from fmstod.files import read_library
from fmstod.knowledge import comparison
from fmstod.knowledge.advise import advise
from fmstod.knowledge.comparison import Outcome, compare, day_matters
from fmstod.texts import catalogue

LIBRARY, PHRASES = read_library(), catalogue()
FIRST = date(2026, 11, 23)
LONG_BEFORE = 120  # days before the plan, more than any earlier days here
WORSE = {  # what a physician has to explain, the least first
    Outcome.BEFORE_EVENT: 0, Outcome.SHORTER: 0, Outcome.WITHIN: 0,
    Outcome.UNKNOWN_AFTER_EVENT: 1, Outcome.UNKNOWN_EARLIER: 1,
    Outcome.LONGER_THAN_2020: 2, Outcome.OVER: 2,
}  # fmt: skip


def plus(days):
    return FIRST + timedelta(days)


@st.composite
def cases(draw):
    """A plan from FIRST on, and earlier sick leave: none, unanswered, a number, since a day or not."""
    parts = draw(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 25)), min_size=1, max_size=3))
    periods, at = [], 0
    for gap, length in parts:
        at += gap if periods else 0
        periods.append(Period(degree=100, first=plus(at), last=plus(at + length - 1)))
        at += length
    earlier = draw(st.one_of(st.none(), st.just(0), st.integers(1, 40)))
    back = draw(st.one_of(st.none(), st.integers(max(earlier or 1, 1), 60))) if earlier != 0 else None
    since = None if back is None else plus(-back)
    return DayCounts(planned=covered_days(periods), earlier=earlier, periods=tuple(periods), since=since)


events = st.integers(-90, 90).map(plus)


def days_of(period):
    return {period.first + timedelta(n) for n in range(period.days)}


def counted(case, event):
    """Fewest and most days on or after the event, of all ways that the earlier days can lie before the plan."""
    planned = len({day for p in case.periods for day in days_of(p) if day >= event})
    back = (FIRST - case.since).days if case.since else LONG_BEFORE
    room = [plus(-n) for n in range(back, 0, -1)]
    if case.earlier is None:
        return planned, planned + sum(day >= event for day in room)
    soonest, latest = room[: case.earlier], room[len(room) - case.earlier :]
    return planned + sum(day >= event for day in soonest), planned + sum(day >= event for day in latest)


@given(cases(), events)
def test_days_from_an_event_are_those_that_lie_on_or_after_it_wherever_the_earlier_ones_lie(case, event):
    assert case.from_day(event) == counted(case, event)


@given(cases(), events, st.integers(1, 90))
def test_the_day_that_a_time_after_an_event_allows_last_is_found_by_walking_day_by_day(case, event, bound):
    least, most = counted(case, event)
    planned = {day for p in case.periods for day in days_of(p)}
    before = least - sum(day >= event for day in planned)
    found = case.reached(event, bound)
    if least != most or bound <= before:
        assert found is None
        return
    day, left = max(event, FIRST), bound - before
    while True:
        left -= day in planned or day > max(planned)
        if not left:
            break
        day += timedelta(1)
    assert found == day


def after(bound, event=None, *, rechecked=None, **values):
    known = {"entry": 1, "title": "Sjukdom", "dated": date(2017, 1, 1), "retrieved": date(2020, 4, 2), "sure": True}
    known |= {"days": None, "kind": "at_most", "counts_from": "operation", "rechecked": rechecked}
    return Limit(after_event=bound, event=event, **{**known, **values})


@given(cases(), events, st.integers(1, 90), st.sampled_from([None, date(2026, 9, 26)]))
@example(DayCounts(planned=10, earlier=10, periods=(Period(degree=50, first=FIRST, last=plus(9)),)), plus(-5), 12, None)
def test_with_the_day_known_the_comparison_says_what_holds_wherever_the_earlier_days_lie(case, event, bound, rechecked):
    fewest, most = counted(case, event)
    found = compare(case, after(bound, event, rechecked=rechecked))
    if fewest > bound:
        assert found is (Outcome.OVER if rechecked else Outcome.LONGER_THAN_2020)
    elif most > bound:
        assert found is (Outcome.UNKNOWN_EARLIER if case.earlier is None else Outcome.UNKNOWN_AFTER_EVENT)
    else:
        assert found is (Outcome.WITHIN if most else Outcome.BEFORE_EVENT)
    assert asks_reason((after(bound, event),), case) is (fewest > bound)


limits = st.builds(
    dict,
    bound=st.integers(1, 90),
    rechecked=st.sampled_from([None, date(2026, 9, 26)]),
    days=st.one_of(st.none(), st.integers(1, 90)),
    least=st.one_of(st.none(), st.integers(1, 30)),
)


def of(values, event=None):
    """As the matching makes it: a time from the first day stands beside only if it is the larger."""
    days = values["days"] if values["days"] and values["days"] > values["bound"] else None
    ranged = values["least"] is not None and values["least"] < values["bound"]
    kind, least = ("range", values["least"]) if ranged else ("at_most", None)
    return after(event=event, **{**values, "days": days, "kind": kind, "least": least})


@given(cases(), events, st.integers(0, 60), limits)
def test_a_later_event_never_makes_it_worse(case, event, later, values):
    before = compare(case, of(values, event))
    assert WORSE[compare(case, of(values, event + timedelta(later)))] <= WORSE[before]


@given(cases(), limits)
def test_without_the_day_nothing_is_called_longer_but_on_condition_that_it_was_the_first(case, values):
    limit = of(values)
    found = compare(case, limit)
    assert found not in (Outcome.OVER, Outcome.LONGER_THAN_2020)
    assert not asks_reason((limit,), case)
    assert " över " not in comparison.sentence(found, case, limit, PHRASES)
    longer = case.total is not None and case.total > max(limit.days or 0, limit.after_event)
    assert (found is Outcome.LONGER_IF_FIRST) is longer
    assert offers_reason((limit,), case) is longer


@given(cases(), limits)
def test_what_is_longer_on_condition_is_longer_once_the_event_is_known_to_have_been_the_first_day(case, values):
    assume(case.earlier == 0)
    first = compare(case, of(values, FIRST))
    assert (compare(case, of(values)) is Outcome.LONGER_IF_FIRST) is (WORSE[first] == 2)


@given(cases(), events, limits)
def test_the_day_is_asked_for_where_some_day_would_change_what_is_said(case, event, values):
    limit = of(values)
    without, known = compare(case, limit), compare(case, of(values, event))
    if not day_matters(limit, case) and known is not Outcome.BEFORE_EVENT:
        assert WORSE[known] == WORSE[without] == 0


@given(cases(), events, limits)
def test_every_comparison_has_whole_words(case, event, values):
    for limit in (of(values), of(values, event)):
        words = comparison.sentence(compare(case, limit), case, limit, PHRASES)
        assert words.endswith(".")
        assert not {"{", "}"} & set(words)
        assert "-" not in words.replace(event.isoformat(), "")  # no day is negative


def said(case, limit):
    return comparison.sentence(compare(case, limit), case, limit, PHRASES)


PLAN = DayCounts(planned=42, earlier=0, periods=(Period(degree=100, first=FIRST, last=plus(41)),))


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (None, "42 dagar är 21 dagar längre än uppgiften från 2020, 3 veckor (21 dagar), om operationen var första dagen. FMB räknar från operationen."),
        (FIRST, "42 dagar från operationen 2026-11-23 är 21 dagar längre än uppgiften från 2020, 3 veckor (21 dagar)."),
        (plus(-3), "42 dagar från operationen 2026-11-20 är 21 dagar längre än uppgiften från 2020, 3 veckor (21 dagar)."),
        (plus(20), "22 dagar från operationen 2026-12-13 är 1 dag längre än uppgiften från 2020, 3 veckor (21 dagar)."),
        (plus(21), "21 dagar från operationen 2026-12-14 ryms i rekommendationens 3 veckor (21 dagar)."),
        (plus(42), "Alla dagar ligger före operationen 2027-01-04, FMB räknar från operationen."),
    ],
)  # fmt: skip
def test_the_sentence_tells_from_which_day_it_counts(event, words):
    assert said(PLAN, after(21, event)) == words


def test_where_it_isnt_known_which_earlier_days_came_after_the_operation_that_is_said():
    case = PLAN.changed(planned=14, periods=(Period(degree=100, first=FIRST, last=plus(13)),), earlier=14)
    assert said(case, after(21, plus(-10))) == (
        "Det är okänt hur många av de tidigare dagarna som kom efter operationen 2026-11-13."
    )
    assert said(case.changed(since=plus(-14)), after(21, plus(-10))) == (
        "24 dagar från operationen 2026-11-13 är 3 dagar längre än uppgiften från 2020, 3 veckor (21 dagar)."
    )


def test_over_is_said_of_a_rechecked_time_once_its_day_is_known():
    given = {"707:severity": "after_hospital_care", event_key(707, "discharge"): "2026-11-20"}
    (limit,) = advise(LIBRARY, ["U07.1"], given).limits
    case = DayCounts(planned=80, earlier=0, periods=(Period(degree=50, first=FIRST, last=plus(79)),))
    assert (
        said(case, limit)
        == "80 dagar från utskrivningen 2026-11-20 är 18 dagar över rekommendationens 2 månader (62 dagar)."
    )


LIGHT = {"294000:treatment.joint": "done.hip_replacement", "workload": "light"}


@pytest.mark.parametrize("typed", ["", "i julas", "2026-02-30", "9999-12-31", "0001-01-01", "2026-11-20 ", "x" * 5000])
def test_what_is_no_day_of_our_time_counts_as_not_known(typed):
    (limit,) = advise(LIBRARY, ["M16"], {**LIGHT, event_key(294000, "operation"): typed}).limits
    assert (limit.event, limit.after_event) == (None, 56)


def test_a_day_is_taken_for_its_own_entry_and_event_alone():
    for key in (event_key(295, "operation"), event_key(294000, "discharge"), "294000:event"):
        assert advise(LIBRARY, ["M16"], {**LIGHT, key: "2026-11-20"}).limits[0].event is None
    (limit,) = advise(LIBRARY, ["M16"], {**LIGHT, event_key(294000, "operation"): "2026-11-20"}).limits
    assert limit.event == date(2026, 11, 20)


def test_a_time_from_the_first_day_beside_that_after_an_operation_is_allowed_too():
    """A hernia that came back may take four weeks, also after an operation on the first day that has two."""
    given = {"110:treatment.done.laparoscopic_procedure": True, "workload": "high"}
    (limit,) = advise(LIBRARY, ["K40"], {**given, "110:course.relapse+incarcerated_hernia+complication": True}).limits
    assert (limit.days, limit.after_event, limit.sure) == (28, 14, True)
    (limit,) = advise(LIBRARY, ["K40"], given).limits
    assert (limit.days, limit.after_event, limit.sure) == (28, 14, False)


def test_while_the_load_isnt_known_the_longest_time_after_the_operation_is_the_limit():
    (limit,) = advise(LIBRARY, ["M16"], {"294000:treatment.joint": "done.hip_replacement"}).limits
    assert (limit.days, limit.after_event, limit.sure) == (None, 186, False)


def test_the_consultation_tells_where_its_days_lie():
    record = Consultation(earlier=Earlier(had=True, since=plus(-9), days=4))
    assert (record.day_counts.since, record.day_counts.periods) == (plus(-9), ())
