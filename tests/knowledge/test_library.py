"""The files of `diagnoses/`: how they load, and that every fault is named with its file and place."""

from dataclasses import replace

import pytest

from fmstod.errors import BadDataFile
from fmstod.files import contents
from fmstod.knowledge.library import load_library
from fmstod.knowledge.wording import no_fmb
from fmstod.paths import DIAGNOSES
from fmstod.texts import catalogue

FILES = contents(DIAGNOSES)
DEPRESSION = "psykiska/508-depressiv-episod.toml"
LIBRARY = load_library(FILES)


def changed(name, old, new):
    text = FILES[name].decode()
    assert old in text
    return {**FILES, name: text.replace(old, new, 1).encode()}


def fault(files):
    with pytest.raises(BadDataFile) as caught:
        load_library(files)
    return caught.value.values


@pytest.mark.parametrize(
    ("typed", "code", "entry"),
    [
        ("F32", "F32", 508),
        ("f32.1", "F32", 508),
        ("F43.8A", "F438", 546),
        ("S52.50", "S525", 184),
        ("S52.4", "S52", 198),
        ("S83.5", "S835", 233),
        ("S83.4", "S83", 223),
        ("M45.9", "M459", 355),
        ("F20.0", "F200", 525),
    ],
)
def test_the_nearest_shorter_code_has_the_answer(typed, code, entry):
    found = LIBRARY.resolve(typed)
    assert (found.asked, found.code, found.entry.fmb) == (typed, code, entry)


@pytest.mark.parametrize("code", ["F43", "F43.9", "Q99", "F43.8W", "F41.2", "E1"])
def test_a_code_that_fmb_has_nothing_for(code):
    assert LIBRARY.resolve(code) is None


def test_the_exception_is_known_by_its_entry():
    assert LIBRARY.excepted_from("F43.8W").fmb == 546
    assert LIBRARY.excepted_from("F43.8A") is None
    assert LIBRARY.excepted_from("Q99") is None


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('kind = "at_most"', 'kind = "about"', "recommendation.1.kind"),
        ('kind = "at_most"', 'kind = "individual"', "recommendation.1"),
        ("time = 3\n", "", "recommendation.1"),
        ('unit = "month"\n', "", "recommendation.1"),
        ('unit = "month"', 'unit = "year"', "recommendation.1.unit"),
        ("time = 3", "time = 0", "recommendation.1.time"),
        ('extent = ["part", "full"]', 'extent = ["half"]', "recommendation.1.extent.0"),
        ("changed = 2016-10-07", 'changed = "soon"', "recommendation.0.changed"),
        ('severity = ["mild"], course', 'severity = ["mild"], mood = ["low"], course', "recommendation.0.when.mood"),
        ('"first_episode"', '"third_episode"', "recommendation.0.when.course"),
        ('icd10se = ["F32"]', 'icd10se = ["F32", "Q99"]', "icd10se"),
        ('"b126"', '"b999"', "icf.impairment"),
        ('"d160"', '"d999"', "icf.limitation"),
        ('title = "Depressiv episod"', 'title = "Sjukskriv."', "title"),
        ('title = "Depressiv episod"', f'title = "{"lång " * 30}"', "title"),
        ('group = "psykiska"', 'group = "hud"', "fmb"),
        ("id = 510", "id = 509", ""),
        ("id = 510", "id = 499", "499"),
        ("id = 510\n", 'id = 510\nicd10se = ["F33"]\n', ""),
        ("id = 510\n", "id = 510\nadds_to = 509\n", ""),
        ("id = 510\n", "id = 510\nmin_time = 1\n", "recommendation.1"),
        ("[source]", "[source]\nsource = 1", "source.source"),
    ],
)
def test_a_faulty_entry_is_named_with_its_place(old, new, place):
    assert fault(changed(DEPRESSION, old, new)) | {"reason": ""} == {"file": DEPRESSION, "place": place, "reason": ""}


def test_a_code_in_two_entries_is_a_fault():
    told = fault(changed(DEPRESSION, 'icd10se = ["F32"]', 'icd10se = ["F32", "F33"]'))
    assert told["place"] == "F33"


def test_the_same_id_in_two_files_is_a_fault():
    assert fault({**FILES, "psykiska/508-en-gang-till.toml": FILES[DEPRESSION]})["place"] == "508"


@pytest.mark.parametrize("name", ["meta.toml", "vocabulary.toml", "icd_labels.tsv", "icf_labels.tsv"])
def test_a_missing_table_is_named(name):
    assert fault({k: v for k, v in FILES.items() if k != name})["file"] == name


def test_a_missing_entry_shows_in_the_counts():
    told = fault({k: v for k, v in FILES.items() if k != DEPRESSION})
    assert (told["file"], told["place"]) == ("meta.toml", "counts.exported")


def test_a_month_of_other_length_is_a_fault():
    told = fault(changed("meta.toml", "month = 31", "month = 30"))
    assert (told["file"], told["place"]) == ("meta.toml", "unit_days")


def test_broken_toml_broken_tables_and_broken_letters_are_named():
    assert fault({**FILES, DEPRESSION: b"fmb = \n"})["file"] == DEPRESSION
    assert fault({**FILES, DEPRESSION: b'title = "\xe5"'})["place"] == "byte 9"
    assert fault({**FILES, "icd_labels.tsv": b"F32\tA\nF32\tB\n"})["place"] == "line 2"
    assert fault({**FILES, "icf_labels.tsv": b"b126\tA\n"})["place"] == "line 1"


def test_replaced_entries_are_counted_but_never_matched():
    files = {k: v for k, v in FILES.items() if k != DEPRESSION}
    meta = files["meta.toml"].decode().replace("entries = 112", "entries = 111")
    meta = meta.replace("recommendations = 431", "recommendations = 428")
    head, _, tail = meta.partition("[counts.replaced]")
    tail = tail.replace("entries = 4", "entries = 5").replace("recommendations = 8", "recommendations = 11")
    files |= {
        "replaced/508-depressiv-episod.toml": FILES[DEPRESSION],
        "meta.toml": f"{head}[counts.replaced]{tail}".encode(),
    }
    library = load_library(files)
    assert library.resolve("F32") is None
    lost = library.lost("F32.1")
    assert (lost.code, lost.before.fmb, lost.now) == ("F32", 508, None)
    assert no_fmb(library, "F32.1", catalogue()) == "FMB gäller inte längre F32.1"


def test_a_code_that_a_replaced_entry_excepted_was_never_its_own():
    old = LIBRARY.resolve("F438").entry
    library = replace(LIBRARY, entries=(), replaced=(old,))
    assert library.lost("F43.8A").before is old
    assert library.lost("F43.8W") is None


def test_other_files_in_the_folder_do_no_harm():
    assert load_library({**FILES, "schema.json": b"{}", "README.md": b"\xff"}).entries == LIBRARY.entries
