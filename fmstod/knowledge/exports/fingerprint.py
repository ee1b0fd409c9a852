"""What a value says, as a hash: the order of its lists and keys says nothing."""

import hashlib
import json
from collections.abc import Mapping


def fingerprint(value: object) -> str:
    """SHA-256 over plain values as JSON has them, with every list and table put in an order of their own."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def canonical(value: object) -> str:
    """The same text for the same content."""
    match value:
        case Mapping():
            return "{" + ",".join(f"{json.dumps(key)}:{canonical(value[key])}" for key in sorted(value)) + "}"
        case list() | tuple():
            return "[" + ",".join(sorted(map(canonical, value))) + "]"
        case _:
            return json.dumps(value)
