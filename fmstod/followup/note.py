"""The note of a follow-up as data: the journal text and the paper are both made from it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Protocol

from fmstod.domain.answers import IcfText
from fmstod.domain.consultation import Consultation
from fmstod.domain.followup import FollowUp, MeasureOutcome, Picture, Reason, worse
from fmstod.domain.issuer import Issuer
from fmstod.domain.procedure import Procedure
from fmstod.domain.record import Record

_J = "followup.journal"
CHANGES: Mapping[int, str] = {-1: "better", 0: "same", 1: "worse"}  # by what `worse` says, the words `followup.<value>`
_WEEKS = 14  # days from which a wait is told in weeks


class Say(Protocol):
    """The sentence for a key with its gaps filled."""

    def __call__(self, key: str, /, **values: object) -> str: ...


class Row(Record):
    """One thing: what it is called, how it was and since when that is known, how it is now, and what is said beside it.

    A row without a label is own words. `before` is empty where nothing is known or nothing is compared; then `known` is None.
    """

    label: str = ""
    before: str = ""
    known: date | None = None
    now: str
    note: str = ""


class Section(Record):
    """`key` is its own name, for one who wants it otherwise set; without a title its rows stand by themselves."""

    key: str
    title: str = ""
    rows: tuple[Row, ...]


class Note(Record):
    """What was said, and nothing else: no section is empty. `author` is who and when, in one line."""

    title: str
    patient: str
    sections: tuple[Section, ...]
    author: str


def note_of(
    record: FollowUp,
    consultation: Consultation,
    before: Picture,
    issuer: Issuer,
    labels: Mapping[str, str],
    questions: Sequence[tuple[str, str]],
    codes: Sequence[Procedure] = (),
    *,
    say: Say,
) -> Note:
    """The note of a visit. `before` is the picture that it was compared with, `labels` name ICF categories, `questions`
    are key and text of those that were asked, `codes` what was recorded.
    """
    patient = consultation.patient
    who = " ".join(part for part in (patient.name.strip(), patient.number) if part)
    sections = (
        ("measures", say("followup.measures"), _measures(record, before, say)),
        ("impairment", say("followup.impairment"), _described("impairment", record, before, labels, say)),
        ("limitation", say("followup.limitation"), _described("limitation", record, before, labels, say)),
        ("state", "", _state(record, before, say)),
        ("changes", "", _changes(record, questions)),
        ("onward", "", _onward(record, say)),
        ("codes", "", (Row(label=say(f"{_J}.code"), now=f"{each.code} {each.name}".strip()) for each in codes)),
    )
    read = ((key, title, tuple(rows)) for key, title, rows in sections)
    return Note(
        title=say(f"{_J}.title", day=record.on),
        patient=who or say("due.nameless"),
        sections=tuple(Section(key=key, title=title, rows=rows) for key, title, rows in read if rows),
        author=", ".join(part for part in (issuer.physician.name, issuer.unit.name, str(record.on)) if part),
    )


def _measures(record: FollowUp, before: Picture, say: Say) -> Iterator[Row]:
    was = {each.what: each for each in before.measures}
    for each in record.measures:
        if each.went is None:
            continue
        then = was.get(each.what)
        yield Row(
            label=each.what,
            before=say(f"followup.went_of.{then.went}") if then and then.went else "",
            known=before.day_of(each.what) if then and then.went else None,
            now=say(f"followup.went_of.{each.went}"),
            note=" ".join(part for part in (each.note.strip(), waited_for(each, record.on, say)) if part),
        )


def waited_for(measure: MeasureOutcome, on: date, say: Say) -> str:
    """How long a measure that isn't begun has waited, in whole weeks from two on; empty for all others."""
    days = measure.waited(on)
    if days is None:
        return ""
    return say("followup.waits_days", count=days) if days < _WEEKS else say("followup.waits_weeks", count=days // 7)


def _described(name: str, record: FollowUp, before: Picture, labels: Mapping[str, str], say: Say) -> Iterator[Row]:
    found: IcfText = getattr(record, name)
    known: IcfText = getattr(before, name)
    was = {row.code: row.severity for row in known.icf}
    for row in found.icf:
        if row.severity is None:
            continue
        then = was.get(row.code)
        rated = then is not None
        yield Row(
            label=f"{row.code} {labels.get(row.code, '')}".strip(),
            before=say(f"severity.{then}") if rated else "",
            known=before.day_of(row.code) if rated else None,
            now=say(f"severity.{row.severity}"),
            note=say(f"followup.{CHANGES[worse(then, row.severity)]}") if rated else "",
        )
    if words := found.text.strip():
        yield Row(now=words)


def _state(record: FollowUp, before: Picture, say: Say) -> Iterator[Row]:
    if words := record.capacity.strip():
        yield Row(label=say("followup.capacity"), now=words)
    if record.degree is not None:
        known = before.degree is not None
        yield Row(
            label=say("followup.degree"),
            before=say("followup.degree_before", degree=before.degree) if known else "",
            known=before.day_of("degree") if known else None,
            now=say("followup.degree_now", degree=record.degree),
        )


def _changes(record: FollowUp, questions: Sequence[tuple[str, str]]) -> Iterator[Row]:
    for key, asked in questions:
        if words := record.changes.get(key, "").strip():
            yield Row(label=asked, now=words)


def _onward(record: FollowUp, say: Say) -> Iterator[Row]:
    """Why it goes on; waiting in a row of its own, never among what is medical (product.md F-061)."""
    reasons = [say(f"followup.reason.{each}") for each in record.reasons if each is not Reason.WAITING]
    if reasons:
        yield Row(label=say(f"{_J}.reasons"), now=", ".join(reasons))
    if Reason.WAITING in record.reasons:
        waiting = record.waiting
        since = say(f"{_J}.since", day=waiting.since) if waiting.since else ""
        yield Row(label=say("followup.waiting_what"), now=", ".join(p for p in (waiting.what.strip(), since) if p))
    if record.outcome:
        yield Row(label=say(f"{_J}.outcome"), now=say(f"followup.outcome_of.{record.outcome}"))
    if record.next:
        yield Row(label=say("followup.next_day"), now=str(record.next))
