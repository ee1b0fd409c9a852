"""What the ICF categories mean, in our own words, and search among them: `resources/icf.toml`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Literal

from pydantic import StringConstraints

from fmstod.domain.record import Record
from fmstod.knowledge.codes import bare
from fmstod.knowledge.data_text import as_text, parsed
from fmstod.knowledge.library import IcfLabel

FILE = "icf.toml"
STRONG = 2  # ranks up to this are the category's own names and search words
LONG = 4  # letters from which a word says enough to be sought in sentences and beginnings
_WORD = re.compile(r"[0-9a-zåäöéèüø]+")
_CODE = re.compile(r"[bd][0-9]*")
_NEIGHBOUR = re.compile(r"\b[bd][0-9]+\b")  # a meaning that names the code beside it isn't found by that code

Component = Literal["b", "d"]
Sentence = Annotated[str, StringConstraints(min_length=1, max_length=160)]
Code = Annotated[str, StringConstraints(pattern=r"^[bd][1-9][0-9]{0,4}$")]


class Category(Record):
    """What a category is about. `shows`: of a function (`b`) what is observed or tested, of an activity (`d`) what the
    person can't do. `example` is a sentence about an invented patient. `words` are what people type for it.
    """

    meaning: Sentence
    shows: Sentence
    example: Sentence
    words: tuple[str, ...]


class Descriptions(Record):
    """The whole file. `passed_over` are words that say nothing of what is sought."""

    passed_over: tuple[str, ...]
    category: Mapping[Code, Category]


def load_descriptions(content: str | bytes) -> Descriptions:
    """The file from its text. Raises BadDataFile."""
    return parsed(Descriptions, FILE, {FILE: as_text(FILE, content)})


@dataclass(frozen=True)
class CategoryHit:
    """A category to choose. `described` is None for one that the clinic's own edition of FMB brought along."""

    code: str
    label: str
    name: str
    described: Category | None
    suggested: bool = False


@dataclass(frozen=True)
class CategoryIndex:
    """The functions (`b`) or the activities (`d`) that FMB uses, with what we say of them, made ready for search at each
    keystroke.
    """

    labels: Mapping[str, IcfLabel]
    descriptions: Descriptions
    component: Component

    def hit(self, code: str, suggested: bool = False) -> CategoryHit:
        """The category, of whichever component; one that isn't known has no label."""
        label = self.labels.get(code, IcfLabel("", ""))
        return CategoryHit(code, label.shown, label.name, self.descriptions.category.get(code), suggested)

    def search(self, text: str, suggested: Sequence[str] = ()) -> Sequence[CategoryHit]:
        """All for no text, else those that the beginning of a code or the words mean. Folds as the search for codes.

        What names and search words say comes before what only stands inside a word or in the description; within each
        the suggested come first; among them and after them the better match, then what is called just so, then in the
        order of the suggestions and by code. Where no category has all the words, those that have most of them.
        """
        said = " ".join(text.lower().split())
        places = {code: n for n, code in enumerate(suggested)}
        found = [(row, ranks) for row in self._rows if (ranks := self._ranks(said, row))]
        missing = min((ranks.count(None) for _, ranks in found), default=0)
        ranked = []
        for row, ranks in found:
            own = [rank for rank in ranks if rank is not None]
            if own and ranks.count(None) == missing:
                place = places.get(row.code, len(places))
                called = said in row.called
                ranked.append((max(own) > STRONG, place == len(places), max(own), not called, place, row.code))
        return tuple(self.hit(code, suggested=code in places) for *_, code in sorted(ranked))

    def _ranks(self, said: str, row: "_Row") -> Sequence[int | None]:
        """For each typed word where it is found; nothing when none is a word."""
        code = said.replace(" ", "").replace(".", "")
        if not said or (_CODE.fullmatch(code) and row.code.startswith(code)):
            return (0,)
        words = [word for word in _WORD.findall(said) if word not in self._passed_over] or _WORD.findall(said)
        plainly = bare(said) == said  # who types å, ä or ö means it
        return [_place(word, row.bare if plainly else row.plain) for word in words]

    @cached_property
    def _passed_over(self) -> frozenset[str]:
        words = self.descriptions.passed_over
        return frozenset((*words, *map(bare, words)))

    @cached_property
    def _rows(self) -> Sequence["_Row"]:
        return [self._row(code) for code in sorted(self.labels) if code.startswith(self.component)]

    def _row(self, code: str) -> "_Row":
        label, own = self.labels[code], self.descriptions.category.get(code)
        names = f"{label.name} {label.plain}"
        sought, sentences = (" ".join(own.words), _NEIGHBOUR.sub("", f"{own.meaning} {own.shows}")) if own else ("", "")
        plain = (names, sought, sentences)
        called = frozenset(made(name.lower()) for name in (label.name, label.plain) if name for made in (str, bare))
        return _Row(code, called, _Words.of(*plain), _Words.of(*map(bare, plain)))


@dataclass(frozen=True)
class _Words:
    """The words of the names, those that people type, and those of the sentences, each in lower case."""

    names: frozenset[str]
    sought: frozenset[str]
    sentences: frozenset[str]

    @staticmethod
    def of(*texts: str) -> "_Words":
        return _Words(*(frozenset(_WORD.findall(text.lower())) for text in texts))


@dataclass(frozen=True)
class _Row:
    code: str
    called: frozenset[str]
    plain: _Words
    bare: _Words


def _place(word: str, words: _Words) -> int | None:
    """Where a typed word is found: 0 begins a word of the name, 1 is a search word, 2 begins one, 3 stands inside a word
    or holds one ("minnesproblem"), 4 begins a word of the description; None: nowhere.
    """
    if any(own.startswith(word) for own in words.names):
        return 0
    if word in words.sought:
        return 1
    if any(own.startswith(word) for own in words.sought):
        return STRONG
    if len(word) < LONG:
        return None
    if any(word in own or (len(own) >= LONG and own in word) for own in words.names | words.sought):
        return 3
    return 4 if any(own.startswith(word) for own in words.sentences) else None
