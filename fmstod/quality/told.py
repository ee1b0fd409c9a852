"""Days that a text tells, as people write them, and what it tells in one sentence."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from fmstod.domain.period import MONTH, WEEK
from fmstod.domain.problem import Span
from fmstod.quality.words import Hit, Words

_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_NUMBERS: Mapping[str, int] = {
    word: n
    for n, words in enumerate(
        ("en ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"), start=1
    )
    for word in words.split()
}
_UNITS: Mapping[str, int] = {"dag": 1, "veck": WEEK, "månad": MONTH}
_MONTH = "|".join(_MONTHS)
_COUNT = rf"\d{{1,2}}|{'|'.join(_NUMBERS)}"
_DAY = re.compile(
    rf"""(?:
      (?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)
    | (?P<named>\d{{1,2}})(?:\s?(?:-|–|till|och)\s?\d{{1,2}})?[\s-]+(?P<name>{_MONTH})\w*
    | (?P<short>\d{{1,2}})/(?P<of>\d{{1,2}})
    | v(?:ecka|\.)?\s?(?P<week>\d{{1,2}})
    | (?:om|efter)\s(?P<count>{_COUNT})\s(?P<unit>{"|".join(_UNITS)})\w*
    | (?:i|under|av)\s(?P<whole>{_MONTH})\w*
    )(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)
_LEADS = frozenset({"i", "under", "av"})
_WEEK = re.compile(r"v\d\d?")
_BACK = timedelta(days=183)  # a day without a year is the first after half a year ago


class Told(NamedTuple):
    """A day and where it stands. Of a week or a month it is the first day."""

    day: date
    span: Span


def days_told(words: Words, on: date, first: int = 0, end: int | None = None) -> Iterator[Told]:
    """The days that a text of the day `on` tells, or a place of it; what is no day is none."""
    last = len(words.text) if end is None else end
    for start in _starts(words):
        found = _DAY.match(words.text, start, last) if first <= start < last else None
        day = _day(found, on) if found else None
        if found and day:
            yield Told(day, found.span())


def _starts(words: Words) -> Sequence[int]:
    """Where a day can begin: at a number, at the word before one, at what leads to a month."""
    numbers = words.numbers
    led = [n for n, word in enumerate(words.words) if word in _LEADS or (word[0] == "v" and _WEEK.fullmatch(word))]
    return sorted({words.starts[n] for n in (*numbers, *(n - 1 for n in numbers if n), *led)})


def by_sentence(words: Words, *lists: str) -> Mapping[Span, Sequence[Hit]]:
    """What of these lexicons stands in the text, by the sentence that it lies in."""
    starts = [start for start, _ in words.sentences]
    found = defaultdict[Span, list[Hit]](list)
    for hit in words.hits(*lists):
        if (n := bisect_right(starts, hit.start)) > 0:
            found[words.sentences[n - 1]].append(hit)
    return found


def together(words: Words, *lists: str) -> Sequence[Span]:
    """The sentences in which each of these lexicons has a word."""
    return sorted(set.intersection(*(set(words.apart(name)) for name in lists)))


def _day(found: re.Match[str], on: date) -> date | None:
    part = found.groupdict()
    try:
        if part["year"]:
            return date(int(part["year"]), int(part["month"]), int(part["day"]))
        if part["named"]:
            return _near(on, _MONTHS.index(part["name"].casefold()) + 1, int(part["named"]))
        if part["short"]:
            return _near(on, int(part["of"]), int(part["short"]))
        if part["whole"]:
            return _near(on, _MONTHS.index(part["whole"].casefold()) + 1, 1)
        if part["week"]:
            monday = date.fromisocalendar(on.isocalendar().year, int(part["week"]), 1)
            return monday if monday >= on - _BACK else date.fromisocalendar(on.year + 1, int(part["week"]), 1)
    except ValueError:
        return None
    count = part["count"].casefold()
    days = (_NUMBERS.get(count) or int(count)) * _UNITS[part["unit"].casefold()]
    return on + timedelta(days=days)


def _near(on: date, month: int, day: int) -> date:
    """The first such day that isn't more than half a year back. ValueError for none."""
    found = date(on.year, month, day)
    if found < on - _BACK:
        return date(on.year + 1, month, day)
    last_year = date(on.year - 1, month, day)
    return last_year if last_year >= on - _BACK else found
