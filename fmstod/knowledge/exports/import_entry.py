"""Makes one entry from its record and its typfall: the machine's reading, a person's over it where the record is known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from pydantic import ValidationError

from fmstod.domain.record import Record
from fmstod.errors import BadImport
from fmstod.knowledge.entry import Entry, Kind, Recommendation, Unit
from fmstod.knowledge.exports.aids import Aids, EntryReading, RecommendationReading
from fmstod.knowledge.exports.export import Diagnosis, Typfall
from fmstod.knowledge.exports.joining import Joined
from fmstod.knowledge.exports.read_records import Numbers
from fmstod.knowledge.exports.reading import Read, contradicts, read
from fmstod.knowledge.exports.record_content import record_content
from fmstod.knowledge.exports.terms import Terms
from fmstod.knowledge.faults import first_fault
from fmstod.knowledge.notes import Note

ORDERED = ("severity", "workload", "comorbidity")


@dataclass(frozen=True)
class Making:
    """What the making of an entry leans on."""

    exports: Joined
    aids: Aids
    retrieved: date
    read_as: Numbers
    now: Mapping[str, str]  # a recommendation's number by the number it was read under

    @property
    def files(self) -> tuple[str, str]:
        return self.exports.files

    def read_whole(self, d: Diagnosis) -> str:
        """The number under which the entry and all its recommendations were read, if they say what they said then."""
        number = self.read_as.entry.get(d.id, "")
        parts = [self.read_as.recommendation.get(t.id, "") for t in self.exports.of[d.id]]
        return number if number and all(parts) and self.aids.read.is_whole(number, parts) else ""

    def number_of(self, d: Diagnosis) -> str:
        """The number to know a record by: that under which it was read, its own if that never was; none if it changed."""
        return self.read_whole(d) or ("" if d.id in self.aids.read.entry else d.id)


def making(exports: Joined, aids: Aids, retrieved: date) -> Making:
    entries = {d.id: record_content(d) for d in exports.diagnoses.records}
    recommendations = {t.id: record_content(t) for t in exports.typfall.records}
    read_as = aids.read.numbers(entries, recommendations)
    return Making(exports, aids, retrieved, read_as, {then: now for now, then in read_as.recommendation.items()})


def entry_of(d: Diagnosis, work: Making) -> Entry:
    group = d.sjukdomsgrupp.kod.kod
    if group not in work.aids.terms.group:
        raise BadImport(file=work.files[0], record=d.id, field="sjukdomsgrupp.kod.kod", reason="no_group", detail=group)
    codes = [code.kod for code in d.diagnoskod]
    known = work.aids.readings.entry.get(work.read_as.entry.get(d.id, ""), EntryReading())
    checked = work.aids.checked
    was_checked = bool(work.read_whole(d)) and group in checked.groups
    table = {
        "fmb": int(d.id),
        "title": d.titel,
        "group": group,
        "icd10se": codes,
        "source": {
            "version": int(d.version),
            "changed": d.dated,
            "valid_from": date.fromisoformat(d.giltighetsperiod.start),
            "retrieved": work.retrieved,
            "url": d.referens[0].uri,
            **({"checked": checked.on, "checked_by": checked.by} if was_checked else {}),
        },
        "note": known.note,
        "not_for": known.not_for,
        "icf": {
            name: {"central": [c.kod for c in icf.centralkod], "additional": [c.kod for c in icf.kompletterandekod]}
            for name, icf in (("impairment", d.funktionsnedsattning), ("limitation", d.aktivitetsbegransning))
        },
        "recommendation": [_recommendation(t, codes, work) for t in work.exports.of[d.id]],
    }
    return _made(Entry, table, work.files[0], d.id)


def _recommendation(t: Typfall, entry_codes: Sequence[str], work: Making) -> Recommendation:
    given, file, aids = t.rekommenderadsjukskrivning, work.files[1], work.aids
    part_coded = given.maximalsjukskrivningsgrad.kod == "2"
    known = aids.readings.recommendation.get(work.read_as.recommendation.get(t.id, ""), RecommendationReading())
    try:
        seen = read(
            aids.patterns, given.number, given.typfalletsrekommenderadesjukskrivning, t.typfallsmening, part_coded
        )
    except ValueError:
        if known.kind is None:
            place = "rekommenderadsjukskrivning.typfalletsrekommenderadesjukskrivning"
            raise BadImport(file=file, record=t.id, field=place, reason="unread") from None
        seen = Read(kind=known.kind)
    adds_to = work.now.get(str(known.adds_to))
    if Note.MAX_IS_ADDITION in seen.note and adds_to is None:
        seen = seen.changed(kind=Kind.UNSPECIFIED, time=None, unit=None)  # an addition to nobody knows what
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
        "adds_to": adds_to,
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
