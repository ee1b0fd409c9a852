"""The shared frame of a step: title, help, and one column of fields that say what the model says."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QBoxLayout, QComboBox, QLayout, QLineEdit, QWidget

from fmstod.certificate import fill
from fmstod.texts import text as sentence
from fmstod.ui.fields import FIELDS
from fmstod.ui.models.consultation_model import ConsultationModel
from fmstod.ui.parts import button, column, panel, row, scroller, text
from fmstod.ui.tokens import Look


class StepPage(QWidget):
    """One step of the consultation. It reads the model and knocks at its door; it holds no rules.

    `refs` says which questions stand in the column, and their order; without it all of the step, in the order of the
    paper. A page with parts of its own passes `refs=()` or some, builds fields with `field(ref)`, puts them and its own
    parts in with `add`, and makes its own parts follow the model in `show_own`. `places` names where a problem that
    isn't a question's has its widget (`patient.id`).
    """

    def __init__(self, look: Look, model: ConsultationModel, step: int, refs: Iterable[str] | None = None) -> None:
        super().__init__()
        self.look, self.model, self.step = look, model, step
        self.fields: dict[str, Any] = {}
        self.places: dict[str, QWidget] = {}
        self.body = column(gap=20)
        self.sheet = self._sheet()
        self.area = scroller(panel(self.sheet, ground="surface"), "surface")
        self.setLayout(column(self.area))
        for ref in [q.ref for q in model.questions(step)] if refs is None else refs:
            self.add(self.field(ref))
        model.changed.connect(self._follow)
        QApplication.instance().focusChanged.connect(self._focus_moved)

    def field(self, ref: str) -> Any:
        """The field of a question, wired to the model; the page decides where it stands."""
        question = self.model.question(ref)
        made = FIELDS[question.kind](self.look, question)
        made.edited.connect(self.model.answer)
        self.fields[ref] = made
        return made

    def add(self, part: QWidget | QLayout) -> None:
        """Put a field or an own part last in the column."""
        if isinstance(part, QWidget):
            self.body.addWidget(part)
        else:
            self.body.addLayout(part)

    def refresh(self) -> None:
        """Make every field show what the model says; an answer whose question is hidden stays in the model."""
        now = self.model.now
        for ref, field in self.fields.items():
            field.setVisible(ref in now.open_refs)
            field.show_value(now.answers.get(ref))
            field.show_draft(changed_draft(self.model, ref))
            field.show_problems(self.model.shown_problems(ref))
        self.show_own()

    def show_own(self) -> None:
        """Make the page's own parts show what the model says."""

    def place(self, field: str) -> None:
        """Show the place of a problem and put the focus there: `32[1].to`, `patient.id`."""
        target = self.places.get(field)
        if target is None:
            target = self.fields[field.partition("[")[0]].place(field)
        self.go_to(target)

    def focus_first(self) -> None:
        """Put the focus in the first thing to fill in."""
        for widget in self.stops():
            if isinstance(widget, (QLineEdit, QComboBox)) or not _is_command(widget):
                self.go_to(widget)
                return

    def go_to(self, widget: QWidget) -> None:
        widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.area.ensureWidgetVisible(widget, 0, 96)

    def stops(self) -> list[QWidget]:
        """What Tab reaches inside the column, in its order."""
        inside, found = self.area.widget(), []
        widget = inside.nextInFocusChain()
        while widget is not inside:
            if inside.isAncestorOf(widget) and _is_stop(widget):
                found.append(widget)
            widget = widget.nextInFocusChain()
        return found

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the next field; on a button that does something it does that."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.modifiers() & _WITH:
            super().keyPressEvent(event)
            return
        held = QApplication.focusWidget()
        if _is_command(held):
            held.click()
        else:
            self.focusNextChild()

    def showEvent(self, event: QShowEvent) -> None:
        self.refresh()
        super().showEvent(event)

    @Slot()
    def _follow(self) -> None:
        # A page out of sight is made right when it is shown; six of seven refreshes would be for nobody.
        if self.isVisible():
            self.refresh()

    @Slot(QWidget, QWidget)
    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is None or new is None:  # the window lost the focus, the user is still in the field
            return
        for ref, field in self.fields.items():
            if field.isAncestorOf(old) and not field.isAncestorOf(new):
                self.model.leave(ref)

    def _sheet(self) -> QBoxLayout:
        key = f"step.{self.step}"
        self.help = text(sentence(f"{key}.help"), tone="muted", wrap=True)
        self._fold = button(self.look, sentence("step.hide_help"), "plain")
        self._fold.clicked.connect(self._fold_help)
        return column(
            row(text(sentence(f"{key}.title"), "title"), ..., self._fold), self.help, 16, self.body, ...,
            pad=(24, 16, 24, 24),
        )  # fmt: skip

    @Slot()
    def _fold_help(self) -> None:
        folded = not self.help.isHidden()
        self.help.setHidden(folded)
        self._fold.setText(sentence("step.show_help" if folded else "step.hide_help"))
        self._fold.setAccessibleName(self._fold.text())


def changed_draft(model: ConsultationModel, ref: str) -> str:
    """What the source says now where it has changed since the user edited the answer; else empty."""
    drafted = model.consultation.drafted.get(ref)
    if drafted is None:
        return ""
    now = fill.draft_of(model.question(ref), model.consultation, model.reference.phrases)
    return now if now != drafted else ""


_WITH = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
)  # Enter with these is someone else's


def _is_stop(widget: QWidget) -> bool:
    reached = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
    return reached and widget.isVisible() and widget.isEnabled()


def _is_command(widget: QWidget | None) -> bool:
    """A button that does something when pressed, unlike one that holds a choice."""
    return isinstance(widget, QAbstractButton) and not widget.isCheckable()
