"""A day of the law that the user has gone to on the timeline: what it means to whom, and how it stands."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from fmstod.domain.leave import Status, Stop
from fmstod.domain.period import COMING
from fmstod.sickleave.milestones import Milestone
from fmstod.texts import text as say
from fmstod.ui.kit.boxes import DayBox, LineBox
from fmstod.ui.kit.choices import Segments
from fmstod.ui.kit.parts import above, column, row, text
from fmstod.ui.kit.tokens import Look

WHOM = ("physician", "patient", "employer")
STATES: tuple[Status, ...] = ("planned", "done", "exempt")
REASON = 320  # px


class LawDay(QWidget):
    """`edited` with what the user has set for the day, None when it is taken back."""

    edited = Signal(int, object)  # the day, Stop or None

    def __init__(self, look: Look, today: Callable[[], date]) -> None:
        super().__init__()
        self._day, self._waits = 0, False
        self._whom = {each: text("", wrap=True) for each in WHOM}
        self._source = text("", "caption", "muted", wrap=True)
        self._why = text("", "strong", wrap=True)
        self.status = Segments(look, tuple((each, say(f"law_day.{each}")) for each in STATES), say("law_day.status"))
        self.status.chosen.connect(self._choose)
        self.reason = LineBox(look, say("law_day.reason"), REASON)
        self.reason.typed.connect(self._typed)
        self.due = DayBox(look, say("law_day.due"), today, say("law_day.due_example"), COMING)
        self.due.typed.connect(self._set_due)
        named = text(say("law_day.due"))
        named.setBuddy(self.due)
        self.wrong = text(say("law_day.due_wrong"), "caption", "warn", wrap=True)
        self.wrong.hide()
        due = row(named, self.due, ..., gap=8)
        self._asks = QWidget()
        self._asks.setLayout(column(row(above(say("law_day.reason"), self.reason, say("field.required")), ...)))
        chosen = column(row(self.status, ...), due, gap=6) if look.narrow else row(self.status, 16, due, ...)
        self.setLayout(column(self._why, *self._whom.values(), self._source, chosen, self.wrong, self._asks, gap=6))

    def show_day(self, day: Milestone, stop: Stop | None, *, usable: bool) -> None:
        """`stop` is what was set for it, None where nothing was."""
        waits = day.day == self._day and stop is None and self._waits
        if not waits:  # for the reason that an exempt day needs
            self.status.show_value(stop.status if stop else None)
            if stop is None or stop.reason != self.reason.text().strip():
                self.reason.show_text(stop.reason if stop else "")
        due = stop.due if stop else None
        if day.day != self._day or due != self.due.day:
            self.due.show_value(due.isoformat() if due else "")
        self._day, self._waits = day.day, waits
        self.wrong.setVisible(bool(self.due.text().strip()) and self.due.day is None)
        self._why.setText(day.why_not)
        self._why.setVisible(bool(day.why_not))
        for whom, label in self._whom.items():
            words = getattr(day, whom)
            label.setText(say(f"law_day.{whom}", words=words))
            label.setVisible(bool(words))
        estimated = say("law_day.estimated") if day.counts == "chain" else ""
        self._source.setText(
            " ".join(p for p in (say("law_day.source", source=day.source), estimated, day.uncertain) if p)
        )
        self._asks.setVisible(self.status.value == "exempt")
        self.status.setEnabled(usable)
        self.reason.setEnabled(usable)
        self.due.setEnabled(usable)

    @Slot(object)
    def _choose(self, status: Status | None) -> None:
        """An exempt day is kept once it has its reason."""
        self._asks.setVisible(status == "exempt")
        self._waits = status == "exempt" and not self.reason.text().strip()
        if self._waits:
            self.reason.setFocus(Qt.FocusReason.TabFocusReason)
            return
        self._tell(status)

    @Slot(str)
    def _typed(self, _words: str) -> None:
        self._waits = not self.reason.text().strip()
        self._tell(None if self._waits else "exempt")

    @Slot(str)
    def _set_due(self, _words: str) -> None:
        """A day makes it planned, where nothing else was said. What waits for its reason waits with its day."""
        self.wrong.setVisible(bool(self.due.text().strip()) and self.due.day is None)
        if not self._waits:
            chosen = next((each for each in STATES if each == self.status.value), None)
            self._tell(chosen or ("planned" if self.due.day else None))

    def _tell(self, status: Status | None) -> None:
        reason = self.reason.text().strip() if status == "exempt" else ""
        stop = Stop(day=self._day, status=status, reason=reason, due=self.due.day) if status else None
        self.edited.emit(self._day, stop)
