"""Codes of ICD-10-SE: how they are named and found. Never by likeness (H3)."""

from hypothesis import given
from hypothesis import strategies as st

from fmstod.domain.icd import dotted
from fmstod.files import read_library
from fmstod.knowledge.codes import CodeIndex, prefixes, swedish

INDEX = CodeIndex(
    {
        "F32": "Depressiv episod",
        "F430": "Akut stressreaktion",
        "F438": "Andra specificerade reaktioner på svår stress",
        "F438A": "Utmattningssyndrom",
        "M545": "Lumbago (ländryggssmärta)",
        "R52": "Smärta och värk som ej klassificeras på annan plats",
        "S42": "Fraktur på skuldra och överarm",
    }
)
CODES = st.from_regex(r"[A-TV-Z][0-9]{2}([0-9][0-9A-Z]?)?", fullmatch=True)


def found(text, **limit):
    return [hit.code for hit in INDEX.search(text, **limit)]


@given(CODES)
def test_prefixes_go_down_to_three_characters(code):
    assert [len(p) for p in prefixes(code)] == list(range(len(code), 2, -1))
    assert all(code.startswith(p) for p in prefixes(code))


def test_a_beginning_of_a_code_finds_all_below_it():
    assert found("f43") == ["F430", "F438", "F438A"]
    assert found("F43.8") == ["F438", "F438A"]


def test_a_name_is_found_by_its_beginning_then_by_words_then_inside_compounds():
    assert found("smärta") == ["R52", "M545"]
    assert found("stress") == ["F438", "F430"]  # the whole word first
    assert found("arm över") == ["S42"]
    assert found("reaktion") == ["F438", "F430"]


def test_the_exact_letters_come_before_those_without_dots_and_rings():
    index = CodeIndex({"A01": "Varbildning", "A02": "Vårtbildning", "A03": "Vart det nu bar"})
    assert [hit.code for hit in index.search("var")] == ["A01", "A03", "A02"]
    assert [hit.code for hit in index.search("vår")] == ["A02"]
    assert found("smarta") == ["R52", "M545"]


def test_a_complete_code_below_a_known_one_keeps_that_ones_name_and_says_so():
    (hit,) = INDEX.search("F32.1")
    assert (hit.code, hit.label, hit.of, hit.inherited) == ("F321", "Depressiv episod", "F32", True)
    assert not INDEX.hit("F438A").inherited


def test_nothing_is_guessed():
    assert found("") == []
    assert found("depresion") == []
    assert found("F99") == []
    assert INDEX.hit("Q99").label == ""


def test_three_characters_of_f_and_z73_open_for_the_fourth():
    assert INDEX.hit("F32").opens
    assert INDEX.hit("Z73").opens
    assert not INDEX.hit("F438").opens
    assert not INDEX.hit("S42").opens
    assert [hit.code for hit in INDEX.children("F43")] == ["F430", "F438", "F438A"]


def test_the_number_of_hits_is_bounded():
    assert len(read_library().codes.search("a")) == 20
    assert len(found("a", limit=2)) == 2


@given(st.text(max_size=30))
def test_any_text_can_be_searched(text):
    for hit in INDEX.search(text):
        assert hit.label


def test_every_code_is_found_by_its_own_code_and_by_its_own_name():
    library = read_library()
    for code, label in library.icd.items():
        assert library.codes.search(dotted(code))[0].code == code
        assert label in {hit.label for hit in library.codes.search(label)}, code


def test_swedish_letters_sort_last():
    assert sorted(["öra", "åder", "zon", "ärr", "ax"], key=swedish) == ["ax", "zon", "åder", "ärr", "öra"]
