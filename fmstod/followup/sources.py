"""Drafts of the plan's answers that look at what day it is, for the questions that name them as their source."""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import TypeAlias

from fmstod.domain.consultation import Consultation
from fmstod.domain.words import Phrases
from fmstod.followup.draft import DECIDED, FOLLOW_UP, draft
from fmstod.followup.facts import facts_of

Source: TypeAlias = Callable[[Consultation, Phrases], str]
_REFS = {"before_end": FOLLOW_UP, "decided": DECIDED}


def sources(today: date, words: Phrases) -> Mapping[str, Source]:
    """The functions by name. `words` are the catalogue's."""

    def source(ref: str) -> Source:
        return lambda consultation, _: str(draft(facts_of(consultation), words, today).get(ref, ""))

    return MappingProxyType({name: source(ref) for name, ref in _REFS.items()})
