"""Setting words in lines: ragged right, no hyphenation; a word wider than its column goes on in the next line."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reportlab.lib.colors import Color

from fmstod.reports.tokens import MUTED, STRONG, Style
from fmstod.reports.typeface import readable, width_of, widths

_BOUND = "\u00a0"
NARROW = 0.2  # of the size: no letter is narrower, so that no line holds more of them
# A figure stays with its unit, a day with its month, «kl.» with its time.
_UNIT = re.compile(r"(?<=\d) (?=[%\d]|[a-zåäö]{1,3}\b)|(?<=\bkl\.) ")


class Run(NamedTuple):
    """Words of one kind within a text; between two runs there is a space."""

    text: str
    face: str | None = None
    colour: Color | None = None


class Piece(NamedTuple):
    text: str
    face: str
    colour: Color


class Line(NamedTuple):
    pieces: Sequence[Piece]
    width: float


def strong(text: str) -> Run:
    return Run(text, face=STRONG)


def quiet(text: str) -> Run:
    return Run(text, colour=MUTED)


def set_lines(runs: Sequence[Run], style: Style, width: float) -> list[Line]:
    """The lines of a text; at least one, so that an empty cell has the height of a line.

    A line that ends between words keeps the space there, else those who copy or listen get two words as one.
    """
    lines: list[Line] = []
    pieces: list[Piece] = []
    used = 0.0

    def end(between_words: bool) -> None:
        nonlocal pieces, used
        if between_words and pieces:
            pieces[-1] = pieces[-1]._replace(text=pieces[-1].text + " ")
        lines.append(Line(pieces, used))
        pieces, used = [], 0.0

    for word in _words(runs, style, width):
        if word is None:
            end(True)
            continue
        space = widths(word.face)[" "] * style.size / 1000
        for n, bit in enumerate(_bits(word, style.size, width)):
            wide = width_of(bit, word.face, style.size)
            if pieces and used + space + wide > width:
                end(between_words=n == 0)
            if not pieces:
                pieces, used = [word._replace(text=bit)], wide
            else:
                used += space + wide
                _append(pieces, word._replace(text=f" {bit}"))
    end(False)
    return lines


def cut(words: str, style: Style, width: float, most: int) -> str:
    """The words in `most` lines at most. What isn't whole ends at « …»."""
    line = " ".join(readable(words).split())
    most_letters = round(most * width / (NARROW * style.size))
    if len(line) <= most_letters and len(set_lines([Run(line)], style, width)) <= most:
        return line
    parts = line[:most_letters].split(" ")

    def ended(count: int) -> str:
        return " ".join([*parts[:count], "…"])

    def fits(count: int) -> bool:
        return len(set_lines([Run(ended(count))], style, width)) <= most

    return ended(bisect_left(range(1, len(parts) + 1), True, key=lambda n: not fits(n)))


def _append(pieces: list[Piece], piece: Piece) -> None:
    if pieces[-1][1:] == piece[1:]:
        pieces[-1] = piece._replace(text=pieces[-1].text + piece.text)
    else:
        pieces.append(piece)


def _words(runs: Sequence[Run], style: Style, width: float) -> Iterator[Piece | None]:
    """Each word with its face and colour, None for a line break. Bound words too wide for a line are let go."""
    for run in runs:
        face, colour = run.face or style.font, run.colour or style.colour
        for n, row in enumerate(readable(run.text).split("\n")):
            if n:
                yield None
            for word in _UNIT.sub(_BOUND, row).split(" "):
                if _BOUND in word and width_of(word, face, style.size) > width:
                    yield from (Piece(part, face, colour) for part in word.split(_BOUND) if part)
                elif word:
                    yield Piece(word, face, colour)


def _bits(word: Piece, size: float, width: float) -> Iterator[str]:
    """The word, or as many pieces of it as it takes lines."""
    if width_of(word.text, word.face, size) <= width:
        yield word.text
        return
    wide, start, used = widths(word.face), 0, 0.0
    for n, char in enumerate(word.text):
        used += wide[char] * size / 1000
        if used > width and n > start:
            yield word.text[start:n]
            start, used = n, wide[char] * size / 1000
    yield word.text[start:]
