"""The table of KVÅ codes: one Tab stop, the arrows walk, Enter opens the case and Delete takes a code back."""

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableWidget, QTableWidgetItem

from fmstod.clock import SWEDEN
from fmstod.domain.code_page import CodePage
from fmstod.domain.due import DueCase
from fmstod.domain.procedure import Codes, Registered
from fmstod.reports.code_file import called
from fmstod.texts import text as say
from fmstod.ui.followup.list import who_is
from fmstod.ui.kit import marks
from fmstod.ui.kit.tokens import Look

HEADS = ("on", "code", "name", "patient", "by", "about", "revoke")
ON, CODE, NAME, PATIENT, BY, ABOUT, REVOKE = range(len(HEADS))
WIDTHS = (96, 72, 160, 200, 152, 0, 40)  # px at 100 %; 0 takes what is left
ROW, TALL = 32, 52  # px; the words have two lines where the text is large


class CodeTable(QTableWidget):
    """`opened` with the case of a row, `revoke_wanted` with a code that is in force."""

    opened = Signal(str)
    revoke_wanted = Signal(object)  # Registered

    def __init__(self, look: Look, codes: Codes) -> None:
        super().__init__(0, len(HEADS))
        self._look, self._codes = look, codes
        self._tall = look.px(TALL if look.narrow else ROW)
        self.shown: list[Registered] = []
        self.setAccessibleName(say("procedures.list"))
        self.setAccessibleDescription(say("procedures.open_case"))
        self.setTabKeyNavigation(False)  # the default makes Tab walk the cells for ever
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrap(look.narrow)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self._tall)
        self.setHorizontalHeaderLabels([say(f"procedures.head.{name}") for name in HEADS[:REVOKE]] + [""])
        self.horizontalHeaderItem(REVOKE).setData(Qt.ItemDataRole.AccessibleTextRole, say("procedures.head.revoke"))
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setFixedHeight(look.px(32))
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for n, width in enumerate(WIDTHS):
            head.setSectionResizeMode(n, QHeaderView.ResizeMode.Fixed if width else QHeaderView.ResizeMode.Stretch)
            self.setColumnWidth(n, look.px(width))
        for narrow in (NAME, BY):  # in large text they stand in the tooltip alone
            self.setColumnHidden(narrow, look.text >= 2)
        self.setIconSize(QSize(look.px(16), look.px(16)))
        self.activated.connect(self._activate)
        self.clicked.connect(self._click)

    def show_page(self, page: CodePage, *, more: bool = False) -> None:
        """In place of what stands there, or below it."""
        first = len(self.shown) if more else 0
        self.shown = [*self.shown[:first], *page.codes]
        self.setRowCount(len(self.shown))
        for at, each in enumerate(page.codes, first):
            self._put(at, each, page.named)
        self.setFixedHeight(self._look.px(32) + len(self.shown) * self._tall + 2)
        if page.codes:
            self.setCurrentCell(first, ON)

    def words_of(self, code: Registered) -> str:
        """A row in a line."""
        at = next(n for n, each in enumerate(self.shown) if each.id == code.id)
        told = (self.item(at, c).text() for c in (CODE, ON, PATIENT, ABOUT))
        return ", ".join(words for words in told if words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self._revoke(self.currentRow())
        else:
            super().keyPressEvent(event)

    def _put(self, at: int, each: Registered, named: Mapping[str, DueCase]) -> None:
        about = about_code(each)
        whole = ", ".join(part for part in (called(each, self._codes), each.by, each.unit, about) if part)
        case = named.get(each.case)
        words = (each.on.isoformat(), each.code, called(each, self._codes), who_is(case), each.by, about, "")
        for c, said in enumerate(words):
            cell = QTableWidgetItem(said)
            cell.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            cell.setToolTip(whole)
            if each.revoked:
                cell.setForeground(self._look.colour("muted"))
            self.setItem(at, c, cell)
        if each.revoked:
            self.item(at, ABOUT).setIcon(marks.icon(self._look, "warn", "warn"))
        else:
            take = self.item(at, REVOKE)
            take.setIcon(marks.icon(self._look, "close", "muted"))
            take.setToolTip(say("procedures.revoke"))
            take.setData(Qt.ItemDataRole.AccessibleTextRole, say("procedures.revoke"))
        if case and case.protected:
            self.item(at, PATIENT).setIcon(marks.icon(self._look, "lock", "warn"))

    def _activate(self, index: QModelIndex) -> None:
        if index.column() != REVOKE and index.row() < len(self.shown):
            self.opened.emit(self.shown[index.row()].case)

    def _click(self, index: QModelIndex) -> None:
        if index.column() == REVOKE:
            self._revoke(index.row())

    def _revoke(self, at: int) -> None:
        if 0 <= at < len(self.shown) and self.shown[at].revoked is None:
            self.revoke_wanted.emit(self.shown[at])


def about_code(each: Registered) -> str:
    """Why it is a mistake; which contact it was and how long."""
    parts = []
    if each.revoked:
        day, why = each.revoked.at.astimezone(SWEDEN).date(), " ".join(each.revoked.reason.split())
        parts.append(say("procedures.revoked", day=day, reason=why))
    if each.contact:
        parts.append(say("procedures.contact", contact=say(f"contact.{each.contact}"), minutes=each.minutes))
    return "; ".join(parts)
