"""The two exports read and joined: which typfall belong to which diagnosis (fmb.md section 2)."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from fmstod.errors import BadImport
from fmstod.knowledge.exports.export import Diagnosis, Typfall
from fmstod.knowledge.exports.export_file import Build, Content, read_diagnoses, read_typfall


@dataclass(frozen=True)
class Export:
    """One export file: its name for messages, and its bytes."""

    file: str
    content: bytes

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Joined:
    """Both exports; `of` gives the typfall of each diagnosis by its number."""

    diagnoses: Content[Diagnosis]
    typfall: Content[Typfall]
    of: Mapping[str, Sequence[Typfall]]
    sha256: Mapping[str, str]
    files: tuple[str, str]

    @property
    def build(self) -> Build:
        return self.diagnoses.build

    @cached_property
    def newest(self) -> date:
        """The latest change that any record tells of."""
        return max(record.dated for record in (*self.diagnoses.records, *self.typfall.records))


def join(diagnoses: Export, typfall: Export, heading: str) -> Joined:
    """A typfall belongs to the only entry that has all its codes; its heading must agree. Raises BadImport."""
    found, single = read_diagnoses(diagnoses.content, diagnoses.file), read_typfall(typfall.content, typfall.file)
    if found.build != single.build:
        raise BadImport(file=typfall.file, record="", field="meta", reason="other_build")
    _unique((d.id for d in found.records), diagnoses.file)
    _unique((t.id for t in single.records), typfall.file)
    for d in found.records:
        if d.titel != d.diagnosrubrik:
            raise BadImport(file=diagnoses.file, record=d.id, field="diagnosrubrik", reason="other_title")
    files = (diagnoses.file, typfall.file)
    sums = {"diagnoses": diagnoses.sha256, "typfall": typfall.sha256}
    return Joined(found, single, _belonging(found.records, single.records, files, heading), sums, files)


def _unique(ids: Iterable[str], file: str) -> None:
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            raise BadImport(file=file, record=one, field="id", reason="same_id")
        seen.add(one)


def _belonging(
    found: Sequence[Diagnosis], single: Sequence[Typfall], files: tuple[str, str], heading: str
) -> Mapping[str, Sequence[Typfall]]:
    owners: dict[str, set[str]] = defaultdict(set)
    for d in found:
        for code in d.diagnoskod:
            owners[code.kod].add(d.id)
    titles = {d.id: _letters(d.titel) for d in found}
    joined: dict[str, list[Typfall]] = defaultdict(list)
    for one in single:
        codes = {code.kod for code in one.fmbtillstand.diagnoskod}
        fitting = set().union(*(owners.get(code, set()) for code in codes))
        if len(fitting) != 1 or not all(code in owners for code in codes):
            raise BadImport(
                file=files[1],
                record=one.id,
                field="fmbtillstand.diagnoskod",
                reason="no_entry",
                detail=", ".join(sorted(codes)),
            )
        (owner,) = fitting
        named = one.beskrivning.removeprefix(heading)
        if not one.beskrivning.startswith(heading) or not titles[owner].endswith(_letters(named)):
            raise BadImport(file=files[1], record=one.id, field="beskrivning", reason="other_heading", detail=owner)
        joined[owner].append(one)
    for d in found:
        if d.id not in joined:
            raise BadImport(file=files[0], record=d.id, field="diagnoskod", reason="no_typfall")
    return joined


def _letters(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())
