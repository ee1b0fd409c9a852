"""What the rules look at: the certificate, and what must be known around it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from fmstod.certificate.fill import effective, shown_answers
from fmstod.certificate.form import Form
from fmstod.domain.answers import Answer
from fmstod.domain.consultation import Consultation
from fmstod.domain.issuer import Unit
from fmstod.domain.patient import IdentityKind
from fmstod.domain.period import DayCounts
from fmstod.domain.recommendation import Limit
from fmstod.domain.words import Phrases


@dataclass(frozen=True, repr=False)
class Subject:
    """A certificate to check. Its repr holds no content."""

    patient: str
    kind: IdentityKind
    unit: Unit
    answers: Mapping[str, Answer]


@dataclass(frozen=True, repr=False)
class Facts:
    """The world around it. `codes` are known ICD-10-SE codes without dot, with labels; all of them if `full_register`.

    `limits` holds one for each diagnosis that FMB knows; `days` None leaves the comparison out. `physician` is the
    user's own personal number.
    """

    today: date
    codes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    full_register: bool = False
    limits: tuple[Limit, ...] = ()
    days: DayCounts | None = None
    physician: str = ""


def subject_of(form: Form, consultation: Consultation, unit: Unit, phrases: Phrases) -> Subject:
    """The certificate that would be signed now."""
    answers = shown_answers(form, effective(form, consultation, phrases))
    return Subject(consultation.patient.number, consultation.patient.kind, unit, answers)
