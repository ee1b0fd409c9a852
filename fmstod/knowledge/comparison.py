"""The planned days against what FMB says, and the sentence that tells it. Each kind has its own.

Nothing is called "over" that has no upper bound, that isn't known to be for this patient, or that nobody has compared
with today's page.
"""

from collections.abc import Sequence
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
    FROM_EVENT = "from_event"
    LONGER_THAN_2020 = "longer_than_2020"
    OVER = "over"


def compare(days: DayCounts, limit: Limit | None) -> Outcome:
    """While questions are open the limit is the most generous there can be: more than it is more for certain."""
    if limit is None:
        return Outcome.NONE
    if limit.why_open == CHANGED:
        return Outcome.CHANGED
    if not limit.sure and not limit.days:  # no sick leave at all is no limit before it is known to be this patient's
        return Outcome.UNDECIDED
    if not days.planned:
        return Outcome.NOTHING_PLANNED
    if days.total is None:
        numbers = (limit.days, limit.number, limit.least)
        return Outcome.OPEN if all(n is None for n in numbers) else Outcome.UNKNOWN_EARLIER
    if limit.exceeded_by(days.total):
        return Outcome.OVER if limit.rechecked else Outcome.LONGER_THAN_2020
    return _not_exceeded(days.total, limit) if limit.sure else Outcome.UNDECIDED


def _not_exceeded(total: int, limit: Limit) -> Outcome:
    if limit.own_report and total > (limit.days or 0):
        return Outcome.OWN_REPORT
    if limit.least is not None and total < limit.least:
        return Outcome.SHORTER
    if limit.days is not None:
        return Outcome.WITHIN
    if limit.number is None:
        return Outcome.OPEN
    if total <= limit.number:
        return Outcome.WITHIN
    return Outcome.FROM_EVENT if limit.counts_from else Outcome.LONGER_FORESEEN


def told(found: Outcome, days: DayCounts, limit: Limit | None, phrases: Phrases) -> str:
    """The comparison in words that can stand after a title: "14 dagar ryms i rekommendationens 6 månader"."""
    if limit is None:
        return phrases["fmb.outcome.none"]
    total, bound = days.total or 0, limit.days if limit.days is not None else limit.number or 0
    values = {
        "days": amount(total, Unit.DAY, phrases),
        "limit": _exact(bound, phrases),
        "least": _exact(limit.least or 0, phrases),
        "more": amount(total - bound, Unit.DAY, phrases),
        "year": limit.retrieved.year,
        "event": phrases[f"fmb.from.{limit.counts_from}"] if limit.counts_from else "",
    }
    return phrases[f"fmb.outcome.{_key(found, limit)}"].format(**values)


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
    """What tells the entries apart: their titles, with the code where two have the same."""
    plain = [e.resolved.entry.title for e in advice.entries]
    return tuple(
        phrases["fmb.head"].format(code=dotted(e.resolved.code), title=title) if plain.count(title) > 1 else title
        for e, title in zip(advice.entries, plain, strict=True)
    )


def _key(found: Outcome, limit: Limit) -> str:
    """The phrase for an outcome; many kinds have their own."""
    dated = "" if limit.rechecked else "_2020"
    match found:
        case Outcome.OPEN | Outcome.SHORTER:
            return f"{found}_{limit.kind}"
        case Outcome.WITHIN if limit.days is None:
            return "within_from_event" if limit.counts_from else "within_or_longer"
        case Outcome.LONGER_FORESEEN if limit.kind == Kind.UNTIL_SURGERY:
            return f"{found}_{limit.kind}"
        case Outcome.OVER | Outcome.LONGER_THAN_2020 if not limit.days:
            return f"no_leave{'_own' if limit.own_report else ''}{dated}"
        case _:
            return found


def _exact(days: int, phrases: Phrases) -> str:
    """Days in the source's unit with their number: "6 månader (186 dagar)"."""
    told = length(days, phrases)
    if days % UNIT_DAYS[Unit.WEEK] and days % UNIT_DAYS[Unit.MONTH]:
        return told
    return phrases["fmb.text.exact"].format(time=told, days=amount(days, Unit.DAY, phrases))
