"""The certificate on paper: the content of its form in a layout of our own."""

from collections.abc import Iterator, Mapping

from fmstod.certificate.form import Diagnoses, Form, Periods, Whole, open_refs
from fmstod.domain.answers import Answer, Diagnosis, PeriodRow
from fmstod.domain.document import Document
from fmstod.reports.form_blocks import Labels, kept_words, periods_of, rows, sections
from fmstod.reports.head import Fact, diagnosis, leave, opening, span
from fmstod.reports.page import Sheet, write
from fmstod.reports.signature import signature, signed_day
from fmstod.texts import text


def certificate_pdf(form: Form, document: Document, labels: Labels, *, draft: bool = False) -> bytes:
    """A tagged PDF/A-2a. Same document and labels give the same bytes; a draft says on each page that it is one."""
    employers = form.discretion is not None
    origin = text("paper.not_employers" if employers else "paper.not_fk")
    sheet = Sheet(form.title, document, draft, origin, employers)
    shown = open_refs(form, document.answers)
    facts = [
        *_facts(form, {ref: v for ref, v in document.answers.items() if ref in shown}, labels),
        issued(document, draft),
    ]
    number = len(form.sections) + 1
    made = sections(form, document.answers, labels)
    return write(sheet, [*opening(sheet, form.about, facts), *made, signature(number, document, draft)])


def _facts(form: Form, answers: Mapping[str, Answer], labels: Labels) -> Iterator[Fact]:
    """Leave, then diagnosis, of a form that asks for them. `answers` is what shows."""
    for question in sorted(form.questions(), key=lambda question: isinstance(question, Diagnoses)):
        value = answers.get(question.ref)
        match question:
            case Periods(single=True):
                yield span(rows(value, PeriodRow), answers.get(_of_the_same(form, question)))
            case Periods():
                yield leave(periods_of(rows(value, PeriodRow)))
            case Diagnoses():
                said = diagnosis(rows(value, Diagnosis), labels)
                yield (said[0], kept, "") if (kept := kept_words(form, answers)) else said
            case _:
                pass


def _of_the_same(form: Form, periods: Periods) -> str:
    """The number that tells the degree of a single period: both have it of the same question of another form."""
    same = (q.ref for q in form.questions() if isinstance(q, Whole) and q.copies and q.copies == periods.copies)
    return next(same, "")


def issued(document: Document, draft: bool) -> Fact:
    caption = text("paper.fact.issued")
    if draft:
        return caption, text("paper.draft.not_issued"), ""
    return caption, signed_day(document), document.issuer.physician.name
