"""FMB as committed, against what the export says (fmb_facts.tsv, made by tools/fmb_facts.py, which shares no code)."""

import csv
import json
import os
import tomllib
from datetime import date
from pathlib import Path

import pytest

from fmstod.files import contents, read_library
from fmstod.knowledge.entry import TIMED, Kind
from fmstod.knowledge.exports.aids import load_aids
from fmstod.knowledge.exports.import_fmb import import_fmb
from fmstod.knowledge.exports.joining import Export
from fmstod.knowledge.library import load_library
from fmstod.knowledge.notes import Note
from fmstod.paths import DIAGNOSES, RESOURCES
from fmstod.texts import catalogue
from tests.knowledge.exports import codes_of
from tests.knowledge.libraries import as_exported
from tools.fmb_facts import facts

TABLE = Path(__file__).with_name("fmb_facts.tsv")
HARD = tomllib.loads(Path(__file__).with_name("fmb_hard_cases.toml").read_text(encoding="utf-8"))["case"]
DAYS = {"d": 1, "wk": 7, "mo": 31}
UNITS = {"d": "day", "wk": "week", "mo": "month"}


@pytest.fixture(scope="module")
def rows():
    return list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines(), delimiter="\t"))


@pytest.fixture(scope="module")
def library():
    return read_library()


@pytest.fixture(scope="module")
def exported(library):
    """The entries of the export, those among them that others have replaced since."""
    return as_exported(library)


@pytest.fixture(scope="module")
def by_id(exported):
    return {r.id: (entry, r) for entry in exported.entries for r in entry.recommendation}


@pytest.fixture(scope="module")
def raw():
    """The raw data folder, which is never part of the project."""
    if not (folder := os.environ.get("FMSTOD_RAW_DATA")):
        pytest.skip("FMSTOD_RAW_DATA names no folder with Socialstyrelsen's exports")
    return Path(folder) / "fmb" if (Path(folder) / "fmb").is_dir() else Path(folder)


def test_every_typfall_of_the_export_is_there_with_its_codes_and_days(rows, by_id):
    assert {int(row["id"]) for row in rows} == set(by_id)
    assert len(rows) == 439
    for row in rows:
        entry, r = by_id[int(row["id"])]
        number = int(row["number"]) * DAYS[row["unit"]] if row["number"] else None
        said = (int(row["entry"]), set(codes_of(row)), number)
        assert (entry.fmb, set(entry.codes_of(r)), r.days) == said, row["id"]


def test_the_exports_own_number_and_unit_are_kept(rows, by_id):
    for row in rows:
        _, r = by_id[int(row["id"])]
        kept = (r.export_time, r.export_unit) if r.export_time is not None else (r.time, r.unit)
        said = (int(row["number"]), UNITS[row["unit"]]) if row["number"] else (None, None)
        assert (kept if r.kind is not Kind.NONE else (0, "day")) == said, row["id"]


def test_every_icf_code_stands_where_the_export_has_it(rows, by_id):
    for row in rows:
        icf = by_id[int(row["id"])][0].icf
        said = [row[name].split() for name in list(row)[5:]]
        parts = (icf.impairment.central, icf.impairment.additional, icf.limitation.central, icf.limitation.additional)
        assert [list(part) for part in parts] == said, row["id"]


def test_every_code_lists_the_recommendations_and_the_largest_number_of_the_export(rows, exported):
    expected = {}
    for row in rows:
        for code in codes_of(row):
            number = int(row["number"]) * DAYS[row["unit"]] if row["number"] else None
            expected.setdefault(code, {})[int(row["id"])] = number
    known = [code for entry in exported.entries for code in entry.icd10se]
    assert len(known) == len(set(known)) == 306
    for code in known:
        listed = {r.id: r.days for r in exported.resolve(code).listed}
        assert listed == expected.get(code, {}), code
    assert {code for code in known if code not in expected} == {"M202", "M232", "M659B"}


def test_of_116_exported_entries_four_are_replaced_and_six_are_made_by_hand(library, exported):
    assert (len(exported.entries), len(library.entries), len(library.replaced)) == (116, 118, 4)
    counts = library.meta.counts
    said = [(count.entries, count.recommendations) for count in (counts.exported, counts.by_hand, counts.replaced)]
    assert said == [(112, 431), (6, 17), (4, 8)]


def test_every_code_has_its_label_and_no_other_has_one(library):
    excepted = {code for entry in library.entries for code in entry.not_for}
    every = {c for e in (*library.entries, *library.replaced) for c in e.icd10se}
    assert set(library.icd) == every | excepted | {"F438A"}
    assert len(library.icf) == 145
    assert (library.meta.retrieved, library.meta.unit_days) == (date(2020, 4, 2), {"day": 1, "week": 7, "month": 31})


def test_names_have_todays_official_spelling(library):
    assert library.icd["M653"] == "Triggerfinger"
    assert library.icd["J18"] == "Pneumoni orsakad av ospecificerad mikroorganism"
    assert library.icd["F438A"] == "Utmattningssyndrom"
    assert library.icd["G459"] == "Transitorisk cerebral ischemisk attack, ospecificerad"
    assert library.icd["R52"] == "Smärta och värk som ej klassificeras på annan plats"
    assert (library.icf["d710"].name, library.icf["b280"].plain) == (
        "Att ha grundläggande mellanmänskliga interaktioner",
        "Smärta",
    )


