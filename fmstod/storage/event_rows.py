"""Events and relations of cases in the database, and the lives that follow from them."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

import sqlalchemy as sa

from fmstod.domain.event import Asked, Event, Happened
from fmstod.domain.inquiry import Inquiry, Status, inquiries
from fmstod.domain.lifecycle import LONGEST_DRAFT, Life, Origin, Relation, State, as_successor, is_ended, life_of
from fmstod.storage.audit import instant
from fmstod.storage.tables import cases, choices, events, relations

LOCK_AFTER = "lock_after"  # the name of the choice
_Step: TypeAlias = tuple[Happened, str, str]


def add(db: sa.Connection, case: str, event: Event) -> None:
    values = event.model_dump(exclude={"at", "asked"})
    asked = event.asked.model_dump_json() if event.asked else None
    db.execute(_INSERT, {**values, "case_id": case, "at": instant(event.at), "asked": asked})


def of_case(db: sa.Connection, case: str) -> tuple[Event, ...]:
    """What has happened to it, oldest first."""
    return tuple(_event(row) for row in db.execute(_OF_CASE, {"case": case}).mappings())


def life(db: sa.Connection, case: str) -> Life:
    """A draft whose time is out has been locked before this is asked (`action.Actions`)."""
    children = db.execute(_SUCCESSORS, {"case": case}).all()
    return life_of(
        of_case(db, case), [as_successor(Relation(row.kind), row.case_id, life(db, row.case_id)) for row in children]
    )


def origin(db: sa.Connection, case: str) -> Origin | None:
    row = db.execute(_ORIGIN, {"case": case}).one_or_none()
    return Origin(kind=Relation(row.kind), case=row.of_case, document=row.of_document) if row else None


def relate(db: sa.Connection, case: str, of: Origin) -> None:
    row = {"case_id": case, "kind": of.kind, "of_case": of.case, "of_document": of.document}
    db.execute(sa.insert(relations), row)


def is_locked(db: sa.Connection, case: str) -> bool:
    return db.execute(_LOCKED, {"case": case}).first() is not None


def is_without_leave(db: sa.Connection, case: str) -> bool:
    """Whether it has ended without a certificate, and not been opened again."""
    return is_ended(Happened(kind) for kind in db.execute(_TURNS, {"case": case}).scalars())


def has_begun(db: sa.Connection, case: str) -> bool:
    """Whether there is or was a case with this id."""
    return db.execute(_OF_CASE, {"case": case}).first() is not None


def states(db: sa.Connection, of: Sequence[str]) -> Mapping[str, State]:
    """The states of these cases, by their ids. Most have gone one of a few ways, so each way is thought through once."""
    children: dict[str, list[tuple[Relation, str]]] = {}
    for row in db.execute(_MADE):
        children.setdefault(row.of_case, []).append((Relation(row.kind), row.case_id))
    family, new = set(of), list(of)
    while new:
        made_of = {made for case in new for _kind, made in children.get(case, ())}
        new = list(made_of - family)
        family |= made_of
    ways: dict[str, list[_Step]] = {}
    for case, kind, recipient, document in db.execute(_STEPS, {"of": json.dumps(sorted(family))}):
        ways.setdefault(case, []).append((kind, recipient, document))
    lives: dict[tuple[_Step, ...], Life] = {}

    def life_in(case: str) -> Life:
        certificate = next((document for kind, _to, document in ways[case] if kind == Happened.SIGNED), "")
        way = tuple((kind, to, "it" if document == certificate else "") for kind, to, document in ways[case])
        if way not in lives:
            lives[way] = life_of([Event(kind=k, at=_ANY, recipient=to, document=d) for k, to, d in way])
        if case not in children:
            return lives[way]
        made = tuple(as_successor(kind, child, life_in(child)) for kind, child in children[case])
        return lives[way].changed(successors=made)

    return {case: life_in(case).state for case in of}


def asked(db: sa.Connection, of: Sequence[str] | None = None) -> Mapping[str, tuple[Inquiry, ...]]:
    """What Försäkringskassan has asked and been asked of these cases, or of all, in the order of their first question."""
    chosen = _QUESTIONS if of is None else _QUESTIONS.where(events.c.case_id.in_(_EACH))
    told: dict[str, list[Event]] = {}
    for row in db.execute(chosen, {} if of is None else {"of": json.dumps(list(of))}).mappings().all():
        told.setdefault(str(row["case_id"]), []).append(_event(row))
    found = {case: inquiries(events) for case, events in told.items()}
    return {case: questions for case, questions in found.items() if questions}


def waiting(db: sa.Connection, of: Sequence[str] | None = None) -> Mapping[str, tuple[Inquiry, ...]]:
    """Försäkringskassan's questions that wait for an answer, by the ids of their cases; most have none."""
    told = asked(db, of).items()
    found = {case: tuple(each for each in questions if each.status is Status.OURS) for case, questions in told}
    return {case: questions for case, questions in found.items() if questions}


