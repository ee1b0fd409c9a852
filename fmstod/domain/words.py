"""Sentences that come as data, and how words stand in them."""

from collections.abc import Mapping
from typing import TypeAlias

# Sentences by key, some with gaps; labels of demands and ICF categories may be among them.
Phrases: TypeAlias = Mapping[str, str]


def capital(text: str) -> str:
    """As at the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """As inside a sentence: the capital goes, unless it is an abbreviation's (KOL, IT-tekniker)."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
