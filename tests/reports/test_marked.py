"""A certificate that was replaced or complemented leaves as a copy that says so on every page (safety.md H12)."""

import io

import page
import pikepdf
import pytest

from fmstod.domain.lifecycle import Mark, Relation
from fmstod.reports.marked import mark
from fmstod.reports.seal_check import Finding, examine
from tests.reports.reading import page_texts, spoken, tight
from tests.reports.sealing import sealed
from tests.reports.test_papers import CONTENT, MAKE, made

NEW = "0c8f7f0e-53a9-4a3a-9d0b-2f6f7a1f4f55"
WORDS = {
    Relation.REPLACES: ("Ersatt av intyg", "ERSATT"),
    Relation.COMPLEMENTS: ("Kompletterat av intyg", "KOMPLETTERAT"),
}


def why(kind=Relation.REPLACES, document=NEW):
    return Mark(kind=kind, document=document)


@pytest.mark.parametrize("paper", MAKE)
@pytest.mark.parametrize("content", CONTENT)
@pytest.mark.parametrize("kind", WORDS)
def test_a_marked_copy_keeps_the_standards_for_archives_and_for_screen_readers(paper, content, kind, tmp_path):
    file = tmp_path / "paper.pdf"
    file.write_bytes(mark(sealed(made(paper, content)), why(kind)))
    for profile in ("2a", "ua1"):
        found = page.validate_pdf(str(file), profile=profile)
        assert found.is_compliant, [(failure.rule_id, failure.message) for failure in found.failures]


@pytest.mark.parametrize("kind", WORDS)
def test_every_page_says_what_took_its_place_and_that_it_is_a_copy_without_a_seal(kind):
    phrase, word = WORDS[kind]
    texts = page_texts(mark(sealed(made("certificate", "long")), why(kind)))
    assert len(texts) > 3
    for text in texts:
        assert f"{phrase} {NEW}" in text
        assert "kopia utan sigill" in text
        assert word in text


def test_nothing_of_the_certificate_is_lost_and_the_mark_is_read_first():
    before, after = (spoken(pdf) for pdf in (made("certificate", "long"), mark(made("certificate", "long"), why())))
    assert after[0] == ("Document", "")
    assert after[1][0] == "P"
    assert tight(f"Ersatt av intyg {NEW} Märkt kopia utan sigill") == tight(after[1][1])
    assert after[2:] == before[1:]


def test_the_title_says_what_the_copy_is():
    with pikepdf.open(io.BytesIO(mark(sealed(made("certificate")), why()))) as copy:
        assert str(copy.trailer.Info.Title) == f"Ersatt: {MAKE['certificate'][1].title}"
        assert f"Ersatt: {MAKE['certificate'][1].title}" in copy.Root.Metadata.read_bytes().decode()


def test_a_title_with_signs_of_the_markup_stays_whole():
    with pikepdf.open(io.BytesIO(made("certificate"))) as paper:
        told = paper.Root.Metadata.read_bytes().replace(
            b"</rdf:li></rdf:Alt>", b" &lt;&amp;&gt; \\1</rdf:li></rdf:Alt>", 1
        )
        paper.Root.Metadata.write(told)
        out = io.BytesIO()
        paper.save(out)
    with pikepdf.open(io.BytesIO(mark(out.getvalue(), why()))) as copy:
        assert str(copy.trailer.Info.Title).endswith(r" <&> \1")
        assert rb"&lt;&amp;&gt; \1</rdf:li>" in copy.Root.Metadata.read_bytes()


def test_it_does_not_pretend_to_be_sealed_and_the_check_says_what_it_is():
    original = sealed(made("certificate"))
    copy = mark(original, why())
    assert examine(copy).finding is Finding.COPY
    assert examine(copy).seal is None
    with pikepdf.open(io.BytesIO(copy)) as read:
        assert "/AcroForm" not in read.Root
        assert not any("/Annots" in sheet.obj for sheet in read.pages)
    assert examine(original).finding is Finding.INTACT


def test_a_sealed_file_that_calls_itself_a_copy_is_still_held_to_its_seal():
    assert examine(sealed(made("certificate")) + b"\n%/FmstodMarkedCopy").finding is Finding.ADDED


def test_the_same_paper_and_reason_give_the_same_copy_sealed_or_not():
    one, other = sealed(made("certificate")), made("certificate")
    assert mark(one, why()) == mark(one, why())
    assert mark(one, why()) != mark(one, why(document="5b0f6a52-9d37-4c1e-8a40-7e1d2c93b6f8"))
    assert page_texts(mark(one, why())) == page_texts(mark(other, why()))


@pytest.mark.parametrize("document", ["", "d1", "x" * 500, "<b>&\x00\n{id}中"])
def test_an_id_of_any_kind_gives_a_copy(document, tmp_path):
    file = tmp_path / "paper.pdf"
    file.write_bytes(mark(sealed(made("plan")), why(document=document)))
    assert page.validate_pdf(str(file), profile="2a").is_compliant
