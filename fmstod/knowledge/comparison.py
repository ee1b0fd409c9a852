"""The planned days against what FMB says, and the sentence that tells it. Each kind has its own.

Nothing is called "over" that has no upper bound, that isn't known to be for this patient, or that nobody has compared
with today's page.
"""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from fmstod.domain.icd import dotted
from fmstod.domain.period import DayCounts
from fmstod.domain.recommendation import Limit
from fmstod.domain.words import Phrases, capital
from fmstod.knowledge.advise import CHANGED, Advice
from fmstod.knowledge.entry import UNIT_DAYS, Kind, Unit
from fmstod.knowledge.wording import amount, length


class Outcome(StrEnum):
    """How the planned and earlier days stand to a limit."""

    NONE = "none"
    CHANGED = "changed"
    UNDECIDED = "undecided"
    NOTHING_PLANNED = "nothing_planned"
    UNKNOWN_EARLIER = "unknown_earlier"
    OPEN = "open"
    SHORTER = "shorter"
    WITHIN = "within"
    OWN_REPORT = "own_report"
    LONGER_FORESEEN = "longer_foreseen"
    BEFORE_EVENT = "before_event"
    UNKNOWN_AFTER_EVENT = "unknown_after_event"
    LONGER_IF_FIRST = "longer_if_first"
    LONGER_THAN_2020 = "longer_than_2020"
    OVER = "over"


def compare(days: DayCounts, limit: Limit | None) -> Outcome:
    """While questions are open the limit is the most generous there can be: more than it is more for certain."""
    if limit is None:
        return Outcome.NONE
    if limit.why_open == CHANGED:
        return Outcome.CHANGED
    if not (limit.sure or limit.bound):  # no sick leave at all is no limit before it is known to be this patient's
        return Outcome.UNDECIDED
    if not days.planned:
        return Outcome.NOTHING_PLANNED
    if limit.exceeded_by(days):
        return Outcome.OVER if limit.rechecked else Outcome.LONGER_THAN_2020
    if limit.sure and limit.event and limit.after_event is not None:
        return _after_event(days, limit.event, limit.after_event, limit)
    if days.total is None or days.at_least:
        numbers = (limit.days, limit.after_event, limit.number, limit.least)
        return Outcome.OPEN if all(n is None for n in numbers) else Outcome.UNKNOWN_EARLIER
    if not limit.sure:
        return Outcome.UNDECIDED
    return Outcome.LONGER_IF_FIRST if limit.exceeded_if_first(days) else _not_exceeded(days.total, limit)


def _after_event(days: DayCounts, event: date, bound: int, limit: Limit) -> Outcome:
    """Where the day of the event is known and the days aren't more than allowed for certain."""
    if limit.days is not None and days.total is not None and not days.at_least and days.total <= limit.days:
        return _not_exceeded(days.total, limit)
    _, most = days.from_day(event)
    if most is None or most > bound:
        return Outcome.UNKNOWN_EARLIER if days.may_be_more else Outcome.UNKNOWN_AFTER_EVENT
    if not most:
        return Outcome.BEFORE_EVENT
    return Outcome.SHORTER if limit.least is not None and most < limit.least else Outcome.WITHIN


def _not_exceeded(total: int, limit: Limit) -> Outcome:
    if limit.own_report and total > (limit.days or 0):
        return Outcome.OWN_REPORT
    if limit.least is not None and total < limit.least:
        return Outcome.SHORTER
    if limit.days is not None or limit.after_event is not None:
        return Outcome.WITHIN
    if limit.number is None:
        return Outcome.OPEN
    return Outcome.WITHIN if total <= limit.number else Outcome.LONGER_FORESEEN


def day_matters(limit: Limit, days: DayCounts) -> bool:
    """Whether the day of an event, not known so far, can change what is said of the days."""
    if limit.after_event is None or not limit.sure or not days.planned:
        return False
    return days.total is None or days.at_least or days.total > limit.bound


