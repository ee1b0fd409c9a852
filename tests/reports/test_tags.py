"""What a screen reader meets, and that any form can be printed."""

import io

import pikepdf
import pytest

from fmstod.certificate.form import load_form
from fmstod.domain.answers import DatedChoice
from fmstod.domain.document import DocumentKind
from fmstod.reports.certificate_pdf import certificate_pdf
from tests.reports import samples
from tests.reports.reading import page_texts, spoken, tight
from tests.reports.test_papers import MAKE, made


@pytest.mark.parametrize("paper", MAKE)
@pytest.mark.parametrize("content", ["ordinary", "long"])
def test_headings_nest_and_come_once(paper, content):
    form = MAKE[paper][1]
    read = spoken(made(paper, content))
    headings = [(role, text) for role, text in read if role in {"H1", "H2", "H3"}]
    assert headings[0] == ("H1", form.title)
    assert [role for role, _ in headings].count("H1") == 1
    titles = [tight(text) for role, text in headings if role == "H2"]
    assert titles == [tight(section.number + section.title) for section in form.sections] + [
        f"{len(form.sections) + 1}Underskrift"
    ]
    assert headings[1][0] == "H2"


def test_the_reading_order_is_the_order_of_the_form():
    read = "".join(tight(text) for _, text in spoken(made("certificate")))
    order = [samples.ANSWERS["29"], samples.ANSWERS["35"].text, samples.ANSWERS["33.2"], samples.ANSWERS["44"]]
    places = [read.index(tight(words)) for words in order]
    assert places == sorted(places)


def test_choices_say_whether_they_are_chosen():
    read = spoken(made("certificate"))
    labels = [(text, read[n + 1][1]) for n, (role, text) in enumerate(read) if role == "Lbl"]
    assert ("Vald: ", "Fysiskt vårdmöte2026-11-23") in labels
    assert ("Inte vald: ", "Digitalt vårdmöte") in labels
    assert ("Vald: ", "Ja") in labels


def test_every_row_of_a_table_has_the_same_cells():
    for content in ("ordinary", "long"):
        with pikepdf.open(io.BytesIO(made("plan", content))) as pdf:
            tables = [
                item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Table"
            ]
            assert len(tables) >= 2
            for table in tables:
                assert len({len(row.K) for row in table.K}) == 1
                assert {str(cell.S) for row in table.K for cell in row.K} == {"/TH", "/TD"}


EVERY_KIND = {
    "form": "prov",
    "version": "9.9",
    "title": "Ett annat intyg",
    "about": "Prov.",
    "sections": [
        {
            "number": "1",
            "title": "Allt",
            "questions": [
                {"ref": "1", "kind": "flag", "label": "Kryss", "step": 1},
                {"ref": "2", "kind": "yes_no", "label": "Ja eller nej?", "step": 1},
                {
                    "ref": "3",
                    "kind": "choice",
                    "label": "Ett val",
                    "step": 1,
                    "options": [{"code": "A", "label": "Första"}],
                },
                {
                    "ref": "4",
                    "kind": "choices",
                    "label": "Flera val",
                    "step": 1,
                    "options": [{"code": "B", "label": "Andra"}],
                },
                {
                    "ref": "5",
                    "kind": "dated_choices",
                    "label": "Dagar",
                    "step": 1,
                    "options": [{"code": "C", "label": "Tredje"}],
                },
                {"ref": "6", "kind": "text", "label": "Text", "step": 1},
                {"ref": "7", "kind": "whole", "label": "Antal", "step": 1, "min": 0, "max": 9},
                {"ref": "8", "kind": "day", "label": "En dag", "step": 1},
                {"ref": "9", "kind": "diagnoses", "label": "Diagnoser", "step": 1},
                {"ref": "10", "kind": "icf", "label": "Beskrivning", "step": 1, "component": "b"},
                {"ref": "11", "kind": "periods", "label": "Perioder", "step": 1},
                {"ref": "12", "kind": "measures", "label": "Insatser", "step": 1},
                {"ref": "13", "kind": "text", "label": "Dold", "step": 1, "when": {"ref": "2", "equals": False}},
            ],
        }
    ],
}


def printed(answers):
    form = load_form(EVERY_KIND)
    document = samples.CERTIFICATE.changed(answers=answers, kind=DocumentKind.CERTIFICATE)
    return " ".join("".join(page_texts(certificate_pdf(form, document, samples.LABELS))).split())


def test_a_new_form_needs_no_code():
    text = printed(samples.filled_with(load_form(EVERY_KIND), "Ord"))
    for words in ("Ett annat intyg", "Kryss", "Första", "Andra", "Tredje", "Antal 9", "Insatser", "2 Underskrift"):
        assert words in text
    assert "Dold" not in text


def test_what_is_not_answered_says_so_and_what_is_not_asked_is_silent():
    text = printed({"13": "Hemligt"})
    assert text.count("Inte ifyllt") == 11 + 2  # every question but the flag, and the head's leave and diagnosis
    assert "Hemligt" not in text
    assert "Dold" not in text


def test_an_answer_that_the_form_does_not_know_is_shown_not_dropped():
    text = printed({"3": "GAMMAL", "5": (DatedChoice(kind="C"), DatedChoice(kind="UTGÅNGEN", date="2026-11-20"))})
    assert "GAMMAL" in text
    assert "UTGÅNGEN" in text
    assert "Tredje datum saknas" in text


def test_severity_and_basis_stand_with_the_areas():
    text = " ".join("".join(page_texts(made("certificate"))).split())
    assert "b130 energi och drift" in text
    assert "Testresultat. Stor nedsättning: uppmärksamhet, minne." in text
    assert "Enligt patienten. Måttlig nedsättning: sömn." in text


def test_the_steps_back_come_from_the_periods():
    text = " ".join(page_texts(made("plan"))[0].split())
    assert "100 % 23 nov – 20 dec Inget arbete, 28 dagar" in text
    assert "50 % 21 dec – 3 jan Halva arbetstiden, 14 dagar" in text
    assert "från 4 jan" in text
