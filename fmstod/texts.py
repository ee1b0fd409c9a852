"""The Swedish sentences, by key: every `resources/texts/*.toml`, tables joined with dots."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache

from fmstod.paths import RESOURCES


@cache
def catalogue() -> Mapping[str, str]:
    """All sentences. Two files that define one key are a mistake: ValueError."""
    found: dict[str, str] = {}
    for file in sorted((RESOURCES / "texts").glob("*.toml")):
        for key, sentence in _flat(tomllib.loads(file.read_text(encoding="utf-8"))):
            if key in found:
                raise ValueError(f"{file.name}: {key} is defined twice")
            found[key] = sentence
    return found


def text(key: str, /, **values: object) -> str:
    """The sentence for `key` with its gaps filled. An unknown key is a bug: KeyError."""
    sentence = catalogue()[key]
    return sentence.format(**values) if values else sentence


def _flat(table: Mapping[str, object], before: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        key = f"{before}.{name}" if before else name
        if isinstance(value, Mapping):
            yield from _flat(value, key)
        else:
            yield key, str(value)
