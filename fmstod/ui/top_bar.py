"""What every room of the window stands under: the way to the others, and what this version is."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton

from fmstod.texts import text as say
from fmstod.ui.kit.marks import mark
from fmstod.ui.kit.parts import button, dress, room_for_bold, row, text
from fmstod.ui.kit.roving import Roving
from fmstod.ui.kit.tokens import Look

TABS = ("cases", "followups", "consultation")
BESIDE_CASES = "followups"  # wherever the list of cases can be entered, what is due can


class TopBar(QFrame):
    """The rooms that exist, settings and lock."""

    tab_wanted = Signal(str)
    settings_wanted = Signal()
    lock_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        dress(self, ground="window", edge="bottom")
        self.setFixedHeight(look.px(48))
        self._tabs: dict[str, QPushButton] = {}
        self._roving = Roving(self, lambda: next((t for t in self._tabs.values() if t.isChecked()), None))
        for name in TABS:
            tab = button(look, say(f"frame.tab.{name}"), "tab")
            tab.setCheckable(True)
            room_for_bold(look, tab)
            tab.clicked.connect(partial(self._clicked, name))
            self._tabs[name] = tab
            self._roving.add(tab)
        settings = button(look, say("frame.settings"), "quiet", "settings", "muted")
        lock = button(look, say("frame.lock"), "quiet", "lock", "muted")
        lock.setToolTip(say("frame.lock_key"))
        settings.clicked.connect(self.settings_wanted)
        lock.clicked.connect(self.lock_wanted)
        name_of = text(say("frame.name"), "heading", "accent")
        self.setLayout(row(name_of, 16, *self._tabs.values(), ..., settings, lock, gap=4, pad=(24, 0, 16, 0)))

    def show_tab(self, current: str, rooms: Sequence[str] = TABS) -> None:
        """`rooms` are those that can be entered now: without an open case there is no consultation."""
        for name, tab in self._tabs.items():
            tab.setChecked(name == current)
            tab.setVisible(name in rooms or (name == BESIDE_CASES and "cases" in rooms))
        self._roving.settle()

    def _clicked(self, name: str) -> None:
        for other, tab in self._tabs.items():
            tab.setChecked(other == name)
        self.tab_wanted.emit(name)


class TrialStrip(QFrame):
    """Says that this version isn't for real patients, until the safety work is done."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        dress(self, ground="trial")
        words = text(say("frame.trial"), "caption")
        self.setLayout(row(..., mark(look, "warn", "warn", 14), words, ..., pad=(24, 2, 24, 2)))
