"""What is wrong, missing or worth a thought in a record, as data."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias

# From which to before which character of a text.
Span: TypeAlias = tuple[int, int]


class Level(StrEnum):
    """How much it matters, the most first: an error stops signing, a warning asks, a tip helps."""

    ERROR = "error"
    WARNING = "warning"
    TIP = "tip"


@dataclass(frozen=True)
class Problem:
    """What one rule says of one place.

    `rule` is the public rule id (`SL-7`). `field` is the place: a question's ref, `32[1].to` in a list (from 0),
    `unit.postcode` or `patient.id`. `key` names the Swedish sentence when one rule has several (default: the rule);
    `values` fill its gaps, among them always `question`, the number that the user sees (33 of 33.2).
    `missing` marks what is only not yet filled in: shown after the user has asked. `spans` are the places in the
    question's text that it is about; none means the whole answer.
    """

    rule: str
    field: str
    level: Level = Level.ERROR
    key: str = ""
    values: Mapping[str, object] = dataclasses.field(default_factory=lambda: MappingProxyType({}))
    missing: bool = False
    spans: tuple[Span, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", MappingProxyType({"question": self.ref.split(".")[0], **self.values}))

    @property
    def text_key(self) -> str:
        """The key of its sentence in the catalogue of texts."""
        return f"problem.{self.key or self.rule}"

    @property
    def ref(self) -> str:
        """The question that the place lies in: `32[1].to` -> `32`."""
        return self.field.split("[")[0]


def excerpt(text: str, most: int = 80) -> str:
    """As much of a text from outside as a message may repeat: one line, bounded, that no terminal obeys."""
    return "".join(char if char.isprintable() else "?" for char in text[:most])
