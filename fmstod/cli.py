"""The command line: finds the sub-command asked for and imports nothing else, so that each starts fast."""

import importlib
import os
import sys
from collections.abc import Sequence

from fmstod import __version__
from fmstod.errors import FmstodError

COMMANDS = (
    "gui",
    "fmb",
    "codes",
    "check",
    "convert",
    "verify",
    "sickleave",
    "kva",
    "schema",
    "export",
    "backup",
    "demo",
)
REFUSED, INTERRUPTED, PIPE_CLOSED = 2, 130, 141  # the last two as shells count signals


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one sub-command, `gui` when none is named; returns its exit code."""
    first, *rest = list(sys.argv[1:] if arguments is None else arguments) or ["gui"]
    _write_utf8()
    try:
        code = _run(first, rest)
        sys.stdout.flush()  # here, where a closed pipe is still caught
    except FmstodError as error:
        print(_said("cli.failed", reason=_said(error.text_key, **error.values)), file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Nobody reads any more; what is left in the buffer must not fail again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    return code


def _run(name: str, arguments: list[str]) -> int:
    if name in COMMANDS:
        command = importlib.import_module(f"fmstod.commands.{name}")
        code: int = command.run(arguments)
        return code
    if name == "--version":
        print(f"fmstod {__version__}")
        return 0
    if name in {"-h", "--help", "help"}:
        print(_said("cli.usage"))
        for command_name in COMMANDS:
            print(f"  {command_name:<9} {_said(f'cli.about.{command_name}')}")
        print(_said("cli.usage_end"))
        return 0
    print(_said("cli.unknown", name=name, commands=", ".join(COMMANDS)), file=sys.stderr)
    return REFUSED


def _said(key: str, **values: object) -> str:
    from fmstod.texts import text  # the window's way in needs no sentence of ours

    return text(key, **values)


def _write_utf8() -> None:
    """Swedish comes out right under any locale, also LANG=C and a Windows code page."""
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(encoding="utf-8", errors="backslashreplace")
