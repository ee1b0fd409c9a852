"""The page of questions for the employer's plan of return, which the patient hands over (sickleave.md 6.4, 6.5, 7.3).

It is made from what an extract for the employer may tell, and holds no word that anyone wrote about the patient.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Literal, TypeAlias

from fmstod.dates import day_month
from fmstod.domain.answers import Measure, PeriodRow, StepRow
from fmstod.domain.document import Document
from fmstod.domain.period import iso_day
from fmstod.reports import tokens as t
from fmstod.reports.blocks import Block, Section, Stack, Text
from fmstod.reports.employer_pdf import facts
from fmstod.reports.form_blocks import rows
from fmstod.reports.head import opening
from fmstod.reports.page import Sheet, write
from fmstod.reports.tagged import TaggedCanvas
from fmstod.reports.ticks import Tick, ticks
from fmstod.texts import text

Box: TypeAlias = Literal["steps", "hours", "tasks", "workplace"]
BOXES: tuple[Box, ...] = ("steps", "hours", "tasks", "workplace")
QUESTIONS = ("tasks", "not_tasks", "hours", "workplace", "tried", "contact")
_LINES = 2  # to write on, below each question
_UNEVEN = "33"


def possible(certificate: Document, plan: Document | None, step_back: Mapping[str, str | None]) -> frozenset[Box]:
    """Which of the four ways back the physician's plan holds. `step_back` tells it of a measure of the catalogue."""
    return frozenset(_possible(certificate, plan, step_back))


def _possible(certificate: Document, plan: Document | None, step_back: Mapping[str, str | None]) -> Iterator[Box]:
    told = plan.answers if plan else {}
    notes, measures = rows(told.get("plan.stepdown"), StepRow), rows(told.get("plan.measures"), Measure)
    periods = [row for value in certificate.answers.values() for row in rows(value, PeriodRow) if row.period]
    kinds = {step_back.get(row.idea) for row in measures}
    degrees = {period.degree for period in periods} | {note.degree for note in notes if note.ahead}
    if len(degrees) > 1:
        yield "steps"
    if any(note.hours.strip() for note in notes) or certificate.answers.get(_UNEVEN) is False:
        yield "hours"
    if any(note.possible.strip() or note.avoid.strip() for note in notes) or "adaptation" in kinds:
        yield "tasks"
    if "ergonomics" in kinds:
        yield "workplace"


def questions_pdf(told: Document, boxes: Collection[Box], followup: str) -> bytes:
    """A tagged PDF/A-2a, of one page unless the name is very long, from what `extract` gave. `followup` is the day of the plan, as typed."""
    sheet = Sheet(text("questions.title"), told, draft=False, origin=text("questions.origin"))
    made: list[tuple[str, list[Block]]] = [
        (
            "boxes",
            [
                ticks([Tick(text(f"questions.box.{box}"), box in boxes) for box in BOXES], 2),
                Text(text("questions.boxes_note"), t.QUIET, t.MAIN),
            ],
        ),
        ("ask", [part for key in QUESTIONS for part in _asked(key)]),
        ("back", [Text(said, t.NEXT, t.MAIN) for said in _back(followup)]),
    ]
    sections = [
        Section(str(n), text(f"questions.section.{key}"), parts, whole=key != "ask")
        for n, (key, parts) in enumerate(made, 1)
    ]
    return write(sheet, [*opening(sheet, text("questions.about"), facts(told)), *sections])


def _asked(key: str) -> Sequence[Block]:
    return [Stack([Text(text(f"questions.ask.{key}"), t.CAPTION, t.MAIN, "H3"), Lines()], before=t.HALF)]


def _back(followup: str) -> Iterator[str]:
    day = iso_day(followup.strip())
    yield text("questions.back.day", day=day_month(day)) if day else text("questions.back.no_day")
    yield text("questions.back.consent")


class Lines(Block):
    """Lines to write on; a screen reader is told of the room by the question itself."""

    height = _LINES * t.STEP * 1.5
    before = 0.0

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        for n in range(1, _LINES + 1):
            canvas.hairline(x, top - n * t.STEP * 1.5 + 1, t.MAIN, t.BORDER, t.AXIS)
