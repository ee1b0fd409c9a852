"""The page around the blocks: where they go, the running header with name, personnummer and n (N), footer, watermark."""

import io
from collections.abc import Sequence
from typing import NamedTuple

from fmstod.domain.document import Document
from fmstod.reports import tokens as t
from fmstod.reports.archive import Imprint, finish
from fmstod.reports.blocks import Block, Section, fits
from fmstod.reports.tagged import TaggedCanvas
from fmstod.reports.typeface import readable, shorten, width_of
from fmstod.texts import text

Placed = tuple[float, Block]  # how far from the top of the page's text, and what
SMALL = t.NOTE.size
_LINES = (3, 5, 8)  # of the block before the last that go to its page, the fewest that it can be parted at


class Sheet(NamedTuple):
    """What stands on every page of a document. `origin` says in the footer what the paper is not, if anything.

    `employers` is a paper that the patient hands to the employer: its draft says that it must not be. `named` is what the
    id in the margin is called, if not by the document's kind.
    """

    title: str
    document: Document
    draft: bool
    origin: str = ""
    employers: bool = False
    named: str = ""

    @property
    def number(self) -> str:
        return readable(self.document.patient.number).strip() or text("paper.no_number")

    @property
    def name(self) -> str:
        return readable(self.document.patient.name).strip() or text("paper.no_name")


def write(sheet: Sheet, story: Sequence[Block]) -> bytes:
    """Lay out the story and return the finished file."""
    out = io.BytesIO()
    canvas = TaggedCanvas(out)
    pages = paginate(story)
    for number, page in enumerate(pages, 1):
        with canvas.artifact("Pagination"):
            _furnish(canvas, sheet, number, len(pages))
        _draw(canvas, page)
        canvas.next_page()
    canvas.save()
    document = sheet.document
    title = text("paper.draft.title", title=sheet.title) if sheet.draft else sheet.title
    author = document.issuer.unit.name if sheet.draft else document.issuer.physician.name
    imprint = Imprint(_line(title), _line(author), _line(f"fmstod {document.program}"), document.signed_at)
    return finish(out.getvalue(), canvas.tree, imprint)


def _line(said: str) -> str:
    return " ".join(readable(said).split())


def paginate(story: Sequence[Block], tall: float = t.TALL) -> list[list[Placed]]:
    """The blocks on pages: a block that doesn't fit is split, or moved if it stays whole."""
    pages: list[list[Placed]] = [[]]
    waiting, used = list(reversed(story)), 0.0
    while waiting:
        block = waiting.pop()
        if block.starts and pages[-1]:
            pages.append([])
            used = 0.0
        page = pages[-1]
        under = used + (block.before if page else 0)
        if fits(under + block.height, tall):
            page.append((under, block))
            used = under + block.height
            continue
        halves = block.split(tall - under, not page)
        if not halves and not page:
            raise RuntimeError(f"a {type(block).__name__} is higher than a page")
        if halves:
            page.append((under, halves[0]))
        waiting.append(halves[1] if halves else block)
        pages.append([])
        used = 0.0
    return _with_company(pages, tall)


def _with_company(pages: list[list[Placed]], tall: float) -> list[list[Placed]]:
    """The last block, who signed, doesn't stand alone on a page if the one before it, or its last lines, can come along."""
    if len(pages) < 2 or len(pages[-1]) > 1:
        return pages
    (under, before), (_, last) = pages[-2][-1], pages[-1][0]
    if isinstance(last, Section) and last.later:
        return pages
    stays = pages[-2][:-1]
    if not stays or not fits(before.height + last.before + last.height, tall):
        halves = next(filter(None, (before.split(before.height - lines * t.STEP) for lines in _LINES)), None)
        if halves is None or not fits(halves[1].height + last.before + last.height, tall):
            return pages
        stays, before = [*stays, (under, halves[0])], halves[1]
    return [*pages[:-2], stays, [(0.0, before), (before.height + last.before, last)]]


def _draw(canvas: TaggedCanvas, page: Sequence[Placed]) -> None:
    for n, (under, block) in enumerate(page):
        top = t.TOP - under
        if n and isinstance(block, Section):
            canvas.hairline(t.MARGIN, top + block.before / 2, t.WIDTH)
        block.draw(canvas, t.MARGIN, top)


