"""How it goes on after a follow-up: why the sick leave does, with waiting as a reason of its own, how it ended, the next day."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fmstod.domain.followup import FollowUp, MeasureOutcome, Outcome, Reason, Waiting
from fmstod.domain.holidays import holiday, is_workday
from fmstod.domain.period import COMING, iso_day
from fmstod.texts import text as say
from fmstod.ui.kit.boxes import DayBox, LineBox
from fmstod.ui.kit.choices import Pick
from fmstod.ui.kit.parts import above, column, panel, row, text
from fmstod.ui.kit.removed import RemovedNote
from fmstod.ui.kit.tick import Tick
from fmstod.ui.kit.tokens import Look

PICK = 320  # px
_SUNDAY = 6


class Why(QWidget):
    """Why the sick leave goes on. `edited` with the parts of the record that changed, and the step of typing."""

    edited = Signal(object, str)

    def __init__(self, look: Look, today: Callable[[], date]) -> None:
        super().__init__()
        self.reasons = {reason: Tick(look, say(f"followup.reason.{reason}")) for reason in Reason}
        for tick in self.reasons.values():
            tick.clicked.connect(self._choose)
        self.waits_for = LineBox(look, say("followup.waiting_what"))
        self.since = DayBox(look, say("followup.waiting_since"), today)
        self.waits_for.typed.connect(lambda words: self._put("what", what=words))
        self.since.day_typed.connect(lambda day: self._put("since", since=day))
        lines = column(
            above(say("followup.waiting_what"), self.waits_for),
            RemovedNote(look, self.waits_for),
            row(above(say("followup.waiting_since"), self.since), ...),
            gap=8,
            pad=(24, 4, 0, 0),
        )
        self._waiting, self._lines = Waiting(), panel(lines)
        about = text(say("followup.reasons_help"), tone="muted", wrap=True)
        self.setLayout(column(about, column(*self.reasons.values(), self._lines, gap=4), gap=12))

    def show_value(self, record: FollowUp) -> None:
        self._waiting = record.waiting
        for reason, tick in self.reasons.items():
            tick.setChecked(reason in record.reasons)
        self.waits_for.show_text(record.waiting.what)
        self.since.show_value(record.waiting.since)
        self._lines.setVisible(Reason.WAITING in record.reasons)

    def wait_for(self, measure: MeasureOutcome) -> None:
        """The measure that isn't begun is what is waited for: never told as medical (product.md F-061)."""
        self._waiting = Waiting(what=measure.what, since=measure.since.isoformat() if measure.since else "")
        self.reasons[Reason.WAITING].setChecked(True)
        self.edited.emit({"waiting": self._waiting, "reasons": self._chosen()}, "")

    def _chosen(self) -> tuple[Reason, ...]:
        return tuple(reason for reason, tick in self.reasons.items() if tick.isChecked())

    def _choose(self, _checked: bool = False) -> None:
        self.edited.emit({"reasons": self._chosen()}, "")

    def _put(self, step: str, **values: object) -> None:
        self._waiting = self._waiting.changed(**values)
        self.edited.emit({"waiting": self._waiting}, f"waiting {step}")


class Ahead(QWidget):
    """How it ended, or else the next day. `edited` as with `Why`."""

    edited = Signal(object, str)

    def __init__(self, look: Look, today: Callable[[], date]) -> None:
        super().__init__()
        options = [(outcome, say(f"followup.outcome_of.{outcome}")) for outcome in Outcome]
        self.outcome = Pick(look, options, say("followup.outcome"), PICK)
        self.outcome.chosen.connect(
            lambda code: self.edited.emit({"outcome": Outcome(str(code)) if code else None}, "")
        )
        self.next_day = DayBox(look, say("followup.next_day"), today, back=COMING)
        self.next_day.day_typed.connect(lambda day: self.edited.emit({"next_day": day}, "next_day"))
        self.closed = text("", tone="warn", wrap=True)
        day = row(above(say("followup.next_day"), self.next_day), ...)
        self._next = panel(column(day, self.closed, gap=4))
        about = text(say("followup.outcome_help"), tone="muted", wrap=True)
        self.setLayout(column(about, row(self.outcome, ...), self._next, gap=12))

    def show_value(self, record: FollowUp) -> None:
        self.outcome.show_value(record.outcome)
        self.next_day.show_value(record.next_day)
        self._next.setVisible(record.outcome is None)
        words = closed_on(iso_day(record.next_day))
        self.closed.setText(words)
        self.closed.setVisible(bool(words))
        self.next_day.setAccessibleDescription(words)


def closed_on(day: date | None) -> str:
    """Why a clinic is closed on the day; empty when it isn't."""
    if day is None or is_workday(day):
        return ""
    name = holiday(day)
    if name:
        return say("followup.closed_on.holiday", name=say(f"holiday.{name}"))
    return say(f"followup.closed_on.{'sunday' if day.weekday() == _SUNDAY else 'saturday'}")
