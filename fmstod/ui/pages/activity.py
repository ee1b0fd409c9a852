"""Step 4: activity limitation, judged against the demands of the work."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from fmstod.files import read_demands
from fmstod.texts import text as say
from fmstod.ui.kit.parts import button, column, panel, row, scroller, text
from fmstod.ui.kit.tokens import Look
from fmstod.ui.models.consultation_model import ConsultationModel
from fmstod.ui.pages.demands import AbilityList, Demands
from fmstod.ui.pages.function import suggest
from fmstod.ui.pages.questions import QuestionsPage

STEP = 4
SIDE = 288  # px, the demands beside the page


class ActivityPage(QuestionsPage):
    """The demands stand beside the text while there is room, else above it; where the form asks about the work."""

    def __init__(self, look: Look, model: ConsultationModel) -> None:
        super().__init__(look, model, STEP)
        self._suggested: tuple[str, ...] | None = None
        self._picked = model.reference.picked.get("d", "")
        self.abilities = AbilityList(look, read_demands())
        self.abilities.edited.connect(self._rate)
        self._about = text("", "caption", "muted", wrap=True)
        self._none = text(say("activity_page.no_demands"), tone="muted", wrap=True)
        self.work = self._make_work()
        self._beside = column(self.work, ..., pad=(24, 20, 16, 12))
        self._above = column()
        self._side = scroller(panel(self._beside, ground="surface", edge="right"), "surface")
        self._side.setFixedWidth(look.px(SIDE))
        self.layout().insertWidget(0, self._side)
        self.add(self._above)
        self.add_questions()

    @property
    def wide(self) -> bool:
        """Whether the demands have room beside the text."""
        return self.width() >= self.look.px(SIDE) + self.look.form_width

    def show_own(self) -> None:
        work, asked = self.model.consultation.work, self.model.reference.work is not None and self.asked
        if self._picked:
            self._suggested = suggest(self.fields[self._picked], self.model, self._suggested)
        self.abilities.show_value(work.demands)
        self.abilities.setEnabled(not self.model.signed)
        self._about.setText(" · ".join(part for part in (work.occupation, work.extent) if part))
        self._about.setVisible(bool(self._about.text()))
        self._none.setVisible(not work.demands)
        self._side.setVisible(asked and self.wide)
        self.work.setVisible(asked)

    def focus_first(self) -> None:
        super().focus_first()
        self._side.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._reflow()
        super().resizeEvent(event)

    def _reflow(self) -> None:
        target = self._beside if self.wide else self._above
        if target.indexOf(self.work) < 0:
            held = QApplication.focusWidget()
            self.abilities.set_upright(self.wide)
            target.insertWidget(0, self.work)
            if held is not None and self.work.isAncestorOf(held):
                held.setFocus()
        self._side.setVisible(self.wide and not self.work.isHidden())

    def _make_work(self) -> QWidget:
        change = button(self.look, say("activity_page.change"), "plain", "pencil", "accent")
        change.clicked.connect(partial(self.step_asked.emit, 1))
        head = column(text(say("activity_page.demands"), "strong"), self._about, self._none)
        work = QWidget()
        work.setLayout(column(head, 12, self.abilities, 8, row(change, ...)))
        return work

    @Slot(str, object)
    def _rate(self, label: str, demands: Demands) -> None:
        self.model.change(label, work=self.model.consultation.work.changed(demands=demands))
