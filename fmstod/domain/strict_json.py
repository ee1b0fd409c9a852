"""JSON from outside, read strictly (T-08): bounded size, depth and digits; no repeated keys, NaN or half characters."""

import json
import re
from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import NoReturn, TypeVar

from fmstod.domain.problem import excerpt

LARGEST, DEEPEST, MOST_DIGITS = 5_000_000, 32, 20  # bytes, levels, characters of a number

N = TypeVar("N", int, float)


class NotStrict(ValueError):
    """Refused: `what` is a key of ours, `detail` where or which, free of content but for a key's name."""

    def __init__(self, what: str, detail: str = "") -> None:
        super().__init__(what, detail)
        self.what, self.detail = what, detail


def parse(content: bytes, twice: Collection[str] = ()) -> object:
    """The value. Keys named in `twice` may be repeated with the same value. Raises NotStrict."""
    if len(content) > LARGEST:
        raise NotStrict("too_large")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise NotStrict("not_utf8", str(wrong.start)) from None
    if _depth(text) > DEEPEST:
        raise NotStrict("too_deep")
    try:
        value: object = json.loads(
            text,
            object_pairs_hook=partial(_object, twice=twice),
            parse_constant=_constant,
            parse_int=partial(_number, read=int),
            parse_float=partial(_number, read=float),
        )
    except json.JSONDecodeError as wrong:
        raise NotStrict("not_json", f"{wrong.lineno}:{wrong.colno}") from None
    _refuse_half_characters(text, value)
    return value


def _depth(text: str) -> int:
    """How deep lists and objects lie in each other; a bracket inside a string doesn't count."""
    deepest = depth = 0
    for mark in re.findall(r'"(?:[^"\\]|\\.)*+"|[\[\]{}]', text, re.DOTALL):
        if mark in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif mark in "]}":
            depth -= 1
    return deepest


def _object(pairs: Sequence[tuple[str, object]], twice: Collection[str]) -> dict[str, object]:
    made: dict[str, object] = {}
    for name, value in pairs:
        if name in made and not (name in twice and made[name] == value):
            raise NotStrict("repeated_key", excerpt(name))
        made[name] = value
    return made


def _refuse_half_characters(text: str, value: object) -> None:
    """Half of a surrogate pair is no character and can't be written anywhere; only an escape can bring one."""
    try:
        if "\\u" in text:
            json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise NotStrict("half_character") from None


def _constant(_name: str) -> NoReturn:
    raise NotStrict("not_finite")


def _number(digits: str, read: Callable[[str], N]) -> N:
    if len(digits.removeprefix("-")) > MOST_DIGITS:
        raise NotStrict("number")
    return read(digits)
