"""The official ICD-10-SE from its files, in both known layouts (fmb.md 7). Every fault says file, line and reason.

Until 2022: code, mark, name with tabs between, one file for each length of code. Since 2024: one quoted table under a
header that begins "Kod". No file says its edition; the year in its name does, or the user.
"""

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from fmstod.domain.icd import is_code, normalise
from fmstod.domain.problem import excerpt
from fmstod.errors import BadRegister, ImportStopped

Progress = Callable[[int, int], bool]  # told what is done of how much; False stops
LARGEST = 32_000_000  # bytes of all files; edition 2022 has 3.5 million
MANY = 500  # codes; a file of more holds some under each letter
MOST_ROWS, LONGEST_LINE, LONGEST_NAME = 150_000, 20_000, 600  # edition 2022: 35,684 rows, names of 313 characters
EDITION = re.compile(r"20\d\d(-\d\d?)?")  # also a part of a file's name on disk
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
# Rows that gather codes: "A00-B99", "I" or "XXII", "01".
_GROUP = re.compile(r"[A-Z]\d\d\.?\d?[-–][A-Z]\d\d\.?\d?|[IVX]{1,5}|\d\d?")
_MARKS = "*†+ "  # may follow a code in its own column
# Also what isn't seen or turns the order of the letters that are.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_EVERY_TICK = 500
_CODE, _ACTIVE, _TITLE = 0, 1, 3  # columns since 2024


def edition_of(names: Sequence[str]) -> str | None:
    """The year that all the files' names hold, and no other: "icd10se-2022-3.tsv" -> "2022"."""
    found = years_in(names)
    return found[0] if len(found) == 1 and all(map(_YEAR.search, names)) else None


def years_in(names: Sequence[str]) -> Sequence[str]:
    """The years that the files' names hold."""
    return sorted({year for name in names for year in _YEAR.findall(name)})


def holds_from(edition: str) -> date:
    """When nobody says otherwise: a new edition holds from New Year."""
    return date(int(edition[:4]), 1, 1)


def read_codes(files: Sequence[tuple[str, bytes]], progress: Progress) -> Mapping[str, str]:
    """Names by code, without dots, from the files of one edition together. Raises BadRegister, ImportStopped."""
    found: dict[str, str] = {}
    total = sum(len(content) for _, content in files)
    if total > LARGEST:
        raise _bad(files[0][0], 1, "too_large", str(LARGEST // 1_000_000))
    seen = count = 0
    for name, content in files:
        text = _text(name, content)
        before, letters = count, set()
        for line, code, title in _rows(name, text):
            count += 1
            letters.add(code[0])
            if count > MOST_ROWS:
                raise _bad(name, line, "too_many", str(MOST_ROWS))
            if found.setdefault(code, title) != title:
                raise _bad(name, line, "two_names", code)
            if count % _EVERY_TICK == 0 and not progress(min(seen + count * 80, total), total):
                raise ImportStopped
        if count - before > MANY and "Z" not in letters:
            raise _bad(name, line, "cut", code)
        seen += len(content)
    _whole(files[0][0] if files else "", found)
    return found


def _text(name: str, content: bytes) -> str:
    if content.startswith(b"PK"):
        raise _bad(name, 1, "sheet")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise _bad(name, content.count(b"\n", 0, wrong.start) + 1, "not_utf8") from None
    if not text.strip():
        raise _bad(name, 1, "empty")
    return text


def _rows(name: str, text: str) -> Iterator[tuple[int, str, str]]:
    """Line, code and name of each code. Told apart by the first line."""
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    for at, line in enumerate(lines, 1):
        if len(line) > LONGEST_LINE:
            raise _bad(name, at, "long_line", str(LONGEST_LINE))
        if _CONTROL.search(line):
            raise _bad(name, at, "control")
    headed = re.match(r'"?kod\b', lines[0], re.IGNORECASE) is not None
    for at, code, title in _table(name, lines) if headed else _plain(name, lines):
        if not is_code(code):
            raise _bad(name, at, "no_code", excerpt(code, 20))
        if len(title) > LONGEST_NAME or not any(map(str.isalpha, title)):
            raise _bad(name, at, "no_name", excerpt(code, 20))
        yield at, normalise(code), title


def _plain(name: str, lines: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    for at, line in enumerate(lines, 1):
        if not line.strip():
            continue
        row = line.split("\t")
        if len(row) != 3:
            raise _bad(name, at, "columns", str(len(row)))
        yield at, row[0], " ".join(row[2].split())


def _table(name: str, lines: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """The rows that are codes and active. A cell in quotes may run over lines: a fault is where its row began."""
    table = csv.reader((f"{line}\n" for line in lines), delimiter="\t", strict=True)
    began, width = 1, 0
    try:
        for row in table:
            at, began = began, table.line_num + 1
            width = width or len(row)
            if width <= _TITLE or (row and len(row) != width):
                raise _bad(name, at, "columns", str(len(row)))
            if at == 1 or not row or _GROUP.fullmatch(row[_CODE].strip()) or not row[_ACTIVE].strip():
                continue
            yield at, row[_CODE].strip(_MARKS), " ".join(row[_TITLE].split())
    except csv.Error:
        raise _bad(name, began, "quotes") from None


def _whole(name: str, codes: Mapping[str, str]) -> None:
    """ICD-10 has codes under every letter, no longer code without its category, and hardly a name twice: else files,
    rows or columns are missing.
    """
    if lost := sorted(set("ABCDEFGHIJKLMNOPQRSTUVWXYZ") - {code[0] for code in codes}):
        raise _bad(name, 1, "letters", ", ".join(lost))
    if lost := sorted({code[:3] for code in codes} - codes.keys()):
        raise _bad(name, 1, "categories", ", ".join(lost[:5]))
    if len(set(codes.values())) < len(codes) / 2:  # another column was read for the names
        raise _bad(name, 1, "names")


def _bad(file: str, line: int, why: str, detail: str = "") -> BadRegister:
    return BadRegister(file=excerpt(file), line=line, detail=detail, why=f"codes.fault.{why}")
