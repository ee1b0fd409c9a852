"""Answers about an entry follow it when the source gives it another number."""

from collections.abc import Mapping

from fmstod.knowledge.library import Library


def moved(library: Library, conditions: Mapping[str, str | bool]) -> Mapping[str, str | bool]:
    """`Consultation.conditions` by the numbers that the entries have now; what is answered under them already stays."""
    now = {str(number): entry.fmb for entry in library.entries for number in entry.source.replaces}
    made: dict[str, str | bool] = {}
    for key, answer in conditions.items():
        number, colon, rest = key.partition(":")
        new = f"{now.get(number, number)}{colon}{rest}"
        if new == key or new not in conditions:
            made[new] = answer
    return made
