"""The hash of what an entry says: it moves with the facts, and with nothing else."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fmstod.files import read_library
from fmstod.knowledge.entry import Entry
from fmstod.knowledge.exports.fingerprint import fingerprint

BACK = {
    "fmb": 900001,
    "title": "Ont i ryggen",
    "group": "muskel_skelett",
    "icd10se": ["M54", "M99"],
    "source": {
        "version": 1, "changed": date(2017, 1, 30), "valid_from": date(2017, 1, 30), "retrieved": date(2020, 4, 2),
        "url": "https://example.org/900001",
    },
    "icf": {
        "impairment": {"central": ["b280", "b710"], "additional": []},
        "limitation": {"central": ["d430"], "additional": []},
    },
    "recommendation": [
        {
            "id": 900002, "kind": "at_most", "time": 2, "unit": "week", "extent": ["full", "part"],
            "when": {"severity": ["mild", "moderate"]}, "changed": date(2017, 1, 30),
        },
        {
            "id": 900003, "kind": "at_most", "time": 3, "unit": "week", "adds_to": 900002, "icd10se": ["M54"],
            "changed": date(2017, 1, 30),
        },
    ],
}  # fmt: skip


def entry(**values):
    return Entry.model_validate({**BACK, **values})


def recommendations(at, **values):
    rows = [dict(row) for row in BACK["recommendation"]]
    rows[at].update(values)
    return {"recommendation": rows}


def test_number_version_dates_and_address_are_no_content():
    source = {**BACK["source"], "version": 7, "changed": date(2024, 1, 25), "retrieved": date(2026, 11, 24)}
    renumbered = [
        {**BACK["recommendation"][1], "id": 6, "adds_to": 5, "changed": date(2024, 1, 25)},
        {**BACK["recommendation"][0], "id": 5},
    ]
    other = entry(fmb=4, source={**source, "url": "https://example.org/4"}, recommendation=renumbered)
    assert other.content == entry().content


def test_the_order_of_codes_is_no_content():
    icf = {**BACK["icf"], "impairment": {"central": ["b710", "b280"], "additional": []}}
    assert entry(icd10se=["M99", "M54"], icf=icf).content == entry().content


@pytest.mark.parametrize(
    "values",
    [
        {"title": "Ont i nacken"},
        {"icd10se": ["M54", "M53"]},
        {"not_for": ["M999"]},
        {"note": ["changed_at_source"]},
        {"icf": {**BACK["icf"], "limitation": {"central": [], "additional": ["d430"]}}},
        recommendations(0, time=3),
        recommendations(0, unit="month"),
        recommendations(0, kind="at_least"),
        recommendations(0, when={"severity": ["mild"]}),
        recommendations(0, extent=["part", "full"]),
        recommendations(0, export_time=4, export_unit="week"),
        recommendations(1, icd10se=["M99"]),
        recommendations(1, holds_for=["M99"]),
        recommendations(1, adds_to=None),
        {"recommendation": BACK["recommendation"][:1]},
    ],
)
def test_a_changed_fact_is_another_content(values):
    assert entry(**values).content != entry().content


def test_no_two_entries_that_ship_say_the_same():
    entries = read_library().entries
    assert len({each.content for each in entries}) == len(entries)


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def turned(value):
    """The same content the other way round."""
    match value:
        case dict():
            return {key: turned(value[key]) for key in reversed(value)}
        case list():
            return [turned(inner) for inner in reversed(value)]
        case _:
            return value


@given(PLAIN)
def test_order_is_never_content(value):
    assert fingerprint(turned(value)) == fingerprint(value)


@given(PLAIN, PLAIN)
def test_what_differs_in_more_than_order_has_another_hash(one, other):
    def plain(value):
        match value:
            case dict():
                return ("table", frozenset((key, plain(inner)) for key, inner in value.items()))
            case list():
                inner = [plain(each) for each in value]
                return ("list", frozenset((each, inner.count(each)) for each in inner))
            case _:
                return (type(value).__name__, value)

    assert (fingerprint(one) == fingerprint(other)) == (plain(one) == plain(other))
