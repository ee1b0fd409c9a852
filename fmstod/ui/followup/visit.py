"""What a follow-up starts from: what is known before it, and the questions for so long a sick leave."""

from collections.abc import Mapping
from datetime import date, datetime

from fmstod.clock import SWEDEN
from fmstod.domain.document import DocumentKind
from fmstod.domain.followup import Picture, first_picture, planned
from fmstod.domain.last_known import after, last_known, planned_anew, stepped
from fmstod.domain.lifecycle import GOES_ON
from fmstod.files import read_catalogue
from fmstod.followup.catalogue import asked
from fmstod.sickleave.earlier import compared
from fmstod.storage.store import Store, StoredCase
from fmstod.ui.earlier_certificates import taken_place_of
from fmstod.ui.followup.page import Visit
from fmstod.ui.followup.renewing import taken_of
from fmstod.ui.models.consultation_model import ConsultationModel


def picture_of(store: Store, case: StoredCase, on: date, until: datetime | None = None) -> tuple[Picture, bool]:
    """What is known before a visit on that day, and whether last time was the signing; `until` as it was known then.

    Of each thing what was said last, back to the first certificate: a renewal goes on from the case that it came out of.
    The measures are those of the newest plan.
    """
    done = [each for each in store.followups.of(case.id) if each.done_at and (until is None or each.done_at < until)]
    known_by = [d for d in case.documents if until is None or d.signed_at < until]
    plan = next((d for d in reversed(known_by) if d.kind is DocumentKind.PLAN), None)
    signed_at = next((d.signed_at for d in case.documents if d.kind is DocumentKind.CERTIFICATE), None)
    day = _day(signed_at) if signed_at else date.min
    begins = min((period.first for period in case.consultation.periods), default=day)
    picture = first_picture(case.consultation, {}, max(day, begins)).changed(on=day)
    if case.origin and case.origin.kind in GOES_ON:
        before, _signed = picture_of(store, store.open_case(case.origin.case), on)
        picture = after(before, picture)
    measures = planned(store.document(plan.id).answers, _day(plan.signed_at)) if plan else ()
    replanned = bool(plan and done and done[-1].done_at and plan.signed_at > done[-1].done_at)
    if plan and not replanned:
        picture = planned_anew(picture, measures)
    known = last_known(picture, (each.record for each in done))
    known = stepped(known, case.consultation.periods, on)
    return (planned_anew(known, measures) if replanned else known), not done


def _day(at: datetime) -> date:
    return at.astimezone(SWEDEN).date()


def tell_followups(model: ConsultationModel, store: Store, case: StoredCase) -> None:
    """What an open case shows of them: its own on the timeline, and what it took over from the one that it renews after."""
    model.taken = taken_of(store, case, model.reference.form)
    done = [each for each in store.followups.of(case.id) if each.done_at]
    model.followed = tuple(each.record for each in done)
    latest = max((each.done_at for each in done if each.done_at), default=None)
    model.replanned = bool(latest) and any(
        d.kind is DocumentKind.PLAN and latest is not None and d.signed_at > latest for d in case.documents
    )


def visit_of(store: Store, case: StoredCase, today: date, labels: Mapping[str, str]) -> Visit:
    """The questions grow with the days of sick leave; what is known of them, certificates told or
    somebody entered, is counted, and without any the basic ones are asked.
    """
    before, signed = picture_of(store, case, today)
    record, number = case.consultation, case.consultation.patient.number
    known = compared(
        record,
        store.lives.certificates(number, case.id),
        leaving_out=taken_place_of(case),
        before=record.days_before,
        reduced=record.still_reduced,
    )
    day = record.day_of_case(today)
    if known.certificates and known.case is not None:
        day = max(today.toordinal() - known.case.first + 1, day or 0)
    questions = tuple((question.key, question.text) for question in asked(read_catalogue(), day or 1))
    return Visit(case.consultation, before, questions, labels, signed, day)
