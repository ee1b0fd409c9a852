"""A signed document: certificate or plan, frozen."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from fmstod.domain.answers import Answer
from fmstod.domain.issuer import Issuer
from fmstod.domain.patient import Patient
from fmstod.domain.record import Record


class DocumentKind(StrEnum):
    CERTIFICATE = "certificate"
    PLAN = "plan"


class Document(Record):
    """What was signed: only shown questions are in `answers`. `signed_at` is UTC; `id` a uuid4.

    `program` is the version of fmstod that made it; same document and same program give the same PDF bytes.
    """

    id: str
    kind: DocumentKind
    form: tuple[str, str]
    patient: Patient
    issuer: Issuer
    answers: Mapping[str, Answer]
    signed_at: datetime
    program: str
