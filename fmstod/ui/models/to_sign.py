"""What of a case is still to be signed, and what each of its documents lacks."""

from collections.abc import Mapping, Sequence

from fmstod.domain.consultation import is_of_plan
from fmstod.domain.document import DocumentKind
from fmstod.domain.problem import Problem
from fmstod.storage.store import DocumentRow
from fmstod.ui.models.consultation_model import ConsultationModel
from fmstod.ui.models.plan_version import is_changing
from fmstod.ui.models.quality import summed


def signed_kinds(model: ConsultationModel, documents: Sequence[DocumentRow]) -> set[DocumentKind]:
    """What is signed; a plan that is being changed is to be signed anew."""
    kinds = {row.kind for row in documents}
    return kinds - {DocumentKind.PLAN} if is_changing(model) else kinds


def settled_kinds(model: ConsultationModel, documents: Sequence[DocumentRow], *, before: bool) -> set[DocumentKind]:
    """What needs no signature now: also the plan that was signed `before`, until one is written here."""
    kinds = signed_kinds(model, documents)
    stands = before and DocumentKind.CERTIFICATE in kinds and not any(map(is_of_plan, model.consultation.answers))
    return kinds | {DocumentKind.PLAN} if stands else kinds


def lacking(model: ConsultationModel, signed: set[DocumentKind]) -> Mapping[DocumentKind, Sequence[Problem]]:
    """What each unsigned document lacks; nothing of a plan that isn't to be made now."""
    found: dict[DocumentKind, Sequence[Problem]] = {}
    planned = not model.consultation.no_plan
    if DocumentKind.CERTIFICATE not in signed:
        heard = model.heard
        own = [p for p in model.problems if not is_of_plan(p.ref) and p not in heard]
        found[DocumentKind.CERTIFICATE] = [*own, *summed(heard)]
    if not model.reference.form.plan:
        return found
    if DocumentKind.PLAN not in signed and (planned or DocumentKind.CERTIFICATE in signed):
        found[DocumentKind.PLAN] = [p for p in model.now.problems if is_of_plan(p.ref)]
    return found
