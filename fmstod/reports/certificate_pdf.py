"""The certificate on paper: the content of its form in a layout of our own."""

from fmstod.certificate.form import Form, open_refs
from fmstod.domain.answers import Diagnosis, PeriodRow
from fmstod.domain.document import Document
from fmstod.reports.form_blocks import Labels, periods_of, rows, sections
from fmstod.reports.head import Fact, diagnosis, leave, opening
from fmstod.reports.page import Sheet, write
from fmstod.reports.signature import signature, signed_day
from fmstod.texts import text


def certificate_pdf(form: Form, document: Document, labels: Labels, *, draft: bool = False) -> bytes:
    """A tagged PDF/A-2a. Same document and labels give the same bytes; a draft says on each page that it is one."""
    sheet = Sheet(form.title, document, draft, text("paper.not_fk"))
    shown = open_refs(form, document.answers)
    answers = [value for ref, value in document.answers.items() if ref in shown]
    periods = periods_of([row for value in answers for row in rows(value, PeriodRow)])
    found = [row for value in answers for row in rows(value, Diagnosis)]
    facts = [leave(periods), diagnosis(found, labels), issued(document, draft)]
    number = len(form.sections) + 1
    made = sections(form, document.answers, labels)
    return write(sheet, [*opening(sheet, form.about, facts), *made, signature(number, document, draft)])


def issued(document: Document, draft: bool) -> Fact:
    caption = text("paper.fact.issued")
    if draft:
        return caption, text("paper.draft.not_issued"), ""
    return caption, signed_day(document), document.issuer.physician.name
