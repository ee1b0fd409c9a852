"""What is known before the next visit: of each thing what was said last, with its day, back to the first certificate."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import reduce

from fmstod.domain.answers import IcfText
from fmstod.domain.followup import FollowUp, MeasureOutcome, Picture, period_on
from fmstod.domain.period import Period


def last_known(first: Picture, done: Iterable[FollowUp]) -> Picture:
    """The picture that a new visit is compared with. `done` are the follow-ups in the order that they were done."""
    return reduce(after, (each.picture for each in done), first)


def after(before: Picture, now: Picture) -> Picture:
    """What is known after a visit or a new certificate: where it says nothing of a thing, what was known before holds."""
    said = {name: now.day_of(name) for name in _said(now)}
    return now.changed(
        measures=_went(before.measures, now.measures),
        impairment=_rated(before.impairment, now.impairment),
        limitation=_rated(before.limitation, now.limitation),
        capacity=now.capacity if now.capacity.strip() else before.capacity,
        degree=before.degree if now.degree is None else now.degree,
        days={**{name: before.day_of(name) for name in _said(before)}, **said},
    )


def planned_anew(before: Picture, measures: Sequence[MeasureOutcome]) -> Picture:
    """What is known once a newer plan holds: its measures, but for those that are over, with how they went so far."""
    over = tuple(each for each in before.measures if each.is_over)
    gone = {each.what for each in over}
    return before.changed(
        measures=_went(before.measures, [*over, *(each for each in measures if each.what not in gone)], whole=True)
    )


def stepped(before: Picture, periods: Sequence[Period], on: date) -> Picture:
    """What is known on a day: the degree of the certificate's period that has begun since a degree was last said.

    The patient is on it since its first day. Beside that of the signing, a step up would read as a step down.
    """
    period = period_on(periods, on)
    if period is None or period.first <= before.day_of("degree"):
        return before
    return before.changed(degree=period.degree, days={**before.days, "degree": period.first})


def _said(picture: Picture) -> Iterator[str]:
    """The things that something is said of, by the names that `Picture.days` has them under."""
    yield from (each.what for each in picture.measures if each.went)
    for name, value in (("impairment", picture.impairment), ("limitation", picture.limitation)):
        yield from (row.code for row in value.icf if row.severity is not None)
        yield from [name] if value.text.strip() else []
    yield from ["capacity"] if picture.capacity.strip() else []
    yield from ["degree"] if picture.degree is not None else []


def _went(
    before: Sequence[MeasureOutcome], now: Sequence[MeasureOutcome], *, whole: bool = False
) -> tuple[MeasureOutcome, ...]:
    """`whole` when a measure that isn't among them now isn't planned any more."""
    was = {each.what: each for each in reversed(before)}
    named = {each.what for each in now}
    left = () if whole else tuple(each for each in before if each.what not in named)
    return (*left, *(_with_last(was.get(each.what), each) for each in now))


def _with_last(was: MeasureOutcome | None, now: MeasureOutcome) -> MeasureOutcome:
    if was is None or now.went is not None:
        return now
    since = min((day for day in (was.since, now.since) if day), default=None)
    return now.changed(went=was.went, note=was.note, since=since)


def _rated(before: IcfText, now: IcfText) -> IcfText:
    was = {row.code: row for row in before.icf}
    rows = {row.code: was.get(row.code, row) if row.severity is None else row for row in now.icf}
    text = now.text if now.text.strip() else before.text
    return IcfText(text=text, icf=tuple({**was, **rows}.values()))
