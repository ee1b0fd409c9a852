"""What a careful reader would say of one answer: a line below it that unfolds, and never more than one for a group."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QPushButton, QWidget

from fmstod.domain.inquiry import group_of
from fmstod.domain.kept import LONGEST_REASON
from fmstod.domain.problem import Level, Problem
from fmstod.texts import text as say
from fmstod.ui.kit.boxes import LineBox
from fmstod.ui.kit.marks import IconLabel, mark
from fmstod.ui.kit.parts import button, column, empty, panel, restyle, row, text
from fmstod.ui.kit.tokens import Look
from fmstod.ui.messages import LEVELS, message_of
from fmstod.ui.models.quality import count_words, rule_of


class Notes(QWidget):
    """`keep_wanted` with the problem and the reason, `back_wanted` with one that is to be said again."""

    keep_wanted = Signal(object, str)
    back_wanted = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shown: tuple[tuple[Problem, ...], tuple[tuple[Problem, str], ...]] = ((), ())
        self._at: Problem | None = None
        self.rows: list[_Note] = []
        self._icon, self.line = IconLabel(look), text("", wrap=True)
        self.toggle = button(look, say("quality.show"), "plain")
        head = row(column(2, self._icon, ...), self.line, self.toggle, gap=8, pad=(0, 4, 0, 0))
        head.setStretch(1, 1)
        self._rows = column(gap=12, pad=(12, 12, 12, 12))
        self._list = panel(self._rows, ground="hover")
        self._list.hide()
        self.toggle.clicked.connect(lambda: self.unfold(self._list.isHidden()))
        self.setLayout(column(head, 4, self._list))
        self.hide()

    @property
    def said(self) -> str:
        """The line, for a screen reader in the answer itself."""
        return "" if self.isHidden() else self.line.text()

    @property
    def problems(self) -> Sequence[Problem]:
        """Those that it tells."""
        return self._shown[0]

    def show_problems(self, problems: Sequence[Problem], kept: Sequence[tuple[Problem, str]]) -> None:
        """`kept` are the quiet ones, each with the reason."""
        shown = (tuple(problems), tuple(kept))
        if shown == self._shown:
            return
        self._shown = shown
        self._build()
        self._say()
        if not problems and not kept:
            self.unfold(False)

    def point(self, problem: Problem | None) -> None:
        """The caret is in the place of this one: the line says it."""
        self._at = problem
        self._say()

    def unfold(self, shown: bool) -> None:
        self._list.setVisible(shown)
        self._say()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc folds it."""
        if event.key() == Qt.Key.Key_Escape and not self._list.isHidden():
            self.unfold(False)
            self.toggle.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            super().keyPressEvent(event)

    def _say(self) -> None:
        problems, kept = self._shown
        at = self._at if self._at in problems else None
        one = at or (problems[0] if len(problems) == 1 else None)
        if one:
            words, (shape, tone) = message_of(one), LEVELS[one.level]
        elif problems:
            worst = Level.WARNING if any(p.level is Level.WARNING for p in problems) else Level.TIP
            words, (shape, tone) = count_words(problems, group_of(problems[0].ref)) + ".", LEVELS[worst]
        else:
            words, (shape, tone) = say("quality.kept_count", count=len(kept)) + ".", ("done", "muted")
        self._icon.show_mark(shape, tone)
        self.line.setText(words)
        restyle(self.line, tone="muted" if not problems else "")
        key = say("quality.show" if self._list.isHidden() else "quality.hide")
        self.toggle.setText(key)
        self.toggle.setAccessibleName(f"{key}: {words}")
        self.setVisible(bool(problems or kept))

    def _build(self) -> None:
        problems, kept = self._shown
        held = QApplication.focusWidget()
        if held is not None and self._list.isAncestorOf(held):
            self.toggle.setFocus(Qt.FocusReason.ShortcutFocusReason)
        empty(self._rows)
        self.rows = [_Note(self._look, problem) for problem in problems]
        for made in self.rows:
            made.keep_wanted.connect(self.keep_wanted)
            self._rows.addWidget(made)
        for problem, reason in kept:
            self._rows.addWidget(self._quiet(problem, reason))

    def _quiet(self, problem: Problem, reason: str) -> QWidget:
        back = button(self._look, say("quality.take_back"), "plain")
        back.setAccessibleName(f"{back.text()}: {message_of(problem)}")
        back.clicked.connect(partial(self._back, problem))
        words = text(say("quality.kept", problem=message_of(problem)), tone="muted", wrap=True)
        why = (text(say("quality.kept_why", reason=reason), tone="muted", wrap=True),) if reason else ()
        return panel(column(words, *why, row(back, ...), gap=4))

    def _back(self, problem: Problem, _checked: bool = False) -> None:
        self.back_wanted.emit(problem)


class _Note(QFrame):
    """One problem: what and what to do, why and who says so, and that it may stay."""

    keep_wanted = Signal(object, str)

    def __init__(self, look: Look, problem: Problem) -> None:
        super().__init__()
        self._problem, rule = problem, rule_of(problem)
        words = message_of(problem)
        shape, tone = LEVELS[problem.level]
        said = text(words, wrap=True)
        head = row(column(2, mark(look, shape, tone), ...), said, gap=8)
        head.setStretch(1, 1)
        self.why, self.keep = self._way(look, "why", words), self._way(look, "keep", words)
        reason = say("quality.why_line", why=say(f"rules.why.{rule}"), source=say(f"rules.source.{rule}"))
        self.because: QLabel = text(reason, tone="muted", wrap=True)
        self.because.hide()
        self.why.clicked.connect(lambda: self.because.setVisible(self.because.isHidden()))
        self.reason = LineBox(look, say("quality.reason"), empty=say("quality.reason_empty"))
        self.reason.setMaxLength(LONGEST_REASON)
        done = button(look, say("quality.keep_it"))
        line = row(self.reason, done)
        line.setStretch(0, 1)
        self._ask = panel(line)
        self._ask.hide()
        self.keep.clicked.connect(self._ask_why)
        done.clicked.connect(self._keep)
        indent = look.px(16) + 8
        below = column(row(self.why, self.keep, ..., gap=16), self.because, self._ask, gap=4, pad=(indent, 0, 0, 0))
        self.setLayout(column(head, below, gap=4))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter keeps, Esc leaves the question of why."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.reason.hasFocus():
            self._keep()
        elif event.key() == Qt.Key.Key_Escape and not self._ask.isHidden():
            self._ask.hide()
            self.keep.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            super().keyPressEvent(event)

    @staticmethod
    def _way(look: Look, key: str, words: str) -> QPushButton:
        return button(look, say(f"quality.{key}"), "plain", name=f"{say(f'quality.{key}')}: {words}")

    def _ask_why(self) -> None:
        self._ask.show()
        self.reason.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _keep(self) -> None:
        self.keep_wanted.emit(self._problem, self.reason.text())
