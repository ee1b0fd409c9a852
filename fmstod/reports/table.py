"""A table with hairlines between its rows, and the table of sick-leave periods."""

from collections.abc import Sequence

from fmstod.dates import weekday
from fmstod.domain.answers import PeriodRow
from fmstod.domain.period import Degree, covered_days, iso_day
from fmstod.reports import tokens as t
from fmstod.reports.blocks import Block, Cell, Columns, Stack, Text, fits, side_by_side
from fmstod.reports.figures import Bar
from fmstod.reports.setting import Run, quiet, strong
from fmstod.reports.tagged import Element, TaggedCanvas
from fmstod.texts import text

Content = str | Sequence[Run] | Block  # a block is already made to the width of its column
PAD = t.HALF / 2


class Grid(Block):
    """A head and rows, split only between rows, two at least on each side; the head comes again on the next page.

    A small table, up to a fifth of a page, stays whole.
    """

    before = t.HALF

    def __init__(
        self,
        head: Columns,
        again: Columns,
        rows: Sequence[Columns],
        width: float,
        element: Element,
        later: bool = False,
    ) -> None:
        self.head, self.again, self.rows, self.width = head, again, rows, width
        self.element, self.later = element, later
        self.height = head.height + sum(row.height for row in rows)

    def split(self, room: float, forced: bool = False, /) -> tuple[Block, Block] | None:
        used, count = self.head.height, 0
        while count < len(self.rows) and fits(used + self.rows[count].height, room):
            used += self.rows[count].height
            count += 1
        level = min(count, len(self.rows) - 2)
        if level >= 2 and (forced or self.height > t.TALL / 5):
            return self._piece(self.rows[:level], self.later), self._piece(self.rows[level:], True)
        if not forced:
            return None
        if count:
            return self._piece(self.rows[:count], self.later), self._piece(self.rows[count:], True)
        halves = self.rows[0].split(room - used, True)
        if not halves:
            return None
        rest = [half for half in halves[1:] if isinstance(half, Columns)] + list(self.rows[1:])
        return self._piece([half for half in halves[:1] if isinstance(half, Columns)], self.later), self._piece(
            rest, True
        )

    def _piece(self, rows: Sequence[Columns], later: bool) -> "Grid":
        return Grid(self.again if later else self.head, self.again, rows, self.width, self.element, later)

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        with canvas.group(self.element):
            self.head.draw(canvas, x, top)
            top -= self.head.height
            for n, row in enumerate(self.rows):
                canvas.hairline(x, top, self.width, t.LINE if n else t.BORDER)
                row.draw(canvas, x, top)
                top -= row.height


def grid(
    heads: Sequence[str],
    rows: Sequence[Sequence[Content]],
    widths: Sequence[float],
    right: Sequence[int] = (),
    styles: tuple[t.Style, t.Style] = (t.NOTE, t.BODY),
    pad: float = PAD,
) -> Grid:
    """A table whose first column names its rows. Columns in `right` are set to the right; `styles`: heads and rows."""
    lefts = [sum(widths[:n]) for n in range(len(widths))]
    rooms = [cell_width(widths, n) for n in range(len(widths))]

    def row(cells: Sequence[Content], style: t.Style, scope: str, pad: tuple[float, float]) -> Columns:
        """`scope` is what the first cell heads; without one the row is decoration."""
        made = []
        for n, cell in enumerate(cells):
            its = style.to_right() if n in right else style
            block = cell if isinstance(cell, Block) else Text(cell, its, rooms[n], "P" if scope else "")
            heads_it = scope == "Column" or n == 0
            tag = Element("TH" if heads_it else "TD", scope=scope if heads_it else "") if scope else None
            made.append(Cell(lefts[n], Stack([block], tag)))
        return Columns(made, Element("TR") if scope else None, pad=pad)

    top, body = styles
    head, again = row(heads, top, "Column", (0, pad)), row(heads, top, "", (0, pad))
    return Grid(head, again, [row(cells, body, "Row", (pad, pad)) for cells in rows], sum(widths), Element("Table"))


def cell_width(widths: Sequence[float], column: int) -> float:
    """The room for text in a column: the gutter lies to the right of all but the last."""
    return widths[column] - (0 if column == len(widths) - 1 else t.GUTTER)


def degree(percent: Degree, width: float) -> Columns:
    """The bar and the figure."""
    return side_by_side([Bar(percent), Text(f"{percent} %", t.BODY, width - 24)], (16, width - 24), gap=8)


def with_weekday(typed: str) -> Sequence[Run]:
    """A day as typed, with its weekday if it is one."""
    day = iso_day(typed)
    return (
        [Run(typed), quiet(weekday(day))] if day else [Run(typed) if typed.strip() else quiet(text("paper.unfilled"))]
    )


def period_table(rows: Sequence[PeriodRow], width: float) -> Grid:
    """Degree, first and last day with weekday and number of days, in time order, and the days that are covered."""
    widths = (84.0, 98.0, 98.0, width - 280)
    made: list[Sequence[Content]] = []
    for row in sorted(rows, key=lambda row: (row.first, row.last)):
        part = degree(row.degree, widths[0] - t.GUTTER) if row.degree else [quiet(text("paper.unfilled"))]
        days = days_of(row.period.days) if row.period else ""
        made.append((part, with_weekday(row.first), with_weekday(row.last), days))
    total = covered_days(row.period for row in rows if row.period)
    made.append(([strong(text("paper.total"))], "", "", [strong(days_of(total))]))
    heads = [text(f"paper.period.{key}") for key in ("degree", "first", "last", "days")]
    return grid(heads, made, widths, right=(3,))


def span_table(rows: Sequence[PeriodRow], width: float) -> Grid:
    """First and last day with weekday and number of days, for a period without a degree of its own."""
    ends = [(iso_day(row.first), iso_day(row.last)) for row in rows]
    days = [days_of((last - first).days + 1) if first and last and first <= last else "" for first, last in ends]
    made = [(with_weekday(row.first), with_weekday(row.last), said) for row, said in zip(rows, days, strict=True)]
    heads = [text(f"paper.period.{key}") for key in ("first", "last", "days")]
    return grid(heads, made, (120.0, 120.0, width - 240), right=(2,))


def days_of(number: int) -> str:
    return text("paper.one_day") if number == 1 else text("paper.days", days=number)
