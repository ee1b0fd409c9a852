"""Earlier sick leave in the same case: asked once, never guessed. Unanswered means that no days are compared."""

from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from fmstod.dates import weekday
from fmstod.domain.consultation import Earlier
from fmstod.domain.period import EARLIEST, PAST, read_length
from fmstod.texts import text as say
from fmstod.ui.dates import days_of
from fmstod.ui.kit.boxes import DayBox, LineBox
from fmstod.ui.kit.choices import Segments
from fmstod.ui.kit.marks import mark
from fmstod.ui.kit.parts import column, restyle, row, text
from fmstod.ui.kit.tokens import Look
from fmstod.ui.timeline.bars import width_of

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
        self._note, self._mark = text("", "caption", "muted", wrap=True), mark(look, "warn", "warn")
        self._more = QWidget()
        named = [text(say(f"earlier.{key}")) for key in ("since", "days")]
        for label, field in zip(named, (self.since, self.days), strict=True):
            label.setBuddy(field)
        said = row(self._mark, self._note, gap=8)
        said.setStretch(1, 1)
        asked = row(row(named[0], self.since, gap=8), row(named[1], self.days, gap=8), gap=16)
        if look.narrow:
            asked.addStretch(1)
            self._more.setLayout(column(asked, said, gap=4))
        else:
            asked.addLayout(said, 1)
            self._more.setLayout(asked)
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
        wrong = self._wrong(first)
        self._note.setText(wrong or self._say(first))
        restyle(self._note, tone="warn" if wrong else "muted")
        self._mark.setVisible(bool(wrong))
        for box in (self.since, self.days):
            box.setAccessibleDescription(self._note.text())

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

    def _wrong(self, first: date | None) -> str:
        """What can't be as it is typed; nothing if it can."""
        since, days = self._read_since(), self._read_days()
        room = Earlier(had=True, since=since).room(first)
        if self.since.text().strip() and since is None:
            return say("earlier.since_wrong")
        if self.days.text().strip() and days is None:
            return say("earlier.days_wrong")
        if room is not None and room < 1:
            return say("earlier.since_late", first=first)
        if room is not None and days is not None and days > room:
            return say("earlier.too_many", since=since, days=days_of(room))
        return ""

    def _say(self, first: date | None) -> str:
        since = self._read_since()
        room = Earlier(had=True, since=since).room(first)
        if since is None or room is None:
            return say("earlier.days_unknown") if self._read_days() is None else ""
        return say("earlier.apart", weekday=weekday(since), days=room)
