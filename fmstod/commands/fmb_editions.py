"""`fmstod fmb editions` and `fmstod fmb back`: which FMB the clinic goes by, and going back to the one before."""

import sys

from fmstod import fmb, fmb_update
from fmstod.knowledge.update_text import described
from fmstod.paths import home
from fmstod.texts import catalogue, text

DONE, NOTHING, WRONG = 0, 1, 2


def run(arguments: list[str]) -> int:
    """0 when done, 1 when there is nothing to go back to, 2 for a wrong call."""
    if {"-h", "--help"} & set(arguments[1:]):
        print(text("fmb.editions.usage"))
        return DONE
    if len(arguments) > 1:
        print(text("fmb.bad_option", option=arguments[1]), file=sys.stderr)
        return WRONG
    if arguments[0] == "back" and not fmb_update.go_back(home()):
        print(text("fmb.editions.no_former"), file=sys.stderr)
        return NOTHING
    _list()
    return DONE


def _list() -> None:
    """Every edition that is here, the one in use marked."""
    current = fmb.in_use(home())
    if current.note:
        print(current.note, file=sys.stderr)
    print(text(f"fmb.editions.{'own' if current.own else 'shipped'}", what=described(current.library, catalogue())))
    if current.official:
        print(text("fmb.editions.texts", n=len(current.official)))
    for library in fmb.others(home(), current):
        print(text("fmb.editions.other", what=described(library, catalogue())))
