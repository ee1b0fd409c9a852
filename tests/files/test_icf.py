"""What the ICF categories mean: complete, short, one of a kind, and no function told as an activity or the other way."""

import re
from collections import Counter

from fmstod.certificate.latin1 import latin1
from fmstod.files import read_descriptions, read_library

CATEGORIES = read_descriptions().category
FUNCTIONS = {code: c for code, c in CATEGORIES.items() if code.startswith("b")}
ACTIVITIES = {code: c for code, c in CATEGORIES.items() if code.startswith("d")}
# A sentence begins with a capital or a figure, unless the abbreviation of a test does.
BEGINS = re.compile(r"[A-ZÅÄÖ0-9]|eGFR")
NUMBER = re.compile(r"\d|\b(en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio)\b", re.IGNORECASE)
LIMIT = re.compile(r"\b(högst|inte|bara|inga|måste|ingen|aldrig)\b", re.IGNORECASE)
UNABLE = re.compile(r"\b(klarar inte|kan inte|orkar inte|arbetet kräver|passet)\b", re.IGNORECASE)
# How certificates go wrong (sickleave.md 5.4, AKT-02): a limitation that only names the trouble or the diagnosis.
TROUBLE = re.compile(
    r"\b(smärta|värk|ont|trött\w*|nedstämd\w*|ångest|yrsel|depression\w*|utmattning\w*|diabetes|stroke|artros|KOL)\b",
    re.IGNORECASE,
)


def sentences():
    return [
        (code, part, getattr(c, part)) for code, c in CATEGORIES.items() for part in ("meaning", "shows", "example")
    ]


def test_every_category_that_fmb_uses_is_described_and_no_other():
    assert set(CATEGORIES) == set(read_library().icf)
    assert (len(FUNCTIONS), len(ACTIVITIES)) == (82, 63)


def test_they_stand_in_the_order_of_their_codes():
    assert list(CATEGORIES) == sorted(CATEGORIES)


def test_a_sentence_is_whole_and_short_and_fits_into_a_certificate():
    for code, part, said in sentences():
        assert BEGINS.match(said), f"{code}.{part}"
        assert said.endswith("."), f"{code}.{part}"
        assert len(said) <= 160, f"{code}.{part}"
        assert said == " ".join(said.split()), f"{code}.{part}"
        assert latin1(said) == (said, ""), f"{code}.{part}"


def test_no_sentence_stands_twice_and_no_two_examples_begin_alike():
    said = Counter(words.lower() for _, _, words in sentences())
    assert [words for words, times in said.items() if times > 1] == []
    begins = Counter(" ".join(c.example.lower().split()[:3]) for c in CATEGORIES.values())
    assert [words for words, times in begins.items() if times > 2] == []


def test_a_meaning_that_sends_on_names_another_category_that_there_is():
    sends = {code: re.findall(r"\b[bd]\d+", c.meaning) for code, c in CATEGORIES.items()}
    assert sum(map(bool, sends.values())) >= 20
    for code, named in sends.items():
        assert set(named) <= set(CATEGORIES) - {code}, code
        assert not named or "hör till" in CATEGORIES[code].meaning, code


def test_an_example_has_a_measure():
    assert [code for code, c in CATEGORIES.items() if not NUMBER.search(c.example)] == []


def test_an_example_of_a_function_is_a_finding_and_says_nothing_of_work():
    assert [code for code, c in FUNCTIONS.items() if UNABLE.search(c.example)] == []


def test_an_example_of_an_activity_is_a_limit_and_names_neither_trouble_nor_diagnosis():
    assert [code for code, c in ACTIVITIES.items() if not LIMIT.search(c.example)] == []
    assert [code for code, c in ACTIVITIES.items() if TROUBLE.search(c.example)] == []


def test_search_words_are_some_and_each_stands_once():
    for code, category in CATEGORIES.items():
        words = category.words
        assert 3 <= len(words) <= 18, code
        assert len({word.lower() for word in words}) == len(words), code
        assert all(word == word.strip() and word for word in words), code


def test_scales_have_the_range_that_they_have():
    """The highest sum of each scale, from its manual: an example may not exceed it, and names no other."""
    most = {
        "KEDS": 54, "MADRS-S": 54, "GAD-7": 21, "ISI": 28, "THI": 100, "VHI": 120, "HIT-6": 78, "IBS-SSS": 500,
        "DLQI": 30, "HDSS": 4, "PUQE": 15, "Bergs balansskala": 56,
    }  # fmt: skip
    seen = set()
    for category in CATEGORIES.values():
        for scale, highest in most.items():
            for points, of in re.findall(rf"{re.escape(scale)} (\d+) av (\d+)", category.example):
                assert int(points) <= int(of) == highest
                seen.add(scale)
    assert seen == set(most)
