"""The import of Socialstyrelsen's exports: whatever differs from what is known is named, nothing is guessed."""

import copy
import tomllib
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fmstod.errors import BadImport
from fmstod.files import contents
from fmstod.knowledge.exports.aids import Readings, RecommendationReading, load_aids
from fmstod.knowledge.exports.import_fmb import import_fmb, slug
from fmstod.knowledge.exports.joining import Export, join
from fmstod.knowledge.exports.read_records import read_records
from fmstod.knowledge.exports.record_content import record_content
from fmstod.knowledge.library import load_library
from fmstod.paths import RESOURCES
from tests.knowledge.exports import DIAGNOSES, TYPFALL, as_bytes, bent, code, diagnosis, typfall

AIDS = load_aids(contents(RESOURCES / "fmb"))
A = ("data", 0, "attributes")


def brought_in(diagnoses=DIAGNOSES, single=TYPFALL, **options):
    return import_fmb(Export("d.json", as_bytes(diagnoses)), Export("t.json", as_bytes(single)), AIDS, **options)


def refused(diagnoses=DIAGNOSES, single=TYPFALL):
    with pytest.raises(BadImport) as caught:
        brought_in(diagnoses, single)
    return caught.value.values


def test_a_small_export_becomes_files_that_load():
    made = brought_in()
    assert (made.entries, made.recommendations) == (2, 3)
    library = load_library(made.files)
    cough = library.resolve("J20").entry
    assert (cough.fmb, cough.group, cough.source.dated) == (900001, "luftvag", date(2017, 1, 30))
    assert [(r.id, r.days, r.kind.value) for r in library.resolve("J20").listed] == [
        (900002, 14, "at_most"),
        (900003, None, "missing"),
    ]
    assert [r.id for r in library.resolve("J21").listed] == [900002]
    assert set(made.files) >= {"luftvag/900001-hosta.toml", "luftvag/900005-snuva.toml", "meta.toml"}


def test_the_day_of_retrieval_is_the_given_one_else_never_newer_than_the_facts():
    assert brought_in().retrieved == date(2017, 1, 30)
    assert brought_in(retrieved=date(2026, 1, 1)).retrieved == date(2026, 1, 1)


def read_by_people(diagnoses=DIAGNOSES, single=TYPFALL, **readings):
    """The aids after people have read these records; `readings` are theirs of recommendations, by `_` and number."""
    exports = join(Export("d", as_bytes(diagnoses)), Export("t", as_bytes(single)), AIDS.patterns.heading)
    rows = [(f"entry.{d.id}", record_content(d), d.id) for d in exports.diagnoses.records]
    rows += [(f"recommendation.{t.id}", record_content(t), of) for of, found in exports.of.items() for t in found]
    return replace(
        AIDS,
        read=read_records(rows),
        checked=AIDS.checked.changed(on=date(2026, 1, 2), by="läst av två", groups=("luftvag",)),
        readings=Readings(recommendation={number.strip("_"): said for number, said in readings.items()}),
    )


def renumbered(export, by):
    """The same records under other numbers, and of another day and version."""
    made = copy.deepcopy(export)
    for record in made["data"]:
        record["id"] = record["attributes"]["id"] = str(int(record["id"]) + by)
        record["attributes"] |= {"version": "9", "senastuppdaterad": "2024-01-24T23:00:00+0000"}
    return made


def library_of(diagnoses, single, aids, **options):
    made = import_fmb(Export("d", as_bytes(diagnoses)), Export("t", as_bytes(single)), aids, **options)
    return load_library(made.files)


def test_nothing_is_said_to_be_checked_that_nobody_has_read():
    assert "checked" not in "".join(brought_in().files.values())


def test_a_reading_and_its_check_follow_what_a_record_says_not_its_number():
    aids = read_by_people(_900002=RecommendationReading(kind="at_most", time=1, unit="week"))
    for exports in ((DIAGNOSES, TYPFALL), (renumbered(DIAGNOSES, 50), renumbered(TYPFALL, 50))):
        entry = library_of(*exports, aids).resolve("J20").entry
        assert (entry.source.checked, entry.source.checked_by) == (date(2026, 1, 2), "läst av två")
        assert entry.recommendation[0].read_days == 7


