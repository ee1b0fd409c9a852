"""The rules of quality as their files have them, and the lexicons that they look in."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pydantic import Field

from fmstod.domain.inquiry import GROUPS
from fmstod.domain.problem import Level, Problem, Span
from fmstod.domain.record import Record
from fmstod.quality.lexicon import GAP, Lexicon, Stem, WordList

ID = re.compile(r"[A-Z]{3}-\d\d")


class Rule(Record):
    """One rule (sickleave.md 5.4). `ref` is the question that it belongs to, `group` one of `inquiry.GROUPS`.

    `under` is the form's rule that it restates: then what it says goes under that id. It is silent where the form already
    says one of `yields`. `lacks` and `has` are lexicons: the rule fires when the text of `ref` (with `texts`: of those)
    has none of them, or one; a rule with a function of its own names its lexicons in `words`. `limits` are its numbers,
    `pairs` what goes with what.
    `says` is the sentence, `also` further ones by key; `plain` says the same to the patient or the coordinator.
    """

    id: str = Field(pattern=ID.pattern)
    level: Level
    group: str
    ref: str
    texts: tuple[str, ...] = ()
    under: str = ""
    yields: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    has: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    limits: Mapping[str, float] = {}
    pairs: Mapping[str, tuple[str, ...]] = {}
    says: str
    also: Mapping[str, str] = {}
    plain: str
    why: str
    source: str

    def problem(
        self, *spans: Span, field: str = "", key: str = "", level: Level | None = None, **values: object
    ) -> Problem:
        """What it says of one place; `key` is one of `also`."""
        sentence = f"{self.id}.{key}" if key else self.id
        return Problem(self.under or self.id, field or self.ref, level or self.level, sentence, values, spans=spans)


@dataclass(frozen=True, eq=False)
class Rulebook:
    """All rules in the order of the groups, and their lexicons made ready."""

    rules: tuple[Rule, ...]
    lexicon: Lexicon


def load_rules(files: Iterable[Mapping[str, object]]) -> tuple[Rule, ...]:
    """The rules in the order of the groups, from parsed TOML with `[[rule]]`. Raises ValueError for what is twice."""
    read = [rule for content in files for rule in _Rules.model_validate(content).rule]
    ids = [rule.id for rule in read]
    for rule in read:
        if ids.count(rule.id) > 1:
            raise ValueError(f"{rule.id} is there twice")
        if rule.group not in GROUPS:
            raise ValueError(f"{rule.id}: no group {rule.group}")
    order = list(GROUPS)
    return tuple(sorted(read, key=lambda rule: (order.index(rule.group), rule.id)))


def load_rulebook(rules: tuple[Rule, ...], lexicons: Mapping[str, Mapping[str, object]], stem: Stem) -> Rulebook:
    """`lexicons` is parsed TOML by file name, a table for each. Raises ValueError for what is twice or isn't there."""
    lists: dict[str, WordList] = {}
    for name, content in lexicons.items():
        for key, table in content.items():
            if key in lists:
                raise ValueError(f"{name}: {key} is there twice")
            lists[key] = WordList.model_validate(table)
    for fault in _faults(rules, lists):
        raise ValueError(fault)
    return Rulebook(rules, Lexicon(lists, stem))


class _Rules(Record):
    rule: tuple[Rule, ...]


def _is_phrase(text: str) -> bool:
    """Several words; a gap lies between two."""
    return " " in text and not text.startswith(GAP) and not text.endswith(GAP)


def _faults(rules: Iterable[Rule], lists: Mapping[str, WordList]) -> Iterator[str]:
    for rule in rules:
        if rule.level is Level.ERROR:
            yield f"{rule.id}: a rule of quality is no error"
        yield from (f"{rule.id}: no lexicon {n}" for n in (*rule.lacks, *rule.has, *rule.words) if n not in lists)
    yield from (f"{name}: {w} is a phrase" for name, each in lists.items() for w in each.single if " " in w)
    yield from (f"{name}: {w} is no phrase" for name, each in lists.items() for w in each.phrases if not _is_phrase(w))
    yield from (f"{name}: no lexicon {n}" for name, each in lists.items() for n in each.besides if n not in lists)
