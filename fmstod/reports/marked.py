"""A copy of a signed paper that no longer holds: it says so on every page, and by which certificate (safety.md H12).

The stored paper stays as it was sealed. A seal is of every byte, so the copy can't keep it: its field goes, and the mark
says that this is a copy. It stays PDF/A-2a and PDF/UA-1; on the first page the mark is read aloud before all else.
"""

import io
import re
from datetime import UTC, datetime
from functools import cache
from xml.sax.saxutils import escape, unescape

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from fmstod.domain.lifecycle import Mark
from fmstod.reports import tokens as t
from fmstod.reports.archive import Imprint, finish, saved
from fmstod.reports.seal_check import MARKED
from fmstod.reports.tagged import Element, TaggedCanvas
from fmstod.reports.typeface import readable, shorten, width_of
from fmstod.texts import text

BAND = 18.0  # points, the height of the mark in the strip above the running header
ABOVE = 12.0  # points between it and the upper edge: nearer than that few printers print
DIAGONAL = 640.0  # points, the most that the word behind the text takes
_ANY = datetime.min.replace(tzinfo=UTC)  # of the sheet that the mark is drawn on; nothing of that is taken
_TITLE = re.compile(r'(?<=<dc:title><rdf:Alt><rdf:li xml:lang="x-default">).*?(?=</rdf:li>)', re.DOTALL)


def mark(pdf: bytes, why: Mark) -> bytes:
    """The marked copy of a paper, sealed or not. Equal input gives equal bytes."""
    with pikepdf.open(io.BytesIO(pdf)) as paper, pikepdf.open(io.BytesIO(_drawn(why))) as drawn:
        _take_seal_off(paper)
        below, spoken, silent = (_Stamp(paper, page) for page in drawn.pages)
        for number, page in enumerate(paper.pages):
            below.put(page, under=True)
            (silent if number else spoken).put(page)
        _let_it_be_read(paper)
        _name(paper, why)
        return saved(paper)


@cache
def _drawn(why: Mark) -> bytes:
    """Three pages: the word behind the text, the mark that is read aloud, and the one for the pages after that."""
    out = io.BytesIO()
    canvas = TaggedCanvas(out)
    with canvas.artifact("Pagination"):
        _word(canvas, text(f"marked.word.{why.kind}"))
    canvas.next_page()
    with canvas.mark(Element("P")):
        _band(canvas, why)
    canvas.next_page()
    with canvas.artifact("Pagination"):
        _band(canvas, why)
    canvas.next_page()
    canvas.save()
    return finish(out.getvalue(), canvas.tree, Imprint("", "", "", _ANY))


def _word(canvas: TaggedCanvas, word: str) -> None:
    size = min(t.WATERMARK_SIZE, DIAGONAL / width_of(word, t.STRONG, 1))
    canvas.saveState()
    canvas.translate(t.PAGE_WIDTH / 2, t.PAGE_HEIGHT / 2)
    canvas.rotate(45)
    canvas.write(-width_of(word, t.STRONG, size) / 2, -0.36 * size, word, t.STRONG, size, t.WATERMARK)
    canvas.restoreState()


def _band(canvas: TaggedCanvas, why: Mark) -> None:
    bottom = t.PAGE_HEIGHT - ABOVE - BAND
    baseline = bottom + BAND / 2 - 0.36 * t.HEADING.size
    copy = readable(text("marked.copy"))
    room = t.WIDTH - width_of(copy, t.REGULAR, t.NOTE.size) - t.GUTTER - 2 * t.HALF
    by = shorten(text(f"marked.by.{why.kind}", id=why.document), room, t.STRONG, t.HEADING.size)
    canvas.fill(t.MARGIN, bottom, t.WIDTH, BAND, t.TEXT)
    canvas.write(t.MARGIN + t.HALF, baseline, f"{by} ", t.STRONG, t.HEADING.size, t.PAPER)
    canvas.write_right(t.MARGIN + t.WIDTH - t.HALF, baseline, copy, t.REGULAR, t.NOTE.size, t.PAPER)


class _Stamp:
    """What is drawn on one sheet, to be put on any page of a paper."""

    def __init__(self, paper: pikepdf.Pdf, drawn: pikepdf.Page) -> None:
        code = drawn.obj.Contents.read_bytes()
        self._fonts = {}
        for name, font in drawn.obj.Resources.Font.items():
            own = f"/Mark{name[1:]}"
            self._fonts[own] = paper.copy_foreign(font)
            code = code.replace(name.encode() + b" ", own.encode() + b" ")
        self._paper, self._code = paper, b"q\n" + code + b"\nQ \n"

    def put(self, page: pikepdf.Page, *, under: bool = False) -> None:
        for name, font in self._fonts.items():
            page.obj.Resources.Font[name] = font
        code = self._code.replace(b"/MCID 0>>", b"/MCID %d>>" % len(_marks(self._paper)))
        own = page.obj.Contents if isinstance(page.obj.Contents, Array) else [page.obj.Contents]
        added = self._paper.make_stream(code)
        page.obj.Contents = Array([added, *own] if under else [*own, added])


def _marks(paper: pikepdf.Pdf) -> pikepdf.Object:
    """The owners of the marked pieces of the first page, by their numbers."""
    return paper.Root.StructTreeRoot.ParentTree.Nums[1]


def _let_it_be_read(paper: pikepdf.Pdf) -> None:
    """The mark of the first page becomes the first thing in the reading order."""
    whole, marks = paper.Root.StructTreeRoot.K, _marks(paper)
    piece = Dictionary(Type=Name.MCR, Pg=paper.pages[0].obj, MCID=len(marks))
    tag = paper.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, P=whole, K=Array([piece])))
    marks.append(tag)
    whole.K.insert(0, tag)


def _take_seal_off(paper: pikepdf.Pdf) -> None:
    """Signature, field and its place among the tags: the last things that `seal` put there."""
    if "/AcroForm" not in paper.Root:
        return
    del paper.Root.AcroForm
    tags, page = paper.Root.StructTreeRoot, paper.pages[-1].obj
    del page.Annots  # the field is the only one
    kids, numbers = tags.K.K, tags.ParentTree.Nums
    del kids[-1]
    del numbers[-2:]
    tags.ParentTreeNextKey -= 1


def _name(paper: pikepdf.Pdf, why: Mark) -> None:
    """Its title says what it is, and so does a word for `fmstod verify`."""
    xmp = paper.Root.Metadata
    told = xmp.read_bytes().decode()
    title = _TITLE.search(told)
    name = text(f"marked.title.{why.kind}", title=unescape(title[0]) if title else "")
    xmp.write(_TITLE.sub(lambda _found: escape(name), told).encode())
    paper.trailer.Info.Title = String(name)
    paper.trailer.Info[MARKED] = Name(f"/{why.kind}")
