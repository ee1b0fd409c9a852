"""Ranking, slips and parts of words: pure, against slow ways to the same answer."""

from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fmstod.knowledge.codes import CodeIndex
from fmstod.knowledge.search.names import NamesInMemory, search
from fmstod.knowledge.search.ranking import Asked, Name, bare, marks, one_slip, words_of
from fmstod.knowledge.search.vocabulary import Vocabulary, respelt

SHORT = st.text("abö", max_size=6)
WORDS = st.lists(st.text("abcåö", min_size=1, max_size=7), max_size=30)


def slips(word):
    """Each way to type a word with one slip."""
    letters = f"{ascii_lowercase}åäö"
    for at in range(len(word) + 1):
        yield from (word[:at] + letter + word[at:] for letter in letters)
        yield word[:at] + word[at + 1 :]
        yield from (word[:at] + letter + word[at + 1 :] for letter in letters)
        yield word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :]


@pytest.mark.parametrize("word", ["fraktur", "öga", "hjärtsvikt", "aaa"])
def test_each_slip_in_a_word_is_one(word):
    assert [typed for typed in slips(word) if not one_slip(typed, word)] == []


@given(SHORT, SHORT)
def test_one_slip_is_what_a_search_through_all_slips_says(typed, word):
    beginnings = [word[:n] for n in range(len(word) + 1)]
    slow = typed in beginnings or any(typed in set(slips(part)) for part in beginnings)
    assert one_slip(typed, word) == slow


@given(WORDS, st.text("abcåö", min_size=1, max_size=5))
def test_a_vocabulary_finds_what_reading_it_all_finds(words, part):
    known = Vocabulary(words)
    assert set(known.beginning(part)) == {word for word in words if word.startswith(part)}
    assert known.has_beginning(part) == any(word.startswith(part) for word in words)
    inside = {word for word in words if part in word and not word.startswith(part)}
    assert set(known.inside(part, 1000)) == (inside if len(part) >= 3 else set())
    near = {word for word in words if one_slip(part, word)}
    assert set(known.near(part)) == (near if len(part) >= 4 else set())
    assert sorted(str(known).split()) == sorted(set(words))


@pytest.mark.parametrize(
    ("compound", "parts"),
    [("handledsfraktur", ("handled", "fraktur")), ("fotfraktur", ("fot", "fraktur")), ("lunginfarkt", None)],
)
def test_a_compound_is_taken_apart_into_words_that_are_there(compound, parts):
    assert Vocabulary(["handled", "fraktur", "fot", "lunga"]).apart(compound) == parts


def test_a_compound_may_be_put_together_of_known_words_and_loses_what_binds_it():
    words = Vocabulary(["knäled", "hälsena", "tendinit", "gallsten", "galen", "loppa"])
    assert words.apart("knäop", {"op": ()}) == ("knä", "op")
    assert words.apart("gallop", {"op": ()}) == ("gall", "op")  # and not gal, lop
    assert words.apart("hälsenetendinit") == ("hälsen", "tendinit")
    assert words.apart("axelbrott", {"axel": (), "brott": ()}) == ("axel", "brott")


@pytest.mark.parametrize(
    ("latin", "swedish"),
    [("trochanterit", "trokanterit"), ("rhizopathi", "risopati"), ("coxarthros", "koxartros"), ("cervix", "cervix")],
)
def test_latin_is_spelt_as_swedish_does(latin, swedish):
    assert respelt(latin) == swedish


@pytest.mark.parametrize(
    ("typed", "stem"),
    [("migräner", "migrän"), ("frakturerna", "fraktur"), ("ögat", None), ("barn", None), ("foten", "fot")],
)
def test_an_ending_is_taken_off_a_word_of_some_length(typed, stem):
    assert Vocabulary(["migrän", "fraktur", "ögo", "bar", "fot"]).stem(typed) == stem


@pytest.mark.parametrize(
    ("compound", "first"),
    [("gallstensbesvär", "gallsten"), ("gallbesvär", None), ("gallsten", None), ("trokanterit", "trokanter")],
)
def test_the_first_part_of_a_compound_is_a_whole_word(compound, first):
    assert Vocabulary(["gallsten", "gallblåsa", "gal", "trokanterbursit"]).lead(compound) == first


LABELS = {
    "S92": "Fraktur på fot med undantag för fotled",
    "S927": "Multipla frakturer på fot",
    "I50": "Hjärtinsufficiens",
    "I500": "Högerhjärtsvikt",
    "J44": "Kroniskt obstruktiv lungsjukdom [KOL]",
    "A00": "Kolera",
    "H810": "Ménières sjukdom",
    "V011": "Fotgängare skadad",
}
INDEX = CodeIndex(LABELS, {"utbränd": ("F438A", "Z73"), "kol": ("J44",)}, {"S927"})
INJURIES = CodeIndex(
    {
        "S420": "Nyckelbensfraktur",
        "S427": "Multipla frakturer på nyckelben och skulderblad",
        "S635": "Distorsion i handled",
        "S92": "Fraktur på fot med undantag för fotled",
        "S828": "Frakturer på fotled och underben",
        "M705": "Bursit i skulderled",
        "M750": "Adhesiv kapsulit i skulderled",
        "J440": "Akut exacerbation",
    },
    {"frusen skuldra": ("M750",), "kol": ("J440",)},
    {"S92", "S420"},
    words={
        "stukad": (("distorsion",),),
        "brutet": (("fraktur",),),
        "axel": (("skulder",), ("skuldra",)),
        "hö": ((),),
        "op": ((),),
        "akut": (("akut",), ()),
    },
)


