"""The two faces of the papers, and the one place that every word passes on its way to paper."""

import unicodedata
from collections.abc import Mapping
from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from fmstod.paths import RESOURCES
from fmstod.reports.tokens import REGULAR, STRONG

_FILES = {REGULAR: "NotoSans-Regular.ttf", STRONG: "NotoSans-SemiBold.ttf"}
_UNSHOWN = "\ufffd"  # stands for each character that the faces lack, so that a reader sees that something was there
_SIGNS = {"\t": " ", "≥": ">=", "≤": "<=", "≠": "!=", "≈": "~", "→": "->", "←": "<-", "\u2212": "-"}
_WITHOUT_WIDTH = "\u00ad\u200b\u200c\u200d\u2060\ufeff"  # break hints and joiners: nothing to see, nothing lost


@cache
def widths(face: str) -> Mapping[str, float]:
    """The width of each character in thousandths of the size. The first call loads the face, from our own file."""
    font = TTFont(face, str(RESOURCES / "fonts" / _FILES[face]), asciiReadable=0, shapable=False)
    pdfmetrics.registerFont(font)
    return {chr(code): width for code, width in font.face.charWidths.items()}


def width_of(text: str, face: str, size: float) -> float:
    """Points that a `readable` text takes."""
    wide = widths(face)
    return sum([wide[char] for char in text]) * size / 1000


class _Shown(dict[int, str]):
    """How each character is set, worked out the first time it is met."""

    def __missing__(self, code: int) -> str:
        self[code] = self._set(chr(code))
        return self[code]

    @staticmethod
    def _set(char: str) -> str:
        if char in _SIGNS:
            return _SIGNS[char]
        if char in _WITHOUT_WIDTH:
            return ""
        kind = unicodedata.category(char)
        if char != "\n" and kind.startswith("C"):
            return _UNSHOWN
        if char == "\n" or (char in widths(REGULAR) and char in widths(STRONG)):
            return char
        return " " if kind == "Zs" else _UNSHOWN


_shown = _Shown()


def readable(text: str) -> str:
    """The text as it can be set: only characters of both faces, a visible sign for the rest; lines are kept.

    There is no mark-up in the papers, so nothing that was typed can mean anything but itself.
    """
    return "\n".join(unicodedata.normalize("NFC", text).splitlines()).translate(_shown)


def shorten(text: str, room: float, face: str, size: float) -> str:
    """One line that fits, for running matter and pictures only: what is shortened there stands in full elsewhere."""
    line = " ".join(readable(text).split())
    if width_of(line, face, size) <= room:
        return line
    wide, used, end = widths(face), width_of(" …", face, size), 0
    while used + wide[line[end]] * size / 1000 <= room:
        used += wide[line[end]] * size / 1000
        end += 1
    between_words = line.rfind(" ", 0, end + 1)
    return line[: between_words if between_words > 0 else end] + " …"
