"""Tick boxes: all choices of a question as a list; a chosen one has a crossed box, dark text and is read as chosen."""

from collections.abc import Sequence
from typing import NamedTuple

from fmstod.reports import tokens as t
from fmstod.reports.blocks import Block, Cell, Columns, Stack, Text, side_by_side
from fmstod.reports.tagged import Element, TaggedCanvas
from fmstod.texts import text


class Tick(NamedTuple):
    """A choice; its note, a date for instance, stands halfway across."""

    label: str
    chosen: bool
    note: str = ""


class Box(Block):
    """Drawn, since the typeface has none; words behind it say whether it is crossed."""

    height = t.STEP

    def __init__(self, chosen: bool) -> None:
        self.chosen = chosen

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        low, high = t.CROSS, t.BOX - t.CROSS
        with canvas.mark(Element("Lbl")):
            canvas.saveState()
            canvas.translate(x + 0.5, top - t.BODY.baseline - 0.7)
            canvas.setStrokeColor(t.TEXT if self.chosen else t.BORDER)
            canvas.setLineWidth(t.AXIS)
            canvas.rect(0, 0, t.BOX, t.BOX)
            if self.chosen:
                canvas.setLineWidth(t.RULE)
                canvas.setLineCap(1)
                canvas.line(low, low, high, high)
                canvas.line(low, high, high, low)
            canvas.whisper(0, 0.7, text("paper.chosen" if self.chosen else "paper.not_chosen") + " ")
            canvas.restoreState()


class TickList(Stack):
    """Stays whole, unless it is higher than a third of a page."""

    def split(self, room: float, forced: bool = False, /) -> tuple[Block, Block] | None:
        return super().split(room, forced) if forced or self.height > t.TALL / 3 else None


def ticks(choices: Sequence[Tick], columns: int = 1, before: float = 0.0) -> TickList:
    """The list, row by row in `columns`."""
    width = (t.MAIN - (columns - 1) * t.GUTTER) / columns
    made = [_choice(tick, width) for tick in choices]
    rows = [made[n : n + columns] for n in range(0, len(made), columns)]
    return TickList([side_by_side(row, [width] * len(row)) for row in rows], Element("L"), before)


def _choice(tick: Tick, width: float) -> Columns:
    style, body = (t.BODY if tick.chosen else t.QUIET), Element("LBody")
    half = (width + t.GUTTER) / 2
    room = (half - t.GUTTER if tick.note else width) - t.INDENT
    cells = [Cell(0, Box(tick.chosen)), Cell(t.INDENT, Text(tick.label, style, room, "", element=body))]
    if tick.note:
        cells.append(Cell(half, Text(tick.note, style, width - half, "", element=body)))
    return Columns(cells, Element("LI"))
