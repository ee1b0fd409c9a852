"""Whose facts, how old, who has looked at them: facts of entries F32 (508) and F43.8 (546), and the 180 days of M-07."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fmstod.domain.review import Review
from fmstod.files import read_library
from fmstod.knowledge import provenance
from fmstod.texts import catalogue

LIBRARY, PHRASES = read_library(), catalogue()
TODAY = date(2026, 11, 23)
FETCHED = date(2020, 4, 2)  # the export's day (fmb.md 0)


def found(code, **source):
    resolved = LIBRARY.resolve(code)
    entry = resolved.entry.changed(source=resolved.entry.source.changed(**source))
    return type(resolved)(resolved.asked, resolved.code, entry)


def review(entry, on=TODAY, by="Maja Testläkare"):
    return Review(entry=entry.fmb, content=entry.content, on=on, by=by)


def test_all_of_it_in_one_paragraph():
    said = provenance.source(found("F43.8A", checked=date(2026, 11, 24)), PHRASES)
    assert said == (
        "Socialstyrelsens FMB för F43.8, dit F43.8A hör. Gäller från 2017-01-30, hämtad 2020-04-02. "
        "Uppgift från 2020, ej jämförd med dagens sida, avläst två gånger mot källan 2026-11-24, "
        "ej granskad av läkare."
    )


def test_a_line_for_each_fact():
    assert provenance.lines(found("F32", checked=date(2026, 11, 24)), (), TODAY, PHRASES) == (
        "Socialstyrelsens FMB för F32.",
        "Gäller från 2017-01-30, hämtad 2020-04-02: uppgiften är 6 år gammal.",
        "Uppgift från 2020, ej jämförd med dagens sida.",
        "Avläst två gånger mot källan 2026-11-24.",
        "Ej granskad av läkare.",
    )


def test_what_was_compared_and_reviewed_says_by_whom_and_when():
    own = {"rechecked": date(2026, 1, 2), "reviewed": date(2026, 2, 3), "reviewed_by": "Maja Testläkare"}
    said = provenance.source(found("F32", **own), PHRASES)
    assert "Jämförd med källans sida 2026-01-02" in said
    assert said.endswith("granskad av Maja Testläkare 2026-02-03.")


def test_an_entry_that_nobody_has_read_says_so():
    assert "ej avläst mot källan" in provenance.source(found("F32", checked=None, checked_by=""), PHRASES)


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (FETCHED, "0 dagar"),
        (date(2020, 4, 3), "1 dag"),
        (date(2020, 6, 1), "60 dagar"),
        (date(2020, 6, 2), "2 månader"),
        (date(2021, 4, 2), "12 månader"),
        (date(2022, 4, 1), "23 månader"),
        (date(2022, 4, 2), "2 år"),
        (TODAY, "6 år"),
        (date(2019, 1, 1), "0 dagar"),  # a clock that is wrong
    ],
)
def test_age_counts_whole_units_from_the_day_of_fetching(today, said):
    assert provenance.age(found("F32", rechecked=None).entry.source, today, PHRASES) == said


@pytest.mark.parametrize(("days", "warned"), [(0, False), (180, False), (181, True)])
def test_facts_older_than_180_days_are_warned_of(days, warned):
    of = found("F32", rechecked=None).entry.source
    assert bool(provenance.warning(of, FETCHED + timedelta(days), PHRASES)) is warned


def test_age_and_warning_count_from_the_latest_comparison():
    of = found("F32", rechecked=TODAY - timedelta(100)).entry.source
    assert provenance.warning(of, TODAY, PHRASES) == ""
    assert provenance.age(of, TODAY, PHRASES) == "3 månader"
    assert provenance.warning(of, TODAY + timedelta(365), PHRASES) == (
        "Uppgiften jämfördes med källan för 15 månader sedan."
    )


def test_the_warning_names_year_age_and_that_nobody_compared():
    of = found("F32", rechecked=None).entry.source
    assert provenance.warning(of, TODAY, PHRASES) == ("Uppgift från 2020, 6 år gammal och ej jämförd med dagens sida.")


def test_a_review_holds_for_the_content_that_was_read_and_no_other():
    entry = found("F32").entry
    reviews = (review(entry),)
    assert provenance.review_state(entry, reviews, PHRASES) == "granskad av Maja Testläkare 2026-11-23"
    *kept, _ = entry.recommendation
    changed = entry.changed(recommendation=tuple(kept))
    assert provenance.review_of(changed, reviews) is None
    assert provenance.review_state(changed, reviews, PHRASES) == (
        "ändrad sedan Maja Testläkare granskade den 2026-11-23"
    )


def test_a_review_outlives_a_new_number_of_the_same_content_and_is_no_other_entrys():
    entry = found("F32").entry
    reviews = (review(entry),)
    assert provenance.review_of(entry.changed(fmb=999), reviews)
    assert provenance.review_state(found("F33").entry, reviews, PHRASES) == "ej granskad av läkare"


@given(st.dates(date(2019, 1, 1), date(2060, 1, 1)), st.none() | st.dates(date(2020, 4, 2), date(2060, 1, 1)))
def test_who_compares_never_makes_facts_older(today, rechecked):
    never, once = found("F32", rechecked=None).entry.source, found("F32", rechecked=rechecked).entry.source
    assert provenance.seen(once) >= provenance.seen(never)
    assert provenance.is_old(never, today) or not provenance.is_old(once, today)
