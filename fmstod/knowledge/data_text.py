"""Reads the program's data files from their text; every fault is BadDataFile with file, place and reason."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

import tomli
from pydantic import ValidationError

from fmstod.domain.record import Record
from fmstod.errors import BadDataFile
from fmstod.knowledge.faults import first_fault


def as_text(name: str, content: str | bytes) -> str:
    """Text without the byte-order mark that some Windows editors put before it, which TOML refuses."""
    if isinstance(content, str):
        return content.removeprefix("\ufeff")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise BadDataFile(file=name, place=f"byte {wrong.start}", reason="is not UTF-8") from None


M = TypeVar("M", bound=Record)


def parsed(model: type[M], name: str, texts: Mapping[str, str]) -> M:
    """The file `name` as the model reads it."""
    if name not in texts:
        raise BadDataFile(file=name, place="", reason="is missing")
    try:
        table = tomli.loads(texts[name])
    except tomli.TOMLDecodeError as wrong:
        raise BadDataFile(file=name, place="", reason=str(wrong)) from None
    try:
        return model.model_validate(table)
    except ValidationError as wrong:
        fault = first_fault(wrong)
        raise BadDataFile(file=name, place=fault.place, reason=fault.reason) from None


def rows(name: str, texts: Mapping[str, str], columns: int) -> Iterator[Sequence[str]]:
    """The rows of a table with tabs between columns; the first column holds each code once."""
    if name not in texts:
        raise BadDataFile(file=name, place="", reason="is missing")
    seen: set[str] = set()
    for number, line in enumerate(texts[name].splitlines(), 1):
        row = line.split("\t")
        if len(row) != columns or not row[0] or row[0] in seen:
            raise BadDataFile(file=name, place=f"line {number}", reason=f"is not {columns} columns with a new code")
        seen.add(row[0])
        yield row
