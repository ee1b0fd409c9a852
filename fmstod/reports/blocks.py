"""What papers are built of: text, stack, columns, section.

A block is made to measure: it is given its width when it is made, lays itself out once and then knows its height. It
draws itself with its meaning and says where it may be split: a caption never ends a page and a text never leaves one
line alone. On an empty page (`forced`) these niceties give way, so that nothing is ever too long to be printed.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from copy import copy
from itertools import pairwise
from typing import NamedTuple

from reportlab.lib.colors import Color

from fmstod.reports import tokens as t
from fmstod.reports.setting import Line, Run, set_lines
from fmstod.reports.tagged import Element, TaggedCanvas
from fmstod.texts import text

_CLOSE = 0.01  # sums of lengths are not exact


def fits(height: float, room: float) -> bool:
    return height <= room + _CLOSE


class Block(ABC):
    """Something on paper. `before` is the gap it asks for above itself, `stays` keeps it with what follows, and
    one that `starts` begins a page.
    """

    height = 0.0
    before = 0.0
    stays = False
    starts = False

    @abstractmethod
    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Put it on the page with its upper left corner at `x` and `top`, in points."""

    def split(self, _room: float, _forced: bool = False, /) -> "tuple[Block, Block] | None":
        """The part that fits into the room and the rest; None if it stays whole. Asked only when it is too high."""
        return None


