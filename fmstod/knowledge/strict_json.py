"""JSON from outside, read strictly (T-08): no repeated keys, no NaN, bounded size, depth and digits."""

import json
from collections.abc import Collection, Sequence
from functools import partial

LARGEST = 5_000_000  # bytes
DEEPEST = 32
MOST_DIGITS = 20


def parse(content: bytes, twice: Collection[str] = ()) -> object:
    """The value. Keys named in `twice` may be repeated with the same value.

    Raises ValueError(what, detail): `large`, `deep`, `repeated`, `number`, `no_json`.
    """
    if len(content) > LARGEST:
        raise ValueError("large", LARGEST)
    try:
        text = content.decode("utf-8-sig")
        value = json.loads(
            text, object_pairs_hook=partial(_object, twice=twice), parse_constant=_constant, parse_int=_int
        )
    except RecursionError:
        raise ValueError("deep", DEEPEST) from None
    except json.JSONDecodeError as wrong:
        raise ValueError("no_json", wrong.lineno) from None
    except UnicodeDecodeError as wrong:
        raise ValueError("no_json", wrong.start) from None
    _check_depth(value)
    return value


def _object(pairs: Sequence[tuple[str, object]], twice: Collection[str]) -> dict[str, object]:
    made: dict[str, object] = {}
    for name, value in pairs:
        if name in made and not (name in twice and made[name] == value):
            raise ValueError("repeated", name[:40])
        made[name] = value
    return made


def _constant(name: str) -> object:
    raise ValueError("number", name)


def _int(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise ValueError("number", digits[:MOST_DIGITS])
    return int(digits)


def _check_depth(value: object) -> None:
    """Level by level, so that no depth can exhaust the stack."""
    level, depth = [value], 0
    while level:
        depth += 1
        if depth > DEEPEST:
            raise ValueError("deep", DEEPEST)
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer if isinstance(outer, list) else ())
        ]
