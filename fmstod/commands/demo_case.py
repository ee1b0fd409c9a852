"""The example's facts: what resources/demo/case.toml says, with its days counted from the day of the example."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from fmstod.files import read_toml
from fmstod.paths import RESOURCES

GAP = re.compile(r"\{([+-]\d+)\}")


def read_case(day: date) -> Mapping[str, Any]:
    """The tables of the file, `{+9}` replaced by the ninth day after `day`."""
    return _dated(read_toml(RESOURCES / "demo" / "case.toml"), day)  # type: ignore[no-any-return]


def _dated(value: Any, day: date) -> Any:
    match value:
        case str():
            return GAP.sub(lambda gap: (day + timedelta(days=int(gap[1]))).isoformat(), value)
        case dict():
            return {name: _dated(part, day) for name, part in value.items()}
        case list():
            return [_dated(part, day) for part in value]
        case _:
            return value
