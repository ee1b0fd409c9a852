"""The chain from illness to work (F7): what follows from what."""

from fmstod.files import read_links
from fmstod.judging import read_rulebook
from fmstod.quality.strands import strands
from tests.quality.certificates import given


def test_a_wound_follows_from_an_injury_and_not_from_a_depression():
    book = read_rulebook()
    links = read_links(book.lexicon.stem)

    def unexplained(code):
        changes = {"6": [{"code": code, "text": ""}], "35": "Såret är torrt."}
        return strands(book, links, given(changes), {}).loose["caused"]

    assert unexplained("S826") == set()
    assert unexplained("F321") == {0}


def test_what_is_normal_and_what_names_no_function_leads_nowhere_and_is_told_apart():
    book = read_rulebook()
    links = read_links(book.lexicon.stem)
    changes = {
        "6": [{"code": "F321", "text": ""}],
        "35": "Vet inte. Nedsatt koncentration vid undersökningen. God kontakt, u.a.",
    }
    found = strands(book, links, given(changes), {})
    assert [each.text for each in found.functions] == ["Nedsatt koncentration vid undersökningen."]
    assert {"God kontakt, u.a.", "Vet inte."} <= set(found.unread)
