"""The shared frame of a step: title, help, and one column of fields that say what the model says."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from PySide6.QtCore import QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QBoxLayout, QFrame, QLayout, QWidget

from fmstod.certificate.form import Question
from fmstod.domain.answers import Answer
from fmstod.domain.consultation import Consultation, is_of_plan
from fmstod.domain.problem import Problem
from fmstod.texts import text as say
from fmstod.ui.fields.field import MODIFIED, Field
from fmstod.ui.fields.kinds import field_of
from fmstod.ui.kit.marks import mark
from fmstod.ui.kit.parts import button, column, panel, row, scroller, text
from fmstod.ui.kit.tab_order import read_order, stops
from fmstod.ui.kit.tokens import Look
from fmstod.ui.models.consultation_model import ConsultationModel
from fmstod.ui.models.steps import steps_of
from fmstod.ui.states import TOLD

Read: TypeAlias = Callable[[Consultation], Answer | None]
Write: TypeAlias = Callable[[Consultation, Answer | None], Mapping[str, object]]

WIDEST = 880  # px at 100 % text: longer lines are hard to read
SEALED = range(1, 6)  # where nothing can be changed once the certificate is signed; without a plan nowhere


class StepPage(QWidget):
    """One step of the consultation. It reads the model and knocks at its door; it holds no rules.

    `refs` says which questions stand in the column, and their order; without it all of the step, in the order of the
    paper. A page with parts of its own passes `refs=()` or some, builds fields with `field(ref)` and `own(…)`, puts
    them and its own parts in with `add`, and makes its own parts follow the model in `show_own`. `places` names where
    a problem that isn't a field's has its widget.
    """

    step_asked = Signal(int)  # a button of the page leads to another step

    def __init__(self, look: Look, model: ConsultationModel, step: int, refs: Iterable[str] | None = None) -> None:
        super().__init__()
        self.look, self.model, self.step = look, model, step
        self.fields: dict[str, Any] = {}
        self.places: dict[str, QWidget] = {}
        self._reads: dict[str, Read] = {}
        self._writes: dict[str, Write] = {}
        self.body = column(gap=20)
        self.sheet = self._sheet()
        self._inside = panel(self.sheet, ground="surface")
        if not model.reference.roomy(step):
            self._inside.setMaximumWidth(look.px(WIDEST))
        self.area = scroller(self._inside, "surface")
        self.setLayout(row(self.area, gap=0))
        for ref in [q.ref for q in model.reference.questions(step)] if refs is None else refs:
            self.add(self.field(ref))
        model.changed.connect(self._follow)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def field(self, ref: str, kind: type[Field[Any]] | None = None) -> Any:
        """The field of a question, wired to the model; the page decides where it stands, and `kind` what it is."""
        made = self._made(self.model.reference.question(ref), kind)
        made.edited.connect(self._answer)
        return made

    def own(self, question: Question, read: Read, write: Write, kind: type[Field[Any]] | None = None) -> Any:
        """A field for a part of the record that no question asks for: `write` gives the parts of the record to change.

        `kind` is the field, where it isn't the usual one for such a question.
        """
        made = self._made(question, kind)
        self._reads[question.ref], self._writes[question.ref] = read, write
        made.edited.connect(self._change)
        return made

    def add(self, part: QWidget | QLayout) -> None:
        """Put a field or an own part last in the column."""
        if isinstance(part, QWidget):
            self.body.addWidget(part)
        else:
            self.body.addLayout(part)

    def refresh(self) -> None:
        """Make every field show what the model says; an answer whose question is hidden stays in the model."""
        now, record = self.model.now, self.model.consultation
        for ref, field in self.fields.items():
            if ref in self._reads:
                field.show_value(self._reads[ref](record))
            else:
                field.setVisible(ref in now.open_refs)
                field.show_value(now.answers.get(ref))
                self._show_draft(ref, field)
                field.show_origin(self.model.origin(ref))
            field.show_problems(self.problems(ref))
            field.setEnabled(not self.model.signed or is_of_plan(ref))
        self._why.setText(say(f"step.{self._closed_by}"))
        self.sealed.setVisible(self.model.signed and (self.step in SEALED or not self.model.reference.form.plan))
        self.show_own()

    def problems(self, ref: str) -> tuple[Problem, ...]:
        """What to say beside a field."""
        return self.model.shown_problems(ref)

    def show_own(self) -> None:
        """Make the page's own parts show what the model says."""

    def place(self, field: str) -> None:
        """Show the place of a problem and put the focus there: `32[1].to`, `patient.id`."""
        target = self.places.get(field) or self.fields[field.partition("[")[0]].place(field)
        self.go_to(target)

    def go_to(self, widget: QWidget) -> None:
        """Put the focus in a control of the page and bring it into sight."""
        widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.area.ensureWidgetVisible(widget, 0, 96)

    def focus_first(self) -> None:
        """Put the focus in the first thing to fill in, passing over buttons that only do something."""
        reached = stops(self)
        self.begin_at(next((widget for widget in reached if not _is_command(widget)), reached[0]))

    def begin_at(self, widget: QWidget) -> None:
        """Put the focus there; a step begins with its title, unless large text puts the focus below the edge."""

        def reveal() -> None:
            beside = not self._inside.isAncestorOf(widget)  # in a column of its own
            if not beside and widget.hasFocus() and widget.visibleRegion().boundingRect().height() < widget.height():
                half = widget.height() // 2  # the whole of it: of a text, Qt itself shows the line with the cursor
                self.area.ensureVisible(0, widget.mapTo(self._inside, QPoint(0, half)).y(), 0, half + 8)

        self.go_to(widget)
        self.area.verticalScrollBar().setValue(0)
        QTimer.singleShot(0, widget, reveal)  # when everything has its place

    def offer(self, way: QWidget) -> None:
        """A way from here to something over the work, on the line of the title or below it."""
        if self.look.narrow:
            self.sheet.insertLayout(1, row(way, ...))
        else:
            self._head.insertWidget(self._head.count() - 1, way)

    def left(self, ref: str) -> None:
        """The user has left a field or an own part."""
        self.model.leave(ref)

    def show_help(self, shown: bool) -> None:
        """Fold all help of the step away, or back."""
        self.help.setVisible(shown)
        for field in self.fields.values():
            field.show_help(shown)
        self._helper.setText(say("step.hide_help" if shown else "step.show_help"))
        self._helper.setAccessibleName(self._helper.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the next field."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & MODIFIED:
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, onward: bool) -> bool:
        """Tab goes as the page reads; Qt puts what was made late last."""
        read_order(self)
        return super().focusNextPrevChild(onward)

    def showEvent(self, event: QShowEvent) -> None:
        self.refresh()
        super().showEvent(event)

    def _made(self, question: Question, kind: type[Field[Any]] | None = None) -> Any:
        made = (kind or field_of(question))(self.look, question, self.model.reference.today)
        self.fields[question.ref] = made
        return made

    def _show_draft(self, ref: str, field: Any) -> None:
        now, own = self.model.now, ref in self.model.consultation.answers
        if not self.model.reference.question(ref).source:
            return
        if own:
            field.show_draft(now.changed_sources.get(ref, ""))
        else:
            field.show_draft(now.answers.get(ref, ""), changed=False)

    @Slot(str, object)
    def _answer(self, ref: str, value: Answer | None) -> None:
        if ref in self.model.now.changed_sources and value == self.model.consultation.answers[ref]:
            self.model.keep_own(ref)  # a field says the same again when the user keeps it against the new draft
        else:
            self.model.answer(ref, value)

    @Slot(str, object)
    def _change(self, ref: str, value: Answer | None) -> None:
        self.model.change(ref, **self._writes[ref](self.model.consultation, value))

    @Slot()
    def _follow(self) -> None:
        # A page out of sight is made right when it is shown; six of seven refreshes would be for nobody.
        if self.isVisible():
            self.refresh()

    @Slot(QWidget, QWidget)
    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is None or new is None:  # the window lost the focus, the user is still in the field
            return
        for ref, field in {**self.fields, **self.places}.items():
            if _holds(field, old) and not _holds(field, new):
                self.left(ref)

    def _sheet(self) -> QBoxLayout:
        words = next(each for each in steps_of(self.model.reference) if each.step == self.step)
        self.help = text(words.help, tone="muted", wrap=True)
        self._helper = button(self.look, say("step.hide_help"), "plain")
        self._helper.clicked.connect(self._fold_help)
        self.title = text(words.title, "title")
        head = self._head = row(self.title, ..., self._helper, gap=16)
        self._why = text("", "strong", wrap=True)
        closed = row(mark(self.look, "lock", "muted"), self._why, pad=(12, 8, 12, 8))
        closed.setStretch(1, 1)
        self.sealed = panel(column(panel(closed, ground="hover"), pad=(0, 0, 0, 12)))
        return column(head, self.help, 16, self.sealed, self.body, ..., pad=(24, 16, 24, 24))

    @property
    def _closed_by(self) -> str:
        """Why nothing can be written any more."""
        model = self.model
        if model.ended or model.locked or model.read_only:
            return "ended" if model.ended else "locked" if model.locked else "read"
        return str(model.life.state) if model.life.state in TOLD else "sealed"

    @Slot()
    def _fold_help(self) -> None:
        self.show_help(self.help.isHidden())


def empty_state(look: Look, key: str, lead: Callable[[], object]) -> QFrame:
    """A step that has nothing to ask says why and what to do: texts `<key>.title`, `<key>.help`, `<key>.lead`."""
    way = button(look, say(f"{key}.lead"))
    way.clicked.connect(lead)
    words = column(text(say(f"{key}.title"), "strong"), 4, text(say(f"{key}.help"), tone="muted", wrap=True))
    return panel(column(words, 12, row(way, ...), pad=(16, 16, 16, 16)), card="true")


def _is_command(widget: QWidget | None) -> bool:
    """A button that does something when pressed, unlike one that holds a choice."""
    return isinstance(widget, QAbstractButton) and not widget.isCheckable()


def _holds(part: QWidget, widget: QWidget) -> bool:
    return part is widget or part.isAncestorOf(widget)
