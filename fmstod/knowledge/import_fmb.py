"""Turns Socialstyrelsen's two export files into the facts-only files of `diagnoses/` (fmb.md sections 2 and 6).

Everything is made in memory; what breaks an expectation is BadImport with file, record and field.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from pydantic import ValidationError

from fmstod.domain.record import Record
from fmstod.errors import BadImport
from fmstod.knowledge import toml_text
from fmstod.knowledge.aids import Aids, EntryReading, RecommendationReading
from fmstod.knowledge.codes import bare
from fmstod.knowledge.entry import UNIT_DAYS, Entry, Note, Recommendation, Unit
from fmstod.knowledge.export import Diagnosis, Typfall, read_diagnoses, read_typfall
from fmstod.knowledge.faults import first_fault
from fmstod.knowledge.import_tables import icd_labels, icd_names, icf_labels, vocabulary
from fmstod.knowledge.library import SCHEMA, counted, read_entries
from fmstod.knowledge.reading import Read, contradicts, read
from fmstod.knowledge.terms import Terms

ORDERED = ("severity", "workload", "comorbidity")
SLUG = 50  # characters of a file name at most
SHARED = ("meta.toml", "vocabulary.toml", "icd_labels.tsv", "icf_labels.tsv")


@dataclass(frozen=True)
class Export:
    """One export file: its name for messages, and its bytes."""

    file: str
    content: bytes

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Imported:
    """The files by path below the folder of diagnoses, and how much they hold."""

    files: Mapping[str, str]
    entries: int
    recommendations: int
    retrieved: date


def import_fmb(
    diagnoses: Export,
    typfall: Export,
    aids: Aids,
    *,
    retrieved: date | None = None,
    kept: Mapping[str, str | bytes] | None = None,
) -> Imported:
    """All files made from the two exports, to stand beside those that are `kept`.

    `retrieved` is the day they were fetched; None takes the day known for these very files, else the latest change in
    them, so that old facts never look new (H2). An entry that stands under `replaced/` isn't made again. Raises
    BadImport, and BadDataFile for a kept file.
    """
    found, single = read_diagnoses(diagnoses.content, diagnoses.file), read_typfall(typfall.content, typfall.file)
    if found.build != single.build:
        raise BadImport(file=typfall.file, record="", field="meta", reason="other_build")
    _unique((d.id for d in found.records), diagnoses.file)
    _unique((t.id for t in single.records), typfall.file)
    both = (*found.records, *single.records)
    day = retrieved or aids.retrieved.get(diagnoses.sha256) or max(record.dated for record in both)
    for d in found.records:
        if d.titel != d.diagnosrubrik:
            raise BadImport(file=diagnoses.file, record=d.id, field="diagnosrubrik", reason="other_title")
    joined = _join(found.records, single.records, (diagnoses.file, typfall.file), aids.patterns.heading)
    by_hand, replaced = read_entries(kept or {})
    gone = {entry.fmb for entry in replaced}
    made = [_entry(d, joined[d.id], aids, day, (diagnoses, typfall)) for d in found.records if int(d.id) not in gone]
    present = (*made, *by_hand.values())
    meta = {
        "schema": SCHEMA,
        "retrieved": day,
        "exported": sorted(entry.fmb for entry in made),
        "source": {"diagnoses": found.address, "typfall": single.address},
        "sha256": {"diagnoses": diagnoses.sha256, "typfall": typfall.sha256},
        "build": found.build.model_dump(),
        "unit_days": {unit.value: days for unit, days in UNIT_DAYS.items()},
        "counts": {
            "exported": counted(made).model_dump(),
            "by_hand": counted(by_hand.values()).model_dump(),
            "replaced": counted(replaced).model_dump(),
        },
    }
    words = vocabulary(present, aids.terms, typfall.file)
    names = icd_names(found.records, single.records, (diagnoses.file, typfall.file))
    wanted = {code for entry in present for code in entry.icd10se}
    files = {
        "meta.toml": toml_text.document(meta),
        "vocabulary.toml": toml_text.document(words),
        "icd_labels.tsv": icd_labels(names, aids.icd_names, wanted),
        "icf_labels.tsv": icf_labels(found.records, aids.icf_names, diagnoses.file),
    }
    for entry in made:
        files[f"{entry.group}/{entry.fmb}-{slug(entry.title)}.toml"] = toml_text.document(_entry_table(entry))
    return Imported(files, len(made), sum(len(entry.recommendation) for entry in made), day)


def slug(title: str) -> str:
    """The title in ASCII, lower case, with hyphens, whole words up to 50 characters."""
    words = re.findall(r"[a-z0-9]+", bare(title))
    made = words[0][:SLUG] if words else "x"
    for word in words[1:]:
        if len(made) + 1 + len(word) > SLUG:
            break
        made += f"-{word}"
    return made


def _unique(ids: Iterable[str], file: str) -> None:
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            raise BadImport(file=file, record=one, field="id", reason="same_id")
        seen.add(one)


def _join(
    found: Sequence[Diagnosis], single: Sequence[Typfall], files: tuple[str, str], heading: str
) -> Mapping[str, Sequence[Typfall]]:
    """A typfall belongs to the only entry that has all its codes; its heading must agree."""
    sets = {d.id: frozenset(code.kod for code in d.diagnoskod) for d in found}
    titles = {d.id: _letters(d.titel) for d in found}
    joined: dict[str, list[Typfall]] = defaultdict(list)
    for one in single:
        codes = {code.kod for code in one.fmbtillstand.diagnoskod}
        fitting = [name for name, of_entry in sets.items() if codes & of_entry]
        if len(fitting) != 1 or not codes <= sets[fitting[0]]:
            raise BadImport(
                file=files[1],
                record=one.id,
                field="fmbtillstand.diagnoskod",
                reason="no_entry",
                detail=", ".join(sorted(codes)),
            )
        if not one.beskrivning.startswith(heading) or not titles[fitting[0]].endswith(
            _letters(one.beskrivning.removeprefix(heading))
        ):
            raise BadImport(
                file=files[1], record=one.id, field="beskrivning", reason="other_heading", detail=fitting[0]
            )
        joined[fitting[0]].append(one)
    for name in sets:
        if name not in joined:
            raise BadImport(file=files[0], record=name, field="diagnoskod", reason="no_typfall")
    return joined


def _letters(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


def _entry(d: Diagnosis, single: Sequence[Typfall], aids: Aids, retrieved: date, both: tuple[Export, Export]) -> Entry:
    group = d.sjukdomsgrupp.kod.kod
    if group not in aids.terms.group:
        raise BadImport(file=both[0].file, record=d.id, field="sjukdomsgrupp.kod.kod", reason="no_group", detail=group)
    codes = [code.kod for code in d.diagnoskod]
    known = aids.readings.entry.get(d.id, EntryReading())
    table = {
        "fmb": int(d.id),
        "title": d.titel,
        "group": group,
        "icd10se": codes,
        "source": {
            "version": int(d.version),
            "changed": d.dated,
            "valid_from": date.fromisoformat(d.giltighetsperiod.start),
            "retrieved": retrieved,
            "url": d.referens[0].uri,
            **aids.checked_of(group, both[0].sha256, both[1].sha256),
        },
        "note": known.note,
        "not_for": known.not_for,
        "icf": {
            name: {"central": [c.kod for c in icf.centralkod], "additional": [c.kod for c in icf.kompletterandekod]}
            for name, icf in (("impairment", d.funktionsnedsattning), ("limitation", d.aktivitetsbegransning))
        },
        "recommendation": [_recommendation(t, codes, aids, both[1].file) for t in single],
    }
    return _made(Entry, table, both[0].file, d.id)


def _recommendation(t: Typfall, entry_codes: Sequence[str], aids: Aids, file: str) -> Recommendation:
    given = t.rekommenderadsjukskrivning
    part_coded = given.maximalsjukskrivningsgrad.kod == "2"
    known = aids.readings.recommendation.get(t.id, RecommendationReading())
    try:
        seen = read(
            aids.patterns, given.number, given.typfalletsrekommenderadesjukskrivning, t.typfallsmening, part_coded
        )
    except ValueError:
        if known.kind is None:
            place = "rekommenderadsjukskrivning.typfalletsrekommenderadesjukskrivning"
            raise BadImport(file=file, record=t.id, field=place, reason="unread") from None
        seen = Read(kind=known.kind)
    when, wrong = _conditions(t, aids.terms, file)
    extent = seen.extent if known.extent is None else known.extent
    timed = known if known.kind else seen
    notes = {
        *known.note,
        *(() if known.kind else seen.note),
        *((Note.SOURCE_TERM_WRONG,) if wrong else ()),
        *((Note.EXTENT_CODE_CONTRADICTS_TEXT,) if contradicts(extent, part_coded) else ()),
    }
    codes = [code.kod for code in t.fmbtillstand.diagnoskod]
    departs = given.number not in ((timed.time, timed.unit), (0, Unit.DAY), None)
    table = {
        "id": int(t.id),
        "icd10se": codes if set(codes) != set(entry_codes) else (),
        "holds_for": known.holds_for,
        "when": {slot: value for slot, value in {**when, **known.when}.items() if value},
        "kind": timed.kind,
        "time": timed.time,
        "unit": timed.unit,
        "export_time": given.number[0] if given.number and departs else None,
        "export_unit": given.number[1] if given.number and departs else None,
        "min_time": timed.min_time,
        "extent": extent,
        "prefer": seen.prefer if known.extent is None else None,
        "adds_to": known.adds_to,
        "changed": t.dated,
        "note": tuple(note for note in Note if note in notes),
    }
    return _made(Recommendation, table, file, t.id)


def _conditions(t: Typfall, terms: Terms, file: str) -> tuple[dict[str, object], bool]:
    """The conditions by slot in own keys, and whether one of the source's terms is known to be wrong."""
    said = t.fmbtillstand
    labels = {
        "severity": [c.beskrivning for group in said.urvalsvarighetsgrad for c in group.svarighetsgrad],
        "workload": [c.beskrivning for group in said.urvalarbetsbelastning for c in group.arbetsbelastning],
        "course": [c.beskrivning for group in said.urvalsjukdomsforlopp for c in group.sjukdomsforlopp],
        "factor": [c.beskrivning for group in said.urvalkomplicerandefaktor for c in group.komplicerandefaktor],
        "treatment": [c.beskrivning for group in said.urvalatgard for c in group.kod],
        "comorbidity": [
            " ".join(code.kod for code in one.diagnoskod) for group in said.urvalsamsjuklighet for one in group
        ],
    }
    when: dict[str, object] = {slot: _keys(terms, slot, found, t.id, file) for slot, found in labels.items()}
    if when["treatment"]:
        status = _keys(terms, "treatment_status", [said.urvalatgard[0].status.beskrivning], t.id, file)
        when["treatment"] = {"status": status[0], "code": when["treatment"]}
    return when, any(label in terms.wrong.get(slot, ()) for slot, found in labels.items() for label in found)


