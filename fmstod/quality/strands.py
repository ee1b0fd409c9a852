"""The chain as a handler follows it: diagnosis, impairment, limitation, and what of each leads to the next."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fmstod.domain.icd import dotted
from fmstod.domain.record import Record
from fmstod.quality.chain import IMPAIRMENT, LIMITATION, leads
from fmstod.quality.impairment import evidence, outside
from fmstod.quality.lexicon import Lexicon, WordList
from fmstod.quality.reader import Given, Illness, Reader
from fmstod.quality.rulebook import Rulebook
from fmstod.quality.words import Words

RULE = "DFA-01"  # has the pairs of function and activity
ANY = ("b",)


class _Function(Record):
    code: str
    lists: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


class _Links(Record):
    chapters: Mapping[str, tuple[str, ...]]
    function: tuple[_Function, ...]
    activities: Mapping[str, str]


@dataclass(frozen=True, eq=False)
class Links:
    """What leads where, made ready."""

    chapters: Mapping[str, tuple[str, ...]]
    functions: Sequence[_Function]
    activities: Mapping[str, str]
    words: Lexicon


@dataclass(frozen=True)
class Strand:
    """One thing of a column, as it stands there; `codes` are the beginnings of ICF codes that it is about."""

    text: str
    codes: frozenset[str] = frozenset()
    icf: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Strands:
    """The three columns. `limits` are pairs of places in the first and the second, `follows` in the second and third.

    `unread` are the sentences that say nothing to be followed, or only what is normal.
    """

    diagnoses: tuple[Strand, ...]
    functions: tuple[Strand, ...]
    activities: tuple[Strand, ...]
    limits: frozenset[tuple[int, int]]
    follows: frozenset[tuple[int, int]]
    unread: tuple[str, ...] = ()

    @property
    def loose(self) -> Mapping[str, frozenset[int]]:
        """What hangs loose: `diagnosis` and `function` without a next thing, `caused` and `activity` without one before."""
        led, caused = {d for d, _ in self.limits}, {f for _, f in self.limits}
        onward, reached = {f for f, _ in self.follows}, {a for _, a in self.follows}
        return {
            "diagnosis": frozenset(range(len(self.diagnoses))) - led,
            "caused": frozenset(range(len(self.functions))) - caused,
            "function": frozenset(range(len(self.functions))) - onward,
            "activity": frozenset(range(len(self.activities))) - reached,
        }


def load_links(content: Mapping[str, Any], stem: Callable[[str], str]) -> Links:
    """From parsed TOML. Raises ValueError."""
    read = _Links.model_validate(content)
    lists = {each.code: WordList(words=each.words) for each in read.function}
    return Links(read.chapters, read.function, read.activities, Lexicon(lists, stem))


def strands(book: Rulebook, links: Links, given: Given, names: Mapping[str, str]) -> Strands:
    """What is written, sentence by sentence, and what is picked; `names` are those of ICF codes."""
    reader = Reader(given, book.lexicon)
    pairs = next(rule.pairs for rule in book.rules if rule.id == RULE)
    diagnoses = tuple(_diagnosis(links, each) for each in given.illnesses)
    unread: list[str] = []
    functions = (
        *_picked(reader, IMPAIRMENT, names),
        *_told(reader, book.lexicon, IMPAIRMENT, lambda w: _functions(links, w), unread),
    )
    activities = (
        *_picked(reader, LIMITATION, names),
        *_told(reader, book.lexicon, LIMITATION, lambda w: _acts(links, w), unread),
    )
    return Strands(
        diagnoses,
        functions,
        activities,
        limits=_joined(
            diagnoses, functions, lambda d, f: any(_begins(c, d.codes) for c in f.codes) or bool(d.icf & f.codes)
        ),
        follows=_joined(
            functions,
            activities,
            lambda f, a: (
                any(leads(pairs, b, d) for b in f.codes for d in a.codes)
                or any(f.codes & each.icf and a.codes & each.icf for each in given.illnesses)
            ),
        ),
        unread=tuple(unread),
    )


def _diagnosis(links: Links, illness: Illness) -> Strand:
    name = f"{dotted(illness.code)} {illness.text or illness.name}".strip()
    return Strand(name, frozenset(links.chapters.get(illness.code[:1], ANY)), illness.icf)


def _picked(reader: Reader, ref: str, names: Mapping[str, str]) -> tuple[Strand, ...]:
    return tuple(
        Strand(f"{each.code} {names.get(each.code, '')}".strip(), frozenset({each.code})) for each in reader.icf(ref)
    )


def _told(
    reader: Reader, lexicon: Lexicon, ref: str, codes_of: Callable[[Words], Iterable[str]], unread: list[str]
) -> tuple[Strand, ...]:
    """The sentences that tell of anything that can be followed; the others go to `unread`."""
    words, found = reader.words(ref), []
    for first, end in words.sentences:
        said = words.text[first:end].strip()
        alone = Words(said, lexicon)
        if (codes := frozenset(codes_of(alone))) and not (ref == IMPAIRMENT and _is_normal(alone)):
            found.append(Strand(said, codes))
        elif said:
            unread.append(said)
    return tuple(found)


def _is_normal(words: Words) -> bool:
    """A normal finding and no other (as FUN-05): nothing follows from it."""
    normal = words.apart("normal", "normal_mind")
    return bool(normal) and not outside(evidence(words, "abnormal"), normal)


def _functions(links: Links, words: Words) -> Iterable[str]:
    own = Words(words.text, links.words)
    return (each.code for each in links.functions if own.has(each.code) or words.has(*each.lists))


def _acts(links: Links, words: Words) -> Iterable[str]:
    return (code for name, code in links.activities.items() if words.has(name))


def _joined(
    ones: Sequence[Strand], others: Sequence[Strand], leads_to: Callable[[Strand, Strand], bool]
) -> frozenset[tuple[int, int]]:
    return frozenset((n, m) for n, one in enumerate(ones) for m, other in enumerate(others) if leads_to(one, other))


def _begins(code: str, beginnings: Iterable[str]) -> bool:
    return any(code.startswith(each) or each.startswith(code) for each in beginnings)
