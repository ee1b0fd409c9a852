"""Search among the ICF categories, and a damaged file of theirs."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fmstod.errors import BadDataFile
from fmstod.files import read_descriptions, read_library
from fmstod.knowledge.categories import CategoryIndex, load_descriptions
from fmstod.knowledge.codes import bare
from fmstod.knowledge.library import IcfLabel
from fmstod.knowledge.suggest import suggest_icf

LIBRARY = read_library()
FUNCTIONS, ACTIVITIES = (CategoryIndex(LIBRARY.icf, read_descriptions(), c) for c in ("b", "d"))
GOOD = """
passed_over = ["att"]
[category.b140]
meaning = "Att hålla tanken kvar."
shows = "Frågor som måste upprepas."
example = "Tappar tråden två gånger."
words = ["fokus"]
"""


def codes(hits):
    return [hit.code for hit in hits]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("trött", "b130"), ("minne", "b144"), ("koncentration", "b140"), ("sova", "b134"), ("svårt att sova", "b134"),
        ("ont i ryggen", "b280"), ("ryggsmärta", "b280"), ("tinnitus", "b240"), ("ångest", "b152"), ("jamar", "b730"),
        ("hjarntrotthet", "b1300"), ("minnesproblem", "b144"), ("kissa", "b620"), ("stel axel", "b710"),
        ("domningar i handen", "b265"), ("huvudvärk", "b28010"), ("utbränd", "b130"), ("nedsatt syn", "b210"),
        ("b14", "b140"), ("B 280", "b280"), ("smarta", "b280"), ("lymfödem", "b435"), ("planera", "b164"),
        ("viktnedgång", "b530"), ("eksem", "b810"), ("darrning", "b765"), ("andfådd", "b440"),
        ("yrsel", "b240"), ("oro", "b152"), ("orolig", "b152"), ("självmordstankar", "b160"), ("hör röster", "b156"),
        ("impulsiv", "b130"), ("lättirriterad", "b1263"), ("motorisk oro", "b147"), ("hjärndimma", "b140"),
        ("hosta", "b450"), ("bröstsmärtor", "b460"), ("kärlkramp", "b410"), ("feber", "b550"), ("svimmar", "b4201"),
        ("inkontinens", "b620"), ("kräks", "b5350"), ("stel", "b710"), ("ont i nacken", "b28010"), ("svag hand", "b730"),
        ("ont i handleden", "b280"), ("instabilt knä", "b715"), ("darrar", "b765"), ("tunga ben", "b780"),
        ("hes", "b310"), ("nedsatt känsel", "b265"), ("hittar inte ord", "b167"), ("orkar inte", "b130"),
    ],
)  # fmt: skip
def test_a_function_is_found_by_what_people_type(typed, first):
    assert codes(FUNCTIONS.search(typed))[0] == first


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("lyfta", "d430"), ("tunga lyft", "d430"), ("gå", "d450"), ("ga", "d450"), ("sitta", "d4103"),
        ("köra bil", "d475"), ("lastbil", "d4751"), ("svårt att gå i trappor", "d451"), ("koncentration", "d160"),
        ("stress", "d240"), ("prata", "d330"), ("skärm", "d110"), ("handla", "d620"), ("städa", "d640"),
        ("arm över huvudet", "d445"), ("klä på sig", "d540"), ("multitasking", "d220"), ("d45", "d450"),
        ("chef", "d740"), ("kunder", "d730"), ("komma igång", "d210"), ("resa sig", "d410"),
        ("sitta länge", "d4153"), ("stå länge", "d4154"), ("läsa", "d166"), ("skriva för hand", "d170"),
        ("ta ansvar", "d240"), ("konflikter", "d720"), ("ta sig till jobbet", "d470"), ("gå på toaletten", "d530"),
        ("prata i telefon", "d360"), ("svara på mail", "d345"), ("tala inför grupp", "d330"), ("statiskt arbete", "d415"),
        ("ta hand om barn", "d660"), ("hålla i saker", "d440"), ("rullstol", "d465"), ("trappgång", "d451"),
    ],
)  # fmt: skip
def test_an_activity_is_found_by_what_people_type(typed, first):
    assert codes(ACTIVITIES.search(typed))[0] == first


@pytest.mark.parametrize("typed", ["trött", "utmattning", "hjärndimma", "inkontinens", "hälta", "fumlig"])
def test_trouble_is_no_activity(typed):
    assert ACTIVITIES.search(typed) == ()
    assert FUNCTIONS.search(typed) != ()


def test_pain_is_no_activity_and_as_a_whole_it_comes_before_that_of_a_part():
    assert ACTIVITIES.search("smärta") == ()
    assert codes(FUNCTIONS.search("smärta"))[:2] == ["b280", "b28010"]


def test_without_text_all_are_there_and_the_suggested_come_first():
    groups = suggest_icf(LIBRARY, ["F32", "M545"], "b")
    suggested = [item.code for group in groups for item in group.items]
    found = FUNCTIONS.search("", suggested)
    assert codes(found)[: len(suggested)] == suggested
    assert len(found) == 82
    assert [hit.suggested for hit in found] == [True] * len(suggested) + [False] * (82 - len(suggested))
    assert len(ACTIVITIES.search("")) == 63


def test_the_suggested_come_first_among_what_the_words_mean():
    assert codes(FUNCTIONS.search("trött"))[:2] == ["b130", "b1300"]
    assert codes(FUNCTIONS.search("trött", ["b740", "b144"]))[:2] == ["b740", "b130"]


def test_what_is_called_just_so_comes_before_what_only_has_the_word():
    assert codes(ACTIVITIES.search("läsa"))[:2] == codes(ACTIVITIES.search("lasa"))[:2] == ["d166", "d140"]


def test_a_code_named_in_anothers_meaning_finds_only_its_own():
    named = [code for code in LIBRARY.icf if re.search(r"\bb144\b", read_descriptions().category[code].meaning)]
    assert named == ["b140"]
    assert codes(FUNCTIONS.search("b144")) == ["b144"]


def test_who_types_dots_means_them():
    assert "d450" not in codes(ACTIVITIES.search("gä"))
    assert codes(FUNCTIONS.search("öra"))[0] == "b230"


def test_each_is_found_by_its_code_and_by_its_own_words():
    for code in LIBRARY.icf:
        index = FUNCTIONS if code.startswith("b") else ACTIVITIES
        assert codes(index.search(code))[0] == code
        for word in read_descriptions().category[code].words:
            assert code in codes(index.search(word)), word
            assert code in codes(index.search(bare(word))), word


@given(st.text(max_size=40))
def test_any_text_gives_hits_of_one_kind_each_once(text):
    found = codes(FUNCTIONS.search(text, ["b280", "d450", "x"]))
    assert len(set(found)) == len(found)
    assert all(code.startswith("b") for code in found)


def test_a_hit_says_what_the_category_means():
    (hit,) = FUNCTIONS.search("b144")
    assert (hit.label, hit.name) == ("Minne", "Minnesfunktioner")
    assert hit.described == read_descriptions().category["b144"]


def test_a_category_that_the_clinic_has_imported_is_found_though_nothing_is_said_of_it():
    index = CategoryIndex({"b199": IcfLabel("Ny funktion", "")}, load_descriptions(GOOD), "b")
    (hit,) = index.search("ny")
    assert (hit.code, hit.label, hit.described) == ("b199", "Ny funktion", None)
    assert index.hit("b777").label == ""


def test_words_that_say_nothing_are_passed_over_unless_they_are_all():
    index = CategoryIndex({"b140": IcfLabel("Uppmärksamhet att", "")}, load_descriptions(GOOD), "b")
    assert codes(index.search("att fokus")) == ["b140"]
    assert codes(index.search("att")) == ["b140"]


@pytest.mark.parametrize(
    ("damage", "place"),
    [
        (GOOD.replace('"Att hålla tanken kvar."', '""'), "category.b140.meaning"),
        (GOOD.replace("kvar.", "kvar" + 160 * "."), "category.b140.meaning"),
        (GOOD.replace('words = ["fokus"]', ""), "category.b140.words"),
        (GOOD.replace("example", "exampel"), "category.b140.example"),
        (GOOD.replace("b140", "s140"), "category.s140.[key]"),
        (GOOD.replace('passed_over = ["att"]', ""), "passed_over"),
        (GOOD.replace('["att"]', "["), ""),
        (b"\xff\xfe", "byte 0"),
    ],
)
def test_a_damaged_file_is_refused_with_its_place(damage, place):
    with pytest.raises(BadDataFile) as told:
        load_descriptions(damage)
    assert told.value.values["file"] == "icf.toml"
    assert told.value.values["place"] == place
