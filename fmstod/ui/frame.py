"""What a case stands in: patient banner, steps, bottom bar."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy

from fmstod.domain.consultation import Consultation
from fmstod.domain.icd import dotted, is_code
from fmstod.domain.lifecycle import State
from fmstod.domain.problem import Level, Problem
from fmstod.texts import text as say
from fmstod.ui.kit.elided import Elided
from fmstod.ui.kit.marks import mark, put
from fmstod.ui.kit.parts import Flow, button, column, dress, panel, row, scroller, text
from fmstod.ui.kit.roving import Roving
from fmstod.ui.kit.tokens import NAV, NAV_SMALL, Look
from fmstod.ui.messages import message_of
from fmstod.ui.models.steps import Step
from fmstod.ui.states import TOLD, StateMark

STATES = {"done": "ok", "begun": "text", "untouched": "muted", "warn": "warn"}  # told by shape; the shape's tone
COUNTS = {Level.ERROR: ("missing", "text"), Level.WARNING: ("warn", "warn"), Level.TIP: ("tip", "text")}  # shape, tone


class PatientBanner(QFrame):
    """Who this is, in every view of a case. Name and number wrap before they are cut; in large text what the case is
    about has one line below, shortened to the room.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        dress(self, ground="surface", edge="bottom")
        self.setMinimumHeight(look.px(48))
        least = look.px(96)
        self._name, self._number, self._age = Elided("patient", least=least), text(""), text("", tone="muted")
        self._code, self._diagnosis = text("", "strong"), Elided(least=least)
        self._day, self._in_case = text("", "strong"), text(say("frame.in_case"), tone="muted")
        self._form = Elided(tone="muted", least=least)
        words = text(say("frame.protected"), "label")
        shield = panel(row(mark(look, "lock", "warn"), words, gap=4, pad=(8, 2, 8, 2)), ground="warn")
        who = ((self._name,), (self._number, 4, self._age))
        about = ((shield,), (self._code, self._diagnosis), (self._day, self._in_case), (self._form,))
        self._groups = [
            panel(row(*group, gap=8, pad=(0, 0, 12 if self._name in group else 24, 0))) for group in (*who, *about)
        ]
        self._about = self._groups[len(who) :]
        self._about[-1].hide()
        flow = Flow(0, lines=4)
        for made in self._groups[: len(who)] if look.narrow else self._groups:
            flow.addWidget(made)
        self._tick, self._saved = mark(look, "done", "ok"), text("", "caption", "muted")
        self._over = StateMark(look)  # in place of the tick, once the certificate no longer holds
        self._over.hide()
        below = (4, row(*self._about, ..., gap=0)) if look.narrow else ()
        ends = row(panel(flow), self._over, self._tick, self._saved)
        ends.setStretch(0, 1)
        self.setLayout(column(..., ends, *below, ..., pad=(24, 8, 24, 8)))

    def show_form(self, title: str) -> None:
        """Which certificate it is."""
        self._form.setText(title)
        self._about[-1].setVisible(bool(title))

    def show_state(self, state: State, on: date | None = None) -> None:
        """What has become of the certificate and when: said where it no longer holds, its sick leave is closed, or there is
        none.
        """
        self._over.show_state(state, on)
        self._over.setVisible(state in TOLD)
        self._tick.setVisible(state not in TOLD)
        self._saved.setVisible(state not in TOLD)
        self._say_all()

    def show_case(
        self,
        consultation: Consultation,
        today: date,
        saved: str = "",
        day: int | None = None,
        *,
        signed: bool = False,
        locked: bool = False,
    ) -> None:
        """`saved` is the time of the last save, `10:42`; empty while something isn't stored yet. `day` is today's number
        in the case.
        """
        patient, main = consultation.patient, next(iter(consultation.diagnoses), None)
        age = patient.age(today)
        years = "" if age is None else say("patient.age", years=age)
        sex = say(f"patient.sex.{patient.sex}") if patient.sex else ""
        for label, words in (
            (self._name, patient.name or say("frame.new_patient")),
            (self._number, patient.number),
            (self._age, ", ".join(part for part in (years, sex) if part)),
            (self._code, dotted(main.code) if main and is_code(main.code) else ""),
            (self._diagnosis, main.text if main else ""),
            (self._day, "" if day is None else say("frame.day", day=day)),
        ):
            label.setText(words)
            label.setVisible(bool(words))
        self._in_case.setVisible(day is not None)
        for group, shown in zip(self._about, (patient.protected, main is not None, day is not None), strict=False):
            group.setVisible(shown)
        self._tick.setVisible((bool(saved) or signed) and not locked and self._over.isHidden())
        closed = say("state.locked") if locked else say("frame.signed") if signed else ""
        self._saved.setText(closed or (say("frame.saved", time=saved) if saved else ""))
        self._say_all()

    def _say_all(self) -> None:
        said = (label.text() for label in self.findChildren(QLabel) if label.isVisibleTo(self))
        self.setAccessibleName(" ".join(filter(None, said)))