def told(found: Outcome, days: DayCounts, limit: Limit | None, phrases: Phrases) -> str:
    """The comparison in words that can stand after a title: "14 dagar ryms i rekommendationens 6 månader"."""
    if limit is None:
        return phrases["fmb.outcome.none"]
    total = _counted(found, days, limit)
    values = {
        "days": amount(total, Unit.DAY, phrases),
        "limit": _exact(limit.bound, phrases),
        "least": _exact(limit.least or 0, phrases),
        "more": amount(total - limit.bound, Unit.DAY, phrases),
        "year": limit.retrieved.year,
        "day": limit.event or "",
    }
    named = ("event", "from", "if_first") if limit.counts_from else ()
    values |= {name: phrases[f"fmb.{name}.{limit.counts_from}"] for name in named}
    return phrases[f"fmb.outcome.{_key(found, days, limit)}"].format(**values)


def sentence(found: Outcome, days: DayCounts, limit: Limit | None, phrases: Phrases) -> str:
    """The comparison with one limit, as a sentence of its own."""
    return phrases["fmb.text.plain"].format(what=capital(told(found, days, limit, phrases)))


def sentences(advice: Advice, days: DayCounts, phrases: Phrases) -> Sequence[str]:
    """One for each entry; with several each says whose it is, so that none speaks for another."""
    named = zip(titles(advice, phrases), advice.entries, strict=True)
    made = [(title, e.limit, compare(days, e.limit)) for title, e in named]
    if len(made) == 1:
        return tuple(sentence(found, days, limit, phrases) for _, limit, found in made)
    return tuple(
        phrases["fmb.text.line"].format(when=title, what=told(found, days, limit, phrases))
        for title, limit, found in made
    )


def titles(advice: Advice, phrases: Phrases) -> Sequence[str]:
    """What tells the entries apart: their titles less what stands in brackets, with the code where two have the same."""
    plain = [e.resolved.entry.title.partition(" (")[0] for e in advice.entries]
    return tuple(
        phrases["fmb.head"].format(code=dotted(e.resolved.code), title=title) if plain.count(title) > 1 else title
        for e, title in zip(advice.entries, plain, strict=True)
    )


def _counted(found: Outcome, days: DayCounts, limit: Limit) -> int:
    """The days that the outcome speaks of: what is longer for certain, or what there are at most."""
    if not _from_event(found, days, limit) or limit.event is None:
        return days.total or 0
    least, most = days.from_day(limit.event)
    return least if found in (Outcome.OVER, Outcome.LONGER_THAN_2020) or most is None else most


def _from_event(found: Outcome, days: DayCounts, limit: Limit) -> bool:
    """Whether the outcome is about the days from an event whose day is known, not about all of them."""
    if limit.event is None or limit.after_event is None:
        return False
    if found in (Outcome.OVER, Outcome.LONGER_THAN_2020):
        return limit.after_event == limit.bound
    shorter = days.total is not None and not days.at_least and days.total <= (limit.days or 0)
    return found is Outcome.WITHIN and not shorter


def _key(found: Outcome, days: DayCounts, limit: Limit) -> str:
    """The phrase for an outcome; many kinds have their own."""
    dated = "" if limit.rechecked else "_2020"
    if _from_event(found, days, limit):
        return f"{found}_counted"
    match found:
        case Outcome.NOTHING_PLANNED if days.total and limit.sure and limit.days and limit.after_event is None:
            return "used_at_least" if days.at_least else "used"
        case Outcome.OPEN | Outcome.SHORTER:
            return f"{found}_{limit.kind}"
        case Outcome.WITHIN if limit.days is None:
            return "within_from_event" if limit.counts_from else "within_or_longer"
        case Outcome.LONGER_IF_FIRST:
            return f"{found}{dated}"
        case Outcome.LONGER_FORESEEN if limit.kind == Kind.UNTIL_SURGERY:
            return f"{found}_{limit.kind}"
        case Outcome.OVER | Outcome.LONGER_THAN_2020 if not limit.bound:
            told = "_own" if limit.own_report else "_avoid" if limit.to_be_avoided else ""
            return f"no_leave{told}{dated}"
        case Outcome.OVER | Outcome.LONGER_THAN_2020 if not limit.sure:
            return f"{found}_longest"  # true whatever the answers are, also when nothing is for this patient
        case _:
            return found


def _exact(days: int, phrases: Phrases) -> str:
    """Days in the source's unit with their number: "6 månader (186 dagar)"."""
    told = length(days, phrases)
    if days % UNIT_DAYS[Unit.WEEK] and days % UNIT_DAYS[Unit.MONTH]:
        return told
    return phrases["fmb.text.exact"].format(time=told, days=amount(days, Unit.DAY, phrases))
