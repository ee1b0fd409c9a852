"""The field for sick-leave periods: a row each, typed with days and lengths."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from fmstod import clock
from fmstod.certificate.form import Periods
from fmstod.domain.answers import Answer, PeriodRow
from fmstod.domain.period import DEGREES, EARLIEST, Degree, covered_days, iso_day, read_length
from fmstod.sickleave.period_rows import beginning, following, lasting, length, moved
from fmstod.texts import text as say
from fmstod.ui.dates import days_of
from fmstod.ui.fields.choices import part_of, row_of
from fmstod.ui.fields.field import Field
from fmstod.ui.kit.boxes import DayBox, EndBox, LengthBox
from fmstod.ui.kit.choices import Pick
from fmstod.ui.kit.marks import degree
from fmstod.ui.kit.parts import Flow, button, column, panel, row, text
from fmstod.ui.kit.tokens import Look

HEADS = ("number", "from", "length", "to", "degree", "days")
WIDTH = 640  # px at 100 %: what a row of boxes needs


class _Row:
    """The controls of one period; without a number it is the only one, and has no degree of its own."""

    def __init__(self, look: Look, number: int, today: Callable[[], date]) -> None:
        def name(head: str) -> str:
            what = say(f"field.period.{head}")
            return say("field.period.of", what=what, number=number) if number else what

        self.number = text(str(number))
        self.first = DayBox(look, name("from"), today)
        self.length = LengthBox(look, name("length"))
        self.last = EndBox(look, name("to"), today)
        self.degree = Pick(look, [(d, f"{d} %") for d in DEGREES], name("degree"), 104)
        for n, percent in enumerate(DEGREES):
            self.degree.setItemIcon(n, degree(look, percent))
        self.days = text("")
        self.days.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.remove = button(look, "", "quiet", "close", "muted", name=name("remove"))
        self.remove.setFixedWidth(look.px(32))
        days: tuple[QWidget, ...] = (self.first, self.length, self.last)
        self.boxes = (*days, self.degree) if number else days
        shown: tuple[tuple[str, QWidget], ...] = (("number", self.number), *zip(HEADS[1:], self.boxes, strict=False))
        self.cells = dict(shown if number else shown[1:]) | {"days": self.days, "remove": self.remove}

    def show_row(self, value: PeriodRow) -> None:
        self.first.show_value(value.first)
        first = iso_day(value.first)
        self.last.begins = first if first and first >= EARLIEST else None
        self.last.show_value(value.last)
        self.degree.show_value(value.degree)
        days = length(value)
        if days is not None or not value.last:  # while an end is being retyped the length stays
            self.length.show_days(days)
        self.days.setText("" if days is None else str(days))


class PeriodsField(Field[Periods]):
    """Up to one row for each degree. A new row begins the day after the last one ends, and follows it.

    A single period has days alone; rows that a record has besides stay in it.
    """

    def __init__(self, look: Look, question: Periods, today: Callable[[], date] = clock.today) -> None:
        super().__init__(look, question, today)
        self._values: list[PeriodRow] = []
        self._ends: dict[int, str] = {}  # the last real day of each row: what follows, follows it while it is retyped
        self._shown = 1
        numbers = [0] if question.single else [n + 1 for n in range(len(DEGREES))]
        self._rows = [_Row(look, n, today) for n in numbers]
        for n, made in enumerate(self._rows):
            made.first.day_typed.connect(partial(self._first_typed, n))
            made.length.days_typed.connect(partial(self._length_typed, n))
            made.last.day_typed.connect(partial(self._last_typed, n))
            made.degree.chosen.connect(partial(self._degree_chosen, n))
            made.remove.clicked.connect(partial(self._remove, n))
            self._watch(*made.boxes)
        self._new = button(look, say("field.period.new"), "plain", "plus", "accent")
        self._new.clicked.connect(self._add)
        self._parts, self._sum = text("", tone="muted"), text("", "strong")
        table = self._table() if look.px(WIDTH) <= look.form_width else self._blocks()
        below = panel(row(self._new, ..., self._parts, self._sum, pad=(0, 0, 8, 0)))
        if question.single:
            below.hide()
        self._lay(panel(column(table, below, gap=8)))
        self.show_value(None)

    def show_value(self, value: Answer | None) -> None:
        self._values = [r for r in value if isinstance(r, PeriodRow)] if isinstance(value, tuple) else []
        self._ends.update({n: v.last for n, v in enumerate(self._values) if iso_day(v.last)})
        self._shown = max(1, len(self._values), min(self._shown, len(self._rows)))
        for n, made in enumerate(self._rows):
            for part in self._parts_of(n):
                part.setVisible(n < self._shown)
            made.show_row(self._values[n] if n < len(self._values) else PeriodRow())
            made.remove.setVisible(n < self._shown and self._shown > 1)
        self._new.setEnabled(self._shown < len(self._rows))
        self._show_sum()

    def place(self, field: str) -> QWidget:
        """`32[1].to` is the last day of the second row."""
        made = self._rows[min(row_of(field) or 0, len(self._rows) - 1)]
        return {"to": made.last, "degree": made.degree, "length": made.length}.get(part_of(field), made.first)

    def _table(self) -> QWidget:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        heads = [head for head in self._rows[0].cells if head in HEADS]
        if heads[0] == "number":
            grid.setColumnMinimumWidth(0, self.look.px(20))
        grid.setColumnStretch(len(heads) - (0 if self.question.single else 1), 1)
        for n, head in enumerate(heads):
            caption = text("" if head == "number" else say(f"field.period.{head}"), "label", "muted")
            side = Qt.AlignmentFlag.AlignRight if head == "days" else Qt.AlignmentFlag.AlignLeft
            grid.addWidget(caption, 0, n, side)
        for n, made in enumerate(self._rows):
            for c, cell in enumerate(made.cells.values()):
                grid.addWidget(cell, 2 * n + 1, c)
            if below := self._below(n):
                grid.addWidget(below, 2 * n + 2, 1, 1, -1)
        self._blocks_of: list[QWidget] = []
        return panel(grid)

    def _blocks(self) -> QWidget:
        """Large text: each period a block that wraps, each box under its own caption."""
        self._blocks_of = []
        for made in self._rows:
            flow = Flow(12)
            for head in HEADS[1:]:
                if cell := made.cells.get(head):
                    flow.addWidget(panel(column(text(say(f"field.period.{head}"), "label", "muted"), cell, gap=4)))
            flow.addWidget(made.remove)
            self._blocks_of.append(panel(flow))
        below = [part for n, block in enumerate(self._blocks_of) for part in (block, self._below(n)) if part]
        return panel(column(*below, gap=16))

    def _below(self, _n: int) -> QWidget | None:
        """What stands below a row, in a field that has more to ask of each."""
        return None

    def _parts_of(self, n: int) -> tuple[QWidget, ...]:
        row = (self._blocks_of[n],) if self._blocks_of else tuple(self._rows[n].cells.values())
        below = self._below(n)
        return (*row, below) if below else row

    def _show_sum(self) -> None:
        periods = [p for p in (v.period for v in self._values) if p]
        total = covered_days(periods)
        plain = len(periods) > 1 and total == sum(p.days for p in periods)  # days shared by two rows count once
        self._parts.setText(" + ".join(str(p.days) for p in periods) + " =" if plain else "")
        self._sum.setText(days_of(total) if total else "")

    def _value(self, n: int) -> PeriodRow:
        return self._values[n] if n < len(self._values) else PeriodRow()

    def _first_typed(self, n: int, day: str) -> None:
        self._put(n, beginning(self._value(n), day, read_length(self._rows[n].length.text())))

    def _length_typed(self, n: int, days: int | None) -> None:
        if (value := self._value(n)).first:  # else the length waits for its first day
            self._put(n, lasting(value, days))

    def _last_typed(self, n: int, day: str) -> None:
        self._put(n, self._value(n).changed(last=day))

    def _degree_chosen(self, n: int, chosen: Degree | None) -> None:
        self._put(n, self._value(n).changed(degree=chosen))

    def _put(self, n: int, value: PeriodRow) -> None:
        values = [self._value(at) for at in range(max(n + 1, len(self._values)))]
        values[n] = value
        self._commit([*values[: n + 1], *moved(self._ends.get(n, ""), value.last, values[n + 1 :])])

    def _add(self) -> None:
        self._shown = min(self._shown + 1, len(self._rows))
        at = self._shown - 1
        new = following(self._values) if at == len(self._values) else PeriodRow()
        if new.first:
            self._commit([*self._values, new])
        else:
            self.show_value(tuple(self._values))
        made = self._rows[at]
        (made.length if made.first.text() else made.first).setFocus()

    def _remove(self, n: int) -> None:
        self._shown -= 1
        self._ends.clear()
        values = [v for at, v in enumerate(self._values) if at != n]
        self._rows[min(n, self._shown - 1)].first.setFocus()
        for made in self._rows[n:]:
            made.length.clear()
        self._commit(values)

    def _commit(self, values: list[PeriodRow]) -> None:
        while values and values[-1] == PeriodRow():
            values.pop()
        self.show_value(tuple(values))
        self._edit(tuple(values) or None)
