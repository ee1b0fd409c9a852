"""Who issues: the form for the physician and the unit, at the first start and in the settings."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QWidget

from fmstod import clock
from fmstod.domain.issuer import OPTIONAL, Issuer, Physician, Unit, accepted, comparable
from fmstod.texts import text as say
from fmstod.ui.kit.boxes import LineBox
from fmstod.ui.kit.marks import mark
from fmstod.ui.kit.parts import column, panel, restyle, row, text
from fmstod.ui.kit.removed import RemovedNote
from fmstod.ui.kit.tokens import Look


@dataclass(frozen=True)
class _Entry:
    """A field: its place in the record, and the key of its words where that isn't its name there."""

    place: str
    words: str = ""
    half: bool = False  # stands beside the next one

    @property
    def key(self) -> str:
        return self.place.partition(".")[2]

    @property
    def text_key(self) -> str:
        return self.words or self.key


PHYSICIAN = tuple(_Entry(f"physician.{key}") for key in ("name", "title", "specialty", "hsa_id", "number"))
UNIT = (
    _Entry("unit.name", words="unit_name"),
    _Entry("unit.provider"),
    _Entry("unit.workplace"),
    _Entry("unit.address"),
    _Entry("unit.postcode", half=True),
    _Entry("unit.town"),
    _Entry("unit.phone"),
)


class _Line(QWidget):
    """A label, a box, and what is wrong with what stands in it."""

    edited = Signal()

    def __init__(self, look: Look, entry: _Entry, today: Callable[[], date]) -> None:
        super().__init__()
        self._entry, self._today = entry, today
        label = say(f"issuer.field.{entry.text_key}")
        self.box = LineBox(look, label)
        self._note = "" if entry.place in OPTIONAL else say("field.required")
        if entry.text_key in ("specialty", "hsa_id", "number"):
            self._note = say(f"issuer.note.{entry.text_key}")
        caption = text(label, "strong")
        caption.setBuddy(self.box)
        self._words: QLabel = text("", tone="error", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        line = row(column(2, mark(look, "error", "error"), ...), self._words)
        line.setStretch(1, 1)
        self._wrong: QFrame = panel(line)
        self._wrong.hide()
        self.box.typed.connect(self._typed)
        self.box.installEventFilter(self)
        self.box.setAccessibleDescription(self._note)
        self.setLayout(
            column(
                row(caption, text(self._note, "caption", "muted"), ...),
                self.box,
                RemovedNote(look, self.box),
                self._wrong,
                ...,
                gap=4,
            )
        )

    @property
    def value(self) -> str:
        return self.box.text().strip()

    def show_value(self, value: str) -> None:
        self.box.show_text(value)
        self._show_wrong(wrong=False)

    def check(self) -> bool:
        """Whether it can stand; says beside the box if it can't."""
        fine = accepted(self._entry.place, self.value, self._today())
        self._show_wrong(wrong=not fine)
        return fine

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and self.value:
            self.check()
        return super().eventFilter(watched, event)

    def _typed(self, _words: str) -> None:
        if not self._wrong.isHidden():
            self.check()
        self.edited.emit()

    def _show_wrong(self, *, wrong: bool) -> None:
        words = say(f"issuer.wrong.{self._entry.text_key}") if wrong else ""
        self._words.setText(words)
        self._wrong.setVisible(wrong)
        restyle(self.box, state="error" if wrong else "")
        self.box.setAccessibleDescription(f"{self._note}. {words}".strip(". "))


class IssuerForm(QWidget):
    """Two cards, physician and unit. `edited` when the user typed."""

    edited = Signal()

    def __init__(self, look: Look, today: Callable[[], date] = clock.today) -> None:
        super().__init__()
        self._today = today
        self._physician = {entry.key: _Line(look, entry, today) for entry in PHYSICIAN}
        self._unit = {entry.key: _Line(look, entry, today) for entry in UNIT}
        for line in self._lines:
            line.edited.connect(self.edited)
        cards = (
            self._card(say("issuer.physician"), self._physician, PHYSICIAN),
            self._card(say("issuer.unit"), self._unit, UNIT),
        )
        self.setLayout(column(*cards, gap=24) if look.narrow else row(*cards, gap=24))

    @property
    def issuer(self) -> Issuer:
        physician = Physician(**{key: line.value for key, line in self._physician.items()})
        unit = Unit(**{key: line.value for key, line in self._unit.items()})
        return Issuer(physician=comparable(physician, self._today()), unit=unit)

    def show_issuer(self, issuer: Issuer) -> None:
        for key, line in self._physician.items():
            line.show_value(getattr(issuer.physician, key))
        for key, line in self._unit.items():
            line.show_value(getattr(issuer.unit, key))

    def check(self) -> int:
        """How many fields can't stand; the focus goes to the first."""
        wrong = [line for line in self._lines if not line.check()]
        if wrong:
            wrong[0].box.setFocus()
        return len(wrong)

    def focus_first(self) -> None:
        self._lines[0].box.setFocus()

    def box(self, place: str) -> QLineEdit:
        """The box of `physician.name` or `unit.phone`."""
        part, _, key = place.partition(".")
        return (self._physician if part == "physician" else self._unit)[key].box

    @property
    def _lines(self) -> list[_Line]:
        return [*self._physician.values(), *self._unit.values()]

    @staticmethod
    def _card(title: str, lines: dict[str, _Line], entries: tuple[_Entry, ...]) -> QFrame:
        parts = column(gap=16, pad=(24, 20, 24, 24))
        parts.addWidget(text(title, "heading"))
        beside: list[QWidget] = []
        for entry in entries:
            beside.append(lines[entry.key])
            if not entry.half:
                parts.addLayout(row(*beside, gap=16))
                beside = []
        parts.addStretch(1)
        return panel(parts, card="true")
