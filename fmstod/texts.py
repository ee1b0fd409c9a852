"""The Swedish sentences, by key: every `resources/texts/*.toml`, tables joined with dots, and those of the rules of quality."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import tomli

from fmstod.paths import RESOURCES

_FIRST = RESOURCES / "texts" / "entry.toml"  # what the unlock window says: it doesn't wait for the others


@cache
def catalogue() -> Mapping[str, str]:
    """All sentences. Two files that define one key are a mistake: ValueError."""
    found: dict[str, str] = {}
    for file in sorted((RESOURCES / "texts").glob("*.toml")):
        sentences = _read(file)
        if twice := found.keys() & sentences.keys():
            raise ValueError(f"{file.name}: {min(twice)} is defined twice")
        found.update(sentences)
    for file in sorted((RESOURCES / "quality" / "rules").glob("*.toml")):
        found.update(_of_rules(tomli.loads(file.read_text(encoding="utf-8"))["rule"]))
    return found


def _of_rules(rules: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """What the rules of quality say, each beside its condition; their keys are those of the form's own rules."""
    for rule in rules:
        yield f"problem.{rule['id']}", rule["says"]
        yield from ((f"problem.{rule['id']}.{key}", said) for key, said in rule.get("also", {}).items())
        yield from ((f"rules.{what}.{rule['id']}", rule[what]) for what in ("why", "source", "plain"))


def text(key: str, /, **values: object) -> str:
    """The sentence for `key` with its gaps filled. An unknown key is a bug: KeyError."""
    sentence = _read(_FIRST).get(key) or catalogue()[key]
    return sentence.format(**values) if values else sentence


@cache
def _read(file: Path) -> Mapping[str, str]:
    return dict(_flat(tomli.loads(file.read_text(encoding="utf-8"))))


def _flat(table: Mapping[str, object], before: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        key = f"{before}.{name}" if before else name
        if isinstance(value, Mapping):
            yield from _flat(value, key)
        else:
            yield key, str(value)
