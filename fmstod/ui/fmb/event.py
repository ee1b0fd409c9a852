"""The day that a recommended time counts from: an operation's, a discharge's. Asked where it can change the comparison."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from fmstod.domain.period import EARLIEST, DayCounts
from fmstod.domain.recommendation import Limit, event_key
from fmstod.domain.words import Phrases
from fmstod.knowledge.comparison import day_matters
from fmstod.texts import text as say
from fmstod.ui.dates import days_of
from fmstod.ui.kit.boxes import DayBox
from fmstod.ui.kit.marks import mark
from fmstod.ui.kit.parts import column, restyle, row, text
from fmstod.ui.kit.tokens import Look

YEAR = 365  # days: a day further back is perhaps a slip


class EventDay(QWidget):
    """A question with a day to type. What is no day stays as typed, is kept, and counts as unknown."""

    answered = Signal(str, object)  # the condition's key, `yyyy-mm-dd` or what was typed, or None; only by the user

    def __init__(self, look: Look, phrases: Phrases) -> None:
        super().__init__()
        self._phrases, self._key, self._today = phrases, "", EARLIEST
        self._asked = text("", "strong", wrap=True)
        self.box = DayBox(look, "", lambda: self._today, say("field.day_empty"))
        self._asked.setBuddy(self.box)
        self._note, self._mark = text("", "caption", "muted", wrap=True), mark(look, "warn", "warn", 12)
        said = row(column(self._mark, ..., pad=(0, 2, 0, 0)), self._note, gap=6)
        said.setStretch(1, 1)
        self.setLayout(column(self._asked, row(self.box, ...), said, gap=4))
        self.box.day_typed.connect(self._typed)
        self.hide()

    def show_limit(
        self, limit: Limit | None, days: DayCounts, conditions: Mapping[str, str | bool], today: date
    ) -> None:
        """Hidden unless the limit counts from an event and its day matters, or is given already."""
        self._today = today
        if limit is None or limit.after_event is None:
            self.hide()
            return
        self._key = event_key(limit.entry, limit.counts_from)
        given = conditions.get(self._key, "")
        value = given if isinstance(given, str) else ""
        self._asked.setText(self._phrases[f"fmb.which_day.{limit.counts_from}"])
        self.box.setAccessibleName(self._asked.text())
        self.box.show_value(value)
        wrong = bool(value) and limit.event is None
        self._note.setText(say("advice.event.wrong") if wrong else self._about(limit))
        self._note.setVisible(bool(self._note.text()))
        restyle(self._note, tone="warn" if wrong else "muted")
        self._mark.setVisible(wrong)
        self.box.setAccessibleDescription(self._note.text())
        self.setVisible(bool(value) or day_matters(limit, days))

    def _about(self, limit: Limit) -> str:
        """Why it is asked; what a day to come or one long ago means."""
        if limit.event is None:
            return say("advice.event.why", event=self._phrases[f"fmb.from.{limit.counts_from}"])
        ahead = (limit.event - self._today).days
        if ahead > 0:
            return say("advice.event.planned", days=days_of(ahead))
        return say("advice.event.long_ago") if -ahead > YEAR else ""

    @Slot(str)
    def _typed(self, value: str) -> None:
        self.answered.emit(self._key, value or None)
