"""`fmstod backup FILE`: an encrypted copy of the store, checked before it counts."""

import sys
from pathlib import Path

from fmstod.commands.unlocking import opened_store
from fmstod.texts import text


def run(arguments: list[str]) -> int:
    """0 when the copy is there and sound; 2 when it isn't asked for as it should be."""
    if {"-h", "--help"} & set(arguments):
        print(text("backup.usage"))
        return 0
    if len(arguments) != 1 or arguments[0].startswith("-"):
        print(text("backup.usage"), file=sys.stderr)
        return 2
    with opened_store() as store:
        store.backup(Path(arguments[0]))
    print(text("backup.done", file=arguments[0]))
    return 0