def _keys(terms: Terms, slot: str, labels: Sequence[str], record: str, file: str) -> Sequence[str]:
    found: list[str] = []
    for label in labels:
        try:
            found += [key for key in terms.keys(slot, label) if key not in found]
        except KeyError:
            raise BadImport(file=file, record=record, field=slot, reason="no_term", detail=label) from None
    # Scales and lists of diseases have an order of their own; of the rest the source's order tells most.
    return tuple(sorted(found, key=list(terms.slot(slot)).index) if slot in ORDERED else found)


M = TypeVar("M", bound=Record)


def _made(model: type[M], table: Mapping[str, object], file: str, record: str) -> M:
    try:
        return model.model_validate({key: value for key, value in table.items() if value is not None})
    except ValidationError as wrong:
        fault = first_fault(wrong)
        raise BadImport(file=file, record=record, field=fault.place, reason=fault.kind) from None


def _entry_table(entry: Entry) -> Mapping[str, object]:
    """The entry as its file holds it: no key without content, except the four lists of ICF codes."""
    source = entry.source.model_dump(by_alias=True, exclude_defaults=True)
    table: dict[str, object] = {"fmb": entry.fmb, "title": entry.title, "group": entry.group, "icd10se": entry.icd10se}
    if entry.note:
        table["note"] = [note.value for note in entry.note]
    if entry.not_for:
        table["not_for"] = entry.not_for
    rows = [r.model_dump(by_alias=True, exclude_defaults=True) for r in entry.recommendation]
    return {**table, "source": source, "icf": entry.icf.model_dump(), "recommendation": rows}
