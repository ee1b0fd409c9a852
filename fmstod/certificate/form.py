"""Form files: what is asked, as data. One entry gives widget, visibility, check, stored value and PDF line."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, model_validator

from fmstod.domain.answers import Answer, DatedChoice, Diagnosis, IcfText, Measure, PeriodRow
from fmstod.domain.record import Record


class Condition(Record):
    """A question shows only `when` this holds (or `unless` it does); `ref` names an earlier question."""

    ref: str
    equals: bool | str | None = None
    includes: tuple[int | str, ...] = ()
    filled: bool = False

    @model_validator(mode="after")
    def _one_operator(self) -> "Condition":
        if (self.equals is not None) + bool(self.includes) + self.filled != 1:
            raise ValueError("a condition has exactly one of equals, includes, filled")
        return self


class Option(Record):
    """A choice: `code` is stored and exported, `label` printed, `short` (if any) stands on the button."""

    code: str
    label: str
    short: str = ""


class _Question(Record):
    """What every kind has. `ref` is Försäkringskassan's question number; `rules` maps a check to its rule id.

    `label` is the short official caption, `ask` our own shorter wording for the screen, `help` our own words.
    `source` names a function of `fill.SOURCES` that drafts the answer from what is entered elsewhere.
    `renewed` is False for an answer that a renewed certificate doesn't take over (certificates.md 5.2).
    """

    ref: str
    label: str
    ask: str = ""
    help: str = ""
    step: int = Field(ge=1, le=7)
    required: bool = False
    source: str = ""
    when: Condition | None = None
    unless: Condition | None = None
    rules: Mapping[str, str] = {}
    renewed: bool = True


class Flag(_Question):
    """A box to tick: True, or nothing said."""

    kind: Literal["flag"]


class YesNo(_Question):
    kind: Literal["yes_no"]


class Choice(_Question):
    kind: Literal["choice"]
    options: tuple[Option, ...]


class Choices(_Question):
    kind: Literal["choices"]
    options: tuple[Option, ...]
    columns: int = 1


class DatedChoices(_Question):
    """Chosen options, each with a day that isn't after today."""

    kind: Literal["dated_choices"]
    options: tuple[Option, ...]


class Text(_Question):
    """`lines` is the height of the field at rest; 1 is a one-line field."""

    kind: Literal["text"]
    max: int = 4000
    lines: int = 3


class Whole(_Question):
    kind: Literal["whole"]
    min: int
    max: int


class Day(_Question):
    """A day, `yyyy-mm-dd`."""

    kind: Literal["day"]


class Diagnoses(_Question):
    """Up to `rows` diagnoses, the first is the main one.

    `lookup` is how much it matters that ICD-10-SE doesn't have a code: version 1.x of FK 7804 asks how codes are
    written and no more, so there it is a warning (certificates.md 2.3).
    """

    kind: Literal["diagnoses"]
    rows: int = 3
    max: int = 81
    lookup: Literal["error", "warning"] = "error"


class Icf(_Question):
    """Rated ICF categories of one component (`b` function, `d` activity) and the physician's text."""

    kind: Literal["icf"]
    component: Literal["b", "d"]
    max: int = 4000


class Periods(_Question):
    """Sick-leave periods, one for each degree at most."""

    kind: Literal["periods"]


class Measures(_Question):
    kind: Literal["measures"]


Question: TypeAlias = Annotated[
    Flag | YesNo | Choice | Choices | DatedChoices | Text | Whole | Day | Diagnoses | Icf | Periods | Measures,
    Field(discriminator="kind"),
]


# Where the answers go in the journal text, in its order.
Heading: TypeAlias = Literal["background", "diagnosis", "assessment", "measures", "information"]


class Section(Record):
    """A part of the printed form: `number` and `title` as on the paper. `journal` is its place in the journal text."""

    number: str
    title: str
    journal: Heading = "information"
    questions: tuple[Question, ...]


class Form(Record):
    """A form in one version. A released version never changes; a change is a new file."""

    form: str
    version: str
    title: str
    about: str
    released: bool = False
    sections: tuple[Section, ...]

    def questions(self) -> Iterator[Question]:
        """All questions in the order of the paper."""
        for section in self.sections:
            yield from section.questions

    def question(self, ref: str) -> Question:
        """The question with this ref; KeyError if there is none."""
        for question in self.questions():
            if question.ref == ref:
                return question
        raise KeyError(ref)

    @model_validator(mode="after")
    def _refs_are_sound(self) -> "Form":
        seen: set[str] = set()
        for question in self.questions():
            if question.ref in seen:
                raise ValueError(f"question {question.ref} stands twice")
            for condition in (question.when, question.unless):
                if condition and condition.ref not in seen:
                    raise ValueError(f"question {question.ref} depends on {condition.ref}, which isn't before it")
            seen.add(question.ref)
        return self


def is_filled(value: Answer | None) -> bool:
    """Whether anything has been said: `False` and 0 are answers, blank text and empty rows are not."""
    match value:
        case None:
            return False
        case bool() | int():
            return True
        case str():
            return bool(value.strip())
        case IcfText():
            return bool(value.text.strip() or value.icf)
        case tuple():
            return any(_row_filled(row) for row in value)


def _row_filled(row: str | DatedChoice | Diagnosis | PeriodRow | Measure) -> bool:
    match row:
        case str() | DatedChoice():
            return True
        case Diagnosis():
            return bool(row.code.strip() or row.text.strip())
        case PeriodRow():
            return bool(row.degree or row.first.strip() or row.last.strip())
        case Measure():
            return bool(row.what.strip() or row.owner.strip() or row.when.strip())


def holds(condition: Condition, answers: Mapping[str, Answer]) -> bool:
    """Whether the condition is met by what was answered; `includes` looks at codes, kinds and degrees of valid rows."""
    value = answers.get(condition.ref)
    if condition.filled:
        return is_filled(value)
    if condition.equals is not None:
        return value == condition.equals
    if not isinstance(value, tuple):
        return value in condition.includes
    return any(_mark(row) in condition.includes for row in value)


def _mark(row: str | DatedChoice | Diagnosis | PeriodRow | Measure) -> int | str | None:
    match row:
        case str():
            return row
        case DatedChoice():
            return row.kind
        case Diagnosis():
            return row.code
        case PeriodRow():
            return row.period.degree if row.period else None  # WT-1: only a valid period counts
        case Measure():
            return row.what


def open_refs(form: Form, answers: Mapping[str, Answer]) -> frozenset[str]:
    """The questions that show. A question shows only if the one that its `when` names shows."""
    shown: set[str] = set()
    for q in form.questions():
        if q.when and not (q.when.ref in shown and holds(q.when, answers)):
            continue
        if q.unless and holds(q.unless, answers):
            continue
        shown.add(q.ref)
    return frozenset(shown)


def load_form(content: Mapping[str, object]) -> Form:
    """A form from parsed TOML. Raises pydantic's ValidationError (a ValueError) that names the place of each fault."""
    return Form.model_validate(content)
