"""The step-down as a table: the rows of the certificate's periods, and below each what holds at its degree."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fmstod import clock
from fmstod.certificate.form import Periods, Steps
from fmstod.domain.answers import STEP_PARTS, Answer, PeriodRow, StepRow
from fmstod.followup.stepdown import ahead_of, with_ahead
from fmstod.texts import text as say
from fmstod.ui.fields.choices import part_of, row_of
from fmstod.ui.fields.periods import PeriodsField
from fmstod.ui.kit.boxes import LineBox, TextBox
from fmstod.ui.kit.parts import button, column, panel, row, text
from fmstod.ui.kit.removed import RemovedNote
from fmstod.ui.kit.tokens import Look

HOURS = 72  # px
NOTHING = StepRow(ahead=False)


class _Note:
    """What holds at a step: hours a day, tasks to do and to avoid, when to stop."""

    def __init__(self, look: Look, number: int) -> None:
        self._look, self._number = look, number
        self.boxes: dict[str, LineBox | TextBox] = {
            part: LineBox(look, "", 0 if look.narrow else HOURS) if part == "hours" else TextBox(look, "", 2)
            for part in STEP_PARTS
        }
        cells = [
            panel(column(text(say(f"field.step.{part}"), "label", "muted"), box, ..., gap=4))
            for part, box in self.boxes.items()
        ]
        self.fill = button(look, say("field.step.fill"), "plain", "plus", "accent")
        removed = [RemovedNote(look, box) for box in self.boxes.values()]
        boxes = column(*cells, gap=8) if look.narrow else row(*cells)
        self._inside = panel(column(boxes, *removed, row(self.fill, ...), gap=4, pad=(0, 0, 0, 12)))
        self.part = panel(column(self._inside))

    def show_note(self, note: StepRow) -> None:
        for part, box in self.boxes.items():
            box.show_text(getattr(note, part))
            whose = say("field.step.of", what=say(f"field.step.{part}"), degree=note.degree or self._number)
            box.setAccessibleName(whose)
        self._inside.setVisible(note.degree not in (None, 100) or note.says)  # nobody works in a step of 100 %
        self.fill.setAccessibleName(f"{self.fill.text()}, {note.degree} %")
        self.fill.setVisible(note.degree not in (None, 100) and not all(getattr(note, part) for part in STEP_PARTS))


class StepsField(PeriodsField):
    """`noted` when something is said of a row: its number, the part and the words; `fill_wanted` for proposals."""

    noted = Signal(int, str, str)
    fill_wanted = Signal(int)

    def __init__(self, look: Look, question: Periods, today: Callable[[], date] = clock.today) -> None:
        self._notes: list[_Note] = []
        self._days_open = True
        super().__init__(look, question, today)
        for n, note in enumerate(self._notes):
            self._watch(*note.boxes.values())
            note.fill.clicked.connect(partial(self._ask_fill, n))
            for part, box in note.boxes.items():
                box.typed.connect(partial(self._note_typed, n, part))

    def show_notes(self, notes: Sequence[StepRow]) -> None:
        """What is said of each row, in their order."""
        for n, made in enumerate(self._notes):
            made.show_note(notes[n] if n < len(notes) else NOTHING)

    def setEnabled(self, on: bool) -> None:
        """Once the certificate is signed its days are closed, but not what is said of them: that is `open_notes`."""
        self._days_open = on
        for made in self._rows:
            made.remove.setVisible(on and not made.remove.isHidden())
            for box in made.boxes:
                box.setEnabled(on)
        self._new.setVisible(on)
        self._new.setEnabled(on and self._shown < len(self._rows))

    def open_notes(self, *, opened: bool) -> None:
        """What is said of the steps; closed together with the days, the field is closed as a whole."""
        super().setEnabled(opened or self._days_open)
        for made in self._notes:
            made.fill.setEnabled(opened)
            for box in made.boxes.values():
                box.setEnabled(opened)

    def place(self, field: str) -> QWidget:
        part = part_of(field)
        if part in STEP_PARTS:
            return self._notes[min(row_of(field) or 0, len(self._notes) - 1)].boxes[part]
        return super().place(field)

    def _below(self, n: int) -> QWidget | None:
        while len(self._notes) <= n:
            self._notes.append(_Note(self.look, len(self._notes) + 1))
        return self._notes[n].part

    def _note_typed(self, n: int, part: str, words: str) -> None:
        self.noted.emit(n, part, words)

    def _ask_fill(self, n: int, _checked: bool = False) -> None:
        self.fill_wanted.emit(n)


class AheadField(StepsField):
    """The steps that no certificate holds yet, with days of their own; what is said of the certificate's own stays."""

    def __init__(self, look: Look, question: Steps, today: Callable[[], date] = clock.today) -> None:
        self._stored: tuple[StepRow, ...] = ()
        like = {name: getattr(question, name) for name in ("ref", "label", "ask", "help", "step")}
        super().__init__(look, Periods(kind="periods", **like), today)
        self.noted.connect(self._say)

    def show_value(self, value: Answer | None) -> None:
        self._stored = tuple(r for r in value if isinstance(r, StepRow)) if isinstance(value, tuple) else ()
        ahead = ahead_of(self._stored)
        super().show_value(tuple(step.row for step in ahead))
        self.show_notes(ahead)

    def place(self, field: str) -> QWidget:
        """The number in `plan.stepdown[2].from` counts what is said of the certificate's steps too."""
        before = sum(not step.ahead for step in self._stored)
        ref, n = self.question.ref, max((row_of(field) or 0) - before, 0)
        return super().place(f"{ref}[{n}].{part_of(field)}")

    def _commit(self, values: list[PeriodRow]) -> None:
        while values and values[-1] == PeriodRow():
            values.pop()
        made = with_ahead(self._stored, values)
        self.show_value(made)
        self._edit(made or None)

    def _say(self, n: int, part: str, words: str) -> None:
        ahead = ahead_of(self._stored)
        if n < len(ahead):  # else it waits for its days
            made = tuple(each.changed(**{part: words}) if each is ahead[n] else each for each in self._stored)
            self._stored = made
            self._edit(made)
