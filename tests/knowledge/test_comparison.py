"""Each kind of recommendation has its own comparison and its own words; "över" is said only of what may be called so."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fmstod.domain.period import DayCounts
from fmstod.domain.recommendation import Limit, asks_reason
from fmstod.files import read_library
from fmstod.knowledge import comparison
from fmstod.knowledge.advise import advise
from fmstod.knowledge.comparison import Outcome, compare
from fmstod.knowledge.entry import Kind
from fmstod.texts import catalogue

LIBRARY, PHRASES = read_library(), catalogue()
RETRIEVED, RECHECKED = date(2020, 4, 2), date(2026, 9, 26)
MONTH = 31


def limit(kind, *, sure=True, rechecked=None, **values):
    """A limit as a recommendation of this kind gives it."""
    known = {"entry": 1, "recommendation": 2, "title": "Sjukdom", "dated": RETRIEVED, "retrieved": RETRIEVED}
    return Limit(kind=kind, sure=sure, rechecked=rechecked, **{"days": None, **known, **values})


def planned(days):
    return DayCounts(planned=days, earlier=0)


def said(total, of, earlier=0):
    days = DayCounts(planned=total - (earlier or 0), earlier=earlier)
    return comparison.sentence(compare(days, of), days, of, PHRASES)


THREE = 3 * MONTH
# kind, what the limit carries, days: what is said of facts of 2020 that nobody has compared since
OF_2020 = [
    ("none", {"days": 0}, 14, "FMB 2020: ingen sjukskrivning."),
    ("none", {"days": 0, "to_be_avoided": True}, 14, "FMB 2020: undvik sjukskrivning."),
    ("none", {"days": 0, "own_report": True}, 14, "FMB 2020: ingen sjukskrivning utöver egen sjukanmälan."),
    ("none", {"days": 0, "own_report": True}, 7, "7 dagar ryms i egen sjukanmälan, FMB anger ingen sjukskrivning utöver den."),
    ("at_most", {"days": THREE}, 93, "93 dagar ryms i rekommendationens 3 månader (93 dagar)."),
    ("at_most", {"days": THREE}, 94, "94 dagar är 1 dag längre än uppgiften från 2020, 3 månader (93 dagar)."),
    ("at_most", {"days": 10}, 14, "14 dagar är 4 dagar längre än uppgiften från 2020, 10 dagar."),
    ("range", {"days": 42, "least": 21}, 14, "FMB räknar med minst 3 veckor (21 dagar), kortare går bra om patienten klarar det."),
    ("range", {"days": 42, "least": 21}, 28, "28 dagar ryms i rekommendationens 6 veckor (42 dagar)."),
    ("range", {"days": 42, "least": 21}, 49, "49 dagar är 7 dagar längre än uppgiften från 2020, 6 veckor (42 dagar)."),
    ("at_least", {"least": THREE}, 30, "FMB anger 3 månader (93 dagar) eller längre, kortare går bra om patienten klarar det."),
    ("at_least", {"least": THREE}, 900, "FMB anger 3 månader (93 dagar) eller längre; ingen övre gräns."),
    ("at_most_or_longer", {"number": 28}, 28, "28 dagar ryms i rekommendationens 4 veckor (28 dagar), som kan bli längre."),
    ("at_most_or_longer", {"number": 28}, 90, "FMB räknar med att det kan bli längre än 4 veckor (28 dagar)."),
    ("until_surgery", {}, 90, "FMB anger fram till operation; ingen övre gräns."),
    ("until_surgery", {"number": 84}, 80, "80 dagar ryms i rekommendationens 12 veckor (84 dagar), som kan bli längre."),
    ("until_surgery", {"number": 84}, 90, "FMB anger 12 veckor (84 dagar) eller fram till operation; ingen fast gräns."),
    ("during_treatment", {}, 90, "FMB anger så länge behandlingen pågår; ingen övre gräns."),
    ("pregnancy", {}, 90, "FMB anger under graviditeten; ingen övre gräns."),
    ("permanent", {}, 90, "FMB räknar med att arbetsförmågan kan bli varaktigt nedsatt; ingen övre gräns."),
    ("individual", {}, 90, "FMB anger ingen tid, den bedöms individuellt."),
    ("recurrent", {}, 90, "FMB räknar med återkommande kortare perioder; ingen övre gräns."),
    ("unspecified", {}, 90, "FMB anger inget antal dagar att jämföra med."),
    ("missing", {}, 90, "FMB saknar uppgift om tid här."),
    ("at_most", {"after_event": 186, "counts_from": "procedure"}, 186, "186 dagar ryms i rekommendationens 6 månader (186 dagar), räknat från åtgärden."),
    ("at_most", {"after_event": 21, "counts_from": "operation"}, 42, "42 dagar är 21 dagar längre än uppgiften från 2020, 3 veckor (21 dagar), om operationen var första dagen. FMB räknar från operationen."),
    ("range", {"after_event": 372, "least": 62, "counts_from": "treatment"}, 400, "400 dagar är 28 dagar längre än uppgiften från 2020, 12 månader (372 dagar), om behandlingen slutade första dagen. FMB räknar från avslutad behandling."),
    ("at_most_or_longer", {"number": 28, "counts_from": "operation"}, 90, "FMB räknar med att det kan bli längre än 4 veckor (28 dagar)."),
    ("at_most", {"number": 186}, 200, "FMB räknar med att det kan bli längre än 6 månader (186 dagar)."),
]  # fmt: skip
# The same of facts that have been compared with today's page, where it makes a difference.
RECHECKED_SAYS = {
    "FMB 2020: ingen sjukskrivning.": "FMB: ingen sjukskrivning.",
    "FMB 2020: undvik sjukskrivning.": "FMB: undvik sjukskrivning.",
    "FMB 2020: ingen sjukskrivning utöver egen sjukanmälan.": "FMB: ingen sjukskrivning utöver egen sjukanmälan.",
    "94 dagar är 1 dag längre än uppgiften från 2020, 3 månader (93 dagar).": (
        "94 dagar är 1 dag över rekommendationens 3 månader (93 dagar)."
    ),
    "14 dagar är 4 dagar längre än uppgiften från 2020, 10 dagar.": "14 dagar är 4 dagar över rekommendationens 10 dagar.",
    "42 dagar är 21 dagar längre än uppgiften från 2020, 3 veckor (21 dagar), om operationen var första dagen. FMB räknar från operationen.": (
        "42 dagar är 21 dagar längre än rekommendationens 3 veckor (21 dagar), om operationen var första dagen. "
        "FMB räknar från operationen."
    ),
    "400 dagar är 28 dagar längre än uppgiften från 2020, 12 månader (372 dagar), om behandlingen slutade första dagen. FMB räknar från avslutad behandling.": (
        "400 dagar är 28 dagar längre än rekommendationens 12 månader (372 dagar), om behandlingen slutade första "
        "dagen. FMB räknar från avslutad behandling."
    ),
    "49 dagar är 7 dagar längre än uppgiften från 2020, 6 veckor (42 dagar).": (
        "49 dagar är 7 dagar över rekommendationens 6 veckor (42 dagar)."
    ),
}


@pytest.mark.parametrize(("kind", "values", "total", "words"), OF_2020)
def test_each_kind_is_compared_in_its_own_words(kind, values, total, words):
    assert said(total, limit(kind, **values)) == words
    assert said(total, limit(kind, rechecked=RECHECKED, **values)) == RECHECKED_SAYS.get(words, words)


def test_every_kind_stands_in_the_table():
    assert {kind for kind, *_ in OF_2020} == {kind.value for kind in Kind}


@pytest.mark.parametrize(
    ("kind", "values", "total", "rechecked"),
    [(kind, values, total, day) for (kind, values, total, _), day in product(OF_2020, (None, RECHECKED))],
)
def test_while_questions_are_open_only_what_is_longer_than_the_most_generous_is_called_longer(
    kind, values, total, rechecked
):
    found = compare(DayCounts(planned=total, earlier=0), limit(kind, sure=False, rechecked=rechecked, **values))
    longer = (values.get("days") or 0) and total > values["days"]
    assert found is (Outcome.UNDECIDED if not longer else Outcome.OVER if rechecked else Outcome.LONGER_THAN_2020)


def test_what_is_longer_than_all_that_the_answers_could_give_is_told_so_also_when_one_of_them_could_give_nothing():
    (asthma,) = advise(LIBRARY, ["J45"]).limits  # some answers leave no recommendation
    assert asthma.sure is False
    words = said(200, asthma)
    assert "längre än det längsta som FMB angav 2020" in words
    now = limit("at_most", days=THREE, number=THREE, sure=False, rechecked=RECHECKED)
    assert said(THREE + 1, now) == "94 dagar är 1 dag över det längsta som FMB rekommenderar, 3 månader (93 dagar)."


@pytest.mark.parametrize(("kind", "values", "total", "words"), OF_2020)
def test_while_earlier_days_are_unknown_no_number_is_compared(kind, values, total, words):
    of = limit(kind, **values)
    found = compare(DayCounts(planned=total, earlier=None), of)
    assert found is (
        Outcome.UNKNOWN_EARLIER if {"days", "number", "least", "after_event"} & set(values) else Outcome.OPEN
    )
    if found is Outcome.OPEN:
        assert said(total, of) == words
    else:
        assert comparison.told(found, DayCounts(planned=total, earlier=None), of, PHRASES).startswith("tidigare dagar")


def test_earlier_days_count():
    assert compare(DayCounts(planned=60, earlier=33), limit("at_most", days=93)) is Outcome.WITHIN
    assert compare(DayCounts(planned=60, earlier=34), limit("at_most", days=93)) is Outcome.LONGER_THAN_2020


def test_before_anything_is_planned_nothing_is_compared_nor_called_none_of_no_days():
    nothing = DayCounts(planned=0, earlier=0)
    for kind, values, *_ in OF_2020:
        found = compare(nothing, limit(kind, **values))
        assert found is Outcome.NOTHING_PLANNED
        assert "0 dagar" not in comparison.sentence(found, nothing, limit(kind, **values), PHRASES)


def test_a_changed_entry_and_one_without_a_fitting_recommendation_compare_with_nothing():
    days = DayCounts(planned=900, earlier=0)
    changed = limit("", why_open="changed_at_source")
    assert comparison.sentence(compare(days, changed), days, changed, PHRASES) == (
        "Ändrad hos Socialstyrelsen efter 2020, se källan."
    )
    assert comparison.sentence(compare(days, None), days, None, PHRASES) == "Ingen rekommendation passar svaren."


@given(
    st.sampled_from(OF_2020),
    st.integers(1, 2000),
    st.one_of(st.none(), st.integers(0, 900)),
    st.booleans(),
    st.booleans(),
)
def test_over_is_said_only_of_a_bound_that_was_compared_with_todays_page_and_is_exceeded(
    row, planned, earlier, sure, new
):
    kind, values, *_ = row
    of = limit(kind, sure=sure, rechecked=RECHECKED if new else None, **values)
    days = DayCounts(planned=planned, earlier=earlier)
    found = compare(days, of)
    over = found is Outcome.OVER or " över " in comparison.sentence(found, days, of, PHRASES)
    assert not over or (new and earlier is not None and of.days is not None and planned + earlier > of.days)
    assert "0 dagar" not in {words.strip(".") for words in comparison.sentence(found, days, of, PHRASES).split(", ")}


def test_every_recommendation_of_every_entry_can_be_compared():
    for entry in LIBRARY.entries:
        for code in entry.icd10se:
            told = advise(LIBRARY, [code])
            for planned, earlier in ((3, 0), (40, 0), (1000, 20), (14, None)):
                (words,) = comparison.sentences(told, DayCounts(planned=planned, earlier=earlier), PHRASES)
                assert words.endswith(".")
                assert not {"{", "}"} & set(words)


BOTH = {"508:severity": "severe", "workload": "light"}


def test_two_diagnoses_are_told_side_by_side_and_none_speaks_for_the_other():
    told = advise(LIBRARY, ["F32", "M50"], BOTH)
    assert comparison.sentences(told, DayCounts(planned=60, earlier=0), PHRASES) == (
        "Depressiv episod: 60 dagar ryms i rekommendationens 6 månader (186 dagar).",
        "Cervikal rizopati, cervikalt diskbråck: 60 dagar är 32 dagar längre än uppgiften från 2020, 4 veckor (28 dagar).",
    )


def test_a_reason_is_asked_for_when_the_first_diagnosis_allows_less():
    first, second = advise(LIBRARY, ["M50", "F32"], BOTH).limits
    assert asks_reason((first, second), planned(60))
    assert not asks_reason((second, first), planned(60))  # a depression carries the sick leave by itself
    assert asks_reason((second, first), planned(187))
    assert not asks_reason((), planned(900))
    assert not asks_reason((limit("at_least", least=93), first), planned(900))


def test_two_codes_of_one_entry_are_told_apart_by_their_codes():
    told = advise(LIBRARY, ["S82", "S92"], {"223:severity": "severe"})
    first, second = comparison.sentences(told, DayCounts(planned=60, earlier=0), PHRASES)
    assert first.startswith("S82 Skador på nedre extremiteten")
    assert second.startswith("S92 Skador på nedre extremiteten")


def test_what_stands_in_brackets_in_a_long_title_is_left_out_where_it_only_tells_apart():
    told = advise(LIBRARY, ["K40", "F32"], {})
    first, _ = comparison.sentences(told, DayCounts(planned=14, earlier=0), PHRASES)
    assert first.startswith("Ljumskbråck, femoralbråck och navelbråck: ")
