"""ICF suggestions from the diagnoses: shared ones first, then per diagnosis, central before additional (fmb.md 5)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from fmstod.knowledge.codes import swedish
from fmstod.knowledge.entry import Entry
from fmstod.knowledge.library import Library


@dataclass(frozen=True)
class Suggestion:
    """An ICF category. `label` is the plain-language term if there is one, else the official `name`.

    `central` is True when every diagnosis that has it counts it among the central ones.
    """

    code: str
    label: str
    name: str
    central: bool


@dataclass(frozen=True)
class Suggestions:
    """Those that belong to the diagnoses `codes` (as resolved): several when shared, else one."""

    codes: Sequence[str]
    items: Sequence[Suggestion]

    @property
    def shared(self) -> bool:
        return len(self.codes) > 1


def suggest_icf(library: Library, codes: Sequence[str], component: Literal["b", "d"]) -> Sequence[Suggestions]:
    """Groups for impairment (`b`) or limitation (`d`) of the diagnoses; no group is empty.

    Within a group central ones first, then those central for some, then additional, each by label. A code that the
    source lists twice in one entry counts once, as central. The few codes that the source gives under limitation though
    they are functions are left out there.
    """
    found: dict[str, Entry] = {}
    for code in codes:
        if resolved := library.resolve(code):
            found.setdefault(resolved.code, resolved.entry)
    ranks = {code: _ranks(entry, component) for code, entry in found.items()}
    owners: dict[str, list[str]] = {}
    for code, categories in ranks.items():
        for category in categories:
            owners.setdefault(category, []).append(code)
    shared = [category for category, having in owners.items() if len(having) > 1]
    groups = [(tuple(c for c in found if any(c in owners[category] for category in shared)), shared)]
    groups += [((code,), [c for c in categories if len(owners[c]) == 1]) for code, categories in ranks.items()]
    return tuple(Suggestions(of, _sorted(library, group, ranks, owners)) for of, group in groups if group)


def _ranks(entry: Entry, component: str) -> Mapping[str, int]:
    """0 for central, 2 for additional."""
    codes = entry.icf.impairment if component == "b" else entry.icf.limitation
    central = {code: 0 for code in codes.central if code.startswith(component)}
    return {**{code: 2 for code in codes.additional if code.startswith(component)}, **central}


def _sorted(
    library: Library, group: Iterable[str], ranks: Mapping[str, Mapping[str, int]], owners: Mapping[str, Sequence[str]]
) -> Sequence[Suggestion]:
    made: list[tuple[int, str, Suggestion]] = []
    for category in group:
        own = {ranks[code][category] for code in owners[category]}
        rank = own.pop() if len(own) == 1 else 1
        known = library.icf[category]
        made.append((rank, swedish(known.shown), Suggestion(category, known.shown, known.name, rank == 0)))
    return tuple(suggestion for _, _, suggestion in sorted(made, key=lambda row: row[:2]))
