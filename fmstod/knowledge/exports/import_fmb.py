"""Turns Socialstyrelsen's two export files into the facts-only files of `diagnoses/` (fmb.md sections 2 and 6).

Everything is made in memory; what breaks an expectation is BadImport with file, record and field.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fmstod.knowledge.codes import bare
from fmstod.knowledge.entry import UNIT_DAYS, Entry
from fmstod.knowledge.exports import toml_text
from fmstod.knowledge.exports.aids import Aids
from fmstod.knowledge.exports.import_entry import entry_of, making
from fmstod.knowledge.exports.import_tables import icd_labels, icd_names, icf_labels, icf_names, vocabulary
from fmstod.knowledge.exports.joining import Export, Joined, join
from fmstod.knowledge.exports.pairing import paired_entries
from fmstod.knowledge.library import SCHEMA, Library, counted, read_entries

SLUG = 50  # characters of a file name at most
SHARED = ("meta.toml", "vocabulary.toml", "icd_labels.tsv", "icf_labels.tsv")


@dataclass(frozen=True)
class Conflict:
    """An entry made by hand whose number or codes the export has too. `replaced` when the export's was chosen."""

    by_hand: Entry
    exported: Sequence[Entry]
    replaced: bool


@dataclass(frozen=True)
class Imported:
    """The files by path below the folder of diagnoses, without those that were `kept`, and how much they hold.

    `files` are to stand beside the kept ones but for `dropped`, the paths of entries by hand that had to give way.
    `dated` is False when nobody told the day of retrieval and it was taken from the records.
    """

    files: Mapping[str, str]
    entries: int
    recommendations: int
    retrieved: date
    dated: bool
    exports: Joined
    conflicts: Sequence[Conflict] = ()
    dropped: Collection[str] = ()

    def beside(self, kept: Mapping[str, bytes]) -> Mapping[str, bytes]:
        """All files of the folder."""
        made = {name: content.encode() for name, content in self.files.items()}
        return {**{name: content for name, content in kept.items() if name not in self.dropped}, **made}


def import_fmb(
    diagnoses: Export,
    typfall: Export,
    aids: Aids,
    *,
    retrieved: date | None = None,
    kept: Mapping[str, str | bytes] | None = None,
    former: Library | None = None,
    instead_of: Collection[int] = (),
) -> Imported:
    """All files made from the two exports, to stand beside those that are `kept`.

    `retrieved` is the day they were fetched; None takes the day known for these very files, else the latest change in
    them, so that old facts never look new (H2). `former` is the edition before: an entry that only has another number says
    so, one with codes that no entry has any longer lies under `replaced/`, to tell of them, and codes keep their names,
    since cases may have them. An entry that stands under `replaced/` isn't made again while it says what it said; nor is one that shares number
    or codes with an entry made by hand, unless that one's number is in `instead_of`. Raises BadImport, and BadDataFile
    for a kept file.
    """
    exports = join(diagnoses, typfall, aids.patterns.heading)
    told = retrieved or aids.retrieved.get(diagnoses.sha256)
    day = told or exports.newest
    work = making(exports, aids, day)
    by_hand, replaced = read_entries(kept or {})
    gone = {str(entry.fmb) for entry in replaced}
    made = _told_apart(
        [entry_of(d, work) for d in exports.diagnoses.records if work.number_of(d) not in gone],
        former.entries if former else (),
    )
    conflicts = [
        Conflict(hand, [entry for entry in made if _clash(hand, entry)], hand.fmb in instead_of)
        for hand in by_hand.values()
    ]
    conflicts = [each for each in conflicts if each.exported]
    yielding = {entry.fmb for each in conflicts if not each.replaced for entry in each.exported}
    made = [entry for entry in made if entry.fmb not in yielding]
    dropped = {each.by_hand.fmb for each in conflicts if each.replaced}
    staying = [hand for hand in by_hand.values() if hand.fmb not in dropped]
    present = (*made, *staying)
    left = _without_heirs(former, present, replaced) if former else ()
    replaced = (*replaced, *left)
    meta = {
        "schema": SCHEMA,
        "retrieved": day,
        "exported": sorted(entry.fmb for entry in made),
        "source": {"diagnoses": exports.diagnoses.address, "typfall": exports.typfall.address},
        "sha256": exports.sha256,
        "build": exports.build.model_dump(),
        "unit_days": {unit.value: days for unit, days in UNIT_DAYS.items()},
        "counts": {
            "exported": counted(made).model_dump(),
            "by_hand": counted(staying).model_dump(),
            "replaced": counted(replaced).model_dump(),
        },
    }
    words = vocabulary(present, aids.terms, typfall.file)
    names = icd_names(exports.diagnoses.records, exports.typfall.records, exports.files)
    wanted = {code for entry in (*present, *replaced) for code in (*entry.icd10se, *entry.not_for)}
    categories = icf_names(exports.diagnoses.records, diagnoses.file)
    if former:
        names = {**former.icd, **names}
        categories = {**{code: label.name for code, label in former.icf.items()}, **categories}
    files = {
        "meta.toml": toml_text.document(meta),
        "vocabulary.toml": toml_text.document(words),
        "icd_labels.tsv": icd_labels(names, aids.icd_names, wanted),
        "icf_labels.tsv": icf_labels(categories, aids.icf_names),
    }
    for entry, folder in (*((entry, entry.group) for entry in made), *((entry, "replaced") for entry in left)):
        files[f"{folder}/{entry.fmb}-{slug(entry.title)}.toml"] = toml_text.document(_entry_table(entry))
    size = counted(made)
    paths = [path for path, hand in by_hand.items() if hand.fmb in dropped]
    return Imported(files, size.entries, size.recommendations, day, told is not None, exports, conflicts, paths)


