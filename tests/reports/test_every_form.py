"""Every certificate form on paper: what the standards demand, that nothing typed is lost, and what a kept diagnosis is."""

from functools import cache
from itertools import pairwise

import page
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fmstod.certificate.form import open_refs
from fmstod.certificate.journal import journal_text
from fmstod.domain.answers import DatedChoice, Diagnosis, PeriodRow
from fmstod.domain.consultation import Consultation
from fmstod.domain.period import iso_day
from fmstod.files import PLAN, read_forms
from fmstod.reports import tokens
from fmstod.reports.certificate_pdf import certificate_pdf
from fmstod.reports.seal_check import Finding, examine
from fmstod.reports.table import cell_width
from fmstod.reports.tagged import TaggedCanvas
from fmstod.reports.typeface import width_of
from fmstod.texts import catalogue
from tests.certificate.test_any_answers import answered
from tests.reports import samples
from tests.reports.reading import everything, page_texts, tight
from tests.reports.sealing import sealed

FORMS = {f"{name}-{version}": form for (name, version), form in read_forms().items() if (name, version) != PLAN}
EMPLOYERS = sorted(name for name, form in FORMS.items() if form.discretion)


def made(form, answers=None, draft=False, **changed):
    document = samples.CERTIFICATE.changed(form=(form.form, form.version), answers=answers or {}, **changed)
    return certificate_pdf(form, document, samples.LABELS, draft=draft)


