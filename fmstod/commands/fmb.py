"""`fmstod fmb CODE… [--json]`: what FMB recommends for diagnosis codes."""

from fmstod.commands import fmb_import


def run(arguments: list[str]) -> int:
    if arguments[:1] == ["import"]:
        return fmb_import.run(arguments[1:])
    return 2
