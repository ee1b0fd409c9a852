"""Checks of single answers and of chosen options."""

from collections.abc import Iterator
from datetime import date

from fmstod.certificate.form import Choices, Day, Icf, Question, Text, Whole
from fmstod.domain.answers import Answer
from fmstod.domain.period import EARLIEST, LATEST, iso_day
from fmstod.domain.problem import Problem


def missing(question: Question) -> Iterator[Problem]:
    """What a required question says while it isn't answered."""
    if question.required:
        yield Problem(question.rules["required"], question.ref, missing=True)


def text_problems(question: Text | Icf, text: str) -> Iterator[Problem]:
    """Blank, or longer than fits. For a described limitation only the text counts: picked codes alone say too little."""
    if not text.strip():
        yield from missing(question)
    yield from too_long(question, text, question.ref, question.max)


def too_long(question: Question, text: str, field: str, most: int) -> Iterator[Problem]:
    """LN-1 and its kin: `over` is how many characters have to go."""
    if len(text) > most:
        rule = question.rules["max"]
        own = question.ref[0].isdigit()  # a question of Försäkringskassan's has a number, the plan's don't
        values = {"label": question.label, "question": number(question), "max": most, "over": len(text) - most}
        yield Problem(rule, field, key=rule if own else f"{rule}.plan", values=values)


def number(question: Question) -> str:
    """The number that the user sees: part 33.2 belongs to question 33."""
    return question.ref.split(".")[0]


def whole_problems(question: Whole, value: Answer | None) -> Iterator[Problem]:
    if not isinstance(value, int):
        yield from missing(question)
    elif not question.min <= value <= question.max:
        rule = question.rules["range"]
        yield Problem(rule, question.ref, key=f"{rule}.range", values={"min": question.min, "max": question.max})


def day_problems(question: Day, text: str, today: date) -> Iterator[Problem]:
    """No real day, or one that has passed where the entry asks for a coming one."""
    day = iso_day(text)
    if not text.strip():
        yield from missing(question)
    elif day is None or not EARLIEST <= day <= LATEST:
        rule = question.rules["real"]
        yield Problem(rule, question.ref, key=f"{rule}.real")
    elif "past" in question.rules and day < today:
        rule = question.rules["past"]
        yield Problem(rule, question.ref, key=f"{rule}.past")


def choices_problems(question: Choices, codes: tuple[str, ...]) -> Iterator[Problem]:
    """None chosen, one chosen twice, more than there are."""
    if not codes:
        yield from missing(question)
    if "twice" in question.rules and len(set(codes)) < len(codes):
        yield Problem(question.rules["twice"], question.ref)
    if "many" in question.rules and len(codes) > len(question.options):
        yield Problem(question.rules["many"], question.ref, values={"max": len(question.options)})
