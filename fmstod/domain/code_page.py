"""KVÅ codes as they are read and handed out: a part of them at a time, and who gets them."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from fmstod.domain.due import DueCase
from fmstod.domain.procedure import Registered

PAGE = 50  # codes that are told at once


class Receiver(StrEnum):
    """Who gets codes that leave the program; the words are `recipient.<value>`."""

    JOURNAL = "journal"
    REGION = "region"


class CodePage(NamedTuple):
    """Some codes of `number`, the latest day first, and who their cases are about, by the case's id."""

    codes: tuple[Registered, ...]
    named: Mapping[str, DueCase]
    number: int
