"""The settings: physician and unit, colours and text size, and what the clinic can read in."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from types import MappingProxyType

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from fmstod import clock
from fmstod.domain.issuer import Issuer
from fmstod.texts import text as say
from fmstod.ui.kit.choices import Segments
from fmstod.ui.kit.parts import Flow, beside, button, column, dress, panel, row, scroller, text
from fmstod.ui.kit.roving import Roving
from fmstod.ui.kit.tab_order import stops
from fmstod.ui.kit.tokens import TEXT_SIZES, THEMES, Look
from fmstod.ui.settings.issuer import IssuerForm
from fmstod.ui.settings.setup import WIDTH, wrong_words

SYSTEM = "system"


class SettingsPage(QWidget):
    """`finished` with the issuer to save; `look_wanted` with a theme (`system`, `light`, `dark`) and a text size.

    `cards` stand below the appearance, in their order; from the top of the page a line of ways leads to each.
    """

    finished = Signal(object)
    look_wanted = Signal(str, float)

    def __init__(
        self, look: Look, today: Callable[[], date] = clock.today, cards: Mapping[str, QWidget] = MappingProxyType({})
    ) -> None:
        super().__init__()
        dress(self, ground="window")
        self.form = IssuerForm(look, today)
        self._theme_value, self._text_value = SYSTEM, look.text
        themes = [(name, say(f"settings.themes.{name}")) for name in (SYSTEM, *THEMES)]
        self._theme = Segments(look, themes, say("settings.theme"))
        self._text = Segments(
            look, [(size, f"{size:.0%}".replace("%", " %")) for size in TEXT_SIZES], say("settings.text")
        )
        self._theme.chosen.connect(self._theme_chosen)
        self._text.chosen.connect(self._text_chosen)
        self._roving = Roving(self)
        appearance = panel(
            column(
                text(say("settings.look"), "heading"),
                beside(look, say("settings.theme"), self._theme),
                beside(look, say("settings.text"), self._text),
                gap=16,
                pad=(24, 20, 24, 24),
            ),
            card="true",
        )
        self._said = text("")
        self._save = button(look, say("issuer.save"), "primary")
        self._save.clicked.connect(self._finish)
        self.form.edited.connect(lambda: self._say("", ""))
        sheet = panel(
            column(
                text(say("settings.title"), "title"),
                8,
                self._ways(look, {"issuer": self.form, "look": appearance, **cards}),
                16,
                self.form,
                8,
                text(say("issuer.help"), "caption", "muted", wrap=True),
                12,
                row(self._said, ..., self._save),
                24,
                appearance,
                *(part for card in cards.values() for part in (24, card)),
            ),
            ground="window",
        )
        sheet.setMaximumWidth(look.px(WIDTH))
        middle = row(..., sheet, ..., pad=(24, 24, 24, 24))
        middle.setStretch(1, 100)
        self._inside = panel(column(middle, ...), ground="window")
        self._area = scroller(self._inside, "window")
        self.setLayout(column(self._area))
        self._show_look()

    def show_settings(self, issuer: Issuer, theme: str, text_size: float) -> None:
        self.form.show_issuer(issuer)
        self._theme_value, self._text_value = theme, text_size
        self._say("", "")
        self._show_look()

    def focus_first(self) -> None:
        self.form.focus_first()

    def show_card(self, card: QWidget) -> None:
        """Bring one of the cards into sight."""
        QTimer.singleShot(0, card, lambda: self._area.ensureWidgetVisible(card))  # once it has its place

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def _ways(self, look: Look, parts: Mapping[str, QWidget]) -> QWidget:
        """To each part, since together they are longer than the window: one Tab stop."""
        flow = Flow(16, lines=4)
        for name, part in parts.items():
            way = button(look, say(f"settings.way.{name}"), "plain")
            way.setAccessibleDescription(say("settings.ways"))
            way.clicked.connect(partial(self._go_to, part))
            self._roving.add(way)
            flow.addWidget(way)
        return panel(flow)

    def _go_to(self, part: QWidget, _checked: bool = False) -> None:
        """The part from its top on, with the focus in its first control."""
        self._area.verticalScrollBar().setValue(part.mapTo(self._inside, QPoint(0, 0)).y() - 24)
        stops(part)[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_look(self) -> None:
        self._theme.show_value(self._theme_value)
        self._text.show_value(self._text_value)

    def _theme_chosen(self, theme: str | None) -> None:
        self._theme_value = theme or SYSTEM  # one of them always holds
        self._show_look()
        self.look_wanted.emit(self._theme_value, self._text_value)

    def _text_chosen(self, size: float | None) -> None:
        self._text_value = size or 1.0
        self._show_look()
        self.look_wanted.emit(self._theme_value, self._text_value)

    def _finish(self) -> None:
        wrong = self.form.check()
        self._say(wrong_words(wrong), "error") if wrong else self._say(say("issuer.saved"), "ok")
        if not wrong:
            self.finished.emit(self.form.issuer)

    def _say(self, words: str, tone: str) -> None:
        self._said.setText(words)
        self._said.setProperty("tone", tone)
        self._said.style().polish(self._said)
