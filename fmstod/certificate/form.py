"""Form files: what is asked, as data. One entry gives widget, visibility, check, stored value and PDF line."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, model_validator

from fmstod.certificate.condition import Clash, Condition, holds
from fmstod.domain.answers import Answer
from fmstod.domain.record import Record


class Option(Record):
    """A choice: `code` is stored and exported, `label` printed, `short` (if any) stands on the button.

    `alone` is a choice that leaves no room for another.
    """

    code: str
    label: str
    short: str = ""
    alone: bool = False


class _Question(Record):
    """What every kind has. `ref` is Försäkringskassan's question number; `rules` maps a check to its rule id.

    `label` is the short official caption, `ask` our own shorter wording for the screen, `help` our own words.
    `source` names a function of `fill.SOURCES` that drafts the answer from what is entered elsewhere.
    `or_when` is another way to show than `when`. `warns` names the checks that warn and don't refuse.
    `copies` is the question that answers this one in the form that this one is made from, if its ref is another.
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
    or_when: Condition | None = None
    unless: Condition | None = None
    rules: Mapping[str, str] = {}
    warns: tuple[str, ...] = ()
    clashes: tuple[Clash, ...] = ()
    copies: str = ""
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
    """`most` is how many may be chosen, where that is less than all."""

    kind: Literal["choices"]
    options: tuple[Option, ...]
    columns: int = 1
    most: int | None = None


class DatedChoices(_Question):
    """Chosen options, each with a day that isn't after today.

    With `listed` it is a list of at most so many documents: kinds may come again, and each row says where to get it.
    """

    kind: Literal["dated_choices"]
    options: tuple[Option, ...]
    listed: int = 0


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
    """A day, `yyyy-mm-dd`; not after any day of the rows that `not_after` includes."""

    kind: Literal["day"]
    not_after: Condition | None = None


class Diagnoses(_Question):
    """Up to `rows` diagnoses, the first is the main one.

    `lookup` is how much it matters that ICD-10-SE doesn't have a code: version 1.x of FK 7804 asks how codes are
    written and no more, so there it is a warning (certificates.md 2.3). `primary_care` is version 1.x as well: codes of
    KSH97-P are taken, and each row is judged by itself, by how its code is written.
    """

    kind: Literal["diagnoses"]
    rows: int = 3
    max: int = 81
    lookup: Literal["error", "warning"] = "error"
    primary_care: bool = False


class Icf(_Question):
    """Rated ICF categories of one component (`b` function, `d` activity) and the physician's text.

    Without `picks` the text stands alone.
    """

    kind: Literal["icf"]
    component: Literal["b", "d"]
    picks: bool = True
    max: int = 4000


class Periods(_Question):
    """Sick-leave periods, one for each degree at most.

    `each_row` is how version 1.x tells it: every row by itself. `single` is one period without a degree of its own;
    `longest` is how many days it is meant for (0: any).
    """

    kind: Literal["periods"]
    each_row: bool = False
    single: bool = False
    longest: int = 0


class Measures(_Question):
    """With `followed` also who decides, how far it has come and what it led to."""

    kind: Literal["measures"]
    followed: bool = False


class Steps(_Question):
    """What each step of the step-down holds; its days are those of the certificate's periods."""

    kind: Literal["steps"]


Question: TypeAlias = Annotated[
    Flag | YesNo | Choice | Choices | DatedChoices | Text | Whole | Day | Diagnoses | Icf | Periods | Measures | Steps,
    Field(discriminator="kind"),
]


# Where the answers go in the journal text, in its order.
Heading: TypeAlias = Literal["background", "diagnosis", "assessment", "measures", "information"]


class Section(Record):
    """A part of the printed form: `number` and `title` as on the paper. `journal` is its place in the journal text.

    `one_of` is the rule that wants an answer to at least one of its questions.
    """

    number: str
    title: str
    journal: Heading = "information"
    one_of: str = ""
    questions: tuple[Question, ...]


class Discretion(Record):
    """A form that the patient may keep the diagnosis out of: `diagnoses` stays out unless `told` is answered with yes.

    `ordinary` holds words of diagnoses that give none away.
    """

    told: str
    diagnoses: str
    ordinary: tuple[str, ...] = ()


class Form(Record):
    """A form in one version. A released version never changes; a change is a new file (`forms.lock`).

    `status` is "read" for a form that is read, checked and printed, and never begun anew. `made_from` is the form that
    gives its answers in one step. `rules` names the rules of `form_rules.FORM_RULES` that look at several questions.
    `remarks` is the question that takes what no other asks for; without it nothing is told to be written there. `plan`
    tells whether its cases have a plan besides. `meant_until` is an age in years and months.
    """

    form: str
    version: str
    title: str
    about: str
    status: Literal["new", "read"] = "new"
    released: bool = False
    made_from: str = ""
    rules: tuple[str, ...] = ()
    remarks: str = "25"
    plan: bool = True
    discretion: Discretion | None = None
    meant_until: tuple[int, int] | None = None
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
            for condition in (question.when, question.or_when, question.unless, *question.clashes):
                if condition and condition.ref not in seen:
                    raise ValueError(f"question {question.ref} depends on {condition.ref}, which isn't before it")
            seen.add(question.ref)
        if self.discretion and not {self.discretion.told, self.discretion.diagnoses} <= seen:
            raise ValueError("discretion names a question that isn't there")
        return self


def open_refs(form: Form, answers: Mapping[str, Answer]) -> frozenset[str]:
    """The questions that show. A question shows only if the one that its `when` (or `or_when`) names shows."""
    shown: set[str] = set()
    for q in form.questions():
        ways = [way for way in (q.when, q.or_when) if way]
        if ways and not any(way.ref in shown and holds(way, answers) for way in ways):
            continue
        if q.unless and holds(q.unless, answers):
            continue
        shown.add(q.ref)
    return frozenset(shown)


def load_form(content: Mapping[str, object]) -> Form:
    """A form from parsed TOML. Raises pydantic's ValidationError (a ValueError) that names the place of each fault."""
    return Form.model_validate(content)
