"""A draft of Webcert's on its way in: which file, and the consultation that it would become."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fmstod.certificate.answers import Misfit
from fmstod.certificate.webcert import PATIENT, Draft, Webcert, as_text, read_draft
from fmstod.certificate.webcert_carry import TO_CONFIRM, Change, carried
from fmstod.certificate.webcert_check import form_of, form_today
from fmstod.domain.consultation import Consultation
from fmstod.domain.patient import Identity, IdentityKind, Patient, identified, read_number
from fmstod.domain.strict_json import LARGEST
from fmstod.errors import Unreadable
from fmstod.files import read_forms, read_layouts
from fmstod.texts import text
from fmstod.ui.cases.forms import name_of
from fmstod.ui.session import Session


@dataclass(frozen=True, repr=False)
class Incoming:
    """What the draft becomes, and what isn't as it was. `title` and `version` are those of the draft's own form,
    `becomes` is the name and version of the form that it is carried to.
    """

    consultation: Consultation
    changes: Sequence[Change]
    title: str
    version: str
    becomes: str = ""


def read_in(file: Path, session: Session) -> Incoming:
    """The draft as a consultation on today's form. Raises Unreadable."""
    titles = {code: label.name for code, label in session.knowledge.library.icf.items()}
    try:
        with file.open("rb") as opened:
            draft = read_draft(opened.read(LARGEST + 1), Webcert(read_layouts(), titles))
        old = form_of(draft, read_forms())
    except Misfit as fault:
        reason = text(f"misfit.{fault.why}", place=fault.place or text("misfit.whole"))
        raise Unreadable(path=file.name, reason=reason) from None
    except OSError:
        raise Unreadable(path=file.name, reason=text("misfit.closed")) from None
    new = carried(draft, old, form_today(draft, old, read_forms()))
    # An answer that may mean the opposite is not taken over: it is given anew.
    asked_anew = {change.ref for change in new.changes if change.key in TO_CONFIRM}
    consultation = Consultation(
        form=(new.form.form, new.form.version),
        patient=_patient(draft, session.today()),
        answers={ref: value for ref, value in new.answers.items() if ref not in asked_anew},
        webcert=as_text(draft.raw),
    )
    becomes = f"{name_of(consultation.form)} {new.form.version}"
    return Incoming(consultation, new.changes, old.title, draft.version, becomes)


def keep(consultation: Consultation, session: Session) -> str:
    """Stored as a case of its own; its id. Raises StoreUnwritable."""
    case = session.new_id()
    session.store.save_case(case, consultation, 0)
    return case


def _patient(draft: Draft, today: date) -> Patient:
    typed, kind = draft.said(PATIENT).strip(), IdentityKind.PERSONNUMMER
    found = read_number(typed, kind, today)
    return identified(Patient(), typed, found if isinstance(found, Identity) else None, kind)
