"""ICD-10-SE as the clinic has read it in: beside the patient store and without its key, for it holds no patient.

Each edition is a file of its own below the data folder, made beside and renamed: it is there whole or not at all.
"""

import contextlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from fmstod.domain.icd import is_code, lacks_fourth, normalise
from fmstod.errors import (
    BadRegister,
    CannotWrite,
    DoubtfulRegister,
    FmstodError,
    ImportStopped,
    RegisterBusy,
    StoreLocked,
    StoreUnwritable,
)
from fmstod.knowledge.codes import OUTER_CAUSES, CodeIndex, Codes, Edition, Hit, prefixes, shown
from fmstod.knowledge.search.names import NamesInMemory, search
from fmstod.knowledge.search.ranking import Asked
from fmstod.knowledge.search.register_text import EDITION, LARGEST, MANY, Progress, holds_from, read_codes
from fmstod.storage.folder import make_private
from fmstod.storage.lock import FolderLock
from fmstod.storage.register_file import RegisterFile, former_files, next_file, register_files, write_register
from fmstod.whole import put_in_place

FOLDER = "registers"
SHRUNK = 0.9  # of the diagnoses known before, or of those under a letter: a file is missing, or cut off
LOST = 20  # codes; a letter that loses fewer may have been put in order
AHEAD = 1  # years; an edition for a later one is rather a slip
_ALL = 100_000
T = TypeVar("T")


@dataclass(frozen=True)
class ImportReport:
    """What an import did: the edition, its number of codes, and what changed since `before` (None: the first)."""

    edition: Edition
    codes: int
    before: Edition | None = None
    added: int = 0
    removed: int = 0
    renamed: int = 0


