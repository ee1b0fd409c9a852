"""What happens to a case, one event after another. Events are kept and never changed; all else follows from them."""

from datetime import date, datetime
from enum import StrEnum

from pydantic import Field, model_validator

from fmstod.domain.record import Record

LONGEST_TEXT = 3500  # characters of a reason, a question or an answer, as in the national service
FK = "fk"  # the recipient


class Happened(StrEnum):
    """What an event tells. A draft that was discarded and fetched back has had one life all along."""

    CREATED = "created"
    DISCARDED = "discarded"
    RESTORED = "restored"
    READY = "ready"
    LOCKED = "locked"
    SIGNED = "signed"
    RELEASED = "released"
    NOT_RELEASED = "not_released"  # a release that failed on its way out is taken back
    REVOKED = "revoked"
    ASKED = "asked"
    ANSWERED = "answered"
    FOLLOWED_UP = "followed_up"
    CLOSED = "closed"
    ENDED = "ended"  # assessed without sick leave: there will be no certificate
    REOPENED = "reopened"


class Revocation(StrEnum):
    """Why a certificate is revoked, by the national codes."""

    WRONG_PATIENT = "FEL_PATIENT"
    OTHER_FAULT = "ANNAT_ALLVARLIGT_FEL"


class Subject(StrEnum):
    """What a question is about, by the national codes."""

    COMPLEMENT = "KOMPLT"
    REMINDER = "PAMINN"
    COORDINATION = "AVSTMN"
    CONTACT = "KONTKT"
    OTHER = "OVRIGT"


class Asked(Record):
    """A question between Försäkringskassan and the unit, as it came or went on the day `on`.

    `groups` are keys of `inquiry.GROUPS`, what a complement is asked for; `reminds` is the question that a reminder is of.
    """

    id: str
    subject: Subject
    from_fk: bool = True
    on: date
    due: date | None = None
    groups: tuple[str, ...] = ()
    text: str = Field(default="", max_length=LONGEST_TEXT)
    reminds: str = ""

    @model_validator(mode="after")
    def _is_answered_after_it_was_asked(self) -> "Asked":
        if self.due is not None and self.due < self.on:
            raise ValueError("nobody answers before the question has come")
        return self

    @model_validator(mode="after")
    def _fits_its_subject(self) -> "Asked":
        if not self.from_fk and self.subject in {Subject.COMPLEMENT, Subject.REMINDER}:
            raise ValueError("only Försäkringskassan asks for a complement or reminds")
        if bool(self.groups) != (self.subject is Subject.COMPLEMENT) or len(set(self.groups)) < len(self.groups):
            raise ValueError("a complement, and nothing else, names what is asked for, each once")
        if bool(self.reminds) != (self.subject is Subject.REMINDER):
            raise ValueError("a reminder, and nothing else, is of another question")
        return self


class Event(Record):
    """What happened to a case, when and by whom. `at` is UTC, and for a lock the instant from which it holds.

    `recipient` and `how` belong to a release, `reason` and `text` to a revocation and to a closing (the outcome, and why
    there was no plan), `document` to what was signed, released or given as an answer, `asked` to a question and `inquiry`
    to the id of the question that is answered.
    """

    kind: Happened
    at: datetime
    by: str = ""
    document: str = ""
    recipient: str = ""
    how: str = ""
    reason: str = ""
    text: str = Field(default="", max_length=LONGEST_TEXT)
    asked: Asked | None = None
    inquiry: str = ""
