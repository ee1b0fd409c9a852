"""Writes TOML, which the standard library only reads: tables of plain values, one key a line."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TypeGuard


def document(tables: Mapping[str, object]) -> str:
    """TOML of plain values first, then tables, then lists of tables; values inside those are written inline."""
    return "\n".join(_lines(tables, ())).strip("\n") + "\n"


def _lines(table: Mapping[str, object], path: tuple[str, ...]) -> Iterator[str]:
    plain = {k: v for k, v in table.items() if not isinstance(v, Mapping) and not _is_tables(v)}
    if path and (plain or not table):
        yield f"\n[{'.'.join(path)}]"
    for key, value in plain.items():
        yield f"{_key(key)} = {_value(value)}"
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _lines(value, (*path, _key(key)))
        elif _is_tables(value):
            for row in value:
                yield f"\n[[{'.'.join((*path, _key(key)))}]]"
                yield from (f"{_key(name)} = {_value(inner)}" for name, inner in row.items())


def _is_tables(value: object) -> TypeGuard[list[Mapping[str, object]]]:
    return isinstance(value, list) and bool(value) and all(isinstance(row, Mapping) for row in value)


def _key(key: str) -> str:
    bare = key.isascii() and key.replace("_", "").replace("-", "").isalnum()
    return key if bare else _string(key)


def _value(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case date():
            return value.isoformat()
        case str():
            return _string(value)
        case list() | tuple():
            return f"[{', '.join(_value(inner) for inner in value)}]"
        case Mapping():
            return "{ " + ", ".join(f"{_key(k)} = {_value(v)}" for k, v in value.items()) + " }"
        case _:
            raise TypeError(type(value).__name__)


def _string(text: str) -> str:
    """A basic string; control characters as escapes."""
    made = []
    for char in text:
        if char in '"\\':
            made.append("\\" + char)
        elif ord(char) < 32 or ord(char) == 127:
            made.append(f"\\u{ord(char):04x}")
        else:
            made.append(char)
    return f'"{"".join(made)}"'
