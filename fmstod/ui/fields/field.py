"""What every field has: label, note, help, problems beside it, a draft from elsewhere."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QWidget

from fmstod import clock
from fmstod.certificate.form import Question
from fmstod.domain.answers import Answer
from fmstod.domain.problem import Level, Problem
from fmstod.texts import text as say
from fmstod.ui.kit.marks import mark
from fmstod.ui.kit.parts import beside, button, column, empty, panel, restyle, row, text
from fmstod.ui.kit.tokens import Look
from fmstod.ui.messages import LEVELS, message_of

Q = TypeVar("Q", bound=Question)


class Field(QWidget, Generic[Q]):
    """Asks one question. Says `edited` (ref, answer or None) only when the user changed something.

    A subclass builds its controls, calls `_lay` once and `_watch` for each control, and overrides `show_value` and, if
    it has more than one place, `place`. `today` gives typed days their meaning.
    """

    edited = Signal(str, object)

    def __init__(self, look: Look, question: Q, today: Callable[[], date] = clock.today) -> None:
        super().__init__()
        self.look, self.question, self.today = look, question, today
        self.label = question.ask or question.label
        self._inputs: list[QWidget] = []
        self._own: dict[QWidget, str] = {}  # what a control says of itself to a screen reader
        self._problems: tuple[Problem, ...] = ()
        self._said: list[tuple[Level, str]] = []
        self._notice = ""
        self._also = ""  # what is said of the answer elsewhere
        self._origin: QLabel | None = None
        self._help: QLabel | None = None
        self._noted: list[QLabel] = []
        self._required, self._helped = question.required, question.help
        self._draft: QFrame | None = None
        self._draft_says: tuple[str, bool] | None = None
        self._messages = column(gap=4)

    def show_value(self, value: Answer | None) -> None:
        """Show what the record says; never emits."""
        raise NotImplementedError  # each kind has its own; Qt's metaclass allows no abstract method

    def place(self, _field: str) -> QWidget:
        """The control where a problem of this question is mended: of `32[1].to` the last day of the second row."""
        return self._inputs[0]

    def focus_first(self) -> None:
        self._inputs[0].setFocus(Qt.FocusReason.TabFocusReason)

    def show_help(self, shown: bool) -> None:
        """Fold the help away or back; a screen reader has it always."""
        if self._help is not None:
            self._help.setVisible(shown)

    def ask_as(self, *, required: bool, helped: str) -> None:
        """Where a case asks otherwise than the form: whether the answer is required, and what help is said."""
        if (required, helped) == (self._required, self._helped):
            return
        self._required, self._helped = required, helped
        for note in self._noted:
            note.setText(self._note())
        if self._help is not None:
            self._help.setText(helped)
        self._describe_all(self._problems)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Say the problems beside the field. New ones wait until the user has left the control."""
        self._problems = tuple(problems)
        self._say_problems(self._problems if not self._held else [p for p in problems if self._is_said(p)])

    def put_below(self, part: QWidget) -> None:
        """What else belongs to the answer, below all that the field says itself."""
        self._column.addWidget(part)

    def say_also(self, words: str) -> None:
        """What is said of the answer in a part below it, for a screen reader in the answer."""
        if words != self._also:
            self._also = words
            self._describe_all(self._problems)

    def show_draft(self, words: str, changed: bool = True) -> None:
        """What the source says: `changed` since the user wrote, both are shown; else it is what the field shows.

        Empty words: the text is the user's own.
        """
        for control in self._inputs:
            restyle(control, draft="true" if words and not changed else "false")
        key = (words, changed)
        if self._draft is not None and self._draft_says == key:
            return
        if self._draft is not None:
            self._draft.hide()
            self._draft.deleteLater()
            self._draft = None
        if words:
            self._draft = self._renewed(words) if changed else self._drafted()
            self._draft_says = key
            self._column.insertWidget(self._column.indexOf(self._messages), self._draft)

    def show_origin(self, words: str) -> None:
        """Where the answer was taken from, for as long as the user hasn't changed it; empty words take no room."""
        if self._origin is None:
            if not words:
                return
            self._origin = text("", "caption", "muted", wrap=True)
            line = row(column(mark(self.look, "pencil", "muted"), ...), self._origin, pad=(0, 2, 0, 2))
            line.setStretch(1, 1)
            self._column.insertWidget(self._column.indexOf(self._messages), panel(line))
        self._origin.parentWidget().setVisible(bool(words))
        if words != self._origin.text():
            self._origin.setText(words)
            self._describe_all(self._problems)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the next field."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & MODIFIED:
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self._notice = ""
            self._say_problems(self._problems)
        return super().eventFilter(watched, event)

    # for subclasses

    def _edit(self, answer: Answer | None) -> None:
        self.edited.emit(self.question.ref, answer)

    def _watch(self, *controls: QWidget) -> None:
        for control in controls:
            control.installEventFilter(self)
            self._inputs.append(control)
            self._own[control] = control.accessibleDescription()
            self._describe(control, ())

    def _forget(self, *controls: QWidget) -> None:
        """Before controls are deleted."""
        for control in controls:
            control.removeEventFilter(self)
            self._inputs.remove(control)
            del self._own[control]

    def _lay(self, control: QWidget, stands: str = "below", aside: QWidget | None = None) -> None:
        """The control `below` its label, `beside` it if there is room, or `alone` with words of its own.

        `close` below it is the help on the label's line, where it takes no room of its own.
        """
        if self.question.help:
            self._help = text(self.question.help, "caption", "muted", wrap=True)
        under = (self._help,) if self._help else ()
        if stands == "close" and not self.look.narrow:
            caption = text(self.label, "strong")
            caption.setBuddy(control)
            head = row(caption, text(self._note(), "caption", "muted"), *(under or (...,)))
            head.setStretch(2, 1)
            self._column = column(head, control, gap=4)
        elif stands in ("below", "close"):
            caption = text(self.label, "strong")
            caption.setBuddy(control)
            note, last = text(self._note(), "caption", "muted"), (aside,) if aside else ()
            self._column = column(row(caption, note, ..., *last), *under, control, gap=4)
        elif stands == "beside":
            self._column = column(beside(self.look, self.label, control, self._note()), *under, gap=4)
        else:
            self._column = column(row(control, text(self._note(), "caption", "muted"), ...), *under, gap=4)
        self._column.addLayout(self._messages)
        self.setLayout(self._column)
        noted = self._note()
        self._noted = [label for label in self.findChildren(QLabel) if noted and label.text() == noted]

    def _say_removed(self, characters: str) -> None:
        """U-8: what a certificate can't carry has gone."""
        self._notice = say("field.removed", characters=" ".join(characters))
        self._say_problems([p for p in self._problems if self._is_said(p)])

    def _take_draft(self) -> None:
        """Use the source's new text: the own answer is taken back."""
        self._edit(None)

    def _keep_own(self) -> None:
        """Keep the own text: answering anew with it tells that the new source has been seen."""

    # own

    @property
    def _held(self) -> bool:
        held = QApplication.focusWidget()
        return held is not None and self.isAncestorOf(held)

    def _is_said(self, problem: Problem) -> bool:
        return (problem.level, message_of(problem)) in self._said

    def _note(self) -> str:
        """`krävs · fråga 33`; the plan's questions have no number."""
        ref = self.question.ref
        number = say("field.number", ref=ref) if ref[:1].isdigit() else ""
        return " · ".join(part for part in (say("field.required") if self._required else "", number) if part)

    def _say_problems(self, problems: Sequence[Problem]) -> None:
        said = list(dict.fromkeys((p.level, message_of(p)) for p in problems))
        said += [(Level.TIP, self._notice)] if self._notice else []
        if said == self._said:
            return
        self._said = said
        empty(self._messages)
        for level, words in said:
            shape, tone = LEVELS[level]
            icon = mark(self.look, shape, tone)
            line = panel(row(column(2, icon, ...), text(words, "body", tone, wrap=True), gap=8, pad=(0, 4, 0, 0)))
            line.layout().setStretch(1, 1)
            self._messages.addWidget(line)
        self._describe_all(problems)

    def _describe_all(self, problems: Sequence[Problem]) -> None:
        places = [(self.place(p.field), p) for p in problems]
        for control in self._inputs:
            own = [p for target, p in places if target is control]
            wrong = any(p.level is Level.ERROR for p in own)
            restyle(control, state="error" if wrong else "")
            self._describe(control, own)

    def _describe(self, control: QWidget, problems: Sequence[Problem]) -> None:
        origin = self._origin.text() if self._origin else ""
        said = (*(message_of(p) for p in problems), origin, self._also, self._notice)
        parts = [self._own[control], *said, self._note(), self._helped]
        control.setAccessibleDescription(". ".join(part.rstrip(".") for part in parts if part))

    def _drafted(self) -> QFrame:
        words = say("field.draft", source=say(f"field.source.{self.question.source}"))
        said = text(words, "caption", "muted", wrap=True)
        line = row(column(mark(self.look, "pencil", "muted"), ...), said, pad=(0, 2, 0, 2))
        line.setStretch(1, 1)
        return panel(line)

    def _renewed(self, words: str) -> QFrame:
        take = button(self.look, say("field.take_draft"))
        keep = button(self.look, say("field.keep_own"), "plain")
        take.clicked.connect(self._take_draft)
        keep.clicked.connect(self._keep_own)
        source = say(f"field.source.{self.question.source}")
        return panel(
            column(
                text(say("field.draft_changed", source=source), "strong", wrap=True),
                text(words, wrap=True),
                row(take, 8, keep, ...),
                gap=8,
                pad=(12, 12, 12, 12),
            ),
            ground="hover",
        )


MODIFIED = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier  # Enter with these is the window's
