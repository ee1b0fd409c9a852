"""The patient's number as a field: read by the domain at each keystroke, kept as typed while it is no number."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, QObject

from fmstod import clock
from fmstod.certificate.form import Text
from fmstod.domain.answers import Answer
from fmstod.domain.patient import Identity, IdentityKind, Patient, read_birth_day, read_number
from fmstod.domain.problem import Problem
from fmstod.texts import text as say
from fmstod.ui.fields.field import Field
from fmstod.ui.fields.text import DayField
from fmstod.ui.kit.boxes import DayBox, LineBox
from fmstod.ui.kit.marks import mark
from fmstod.ui.kit.parts import button, column, panel, row, text
from fmstod.ui.kit.tokens import Look


@dataclass(frozen=True)
class Typed:
    """What stands in a number field and how it was read."""

    words: str = ""
    found: Identity | Problem | None = None

    @property
    def number(self) -> str:
        return self.found.number if isinstance(self.found, Identity) else ""

    @property
    def refused(self) -> Problem | None:
        return self.found if isinstance(self.found, Problem) else None


def read(words: str, kind: IdentityKind, today: date) -> Typed:
    return Typed(words, read_number(words, kind, today))


class BirthBox(DayBox):
    """A day of birth, with its century or without."""

    @property
    def day(self) -> date | None:
        return read_birth_day(self.text(), self.today())


class BirthField(DayField):
    def _make_box(self) -> DayBox:
        return BirthBox(self.look, self.label, self.today, say("patient_page.born_example"))


def who(patient: Patient, today: date) -> str:
    """`42 år, kvinna`, with the kind of number where it isn't a personnummer."""
    age = patient.age(today)
    known = [say("patient.age", years=age)] if age is not None else []
    known += [say(f"patient.sex.{patient.sex}")] if patient.sex else []
    kind = [say("patient_page.coordination")] if patient.kind is IdentityKind.SAMORDNINGSNUMMER else []
    return " · ".join([*kind, ", ".join(known)]) if patient.number else ""


class NumberField(Field[Text]):
    """One kind of number; `other` leads to the other kind. What it means stands beside it."""

    def __init__(self, look: Look, question: Text, other: str, today: Callable[[], date] = clock.today) -> None:
        super().__init__(look, question, today)
        self.typed = Typed()
        self.box = LineBox(look, self.label, width=224)
        self.other = button(look, other, "plain")
        self._mark = mark(look, "done", "ok")
        self._who = text("")
        self.box.typed.connect(self._edit)
        self._watch(self.box)
        said = row(self.box, 4, self._mark, self._who, ...)
        if look.narrow:
            self._lay(panel(column(said, row(self.other, ...), gap=4)))
        else:
            self._lay(panel(said), aside=self.other)

    def show_value(self, value: Answer | None) -> None:
        """The record's number; what is being typed stays while it means the same, or isn't a number yet."""
        number = value if isinstance(value, str) else ""
        if number and number != self.typed.number:
            self.typed = Typed(number)  # undone, or another record
        writing = self.typed.refused or (self.box.hasFocus() and number and number == self.typed.number)
        self.box.show_text(self.typed.words if writing else number)

    def show_who(self, words: str) -> None:
        self._who.setText(words)
        self._mark.setVisible(bool(words))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.box.show_text(self.typed.number or self.typed.words)
        return super().eventFilter(watched, event)