def due(db: sa.Connection, now: datetime) -> Mapping[str, datetime]:
    """The drafts whose time is out and that aren't locked yet, each with the instant from which it is."""
    days = timedelta(days=lock_after(db))
    rows = db.execute(_DUE, {"limit": instant(now - days)})
    return {row.case_id: datetime.fromisoformat(row.at) + days for row in rows}


def lock_after(db: sa.Connection) -> int:
    """In days."""
    chosen = db.execute(_CHOICE, {"name": LOCK_AFTER}).scalar()
    return int(chosen) if chosen else LONGEST_DRAFT


def choose_lock_after(db: sa.Connection, days: int) -> None:
    db.execute(sa.delete(choices).where(choices.c.name == LOCK_AFTER))
    db.execute(sa.insert(choices), {"name": LOCK_AFTER, "value": str(days)})


def _event(row: sa.RowMapping) -> Event:
    values = {name: row[name] for name in Event.model_fields}
    asked = row["asked"]
    return Event.model_validate({**values, "asked": Asked.model_validate_json(str(asked)) if asked else None})


_CASE: sa.BindParameter[str] = sa.bindparam("case")
_EACH = sa.select(sa.func.json_each(sa.bindparam("of")).table_valued("value").c.value)
# Of the cases that have a question alone: others are revoked too.
_QUESTIONS = (
    sa.select(events)
    .where(
        events.c.case_id.in_(sa.select(events.c.case_id).where(events.c.kind == Happened.ASKED)),
        events.c.kind.in_((Happened.ASKED, Happened.ANSWERED, Happened.REVOKED)),
    )
    .order_by(events.c.seq)
)
_STEPS = (
    sa.select(events.c.case_id, events.c.kind, events.c.recipient, events.c.document)
    .where(events.c.case_id.in_(_EACH))
    .order_by(events.c.seq)
)
_MADE = sa.select(relations).where(relations.c.case_id.in_(sa.select(cases.c.id))).order_by(relations.c.case_id)
_ANY = datetime.min.replace(tzinfo=UTC)  # no state depends on when something happened
_INSERT = sa.insert(events)
_OF_CASE = sa.select(events).where(events.c.case_id == _CASE).order_by(events.c.seq)
_ORIGIN = sa.select(relations).where(relations.c.case_id == _CASE)
# A draft that was discarded is no successor, until it is fetched back.
_SUCCESSORS = (
    sa.select(relations)
    .join(cases, cases.c.id == relations.c.case_id)
    .where(relations.c.of_case == _CASE)
    .order_by(relations.c.case_id)
)
_LOCKED = sa.select(events.c.seq).where(events.c.case_id == _CASE, events.c.kind == Happened.LOCKED)
_TURNS = (
    sa.select(events.c.kind)
    .where(events.c.case_id == _CASE, events.c.kind.in_((Happened.ENDED, Happened.REOPENED)))
    .order_by(events.c.seq)
)
_AGAIN = events.alias("again")
# The cases that have ended without a certificate and weren't opened again.
ENDED = sa.select(events.c.case_id).where(
    events.c.kind == Happened.ENDED,
    ~sa.exists().where(
        _AGAIN.c.kind == Happened.REOPENED, _AGAIN.c.case_id == events.c.case_id, _AGAIN.c.seq > events.c.seq
    ),
)
# Asked before each action, so it begins with the drafts, which are few: CROSS JOIN keeps SQLite to that order.
_DUE = sa.text(
    "SELECT events.case_id, events.at FROM cases CROSS JOIN events ON events.case_id = cases.id "
    "WHERE cases.signed_at IS NULL AND events.kind = :created AND events.at <= :limit AND NOT EXISTS "
    "(SELECT 1 FROM events AS locked WHERE locked.case_id = cases.id AND locked.kind = :locked)"
).bindparams(created=Happened.CREATED, locked=Happened.LOCKED)
_CHOICE = sa.select(choices.c.value).where(choices.c.name == sa.bindparam("name"))
