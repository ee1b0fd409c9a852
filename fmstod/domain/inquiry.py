"""Questions between Försäkringskassan and the unit, with their answers, and what complements are asked for."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum

from fmstod.domain.event import Asked, Event, Happened, Subject
from fmstod.domain.record import Record

# The 16 groups of sickleave.md 5.3, each with the questions of FK 7804 in it: version 2.0 has no 20 and no 40.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "limitation": ("17",),
    "impairment": ("35",),
    "assessment": ("32", "37"),
    "prognosis": ("39",),
    "work": ("29",),
    "diagnosis": ("6",),
    "basis": ("1",),
    "treatment": ("19",),
    "planned_treatment": ("20",),
    "measures": ("40", "44"),
    "hours": ("33",),
    "travel": ("34",),
    "occupation": ("28",),
    "contagion": ("27",),
    "contact": ("26",),
    "other": ("25",),
}


def group_of(ref: str) -> str:
    """The group of a question of FK 7804, a part of one (`39.4`) too; empty for any other."""
    number = ref.split(".", maxsplit=1)[0]
    return next((group for group, refs in GROUPS.items() if number in refs), "")


class Status(StrEnum):
    """Who is to act: the unit, Försäkringskassan, or nobody more."""

    OURS = "pending_internal"
    THEIRS = "pending_external"
    ANSWERED = "answered"
    CLOSED = "closed"


class Inquiry(Record):
    """A question and how it went. `answered` is when, with `answer` in words or the id of a certificate.

    `reminders` are the days of them. It is closed unanswered when its certificate is revoked.
    """

    asked: Asked
    answered: datetime | None = None
    answer: str = ""
    document: str = ""
    reminders: tuple[date, ...] = ()
    closed: bool = False

    @property
    def status(self) -> Status:
        if self.answered:
            return Status.ANSWERED
        if self.closed:
            return Status.CLOSED
        return Status.OURS if self.asked.from_fk else Status.THEIRS

    @property
    def is_open(self) -> bool:
        return not self.answered and not self.closed

    @property
    def is_complement(self) -> bool:
        return self.asked.subject is Subject.COMPLEMENT

    def is_late(self, today: date) -> bool:
        """Whether the unit should have answered before today."""
        return self.status is Status.OURS and self.asked.due is not None and self.asked.due < today


def inquiries(events: Sequence[Event]) -> tuple[Inquiry, ...]:
    """The questions in the events of one case, as they came, each with its reminders and its answer."""
    asked = [event.asked for event in events if event.asked]
    answers = {event.inquiry: event for event in events if event.kind is Happened.ANSWERED}
    closed = any(event.kind is Happened.REVOKED for event in events)
    found = []
    for each in asked:
        if each.subject is Subject.REMINDER:
            continue
        answer = answers.get(each.id)
        found.append(
            Inquiry(
                asked=each,
                answered=answer.at if answer else None,
                answer=answer.text if answer else "",
                document=answer.document if answer else "",
                reminders=tuple(other.on for other in asked if other.reminds == each.id),
                closed=closed and answer is None,
            )
        )
    return tuple(found)


class GroupCount(Record):
    """How often a group of questions was asked about, and how many of those still wait."""

    group: str
    asked: int
    waiting: int


def counted(asked: Iterable[Inquiry]) -> tuple[GroupCount, ...]:
    """The complements asked for, by group in their fixed order; groups that nobody asked about are left out."""
    complements = [each for each in asked if each.is_complement]
    return tuple(
        GroupCount(group=group, asked=len(about), waiting=sum(each.is_open for each in about))
        for group in GROUPS
        if (about := [each for each in complements if group in each.asked.groups])
    )
