"""What physicians type finds what they mean: a list of our own, against a register of full size and against FMB alone."""

import os
import tomllib
from datetime import date
from pathlib import Path

import pytest

from fmstod.domain.icd import is_code, normalise
from fmstod.files import own_codes, read_everyday, read_frequent, read_library, read_words
from fmstod.knowledge.search.everyday import load_everyday, load_words
from fmstod.storage.registers import import_codes, open_codes
from tests.knowledge.registers import WHOLE, as_files, large, real_rows

QUERIES = tomllib.loads((Path(__file__).parent / "code_queries.toml").read_text(encoding="utf-8"))["queries"]
DAY = date(2026, 11, 24)
RAW = Path(os.environ.get("FMSTOD_RAW_DATA", "/nowhere")) / "codes"
OWN = own_codes(read_library())


def opened(home, files):
    import_codes(home, files, "2022", DAY, lambda done, total: True)
    return open_codes(home, OWN, DAY)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    home = tmp_path_factory.mktemp("whole")
    codes = opened(home, as_files(large(), home / "files"))
    yield codes
    codes.close()


@pytest.mark.parametrize(("typed", "code", "within"), QUERIES, ids=[f"{q[0]}-{q[1]}" for q in QUERIES])
def test_a_query_finds_its_code_among_35_684(whole, typed, code, within):
    assert normalise(code) in [hit.code for hit in whole.search(typed)][:within]


def test_the_register_of_the_tests_is_as_large_as_the_real_one():
    assert len(large()) == WHOLE
    assert len(real_rows()) < 400


def test_nine_in_ten_queries_are_answered_by_fmbs_codes_alone_where_it_has_the_category():
    asked = [(typed, normalise(code), within) for typed, code, within in QUERIES]
    asked = [each for each in asked if any(each[1][:n] in OWN.labels for n in (3, 4, 5))]
    found = sum(code in [hit.code for hit in OWN.search(typed)][:within] for typed, code, within in asked)
    assert len(asked) > 80
    assert found >= 0.9 * len(asked)


@pytest.mark.skipif(not RAW.is_dir(), reason="the official files aren't here (FMSTOD_RAW_DATA)")
def test_every_query_finds_its_code_in_the_real_register(tmp_path):
    codes = opened(tmp_path, sorted(RAW.glob("icd10se-2022-*.tsv")))
    missed = [q for q in QUERIES if normalise(q[1]) not in [hit.code for hit in codes.search(q[0])][: q[2]]]
    assert missed == []
    assert codes.edition.name == "2022"
    known = codes.files[0].labels()
    assert len(known) == WHOLE
    assert {name: codes for name, codes in real_rows().items() if known.get(name) != codes} == {}
    assert [code for codes in read_everyday().values() for code in codes if code not in known] == []
    assert [code for code in read_frequent() if code not in known] == []
    first = {word: [hit.code for hit in codes.search(word)][:3] for word in read_everyday()}
    assert [word for word, to in read_everyday().items() if to[0] not in first[word]] == []
    said = {word for ways in read_words().values() for way in ways for word in way}
    assert [word for word in said if not codes.files[0].vocabulary.has_beginning(word)] == []
    codes.close()


def test_the_everyday_words_are_many_and_lead_to_well_written_codes():
    assert len(read_everyday()) >= 600
    assert all(is_code(code) for codes in read_everyday().values() for code in codes)
    assert 100 <= len(read_frequent()) <= 150


def test_each_everyday_word_leads_to_its_first_code_where_fmb_has_it():
    words = {word: to[0] for word, to in read_everyday().items() if to[0] in OWN.labels}
    assert len(words) > 300
    assert [word for word, code in words.items() if code not in [hit.code for hit in OWN.search(word)][:2]] == []


def test_an_everyday_word_is_only_a_way_to_hits_that_say_so():
    hits = OWN.search("ryggskott")
    assert [(hit.code, hit.said, hit.marks) for hit in hits] == [("M545", "ryggskott", ())]


@pytest.mark.parametrize(
    ("load", "lines"),
    [
        (load_words, {"axel, axel": "skulder"}),
        (load_words, {"två ord": "ett"}),
        (load_words, {"": "skulder"}),
        (load_everyday, {"utbränd, utbränd": "F43.8A"}),
        (load_everyday, {"utbränd": "F4X"}),
        (load_everyday, {"utbränd": ""}),
    ],
)
def test_a_line_that_cant_be_meant_is_refused(load, lines):
    with pytest.raises(ValueError, match="place"):
        load({"place": lines})


def test_a_word_is_put_in_other_ways_with_and_without_its_accents():
    words = load_words({"place": {"höger": "", "bråck": "malign tumör, cancer"}})
    assert words["hoger"] == words["höger"] == ((),)
    assert words["brack"] == (("malign", "tumör"), ("cancer",))