class StepNav(QFrame):
    """The steps that the form has, each with its state as a shape. One Tab stop."""

    step_wanted = Signal(int)

    def __init__(self, look: Look, steps: Sequence[Step]) -> None:
        super().__init__()
        self._look, self._steps = look, tuple(steps)
        dress(self, ground="window")
        self.setAccessibleName(say("frame.steps"))
        self._current = self._steps[0].step
        self._buttons: dict[int, QPushButton] = {}
        self._roving = Roving(self, lambda: self._buttons[self._current])
        for each in self._steps:
            made = button(look, "", "step")
            made.setCheckable(True)
            made.clicked.connect(partial(self._clicked, each.step))
            self._buttons[each.step] = made
            self._roving.add(made)
        self._keys = text(say("frame.step_keys", last=len(self._steps)), "caption", "muted")
        buttons = self._buttons.values()
        inside = panel(column(16, *buttons, ..., row(24, self._keys, gap=0), 16), ground="window")
        self._area = scroller(inside, "window")
        self.setLayout(column(self._area))
        self.show_names(True)

    def show_names(self, named: bool) -> None:
        """Without their names the steps take less room: shape and number, the name on pointing."""
        for each in self._steps:
            made = self._buttons[each.step]
            made.setText(f" {each.number}  {each.name}" if named else f" {each.number}")
            made.setToolTip("" if named else each.name)
        self._keys.setVisible(named)
        self.setFixedWidth(self._look.px(NAV if named else NAV_SMALL) + 24)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._reveal()

    def show_steps(self, states: Sequence[str], current: int) -> None:
        """`states` are keys of STATES, one for each step that the form has; `current` is what its questions say."""
        before, self._current = self._current, current
        for each, state in zip(self._steps, states, strict=True):
            made = self._buttons[each.step]
            made.setChecked(each.step == current)
            said = say(f"frame.state.{state}")
            name = say("frame.step_state", step=each.number, name=each.name, state=said)
            if made.accessibleName() != name:
                made.setAccessibleName(name)
                put(made, self._look, state, STATES[state])
        self._roving.settle()
        if current != before:
            self._reveal()

    def _reveal(self) -> None:
        """Where all of them have no room, the current one is in sight."""
        self._area.ensureWidgetVisible(self._buttons[self._current], 0, self._look.px(16))

    def _clicked(self, step: int) -> None:
        self._buttons[step].setChecked(step == self._current)  # the view answers with `show_steps`
        self.step_wanted.emit(step)


class LinkButton(QPushButton):
    """A way to a place, in words that may be long: shortened to the room, whole for tooltip and screen reader."""

    def __init__(self, look: Look, icon: str) -> None:
        super().__init__()
        self._look, self._icon, self._words = look, icon, ""
        self.setProperty("kind", "plain")
        self.setAutoDefault(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_words(self, words: str) -> None:
        self._words = words
        self.setAccessibleName(words)
        self.setToolTip(words)
        if self.parentWidget() is not None:  # shown alone it would be a window
            self.setVisible(bool(words))
        self._fit()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(
            QFontMetrics(self._look.font("body")).horizontalAdvance(self._words) + 40, super().sizeHint().height()
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(64), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        metrics = QFontMetrics(self._look.font("body"))
        room = self.width() - self._look.px(16) - 16
        self.setText(metrics.elidedText(self._words, Qt.TextElideMode.ElideRight, room))
        put(self, self._look, self._icon, "accent")


class BottomBar(QFrame):
    """Counts, the first thing to mend as a way to its place, and the way on."""

    level_wanted = Signal(object)  # a count was pressed: Level
    place_wanted = Signal(object)  # the first problem was pressed: Problem
    back_wanted = Signal()
    next_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        dress(self, ground="surface", edge="top")
        self.setFixedHeight(look.px(56))
        self._first: Problem | None = None
        self._counts = {level: button(look, "", "quiet", *COUNTS[level]) for level in COUNTS}
        for level, made in self._counts.items():
            made.clicked.connect(partial(self.level_wanted.emit, level))
        self._link = LinkButton(look, "right")
        self._link.clicked.connect(self._link_clicked)
        self._back = button(look, say("frame.back"))
        self._next = button(look, "", "primary")
        self._next.setToolTip(say("frame.next_key"))
        self._back.clicked.connect(self.back_wanted)
        self._next.clicked.connect(self.next_wanted)
        self._clear = panel(row(mark(look, "done", "ok"), text(say("frame.nothing_missing")), pad=(10, 0, 0, 0)))
        counts = (self._clear, *self._counts.values())
        whole = row(*counts, 16, self._link, 8, ..., self._back, self._next, pad=(14, 0, 24, 0))
        whole.setStretch(whole.indexOf(self._link), 1000)  # all the room that its words need, before the empty part
        self.setLayout(whole)
        self.show_problems(())

    def show_problems(self, problems: Sequence[Problem], *, closed: bool = False) -> None:
        """In the order in which they should be mended; the first is the link. Nothing can be missing in what is `closed`."""
        for level, made in self._counts.items():
            count = sum(p.level is level for p in problems)
            words = say(f"frame.count.{level}", count=count)
            if made.text() != words:
                made.setText(words)
                made.setAccessibleName(words)
                put(made, self._look, *COUNTS[level])
            made.setVisible(count > 0)
        self._clear.setVisible(not problems and not closed)
        self._first = problems[0] if problems else None
        self._link.show_words(message_of(self._first) if self._first else "")

    def show_way(self, onward: str, *, back: bool) -> None:
        """The name of the next step; the last one has none, it signs."""
        self._back.setVisible(back)
        self._next.setVisible(bool(onward))
        if onward:
            words = say("frame.next", step=onward)
            self._next.setText(words)
            self._next.setAccessibleName(words)

    def _link_clicked(self) -> None:
        if self._first is not None:
            self.place_wanted.emit(self._first)
