"""The change report of an import, to read before it is used: by scrolling, by keys, and by searching."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QLineEdit, QTextEdit

from fmstod.knowledge.update_text import Group
from fmstod.texts import text as say
from fmstod.ui.kit.parts import column, text
from fmstod.ui.kit.tokens import Look

TALL, FEW = 360, 12  # px at most at any text size, to fit the window; lines that need no search


class ReportView(QFrame):
    """Headings with their items; a search keeps the items with all its words."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._groups: Sequence[Group] = ()
        self._search = QLineEdit()
        self._search.setPlaceholderText(say("settings_fmb.search"))
        self._search.setAccessibleName(say("settings_fmb.search"))
        self._search.textEdited.connect(self._fill)
        self._none = text(say("settings_fmb.no_hits"), tone="muted")
        self._page = QTextEdit()
        self._page.setReadOnly(True)
        self._page.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self._page.setTabChangesFocus(True)
        self._page.setAccessibleName(say("settings_fmb.report"))
        self.setLayout(column(self._search, self._none, self._page, gap=8))

    def show_groups(self, groups: Sequence[Group]) -> None:
        self._groups = groups
        self._search.clear()
        self._search.setVisible(sum(len(group.lines) for group in groups) > FEW)
        self._fill()

    def focus_first(self) -> None:
        self._page.setFocus()

    def _fill(self) -> None:
        words = self._search.text().casefold().split()
        found = [(group.heading, [item for item in group.items if _has(item, words)]) for group in self._groups]
        shown = [(heading, [line for item in items for line in item]) for heading, items in found if items]
        self._none.setVisible(not shown)
        self._page.clear()
        cursor = QTextCursor(self._page.document())
        for at, (heading, lines) in enumerate(shown):
            self._put(cursor, heading, "strong", 0 if at == 0 else 12, first=at == 0)
            for line in lines:
                self._put(cursor, line, "body", 4)
        self._page.moveCursor(QTextCursor.MoveOperation.Start)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        """As high as its words; where they are searched the height stays, so that nothing below moves."""
        frame = 2 * self._page.frameWidth()
        words = self._page.document().clone()
        words.setTextWidth(max(self.width() - frame, 1))
        need = round(words.size().height()) + frame + 2
        self._page.setFixedHeight(TALL if not self._search.isHidden() else min(need, TALL))

    def _put(self, cursor: QTextCursor, words: str, role: str, above: int, *, first: bool = False) -> None:
        letters, block = QTextCharFormat(), QTextBlockFormat()
        letters.setFont(self._look.font(role))
        block.setTopMargin(above)
        if first:
            cursor.setBlockFormat(block)
        else:
            cursor.insertBlock(block)
        cursor.insertText(words, letters)


def _has(item: Sequence[str], words: Sequence[str]) -> bool:
    whole = " ".join(item).casefold()
    return all(word in whole for word in words)
