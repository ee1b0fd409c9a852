"""Every certificate form on paper: what the standards demand, that nothing typed is lost, and what a kept diagnosis is."""

import page
import pytest

from fmstod.domain.answers import DatedChoice, Diagnosis, PeriodRow
from fmstod.files import PLAN, read_forms
from fmstod.reports.certificate_pdf import certificate_pdf
from tests.reports import samples
from tests.reports.reading import page_texts, tight

FORMS = {f"{name}-{version}": form for (name, version), form in read_forms().items() if (name, version) != PLAN}
CONTENT = {
    "empty": lambda document, _: document.changed(answers={}),
    "long": lambda document, form: samples.extreme(document, form, samples.LONG_TEXT),
}


def made(form, answers=None, content="", draft=False):
    document = samples.CERTIFICATE.changed(form=(form.form, form.version), answers=answers or {})
    document = CONTENT[content](document, form) if content else document
    return certificate_pdf(form, document, samples.LABELS, draft=draft)


@pytest.mark.parametrize("name", sorted(FORMS))
@pytest.mark.parametrize("content", CONTENT)
def test_every_form_keeps_the_standards_for_archives_and_for_screen_readers(name, content, tmp_path):
    file = tmp_path / "paper.pdf"
    file.write_bytes(made(FORMS[name], content=content, draft=content == "empty"))
    for profile in ("2a", "ua1"):
        found = page.validate_pdf(str(file), profile=profile)
        assert found.is_compliant, [(failure.rule_id, failure.message) for failure in found.failures]


@pytest.mark.parametrize("name", sorted(FORMS))
def test_every_form_prints_its_sections_and_its_texts_whole(name):
    form = FORMS[name]
    asked = [q for q in form.questions() if q.kind == "text" and q.when is None]
    answers = {q.ref: f"Svar på {q.ref}: {samples.LONG_TEXT} slut på {q.ref}." for q in asked}
    read = tight("".join(page_texts(made(form, answers))))
    for question in asked:
        assert tight(f"Svar på {question.ref}:") in read
        assert tight(f"slut på {question.ref}.") in read


def test_a_list_of_documents_says_what_from_when_and_where():
    rows = (
        DatedChoice(kind="PSYKOLOG", date="2026-01-10", where="Kliniken i Exempelstad"),
        DatedChoice(kind="OKAND", date="i fjol", where=None),
    )
    read = tight("".join(page_texts(made(FORMS["luse-1.3"], {"3": True, "4": rows}))))
    for said in ("Underlag från psykolog", "2026-01-10", "Kliniken i Exempelstad", "OKAND", "i fjol"):
        assert tight(said) in read
    empty = (DatedChoice(kind="", where=""),)
    assert "Kliniken" not in "".join(page_texts(made(FORMS["luse-1.3"], {"3": True, "4": empty})))


def test_a_period_without_a_degree_says_its_days():
    read = "".join(page_texts(made(FORMS["ag1-14-2.0"], {"7.2": (PeriodRow(first="2026-11-23", last="2026-12-06"),)})))
    assert "14 dagar" in read
    odd = "".join(page_texts(made(FORMS["ag1-14-2.0"], {"7.2": (PeriodRow(first="2026-12-23", last="snart"),)})))
    assert "snart" in odd


@pytest.mark.parametrize(
    ("name", "told", "kept"), [("ag7804-2.0", "100", "6"), ("ag1-14-2.0", "3", "4"), ("ag7804-1.0", "100", "6")]
)
def test_a_diagnosis_that_the_patient_keeps_is_nowhere_on_the_paper(name, told, kept):
    """certificates.md 4.4: left out, and said to be left out; a preview without an answer leaves it out as well."""
    form, rows = FORMS[name], (Diagnosis(code="M545", text="Kanarieonda"),)
    for answer, there in ((True, True), (False, False), (None, False)):
        answers = {kept: rows} if answer is None else {told: answer, kept: rows}
        read = tight("".join(page_texts(made(form, answers, draft=answer is None))))
        assert ("Kanarieonda" in read) == ("M54.5" in read) == there
        assert (tight("Lämnas inte, på patientens önskan") in read) == (answer is False)


def test_a_paper_for_the_employer_is_not_said_to_be_forsakringskassans():
    for name, form in FORMS.items():
        read = tight("".join(page_texts(made(form))))
        assert (tight("Inte den fastställda blanketten") in read) == name.startswith("ag")
