"""What the rules look at: the certificate, and what must be known around it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from fmstod.certificate.fill import effective, shown_answers
from fmstod.certificate.form import Form
from fmstod.domain.answers import Answer, Diagnosis
from fmstod.domain.consultation import Consultation
from fmstod.domain.icd import Standing
from fmstod.domain.issuer import Unit
from fmstod.domain.patient import IdentityKind
from fmstod.domain.period import DayCounts
from fmstod.domain.recommendation import Limit
from fmstod.domain.words import Phrases


@dataclass(frozen=True, repr=False)
class Subject:
    """A certificate to check. Its repr holds no content. `withheld` is the diagnoses that the form keeps to itself."""

    patient: str
    kind: IdentityKind
    unit: Unit
    answers: Mapping[str, Answer]
    withheld: tuple[Diagnosis, ...] = ()


@dataclass(frozen=True, repr=False)
class Facts:
    """The world around it. `standing` tells what is known today of a code without dot.

    `limits` holds one for each diagnosis that FMB knows; `days` None leaves the comparison out. `physician` is the
    user's own personal number.
    """

    today: date
    standing: Callable[[str], Standing] = lambda _code: Standing(known=False)
    limits: tuple[Limit, ...] = ()
    days: DayCounts | None = None
    physician: str = ""


def subject_of(form: Form, consultation: Consultation, unit: Unit, phrases: Phrases) -> Subject:
    """The certificate that would be signed now."""
    said = effective(form, consultation, phrases)
    answers, who = shown_answers(form, said), consultation.patient
    kept = said.get(form.discretion.diagnoses) if form.discretion else None
    withheld = tuple(row for row in kept if isinstance(row, Diagnosis)) if isinstance(kept, tuple) else ()
    return Subject(who.number, who.kind, unit, answers, withheld)
