"""Ranking, slips and parts of words: pure, against slow ways to the same answer."""

from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fmstod.knowledge.codes import CodeIndex
from fmstod.knowledge.ranking import Asked, Name, bare, marks, one_slip, words_of
from fmstod.knowledge.search import NamesInMemory, search
from fmstod.knowledge.vocabulary import Vocabulary

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


@pytest.mark.parametrize(
    ("typed", "stem"), [("migräner", "migrän"), ("frakturerna", "fraktur"), ("ögat", None), ("barn", None)]
)
def test_an_ending_is_taken_off_a_word_of_some_length(typed, stem):
    assert Vocabulary(["migrän", "fraktur", "ögo", "bar"]).stem(typed) == stem


@pytest.mark.parametrize(
    ("compound", "first"), [("gallstensbesvär", "gallsten"), ("gallbesvär", None), ("gallsten", None)]
)
def test_the_first_part_of_a_compound_is_a_whole_word(compound, first):
    assert Vocabulary(["gallsten", "gallblåsa", "gal"]).lead(compound) == first


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
    hits = {name.code for _, name in search(Asked.of(typed), (shelf,), lambda code: 3, 100)}
    begun = {code for code, label in labels.items() if any(bare(w).startswith(bare(typed)) for w in words_of(label))}
    assert hits >= ({code for code in begun if typed and bare(typed) == typed})
