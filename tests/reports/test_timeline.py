"""The time-line of the plan: flags that never meet, names that never touch, and words for those who don't see it."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from fmstod.domain.period import Period
from fmstod.reports import tokens as t
from fmstod.reports.figures import SMALL, Event, Timeline
from fmstod.reports.typeface import width_of

START = date(2026, 11, 23)
LENGTHS = st.lists(st.tuples(st.integers(1, 400), st.sampled_from([100, 75, 50, 25])), min_size=1, max_size=4)
EVENTS = st.lists(
    st.tuples(st.integers(-30, 900), st.sampled_from(["Möte", "Nästa uppföljning", "Samtal " * 9])), max_size=12
)


def timeline(lengths, events):
    periods, first = [], START
    for days, degree in lengths:
        periods.append(Period(degree=degree, first=first, last=first + timedelta(days=days - 1)))
        first += timedelta(days=days)
    return Timeline(periods, [Event(START + timedelta(days=day), word) for day, word in events], t.WIDTH)


@given(LENGTHS, EVENTS)
def test_flags_never_meet_and_stay_on_the_page(lengths, events):
    line = timeline(lengths, events)
    boxes = []
    for flag in line.flags:
        wide = max(width_of(flag.when, t.STRONG, SMALL), width_of(flag.word, t.REGULAR, SMALL))
        left, right = flag.x + line.GAP, flag.x + line.GAP + wide
        assert flag.x >= 0
        assert right <= t.WIDTH + 0.01
        boxes.append((flag, left, right))
    for flag, left, right in boxes:
        for other, other_left, other_right in boxes:
            if other is not flag:
                assert flag.level != other.level or right <= other_left or other_right <= left
                # A pole goes down past every flag above its own.
                assert flag.level < other.level or flag is other or not other_left < flag.x < other_right


@given(LENGTHS, EVENTS)
def test_the_band_fits_the_width_and_shows_every_period(lengths, events):
    line = timeline(lengths, events)
    assert line.span <= t.WIDTH + 0.01
    assert line.last >= line.periods[-1].last
    days = [day for day, _ in line._ticks()]
    assert days == sorted(set(days))
    assert all(line.first <= day <= line.last for day in days)


def test_it_is_told_in_words():
    line = timeline([(28, 100), (14, 50)], [(22, "Läkare")])
    assert line.alt == (
        "Tidslinje. 100 procent från 2026-11-23 till och med 2026-12-20; "
        "50 procent från 2026-12-21 till och med 2027-01-03. 2026-12-15 Läkare."
    )


@given(LENGTHS, st.lists(st.tuples(st.integers(-400, 60), st.integers(0, 200)), max_size=12))
def test_earlier_certificates_begin_it_and_each_day_is_drawn_once(lengths, spans):
    earlier = [
        Period(degree=75, first=START + timedelta(days=at), last=START + timedelta(days=at + days))
        for at, days in spans
    ]
    periods = timeline(lengths, []).periods
    line = Timeline(periods, [], t.WIDTH, earlier)
    drawn = [day for p in line._before() for day in range(p.first.toordinal(), p.last.toordinal() + 1)]
    told = {day for p in earlier for day in range(p.first.toordinal(), p.last.toordinal() + 1)}
    assert drawn == sorted(day for day in told if day < START.toordinal())
    assert line.first == min([START, *(p.first for p in earlier)])
    assert line.span <= t.WIDTH + 0.01
    assert line.alt.count("tidigare intyg 75 procent") == sum(p.first < START for p in earlier)


def test_a_long_leave_is_named_by_months_then_by_years():
    assert [word for _, word in timeline([(42, 100)], [])._ticks()] == [f"v. {week}" for week in range(48, 54)]
    months = [word for _, word in timeline([(300, 100)], [])._ticks()]
    assert months[:4] == ["nov", "dec", "2027", "feb"]
    assert [word for _, word in timeline([(365 * 20, 100)], [])._ticks()][:2] == ["2026", "2028"]


def test_the_laws_days_have_a_sign_and_push_no_flag_aside():
    """They are told in words below the picture, not on it."""
    own = [Event(START + timedelta(days=22), "Läkare")]
    law = [Event(START + timedelta(days=day), f"dag {day + 1}", quiet=True) for day in (7, 14, 29, 400)]
    periods = [Period(degree=100, first=START, last=START + timedelta(days=41))]
    plain, marked = Timeline(periods, own, t.WIDTH), Timeline(periods, [*own, *law], t.WIDTH)
    assert marked.flags == plain.flags
    assert (marked.alt, marked.height) == (plain.alt, plain.height)
    assert marked.quiet == [START + timedelta(days=day) for day in (7, 14, 29)], "not beyond the axis"
