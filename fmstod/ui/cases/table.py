"""The list of cases: drafts and signed ones on one time axis."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableWidget, QTableWidgetItem

from fmstod.clock import SWEDEN
from fmstod.dates import short_day
from fmstod.domain.consultation import FORM
from fmstod.domain.icd import dotted
from fmstod.domain.lifecycle import State
from fmstod.domain.listing import Standing
from fmstod.storage.store import CaseRow
from fmstod.texts import text as say
from fmstod.ui.cases.forms import name_of
from fmstod.ui.kit import marks
from fmstod.ui.kit.tokens import Look
from fmstod.ui.states import NEVER, OVER, counts, shape_of
from fmstod.ui.timeline.mini import MiniTimeline

HEADS = ("patient", "born", "diagnosis", "periods", "status", "discard")
PATIENT, BORN, DIAGNOSIS, PERIODS, STATUS, DISCARD = range(len(HEADS))
WIDTHS = (160, 120, 0, 172, 168, 40)  # px at 100 %; 0 takes what is left
LEAST = 120  # px that the diagnosis needs
ROW = 40
ACTIVE = "followed"  # the shape of active sick leave
GONE_ON = (State.RENEWED, State.CLOSED)  # signed, and nothing more is asked for here
_UNKNOWN = Standing()


class CaseTable(QTableWidget):
    """Groups of rows. The row in focus shows the full number, the others the birth date. Enter opens, Delete discards.

    Of someone with protected identity it tells neither name, number nor birth date: they show once the case is open.
    """

    opened = Signal(str)
    discard_wanted = Signal(object)  # CaseRow of a draft

    def __init__(self, look: Look, today: date) -> None:
        super().__init__(0, len(WIDTHS))
        self._look, self._today = look, today
        self._cases: dict[int, CaseRow] = {}
        self._standing = _UNKNOWN
        self._set_up()
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)  # degree colours hold on surface only
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setItemDelegateForColumn(PERIODS, MiniTimeline(self, look, today))
        self.setWordWrap(look.narrow)
        self.activated.connect(self._activate)
        self.clicked.connect(self._click)
        self.currentCellChanged.connect(lambda *_: self._show_numbers())

    def show_cases(self, groups: Sequence[tuple[str, int, Sequence[CaseRow]]], standing: Standing = _UNKNOWN) -> None:
        """Groups with their names and how many belong to each, of which not all are shown; the case that was current stays so."""
        self._standing = standing
        held, row = self.current_case, self.currentRow()
        self._cases = {}
        self.clearContents()
        self.setRowCount(sum(1 + len(rows) for _, _, rows in groups if rows))
        at = 0
        for name, count, rows in groups:
            if rows:
                self._put_head(at, say("start.group", name=name, count=count))
                for n, case in enumerate(rows, at + 1):
                    self._put_case(n, case)
                at += 1 + len(rows)
        near = min(self._cases, key=lambda n: abs(n - row), default=0) if held else min(self._cases, default=0)
        self.setCurrentCell(next((n for n, case in self._cases.items() if case.id == held), near), PATIENT)
        self._show_numbers()

    def go_to(self, case: str) -> None:
        """Put the focus of the table in this case's row, if it is listed."""
        if (row := next((n for n, listed in self._cases.items() if listed.id == case), None)) is not None:
            self.setCurrentCell(row, PATIENT)

    @property
    def current_case(self) -> str:
        """The id of the case in focus."""
        case = self._cases.get(self.currentRow())
        return case.id if case else ""

    @property
    def full_height(self) -> int:
        return self._look.px(32) + self.rowCount() * self._look.px(ROW) + 2

    def keyPressEvent(self, event: QKeyEvent) -> None:
        case = self._cases.get(self.currentRow())
        if event.key() == Qt.Key.Key_Delete and case and _can_go(case):
            self.discard_wanted.emit(case)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show_numbers()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_numbers()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the words need the room, the bars give way: else the diagnosis was two letters wide."""
        super().resizeEvent(event)
        self.setColumnHidden(PERIODS, event.size().width() < self._look.px(sum(WIDTHS) + LEAST))

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
        self.setHorizontalHeaderLabels([say(f"start.{name}") for name in HEADS[:DISCARD]] + [""])
        self.horizontalHeaderItem(DISCARD).setData(Qt.ItemDataRole.AccessibleTextRole, say("start.discard"))
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
        if index.column() != DISCARD and (case := self._cases.get(index.row())):
            self.opened.emit(case.id)

    def _click(self, index: QModelIndex) -> None:
        case = self._cases.get(index.row())
        if index.column() == DISCARD and case and _can_go(case):
            self.discard_wanted.emit(case)

    def _show_numbers(self) -> None:
        for n, case in self._cases.items():
            full = n == self.currentRow() and self.hasFocus()
            said = case.number if full else case.born.isoformat() if case.born else ""
            self.item(n, BORN).setText("" if case.protected else said)

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
        name = shown_name(case)
        diagnosis = f"{dotted(case.diagnosis)} {case.diagnosis_text}".strip() or say("start.no_diagnosis")
        if case.form[0] != FORM[0]:
            diagnosis = say("other_forms.row", form=name_of(case.form), diagnosis=diagnosis)
        shape, words = status_of(case, self._today, self._standing)
        items = (_cell(name), _cell(""), _cell(diagnosis, tip=diagnosis), _cell(""), _cell(words), _cell(""))
        items[PATIENT].setFont(self._look.font("strong"))
        items[PERIODS].setData(Qt.ItemDataRole.UserRole, case.periods)
        items[PERIODS].setData(MiniTimeline.COUNTS, counts(case.state))
        said = "; ".join(say("timeline.period", degree=p.degree, first=p.first, last=p.last) for p in case.periods)
        if said and not counts(case.state):
            said = say("life.not_counted", state=say(f"state.{case.state}"), periods=said)
        items[PERIODS].setData(Qt.ItemDataRole.AccessibleTextRole, said or say("start.no_period"))
        items[STATUS].setIcon(marks.icon(self._look, shape))
        if shape == ACTIVE:
            items[STATUS].setToolTip(say("start.active_help"))
        if case.protected:
            items[PATIENT].setIcon(marks.icon(self._look, "lock", "warn"))
        if _can_go(case):
            items[DISCARD].setIcon(marks.icon(self._look, "close", "muted"))
            items[DISCARD].setToolTip(say("start.discard_key"))
            items[DISCARD].setData(Qt.ItemDataRole.AccessibleTextRole, say("start.discard_key"))
        for c, item in enumerate(items):
            self.setItem(at, c, item)
        self.setVerticalHeaderItem(at, QTableWidgetItem(name))


def _can_go(case: CaseRow) -> bool:
    """Whether it can be discarded: a draft that nobody has closed."""
    return case.signed_at is None and case.state not in NEVER


def _cell(words: str, tip: str = "") -> QTableWidgetItem:
    made = QTableWidgetItem(words)
    made.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    made.setToolTip(tip)
    return made


def shown_name(case: CaseRow) -> str:
    """How lists and messages call the patient."""
    return say("start.protected") if case.protected else case.name or say("start.nameless")


def status_of(case: CaseRow, today: date, standing: Standing = _UNKNOWN) -> tuple[str, str]:
    """Shape and words of where a case stands."""
    if case.state in (*NEVER, *OVER, State.READY):
        return shape_of(case.state)[0], say(f"state.{case.state}")
    if case.asked:
        late = case.answer_by is not None and case.answer_by < today
        key = "asked_late" if late else "asked_until" if case.answer_by else "asked"
        day = short_day(case.answer_by) if case.answer_by else ""
        return "error" if late else "missing", say(f"start.state.{key}", day=day)
    if case.signed_at is None:
        return "begun", say("start.state.draft", day=short_day(case.changed_at.astimezone(SWEDEN).date()))
    if case.state in GONE_ON:
        return "done", say(f"state.{case.state}")
    if case.id in standing.no_plan:
        return "missing", say("start.state.plan_missing")
    if case.id in standing.active:
        return ACTIVE, say("start.state.active", day=short_day(standing.active[case.id]))
    if case.followup and case.followup >= today:
        return "calendar", say("start.state.followup", day=short_day(case.followup))
    return "done", say("start.state.signed", day=short_day(case.signed_at.astimezone(SWEDEN).date()))