def overlong(form):
    """Each text is longer than it may be, and says on each line whose it is; every choice is made, every row is there."""
    answers = samples.filled_with(form, "2026-11-20")
    for question in form.questions():
        if question.kind in {"text", "icf"}:
            words = f"{mark(question)} " * (question.max // len(mark(question)) + 1)
            text = f"Början av {question.ref}. {words} Slutet av {question.ref}."
            whole = samples.typical(form)[question.ref]
            answers[question.ref] = text if question.kind == "text" else whole.changed(text=text)
    return answers


def mark(question):
    """A sentence that tells on each page where it stands whose text is there."""
    return f"Det här är text nummer {question.ref.replace('.', '-')} i intyget."


@cache
def paper(name, content):
    """Empty as a draft, typical, and overlong."""
    form = FORMS[name]
    if content == "empty":
        return made(form, draft=True)
    return made(form, samples.typical(form) if content == "typical" else overlong(form))


@pytest.mark.parametrize("name", sorted(FORMS))
@pytest.mark.parametrize("content", ["empty", "typical", "overlong"])
def test_every_form_keeps_the_standards_for_archives_and_for_screen_readers(name, content, tmp_path):
    file = tmp_path / "paper.pdf"
    file.write_bytes(paper(name, content))
    for profile in ("2a", "ua1"):
        found = page.validate_pdf(str(file), profile=profile)
        assert found.is_compliant, [(failure.rule_id, failure.message) for failure in found.failures]


@pytest.mark.parametrize("name", sorted(FORMS))
def test_the_units_seal_lets_every_form_keep_the_standards(name, tmp_path):
    file = tmp_path / "paper.pdf"
    file.write_bytes(sealed(paper(name, "typical")))
    assert examine(file.read_bytes()).finding is Finding.INTACT
    assert all(page.validate_pdf(str(file), profile=profile).is_compliant for profile in ("2a", "ua1"))


@pytest.mark.parametrize("name", sorted(FORMS))
def test_every_form_prints_its_texts_whole(name):
    form = FORMS[name]
    shown = open_refs(form, overlong(form))
    read = tight("".join(page_texts(paper(name, "overlong"))))
    texts = [q for q in form.questions() if q.ref in shown and q.kind in {"text", "icf"}]
    assert len(texts) >= 5
    for question in texts:
        for said in (f"Början av {question.ref}.", f"Slutet av {question.ref}."):
            assert tight(said) in read


@pytest.mark.parametrize("name", sorted(FORMS))
def test_text_that_goes_on_over_a_page_stands_under_its_caption_there(name):
    """Of a question whose caption the section's title says already, that title stands there."""
    pages = [tight(said) for said in page_texts(paper(name, "overlong"))]
    assert len(pages) > 3
    for question in FORMS[name].questions():
        for said in pages:
            if said.count(tight(mark(question))) > 2:
                assert tight(question.label) in said


@pytest.mark.parametrize("name", sorted(FORMS))
def test_every_form_prints_its_sections_in_their_order(name):
    form = FORMS[name]
    shown = open_refs(form, {})
    read = tight("".join(page_texts(paper(name, "empty"))))
    place = 0
    for section in form.sections:
        if any(question.ref in shown for question in section.questions):
            place = read.index(tight(f"{section.number}{section.title}"), place)


@pytest.mark.parametrize("name", sorted(FORMS))
def test_what_is_not_answered_is_said_to_be_so(name):
    """Each question that shows, but for a box that isn't ticked."""
    form, shown = FORMS[name], open_refs(FORMS[name], {})
    asked = [q for q in form.questions() if q.ref in shown and q.kind != "flag"]
    in_the_head = sum(q.kind in {"periods", "diagnoses"} for q in form.questions()) - bool(form.discretion)
    read = tight("".join(page_texts(paper(name, "empty"))))
    assert read.count(tight("Inte ifyllt")) == len(asked) + in_the_head


@pytest.mark.parametrize("name", sorted(FORMS))
def test_no_running_words_run_into_others(name, monkeypatch):
    """A long name, a long title, protected, and the word UTKAST: all of it on one line."""
    written, write = {}, TaggedCanvas.write

    def record(self, x, y, text, face, size, *colour):
        written.setdefault((self.getPageNumber(), y), []).append((x, x + width_of(text, face, size), text))
        write(self, x, y, text, face, size, *colour)

    monkeypatch.setattr(TaggedCanvas, "write", record)
    patient = samples.CERTIFICATE.patient.changed(name="Maria Elisabet Testsson-Exempelsson af " * 3, protected=True)
    for who, draft in ((patient, True), (samples.CERTIFICATE.patient, True), (patient.changed(protected=False), False)):
        written.clear()
        made(FORMS[name], overlong(FORMS[name]), draft=draft, patient=who)
        assert len(written) > 9
        for line in written.values():
            for (_, end, before), (begin, _, after) in pairwise(sorted(line)):
                assert end < begin, (before, after)


@settings(max_examples=40)
@given(answered(), st.booleans())
def test_whatever_is_answered_can_be_printed_and_says_whose_it_is(case, draft):
    form, answers = case
    texts = page_texts(made(form, answers, draft=draft))
    assert all(samples.NUMBER in said for said in texts)
    assert tight(form.title) in tight(texts[0])


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


def test_no_word_of_a_kind_of_document_is_broken_by_its_column():
    room = cell_width(tokens.DOCUMENT, 0)
    kinds = [o.label for form in FORMS.values() for q in form.questions() if getattr(q, "listed", 0) for o in q.options]
    words = {word for kind in kinds for word in kind.split()}
    assert "företagshälsovården" in words
    assert [word for word in words if width_of(word, tokens.BODY.font, tokens.BODY.size) > room] == []


def test_a_period_without_a_degree_says_its_days():
    read = "".join(page_texts(made(FORMS["ag1-14-2.0"], {"7.2": (PeriodRow(first="2026-11-23", last="2026-12-06"),)})))
    assert "14 dagar" in read
    share = {"7": 40, "7.2": (PeriodRow(first="2026-11-23", last="2026-12-06"),)}
    assert "2026-11-23 – 2026-12-06 40 %" in " ".join(page_texts(made(FORMS["ag1-14-2.0"], share))[0].split())
    odd = "".join(page_texts(made(FORMS["ag1-14-2.0"], {"7.2": (PeriodRow(first="2026-12-23", last="snart"),)})))
    assert "snart" in odd


# What the employer gets


@pytest.mark.parametrize("name", EMPLOYERS)
def test_a_diagnosis_that_the_patient_keeps_is_said_to_be_kept(name):
    """certificates.md 4.4: a phrase stands in its place and in that of the question; a preview without an answer leaves
    it out as well."""
    form, keeps = FORMS[name], FORMS[name].discretion
    for answer, there in ((True, True), (False, False), (None, False)):
        answers = {keeps.diagnoses: (Diagnosis(code="M545", text="Kanarieonda"),)}
        answers |= {} if answer is None else {keeps.told: answer}
        read = tight("".join(page_texts(made(form, answers, draft=answer is None))))
        assert ("Kanarieonda" in read) == ("M54.5" in read) == there
        kept = tight("Lämnas inte, på patientens önskan")
        assert read.count(kept) == (2 if answer is False else 0)  # in the head and in its section
        assert (tight("Lämnas inte utan patientens ja") in read) == (answer is None)
        assert (tight(form.question(keeps.told).label) in read) == (answer is not False)


@settings(max_examples=40)
@given(answered(EMPLOYERS))
def test_a_kept_diagnosis_is_nowhere_in_what_is_made_of_the_certificate(case):
    """Not on the paper, in its tags, its metadata or its text for a journal, whatever else is answered."""
    form, answers = case
    keeps = form.discretion
    answers = {**answers, keeps.diagnoses: (Diagnosis(code="Q987", text="Kanarieonda"), Diagnosis(text="Kanarielunga"))}
    if keeps.diagnoses in open_refs(form, answers):
        answers = {ref: value for ref, value in answers.items() if ref not in {keeps.told, "27.1"}}
    assert keeps.diagnoses not in open_refs(form, answers)
    case = Consultation(form=(form.form, form.version), answers=answers)
    told = [everything(made(form, answers)), everything(made(form, answers, draft=True))]
    told.append(tight(journal_text(case, [form], samples.ISSUER, catalogue(), iso_day("2026-11-23"))))
    for said in told:
        assert not [word for word in ("Kanarie", "Q987", "Q98.7") if word in said]


def test_a_paper_for_the_employer_says_whose_it_is_and_that_nobody_sends_it():
    for name, form in FORMS.items():
        draft, signed = (tight("".join(page_texts(paper(name, content)))) for content in ("empty", "typical"))
        employers = name in EMPLOYERS
        for read in (draft, signed):
            assert (tight("Inte den fastställda blanketten") in read) == employers
            assert (tight("Skickas aldrig: patienten lämnar det själv") in read) == employers
            assert (tight("Försäkringskassans blankett") in read) != employers
        assert tight("får inte lämnas " + ("till arbetsgivaren" if form.discretion else "ut")) in draft
        assert tight("får inte lämnas") not in signed