@pytest.mark.parametrize(
    ("diagnoses", "single"),
    [
        (bent(DIAGNOSES, (*A, "symtomprognosbehandling", "markup"), "annat"), TYPFALL),
        (bent(DIAGNOSES, (*A, "funktionsnedsattning", "centralkod"), []), TYPFALL),
        (DIAGNOSES, bent(TYPFALL, (*A, "typfallsmening"), "Sjukskrivning på heltid i upp till 2 veckor")),
        (DIAGNOSES, bent(TYPFALL, ("data", 1), ...)),
        (DIAGNOSES, {**TYPFALL, "data": [*TYPFALL["data"], typfall("900009", "Hosta", "J21")]}),
    ],
)
def test_an_entry_that_changed_is_not_checked_and_the_other_still_is(diagnoses, single):
    library = library_of(diagnoses, single, read_by_people())
    assert library.resolve("J20").entry.source.checked is None
    assert library.resolve("J30").entry.source.checked == date(2026, 1, 2)


def test_a_persons_reading_does_not_outlive_the_text_that_was_read():
    aids = read_by_people(_900002=RecommendationReading(kind="at_most", time=1, unit="week"))
    changed = bent(
        TYPFALL, (*A, "rekommenderadsjukskrivning", "typfalletsrekommenderadesjukskrivning"), "upp till två veckor"
    )
    assert library_of(DIAGNOSES, changed, aids).resolve("J20").entry.recommendation[0].read_days == 14


def test_an_addition_counts_from_what_it_extends_also_under_another_number():
    more = {**TYPFALL, "data": [*TYPFALL["data"], typfall("900004", "Hosta", "J20", text="Ytterligare 2 veckor")]}
    aids = read_by_people(single=more, _900004=RecommendationReading(adds_to=900002))
    entry = library_of(renumbered(DIAGNOSES, 50), renumbered(more, 50), aids).resolve("J20").entry
    assert [(r.id, r.adds_to, entry.limit_days(r)) for r in entry.recommendation] == [
        (900052, None, 14),
        (900053, None, None),
        (900054, 900052, 28),
    ]


def test_an_addition_to_nobody_knows_what_sets_no_limit():
    more = {**TYPFALL, "data": [*TYPFALL["data"], typfall("900004", "Hosta", "J20", text="Ytterligare 2 veckor")]}
    entry = library_of(DIAGNOSES, more, AIDS).resolve("J20").entry
    added = entry.recommendation[-1]
    assert (added.kind.value, entry.limit_days(added), added.days) == ("unspecified", None, 14)


def test_an_entry_under_another_number_names_the_one_it_had():
    before = library_of(DIAGNOSES, TYPFALL, AIDS)
    after = library_of(renumbered(DIAGNOSES, 50), renumbered(TYPFALL, 50), AIDS, former=before)
    again = library_of(renumbered(DIAGNOSES, 60), renumbered(TYPFALL, 60), AIDS, former=after)
    assert [e.source.replaces for e in before.entries] == [(), ()]
    assert [e.source.replaces for e in after.entries] == [(900001,), (900005,)]
    assert [e.source.replaces for e in again.entries] == [(900051, 900001), (900055, 900005)]


def test_what_a_person_excepted_stays_excepted_when_the_text_changes():
    before = library_of(DIAGNOSES, TYPFALL, AIDS)
    excepting = replace(before, entries=[entry.changed(not_for=("J209",)) for entry in before.entries])
    changed = bent(DIAGNOSES, (*A, "symtomprognosbehandling", "markup"), "annat")
    made = import_fmb(Export("d", as_bytes(changed)), Export("t", as_bytes(TYPFALL)), AIDS, former=excepting)
    assert 'not_for = ["J209"]' in made.files["luftvag/900001-hosta.toml"]


def test_no_sentence_of_the_source_is_written():
    assert all("Sjukskrivning på heltid" not in text for text in brought_in().files.values())


def test_an_entry_made_by_hand_stays_and_keeps_its_words_and_names():
    made = brought_in()
    by_hand = made.files["luftvag/900005-snuva.toml"].replace("900005", "831").replace("900006", "831001")
    by_hand = by_hand.replace('"J30"', '"F438A"').replace(
        "id = 831001", 'id = 831001\nwhen = { state = ["drug_influence"] }'
    )
    again = brought_in(kept={"luftvag/831-snuva.toml": by_hand})
    library = load_library({**again.files, "luftvag/831-snuva.toml": by_hand})
    assert library.resolve("F43.8A").entry.fmb == 831
    assert library.icd["F438A"] == "Utmattningssyndrom"
    assert (library.meta.counts.by_hand.entries, library.meta.counts.exported.entries) == (1, 2)


def test_an_entry_that_was_replaced_by_hand_does_not_come_back():
    old = brought_in().files["luftvag/900005-snuva.toml"]
    again = brought_in(kept={"replaced/900005-snuva.toml": old})
    assert "luftvag/900005-snuva.toml" not in again.files
    library = load_library({**again.files, "replaced/900005-snuva.toml": old})
    assert library.resolve("J30") is None


