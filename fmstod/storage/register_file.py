"""A register's file: how it is made, named and read. One for each import; a later import of the same edition counts."""

import json
import os
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from fmstod.errors import FmstodError, StoreDamaged
from fmstod.knowledge.codes import OUTER_CAUSES, Edition
from fmstod.knowledge.search.names import Ways
from fmstod.knowledge.search.ranking import Name
from fmstod.knowledge.search.vocabulary import Vocabulary
from fmstod.storage.engine import connect_plain, told

LAYOUT = 1  # of the tables; a file with another can't be read, and its source is read in anew
# The number rises with each import, for a system may refuse to replace a file that a window still reads.
_FILE = re.compile(r"icd10se-(20\d\d(?:-\d\d?)?)\.(\d{1,6})\.db")
# A row's id is its place among equals, the most general first: the index is walked in that order and left as soon as
# enough is found. Words lie in it with their accents and without.
_TABLES = (
    """CREATE TABLE codes (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, label TEXT NOT NULL, words TEXT NOT NULL,
    bare TEXT NOT NULL) STRICT""",
    """CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT""",
    """CREATE VIRTUAL TABLE found USING fts5(words, content='', columnsize=0, detail=none, prefix='1 2 3',
    tokenize='unicode61 remove_diacritics 0')""",
)
_BELOW = "SELECT code, label, words, bare FROM codes WHERE code >= ? AND code < ? ORDER BY id LIMIT ?"
_NAMED = """SELECT code, label, words, bare FROM codes
    WHERE id IN (SELECT rowid FROM found WHERE found MATCH ? ORDER BY rowid LIMIT ?)"""
_BATCH = 500  # rows between two questions whether to go on


@dataclass(frozen=True)
class RegisterFile:
    """One edition on disk, a shelf to search. Each question raises StoreDamaged when the file can't answer it."""

    path: Path

    @cached_property
    def edition(self) -> Edition:
        said = json.loads(self._about("edition"))
        days = {name: date.fromisoformat(said[name]) for name in ("valid_from", "imported")}
        return Edition(**{**said, **days})

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary(self._about("vocabulary").split())

    def below(self, code: str, most: int) -> Sequence[Name]:
        """Names of codes that begin so, the shorter codes first."""
        return self._names(_BELOW, code, f"{code}[", most)

    def named(self, asked: Sequence[Ways], most: int) -> Sequence[Name]:
        """Names by their words, the shorter codes first."""
        said = " AND ".join(f"({' OR '.join(map(_quoted, ways))})" for ways in asked)
        return self._names(_NAMED, said, most)

    def labels(self, codes: Collection[str] | None = None) -> Mapping[str, str]:
        """Names by code, of all codes or of those asked for."""
        if codes is None:
            return dict(self._rows("SELECT code, label FROM codes"))
        among = "SELECT code, label FROM codes WHERE code IN (SELECT value FROM json_each(?))"
        return dict(self._rows(among, json.dumps([*codes])))

    def close(self) -> None:
        if "_connection" in self.__dict__:
            self._connection.close()

    @cached_property
    def _connection(self) -> Any:
        with told(self.path.name):
            connection = connect_plain(self.path)
            if connection.execute("PRAGMA user_version").fetchone()[0] != LAYOUT:
                raise StoreDamaged(what=self.path.name)
            return connection

    def _names(self, statement: str, *values: object) -> Sequence[Name]:
        return [Name(*row) for row in self._rows(statement, *values)]

    def _rows(self, statement: str, *values: object) -> Sequence[Any]:
        with told(self.path.name):
            rows: Sequence[Any] = self._connection.execute(statement, values).fetchall()
            return rows

    def _about(self, name: str) -> str:
        return str(self._rows("SELECT value FROM about WHERE name = ?", name)[0][0])


def register_files(folder: Path) -> tuple[Sequence[RegisterFile], Sequence[str]]:
    """The editions by the day from which they hold, the latest import of each; and the names of files that can't be
    read.
    """
    numbered = sorted(
        (int(named[2]), named[1], path) for path in folder.glob("*.db") if (named := _FILE.fullmatch(path.name))
    )
    found: dict[str, RegisterFile] = {}
    unreadable = []
    for _, edition, path in numbered:
        register = RegisterFile(path)
        try:
            register.edition  # noqa: B018 - asked whether it can be read
        except (FmstodError, ValueError, TypeError, LookupError):
            unreadable.append(path.name)
        else:
            found[edition] = register
    return sorted(found.values(), key=lambda each: (each.edition.valid_from, each.edition.name)), unreadable


def next_file(folder: Path, edition: str) -> Path:
    """Where the next import of an edition goes."""
    numbers = [int(named[2]) for path in folder.iterdir() if (named := _FILE.fullmatch(path.name))]
    return folder / f"icd10se-{edition}.{max(numbers, default=0) + 1}.db"


def former_files(folder: Path, latest: Path) -> Sequence[Path]:
    """Files of the same edition that an earlier import made, and what a killed one left."""
    edition = _FILE.fullmatch(latest.name)[1]  # type: ignore[index]  # `next_file` gave the name
    return [
        path
        for path in folder.iterdir()
        if path != latest
        and (path.suffix == ".part" or ((named := _FILE.fullmatch(path.name)) and named[1] == edition))
    ]


def write_register(path: Path, codes: Mapping[str, str], edition: Edition, step: Callable[[int], None]) -> None:
    """A file with these codes, on disk when this returns. `step` is told the rows done and may raise.

    Raises StoreUnwritable, OSError.
    """
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    names = sorted((Name.of(code, label) for code, label in codes.items()), key=_general)
    about = {"edition": json.dumps(asdict(edition), default=date.isoformat)}
    about["vocabulary"] = str(Vocabulary(word for name in names for word in f"{name.words}{name.bare}".split()))
    with told(path.name):
        db = connect_plain(path, making=True)
        try:
            db.execute("BEGIN")
            for table in _TABLES:
                db.execute(table)
            db.executemany("INSERT INTO about VALUES (?, ?)", about.items())
            for first in range(0, len(names), _BATCH):
                step(first)
                batch = [*enumerate(names[first : first + _BATCH], first + 1)]
                rows = [(at, name.code, name.label, name.words, name.bare) for at, name in batch]
                db.executemany("INSERT INTO codes VALUES (?, ?, ?, ?, ?)", rows)
                db.executemany(
                    "INSERT INTO found (rowid, words) VALUES (?, ?)",
                    [(at, f"{name.words}{name.bare}") for at, name in batch],
                )
            db.execute("INSERT INTO found (found) VALUES ('optimize')")
            db.execute(f"PRAGMA user_version={LAYOUT}")
            db.execute("COMMIT")
        finally:
            db.close()
    step(len(names))
    with path.open("rb+") as made:
        os.fsync(made.fileno())


def _general(name: Name) -> tuple[bool, int, str]:
    """Diagnoses before causes from outside, categories before what they hold."""
    return name.code[0] in OUTER_CAUSES, len(name.code), name.code


def _quoted(way: str) -> str:
    """A word or a beginning as the index wants it; words hold no quotes."""
    return f'"{way[:-1]}"*' if way.endswith("*") else f'"{way}"'
