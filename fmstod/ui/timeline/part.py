"""The timeline as the pages show it: the picture, and below it what the user has gone to."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from fmstod.domain.leave import Stop
from fmstod.sickleave.timeline import Item
from fmstod.texts import text as say
from fmstod.ui.kit.parts import column, panel, text
from fmstod.ui.kit.tokens import Look
from fmstod.ui.models.consultation_model import ConsultationModel
from fmstod.ui.models.leave import axis_of, law_days
from fmstod.ui.timeline.law_day import LawDay
from fmstod.ui.timeline.view import Timeline


class TimelinePart(QWidget):
    """One picture at rest, of what the model says. Below it lies what was gone to, until Esc."""

    def __init__(self, look: Look, model: ConsultationModel) -> None:
        super().__init__()
        self._model = model
        self.timeline = Timeline(look)
        self.timeline.chosen.connect(self._show)
        self.said = text("", "strong", wrap=True)
        self._keys = text(say("timeline.keys"), "caption", "muted", wrap=True)
        self.day = LawDay(look, model.reference.today)
        self.day.edited.connect(self._keep)
        self._sheet = panel(column(self.said, self.day, self._keys, gap=8, pad=(16, 12, 16, 12)), ground="hover")
        self._sheet.hide()
        self.setLayout(column(self.timeline, 8, self._sheet))
        model.changed.connect(self._follow)

    def showEvent(self, event: QShowEvent) -> None:
        self._show_axis()
        super().showEvent(event)

    @Slot()
    def _follow(self) -> None:
        """Out of sight it waits until it is shown."""
        if self.isVisible():
            self._show_axis()

    def _show_axis(self) -> None:
        self.timeline.show_axis(axis_of(self._model))
        self._show(self.timeline.item)

    @Slot(object)
    def _show(self, item: Item | None) -> None:
        self._sheet.setVisible(item is not None)
        if item is None:
            return
        self.said.setText(item.said)
        number = item.mark.day if item.mark else None
        found = next((each for each in law_days(self._model) if each.day == number), None)
        self.day.setVisible(found is not None)
        if found is not None:
            stop = next((each for each in self._model.consultation.stops if each.day == number), None)
            self.day.show_day(found, stop, usable=not (self._model.locked or self._model.read_only))

    @Slot(int, object)
    def _keep(self, day: int, stop: Stop | None) -> None:
        others = tuple(each for each in self._model.consultation.stops if each.day != day)
        made = sorted((*others, stop) if stop else others, key=lambda each: each.day)
        self._model.change(f"stop {day}", stops=tuple(made))
