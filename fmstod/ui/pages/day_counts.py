"""How many days it has been, by each of the four ways to count, and what no certificate tells of them."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from fmstod.domain.leave import DaysBefore, StillReduced
from fmstod.domain.words import capital
from fmstod.files import read_count_rules
from fmstod.sickleave.counts import Count, Told, told
from fmstod.texts import text as say
from fmstod.ui.dates import days_of
from fmstod.ui.kit.boxes import LineBox
from fmstod.ui.kit.parts import Part, above, button, column, empty, panel, row, rule, text
from fmstod.ui.kit.tick import Tick
from fmstod.ui.kit.tokens import Look
from fmstod.ui.models.consultation_model import ConsultationModel

KEY = "F5"
AT_REST = (Count.LENGTH, Count.CHAIN_DAY)
BOX = 80  # px
MOST = 9999  # days before


class DayCounts(QWidget):
    """One line at rest. F5 opens the four counts with their rules, the gaps and the days before; Esc closes it."""

    def __init__(self, look: Look, model: ConsultationModel) -> None:
        super().__init__()
        self._look, self._model = look, model
        self._gaps: Sequence[tuple[date, date]] = ()
        self.line = text("", "caption", "muted", wrap=True)
        self.open = button(look, say("counts.open"), "plain", "down", "accent")
        self.open.clicked.connect(self.toggle)
        self._counts, self._ticks = column(gap=8), column(gap=4)
        self.ticks: list[Tick] = []
        self._asked = panel(column(rule(), text(say("counts.gaps"), "strong"), self._ticks, gap=8))
        self.before = LineBox(look, say("counts.before"), BOX)
        self.before.setAccessibleDescription(say("counts.before_help"))
        self.before.typed.connect(self._keep_before)
        help_before = text(say("counts.before_help"), "caption", "muted", wrap=True)
        close = button(look, say("counts.close"), "plain")
        close.clicked.connect(self.toggle)
        box = column(row(above(say("counts.before"), self.before), ...), help_before, gap=4)
        inside = column(self._counts, self._asked, rule(), box, row(close, ...), gap=12, pad=(16, 12, 16, 12))
        self._sheet = panel(inside, ground="hover")
        self._sheet.hide()
        opens = row(self.open, text(KEY, "caption", "muted"))
        head = column(self.line, row(opens, ...)) if look.narrow else row(self.line, opens)
        if not look.narrow:
            head.setStretch(0, 1)
        self.setLayout(column(head, self._sheet, gap=4))
        QShortcut(QKeySequence(KEY), self, self.toggle)

    def show_days(self) -> None:
        """What the model says now; nothing takes room while no day is known, or of a certificate that doesn't hold."""
        leave, today = self._model.now.leave, self._model.reference.today()
        counts = leave.counts(today)
        found = told(counts, read_count_rules()) if not self._model.life.void else ()
        self.setVisible(bool(found))
        short = [_line(each) for each in found if each.id in AT_REST]
        self.line.setText(" · ".join(short))
        self.open.setAccessibleDescription(". ".join(short))
        if self._sheet.isHidden():
            return
        empty(self._counts)
        degrees = ", ".join(
            say("counts.of_degree", degree=degree, days=days_of(days)) for degree, days in leave.by_degree.items()
        )
        self._counts.addWidget(text(say("counts.on", day=counts.on, degrees=degrees), "caption", "muted", wrap=True))
        for each in found:
            self._counts.addWidget(_told(each))
        self._show_gaps(leave.gaps)
        chain = leave.chain
        mine = [each for each in self._model.consultation.days_before if chain and chain.holds(each.on)]
        days = min(mine, key=lambda each: each.on).days if mine else None
        if days != _read(self.before.text()):
            self.before.show_text("" if days is None else str(days))
        for control in (self.before, *self.ticks):
            control.setEnabled(not self._model.signed)

    @Slot()
    def toggle(self) -> None:
        """Open it with the focus on its first choice; or close it, with the focus on what opens it."""
        shown = self._sheet.isHidden()
        self._sheet.setVisible(shown)
        self.show_days()
        first = next((each for each in (*self.ticks, self.before) if each.isEnabled()), self.open)
        (first if shown else self.open).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self._sheet.isHidden():
            self.toggle()
        else:
            super().keyPressEvent(event)

    def _show_gaps(self, gaps: Sequence[tuple[date, date]]) -> None:
        self._asked.setVisible(bool(gaps))
        if gaps != self._gaps:
            self._gaps, self.ticks = gaps, []
            empty(self._ticks)
            for first, last in gaps:
                tick = Tick(
                    self._look, say("counts.gap", first=first, last=last, days=days_of((last - first).days + 1))
                )
                tick.clicked.connect(partial(self._mark, first, last, tick))
                self.ticks.append(tick)
                self._ticks.addWidget(tick)
        marked = self._model.consultation.still_reduced
        for tick, (first, last) in zip(self.ticks, gaps, strict=True):
            tick.setChecked(any(each.first <= first and last <= each.last for each in marked))

    def _mark(self, first: date, last: date, tick: Tick) -> None:
        others = tuple(e for e in self._model.consultation.still_reduced if e.last < first or e.first > last)
        made = (*others, StillReduced(first=first, last=last)) if tick.isChecked() else others
        self._model.change("still_reduced", still_reduced=tuple(sorted(made, key=lambda each: each.first)))

    @Slot(str)
    def _keep_before(self, words: str) -> None:
        chain, days = self._model.now.leave.chain, _read(words)
        if chain is None:
            return
        others = tuple(each for each in self._model.consultation.days_before if not chain.holds(each.on))
        made = (*others, DaysBefore(on=chain.start, days=days)) if days else others
        self._model.change("days_before", days_before=made)


def _read(words: str) -> int | None:
    """A number of days; None where it is none."""
    said = words.strip()
    number = int(said) if said.isascii() and said.isdigit() and len(said) <= len(str(MOST)) else 0
    return number or None


def _line(each: Told) -> str:
    return say("counts.line", label=each.label, said=each.said)


def _told(each: Told) -> QWidget:
    """One count with its rule and who counts so."""
    parts: list[Part] = [text(_line(each), "strong", wrap=True)]
    if each.planned:
        parts.append(text(capital(each.planned), wrap=True))
    parts.append(text(say("counts.rule", rule=each.rule, source=each.source), "caption", "muted", wrap=True))
    return panel(column(*parts, gap=2))
