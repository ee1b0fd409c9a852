"""Earlier sick leave in the same case: asked once, never guessed. Unanswered means that no days are compared."""

from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from fmstod.domain.consultation import Earlier
from fmstod.domain.period import EARLIEST, PAST, read_length
from fmstod.texts import text as say
from fmstod.ui.bars import width_of
from fmstod.ui.boxes import DayBox, LineBox
from fmstod.ui.choices import Segments
from fmstod.ui.dates import weekday
from fmstod.ui.parts import column, row, text
from fmstod.ui.tokens import Look

CHOICE = 160  # px that the choice needs beside its question


class EarlierField(QWidget):
    """No, or yes since a day and so many days. What can't be read as a day stays as typed and counts as unknown."""

    edited = Signal(object)  # Earlier, or None when the answer is taken back; only when the user did it

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._today = EARLIEST
        self._value: Earlier | None = None
        fits = width_of(look, say("earlier.ask"), "strong") + look.px(CHOICE) <= look.form_width
        caption = text(say("earlier.ask"), "strong", wrap=not fits)
        self.choice = Segments(look, ((False, say("earlier.no")), (True, say("earlier.yes"))), say("earlier.ask"))
        caption.setBuddy(self.choice)
        self.since = DayBox(look, say("earlier.since"), lambda: self._today, say("earlier.since_example"), PAST)
        self.days = LineBox(look, say("earlier.days"), 72, say("earlier.days_example"))
        self._note = text("", "caption", "muted", wrap=True)
        self._more = QWidget()
        named = [text(say(f"earlier.{key}")) for key in ("since", "days")]
        for label, field in zip(named, (self.since, self.days), strict=True):
            label.setBuddy(field)
        self._more.setLayout(row(row(named[0], self.since, gap=8), row(named[1], self.days, gap=8), self._note, gap=16))
        self._more.layout().setStretch(2, 1)
        self._note.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        line = row(caption, 6, self.choice, ...) if fits else column(caption, row(self.choice, ...), gap=4)
        self.setLayout(column(line, self._more, gap=8))
        self.choice.chosen.connect(self._choose)
        self.since.typed.connect(self._typed)
        self.days.typed.connect(self._typed)

    def show_value(self, value: Earlier | None, today: date, first: date | None) -> None:
        """`first` is the first day that is planned now: how far it is from the earlier day is said, not filled in."""
        self._value, self._today = value, today
        self.choice.show_value(value.had if value else None)
        self._more.setVisible(bool(value and value.had))
        since, days = (value.since, value.days) if value else (None, None)
        if since != self._read_since() or not (value and value.had):
            self.since.show_value(since.isoformat() if since else "")
        if days != self._read_days() or not (value and value.had):
            self.days.show_text("" if days is None else str(days))
        self._note.setText(self._say(first))

    @Slot(object)
    def _choose(self, had: bool | None) -> None:
        self.edited.emit(None if had is None else Earlier(had=had))

    @Slot(str)
    def _typed(self, _words: str) -> None:
        self.edited.emit(Earlier(had=True, since=self._read_since(), days=self._read_days()))

    def _read_since(self) -> date | None:
        """The typed day, if it is one and has been."""
        day = self.since.day
        return day if day and day <= self._today else None

    def _read_days(self) -> int | None:
        """A number of days, or a length such as `6v`."""
        said = self.days.text().strip()
        number = int(said) if said.isascii() and said.isdigit() and len(said) <= 4 else read_length(said)
        return number or None

    def _say(self, first: date | None) -> str:
        since = self._read_since()
        if self.since.text().strip() and since is None:
            return say("earlier.since_wrong")
        if self.days.text().strip() and self._read_days() is None:
            return say("earlier.days_wrong")
        if since is None or first is None or since >= first:
            return say("earlier.days_unknown") if self._read_days() is None else ""
        return say("earlier.apart", weekday=weekday(since), days=(first - since).days)
