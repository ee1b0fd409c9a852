"""Question 32 and the prognosis: days that can't be meant, holes, early starts, an unchanging degree (STR, NED-03, PRO)."""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from fmstod.domain.answers import PeriodRow
from fmstod.domain.period import Period, covered_days
from fmstod.domain.problem import Problem
from fmstod.quality.reader import Check, Reader
from fmstod.quality.rulebook import Rule
from fmstod.quality.told import days_told

DAY = timedelta(days=1)
WEEKS = timedelta(days=14)  # before the first day: what is told of such a day is about why it began
WHOLE = 100  # percent
ASKED_EARLY = "32.1"  # where version 1 asks for the reason itself


def hole(reader: Reader, rule: Rule) -> Iterator[Problem]:
    """STR-04: days between two rows that have no degree, where no text tells of them."""
    reached = None
    for at, period in _placed(reader):
        first, last = (reached + DAY, period.first - DAY) if reached else (period.first, period.first - DAY)
        if first <= last and not _is_told(reader, rule, first, last):
            yield rule.problem(field=f"32[{at}].from", first=first, last=last, key="" if first < last else "one")
        reached = max(reached or period.last, period.last)


def _is_told(reader: Reader, rule: Rule, first: date, last: date) -> bool:
    """Whether a text says what such days were, or question 25 tells of one of them."""
    remarks = reader.words("25")
    if any(first <= told.day <= last for told in days_told(remarks, reader.given.on)):
        return True
    return any(reader.words(ref).has("away") for ref in rule.texts)


def _placed(reader: Reader) -> list[tuple[int, Period]]:
    """The periods in time order, each with the number of its row."""
    rows = reader.rows(PeriodRow, "32")
    return sorted(((at, p) for at, row in enumerate(rows) if (p := row.period)), key=lambda each: each[1].first)


def far_off(reader: Reader, rule: Rule) -> Iterator[Problem]:
    """STR-06: begins long after signing, or ends so late that the year must be wrong."""
    on = reader.given.on
    for at, period in _placed(reader):
        if (period.last - on).days > rule.limits["end"]:
            yield rule.problem(field=f"32[{at}].to", key="end", day=period.last)
    if reader.first and (reader.first - on).days > rule.limits["start"]:
        at = _placed(reader)[0][0]
        yield rule.problem(field=f"32[{at}].from", day=reader.first, days=(reader.first - on).days)


def early(reader: Reader, rule: Rule) -> Iterator[Problem]:
    """STR-07: begins long before signing, and question 25 tells of something else. That it is empty the form says."""
    words, first = reader.words("25"), reader.first
    on = reader.given.on
    if not words.words or reader.text(ASKED_EARLY) or first is None or (on - first).days <= rule.limits["days"]:
        return
    if not words.has("why_early") and not any(first - WEEKS <= told.day < on for told in days_told(words, on)):
        yield rule.problem(field=f"32[{_placed(reader)[0][0]}].from", day=first)


def unchanging(reader: Reader, rule: Rule) -> Iterator[Problem]:
    """NED-03: long at full degree, with no word on the way back."""
    before = [row.period for row in _before(reader) if row.period]
    degrees = {p.degree for p in (*reader.periods, *before)}
    if degrees != {WHOLE} or reader.days <= rule.limits["days"]:
        return
    if not any(reader.words(ref).has("step_down") for ref in rule.texts):
        yield rule.problem(days=reader.days)


def _before(reader: Reader) -> list[PeriodRow]:
    value = (reader.given.previous or {}).get("32", ())
    return [row for row in value if isinstance(row, PeriodRow)] if isinstance(value, tuple) else []


def prognosis(reader: Reader, rule: Rule) -> Iterator[Problem]:
    """PRO-02: back "after the period" at the end of a long renewal, or in fewer months than the period lasts."""
    last, months = reader.last, reader.given.answers.get("39.4")
    if last is None:
        return
    match reader.chosen("39"):
        case ("STOR_SANNOLIKHET",) if reader.given.previous and covered_days(reader.periods) > rule.limits["days"]:
            yield rule.problem(days=reader.own_days)
        case ("ATER_X_ANTAL_MANADER",) if isinstance(months, int) and (back := later(reader.given.on, months)) < last:
            yield rule.problem(key="months", back=back, last=last)
        case _:
            pass


def later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


CHECKS: Mapping[str, Check] = {
    "STR-04": hole,
    "STR-06": far_off,
    "STR-07": early,
    "NED-03": unchanging,
    "PRO-02": prognosis,
}
