"""A canvas that records what each piece of a page means.

Three kinds of marks: `group` (an element that only holds others), `mark` (an element with text or graphics of its own)
and `artifact` (decoration, running headers; a screen reader passes it by).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from fmstod.reports.tokens import HAIRLINE, LINE, PAGE_HEIGHT, PAGE_WIDTH, REGULAR, TEXT
from fmstod.reports.typeface import width_of, widths


class Element:
    """A node of the structure tree. Its children are elements, or (page from 0, mark number) of its own content."""

    def __init__(self, role: str, *, alt: str = "", scope: str = "") -> None:
        self.role, self.alt, self.scope = role, alt, scope
        self.children: list[Element | tuple[int, int]] = []
        self.box: tuple[float, float, float, float] | None = None
        self.placed = False


class TaggedCanvas(Canvas):
    """Collects the structure tree while pages are drawn; elements are read in the order in which they are drawn."""

    _code: list[str]  # the page's operators so far

    def __init__(self, file: IO[bytes]) -> None:
        widths(REGULAR)
        size = (PAGE_WIDTH, PAGE_HEIGHT)
        first: Any = REGULAR  # the stubs think that a face's name is a number
        super().__init__(file, size, pageCompression=0, invariant=1, initialFontName=first)
        self.tree = self._parent = Element("Document")
        self._inside = False
        self._marks = 0

    def _attach(self, element: Element) -> None:
        if not element.placed:
            element.placed = True
            self._parent.children.append(element)

    @contextmanager
    def group(self, element: Element) -> Iterator[None]:
        self._attach(element)
        outer, self._parent = self._parent, element
        yield
        self._parent = outer

    @contextmanager
    def mark(self, element: Element) -> Iterator[None]:
        self._attach(element)
        element.children.append((self.getPageNumber() - 1, self._marks))
        with self._marked(f"/{element.role} <</MCID {self._marks}>> BDC"):
            yield
        self._marks += 1

    @contextmanager
    def artifact(self, kind: str = "Layout") -> Iterator[None]:
        with self._marked(f"/Artifact <</Type /{kind}>> BDC"):
            yield

    @contextmanager
    def _marked(self, start: str) -> Iterator[None]:
        if self._inside:
            raise RuntimeError("marked content does not nest")
        self._inside = True
        self._code.append(start)
        yield
        self._code.append("EMC")
        self._inside = False

    def write(self, x: float, y: float, text: str, face: str, size: float, colour: Color = TEXT) -> None:
        """One line of `readable` text with its baseline at `y`."""
        self.setFillColor(colour)
        line = self.beginText(x, y)
        line.setFont(face, size)
        line.textOut(text)
        self.drawText(line)

    def write_right(self, x: float, y: float, text: str, face: str, size: float, colour: Color = TEXT) -> None:
        self.write(x - width_of(text, face, size), y, text, face, size, colour)

    def whisper(self, x: float, y: float, text: str) -> None:
        """Text that readers and text searches meet but the eye does not: the words behind a drawn sign."""
        line = self.beginText(x, y)
        line.setFont(REGULAR, 2)
        line.setTextRenderMode(3)
        line.textOut(text)
        line.setTextRenderMode(0)
        self.drawText(line)

    def fill(self, x: float, y: float, width: float, height: float, colour: Color) -> None:
        self.setFillColor(colour)
        self.rect(x, y, width, height, stroke=0, fill=1)

    def diamond(self, x: float, y: float, half: float, colour: Color) -> None:
        """Standing on its corner around `x`, `y`."""
        self.setFillColor(colour)
        path = self.beginPath()
        path.moveTo(x, y + half)
        for dx, dy in ((half, 0), (0, -half), (-half, 0)):
            path.lineTo(x + dx, y + dy)
        path.close()
        self.drawPath(path, stroke=0, fill=1)

    def stroke(
        self, x: float, y: float, to_x: float, to_y: float, colour: Color = LINE, wide: float = HAIRLINE
    ) -> None:
        self.setStrokeColor(colour)
        self.setLineWidth(wide)
        self.line(x, y, to_x, to_y)

    def hairline(self, x: float, y: float, width: float, colour: Color = LINE, wide: float = HAIRLINE) -> None:
        """A line that only separates."""
        with self.artifact():
            self.stroke(x, y, x + width, y, colour, wide)

    def next_page(self) -> None:
        self.showPage()
        self._marks = 0
