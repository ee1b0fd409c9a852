"""The list of cases: drafts and signed ones on one time axis."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableWidget, QTableWidgetItem

from fmstod.clock import SWEDEN
from fmstod.domain.icd import dotted
from fmstod.storage.store import CaseRow
from fmstod.texts import text as say
from fmstod.ui import marks
from fmstod.ui.dates import short_day
from fmstod.ui.mini_timeline import MiniTimeline
from fmstod.ui.tokens import Look

HEADS = ("patient", "born", "diagnosis", "periods", "status")
PATIENT, BORN, DIAGNOSIS, PERIODS, STATUS = range(len(HEADS))
WIDTHS = (152, 120, 0, 184, 168)  # px at 100 %; 0 takes what is left
ROW = 40


class CaseTable(QTableWidget):
    """Groups of rows. The row in focus shows the full number, the others the birth date. Enter opens."""

    opened = Signal(str)

    def __init__(self, look: Look, today: date) -> None:
        super().__init__(0, len(WIDTHS))
        self._look, self._today = look, today
        self._cases: dict[int, CaseRow] = {}
        self._set_up()
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)  # degree colours hold on surface only
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setItemDelegateForColumn(PERIODS, MiniTimeline(self, look, today))
        self.setWordWrap(look.narrow)
        self.setColumnHidden(PERIODS, look.text >= 2)  # there the words need the room
        self.activated.connect(self._activate)
        self.currentCellChanged.connect(lambda *_: self._show_numbers())

    def show_cases(self, groups: Sequence[tuple[str, Sequence[CaseRow]]]) -> None:
        """Groups with their names; the case that was current stays so."""
        held = self.current_case
        self._cases = {}
        self.clearContents()
        self.setRowCount(sum(1 + len(rows) for _, rows in groups if rows))
        at = 0
        for name, rows in groups:
            if rows:
                self._put_head(at, say("start.group", name=name, count=len(rows)))
                for n, case in enumerate(rows, at + 1):
                    self._put_case(n, case)
                at += 1 + len(rows)
        again = next((n for n, case in self._cases.items() if case.id == held), min(self._cases, default=0))
        self.setCurrentCell(again, PATIENT)
        self._show_numbers()

    @property
    def current_case(self) -> str:
        """The id of the case in focus."""
        case = self._cases.get(self.currentRow())
        return case.id if case else ""

    @property
    def full_height(self) -> int:
        return self._look.px(32) + self.rowCount() * self._look.px(ROW) + 2

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show_numbers()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_numbers()

    def _set_up(self) -> None:
        """It reads as paper: no grid, no row numbers, one Tab stop."""
        look = self._look
        self.setAccessibleName(say("start.title"))
        self.setTabKeyNavigation(False)  # the default makes Tab walk the cells for ever
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(look.px(ROW))
        self.setHorizontalHeaderLabels([say(f"start.{name}") for name in HEADS])
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setFixedHeight(look.px(32))
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for n, width in enumerate(WIDTHS):
            head.setSectionResizeMode(n, QHeaderView.ResizeMode.Fixed if width else QHeaderView.ResizeMode.Stretch)
            self.setColumnWidth(n, look.px(width))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setIconSize(QSize(look.px(16), look.px(16)))

    def _activate(self, index: QModelIndex) -> None:
        if case := self._cases.get(index.row()):
            self.opened.emit(case.id)

    def _show_numbers(self) -> None:
        for n, case in self._cases.items():
            full = n == self.currentRow() and self.hasFocus()
            self.item(n, BORN).setText(case.number if full else case.born.isoformat() if case.born else "")

    def _put_head(self, at: int, words: str) -> None:
        for c in range(self.columnCount()):
            head = _cell(words if c == PATIENT else "")
            head.setFont(self._look.font("label"))
            head.setForeground(self._look.colour("muted"))
            head.setData(Qt.ItemDataRole.UserRole, "axis")
            head.setFlags(Qt.ItemFlag.NoItemFlags)  # arrow keys pass over it
            self.setItem(at, c, head)
        self.setVerticalHeaderItem(at, QTableWidgetItem(words))

    def _put_case(self, at: int, case: CaseRow) -> None:
        self._cases[at] = case
        name = case.name or say("start.nameless")
        diagnosis = f"{dotted(case.diagnosis)} {case.diagnosis_text}".strip() or say("start.no_diagnosis")
        shape, words = status_of(case, self._today)
        items = (_cell(name), _cell(""), _cell(diagnosis, tip=diagnosis), _cell(""), _cell(words))
        items[PATIENT].setFont(self._look.font("strong"))
        items[PERIODS].setData(Qt.ItemDataRole.UserRole, case.periods)
        said = "; ".join(say("timeline.period", degree=p.degree, first=p.first, last=p.last) for p in case.periods)
        items[PERIODS].setData(Qt.ItemDataRole.AccessibleTextRole, said or say("start.no_period"))
        items[STATUS].setIcon(marks.icon(self._look, shape))
        for c, item in enumerate(items):
            self.setItem(at, c, item)
        self.setVerticalHeaderItem(at, QTableWidgetItem(name))


def _cell(words: str, tip: str = "") -> QTableWidgetItem:
    made = QTableWidgetItem(words)
    made.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    made.setToolTip(tip)
    return made


def status_of(case: CaseRow, today: date) -> tuple[str, str]:
    """Shape and words of where a case stands."""
    if case.signed_at is None:
        return "begun", say("start.state.draft", day=short_day(case.changed_at.astimezone(SWEDEN).date()))
    if not case.has_plan:
        return "missing", say("start.state.plan_missing")
    if case.followup and case.followup >= today:
        return "calendar", say("start.state.followup", day=short_day(case.followup))
    return "done", say("start.state.signed", day=short_day(case.signed_at.astimezone(SWEDEN).date()))
