"""Tick boxes: all choices of a question as a list; a chosen one has a crossed box, dark text and is read as chosen."""

from collections.abc import Sequence
from typing import NamedTuple

from fmstod.reports import tokens as t
from fmstod.reports.blocks import Block, Stack, Text, side_by_side
from fmstod.reports.tagged import Element, TaggedCanvas
from fmstod.texts import text


class Tick(NamedTuple):
    """A choice; its note, a date for instance, stands halfway across."""

    label: str
    chosen: bool
    note: str = ""


class _Box(Block):
    """One choice. The box is drawn, since the face has none; words behind it say whether it is crossed."""

    def __init__(self, tick: Tick, width: float) -> None:
        self.chosen = tick.chosen
        style, body = (t.BODY if tick.chosen else t.QUIET), Element("LBody")
        half = (width + t.GUTTER) / 2
        self.texts = [
            (t.INDENT, Text(tick.label, style, (half - t.GUTTER if tick.note else width) - t.INDENT, "", element=body))
        ]
        if tick.note:
            self.texts.append((half, Text(tick.note, style, width - half, "", element=body)))
        self.height = max(part.height for _, part in self.texts)

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        with canvas.group(Element("LI")):
            self._draw_box(canvas, x + 0.5, top - t.BODY.baseline - 0.7)
            for left, part in self.texts:
                part.draw(canvas, x + left, top)

    def _draw_box(self, canvas: TaggedCanvas, x: float, y: float) -> None:
        low, high = 1.9, t.BOX - 1.9
        with canvas.mark(Element("Lbl")):
            canvas.saveState()
            canvas.translate(x, y)
            canvas.setStrokeColor(t.TEXT if self.chosen else t.BORDER)
            canvas.setLineWidth(t.AXIS)
            canvas.rect(0, 0, t.BOX, t.BOX)
            if self.chosen:
                canvas.setLineWidth(1.3)
                canvas.setLineCap(1)
                canvas.line(low, low, high, high)
                canvas.line(low, high, high, low)
            canvas.whisper(0, 0.7, text("paper.chosen" if self.chosen else "paper.not_chosen") + " ")
            canvas.restoreState()


def ticks(choices: Sequence[Tick], columns: int = 1, before: float = 0.0) -> Stack:
    """The list, row by row in `columns`."""
    width = (t.MAIN - (columns - 1) * t.GUTTER) / columns
    boxes = [_Box(tick, width) for tick in choices]
    rows = [boxes[n : n + columns] for n in range(0, len(boxes), columns)]
    return Stack([side_by_side(row, [width] * len(row)) for row in rows], Element("L"), before)
