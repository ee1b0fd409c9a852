"""What may be done with a certificate, and why not: one table of preconditions (certificates.md 5.1, safety.md 7a)."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from fmstod.domain.lifecycle import SUPERSEDING, Life, Relation
from fmstod.domain.record import Record


class Act(StrEnum):
    """What somebody may want to do with a certificate."""

    SAVE = "save"
    DISCARD = "discard"
    MARK_READY = "mark_ready"
    SIGN = "sign"
    HAND_OUT = "hand_out"
    SEND = "send"
    REVOKE = "revoke"
    REPLACE = "replace"
    COMPLEMENT = "complement"
    RENEW = "renew"
    COPY = "copy"
    MAKE_FROM = "make_from"
    NOTE_QUESTION = "note_question"
    ASK = "ask"
    FOLLOW_UP = "follow_up"
    CLOSE = "close"
    END = "end"
    REOPEN = "reopen"


class Circumstances(Record):
    """What an act depends on beside the life: the patient, the issuer, and what the act is part of.

    `origin` is the life of the case that this one was made out of, and `case` the id of this one. `ended` tells whether
    the last follow-up has an outcome, `planned` whether there is a plan or a reason for none, `without_leave` whether it
    was chosen that there is to be no sick leave.
    """

    alive: bool = True
    own: bool = False
    complete: bool = True
    ended: bool = True
    planned: bool = True
    without_leave: bool = True
    origin_kind: Relation | None = None
    origin: Life | None = None
    case: str = ""

    @property
    def overtaken(self) -> bool:
        """Whether another case has already replaced or complemented what this one is to."""
        if self.origin is None or self.origin_kind not in SUPERSEDING:
            return False
        return any(s.in_force and s.kind in SUPERSEDING and s.case != self.case for s in self.origin.successors)


class Refusal(StrEnum):
    """Why not; the sentence is `not_allowed.<value>`."""

    LOCKED = "locked"
    NOT_LOCKED = "not_locked"
    SIGNED = "already_signed"
    NOT_SIGNED = "not_signed"
    NEITHER = "not_signed_or_locked"
    ALREADY_READY = "already_ready"
    INCOMPLETE = "incomplete"
    OWN = "own_certificate"
    OVERTAKEN = "overtaken"
    REVOKED = "revoked"
    REPLACED = "replaced"
    COMPLEMENTED = "complemented"
    REPLACEMENT = "has_replacement"
    COMPLEMENT_DRAFT = "has_complement"
    COMPLEMENT_ASKED = "complement_asked"
    NOT_ASKED = "no_complement_asked"
    NOT_WITH_FK = "not_with_fk"
    COPY = "has_copy"
    DEAD = "patient_dead"
    CLOSED = "closed"
    NO_OUTCOME = "no_outcome"
    NO_PLAN = "no_plan"
    ENDED = "ended"
    NOT_ENDED = "not_ended"
    LEAVE = "leave"
    TOO_LATE = "too_late"

    @property
    def text_key(self) -> str:
        return f"not_allowed.{self}"


_REFUSED_WHEN: Mapping[Refusal, Callable[[Life, Circumstances], bool]] = {
    Refusal.LOCKED: lambda life, _: life.locked,
    Refusal.NOT_LOCKED: lambda life, _: not life.locked,
    Refusal.SIGNED: lambda life, _: life.signed,
    Refusal.NOT_SIGNED: lambda life, _: not life.signed,
    Refusal.NEITHER: lambda life, _: not life.signed and not life.locked,
    Refusal.ALREADY_READY: lambda life, _: life.ready,
    Refusal.INCOMPLETE: lambda _, about: not about.complete,
    Refusal.OWN: lambda _, about: about.own,
    Refusal.OVERTAKEN: lambda _, about: about.overtaken,
    Refusal.REVOKED: lambda life, _: life.revoked,
    Refusal.REPLACED: lambda life, _: life.has_in_force(Relation.REPLACES),
    Refusal.COMPLEMENTED: lambda life, _: life.has_in_force(Relation.COMPLEMENTS),
    Refusal.REPLACEMENT: lambda life, _: life.has(Relation.REPLACES),
    Refusal.COMPLEMENT_DRAFT: lambda life, _: life.has(Relation.COMPLEMENTS),
    Refusal.COMPLEMENT_ASKED: lambda life, _: life.complement_asked,
    Refusal.NOT_ASKED: lambda life, _: not life.complement_asked,
    Refusal.NOT_WITH_FK: lambda life, _: not life.with_fk,
    Refusal.COPY: lambda life, _: any(
        each.counts and not each.document for each in life.successors if each.kind is Relation.COPIED
    ),
    Refusal.DEAD: lambda _, about: not about.alive,
    Refusal.CLOSED: lambda life, _: life.closed,
    Refusal.NO_OUTCOME: lambda _, about: not about.ended,
    Refusal.NO_PLAN: lambda _, about: not about.planned,
    Refusal.ENDED: lambda life, _: life.ended,
    Refusal.NOT_ENDED: lambda life, _: not life.ended,
    Refusal.LEAVE: lambda _, about: not about.without_leave,
    Refusal.TOO_LATE: lambda life, _: life.locked,
}

# What stands in the way of each act, in the order in which it is told; nothing of it true, and the act is allowed.
TRANSITIONS: Mapping[Act, tuple[Refusal, ...]] = {
    Act.SAVE: (Refusal.ENDED, Refusal.LOCKED, Refusal.SIGNED),
    Act.DISCARD: (Refusal.ENDED, Refusal.LOCKED, Refusal.SIGNED),
    Act.MARK_READY: (Refusal.ENDED, Refusal.LOCKED, Refusal.SIGNED, Refusal.ALREADY_READY),
    Act.SIGN: (Refusal.ENDED, Refusal.LOCKED, Refusal.SIGNED, Refusal.OWN, Refusal.INCOMPLETE, Refusal.OVERTAKEN),
    Act.HAND_OUT: (Refusal.NOT_SIGNED, Refusal.REVOKED),
    Act.SEND: (Refusal.NOT_SIGNED, Refusal.REVOKED, Refusal.REPLACED),
    Act.REVOKE: (Refusal.NEITHER, Refusal.REVOKED),
    Act.REPLACE: (
        Refusal.NOT_SIGNED,
        Refusal.REVOKED,
        Refusal.REPLACEMENT,
        Refusal.COMPLEMENTED,
        Refusal.COMPLEMENT_ASKED,
        Refusal.DEAD,
    ),
    Act.COMPLEMENT: (
        Refusal.NOT_SIGNED,
        Refusal.REVOKED,
        Refusal.REPLACED,
        Refusal.COMPLEMENT_DRAFT,
        Refusal.NOT_ASKED,
    ),
    Act.RENEW: (Refusal.NOT_SIGNED, Refusal.REVOKED, Refusal.REPLACED, Refusal.COMPLEMENTED, Refusal.DEAD),
    Act.COPY: (Refusal.NOT_LOCKED, Refusal.REVOKED, Refusal.COPY),
    Act.MAKE_FROM: (Refusal.NOT_SIGNED, Refusal.REVOKED, Refusal.REPLACED),
    Act.NOTE_QUESTION: (Refusal.NOT_SIGNED, Refusal.REVOKED),
    Act.ASK: (Refusal.NOT_SIGNED, Refusal.REVOKED, Refusal.NOT_WITH_FK),
    Act.FOLLOW_UP: (Refusal.NOT_SIGNED, Refusal.REVOKED, Refusal.CLOSED),
    # A closed sick leave begins anew with a new certificate, which is a case of its own.
    Act.CLOSE: (Refusal.NOT_SIGNED, Refusal.REVOKED, Refusal.CLOSED, Refusal.NO_OUTCOME, Refusal.NO_PLAN),
    # What ended without a certificate is opened again as long as any draft may be written, and then only copied.
    Act.END: (Refusal.ENDED, Refusal.LOCKED, Refusal.SIGNED, Refusal.LEAVE),
    Act.REOPEN: (Refusal.NOT_ENDED, Refusal.TOO_LATE),
}
# How each kind of case comes out of another.
MAKING: Mapping[Relation, Act] = {
    Relation.REPLACES: Act.REPLACE,
    Relation.COMPLEMENTS: Act.COMPLEMENT,
    Relation.RENEWS: Act.RENEW,
    Relation.COPIED: Act.COPY,
    Relation.MADE_FROM: Act.MAKE_FROM,
}


def refusal(act: Act, life: Life, about: Circumstances | None = None) -> Refusal | None:
    """The first thing that stands in the way; None if the act is allowed."""
    about = about or Circumstances()
    return next((why for why in TRANSITIONS[act] if _REFUSED_WHEN[why](life, about)), None)


def allowed(life: Life, about: Circumstances | None = None) -> frozenset[Act]:
    return frozenset(act for act in Act if refusal(act, life, about) is None)
