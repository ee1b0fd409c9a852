"""The life of a certificate: what has happened to it, what that makes it, and what may happen next.

A case has one certificate. Nothing of its state is stored: it follows from the events of the case, from the cases that
came out of it, and from the time (certificates.md 5.1, safety.md 7a).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

from fmstod.domain.event import FK, Event, Happened
from fmstod.domain.inquiry import Inquiry, inquiries
from fmstod.domain.record import Record

LONGEST_DRAFT = 14  # days; a unit may lock earlier, never later (safety.md L-05)


class Relation(StrEnum):
    """Why a case was made out of another; the national format's code in brackets."""

    REPLACES = "replaces"  # ERSATT
    COMPLEMENTS = "complements"  # KOMPLT
    RENEWS = "renews"  # FRLANG
    COPIED = "copied"  # KOPIA, of a locked draft
    MADE_FROM = "made_from"  # the employer's certificate, out of a signed one


SUPERSEDING = frozenset({Relation.REPLACES, Relation.COMPLEMENTS})
# The sick leave goes on in a case that came out of another so.
GOES_ON = SUPERSEDING | {Relation.RENEWS}


class Origin(Record):
    """What a case was made out of: another case, and its certificate if that was signed."""

    kind: Relation
    case: str
    document: str = ""


class Successor(Record):
    """A case that was made out of this one; `document` is its certificate once that is signed."""

    kind: Relation
    case: str
    document: str = ""
    locked: bool = False
    revoked: bool = False

    @property
    def counts(self) -> bool:
        """What is revoked, or locked or ended before it was signed, stands for nothing (certificates.md 5.1)."""
        return not self.revoked and not self.locked

    @property
    def in_force(self) -> bool:
        return self.counts and bool(self.document)


class State(StrEnum):
    """What a list shows of a certificate, by one icon and one word: the most telling of what is true."""

    DRAFT = "draft"
    READY = "ready"
    LOCKED = "locked"
    COPIED = "copied"
    SIGNED = "signed"
    WITHOUT_LEAVE = "without_leave"
    HANDED_OUT = "handed_out"
    SENT = "sent"
    RENEWED = "renewed"
    CLOSED = "closed"
    COMPLEMENTED = "complemented"
    REPLACED = "replaced"
    REVOKED = "revoked"


class Mark(Record):
    """What a print of a certificate that no longer holds must say: replaced or complemented, and by which one."""

    kind: Literal[Relation.REPLACES, Relation.COMPLEMENTS]
    document: str


class Life(Record):
    """All that the state and the next steps of one certificate depend on."""

    created: datetime | None = None
    ready: bool = False
    locked: bool = False
    document: str = ""
    revoked: bool = False
    closed: bool = False
    ended: bool = False
    recipients: frozenset[str] = frozenset()
    successors: tuple[Successor, ...] = ()
    inquiries: tuple[Inquiry, ...] = ()

    @property
    def signed(self) -> bool:
        return bool(self.document)

    @property
    def mark(self) -> Mark | None:
        """What a print must say, None while the certificate holds."""
        for kind in (Relation.REPLACES, Relation.COMPLEMENTS):
            for each in self._successors(kind):
                if each.in_force:
                    return Mark(kind=kind, document=each.document)
        return None

    @property
    def void(self) -> bool:
        """Whether its certificate holds no more."""
        return self.revoked or self.mark is not None

    @property
    def complement_asked(self) -> bool:
        """Whether Försäkringskassan waits for a complement."""
        return any(each.is_complement and each.is_open for each in self.inquiries)

    @property
    def with_fk(self) -> bool:
        """Whether Försäkringskassan has it: it was sent there, or they have asked about it."""
        return FK in self.recipients or any(each.asked.from_fk for each in self.inquiries)

    @property
    def state(self) -> State:
        return next((state for state, is_true in _STATES if is_true(self)), State.DRAFT)

    def has(self, kind: Relation) -> bool:
        """Whether a case of this kind was made out of it that still counts, signed or not."""
        return any(each.counts for each in self._successors(kind))

    def has_in_force(self, kind: Relation) -> bool:
        return any(each.in_force for each in self._successors(kind))

    def _successors(self, kind: Relation) -> Iterable[Successor]:
        return (each for each in self.successors if each.kind is kind)


def as_successor(kind: Relation, case: str, life: Life) -> Successor:
    """A case seen from the one that it came out of. What is revoked stands for the one that took its own place, if any."""
    heir = life.mark if life.revoked else None
    return Successor(
        kind=kind,
        case=case,
        document=heir.document if heir else life.document,
        locked=life.locked or life.ended,
        revoked=life.revoked and heir is None,
    )


# The most telling first.
_STATES: tuple[tuple[State, Callable[[Life], bool]], ...] = (
    (State.REVOKED, lambda life: life.revoked),
    (State.REPLACED, lambda life: life.has_in_force(Relation.REPLACES)),
    (State.COMPLEMENTED, lambda life: life.has_in_force(Relation.COMPLEMENTS)),
    (State.RENEWED, lambda life: life.signed and life.has_in_force(Relation.RENEWS)),
    (State.CLOSED, lambda life: life.closed),
    (State.SENT, lambda life: FK in life.recipients),
    (State.HANDED_OUT, lambda life: bool(life.recipients)),
    (State.SIGNED, lambda life: life.signed),
    (State.WITHOUT_LEAVE, lambda life: life.ended),
    (State.COPIED, lambda life: life.locked and life.has(Relation.COPIED)),
    (State.LOCKED, lambda life: life.locked),
    (State.READY, lambda life: life.ready),
)


def life_of(
    events: Sequence[Event],
    successors: Iterable[Successor] = (),
    now: datetime | None = None,
    lock_after: int = LONGEST_DRAFT,
) -> Life:
    """What the events of a case, oldest first, and what came out of it make of it at the time `now`.

    `lock_after` is in days. Without `now` a draft is locked only by what has happened.
    """
    created = next((event.at for event in events if event.kind is Happened.CREATED), None)
    document = next((event.document for event in events if event.kind is Happened.SIGNED), "")
    happened = {event.kind for event in events}
    due = now is not None and created is not None and now >= locks_at(created, lock_after)
    return Life(
        created=created,
        ready=Happened.READY in happened,
        locked=not document and (Happened.LOCKED in happened or due),
        document=document,
        revoked=Happened.REVOKED in happened,
        closed=Happened.CLOSED in happened,
        ended=not document and is_ended(event.kind for event in events),
        recipients=frozenset(_recipients(event for event in events if event.document == document)),
        successors=tuple(successors),
        inquiries=inquiries(events),
    )


def is_ended(happened: Iterable[Happened]) -> bool:
    """Whether an assessment has been ended without certificate and not been opened again; `happened` oldest first."""
    turns = [kind for kind in happened if kind in (Happened.ENDED, Happened.REOPENED)]
    return bool(turns) and turns[-1] is Happened.ENDED


def locks_at(created: datetime, lock_after: int = LONGEST_DRAFT) -> datetime:
    """The instant from which a draft is no longer changed, after so many whole days of 24 hours."""
    return created + timedelta(days=min(max(lock_after, 1), LONGEST_DRAFT))


def _recipients(events: Iterable[Event]) -> Iterable[str]:
    """Who has got it; a release that failed on its way out is taken back by the event after it."""
    steps = {Happened.RELEASED: 1, Happened.NOT_RELEASED: -1}
    copies: Counter[str] = Counter()
    for event in events:
        copies[event.recipient] += steps.get(event.kind, 0)
    return (recipient for recipient, count in copies.items() if count > 0)
