"""The store for a command that needs it: the passphrase is typed, or comes as a line on standard input."""

import contextlib
import getpass
import sys
from collections.abc import Iterator

from fmstod import paths
from fmstod.errors import Unreadable
from fmstod.storage.folder import has_store
from fmstod.storage.opening import open_store
from fmstod.storage.store import Store
from fmstod.texts import text


@contextlib.contextmanager
def opened_store() -> Iterator[Store]:
    """Raises Unreadable when there is none yet, WrongPassphrase, StoreLocked while a window has it open."""
    home = paths.home()
    if not has_store(home):
        raise Unreadable(path=home, reason=text("store.none"))
    with contextlib.closing(open_store(home, _passphrase())) as store:
        yield store


def _passphrase() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    try:
        return getpass.getpass(text("store.passphrase"))
    except EOFError:  # Ctrl+D: nothing typed
        return ""
