"""`fmstod codes`: which diagnosis codes are known; `codes import FILE…` reads an edition in, `codes search TEXT` searches."""

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from fmstod.clock import today
from fmstod.domain.icd import dotted
from fmstod.domain.period import iso_day
from fmstod.domain.problem import excerpt
from fmstod.errors import BadRegister, DoubtfulRegister
from fmstod.files import own_codes
from fmstod.fmb import in_use
from fmstod.knowledge.codes import Hit
from fmstod.knowledge.library import Library
from fmstod.knowledge.search.register_text import edition_of, years_in
from fmstod.paths import home
from fmstod.storage.registers import ImportReport, Registers, import_codes, open_codes
from fmstod.texts import text

DONE, REFUSED, WITHOUT = 0, 2, 3
MOST = 100  # hits that can be asked for
_IMPORT = {
    "--edition": True,
    "--valid-from": True,
    "--older": False,
    "--later": False,
    "--fewer": False,
}  # whether it takes a value
_SEARCH = {"--limit": True, "--json": False}


def run(arguments: list[str]) -> int:
    """2 when anything is wrong, 3 when a search finds nothing, else 0."""
    if {"-h", "--help"} & set(arguments):
        print(text("codes.usage"))
        return DONE
    if not arguments:
        return _known()
    ways = {"import": _import, "search": _search}
    if way := ways.get(arguments[0]):
        return way(arguments[1:])
    print(text("codes.usage"), file=sys.stderr)
    return REFUSED


def _known() -> int:
    """Print what can be searched."""
    library = in_use(home()).library
    codes = open_codes(home(), own_codes(library), today())
    print(text("codes.own", count=len(library.icd)))
    if not isinstance(codes, Registers):
        print(text("codes.without"))
        return DONE
    for register in codes.files:
        said = register.edition
        about = {"count": len(register.labels()), "source": said.source, "imported": said.imported}
        key = "codes.edition_used" if said == codes.edition else "codes.edition"
        print(text(key, name=said.name, valid_from=said.valid_from, **about))
    for name in codes.unreadable:
        print(text("codes.unreadable", file=name), file=sys.stderr)
    return REFUSED if codes.unreadable else DONE


def _import(words: Sequence[str]) -> int:
    options, files = _options(words, _IMPORT)
    if options is None or not files:
        print(text("codes.usage"), file=sys.stderr)
        return REFUSED
    paths = [Path(name) for name in files]
    names = [path.name for path in paths]
    edition = options.get("--edition") or edition_of(names)
    if edition is None:
        years = years_in(names)
        print(text("codes.mixed", years=", ".join(years)) if years[1:] else text("codes.no_edition"), file=sys.stderr)
        return REFUSED
    day = iso_day(options["--valid-from"]) if "--valid-from" in options else None
    if "--valid-from" in options and day is None:
        print(text("codes.bad_day", day=excerpt(options["--valid-from"])), file=sys.stderr)
        return REFUSED
    accept = {doubt for doubt in ("older", "later", "fewer") if f"--{doubt}" in options}
    return _read_in(paths, edition, day, accept)


def _read_in(paths: Sequence[Path], edition: str, day: date | None, accept: set[str]) -> int:
    try:
        report = import_codes(home(), paths, edition, today(), _tell, valid_from=day, accept=accept)
    except BadRegister as fault:
        print(text(fault.text_key, **fault.values), file=sys.stderr)
        return REFUSED
    except DoubtfulRegister as doubt:
        asked = text(doubt.text_key, **doubt.values)
        print(text("codes.go_on", asked=asked, option=f"--{doubt.values['doubt']}"), file=sys.stderr)
        return REFUSED
    finally:
        if sys.stderr.isatty():
            print(end="\r\033[K", file=sys.stderr)
    print(_told(report))
    return DONE


def _told(report: ImportReport) -> str:
    made = report.edition
    said = text("codes.done", name=made.name, count=report.codes, valid_from=made.valid_from)
    if report.before is None:
        return said
    changes = {"added": report.added, "removed": report.removed, "renamed": report.renamed}
    return f"{said}\n{text('codes.changes', before=report.before.name, **changes)}"


def _tell(done: int, total: int) -> bool:
    if sys.stderr.isatty():
        print(text("codes.progress", percent=100 * done // total), end="\r", file=sys.stderr, flush=True)
    return True


def _search(words: Sequence[str]) -> int:
    options, said = _options(words, _SEARCH)
    limit = options.get("--limit", "20") if options is not None else ""
    if not said or not (limit.isascii() and limit.isdigit() and 0 < int(limit[:4]) <= MOST):
        print(text("codes.usage"), file=sys.stderr)
        return REFUSED
    library = in_use(home()).library
    hits = open_codes(home(), own_codes(library), today()).search(" ".join(said), int(limit))
    if options is not None and "--json" in options:
        print(json.dumps([_facts(library, hit) for hit in hits], ensure_ascii=False))
    else:
        for hit in hits:
            print(_line(library, hit))
        if not hits:
            print(text("codes.nothing", asked=excerpt(" ".join(said))), file=sys.stderr)
    return DONE if hits else WITHOUT


def _facts(library: Library, hit: Hit) -> dict[str, object]:
    """The stable form for other programs: every key always there. `label_of` is the code that the label belongs to."""
    resolved = library.resolve(hit.code)
    return {
        "code": dotted(hit.code),
        "label": hit.label,
        "label_of": dotted(hit.of),
        "everyday": hit.said or None,
        "fmb_code": dotted(resolved.code) if resolved else None,
        "fmb_entry": resolved.entry.fmb if resolved else None,
    }


def _line(library: Library, hit: Hit) -> str:
    resolved = library.resolve(hit.code)
    parts = [text("codes.everyday", said=hit.said)] if hit.said else []
    parts += [text("codes.label_of", code=dotted(hit.of))] if hit.inherited else []
    if resolved:
        own = resolved.code == hit.code
        parts.append(text("codes.covered") if own else text("codes.covered_by", code=dotted(resolved.code)))
    return text("codes.hit", code=dotted(hit.code), label=hit.label, more="".join(parts)).rstrip()


def _options(words: Sequence[str], known: Mapping[str, bool]) -> tuple[Mapping[str, str] | None, Sequence[str]]:
    """Options with their values, and the other words; no options at all when one is unknown or lacks its value."""
    options: dict[str, str] = {}
    others: list[str] = []
    rest = iter(words)
    for word in rest:
        name, _, value = word.partition("=")
        if not word.startswith("--"):
            others.append(word)
        elif name not in known or (value and not known[name]):
            return None, ()
        else:
            options[name] = value or (next(rest, "") if known[name] else "")
            if known[name] and not options[name]:
                return None, ()
    return options, others
