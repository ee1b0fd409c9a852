"""Reads the program's own data files; the core gets what is in them, never a path."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TypeVar

import tomli

from fmstod.certificate.extend import whole
from fmstod.certificate.form import Form, load_form
from fmstod.certificate.webcert import Layout, load_layout, load_shared
from fmstod.domain.consultation import PLAN_FORM
from fmstod.domain.procedure import ProcedureCode, load_procedure_codes
from fmstod.domain.work import DemandCatalogue, load_demands
from fmstod.errors import BadDataFile
from fmstod.followup.catalogue import Catalogue, load_catalogue
from fmstod.knowledge.categories import Descriptions, load_descriptions
from fmstod.knowledge.codes import CodeIndex
from fmstod.knowledge.library import Library, load_library
from fmstod.knowledge.search.everyday import load_everyday, load_frequent, load_words
from fmstod.paths import DIAGNOSES, FORMS, RESOURCES
from fmstod.quality.frames import Frame, load_frames
from fmstod.quality.rulebook import Rule, load_rules
from fmstod.quality.strands import Links, load_links
from fmstod.sickleave.counts import CountRule, read_counts
from fmstod.sickleave.milestones import Law, load_law

T = TypeVar("T")
QUALITY = RESOURCES / "quality"
# A certificate's forms can be checked as files; the plan is a form of the house and never leaves as one.
PLAN = PLAN_FORM


@cache
def read_forms(folder: Path = FORMS) -> Mapping[tuple[str, str], Form]:
    """All forms by id and version, the plan among them. Raises BadDataFile."""
    read: dict[str, Mapping[str, object]] = {}
    forms = [_read_form(file, read) for file in sorted(folder.glob("*.toml"))]
    return {(form.form, form.version): form for form in forms}


@cache
def read_layouts() -> Sequence[Layout]:
    """Webcert's types of draft, the commonest first. Raises BadDataFile."""
    shared = _loaded(RESOURCES / "webcert" / "shared.toml", load_shared)
    return [
        _loaded(RESOURCES / "webcert" / f"{typ}.toml", partial(load_layout, shared=shared.keys)) for typ in shared.types
    ]


@cache
def read_demands() -> DemandCatalogue:
    """The demands of work. Raises BadDataFile."""
    return _loaded(RESOURCES / "work.toml", load_demands)


@cache
def read_procedure_codes() -> Mapping[str, ProcedureCode]:
    """The KVÅ codes that fmstod knows. Raises BadDataFile."""
    return _loaded(RESOURCES / "codes" / "kva.toml", load_procedure_codes)


@cache
def read_law() -> Law:
    """The days to which the law ties something, and for whom. Raises BadDataFile."""
    groups = read_toml(RESOURCES / "law" / "groups.toml")
    return _loaded(RESOURCES / "law" / "milestones.toml", partial(load_law, groups=groups))


@cache
def read_catalogue() -> Catalogue:
    """What plans are made from. Raises BadDataFile."""
    files = {file.stem: read_toml(file) for file in sorted((RESOURCES / "plan").glob("*.toml"))}
    try:
        return load_catalogue(files)
    except ValueError as fault:
        raise BadDataFile(file="resources/plan", place="", reason=str(fault)) from fault


@cache
def read_count_rules() -> Sequence[CountRule]:
    """What the counts of days are called, and how each counts. Raises BadDataFile."""
    return _loaded(RESOURCES / "law" / "day_counts.toml", read_counts)


@cache
def read_everyday() -> Mapping[str, Sequence[str]]:
    """Codes by everyday word. Raises BadDataFile."""
    return _loaded(RESOURCES / "codes" / "synonyms.toml", load_everyday)


@cache
def read_words() -> Mapping[str, Sequence[Sequence[str]]]:
    """Other ways to put a word that is searched for. Raises BadDataFile."""
    return _loaded(RESOURCES / "codes" / "words.toml", load_words)


@cache
def read_frequent() -> Collection[str]:
    """The codes of frequent sick leave. Raises BadDataFile."""
    return _loaded(RESOURCES / "codes" / "frequent.toml", load_frequent)


@cache
def read_rules() -> tuple[Rule, ...]:
    """The rules of quality. Raises BadDataFile."""
    try:
        return load_rules(read_toml(file) for file in sorted((QUALITY / "rules").glob("*.toml")))
    except ValueError as fault:
        raise BadDataFile(file="resources/quality/rules", place="", reason=str(fault)) from fault


@cache
def read_frames() -> tuple[Frame, ...]:
    """The sentences to fill in. Raises BadDataFile."""
    return _loaded(RESOURCES / "frames.toml", load_frames)


def read_links(stem: Callable[[str], str]) -> Links:
    """What leads from diagnosis to work. Raises BadDataFile."""
    return _loaded(RESOURCES / "strands.toml", partial(load_links, stem=stem))


def own_codes(library: Library) -> CodeIndex:
    """FMB's codes, found by everyday words too and the frequent first. Raises BadDataFile."""
    return CodeIndex(library.icd, read_everyday(), read_frequent(), words=read_words())


@cache
def read_library(folder: Path = DIAGNOSES) -> Library:
    """FMB as the app knows it. Raises BadDataFile."""
    return load_library(contents(folder))


@cache
def read_descriptions() -> Descriptions:
    """What the ICF categories mean. Raises BadDataFile."""
    return load_descriptions((RESOURCES / "icf.toml").read_bytes())


def contents(folder: Path) -> Mapping[str, bytes]:
    """The data files below a folder, by path."""
    files = (file for file in folder.rglob("*") if file.suffix in (".toml", ".tsv"))
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def _read_form(file: Path, read: dict[str, Mapping[str, object]]) -> Form:
    try:
        form = load_form(_form_content(file, read))
    except ValueError as fault:
        raise BadDataFile(file=file.name, place="", reason=str(fault)) from fault
    if file.stem != f"{form.form}-{form.version}":
        raise BadDataFile(file=file.name, place="form, version", reason=f"{form.form}-{form.version}")
    return form


def _form_content(file: Path, read: dict[str, Mapping[str, object]]) -> Mapping[str, object]:
    """A form file with what it takes over from others; `read` keeps those by name. Raises ValueError, OSError."""
    if file.stem not in read:
        read[file.stem] = {}  # a form that extends itself finds nothing there
        if not file.is_file():
            raise ValueError(f"{file.name} isn't there to extend")
        read[file.stem] = whole(read_toml(file), lambda other: _form_content(file.with_name(f"{other}.toml"), read))
    return read[file.stem]


def _loaded(file: Path, load: Callable[[Mapping[str, object]], T]) -> T:
    try:
        return load(read_toml(file))
    except ValueError as fault:
        raise BadDataFile(file=file.name, place="", reason=str(fault)) from fault


def read_toml(file: Path) -> dict[str, object]:
    """Parsed TOML; a byte-order mark, as some Windows editors save it, is skipped. Raises ValueError, OSError."""
    return tomli.loads(file.read_text(encoding="utf-8-sig"))
