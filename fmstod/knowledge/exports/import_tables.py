"""The shared tables that the importer writes beside the entries: vocabulary and labels."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from fmstod.errors import BadImport
from fmstod.knowledge.entry import Entry
from fmstod.knowledge.exports.export import Diagnosis, Typfall
from fmstod.knowledge.exports.terms import SLOTS, Terms


def vocabulary(entries: Sequence[Entry], terms: Terms, file: str) -> Mapping[str, Mapping[str, object]]:
    """The keys that are used, in the order of the terms, and the choices among them."""
    used: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        for recommendation in entry.recommendation:
            for slot, key in recommendation.when.terms():
                used[slot].add(key)
    made: dict[str, dict[str, object]] = {}
    for slot in SLOTS:
        for key, term in terms.slot(slot).items():
            if key in used[slot]:
                codes = " ".join(term.source).split() if slot == "comorbidity" else []
                row = {"label": term.label, "question": term.question, "icd10se": codes}
                made.setdefault(slot, {})[key] = {name: value for name, value in row.items() if value}
        if unknown := used[slot] - set(terms.slot(slot)):
            raise BadImport(file=file, record="", field=slot, reason="no_term", detail=min(unknown))
    return {
        **made,
        "choice": {slot: found for slot, names in terms.choice.items() if (found := _used(names, used[slot]))},
    }


def _used(names: Mapping[str, Sequence[str]], keys: Collection[str]) -> Mapping[str, Sequence[str]]:
    """The choices that offer at least two of the keys."""
    kept = {name: [key for key in choice if key in keys] for name, choice in names.items()}
    return {name: choice for name, choice in kept.items() if len(choice) > 1}


def icd_names(found: Sequence[Diagnosis], single: Sequence[Typfall], files: tuple[str, str]) -> Mapping[str, str]:
    """The export's name for each code. A code in two entries or with two names is BadImport."""
    names: dict[str, str] = {}
    of_entry: dict[str, str] = {}
    for d in found:
        for code in d.diagnoskod:
            if code.kod in of_entry:
                raise BadImport(file=files[0], record=d.id, field="diagnoskod", reason="second_entry", detail=code.kod)
            of_entry[code.kod], names[code.kod] = d.id, code.beskrivning
    for t in single:
        for code in t.fmbtillstand.diagnoskod:
            if names[code.kod] != code.beskrivning:
                raise BadImport(
                    file=files[1], record=t.id, field="fmbtillstand.diagnoskod", reason="second_name", detail=code.kod
                )
    return names


def icd_labels(names: Mapping[str, str], official: Mapping[str, str], wanted: Collection[str]) -> str:
    """Today's official name where it differs; also of the `wanted` codes, and of codes below them (F43.8A)."""
    more = {code: name for code, name in official.items() if any(code.startswith(known) for known in wanted)}
    return _table((code, name) for code, name in sorted({**names, **more}.items()))


def icf_names(found: Sequence[Diagnosis], file: str) -> Mapping[str, str]:
    """The export's name for each ICF code. A code with two names is BadImport."""
    names: dict[str, str] = {}
    for d in found:
        for part in (d.funktionsnedsattning, d.aktivitetsbegransning):
            for code in (*part.centralkod, *part.kompletterandekod):
                if names.setdefault(code.kod, code.beskrivning) != code.beskrivning:
                    raise BadImport(file=file, record=d.id, field="icf", reason="second_name", detail=code.kod)
    return names


def icf_labels(names: Mapping[str, str], official: Mapping[str, tuple[str, str]]) -> str:
    """Name and plain-language term by code; `official` gives today's name, or none, and the plain term."""
    known = {code: official.get(code, ("", "")) for code in names}
    return _table((code, known[code][0] or name, known[code][1]) for code, name in sorted(names.items()))


def _table(rows: Iterable[tuple[str, ...]]) -> str:
    return "".join("\t".join(" ".join(cell.split()) for cell in row) + "\n" for row in rows)