def import_codes(
    home: Path,
    files: Sequence[Path],
    edition: str,
    today: date,
    progress: Progress,
    *,
    valid_from: date | None = None,
    accept: Collection[str] = (),
) -> ImportReport:
    """Read the files of one edition in, whole or not at all; safe in a thread. `edition` is a year ("2026", "2026-2"),
    see `register_text.edition_of` for what the files' names say; `valid_from` is New Year's day when None.

    `progress(done, total)` returns False to stop. Raises BadRegister, DoubtfulRegister (ask, then call again with its
    `values["doubt"]`, "older", "later" or "fewer", in `accept`), RegisterBusy, ImportStopped, CannotWrite.
    """
    if EDITION.fullmatch(edition) is None:
        raise BadRegister(file="", line=0, detail=edition[:20], why="codes.fault.edition")
    texts = _contents(files)
    half = sum(len(content) for _, content in texts) or 1
    codes = read_codes(texts, lambda done, _: progress(done, 2 * half))
    made = Edition(edition, valid_from or holds_from(edition), ", ".join(name for name, _ in texts), today)

    def step(rows: int) -> None:
        if not progress(half + half * rows // len(codes), 2 * half):
            raise ImportStopped

    folder = home / FOLDER
    try:
        make_private(folder)
        with _alone(folder):
            present, _ = register_files(folder)
            report = _compared(made, codes, present[-1] if present else None, accept)
            _put(folder, codes, made, step)
    except (OSError, StoreUnwritable):
        raise CannotWrite(path=folder) from None
    return report


def open_codes(home: Path, own: CodeIndex, today: date) -> Codes:
    """FMB's codes and those of the editions read in; the one that holds today is searched. FMB's alone without any."""
    files, unreadable = register_files(home / FOLDER)
    return Registers(own, files, today, unreadable) if files or unreadable else own


class Registers:
    """The editions read in, by the day they hold from, with FMB's codes and everyday words before the rest.

    A file that turns out to be damaged is left out from then on and named in `unreadable`; FMB's codes remain.
    """

    def __init__(self, own: CodeIndex, files: Sequence[RegisterFile], today: date, unreadable: Sequence[str]) -> None:
        self._own, self._today = own, today
        self.files, self.unreadable = tuple(files), tuple(unreadable)
        self._shelves: dict[Path, NamesInMemory] = {}

    @property
    def edition(self) -> Edition | None:
        now = self._on(self._today)
        return now.edition if now else None

    def search(self, text: str, limit: int = 20) -> Sequence[Hit]:
        return self._asked(lambda register: self._search(register, text, limit), lambda: self._own.search(text, limit))

    def hit(self, code: str) -> Hit:
        """The code with its own label, FMB's where this edition has none, else the nearest shorter code's."""
        plain = normalise(code)

        def found(register: RegisterFile) -> Hit:
            labels = {**self._own.labels, **register.labels(prefixes(plain))}
            of = next((p for p in prefixes(plain) if p in labels), plain)
            return Hit(plain, labels.get(of, ""), of, lacks_fourth(plain))

        return self._asked(found, lambda: self._own.hit(code))

    def children(self, code: str) -> Sequence[Hit]:
        """The nearest known codes below this one."""
        plain = normalise(code)

        def found(register: RegisterFile) -> Sequence[Hit]:
            nearest: list[Hit] = []
            for name in sorted(register.below(plain, _ALL), key=lambda each: each.code):
                if name.code != plain and not (nearest and name.code.startswith(nearest[-1].code)):
                    nearest.append(_hit(name.code, name.label))
            return tuple(nearest)

        return self._asked(found, lambda: self._own.children(code)) if plain else ()

    def parent(self, code: str) -> Hit | None:
        def found(register: RegisterFile) -> Hit | None:
            labels = register.labels(prefixes(code)[1:])
            return next((_hit(p, labels[p]) for p in prefixes(code)[1:] if p in labels), None)

        return self._asked(found, lambda: self._own.parent(code))

    def known(self, code: str, day: date) -> bool:
        """Whether the code is one on this day, by the edition that holds then; the oldest holds for days before it."""
        return self._asked(lambda register: _has(register, code), lambda: self._own.known(code, day), day)

    def retired(self, code: str, day: date) -> Edition | None:
        """The edition since which a former code isn't one any more on this day; None where that isn't known."""

        def found(register: RegisterFile) -> Edition | None:
            until = self.files[: self.files.index(register) + 1]
            for one, after in zip(reversed(until[:-1]), reversed(until), strict=False):
                if _has(after, code):
                    return None
                if _has(one, code):
                    return after.edition
            return None

        return self._asked(found, lambda: None, day)

    def close(self) -> None:
        """Let the files go."""
        for register in self.files:
            register.close()

    def _search(self, register: RegisterFile, text: str, limit: int) -> Sequence[Hit]:
        asked = Asked.of(text)
        found = search(asked, (self._usual(register), register), self._own.tier, limit, self._own.words)
        if not found and limit > 0 and is_code(asked.code) and (hit := self.hit(asked.code)).label:
            return (self.hit(hit.of),)  # no code of this edition; the nearest above it may be meant
        return tuple(shown(each, name, _hit(name.code, name.label)) for each, name in found)

    def _usual(self, register: RegisterFile) -> NamesInMemory:
        """FMB's and other usual codes as the register names them, with the everyday words for codes."""
        if register.path not in self._shelves:
            labels = register.labels(self._own.usual)
            self._shelves[register.path] = NamesInMemory(self._own.names(labels, inherit=False))
        return self._shelves[register.path]

    def _on(self, day: date) -> RegisterFile | None:
        """The edition that holds on the day: the latest that has begun, else the oldest."""
        begun = [register for register in self.files if register.edition.valid_from <= day]
        return begun[-1] if begun else next(iter(self.files), None)

    def _asked(self, ask: Callable[[RegisterFile], T], otherwise: Callable[[], T], day: date | None = None) -> T:
        """What the register of the day says; a damaged one is put away, and the next best is asked."""
        while register := self._on(day or self._today):
            try:
                return ask(register)
            except FmstodError:
                self.files = tuple(each for each in self.files if each is not register)
                self.unreadable = (*self.unreadable, register.path.name)
        return otherwise()


def _has(register: RegisterFile, code: str) -> bool:
    return bool(register.labels((normalise(code),)))


def _hit(code: str, label: str) -> Hit:
    return Hit(code, label, code, lacks_fourth(code))


def _contents(files: Sequence[Path]) -> Sequence[tuple[str, bytes]]:
    """Names and contents. One byte more than the most is read of all: too much is refused by its size alone."""
    found: list[tuple[str, bytes]] = []
    for path in files:
        try:
            if not path.is_file():  # a pipe would be waited for
                raise FileNotFoundError
            with path.open("rb") as file:
                found.append((path.name, file.read(LARGEST + 1 - sum(len(content) for _, content in found))))
        except OSError:
            raise BadRegister(file=path.name, line=0, detail="", why="codes.fault.closed") from None
    return found


def _compared(
    made: Edition, codes: Mapping[str, str], newest: RegisterFile | None, accept: Collection[str]
) -> ImportReport:
    """What is new against the newest edition. Raises DoubtfulRegister for what wasn't accepted."""
    known, before = (newest.labels(), newest.edition) if newest else ({}, None)
    doubts = (
        ("later", "later", made.valid_from.year > made.imported.year + AHEAD),
        ("older", "older", before is not None and made.valid_from < before.valid_from),
        ("fewer", "fewer", _fewer(codes, known)),
        ("fewer", "partial", before is None and _partial(codes)),
    )
    for doubt, why in ((doubt, why) for doubt, why, holds in doubts if holds and doubt not in accept):
        said = {"name": made.name, "known": before.name if before else "", "codes": len(codes), "before": len(known)}
        raise DoubtfulRegister(why=f"codes.doubt.{why}", doubt=doubt, **said)
    if before is None:
        return ImportReport(made, len(codes))
    both = known.keys() & codes.keys()
    renamed = sum(known[code] != codes[code] for code in both)
    return ImportReport(made, len(codes), before, len(codes) - len(both), len(known) - len(both), renamed)


def _fewer(codes: Iterable[str], known: Iterable[str]) -> bool:
    """Whether much is missing, in all or under one letter; causes from outside aside, whose last characters come and go
    between layouts.
    """
    now, before = (Counter(code[0] for code in each if code[0] not in OUTER_CAUSES) for each in (codes, known))
    counts = [(now[letter], before[letter]) for letter in before]
    fewer = any(few < SHRUNK * many and many - few > LOST for few, many in counts)
    return fewer or now.total() < SHRUNK * before.total()


def _partial(codes: Iterable[str]) -> bool:
    """Whether one of the files by length seems to be missing, when nothing is known to compare with. In edition 2022 all
    1,683 categories of diagnoses are divided, and 3,240 codes have five characters.
    """
    lengths = Counter(len(code) for code in codes if code[0] not in OUTER_CAUSES)
    return lengths.total() > MANY and (2 * lengths[4] < lengths[3] or not lengths[5])


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One import at a time, in all programs. Raises RegisterBusy."""
    try:
        lock = FolderLock(folder)
    except StoreLocked:
        raise RegisterBusy from None
    try:
        yield
    finally:
        lock.release()


def _put(folder: Path, codes: Mapping[str, str], made: Edition, step: Callable[[int], None]) -> None:
    """Make the file, give it its name, and clear away what it replaces. Raises OSError, StoreUnwritable."""
    file = next_file(folder, made.name)
    beside = file.with_suffix(".part")
    try:
        beside.unlink(missing_ok=True)  # what a killed import left
        write_register(beside, codes, made, step)
        put_in_place(beside, file)
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
    for former in former_files(folder, file):
        with contextlib.suppress(OSError):  # a window reads it still; the next import clears it
            former.unlink()
