"""The journal text of a follow-up, and the codes as text for the record system."""

from collections.abc import Iterator, Mapping, Sequence

from fmstod.domain.answers import IcfText
from fmstod.domain.consultation import Consultation
from fmstod.domain.followup import FollowUp, Picture, Reason
from fmstod.domain.issuer import Issuer
from fmstod.domain.procedure import Procedure
from fmstod.texts import text as say

_J = "followup.journal"


def followup_text(
    record: FollowUp,
    consultation: Consultation,
    before: Picture,
    issuer: Issuer,
    labels: Mapping[str, str],
    questions: Sequence[tuple[str, str]],
    codes: Sequence[Procedure] = (),
) -> str:
    """Plain text to paste, with what is said and nothing else."""
    patient = consultation.patient
    who = " ".join(part for part in (patient.name.strip(), patient.number) if part)
    parts = [
        say(f"{_J}.title", day=record.on),
        say(f"{_J}.patient", who=who or say("due.nameless")),
        *_measures(record),
        *_described("impairment", before.impairment, record.impairment, labels),
        *_described("limitation", before.limitation, record.limitation, labels),
        *([say(f"{_J}.capacity", words=record.capacity.strip())] if record.capacity.strip() else []),
        *([say(f"{_J}.degree", degree=record.degree)] if record.degree is not None else []),
        *(f"{asked}\n{record.changes[key].strip()}" for key, asked in questions if record.changes.get(key, "").strip()),
        *_onward(record),
        *(say(f"{_J}.code", code=each.code, name=each.name) for each in codes),
        say(f"{_J}.author", who=", ".join(p for p in (issuer.physician.name, issuer.unit.name) if p), day=record.on),
    ]
    return "\n\n".join(parts) + "\n"


def _measures(record: FollowUp) -> Iterator[str]:
    told = [
        say(f"{_J}.measure", what=each.what, went=say(f"followup.went_of.{each.went}"))
        + (f". {each.note.strip()}" if each.note.strip() else "")
        for each in record.measures
        if each.went
    ]
    if told:
        yield "\n".join([say(f"{_J}.measures"), *(f"- {line}" for line in told)])


def _described(which: str, before: IcfText, now: IcfText, labels: Mapping[str, str]) -> Iterator[str]:
    was = {rating.code: rating.severity for rating in before.icf}
    lines = []
    for each in now.icf:
        if each.severity is None:
            continue
        then, level = was.get(each.code), say(f"severity.{each.severity}")
        key = "rating_new" if then is None else "rating"
        told = "" if then is None else say(f"severity.{then}")
        lines.append(say(f"{_J}.{key}", code=each.code, label=labels.get(each.code, ""), before=told, now=level))
    lines += [now.text.strip()] if now.text.strip() else []
    if lines:
        yield "\n".join([say(f"{_J}.{which}"), *lines])


def _onward(record: FollowUp) -> Iterator[str]:
    """Why it goes on; waiting in a line of its own, never among what is medical (product.md F-061)."""
    reasons = [say(f"followup.reason.{each}") for each in record.reasons if each is not Reason.WAITING]
    if reasons:
        yield say(f"{_J}.reasons", reasons=", ".join(reasons))
    if Reason.WAITING in record.reasons:
        waiting = record.waiting
        key = "waiting_since" if waiting.since else "waiting"
        yield say(f"{_J}.{key}", what=waiting.what.strip(), since=waiting.since)
    if record.outcome:
        yield say(f"{_J}.outcome", outcome=say(f"followup.outcome_of.{record.outcome}"))
    if record.next:
        yield say(f"{_J}.next", day=record.next)


def codes_text(codes: Sequence[Procedure]) -> str:
    """A line for each code, as a record system takes it: day, code, name."""
    return "".join(f"{each.on} {each.code} {each.name}\n" for each in codes)