@pytest.mark.parametrize(
    ("path", "value", "record", "field", "reason"),
    [
        ((*A, "titel"), "Annat", "900001", "diagnosrubrik", "other_title"),
        ((*A, "titel"), "Sjukskriv hela dagen.", "900001", "attributes.titel", "sentence"),
        ((*A, "titel"), "Hosta " * 20, "900001", "attributes.titel", "sentence"),
        ((*A, "titel"), "Hosta\0", "900001", "attributes.titel", "sentence"),
        ((*A, "titel"), "Hosta\ud800", "", "", "half_character"),
        ((*A, "id"), "0900001", "900001", "attributes.id", "string_pattern_mismatch"),
        ((*A, "version"), "٣", "900001", "attributes.version", "string_pattern_mismatch"),
        ((*A, "senastuppdaterad"), "9999-12-31T23:00:00+0000", "900001", "attributes.senastuppdaterad", "no_day"),
        ((*A, "titel"), ..., "900001", "attributes.titel", "missing"),
        ((*A, "id"), "7", "900001", "attributes.id", "other_id"),
        ((*A, "nytt"), 1, "900001", "attributes.nytt", "extra_forbidden"),
        ((*A, "version"), 1, "900001", "attributes.version", "string_type"),
        ((*A, "senastuppdaterad"), "2017-01-29T12:00:00+0000", "900001", "attributes.senastuppdaterad", "no_midnight"),
        ((*A, "senastuppdaterad"), "igår", "900001", "attributes.senastuppdaterad", "no_day"),
        ((*A, "giltighetsperiod", "slut"), "2020-01-01", "900001", "attributes.giltighetsperiod.slut", "none_required"),
        ((*A, "status", "kod"), "utkast", "900001", "attributes.status.kod", "literal_error"),
        ((*A, "diagnoskod", 0, "kod"), "J20.1", "900001", "attributes.diagnoskod.0.kod", "no_icd"),
        ((*A, "diagnoskod", 0, "kodsystemnamn"), "ICD-9", "900001", "attributes.diagnoskod.0.kodsystemnamn", "literal_error"),
        ((*A, "referens", 0, "uri"), "javascript:1", "900001", "attributes.referens.0.uri", "no_address"),
        ((*A, "referens", 0, "uri"), 'https://a"b', "900001", "attributes.referens.0.uri", "no_address"),
        ((*A, "sjukdomsgrupp", "kod", "kod"), "../hud", "900001", "sjukdomsgrupp.kod.kod", "no_group"),
        ((*A, "aktivitetsbegransning", "centralkod", 0, "kod"), "x1", "900001", "attributes.aktivitetsbegransning.centralkod.0.kod", "no_icf"),
        (("data", 1, "attributes", "diagnoskod", 0, "kod"), "J20", "900002", "fmbtillstand.diagnoskod", "no_entry"),
        (("data", 1, "id"), "900001", "900001", "attributes.id", "other_id"),
        (("data", 0, "type"), "annat", "900001", "type", "literal_error"),
        (("data", 0), 5, "data[0]", "", "model_type"),
        (("data",), [], "", "data", "no_records"),
        (("meta", "buildnumber"), "2", "", "meta", "other_build"),
        (("links",), {}, "", "links.self", "missing"),
    ],
)  # fmt: skip
def test_a_broken_diagnosis_is_named(path, value, record, field, reason):
    told = refused(diagnoses=bent(DIAGNOSES, path, value))
    assert (told["record"], told["field"], told["reason"]) == (record, field, reason)


T = (*A, "fmbtillstand")
R = (*A, "rekommenderadsjukskrivning")