def test_entry_508_is_as_the_specification_shows_it_with_the_note_of_two_readings():
    """F32 is a first episode by its code, so 509 and 510 are a choice for one patient (0013)."""
    entry = tomllib.loads((DIAGNOSES / "psykiska/508-depressiv-episod.toml").read_text(encoding="utf-8"))
    assert entry["source"] == {
        "version": 2,
        "changed": date(2017, 1, 30),
        "valid_from": date(2017, 1, 30),
        "retrieved": date(2020, 4, 2),
        "url": "https://roi.socialstyrelsen.se/fmb/depressiv-episod/508",
        "checked": date(2026, 11, 24),
        "checked_by": "avläst två gånger mot källan",
    }
    day, two = date(2016, 10, 7), ["duplicate_conditions"]
    assert entry["recommendation"] == [
        {
            "id": 509,
            "when": {"severity": ["mild"], "course": ["first_episode"]},
            "kind": "none",
            "changed": day,
            "note": [*two, "to_be_avoided"],
        },
        {
            "id": 510,
            "when": {"severity": ["mild"]},
            "kind": "at_most",
            "time": 3,
            "unit": "month",
            "extent": ["part", "full"],
            "prefer": "part",
            "changed": day,
            "note": two,
        },
        {
            "id": 511,
            "when": {"severity": ["moderate", "severe"]},
            "kind": "at_most",
            "time": 6,
            "unit": "month",
            "extent": ["full", "part"],
            "changed": day,
        },
    ]


def test_entry_110_is_as_the_specification_shows_it():
    file = DIAGNOSES / "matsmaltning/110-ljumskbrack-femoralbrack-och-navelbrack-opererats.toml"
    entry = tomllib.loads(file.read_text(encoding="utf-8"))
    surgery = {"status": "done", "code": ["laparoscopic_procedure"]}
    assert [(r["id"], r["when"], r["kind"], r.get("time"), r.get("note", [])) for r in entry["recommendation"]] == [
        (
            111,
            {"workload": ["light"], "treatment": surgery},
            "none",
            None,
            ["sentence_omits_treatment", "own_report_week"],
        ),
        (112, {"workload": ["high"], "treatment": surgery}, "at_most", 2, []),
        (113, {"workload": ["high"]}, "at_most", 3, []),
        (114, {"course": ["relapse", "incarcerated_hernia", "complication"]}, "at_most", 4, []),
    ]


@pytest.mark.parametrize("typfall", [357, 363, 333, 515, 369, 526, 450])
def test_a_maximum_that_is_really_a_minimum_sets_no_limit(typfall, by_id):
    entry, r = by_id[typfall]
    assert (r.kind, entry.limit_days(r)) == (Kind.AT_LEAST, None)


@pytest.mark.parametrize(("typfall", "base", "whole"), [(258, 258000, 49), (388, 387, 56)])
def test_an_addition_counts_from_what_it_extends(typfall, base, whole, by_id):
    entry, r = by_id[typfall]
    assert (r.adds_to, entry.limit_days(r), Note.MAX_IS_ADDITION in r.note) == (base, whole, True)


@pytest.mark.parametrize("case", HARD, ids=lambda case: f"{case['id']} {case['why']}")
def test_a_record_that_is_hard_to_read_says_what_two_readings_found(case, by_id):
    entry, r = by_id[case["id"]]
    assert r.kind.value == case["kind"]
    assert entry.limit_days(r) == case.get("limit")
    assert list(r.extent) == case.get("extent", [])
    assert list(r.holds_for or r.icd10se) == case.get("codes", [])
    assert r.when.model_dump(mode="json", exclude_defaults=True) == case.get("when", {})
    assert set(case.get("note", [])) <= set(r.note)


def test_a_number_that_the_text_contradicts_is_read_as_the_text_says(by_id):
    entry, r = by_id[368]
    assert (r.days, r.read_days, entry.limit_days(r)) == (93, 186, 186)
    assert Note.NUMBER_CONTRADICTS_TEXT in r.note
    assert Note.NUMBER_CONTRADICTS_TEXT in by_id[450][1].note


def test_21_recommendations_leave_a_week_of_own_report(by_id):
    noted = [r for _, r in by_id.values() if Note.OWN_REPORT_WEEK in r.note]
    assert len(noted) == 21
    assert {r.kind for r in noted} == {Kind.NONE}


def test_kinds_without_a_number_are_as_many_as_the_source_has(by_id):
    kinds = [r.kind for _, r in by_id.values()]
    assert {kind.value: kinds.count(kind) for kind in Kind if kind not in TIMED} == {
        "none": 62,
        "until_surgery": 7,
        "during_treatment": 7,
        "pregnancy": 8,
        "permanent": 11,
        "individual": 6,
        "recurrent": 2,
        "unspecified": 35,
        "missing": 11,
    }