def found(text, index=INDEX):
    return [hit.code for hit in index.search(text)]


def test_words_stand_in_any_order_and_the_usual_come_first():
    assert found("fot fraktur") == ["S927", "S92"]
    assert found("fraktur fot") == ["S927", "S92"]


def test_a_name_that_is_said_whole_comes_before_names_that_begin_so():
    assert found("kol") == ["J44", "A00"]


def test_parts_of_compounds_endings_and_slips_are_found_where_nothing_begins_so():
    assert found("svikt") == ["I500"]
    assert found("koleran") == ["A00"]
    assert found("hjärtinsuficiens") == ["I50"]
    assert found("hjrätinsufficiens") == ["I50"]
    assert found("lungfraktion") == []
    assert found("kolerafraktion") == ["A00"]  # its first part


def test_words_are_put_as_the_names_put_them_and_sides_are_left_out():
    assert found("stukad handled", INJURIES) == ["S635"]
    assert found("handled op hö stukad", INJURIES) == ["S635"]
    assert found("bursit axel", INJURIES) == ["M705"]
    assert found("axelbursit", INJURIES) == ["M705"]
    assert found("frusen axel", INJURIES) == ["M750"]
    assert found("bursit akut", INJURIES) == ["M705"]  # no name has it
    assert found("kol akut", INJURIES) == ["J440"]
    assert found("hö", INJURIES) == []  # nothing is left to ask for


def test_the_end_of_a_compound_is_as_good_as_its_own_word_in_another_name():
    assert found("brutet nyckelben", INJURIES) == ["S420", "S427"]


def test_an_everyday_word_may_stand_beside_words_of_the_name():
    assert found("kol exacerbation", INJURIES) == ["J440"]


def test_an_everyday_word_is_said_whole_only_by_itself():
    index = CodeIndex(
        {"N20": "Sten i njure", "Z955": "Förekomst av graft"}, {"stenanfall": ("N20",), "stent": ("Z955",)}
    )
    assert found("stent", index) == ["Z955", "N20"]


def test_a_name_that_excepts_what_is_asked_for_comes_last():
    assert found("fraktur fotled", INJURIES) == ["S828", "S92"]
    assert found("fraktur undantag", INJURIES) == ["S92"]


def test_all_words_but_one_are_enough_when_nothing_has_all():
    assert found("hjärtinsufficiens kolera") == ["A00", "I50"]


def test_letters_without_their_accents_find_those_with_them_and_not_the_other_way():
    assert found("menieres") == ["H810"]
    assert found("hogerhjart") == ["I500"]
    assert found("kölera") == ["A00"]  # as a slip, after nothing else was found
    assert found("fötgängare") == ["V011"]


def test_a_mistyped_code_is_never_repaired():
    assert found("S29") == []
    assert found("J54") == []


def test_a_code_without_its_label_is_offered_under_a_shorter_ones_or_not_at_all():
    index = CodeIndex({"F43": "Stress"}, {"utbränd": ("F438A", "Z73")})
    assert [(hit.code, hit.of, hit.said) for hit in index.search("utbr")] == [("F438A", "F43", "utbränd")]
    assert [name.code for name in index.names(index.labels, inherit=False)] == ["F43", "F43"]


def test_the_label_shows_what_was_hit():
    def shown(text, label):
        return [label[a:b] for a, b in marks(Asked.of(text), label)]

    assert shown("fot frak", "Fraktur på fot") == ["Frak", "fot"]
    assert shown("hjart svikt", "Högerhjärtsvikt") == ["hjärtsvikt"]
    assert shown("svikt", "Hjärtsvikt och njursvikt") == ["svikt", "svikt"]
    assert shown("kolrea", "Kolera") == ["Kolera"]
    assert shown("o", "Akut och annan") == ["o"]
    assert shown("kolera", "Gikt") == []
    assert shown("st", "İst St") == []  # its lower case is longer: rather no mark than a wrong one


@given(st.text(max_size=20), st.text(max_size=40))
def test_marks_lie_in_the_label_in_order(text, label):
    ends = [end for span in marks(Asked.of(text), label) for end in span]
    assert ends == sorted(ends)
    assert all(0 <= end <= len(label) for end in ends)


@given(
    st.dictionaries(st.from_regex(r"[A-Z][0-9]{2}[0-9]?", fullmatch=True), SHORT.filter(str.strip), max_size=12), SHORT
)
def test_what_begins_a_word_is_always_found(labels, typed):
    shelf = NamesInMemory(Name.of(code, label) for code, label in labels.items())
    hits = {name.code for _, name in search(Asked.of(typed), (shelf,), lambda code: 3, 100, {})}
    begun = {code for code, label in labels.items() if any(bare(w).startswith(bare(typed)) for w in words_of(label))}
    assert hits >= ({code for code in begun if typed and bare(typed) == typed})
