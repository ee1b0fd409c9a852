"""ICD-10-SE codes: labels and search among the codes that FMB carries. Never fuzzy (H3): a code is itself or not."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Protocol

from fmstod.domain.icd import Standing, is_code, lacks_fourth, normalise

_WORD = re.compile(r"[0-9a-zåäöéüè]+")
_ORDER = str.maketrans({"å": "{", "ä": "|", "ö": "}", "é": "e"})


@dataclass(frozen=True)
class Hit:
    """A code to choose. `label` belongs to `of`, a shorter code, when the code has no label of its own here.

    `opens`: the certificate wants a fourth character after this one (rule DX-4). `marks` are the parts of `label` that
    the search hit, first and end, the end not included. `said` is the everyday word that led here when the label alone
    didn't ("ryggskott"): shown beside the label, so that nobody wonders why the code is there.
    """

    code: str
    label: str
    of: str
    opens: bool = False
    marks: tuple[tuple[int, int], ...] = ()
    said: str = ""

    @property
    def inherited(self) -> bool:
        """Whether the label is a shorter code's."""
        return self.of != self.code


@dataclass(frozen=True)
class Edition:
    """Which ICD-10-SE is known: its name, the first day it holds, the file it came from, the day it was read in."""

    name: str
    valid_from: date
    source: str
    imported: date


class Codes(Protocol):
    """Codes to search and to look up: FMB's own (`CodeIndex`), or a whole register."""

    @property
    def edition(self) -> Edition | None:
        """The edition that is searched: the one that holds today; None when only FMB's codes are known."""

    def search(self, text: str, limit: int = 20) -> Sequence[Hit]:
        """Hits for a beginning of a code or words of a name, the best first."""

    def hit(self, code: str) -> Hit:
        """The code with its own label, else the nearest shorter code's, else no label."""

    def children(self, code: str) -> Sequence[Hit]:
        """The known codes below this one."""

    def parent(self, code: str) -> Hit | None:
        """The nearest known code above this one."""

    def known(self, code: str, day: date) -> bool:
        """Whether the code is one on this day, by the edition that holds then."""

    def retired(self, code: str, day: date) -> Edition | None:
        """The edition since which a former code isn't one any more on this day; None where that isn't known."""


def standing(codes: Codes, day: date, code: str) -> Standing:
    """What these codes know of one on a day (rule DX-7)."""
    known, since = codes.known(code, day), codes.retired(code, day)
    return Standing(known, codes.edition.name if codes.edition else "", since.name if since else "")


def prefixes(code: str) -> Sequence[str]:
    """The code and what is left as characters are dropped from its end, down to three."""
    plain = normalise(code)
    return [plain[:n] for n in range(len(plain), 2, -1)]


def swedish(text: str) -> str:
    """A key that sorts å, ä and ö after z, as Swedish does, whatever the platform's locale."""
    return text.lower().translate(_ORDER)


def bare(text: str) -> str:
    """Lower case without accents: å, ä and ö become a and o."""
    return "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))


@dataclass(frozen=True)
class CodeIndex:
    """Labels by code (without dots), made ready for search at each keystroke."""

    labels: Mapping[str, str]
    edition: Edition | None = None

    @cached_property
    def _rows(self) -> Sequence["_Row"]:
        return [
            _Row(code, swedish(label), _Name.of(label), _Name.of(bare(label)))
            for code, label in sorted(self.labels.items())
        ]

    def search(self, text: str, limit: int = 20) -> Sequence[Hit]:
        """Hits for a beginning of a code or words of a name.

        A code's beginning comes first, then names that begin so, then words that begin so, then any place in a word
        (compounds); what only fits without the dots and rings of å, ä and ö comes after each. A complete code that
        isn't here is offered with the nearest shorter code's label.
        """
        said = " ".join(text.lower().split())
        plain = normalise(text)
        if not plain:
            return ()
        by_code = [row.code for row in self._rows if row.code.startswith(plain)]
        if not by_code and is_code(plain) and any(p in self.labels for p in prefixes(plain)):
            return (self.hit(plain),)
        words = said.split()
        plainly = bare(said) == said  # who types å, ä or ö means it
        ranked = []
        for row in self._rows:
            rank = _rank(said, words, row.name)
            if rank is None and plainly and (rank := _rank(said, words, row.bare)) is not None:
                rank += 1
            if rank is not None and row.code not in by_code:
                ranked.append((rank, row.order, row.code))
        chosen = [*by_code, *(code for _, _, code in sorted(ranked))][:limit]
        return tuple(self.hit(code) for code in chosen)

    def hit(self, code: str) -> Hit:
        """The code with its own label, else the nearest shorter code's, else no label."""
        plain = normalise(code)
        of = next((p for p in prefixes(plain) if p in self.labels), plain)
        return Hit(plain, self.labels.get(of, ""), of, lacks_fourth(plain))

    def children(self, code: str) -> Sequence[Hit]:
        """The known codes below this one, to choose from or type past."""
        plain = normalise(code)
        return tuple(self.hit(c) for c in sorted(self.labels) if c.startswith(plain) and c != plain)

    def parent(self, code: str) -> Hit | None:
        """The nearest known code above this one."""
        return next((self.hit(p) for p in prefixes(code)[1:] if p in self.labels), None)

    def known(self, code: str, day: date) -> bool:  # noqa: ARG002 - a register asks for the day
        """Whether it is one of these; they have no dates."""
        return normalise(code) in self.labels

    def retired(self, code: str, day: date) -> Edition | None:  # noqa: ARG002 - a register knows of editions
        """Nothing: there is no former edition to compare with."""
        return None


@dataclass(frozen=True)
class _Name:
    """A name in lower case, whole and as words with a space before each."""

    whole: str
    words: str

    @staticmethod
    def of(name: str) -> "_Name":
        return _Name(name.lower(), "".join(f" {word}" for word in _WORD.findall(name.lower())))


@dataclass(frozen=True)
class _Row:
    """A code made ready for search: how its name sorts, the name, and the name without dots and rings."""

    code: str
    order: str
    name: _Name
    bare: _Name


def _rank(said: str, words: Sequence[str], name: _Name) -> int | None:
    """0 the name begins with what is said, 2 each word begins a word of it, 4 each stands somewhere in it; None: no."""
    if name.whole.startswith(said):
        return 0
    inside = False
    for word in words:
        if word not in name.whole:
            return None
        inside = inside or f" {word}" not in name.words
    return 4 if inside else 2
