"""Every kind of paper: what the standards demand, what must stand on each page, and that nothing typed is lost."""

import io
import os
import re
import subprocess
import sys

import page
import pikepdf
import pytest

from fmstod.reports.certificate_pdf import certificate_pdf
from fmstod.reports.plan_pdf import plan_pdf
from fmstod.reports.tokens import BOTTOM, TOP
from fmstod.reports.typeface import readable
from tests.reports import samples
from tests.reports.notes import NOTES, TYPED, WORDS
from tests.reports.reading import baselines, page_texts, spoken, tight

MAKE = {
    "certificate": (certificate_pdf, samples.FK7804, samples.CERTIFICATE),
    "plan": (plan_pdf, samples.PLAN, samples.THE_PLAN),
}
CONTENT = {
    "ordinary": lambda document, _: document,
    "empty": lambda document, _: document.changed(answers={}),
    "long": lambda document, form: samples.extreme(document, form, samples.LONG_TEXT),
    "one long word": lambda document, form: samples.extreme(document, form, samples.LONG_WORD),
    "hostile": lambda document, form: samples.extreme(document, form, samples.HOSTILE),
}
KINDS = [(paper, content, draft) for paper in MAKE for content in CONTENT for draft in (False, True)]
KINDS += [(paper, content, False) for paper in NOTES for content in CONTENT]


def made(paper, content="ordinary", draft=False, **changed):
    if paper in NOTES:
        return NOTES[paper](content)
    make, form, document = MAKE[paper]
    document = CONTENT[content](document, form)
    return make(form, document.changed(**changed) if changed else document, samples.LABELS, draft=draft)


@pytest.mark.parametrize(("paper", "content", "draft"), KINDS)
def test_every_paper_keeps_the_standards_for_archives_and_for_screen_readers(paper, content, draft, tmp_path):
    file = tmp_path / "paper.pdf"
    file.write_bytes(made(paper, content, draft))
    for profile in ("2a", "ua1"):
        found = page.validate_pdf(str(file), profile=profile)
        assert found.is_compliant, [(failure.rule_id, failure.message) for failure in found.failures]


@pytest.mark.parametrize(("paper", "content", "draft"), KINDS)
def test_every_page_says_who_and_which_of_how_many(paper, content, draft):
    texts = page_texts(made(paper, content, draft))
    for number, text in enumerate(texts, 1):
        assert samples.NUMBER in text
        assert f"{number} ({len(texts)})" in text
        assert ("UTKAST" in text) is draft
        assert "ej CE-märkt" in text


@pytest.mark.parametrize("paper", MAKE)
@pytest.mark.parametrize("content", ["long", "one long word", "hostile"])
def test_what_was_typed_stands_whole_on_the_paper(paper, content):
    _, form, document = MAKE[paper]
    words = {"long": samples.LONG_TEXT, "one long word": samples.LONG_WORD, "hostile": samples.HOSTILE}[content]
    said = "\n".join(tight(text) for _, text in spoken(made(paper, content)))
    for question in form.questions():
        if question.kind in {"text", "icf", "diagnoses", "measures", "dated_choices"}:
            assert tight(readable(words)) in said
    # As often as it was typed: no field swallows another.
    texts = [value for value in CONTENT[content](document, form).answers.values() if value == words]
    assert said.count(tight(readable(words))) >= len(texts)


@pytest.mark.parametrize("paper", NOTES)
@pytest.mark.parametrize("content", WORDS)
def test_what_was_typed_in_a_note_stands_whole_on_it_too(paper, content):
    said = "\n".join(tight(text) for _, text in spoken(made(paper, content)))
    assert said.count(tight(readable(WORDS[content]))) >= TYPED[paper]


@pytest.mark.parametrize("paper", [*MAKE, *NOTES])
@pytest.mark.parametrize("content", CONTENT)
def test_no_text_runs_off_the_page(paper, content):
    assert all(BOTTOM < y < TOP for y in baselines(made(paper, content)))


def test_mark_up_is_only_characters():
    text = "".join(page_texts(made("certificate", answers={**samples.ANSWERS, "25": "<b>fet</b> &amp; <br/>"})))
    assert "<b>fet</b> &amp; <br/>" in text


