"""The times of an entry as shapes, held to what the source's text says (fmb.md 1.5, 6.6, 9.2; the export of 2020)."""

import pytest

from fmstod.files import read_library
from fmstod.knowledge import wording
from fmstod.knowledge.advise import Standing, advise
from fmstod.knowledge.entry import Kind
from fmstod.knowledge.spans import Shape, spans
from fmstod.texts import catalogue
from tests.knowledge.libraries import as_exported

LIBRARY, PHRASES = read_library(), catalogue()
MONTH, WEEK = 31, 7  # days, as Webcert counts (fmb.md 0)
ACUTE = {"546:course.acute_phase": True, "546:factor.reduced_cognition": False}


def of(code, library=LIBRARY, **conditions):
    (advice,) = advise(library, [code], conditions).entries
    return advice, spans(advice, PHRASES)


def shapes(code):
    return [(s.shape, s.first, s.last) for s in of(code)[1]]


def test_an_upper_bound_and_one_that_may_be_longer():
    assert shapes("F43.8A") == [(Shape.UP_TO, 0, 6 * MONTH), (Shape.OR_LONGER, 0, 12 * MONTH)]


def test_a_minimum_begins_at_its_number_and_a_range_lies_between_its_two():
    assert shapes("M05") == [
        (Shape.NOTHING, 0, 0),
        (Shape.UP_TO, 0, 3 * MONTH),
        (Shape.AT_LEAST, 3 * MONTH, 0),
        (Shape.BAND, 3 * MONTH, 6 * MONTH),
    ]


def test_what_has_no_number_is_words_alone_and_stands_last():
    assert shapes("C34")[1:] == [(Shape.WORDS, 0, 0)] * 3
    assert shapes("C34")[0] == (Shape.AT_LEAST, 8 * WEEK, 0)


def test_part_time_that_may_go_on_has_no_end():
    assert (Shape.OR_LONGER, 0, 6 * MONTH) in shapes("I63")


def test_an_addition_is_counted_with_what_it_extends():
    (entry,) = (e for e in LIBRARY.entries if any(r.id == 258 for r in e.recommendation))  # M54.4: another 3 weeks
    (added,) = (r for r in entry.recommendation if r.id == 258)
    (base,) = (r for r in entry.recommendation if r.id == added.adds_to)
    ends = [s.last for s in of(entry.codes_of(added)[0])[1]]
    assert base.read_days + 3 * WEEK in ends


def test_a_time_from_an_event_says_so():
    found = {s.words.partition(", räknat från ")[::2]: s.from_event for s in of("K40")[1]}
    counted = {time: event for time, event in found if event}
    assert set(counted) == {"Upp till 2 veckor"}
    assert found["Upp till 2 veckor", counted["Upp till 2 veckor"]] is True
    assert found["Upp till 3 veckor", ""] is False


def test_the_patients_own_is_ruling_and_the_others_are_excluded():
    _, found = of("F43.8A", **ACUTE)
    assert [(s.ruling, s.standing) for s in found] == [(True, Standing.APPLIES), (False, Standing.EXCLUDED)]


def test_what_a_narrower_recommendation_takes_the_place_of_is_excluded():
    tonsillectomy = {"23:severity": "severe", "23:treatment.done.tonsillectomy": True}
    advice, found = of("J02", **tonsillectomy)
    replaced = next(c for c in advice.candidates if c.recommendation.id == 26)  # a sore throat of any kind
    assert replaced.standing is Standing.APPLIES
    told = wording.kind(advice.resolved.entry, replaced.recommendation, PHRASES)
    assert next(s for s in found if s.words == told).standing is Standing.EXCLUDED
    assert [s.ruling for s in found].count(True) == 1


def test_an_entry_that_has_changed_at_its_source_has_none():
    assert of("M54.5", as_exported(LIBRARY))[1] == ()


@pytest.mark.parametrize("group", sorted({e.group for e in LIBRARY.entries}))
def test_every_time_of_every_code_is_drawn_once_and_never_with_an_end_that_the_source_has_not(group):
    for code in (c for e in LIBRARY.entries if e.group == group for c in e.icd10se):
        advice, found = of(code)
        words = [s.words for s in found]
        assert len(words) == len(set(words))
        by_kind = {}
        for r in (c.recommendation for c in advice.candidates):
            told = wording.kind(advice.resolved.entry, r, PHRASES)
            counted = f"{told}, räknat" if r.counts_from else told
            span = next(s for s in found if s.words == told or s.words.startswith(counted))
            by_kind.setdefault(r.kind, set()).add(span.shape)
        ended = {kind for kind, drawn in by_kind.items() if Shape.UP_TO in drawn or Shape.BAND in drawn}
        assert ended <= {Kind.AT_MOST, Kind.RANGE}, code
        assert by_kind.get(Kind.AT_LEAST, {Shape.AT_LEAST}) == {Shape.AT_LEAST}
