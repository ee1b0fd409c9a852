"""Mark-up from outside as plain paragraphs: nothing in it is obeyed, and nothing but text comes out."""

import re
from collections.abc import Sequence
from html.parser import HTMLParser

LONGEST, MOST = 4_000, 200  # characters of a paragraph, paragraphs of a text
_BLOCKS = {"p", "div", "li", "ul", "ol", "br", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr", "td", "th", "hr"}
_SILENT = {"script", "style", "title", "template", "noscript", "iframe", "object", "svg", "math", "head"}
_ITEM = "– "
# What html.parser reads again and again when it doesn't end: comments and declarations, and a < that begins no tag.
_DECLARATION = re.compile(r"<[!?][^>]*>?")
_NO_TAG = re.compile(r"<(?!/?[a-zA-Z][^<>]*>)")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[str] = []
        self._words: list[str] = []
        self._start, self._silent = "", 0

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag in _BLOCKS:
            self.end()
            self._start = _ITEM if tag == "li" else self._start if tag == "p" else ""

    def handle_startendtag(self, tag: str, _attrs: object) -> None:
        if tag in _BLOCKS:
            self.end()

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _BLOCKS:
            self.end()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._words.append(data)

    def end(self) -> None:
        """Close the paragraph that is being read."""
        words = plain("".join(self._words))
        self._words.clear()
        if words and len(self.paragraphs) < MOST:
            self.paragraphs.append((self._start + words)[:LONGEST])
            self._start = ""


def paragraphs(markup: str) -> Sequence[str]:
    """The paragraphs of mark-up; items of a list begin with a dash."""
    reader = _Reader()
    reader.feed(_NO_TAG.sub("&lt;", _DECLARATION.sub("", markup)))
    reader.close()
    reader.end()
    return tuple(reader.paragraphs)


def plain(text: str) -> str:
    """One line without control characters, and without those that turn the direction of writing."""
    shown = (char if char.isprintable() else " " if char.isspace() else "" for char in text)
    return " ".join("".join(shown).split())
