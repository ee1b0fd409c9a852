"""`fmstod fmb import DIAGNOSES.json TYPFALL.json --to DIR`: the folder of diagnoses from Socialstyrelsen's exports."""

import sys
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path

from fmstod.domain.period import iso_day
from fmstod.domain.problem import excerpt
from fmstod.domain.strict_json import LARGEST
from fmstod.errors import BadDataFile, BadImport, CannotWrite
from fmstod.files import contents
from fmstod.knowledge.aids import load_aids
from fmstod.knowledge.import_fmb import import_fmb, kept_beside
from fmstod.knowledge.joining import Export
from fmstod.knowledge.library import load_library
from fmstod.paths import RESOURCES
from fmstod.texts import catalogue, text

DONE, REFUSED = 0, 2


def run(arguments: list[str]) -> int:
    """0 when the folder was written, 2 when anything was wrong and nothing was."""
    if {"-h", "--help"} & set(arguments):
        print(text("fmb.import.usage"))
        return DONE
    options, files = _options(arguments)
    if options is None or len(files) != 2 or not options.get("--to"):
        print(text("fmb.import.usage"), file=sys.stderr)
        return REFUSED
    day = iso_day(options["--retrieved"]) if "--retrieved" in options else None
    if "--retrieved" in options and day is None:
        print(text("fmb.import.bad_day", day=options["--retrieved"]), file=sys.stderr)
        return REFUSED
    folder = Path(options["--to"]).resolve()
    try:
        kept = _kept(folder)
        aids = load_aids(contents(RESOURCES / "fmb"))
        made = import_fmb(_export(files[0]), _export(files[1]), aids, retrieved=day, kept=kept)
        whole = made.beside(kept)
        load_library(whole)
        _swap(folder, whole)
    except BadImport as fault:
        print(_told(fault), file=sys.stderr)
        return REFUSED
    print(text("fmb.import.done", folder=folder, entries=made.entries, recommendations=made.recommendations))
    print(text("fmb.import.retrieved", day=made.retrieved))
    return DONE


def _told(fault: BadImport) -> str:
    """Where and why in Swedish; a kind of fault without a sentence of its own gets the general one."""
    parts = [
        text(f"fmb.import.{part}", name=excerpt(str(fault.values[part]), 200))
        for part in ("file", "record", "field")
        if fault.values[part]
    ]
    key = f"fmb.fault.{fault.values['reason']}"
    reason = text(key if key in catalogue() else "fmb.fault.other", detail=excerpt(str(fault.values.get("detail", ""))))
    return text("fmb.import.refused", place=", ".join(parts), reason=reason)


def _options(arguments: list[str]) -> tuple[Mapping[str, str] | None, list[str]]:
    """Options with their values, and file names; no options at all when one is unknown or has no value."""
    options: dict[str, str] = {}
    files: list[str] = []
    rest = iter(arguments)
    for word in rest:
        name, _, value = word.partition("=")
        if not word.startswith("-"):
            files.append(word)
        elif name not in ("--to", "--retrieved"):
            return None, files
        else:
            options[name] = value or next(rest, "")
    return options, files


def _export(name: str) -> Export:
    """A bounded read: a file too large is refused by its size alone. Raises BadImport."""
    try:
        with Path(name).open("rb") as file:
            return Export(Path(name).name, file.read(LARGEST + 1))
    except OSError:
        raise BadImport(file=name, record="", field="", reason="closed") from None


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
        exported = tomllib.loads(files["meta.toml"].decode())["exported"] if "meta.toml" in files else []
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
