"""What the checker is given: days of the sick leave and of the chain, what FMB knows of the diagnoses, and its texts."""

from datetime import date

from fmstod.domain.period import Period
from fmstod.files import read_library
from fmstod.judging import texts_of
from fmstod.knowledge.official import Official, Section
from tests.quality.certificates import given


def period(first, last):
    return Period(degree=100, first=date.fromisoformat(first), last=date.fromisoformat(last))


def test_days_are_counted_as_the_case_and_as_the_chain_count_them():
    """28 days of their own; 14 before within five days, 10 more a month earlier (sickleave.md 1.4)."""
    near, far = period("2026-11-06", "2026-11-19"), period("2026-09-01", "2026-09-10")
    seen = given(earlier=[[near], [far]])
    assert (seen.days, seen.since) == (28 + 14, date(2026, 11, 6))
    assert seen.chain == (10 + 14 + 1, 10 + 14 + 28)
    assert given(earlier=[[near]], before=5).days == 28 + 14 + 5
    assert given().chain == (1, 28)


def test_a_certificate_without_periods_has_no_days():
    seen = given({"32": None})
    assert (seen.days, seen.since, seen.chain) == (None, None, None)


def test_what_fmb_knows_of_each_diagnosis_comes_along():
    (illness,) = given({"6": [{"code": "M75.1", "text": "Axel"}]}).illnesses
    entry = read_library().resolve("M751").entry
    assert (illness.code, illness.entry, illness.icf) == ("M751", entry.fmb, frozenset(entry.icf.codes))
    (unknown,) = given({"6": [{"code": "A46.9", "text": "Rosfeber"}]}).illnesses
    assert (unknown.entry, unknown.icf) == (None, frozenset())


def test_only_texts_of_its_own_diagnoses_are_compared():
    library = read_library()
    mine, other = (library.resolve(code).entry.fmb for code in ("M751", "F321"))
    official = {n: Official([Section("x", [f"text {n}"])], date(2026, 1, 1)) for n in (mine, other)}
    assert texts_of(library, official, ["M751"]) == (f"text {mine}",)
    assert texts_of(library, {}, ["M751"]) == ()


def test_nothing_of_a_certificate_is_in_its_repr():
    assert "Lokalvårdare" not in repr(given())
    assert "Rotator" not in repr(given().illnesses[0])