@pytest.mark.parametrize(
    ("path", "value", "field", "reason"),
    [
        ((*T, "diagnoskod", 0, "kod"), "J99", "fmbtillstand.diagnoskod", "no_entry"),
        ((*T, "diagnoskod", 0, "kod"), "J30", "fmbtillstand.diagnoskod", "no_entry"),
        ((*T, "diagnoskod", 0, "beskrivning"), "annat namn", "fmbtillstand.diagnoskod", "second_name"),
        ((*T, "urvalsvarighetsgrad", 0, "svarighetsgrad", 0, "beskrivning"), "ganska", "severity", "no_term"),
        ((*T, "urvalarbetsbelastning"), [{}, {}], "attributes.fmbtillstand.urvalarbetsbelastning", "too_long"),
        ((*A, "beskrivning"), "Typfall för diagnosrubriken Feber", "beskrivning", "other_heading"),
        ((*R, "maximalsjukskrivningstid"), "två", "attributes.rekommenderadsjukskrivning.maximalsjukskrivningstid", "string_pattern_mismatch"),
        ((*R, "maximalsjukskrivningstid"), None, "attributes.rekommenderadsjukskrivning", "time_without_unit"),
        ((*R, "maximalsjukskrivningsenhet"), "yr", "attributes.rekommenderadsjukskrivning.maximalsjukskrivningsenhet", "literal_error"),
        ((*R, "maximalsjukskrivningsgrad", "kod"), "3", "attributes.rekommenderadsjukskrivning.maximalsjukskrivningsgrad.kod", "literal_error"),
        ((*R, "typfalletsrekommenderadesjukskrivning"), "Länge", "rekommenderadsjukskrivning.typfalletsrekommenderadesjukskrivning", "unread"),
    ],
)  # fmt: skip
def test_a_broken_recommendation_is_named(path, value, field, reason):
    told = refused(single=bent(TYPFALL, path, value))
    assert (told["file"], told["record"], told["field"], told["reason"]) == ("t.json", "900002", field, reason)


def test_records_that_stand_twice_or_belong_nowhere_are_named():
    twice = {**DIAGNOSES, "data": [*DIAGNOSES["data"], DIAGNOSES["data"][0]]}
    assert refused(diagnoses=twice)["reason"] == "same_id"
    same_code = {**DIAGNOSES, "data": [*DIAGNOSES["data"], diagnosis("900009", "Annat", "J20")]}
    assert refused(diagnoses=same_code)["reason"] == "no_entry"
    lonely = {**DIAGNOSES, "data": [*DIAGNOSES["data"], diagnosis("900009", "Annat", "J99")]}
    told = refused(diagnoses=lonely)
    assert (told["file"], told["record"], told["reason"]) == ("d.json", "900009", "no_typfall")


def test_zero_days_whose_text_recommends_some_is_not_believed():
    odd = {
        **TYPFALL,
        "data": [*TYPFALL["data"], typfall("900007", "Snuva", "J30", time="0", unit="d", text="Upp till 2 veckor")],
    }
    assert refused(single=odd)["reason"] == "unread"


def test_a_number_that_the_text_contradicts_is_read_as_the_text_says_and_noted():
    made = brought_in(single=bent(TYPFALL, (*R, "maximalsjukskrivningstid"), "3"))
    r = load_library(made.files).resolve("J21").listed[0]
    assert (r.days, r.read_days, [note.value for note in r.note]) == (21, 14, ["number_contradicts_text"])


def test_a_title_with_odd_spaces_is_written_plainly():
    named = bent(bent(DIAGNOSES, (*A, "titel"), "Svår\n  hosta"), (*A, "diagnosrubrik"), "Svår\n  hosta")
    made = brought_in(diagnoses=named)
    assert tomllib.loads(made.files["luftvag/900001-svar-hosta.toml"])["title"] == "Svår hosta"


@given(st.text())
def test_a_file_name_is_ascii_and_never_longer_than_fifty(title):
    made = slug(title)
    assert 1 <= len(made) <= 50
    assert made.isascii()
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not made.startswith("-")
    assert not made.endswith("-")


@pytest.mark.parametrize(
    ("content", "what"), [(b"{", "not_json"), (b'{"a": NaN}', "not_finite"), (b"[" * 100_000, "too_deep")]
)
def test_hostile_json_is_refused(content, what):
    with pytest.raises(BadImport) as told:
        import_fmb(Export("d.json", content), Export("t.json", as_bytes(TYPFALL)), AIDS)
    assert (told.value.values["file"], told.value.values["reason"]) == ("d.json", what)


@given(st.data())
def test_any_single_value_bent_is_read_or_refused_in_its_own_words(data):
    export = data.draw(st.sampled_from([DIAGNOSES, TYPFALL]))
    path, place = [], export
    while isinstance(place, dict | list) and place and (not path or data.draw(st.integers(0, 9))):
        step = data.draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
        path.append(step)
        place = place[step]
    value = data.draw(st.sampled_from([None, "", "x", 0, -1, True, [], {}, [None], code("J20", "x"), ...]))
    both = [bent(export, path, value) if each is export else each for each in (DIAGNOSES, TYPFALL)]
    faults = []
    try:
        load_library(brought_in(*both).files)
    except BadImport as fault:
        faults.append(fault.values)
    assert all(told["file"] in {"d.json", "t.json"} and told["reason"] for told in faults)
