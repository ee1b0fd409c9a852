"""Where an entry's facts come from, how old they are, and who has looked at them. Nothing is called current that nobody
compared with the source's page of today (M-07).
"""

from collections.abc import Iterable, Sequence
from datetime import date

from fmstod.domain.icd import dotted
from fmstod.domain.review import Review
from fmstod.domain.words import Phrases
from fmstod.knowledge.entry import Entry, Source
from fmstod.knowledge.library import Resolved
from fmstod.knowledge.notes import Note

OLD = 180  # days after which the facts are shown with a warning (M-07)


def seen(of: Source) -> date:
    """The day on which the facts were last known to be those of the source."""
    return max(filter(None, (of.retrieved, of.rechecked)))


def is_old(of: Source, today: date) -> bool:
    """Whether the facts were last seen at the source more than `OLD` days ago."""
    return (today - seen(of)).days > OLD


def age(of: Source, today: date, phrases: Phrases) -> str:
    """How long ago they were seen: "6 år", "7 månader", "12 dagar"; whole ones, of the largest that gives at least two."""
    since = seen(of)
    months = (today.year - since.year) * 12 + today.month - since.month - (today.day < since.day)
    counted = (("year", months // 12), ("month", months), ("day", max(0, (today - since).days)))
    unit, number = next((one for one in counted if one[1] > 1), counted[-1])
    return phrases[f"provenance.one_{unit}" if number == 1 else f"provenance.{unit}"].format(n=number)


def warning(of: Source, today: date, phrases: Phrases) -> str:
    """What to know before leaning on old facts, in one calm line; nothing when they aren't old."""
    if not is_old(of, today):
        return ""
    key = "old_rechecked" if of.rechecked else "old"
    return phrases[f"provenance.{key}"].format(year=of.retrieved.year, age=age(of, today, phrases))


def review_of(entry: Entry, reviews: Iterable[Review]) -> Review | None:
    """The clinic's own review of what the entry says now."""
    return next((review for review in reviews if review.content == entry.content), None)


def lines(resolved: Resolved, reviews: Iterable[Review], today: date, phrases: Phrases) -> Sequence[str]:
    """Sentences: whose facts, of which day and how old, compared with today's page or not, read, reviewed by whom."""
    entry = resolved.entry
    valid = phrases["provenance.valid_aged"].format(
        valid=entry.source.valid_from, retrieved=entry.source.retrieved, age=age(entry.source, today, phrases)
    )
    told = (_whose(resolved, phrases), valid, _compared(entry.source, phrases), read_state(entry.source, phrases))
    return tuple(map(_sentence, (*told, review_state(entry, reviews, phrases), *_icf(entry, phrases))))


def source(resolved: Resolved, phrases: Phrases, reviews: Iterable[Review] = ()) -> str:
    """All of it in one paragraph that needs no day of today: for paper and the command line."""
    of = resolved.entry.source
    valid = phrases["provenance.valid"].format(valid=of.valid_from, retrieved=of.retrieved)
    state = (_compared(of, phrases), read_state(of, phrases), review_state(resolved.entry, reviews, phrases))
    icf = _icf(resolved.entry, phrases)
    return " ".join(map(_sentence, (_whose(resolved, phrases), valid, ", ".join(state), *icf)))


def brief(of: Source, phrases: Phrases) -> str:
    """The two days that stand with every recommendation (M-07), in few words: "2017-01-30, hämtad 2020-04-02"."""
    return phrases["provenance.brief"].format(valid=of.valid_from, retrieved=of.retrieved)


def read_state(of: Source, phrases: Phrases) -> str:
    """Whether somebody has read the entry against the source's own text."""
    if of.checked is None:
        return of.checked_by or phrases["provenance.unread"]
    return phrases["provenance.read"].format(how=of.checked_by or phrases["provenance.how"], day=of.checked)


def review_state(entry: Entry, reviews: Iterable[Review], phrases: Phrases) -> str:
    """Whether a physician of this clinic has reviewed what the entry says now. An older content's review holds no more."""
    every = tuple(reviews)
    if found := review_of(entry, every):
        return phrases["provenance.reviewed"].format(by=found.by, day=found.on)
    if entry.source.reviewed:
        by = entry.source.reviewed_by or phrases["provenance.physician"]
        return phrases["provenance.reviewed"].format(by=by, day=entry.source.reviewed)
    numbers = {entry.fmb, *entry.source.replaces}
    before = max((r for r in every if r.entry in numbers), key=lambda r: r.on, default=None)
    if before:
        return phrases["provenance.changed_since"].format(by=before.by, day=before.on)
    return phrases["provenance.not_reviewed"]


def _whose(resolved: Resolved, phrases: Phrases) -> str:
    code, asked = dotted(resolved.code), dotted(resolved.asked)
    return phrases["provenance.source" if code == asked else "provenance.source_parent"].format(code=code, asked=asked)


def _compared(of: Source, phrases: Phrases) -> str:
    key = "compared" if of.rechecked else "not_compared"
    return phrases[f"provenance.{key}"].format(rechecked=of.rechecked, year=of.retrieved.year)


def _icf(entry: Entry, phrases: Phrases) -> Sequence[str]:
    """That the ICF categories are older than the recommendations, where they are."""
    return [phrases["provenance.icf_of_replaced"]] if Note.ICF_OF_REPLACED in entry.note else []


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."
