"""`fmstod verify [--own] FILE…`: whether sealed PDFs are as they were signed, and whose seal they have.

With `--own` the store tells whether the seal is one of its own; without a file it names them.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from fmstod.clock import SWEDEN
from fmstod.reports.seal_about import about
from fmstod.reports.seal_check import LARGEST, Finding, Seal, examine
from fmstod.texts import text

INTACT, CHANGED, UNREADABLE = 0, 1, 2
OWN = "--own"
CODES = {
    Finding.INTACT: INTACT,
    Finding.CHANGED: CHANGED,
    Finding.CUT: CHANGED,
    Finding.ADDED: CHANGED,
    Finding.OUT_OF_TIME: CHANGED,
    Finding.NO_PDF: UNREADABLE,
    Finding.NO_SEAL: UNREADABLE,
    Finding.COPY: UNREADABLE,
    Finding.FOREIGN: UNREADABLE,
}


def run(arguments: list[str]) -> int:
    """The worst of the files: 0 intact, 1 changed or, with --own, sealed by another; 2 unreadable or without a seal."""
    if {"-h", "--help"} & set(arguments):
        print(text("verify.usage"))
        return INTACT
    asks_own, files = OWN in arguments, [word for word in arguments if word != OWN]
    unknown = next((word for word in files if word.startswith("--")), "")
    if unknown or not (files or asks_own):
        print(text("verify.bad_option", option=unknown) if unknown else text("verify.usage"), file=sys.stderr)
        return UNREADABLE
    own = _own() if asks_own else None
    if not files:
        return _list(own or ())
    code = max(_report(name, own) for name in files)
    if code == INTACT:
        print(text("verify.worth" if own is None else "verify.worth_own"))
    return code


def _own() -> Sequence[bytes]:
    from fmstod.commands.unlocking import opened_store  # the store is no part of what most files need

    with opened_store() as store:
        return store.seals()


def _report(name: str, own: Sequence[bytes] | None) -> int:
    """Say what is known of one file. `own` are the store's certificates where they are asked for."""
    try:
        pdf = _read(Path(name))
    except (OSError, ValueError) as fault:
        said = text("verify.too_large") if isinstance(fault, _TooLarge) else text("verify.unreadable")
        print(f"{name}: {said}")
        return UNREADABLE
    finding, seal = examine(pdf)
    print(f"{name}: {text(f'verify.{finding}')}")
    code = CODES[finding]
    if seal and finding is not Finding.ADDED:
        print(_of(seal))
        if own is not None:
            mine = seal.certificate in own
            print(text("verify.own" if mine else "verify.not_own"))
            code = code if mine else max(code, CHANGED)
    return code


def _of(seal: Seal) -> str:
    at = seal.at.astimezone(SWEDEN)
    unit = seal.unit or text("verify.nameless")
    return text("verify.seal", unit=unit, day=at.date(), time=f"{at:%H.%M}", fingerprint=seal.fingerprint)


def _list(own: Sequence[bytes]) -> int:
    """The store's own seals, to compare with those of files."""
    for seal in map(about, own):
        told = text("verify.listed", unit=seal.unit, fingerprint=seal.fingerprint, first=seal.first, last=seal.last)
        print(told)
    if not own:
        print(text("verify.none_yet"), file=sys.stderr)
    return INTACT


class _TooLarge(ValueError):
    """No paper of ours is nearly as large."""


def _read(path: Path) -> bytes:
    """Raises OSError, or ValueError for a path that can't be one; waits for no pipe."""
    if not path.is_file():
        raise FileNotFoundError(path)
    with path.open("rb") as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise _TooLarge
    return content
