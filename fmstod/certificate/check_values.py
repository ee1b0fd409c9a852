"""Checks of single answers and of chosen options."""

from collections.abc import Iterator, Mapping
from datetime import date

from fmstod.certificate.form import Choices, Day, Icf, Question, Text, Whole
from fmstod.certificate.rules import broken, missing
from fmstod.domain.answers import Answer, DatedChoice
from fmstod.domain.period import EARLIEST, LATEST, iso_day
from fmstod.domain.problem import Problem


def text_problems(question: Text | Icf, text: str) -> Iterator[Problem]:
    """Blank, or longer than fits. For a described limitation only the text counts: picked codes alone say too little."""
    if not text.strip():
        yield from missing(question)
    yield from too_long(question, text, question.ref, question.max)


def too_long(question: Question, text: str, field: str, most: int) -> Iterator[Problem]:
    """LN-1 and its kin: `over` is how many characters have to go."""
    if len(text) > most:
        own = question.ref[0].isdigit()  # a question of Försäkringskassan's has a number, the plan's don't
        yield broken(question, "max", field, "" if own else "plan", max=most, over=len(text) - most)


def whole_problems(question: Whole, value: Answer | None) -> Iterator[Problem]:
    if not isinstance(value, int):
        yield from missing(question)
    elif not question.min <= value <= question.max:
        yield broken(question, "range", key="range", min=question.min, max=question.max)


def day_problems(question: Day, text: str, answers: Mapping[str, Answer], today: date) -> Iterator[Problem]:
    """No real day, one on the wrong side of today, or one after a day that it can't be after."""
    day = iso_day(text)
    if not text.strip():
        yield from missing(question)
    elif day is None or not EARLIEST <= day <= LATEST:
        yield broken(question, "real", key="real")
    elif "past" in question.rules and day < today:
        yield broken(question, "past", key="past")
    elif "future" in question.rules and day > today:
        yield broken(question, "future", key="future", today=today.isoformat())
    elif "order" in question.rules and any(day > other for other in _days_before(question, answers)):
        yield broken(question, "order", key="order")


def _days_before(question: Day, answers: Mapping[str, Answer]) -> Iterator[date]:
    """The days that this one may not be after."""
    if question.not_after is None:
        return
    rows = answers.get(question.not_after.ref)
    for row in rows if isinstance(rows, tuple) else ():
        if isinstance(row, DatedChoice) and row.kind in question.not_after.includes and (day := iso_day(row.date)):
            yield day


def choices_problems(question: Choices, codes: tuple[str, ...]) -> Iterator[Problem]:
    """None chosen, one chosen twice, more than may be, one that leaves no room for the others."""
    most = question.most or len(question.options)
    if not codes:
        yield from missing(question)
    if "twice" in question.rules and len(set(codes)) < len(codes):
        yield broken(question, "twice")
    if "many" in question.rules and len(codes) > most:
        yield broken(question, "many", max=most)
    alone = {option.code for option in question.options if option.alone}
    if "alone" in question.rules and alone & set(codes) and set(codes) - alone:
        yield broken(question, "alone")