def _furnish(canvas: TaggedCanvas, sheet: Sheet, number: int, total: int) -> None:
    """Drawn first, so that the text lies on the watermark; the word is in the header and in the text besides."""
    if sheet.draft:
        _watermark(canvas)
    _header(canvas, sheet, number, total)
    _footer(canvas, sheet)
    if not sheet.draft:
        canvas.saveState()
        canvas.translate(t.PAGE_WIDTH - t.EDGE, t.BOTTOM)
        canvas.rotate(90)
        words = text(f"paper.id.{sheet.named or sheet.document.kind}", id=readable(sheet.document.id))
        canvas.write(0, 0, words, t.REGULAR, SMALL, t.MUTED)
        canvas.restoreState()


def _watermark(canvas: TaggedCanvas) -> None:
    word = text("paper.draft.word")
    canvas.saveState()
    canvas.translate(t.PAGE_WIDTH / 2, t.PAGE_HEIGHT / 2)
    canvas.rotate(45)
    left = -width_of(word, t.STRONG, t.WATERMARK_SIZE) / 2
    canvas.write(left, -0.36 * t.WATERMARK_SIZE, word, t.STRONG, t.WATERMARK_SIZE, t.WATERMARK)
    canvas.restoreState()


def _header(canvas: TaggedCanvas, sheet: Sheet, number: int, total: int) -> None:
    left, right, y = t.MARGIN, t.MARGIN + t.WIDTH, t.PAGE_HEIGHT - t.HEADER
    canvas.write_right(right, y, f"{number} ({total})", t.REGULAR, SMALL, t.MUTED)
    room = t.WIDTH - t.SIDE / 2
    if sheet.draft:
        word = text("paper.draft.word")
        canvas.write_right(right - t.SIDE / 2, y, word, t.STRONG, SMALL)
        room -= width_of(word, t.STRONG, SMALL) + t.GUTTER
    if number == 1:
        unit = shorten(sheet.document.issuer.unit.name, room, t.STRONG, t.BODY.size)
        canvas.write(left, y, unit, t.STRONG, t.BODY.size)
        return
    mark = text("paper.protected.running") if sheet.document.patient.protected else ""
    tail = f"  {sheet.number}"
    wide = width_of(sheet.title + mark, t.REGULAR, SMALL) + t.GUTTER
    # The name gets what the title leaves, or its own column, and then the title what the name leaves.
    for_name = max(room - wide, t.SECOND - t.GUTTER) - width_of(tail, t.STRONG, SMALL)
    whom = shorten(sheet.name, for_name, t.STRONG, SMALL) + tail
    canvas.write(left, y, whom, t.STRONG, SMALL)
    column = max(t.SECOND, width_of(whom, t.STRONG, SMALL) + t.GUTTER)
    for_title = room - column - width_of(mark, t.REGULAR, SMALL)
    title = shorten(sheet.title, for_title, t.REGULAR, SMALL) + mark
    canvas.write(left + column, y, title, t.REGULAR, SMALL, t.MUTED)
    canvas.stroke(left, y - t.HALF, right, y - t.HALF)


def _footer(canvas: TaggedCanvas, sheet: Sheet) -> None:
    unit = sheet.document.issuer.unit
    place = f"{unit.postcode} {unit.town}".strip()
    reached = ", ".join(part for part in (unit.address, place, unit.phone) if part.strip())
    canvas.write(t.MARGIN, t.FOOTER, shorten(reached, t.WIDTH, t.REGULAR, SMALL), t.REGULAR, SMALL, t.MUTED)
    made = text("paper.made", program=readable(sheet.document.program))
    canvas.write(t.MARGIN, t.FOOTER - t.FOOTER_STEP, made, t.REGULAR, SMALL, t.MUTED)
    if sheet.origin:
        canvas.write_right(t.MARGIN + t.WIDTH, t.FOOTER - t.FOOTER_STEP, sheet.origin, t.REGULAR, SMALL, t.MUTED)
