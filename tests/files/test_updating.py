"""The whole real export, changed as the source changes it (fmb.md 9.3) and as nobody should: read, told, refused.

Needs the raw data folder, which is never part of the project.
"""

import json
import os
import re
from datetime import date
from pathlib import Path

import pytest

from fmstod import fmb, fmb_update
from fmstod.errors import BadImport
from fmstod.files import read_library
from fmstod.knowledge.update import Choices
from fmstod.knowledge.update_text import report
from fmstod.texts import catalogue

NAMES = ("forsakringsmedicinskdiagnosinformation.json", "typfall.json")
FETCHED = Choices(date(2024, 5, 1))


@pytest.fixture(scope="module")
def raw():
    if not (folder := os.environ.get("FMSTOD_RAW_DATA")):
        pytest.skip("FMSTOD_RAW_DATA names no folder with Socialstyrelsen's exports")
    place = Path(folder) / "fmb" if (Path(folder) / "fmb").is_dir() else Path(folder)
    return tuple((place / name).read_bytes() for name in NAMES)


@pytest.fixture
def exports(raw):
    """Both exports as records to change, by kind."""
    return [json.loads(content) for content in raw]


def attributes(export, number):
    return next(r["attributes"] for r in export["data"] if r["id"] == number)


def renumber(export, by):
    for record in export["data"]:
        record["id"] = record["attributes"]["id"] = str(int(record["id"]) + by)
        record["attributes"] |= {"version": "3", "senastuppdaterad": "2024-04-30T22:00:00+0000"}


def without(export, *numbers):
    export["data"] = [record for record in export["data"] if record["id"] not in numbers]


def limit(recommendation, number, unit, text):
    """Another time for a typfall, in number and words."""
    given = recommendation["rekommenderadsjukskrivning"]
    said = given["typfalletsrekommenderadesjukskrivning"]
    recommendation["typfallsmening"] = recommendation["typfallsmening"].replace(said, text)
    given |= {
        "maximalsjukskrivningstid": number,
        "maximalsjukskrivningsenhet": unit,
        "typfalletsrekommenderadesjukskrivning": text,
    }


def proposed(home, tmp_path, exports, choices=FETCHED):
    files = [tmp_path / name for name in NAMES]
    for file, export in zip(files, exports, strict=True):
        file.write_bytes(export if isinstance(export, bytes) else json.dumps(export).encode())
    return fmb_update.propose(home, files, choices)


def told(found):
    return {group.heading: list(group.lines) for group in report(found.changes, found.conflicts, catalogue())}


def test_the_very_export_that_the_program_has_changes_nothing_and_brings_its_texts(own_home, tmp_path, raw):
    found = proposed(own_home, tmp_path, raw, Choices())
    assert found.dated
    assert list(told(found)) == ["Inget skiljer"]
    fmb_update.apply(own_home, found)
    current = fmb.in_use(own_home)
    assert (current.own, current.library, len(current.official)) == (False, read_library(), 116)
    lines = [line for one in current.official.values() for s in one.sections for line in s.paragraphs]
    assert not [line for line in lines if re.search("</?[a-z]", line)]


def test_all_under_other_numbers_keeps_every_reading_and_says_only_that(own_home, tmp_path, exports):
    for export in exports:
        renumber(export, 5_000)
    found = proposed(own_home, tmp_path, exports)
    (heading,) = told(found)
    assert heading == "Nytt nummer hos Socialstyrelsen (112)"
    before, after = read_library(), found.changes.after
    assert {e.content for e in after.entries} == {e.content for e in before.entries}
    assert sum(e.source.checked is not None for e in after.entries) == 112
    for entry in before.entries:
        if entry.fmb in before.meta.exported:
            assert after.resolve(entry.icd10se[0]).entry.source.replaces == (entry.fmb,)
    assert [after.lost(code).before.fmb for code in ("I65", "M791")] == [370, 271]


def test_a_changed_limit_is_told_and_its_entry_is_to_be_read_again(own_home, tmp_path, exports):
    limit(attributes(exports[1], "511"), "4", "mo", "Upp till 4 månader")
    found = proposed(own_home, tmp_path, exports)
    said = told(found)
    assert said["Ändrade tider (1)"] == [
        "Depressiv episod (F32), medelsvår till svår: upp till 6 månader → upp till 4 månader"
    ]
    assert said["Inte avlästa mot källan (1)"] == ["Depressiv episod (F32)"]
    assert len(said) == 2
    fmb_update.apply(own_home, found)
    entry = fmb.in_use(own_home).library.resolve("F32").entry
    assert (entry.source.checked, entry.source.retrieved) == (None, date(2024, 5, 1))


