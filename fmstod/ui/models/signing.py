"""From a finished consultation to signed documents."""

from datetime import datetime

from fmstod import __version__
from fmstod.certificate.fill import shown_answers
from fmstod.certificate.form import Diagnoses, Periods
from fmstod.clock import SWEDEN
from fmstod.domain.consultation import is_of_plan
from fmstod.domain.document import Document, DocumentKind
from fmstod.domain.problem import Level, Problem
from fmstod.domain.procedure import PLAN_MADE, Procedure, procedure
from fmstod.files import read_procedure_codes
from fmstod.ui.models.consultation_model import ConsultationModel
from fmstod.ui.models.leave import days_on_paper


def hindrances(model: ConsultationModel, kind: DocumentKind) -> tuple[Problem, ...]:
    """The errors that stop this document from being signed."""
    plan = kind is DocumentKind.PLAN
    return tuple(p for p in model.now.problems if p.level is Level.ERROR and is_of_plan(p.ref) == plan)


def document_of(model: ConsultationModel, kind: DocumentKind, document: str, at: datetime) -> Document:
    """The document as it stands, with the answers that show; the plan also tells diagnoses and periods."""
    ref, answers = model.reference, model.now.answers
    form = ref.plan_form if kind is DocumentKind.PLAN else ref.form
    shown = dict(shown_answers(form, answers))
    if kind is DocumentKind.PLAN:
        told = (question.ref for question in ref.form.questions() if isinstance(question, Diagnoses | Periods))
        shown |= {number: answers[number] for number in told if number in answers}
    return Document(
        id=document,
        kind=kind,
        form=(form.form, form.version),
        patient=model.consultation.patient,
        issuer=ref.issuer,
        answers=shown,
        signed_at=at,
        program=__version__,
        version=model.plan.version + 1 if kind is DocumentKind.PLAN and model.plan else 1,
        days=days_on_paper(model) if kind is DocumentKind.PLAN else (),
        earlier=model.now.leave.days.known if kind is DocumentKind.PLAN else (),
    )


def procedures_for(documents: tuple[Document, ...]) -> tuple[Procedure, ...]:
    """DV077 for a signed plan, on the day of signing in Sweden (R001-12); the store keeps that of the first plan."""
    plans = (d for d in documents if d.kind is DocumentKind.PLAN)
    days = ((d.id, d.signed_at.astimezone(SWEDEN).date()) for d in plans)
    return tuple(each for plan, on in days for each in procedure(read_procedure_codes(), PLAN_MADE, on, plan))