def kept_beside(files: Mapping[str, bytes], exported: Collection[int]) -> Mapping[str, bytes]:
    """The files that an import leaves as they are: all but those that an earlier import made."""
    return {name: content for name, content in files.items() if not _made_before(name, exported)}


def _made_before(name: str, exported: Collection[int]) -> bool:
    """Whether an import wrote the file: a shared table, or the entry of an exported id in its group's folder."""
    if name in SHARED:
        return True
    entry = re.fullmatch(r"(?!replaced/)[a-z_]+/(\d+)-[^/]*\.toml", name)
    return entry is not None and int(entry[1]) in exported


def slug(title: str) -> str:
    """The title in ASCII, lower case, with hyphens, whole words up to 50 characters."""
    words = re.findall(r"[a-z0-9]+", bare(title))
    made = words[0][:SLUG] if words else "x"
    for word in words[1:]:
        if len(made) + 1 + len(word) > SLUG:
            break
        made += f"-{word}"
    return made


def _clash(one: Entry, other: Entry) -> bool:
    return one.fmb == other.fmb or bool(set(one.icd10se) & set(other.icd10se))


def _without_heirs(former: Library, present: Sequence[Entry], replaced: Sequence[Entry]) -> Sequence[Entry]:
    """Entries of the edition before that had codes which no entry has now and no replaced one tells of."""
    known = {code for entry in (*present, *replaced) for code in entry.icd10se}
    return [entry for entry in (*former.entries, *former.replaced) if not set(entry.icd10se) <= known]


def _told_apart(made: Sequence[Entry], former: Sequence[Entry]) -> list[Entry]:
    """An entry that was there before under another number says so, and keeps what a person excepted from it."""
    old = {pair.new.fmb: pair.old for pair in paired_entries(former, made) if pair.new and pair.old}
    found = []
    for entry in made:
        before = old.get(entry.fmb)
        if before is None:
            found.append(entry)
            continue
        earlier = (before.fmb, *before.source.replaces)
        replaces = tuple(dict.fromkeys(number for number in earlier if number != entry.fmb))
        source = entry.source.changed(replaces=replaces) if replaces != entry.source.replaces else entry.source
        found.append(entry.changed(source=source, not_for=entry.not_for or before.not_for))
    return found


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
