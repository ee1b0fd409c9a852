"""`fmstod sickleave FILE [--on DATE] [--gap N] [--json]`: the days of sick leave that certificates in a file come to."""

import gc
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from fmstod.clock import today
from fmstod.commands.check import read_some
from fmstod.domain.strict_json import NotStrict
from fmstod.files import read_count_rules, read_law
from fmstod.sickleave.cases import REHABSTOD_GAP, Case, cases_of, sick_days
from fmstod.sickleave.chain import Chain, chain_at, chains_of
from fmstod.sickleave.counts import Counts, told
from fmstod.sickleave.leave_file import Leave, read_date, read_leave
from fmstod.sickleave.reached import Reached, reached
from fmstod.texts import catalogue, text

COUNTED, REFUSED = 0, 2
LARGEST_GAP = 36_500


@dataclass(frozen=True)
class Asked:
    file: str
    on: date
    gap: int
    as_json: bool


@dataclass(frozen=True)
class Answer:
    """What is told of a file. `counts` are those of the day."""

    cases: Sequence[Case]
    counts: Counts
    reached: Sequence[Reached]


def run(arguments: list[str]) -> int:
    """0 when the days are told; 2 when the file can't be read or isn't asked for as it should be."""
    if {"-h", "--help"} & set(arguments):
        print(text("sickleave.usage"))
        return COUNTED
    asked = _asked(arguments)
    if isinstance(asked, str):
        print(asked, file=sys.stderr)
        return REFUSED
    gc.disable()  # a full file is ninety thousand certificates without a circle: looking for one takes a third of the time
    try:
        found = answer(read_leave(read_some(asked.file)), asked.on, asked.gap)
    except (NotStrict, OSError) as fault:
        reason = _reason(fault)
        if asked.as_json:
            print(json.dumps({"file": asked.file, "error": reason}, ensure_ascii=False))
        else:
            print(f"{asked.file}: {reason}", file=sys.stderr)
        return REFUSED
    finally:
        gc.enable()
    if asked.as_json:
        print(json.dumps(plain(found), ensure_ascii=False))
    else:
        print("\n".join(_lines(found, asked.gap)))
    return COUNTED


def _asked(arguments: list[str]) -> Asked | str:
    """What is asked for, or what is wrong with how."""
    files: list[str] = []
    on, gap, as_json, options = None, REHABSTOD_GAP, False, True
    rest = iter(arguments)
    for word in rest:
        name, equals, value = word.partition("=")
        if not options or not word.startswith("-") or word == "-":
            files.append(word)
        elif word == "--":
            options = False
        elif word == "--json":
            as_json = True
        elif name == "--on":
            said = value if equals else next(rest, "")
            on = read_date(said)
            if on is None:
                return text("sickleave.bad_day", said=said)
        elif name == "--gap":
            said = value if equals else next(rest, "")
            if not re.fullmatch(r"\d{1,5}", said, re.ASCII) or int(said) > LARGEST_GAP:
                return text("sickleave.bad_gap", said=said)
            gap = int(said)
        else:
            return text("sickleave.bad_option", option=word)
    return Asked(files[0], on or today(), gap, as_json) if len(files) == 1 else text("sickleave.one_file")


def answer(leave: Leave, on: date, gap: int) -> Answer:
    """The days before belong to the chain that the day lies in; the law's days to it and to the active case."""
    cases = cases_of(leave.certificates, gap)
    active = next((case for case in cases if case.active(on)), None)
    chain = chain_at(chains_of(sick_days(leave.certificates)), on)
    if chain:
        chain = Chain(chain.days, leave.days_before)
    return Answer(cases, Counts(on, active.days if active else None, chain), reached(read_law().mark, active, chain))


def plain(found: Answer) -> dict[str, Any]:
    """The answer as JSON has it."""
    on, chain = found.counts.on, found.counts.chain
    return {
        "on": on.isoformat(),
        "cases": [
            {
                "start": case.start.isoformat(),
                "end": case.end.isoformat(),
                "active": case.active(on),
                "union_days": case.days.count,
                "calendar_day": (on - case.start).days + 1 if case.active(on) else None,
                "net_days": _whole_days(case),
                "certificates": [each.id for each in case.certificates],
            }
            for case in found.cases
        ],
        "chain_day": chain.day(on) if chain else None,
        "chain_days_total": chain.total if chain else None,
        "milestones": [{"day": each.day, "date": each.on.isoformat(), "rule": _rule(each)} for each in found.reached],
    }


def _whole_days(case: Case) -> int | float:
    """A whole number where it is one; else quarters, which a binary fraction holds exactly."""
    whole, rest = divmod(case.hundredths, 100)
    return whole + rest / 100 if rest else whole


def _rule(each: Reached) -> str:
    if each.mark is None:
        return text("sickleave.unread")
    return text("sickleave.rule", caption=each.mark.caption, source=each.mark.source)


def _lines(found: Answer, gap: int) -> Iterator[str]:
    """The answer as a table. No id of a certificate: what stands in the file is nothing for a terminal."""
    yield text("sickleave.on", day=found.counts.on, gap=gap)
    yield ""
    if not found.cases:
        yield text("sickleave.none")
        return
    columns = ("start", "end", "days", "net", "certificates")
    yield _row([text("sickleave.cases"), *(text(f"sickleave.{name}") for name in columns)])
    for case in found.cases:
        active = text("sickleave.active") if case.active(found.counts.on) else ""
        net = f"{_whole_days(case)}".replace(".", ",")
        yield _row([active, f"{case.start}", f"{case.end}", f"{case.days.count}", net, f"{len(case.certificates)}"])
    yield ""
    if found.counts.chain is None:
        yield text("sickleave.no_chain")
    for each in told(found.counts, read_count_rules()):
        yield f"{each.label}: {each.said}"
        if each.planned:
            yield f"  {each.planned}"
        yield f"  {each.rule} {text('sickleave.source', source=each.source)}"
    if found.counts.chain is None:
        return
    yield ""
    if not found.reached:
        yield text("sickleave.no_milestones")
        return
    yield text("sickleave.milestones")
    for mark in found.reached:
        yield f"  {text('sickleave.day', day=mark.day):<8}  {mark.on}  {_rule(mark)}"


def _row(cells: Sequence[str]) -> str:
    return "".join(f"{cell:<13}" for cell in cells).rstrip()


def _reason(fault: NotStrict | OSError) -> str:
    """Why the file can't be read, without anything of what it holds."""
    match fault:
        case NotStrict():
            own = f"sickleave.wrong.{fault.what}"
            key = own if own in catalogue() else f"misfit.{fault.what}"
            return text(key, place=fault.detail or text("misfit.whole"))
        case FileNotFoundError():
            return text("misfit.no_file")
        case _:
            return text("misfit.closed")