def test_characters_that_the_typeface_lacks_leave_a_visible_sign():
    assert readable("blod\u0000tryck 中 \U0001f600") == "blod\ufffdtryck \ufffd \ufffd"
    assert readable("\ud800") == "\ufffd"
    assert readable("a\u030a") == "å"
    assert readable("≥ 19, 2−3 →") == ">= 19, 2-3 ->"


@pytest.mark.parametrize("paper", MAKE)
@pytest.mark.parametrize("draft", [False, True])
def test_the_same_document_gives_the_same_bytes_in_another_process(paper, draft):
    script = (
        "import hashlib, sys; from tests.reports.test_papers import made; "
        f"sys.stdout.write(hashlib.sha256(made({paper!r}, 'ordinary', {draft})).hexdigest())"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1
    assert made(paper, draft=draft) == made(paper, draft=draft)


def test_the_file_carries_nothing_that_acts_and_only_our_typeface():
    for paper in (*MAKE, *NOTES):
        with pikepdf.open(io.BytesIO(made(paper, "hostile"))) as pdf:
            for item in pdf.objects:
                if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
                    assert not {"/JS", "/JavaScript", "/OpenAction", "/AA", "/EmbeddedFiles", "/EF", "/URI"} & set(
                        item.keys()
                    )
                if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font":
                    assert re.fullmatch(r"/[A-Z]{6}\+NotoSans-(Regular|SemiBold)", str(item.BaseFont))
                    assert "/FontFile2" in item.FontDescriptor


def test_the_file_says_what_it_is_but_not_whom_it_is_about():
    with pikepdf.open(io.BytesIO(made("certificate", draft=True))) as pdf:
        assert str(pdf.docinfo.Title) == "Utkast: Läkarintyg för sjukpenning"
    with pikepdf.open(io.BytesIO(made("certificate"))) as pdf:
        assert str(pdf.docinfo.Title) == "Läkarintyg för sjukpenning"
        assert str(pdf.docinfo.Author) == "Disa Doktorsson"
        assert str(pdf.docinfo.CreationDate) == "D:20261123104200+00'00'"
        assert str(pdf.Root.Lang) == "sv-SE"
        xmp = pdf.Root.Metadata.read_bytes().decode()
    assert samples.NUMBER not in xmp
    assert samples.NAME not in xmp


def test_a_signed_paper_carries_its_id_and_the_time_in_sweden():
    for text in page_texts(made("certificate")):
        assert f"Intygs-id {samples.CERTIFICATE.id}" in text
    last = page_texts(made("certificate"))[-1]
    assert "2026-11-23 kl. 11.42" in last  # 10.42 UTC
    assert "ingen kvalificerad underskrift och inte gjort med e-legitimation" in " ".join(last.split())


def test_a_draft_has_no_signature_and_no_id():
    for paper, (_, _, document) in MAKE.items():
        text = "".join(page_texts(made(paper, draft=True)))
        assert document.id not in text
        assert "Inte undertecknat" in text
        assert "SE0000000000-0001" not in text
        assert "DV077" not in text
    assert "Inte utfärdat" in page_texts(made("certificate", draft=True))[0]


def test_it_is_not_the_sheet_of_forsakringskassan():
    text = "".join(page_texts(made("certificate")))
    assert text.count("Inte Försäkringskassans blankett") >= 2
    for never in ("006 F 001", "78040", "Fastställd av"):
        assert never not in text


def test_a_signed_plan_names_the_procedure():
    assert "KVÅ DV077" in page_texts(made("plan"))[0]
    assert "KVÅ DV077" in page_texts(made("plan"))[-1]


def test_protected_identity_is_said_first_and_on_every_page():
    patient = samples.CERTIFICATE.patient.changed(protected=True)
    first, *others = page_texts(made("certificate", patient=patient))
    assert "Skyddade personuppgifter" in first
    assert all("skyddade personuppgifter" in text for text in others)
    assert "kyddade personuppgifter" not in "".join(page_texts(made("certificate")))
