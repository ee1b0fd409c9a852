"""The catalogue that plans are made from: measures, abilities, phrases and questions (`resources/plan`)."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, model_validator

from fmstod.domain.record import Record

Text = Annotated[str, StringConstraints(min_length=1, max_length=120)]
# A beginning of a code, or a range of such of the same length.
Codes = Annotated[str, StringConstraints(pattern=r"^[A-Z]\d{0,3}[0-9A-Z]?$|^[A-Z]\d\d\d?-[A-Z]\d\d\d?$")]
Phase = Literal["first", "extension", "long"]
StepBack = Literal["adaptation", "ergonomics", "occupational_health", "visit", "training"]


class Idea(Record):
    """A measure to choose. All that it names has to fit: a diagnosis, a demand, an occupation, a phase.

    `owner` sees to it, `decides` is who decides where somebody else does, `weeks` when it is usually looked at again. Of
    those with the same theme only the one that fits most closely is suggested.
    """

    key: str
    text: Text
    kind: str
    owner: str
    decides: str = ""
    codes: tuple[Codes, ...] = ()
    demands: tuple[str, ...] = ()
    occupations: tuple[str, ...] = ()
    phases: tuple[Phase, ...] = ()
    weeks: Annotated[int, Field(ge=1, le=26)]
    step_back: StepBack | None = None
    program: Literal["guarantee", "internet"] | None = None
    coordinator: bool = False
    theme: str = ""


class Chapter(Record):
    """A chapter of ICF's activities."""

    key: str
    label: str


class Capacity(Record):
    """Something that a patient can do: an ICF category, and a sentence without its subject."""

    code: Annotated[str, StringConstraints(pattern=r"^d\d{3,4}$")]
    text: Text
    demands: tuple[str, ...] = ()


class Pair(Record):
    """What to avoid because of a demand, and what is possible instead; both stand inside a sentence."""

    demand: str
    possible: Text
    avoid: Text


class Stop(Record):
    """A sign that a step of the step-down is too much; without codes it holds for everyone."""

    key: str
    text: Text
    codes: tuple[Codes, ...] = ()


class Question(Record):
    """A question of a follow-up, asked from a week of the sick leave on."""

    key: str
    from_week: int
    text: Text


class Task(Record):
    """One of the physician's seven tasks."""

    key: str
    text: Text


class Reminder(Record):
    """What the physician should think of; never a row of a plan. Without codes it holds for everyone."""

    key: str
    text: Text
    codes: tuple[Codes, ...] = ()


class Alternative(Record):
    """What there is instead of full sick leave; `law` says where it is found. Without codes it holds for everyone.

    One that is `leave` is a way to be on sick leave: it can be weighed, not chosen when there is to be none.
    """

    key: str
    text: Text
    law: str = ""
    leave: bool = False
    codes: tuple[Codes, ...] = ()


class Catalogue(Record):
    """All of it, and `words`: what its keys are called, as `owner.<key>`, `kind.<key>` and so on."""

    measure: tuple[Idea, ...]
    chapter: tuple[Chapter, ...]
    capacity: tuple[Capacity, ...]
    pair: tuple[Pair, ...]
    stop: tuple[Stop, ...]
    question: tuple[Question, ...]
    task: tuple[Task, ...]
    alternative: tuple[Alternative, ...]
    remember: tuple[Reminder, ...]
    words: Mapping[str, str]

    @model_validator(mode="after")
    def _fits_together(self) -> "Catalogue":
        for keys in (
            [idea.key for idea in self.measure],
            [idea.text for idea in self.measure],
            [c.code for c in self.capacity],
            [pair.demand for pair in self.pair],
            [stop.key for stop in self.stop],
            [question.key for question in self.question],
            [task.key for task in self.task],
            [each.key for each in self.alternative],
            [each.key for each in self.remember],
        ):
            if twice := {key for key in keys if keys.count(key) > 1}:
                raise ValueError(f"stands twice: {', '.join(sorted(twice))}")
        for idea in self.measure:
            named = [f"kind.{idea.kind}", f"owner.{idea.owner}"]
            named += [f"owner.{idea.decides}"] if idea.decides else []
            named += [f"step_back.{idea.step_back}"] if idea.step_back else []
            if unknown := [name for name in named if name not in self.words]:
                raise ValueError(f"{idea.key} names {', '.join(unknown)}, which words.toml doesn't")
        return self

    def idea(self, key: str) -> Idea:
        """Raises KeyError."""
        found = next((idea for idea in self.measure if idea.key == key), None)
        if found is None:
            raise KeyError(key)
        return found


def load_catalogue(files: Mapping[str, Mapping[str, Any]]) -> Catalogue:
    """The catalogue from parsed TOML by name of file; `words` is what keys are called. Raises ValueError.

    Lists of the same name in several files follow each other; `every` of a file holds for each of its measures.
    """
    lists: dict[str, list[Any]] = {name: [] for name in Catalogue.model_fields if name != "words"}
    for name, content in sorted(files.items()):
        if name == "words":
            continue
        every = content.get("every", {})
        for key, rows in content.items():
            if key == "every":
                continue
            if key not in lists or not isinstance(rows, list):
                raise ValueError(f"{name}: {key} isn't a list of the catalogue")
            lists[key] += [{**every, **row} for row in rows] if key == "measure" else rows
    words = {f"{area}.{key}": said for area, table in files.get("words", {}).items() for key, said in table.items()}
    return Catalogue.model_validate({**lists, "words": words})


def closeness(patterns: Iterable[str], code: str) -> int:
    """How closely one of the patterns names the code: 0 not at all; a longer beginning and a narrower range are closer."""
    return max((_closeness(pattern, code) for pattern in patterns), default=0)


def _closeness(pattern: str, code: str) -> int:
    first, _, last = pattern.partition("-")
    if not last:
        return _STEP * len(first) if code.startswith(first) else 0
    start = code[: len(first)]
    if len(start) < len(first) or not first <= start <= last:
        return 0
    return _STEP * len(first) - min(_number(last) - _number(first), _STEP - 1)


_STEP = 100  # what one more letter of a code weighs


def _number(code: str) -> int:
    return int(f"{ord(code[0])}{code[1:]}")


def in_week(day: int) -> int:
    """The week of the sick leave in which its day `day` lies; both count from 1."""
    return (day - 1) // 7 + 1


def asked(catalogue: Catalogue, day: int) -> tuple[Question, ...]:
    """The questions of a follow-up on day `day` of the sick leave, the basic ones first."""
    week = in_week(max(day, 1))
    return tuple(question for question in catalogue.question if question.from_week <= week)
