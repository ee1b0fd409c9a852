"""`fmstod fmb import DIAGNOSES.json TYPFALL.json`: Socialstyrelsen's exports, for this clinic or as a folder of diagnoses.

Without `--to` it tells what would change, and changes it only with `--apply`.
"""

import argparse
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

import tomli

from fmstod import fmb_update
from fmstod.clock import today
from fmstod.domain.period import iso_day
from fmstod.errors import BadDataFile, BadImport, CannotWrite
from fmstod.files import contents
from fmstod.knowledge.exports.aids import load_aids
from fmstod.knowledge.exports.import_fmb import import_fmb, kept_beside
from fmstod.knowledge.library import load_library
from fmstod.knowledge.update import Choices
from fmstod.knowledge.update_text import as_text, described, import_fault, report
from fmstod.paths import RESOURCES, home
from fmstod.texts import catalogue, text
from fmstod.whole import write_whole

DONE, REFUSED = 0, 2


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:  # noqa: ARG002 - argparse speaks English
        raise _WrongCall


class _WrongCall(Exception):
    """The call isn't understood."""


def run(arguments: list[str]) -> int:
    """0 when it was done, or told; 2 when anything was wrong and nothing was changed."""
    if {"-h", "--help"} & set(arguments):
        print(text("fmb.import.usage"))
        return DONE
    try:
        asked = _asked(arguments)
    except _WrongCall as wrong:
        print(str(wrong) or text("fmb.import.usage"), file=sys.stderr)
        return REFUSED
    try:
        return _write_folder(asked) if asked.to else _update(asked)
    except BadImport as fault:
        print(import_fault(fault, catalogue()), file=sys.stderr)
        return REFUSED


def _asked(arguments: list[str]) -> argparse.Namespace:
    parser = _Parser(add_help=False, allow_abbrev=False)
    parser.add_argument("files", nargs=2, type=Path)
    parser.add_argument("--to", type=Path)
    parser.add_argument("--retrieved")
    parser.add_argument("--apply", action="store_true")
    parser.add_argument("--report", type=Path)
    parser.add_argument("--older", action="store_true")
    parser.add_argument("--replace-by-hand", type=int, action="append", default=[])
    asked = parser.parse_args(arguments)
    day = iso_day(asked.retrieved) if asked.retrieved is not None else None
    if asked.retrieved is not None and day is None:
        raise _WrongCall(text("fmb.import.bad_day", day=asked.retrieved))
    if asked.to and (asked.apply or asked.report or asked.older):
        raise _WrongCall
    if day and day > today():
        raise _WrongCall(text("fmb.import.future", day=day))
    asked.retrieved = day
    return asked


def _update(asked: argparse.Namespace) -> int:
    """Tell what would change for this clinic, and change it if that is asked for."""
    choices = Choices(asked.retrieved, frozenset(asked.replace_by_hand), asked.older)
    found = fmb_update.propose(home(), asked.files, choices)
    told = as_text(report(found.changes, found.conflicts, catalogue()))
    print(text("fmb.import.found", what=described(found.changes.after, catalogue())))
    print(told)
    if asked.report:
        try:
            write_whole(asked.report, told.encode())
        except OSError:
            raise CannotWrite(path=asked.report) from None
    if not found.dated:
        print(text("fmb.import.undated"), file=sys.stderr if asked.apply else sys.stdout)
    if not asked.apply:
        print(text("fmb.import.to_apply"))
    if not (asked.apply and found.dated):
        return REFUSED if asked.apply else DONE
    fmb_update.apply(home(), found)
    print(text("fmb.import.applied"))
    return DONE


def _write_folder(asked: argparse.Namespace) -> int:
    """The folder of diagnoses, for those who make the program."""
    folder: Path = asked.to.resolve()
    kept = _kept(folder)
    diagnoses, typfall = (fmb_update.read_export(file) for file in asked.files)
    aids = load_aids(contents(RESOURCES / "fmb"))
    made = import_fmb(diagnoses, typfall, aids, retrieved=asked.retrieved, kept=kept, instead_of=asked.replace_by_hand)
    whole = made.beside(kept)
    load_library(whole)
    _swap(folder, whole)
    print(text("fmb.import.done", folder=folder, entries=made.entries, recommendations=made.recommendations))
    print(text("fmb.import.retrieved", day=made.retrieved))
    for conflict in made.conflicts:
        key = "hand_replaced" if conflict.replaced else "hand_kept"
        print(text(f"fmb.import.{key}", number=conflict.by_hand.fmb, title=conflict.by_hand.title))
    return DONE


def _kept(folder: Path) -> Mapping[str, bytes]:
    """The files of the folder that an import leaves as they are: all but those that an earlier import made.

    Raises BadImport for a folder that holds something else than diagnoses, BadDataFile, CannotWrite.
    """
    if not folder.exists():
        return {}
    if not folder.is_dir():
        raise CannotWrite(path=folder)
    try:
        if not (folder / "meta.toml").exists() and any(each.name != "schema.json" for each in folder.iterdir()):
            raise BadImport(file=folder, record="", field="", reason="foreign")  # before anything in it is read
        files = {f.relative_to(folder).as_posix(): f.read_bytes() for f in folder.rglob("*") if f.is_file()}
        exported = tomli.loads(files["meta.toml"].decode())["exported"] if "meta.toml" in files else []
    except OSError:
        raise CannotWrite(path=folder) from None
    except (ValueError, KeyError):
        exported = None
    if not isinstance(exported, list):
        raise BadDataFile(file="meta.toml", place="exported", reason=text("fmb.import.no_list"))
    return kept_beside(files, exported)


def _swap(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put a folder with exactly these files in the place of `folder`: it is made beside it and renamed, whole or not
    at all. Raises CannotWrite.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".fmb-", dir=folder.parent) as aside:
            new, old = Path(aside) / "new", Path(aside) / "old"
            for name, content in files.items():
                (new / name).parent.mkdir(parents=True, exist_ok=True)
                (new / name).write_bytes(content)
            if folder.exists():
                folder.rename(old)
            try:
                new.rename(folder)
            except OSError:
                if old.exists():
                    old.rename(folder)
                raise
    except OSError:
        raise CannotWrite(path=folder) from None