def test_a_removed_entry_takes_its_codes_with_it_and_says_so(own_home, tmp_path, exports):
    without(exports[0], "110")
    without(exports[1], "111", "112", "113", "114")
    found = proposed(own_home, tmp_path, exports)
    hernia = "Ljumskbråck, femoralbråck och navelbråck (opererats med öppen kirurgi eller laparoskopiskt)"
    assert told(found) == {
        "Koder som inte längre har FMB (1)": [f"K40, K41, K42, tidigare i {hernia}"],
        "Diagnoser som försvinner (1)": [f"{hernia} (K40, K41, K42)"],
    }
    fmb_update.apply(own_home, found)
    library = fmb.in_use(own_home).library
    assert (library.resolve("K40"), library.lost("K409").before.fmb) == (None, 110)


def test_an_entry_that_was_made_by_hand_and_now_stands_in_the_export_is_kept_and_told(own_home, tmp_path, exports):
    """The export of today has stroke as 842, as the entry by hand."""
    stroke = next(r for r in exports[0]["data"] if r["id"] == "370")
    stroke["id"] = stroke["attributes"]["id"] = "842"
    stroke["attributes"] |= {"titel": "Stroke och TIA", "diagnosrubrik": "Stroke och TIA"}
    for record in exports[1]["data"]:
        of = record["attributes"]
        if any(code["kod"] == "I63" for code in of["fmbtillstand"]["diagnoskod"]):
            of["beskrivning"] = "Typfall för diagnosrubriken Stroke och TIA"
    found = proposed(own_home, tmp_path, exports)
    (heading, lines), *others = told(found).items()
    assert (heading, others) == ("Gjorda för hand, och även i filen (1)", [])
    assert lines[0].startswith("Stroke och TIA (I60, I61, I62, I63 och 5 till), 842, gjordes för hand")
    assert found.changes.after.resolve("I63").entry.content == read_library().resolve("I63").entry.content
    chosen = proposed(own_home, tmp_path, exports, Choices(FETCHED.retrieved, frozenset({842})))
    assert chosen.changes.after.resolve("I63").entry.source.rechecked is None
    assert [code for _, codes in chosen.changes.lost_codes for code in codes] == ["G453", "G459"]


def test_four_fifths_of_the_records_are_enough_and_less_is_refused(own_home, tmp_path, exports):
    """Of 116 entries, 25 are 21.6 per cent."""
    kept = sorted((r["id"] for r in exports[0]["data"]), key=int)[25:]
    codes = {r["id"]: {c["kod"] for c in r["attributes"]["diagnoskod"]} for r in exports[0]["data"]}
    fewer = {code for number in kept for code in codes[number]}
    exports[0]["data"] = [r for r in exports[0]["data"] if r["id"] in kept]
    exports[1]["data"] = [
        r for r in exports[1]["data"] if {c["kod"] for c in r["attributes"]["fmbtillstand"]["diagnoskod"]} <= fewer
    ]
    with pytest.raises(BadImport) as refused:
        proposed(own_home, tmp_path, exports)
    assert (refused.value.values["reason"], refused.value.values["detail"]) == ("fewer", "87 / 112")


@pytest.mark.parametrize(
    ("bend", "reason"),
    [
        (lambda d, t: (d[:-1000], t), "not_json"),
        (lambda d, t: (d, t.replace(b'"3"', b"NaN", 1)), "not_finite"),
        (lambda d, t: (d.replace(b'"titel"', b'"titel":"x","titel"', 1), t), "repeated_key"),
        (lambda d, t: (d + b" " * (5_000_001 - len(d)), t), "too_large"),
        (lambda d, t: (d, t.replace(b"\\u00e5", b"\\ud800", 1) if b"\\u00e5" in t else t.replace(b"lindrig", b"\\ud800", 1)), "half_character"),
        (lambda d, t: (t, d[:-1]), "not_json"),
        (lambda d, t: (d, t.replace(b"lindrig", b"\x1b[2Jlindrig")), "not_json"),
    ],
)  # fmt: skip
def test_a_hostile_copy_of_the_real_files_is_refused(own_home, tmp_path, raw, bend, reason):
    with pytest.raises(BadImport) as refused:
        proposed(own_home, tmp_path, bend(*raw))
    assert refused.value.values["reason"] == reason
    assert not (own_home / "fmb").exists()