def test_what_is_missing_has_no_extent_and_what_is_open_says_what_the_source_says(by_id):
    """46 records give no number and no kind of their own: 25 say of the time what a note tells."""
    assert not [id_ for id_, (_, r) in by_id.items() if r.kind is Kind.MISSING and r.extent]
    told = {note for note in Note if f"fmb.kind.{note}" in catalogue()}
    plain = {id_ for id_, (_, r) in by_id.items() if r.kind is Kind.UNSPECIFIED and not told & set(r.note)}
    assert plain == {140, 148, 192, 194, 330, 348, 423, 453, 630, 631}


def test_the_entries_that_have_changed_at_the_source_are_noted_in_the_export_alone(exported):
    assert {e.fmb for e in exported.entries if e.changed_at_source} == {126, 370, 271, 259}
    assert {e.fmb: e.not_for for e in exported.entries if e.not_for} == {
        268: ("M772", "M773", "M774", "M775"),
        546: ("F438W",),
    }


def test_no_physicians_review_is_shipped_and_nothing_of_the_export_is_said_to_be_rechecked(library, exported):
    assert {entry.source.reviewed for entry in library.entries} == {None}
    assert {entry.source.rechecked for entry in exported.entries} == {None}


def test_every_entry_of_the_export_was_read_twice_and_says_when_and_how(exported):
    said = {(entry.source.checked, entry.source.checked_by) for entry in exported.entries}
    assert said == {(date(2026, 11, 24), "avläst två gånger mot källan")}


def test_an_entry_whose_record_has_changed_since_it_was_read_is_not_said_to_be_checked(raw):
    names = ("forsakringsmedicinskdiagnosinformation.json", "typfall.json")
    diagnoses, typfall = (Export(name, (raw / name).read_bytes()) for name in names)
    records = json.loads(typfall.content)
    next(r for r in records["data"] if r["id"] == "510")["attributes"]["typfallsmening"] += " Mer."
    changed = Export(typfall.file, json.dumps(records).encode())
    made = import_fmb(diagnoses, changed, load_aids(contents(RESOURCES / "fmb")))
    unread = {name for name, text in made.files.items() if "/" in name and "checked" not in text}
    assert unread == {"psykiska/508-depressiv-episod.toml"}


def test_each_comorbidity_question_is_one_for_its_entry(library):
    for entry in library.entries:
        assert len({r.when.comorbidity for r in entry.recommendation if r.when.comorbidity}) <= 1, entry.fmb


def test_what_a_physician_reads_is_plain_and_none_of_the_sources_slips(library):
    slots = library.vocabulary.model_dump(exclude={"choice"})
    labels = [term["label"] for terms in slots.values() for term in terms.values()]
    assert len(labels) > 200
    for slip in ("och/eller", "/", "extrasellär", "erytem", "malign neoplastisk", "excision", "resektion", "icke spec"):
        assert not [label for label in labels if slip in label.lower()], slip


def test_no_source_code_of_a_condition_is_shipped():
    shipped = b"".join([*contents(DIAGNOSES).values(), *contents(RESOURCES / "fmb").values()])
    for snomed in (b"255604002", b"24484000", b"6736007", b"424124008", b"398166005"):
        assert snomed not in shipped


def test_the_table_is_what_the_raw_files_say(raw):
    assert facts(raw) == TABLE.read_text(encoding="utf-8")


def test_importing_the_raw_files_gives_the_committed_files_byte_for_byte(raw):
    names = ("forsakringsmedicinskdiagnosinformation.json", "typfall.json")
    exports = [Export(name, (raw / name).read_bytes()) for name in names]
    committed, aids = contents(DIAGNOSES), load_aids(contents(RESOURCES / "fmb"))
    alone = import_fmb(*exports, aids).files
    kept = {name: text for name, text in committed.items() if name not in alone}
    assert len(kept) == 6 + 4
    made = import_fmb(*exports, aids, kept=kept).files
    assert {name: text.encode() for name, text in made.items()} | kept == committed
    for name in (name for name in kept if name.startswith("replaced/")):
        (before,) = (text for path, text in alone.items() if path.endswith(name.removeprefix("replaced")))
        assert before.encode() == kept[name], name


def test_a_file_saved_with_a_byte_order_mark_loads(library):
    texts = dict(contents(DIAGNOSES))
    name = "psykiska/508-depressiv-episod.toml"
    texts[name] = b"\xef\xbb\xbf" + texts[name]
    assert load_library(texts).entries == library.entries


def test_a_time_after_a_treatment_that_is_done_counts_from_it_unless_the_case_begins_with_it():
    """636 says after chemotherapy that has ended; a cast or an acute appendix is treated on the first day."""
    found = {
        r.id: r.counts_from for entry in read_library().entries for r in entry.recommendation if r.time is not None
    }
    assert found[636] == "treatment"
    assert {found[id_] for id_ in (446, 633, 294012, 316, 325, 425, 604, 596)} == {"operation"}
    assert {found[id_] for id_ in (186, 187, 158)} == {"procedure"}  # a cast or a stone is taken away
    assert found[707001] == "discharge"
    assert {found[id_] for id_ in (185, 87, 88, 89, 445, 510, 264, 387)} == {""}
