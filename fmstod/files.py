"""Reads the program's own data files; the core gets what is in them, never a path."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from fmstod.certificate.form import Form, load_form
from fmstod.domain.work import DemandCatalogue, load_demands
from fmstod.errors import BadDataFile
from fmstod.knowledge.library import Library, load_library
from fmstod.paths import DIAGNOSES, FORMS, RESOURCES

# A certificate's forms can be checked as files; the plan is a form of the house and never leaves as one.
PLAN = ("plan", "1.0")


@cache
def read_forms() -> Mapping[tuple[str, str], Form]:
    """All forms by id and version, the plan among them. Raises BadDataFile."""
    forms = [_read_form(file) for file in sorted(FORMS.glob("*.toml"))]
    return {(form.form, form.version): form for form in forms}


@cache
def read_demands() -> DemandCatalogue:
    """The demands of work. Raises BadDataFile."""
    file = RESOURCES / "work.toml"
    try:
        return load_demands(read_toml(file))
    except ValueError as fault:
        raise BadDataFile(file=file.name, place="", reason=str(fault)) from fault


@cache
def read_library(folder: Path = DIAGNOSES) -> Library:
    """FMB as the app knows it. Raises BadDataFile."""
    return load_library(contents(folder))


def contents(folder: Path) -> Mapping[str, bytes]:
    """The data files below a folder, by path."""
    files = (file for file in folder.rglob("*") if file.suffix in (".toml", ".tsv"))
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def _read_form(file: Path) -> Form:
    try:
        form = load_form(read_toml(file))
    except ValueError as fault:
        raise BadDataFile(file=file.name, place="", reason=str(fault)) from fault
    if file.stem != f"{form.form}-{form.version}":
        raise BadDataFile(file=file.name, place="form, version", reason=f"{form.form}-{form.version}")
    return form


def read_toml(file: Path) -> dict[str, object]:
    """Parsed TOML; a byte-order mark, as some Windows editors save it, is skipped. Raises ValueError, OSError."""
    return tomllib.loads(file.read_text(encoding="utf-8-sig"))
