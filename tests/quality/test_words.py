"""How words are found in a text: forms, compounds, phrases, patterns, sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from snowballstemmer import stemmer

from fmstod.quality.lexicon import Lexicon, WordList
from fmstod.quality.words import Words, alike

LEXICON = Lexicon(
    {
        "finding": WordList(words=("rörelse", "svullna", "kraft"), exact=("madrs",), patterns=(r"\d+ av \d+",)),
        "severe": WordList(alone=("stor",), phrases=("inte alls", "uppger … ont")),
        "both": WordList(besides=("finding", "severe")),
    },
    stemmer("swedish").stemWord,
)


def hits(text, *names):
    return [hit.word for hit in Words(text, LEXICON).hits(*names)]


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Svullna leder, handkraften sviktar", "finding", ["Svullna", "handkraften"]),
        ("MADRS 27, kraft 3 av 5", "finding", ["MADRS", "kraft", "3 av 5"]),
        ("En stor och storslagen dag", "severe", ["stor"]),
        ("Går inte alls", "severe", ["inte alls"]),
        ("Uppger att det gör ont", "severe", ["Uppger att det gör ont"]),
        ("Uppger att det ofta gör mycket ont", "severe", []),
        ("Stor kraft", "both", ["Stor", "kraft"]),
        ("", "both", []),
    ],
)
def test_words_are_found_in_any_form_and_told_as_written(text, name, expected):
    assert hits(text, name) == expected


def test_a_sentence_does_not_end_inside_a_number_or_an_abbreviation():
    text = "Lyfter 2.5 kg, bl.a. i går. Dr. Ek såg det.\nGår långsamt"
    words = Words(text, LEXICON)
    assert [text[a:b].strip() for a, b in words.sentences] == [
        "Lyfter 2.5 kg, bl.a. i går.",
        "Dr. Ek såg det.",
        "Går långsamt",
    ]


def test_a_new_date_is_no_new_text():
    before, after = (Words(f"Undersökt {day} november. Axeln lyfts till 60 grader.", LEXICON) for day in (2, 30))
    assert alike(before, after) == 1
    assert alike(before, Words("Patienten sover dåligt och äter lite.", LEXICON)) < 0.2
    assert alike(before, Words("", LEXICON)) == 0


@given(st.text())
def test_every_place_lies_in_the_text_and_no_text_is_too_much(text):
    words = Words(text, LEXICON)
    for hit in words.hits("both"):
        assert text[hit.start : hit.end] == hit.word != ""
    assert all(0 <= a < b <= len(text) for a, b in words.sentences)
    assert 0 <= alike(words, words) <= 1
