"""The settings' card of the rules of quality: how often each was kept as it was here, and which tips stay silent."""

import re
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from fmstod.domain.problem import Level
from fmstod.errors import FmstodError
from fmstod.judging import read_rulebook
from fmstod.quality.rulebook import Rule
from fmstod.texts import text as say
from fmstod.ui.kit.marks import put
from fmstod.ui.kit.parts import Part, button, column, dress, panel, restyle, row, show_chosen, text, toggle_chip
from fmstod.ui.kit.tokens import Look
from fmstod.ui.messages import failure_of
from fmstod.ui.session import Session

ID = 72  # px
OPEN = "…"
_GAP = re.compile(r"\{(\w+)\}")


class QualityCard(QFrame):
    """`grew` when it says something more; what was read in doesn't change."""

    changed = Signal(str)
    grew = Signal()

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__()
        dress(self, card="true")
        self._look, self._store = look, session.store.checker
        self.mutes: dict[str, QPushButton] = {}
        self._said = text("", wrap=True)
        self._said.hide()
        self.toggle = button(look, say("settings_quality.show"), "plain", "right", "accent")
        self._lines = column(gap=12)
        self._list = panel(self._lines)
        self._list.hide()
        self.toggle.clicked.connect(self._unfold)
        about = text(say("settings_quality.about"), tone="muted", wrap=True)
        head = text(say("settings_quality.title"), "heading")
        whole = column(head, about, self._sum(), row(self.toggle, ...), self._list, self._said, gap=12)
        whole.setContentsMargins(24, 20, 24, 24)
        self.setLayout(whole)

    def focus_first(self) -> None:
        self.toggle.setFocus()

    def _sum(self) -> Part:
        kept = sum(self._store.kept().values())
        return text(say("settings_quality.kept", count=kept) if kept else say("settings_quality.none_kept"), wrap=True)

    def _rows(self) -> list[QWidget]:
        """What was kept the most first."""
        kept, muted = self._store.kept(), self._store.muted()
        rules = sorted(read_rulebook().rules, key=lambda rule: -kept.get(rule.id, 0))
        return [self._row(rule, kept.get(rule.id, 0), rule.id in muted) for rule in rules]

    def _row(self, rule: Rule, kept: int, muted: bool) -> QWidget:
        name = text(rule.id, "strong")
        name.setFixedWidth(self._look.px(ID))
        level = say(f"rules.level.{rule.level}")
        count = say("settings_quality.times", level=level, count=kept) if kept else level
        head: list[Part] = [name, text(count, "caption", "muted"), ...]
        if rule.level is Level.TIP:
            made = toggle_chip(self._look, say("settings_quality.mute"), say("settings_quality.mute_of", rule=rule.id))
            made.clicked.connect(partial(self._mute, rule.id))
            show_chosen(self._look, made, muted)
            self.mutes[rule.id] = made
            head.append(made)
        return panel(column(row(*head), text(_says(rule), wrap=True), gap=4))

    def _unfold(self) -> None:
        """The rules are made when they are first asked for."""
        if not self._lines.count():
            for made in self._rows():
                self._lines.addWidget(made)
        self._list.setVisible(self._list.isHidden())
        self.toggle.setText(say("settings_quality.show" if self._list.isHidden() else "settings_quality.hide"))
        self.toggle.setAccessibleName(self.toggle.text())
        put(self.toggle, self._look, "right" if self._list.isHidden() else "down", "accent")
        self.grew.emit()

    def _mute(self, rule: str, _checked: bool = False) -> None:
        on = self.mutes[rule].isChecked()
        try:
            self._store.mute(rule, muted=on)
        except FmstodError as error:
            self._say(failure_of(error), "error")
            on = not on
        else:
            self._say(say("settings_quality.muted" if on else "settings_quality.heard", rule=rule), "ok")
        show_chosen(self._look, self.mutes[rule], on)

    def _say(self, words: str, tone: str) -> None:
        self._said.setText(words)
        self._said.setVisible(bool(words))
        restyle(self._said, tone=tone)


def _says(rule: Rule) -> str:
    """What only a certificate can fill in is left open."""
    return _GAP.sub(lambda gap: rule.ref if gap[1] == "question" else OPEN, rule.says)


def quality_card(look: Look, session: Session) -> QualityCard:
    return QualityCard(look, session)
