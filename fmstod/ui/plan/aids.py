"""Quiet aids beside the plan: what the patient can do, the seven tasks, and what to think of. None of them is required."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from fmstod.domain.words import capital
from fmstod.followup.catalogue import Capacity, Catalogue, Reminder
from fmstod.followup.tasks import Done
from fmstod.texts import text as say
from fmstod.ui.kit.marks import mark, put
from fmstod.ui.kit.parts import Flow, button, column, empty, row, text
from fmstod.ui.kit.roving import Roving
from fmstod.ui.kit.tick import Tick
from fmstod.ui.kit.tokens import Look


class Fold(QWidget):
    """A line that opens what lies below it."""

    def __init__(self, look: Look, words: str, inside: QWidget) -> None:
        super().__init__()
        self.look, self.inside = look, inside
        self.head = button(look, words, "plain", "right", "accent")
        self.head.clicked.connect(self._toggle)
        inside.hide()
        self.setLayout(column(row(self.head, ...), inside, gap=4))

    def say(self, words: str) -> None:
        self.head.setText(words)
        self.head.setAccessibleName(words)

    def open(self, *, shown: bool) -> None:
        self.inside.setVisible(shown)
        put(self.head, self.look, "down" if shown else "right", "accent")

    @Slot()
    def _toggle(self) -> None:
        self.open(shown=self.inside.isHidden())


class Capacities(QWidget):
    """What a patient may be able to do, by chapters of ICF's activities; `taken` is a sentence to write."""

    taken = Signal(str)

    def __init__(self, look: Look, catalogue: Catalogue) -> None:
        super().__init__()
        self._look, self._chapters = look, catalogue.chapter
        self._shown: Sequence[Capacity] = ()
        self._lines = column(gap=4)
        self.buttons: list[QPushButton] = []
        self._roving = Roving(self)
        self.setLayout(self._lines)

    def show_capacities(self, found: Sequence[Capacity]) -> None:
        """Those that aren't written yet; they are one Tab stop, arrows move between them."""
        if found == self._shown:
            return
        at = next((n for n, made in enumerate(self.buttons) if made.hasFocus()), None)
        self._shown = found
        self._roving.clear()
        empty(self._lines)
        self.buttons = []
        for chapter in self._chapters:
            if own := [each for each in found if each.code.startswith(chapter.key)]:
                flow = Flow(8, 4)
                for each in own:
                    made = button(self._look, capital(each.text), "chip", "plus", "muted")
                    made.clicked.connect(partial(self._take, each.text))
                    flow.addWidget(made)
                    self.buttons.append(made)
                    self._roving.add(made)
                self._lines.addWidget(text(chapter.label, "caption", "muted"))
                self._lines.addLayout(flow)
        if at is not None and self.buttons:
            self.buttons[min(at, len(self.buttons) - 1)].setFocus()

    def _take(self, words: str, _checked: bool = False) -> None:
        self.taken.emit(words)


class Tasks(Fold):
    """The physician's seven tasks: how many are done, and which. What no entry can tell is ticked by hand, or not."""

    ticked = Signal(str, bool)

    def __init__(self, look: Look) -> None:
        inside = QWidget()
        self._lines = column(gap=4, pad=(24, 0, 0, 0))
        inside.setLayout(self._lines)
        super().__init__(look, "", inside)
        self._told: tuple[tuple[Done, ...], bool] = ((), False)
        self.ticks: dict[str, Tick] = {}

    def show_tasks(self, tasks: tuple[Done, ...], *, usable: bool = True) -> None:
        if (tasks, usable) == self._told:
            return
        self._told = (tasks, usable)
        self.say(say("tasks.head", done=sum(task.done for task in tasks), all=len(tasks)))
        at = next((key for key, made in self.ticks.items() if made.hasFocus()), "")
        empty(self._lines)
        self.ticks = {task.key: self._tick(task) for task in tasks if task.by_hand and usable}
        for task in tasks:
            words = text(task.text, tone="" if task.done else "muted", wrap=True)
            words.setAccessibleName(say("tasks.done" if task.done else "tasks.open", task=task.text))
            shape, tone = ("done", "ok") if task.done else ("untouched", "muted")
            line = row(self.ticks.get(task.key) or mark(self.look, shape, tone), words)
            line.setStretch(1, 1)
            self._lines.addLayout(line)
        self._lines.addWidget(text(say("tasks.note"), "caption", "muted", wrap=True))
        if at in self.ticks:
            self.ticks[at].setFocus()

    def _tick(self, task: Done) -> Tick:
        made = Tick(self.look, "", task.text)
        made.setChecked(task.done)
        made.clicked.connect(partial(self.ticked.emit, task.key))
        return made


class Reminders(Fold):
    """What to think of: shown here alone, never stored and never printed."""

    def __init__(self, look: Look) -> None:
        inside = QWidget()
        self._lines = column(gap=4, pad=(24, 0, 0, 0))
        inside.setLayout(self._lines)
        super().__init__(look, "", inside)
        self._told: tuple[Reminder, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self._told

    def show_reminders(self, reminders: tuple[Reminder, ...]) -> None:
        if reminders == self._told:
            return
        self._told = reminders
        self.say(say("reminders.head", count=len(reminders)))
        empty(self._lines)
        for each in reminders:
            self._lines.addWidget(text(each.text, tone="muted", wrap=True))
        self._lines.addWidget(text(say("reminders.note"), "caption", "muted", wrap=True))