class Text(Block):
    """Words in one style; its element follows it over pages. No role: decoration."""

    def __init__(
        self,
        words: str | Sequence[Run],
        style: t.Style,
        width: float,
        role: str = "P",
        *,
        element: Element | None = None,
    ) -> None:
        self.style, self.width, self.before, self.stays = style, width, style.before, style.stays
        self.element = element or (Element(role) if role else None)
        runs = [Run(words)] if isinstance(words, str) else words
        self.lines: Sequence[Line] = set_lines(runs, style, width)
        self.height = len(self.lines) * style.line

    def split(self, room: float, forced: bool = False, /) -> tuple[Block, Block] | None:
        least = 1 if forced else 2
        count = min(int((room + _CLOSE) // self.style.line), len(self.lines) - least)
        if count < least:
            return None
        return self._part(self.lines[:count]), self._part(self.lines[count:])

    def _part(self, lines: Sequence[Line]) -> "Text":
        part = copy(self)
        part.lines, part.height = lines, len(lines) * self.style.line
        return part

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        if any(line.pieces for line in self.lines):
            with canvas.mark(self.element) if self.element else canvas.artifact("Pagination"):
                self._draw_lines(canvas, x, top - self.style.baseline)

    def _draw_lines(self, canvas: TaggedCanvas, x: float, y: float) -> None:
        lefts = [x + (self.width - line.width if self.style.right else 0) for line in self.lines]
        pen, last = canvas.beginText(lefts[0], y), None
        for n, line in enumerate(self.lines):
            if n:
                pen.setTextOrigin(lefts[n], y - n * self.style.line)
            for piece in line.pieces:
                if (piece.face, piece.colour) != last:
                    last = piece.face, piece.colour
                    pen.setFont(piece.face, self.style.size)
                    pen.setFillColor(piece.colour)
                pen.textOut(piece.text)
        canvas.drawText(pen)


class Stack(Block):
    """Blocks under each other, with the gap that each asks for, save after a caption and on top."""

    def __init__(self, parts: Sequence[Block], element: Element | None = None, before: float = 0.0) -> None:
        self.parts, self.element, self.before = list(parts), element, before
        self.tops = [0.0] * len(self.parts)
        for n, (above, part) in enumerate(pairwise(self.parts), 1):
            self.tops[n] = self.tops[n - 1] + above.height + (0 if above.stays else part.before)
        self.height = self.tops[-1] + self.parts[-1].height if self.parts else 0.0

    def split(self, room: float, forced: bool = False, /) -> tuple[Block, Block] | None:
        halves = self._cut(room, False) or (self._cut(room, True) if forced else None)
        return (self.piece(halves[0], False), self.piece(halves[1], True)) if halves else None

    def _cut(self, room: float, force: bool) -> tuple[list[Block], list[Block]] | None:
        at = next((n for n, top in enumerate(self.tops) if not fits(top + self.parts[n].height, room)), None)
        if at is None:
            return None
        head, tail = self.parts[:at], self.parts[at:]
        if halves := tail[0].split(room - self.tops[at], force):
            return [*head, halves[0]], [halves[1], *tail[1:]]
        while head and head[-1].stays:
            tail.insert(0, head.pop())
        return (head, tail) if head else None

    def piece(self, parts: Sequence[Block], _later: bool, /) -> Block:
        """A part of the same stack; the other argument says that it is on the next page."""
        return Stack(parts, self.element, self.before)

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        if self.element:
            with canvas.group(self.element):
                self._draw_parts(canvas, x, top)
        else:
            self._draw_parts(canvas, x, top)

    def _draw_parts(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        for part, under in zip(self.parts, self.tops, strict=True):
            part.draw(canvas, x, top - under)


class Cell(NamedTuple):
    """A block and its left edge in a row."""

    left: float
    block: Block


class Columns(Block):
    """Blocks side by side, read from left to right, split only when they are higher than a page.

    `pad` is the space above and below them.
    """

    def __init__(
        self,
        cells: Sequence[Cell],
        element: Element | None = None,
        before: float = 0.0,
        pad: tuple[float, float] = (0, 0),
    ) -> None:
        self.cells, self.element, self.before, self.pad = cells, element, before, pad
        self.height = sum(pad) + max(cell.block.height for cell in cells)

    def split(self, room: float, forced: bool = False, /) -> tuple[Block, Block] | None:
        inner = room - sum(self.pad)
        if not forced or inner < t.STEP:
            return None
        halves = [self._cut(cell.block, inner) for cell in self.cells]
        first = [Cell(cell.left, half[0]) for cell, half in zip(self.cells, halves, strict=True)]
        rest = [Cell(cell.left, half[1]) for cell, half in zip(self.cells, halves, strict=True)]
        return Columns(first, self.element, self.before, self.pad), Columns(rest, self.element, 0, self.pad)

    @staticmethod
    def _cut(block: Block, room: float) -> tuple[Block, Block]:
        whole = (block, Stack([]))
        return whole if fits(block.height, room) else block.split(room, True) or whole

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        if self.element:
            with canvas.group(self.element):
                self._draw_cells(canvas, x, top - self.pad[0])
        else:
            self._draw_cells(canvas, x, top - self.pad[0])

    def _draw_cells(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        for cell in self.cells:
            cell.block.draw(canvas, x + cell.left, top)


class Section(Stack):
    """A heading in the margin column with its questions beside it. A `whole` one is split only if a page can't hold it."""

    def __init__(
        self,
        number: str,
        title: str,
        parts: Sequence[Block],
        note: str = "",
        *,
        element: Element | None = None,
        whole: bool = False,
        later: bool = False,
    ) -> None:
        super().__init__(parts, element or Element("Sect"), before=t.STEP)
        self.number, self.title, self.note, self.whole, self.later = number, title, note, whole, later
        heading = None if later else Element("H2")
        style, room = (t.QUIET if later else t.HEADING), t.SIDE - t.INDENT
        under = text("paper.continued") if later else note
        self._figure = Text(number, style, t.INDENT, "", element=heading)
        side = [Text(title, style, room, "", element=heading)]
        self._side = Stack([*side, Text(under, t.NOTE, room, "" if later else "P")] if under else side)
        self.height = max(self.height, self._side.height)

    def split(self, room: float, forced: bool = False, /) -> tuple[Block, Block] | None:
        if not fits(self._side.height, room) or (self.whole and not forced):
            return None
        return super().split(room, forced)

    def _cut(self, room: float, force: bool) -> tuple[list[Block], list[Block]] | None:
        """What goes on over the page stands under its question's caption there too."""
        halves = super()._cut(room, force)
        if halves and (caption := _caption_over(*halves)):
            return halves[0], [caption, *halves[1]]
        return halves

    def piece(self, parts: Sequence[Block], later: bool, /) -> Block:
        later = later or self.later
        return Section(self.number, self.title, parts, self.note, element=self.element, later=later)

    def _draw_parts(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        self._figure.draw(canvas, x, top)
        self._side.draw(canvas, x + t.INDENT, top)
        super()._draw_parts(canvas, x + t.SECOND, top)


def _caption_over(head: Sequence[Block], rest: Sequence[Block]) -> Text | None:
    """The caption that the first of the rest stood under, as decoration: a screen reader reads on."""
    if not isinstance(rest[0], Text) or rest[0].stays:
        return None
    caption = next((block for block in reversed(head) if isinstance(block, Text) and block.stays), None)
    if caption is None:
        return None
    again = copy(caption)
    again.element = None
    return again


class Rule(Block):
    """The one strong line of a paper, over the patient's name."""

    height = t.STEP + t.HALF

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        canvas.hairline(x, top - t.STEP, t.WIDTH, t.TEXT, t.RULE)


class Banner(Block):
    """A framed sentence that nobody may miss."""

    before = t.HALF

    def __init__(self, words: str) -> None:
        self._words = Text(words, t.HEADING, t.WIDTH - 2 * t.FRAME)
        self.height = self._words.height + 2 * t.HALF

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        with canvas.artifact():
            _frame(canvas, x, top - self.height, t.WIDTH, self.height, t.TEXT)
        self._words.draw(canvas, x + t.FRAME, top - t.HALF)


def _frame(canvas: TaggedCanvas, x: float, y: float, width: float, height: float, colour: Color) -> None:
    canvas.setStrokeColor(colour)
    canvas.setLineWidth(t.AXIS)
    canvas.rect(x, y, width, height)


def side_by_side(
    blocks: Sequence[Block], widths: Sequence[float], gap: float = t.GUTTER, before: float = 0.0
) -> Columns:
    """Columns with `gap` between them."""
    cells, left = [], 0.0
    for block, width in zip(blocks, widths, strict=True):
        cells.append(Cell(left, block))
        left += width + gap
    return Columns(cells, before=before)
