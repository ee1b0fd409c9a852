"""From diagnosis to function to activity: whether what is picked hangs together (DFA)."""

from collections.abc import Iterator, Mapping

from fmstod.domain.problem import Problem
from fmstod.quality.reader import Check, Reader
from fmstod.quality.rulebook import Rule

IMPAIRMENT, LIMITATION = "35", "17"


def not_connected(reader: Reader, rule: Rule) -> Iterator[Problem]:
    """DFA-01: no picked function leads to a picked activity, neither by its chapter nor because FMB gives both."""
    functions = [each.code for each in reader.icf(IMPAIRMENT)]
    activities = [each.code for each in reader.icf(LIMITATION)]
    if not functions or not activities:
        return
    if any(leads(rule.pairs, b, d) or _in_fmb(reader, b, d) for b in functions for d in activities):
        return
    yield rule.problem(functions=", ".join(functions), activities=", ".join(activities))


def leads(pairs: Mapping[str, tuple[str, ...]], function: str, activity: str) -> bool:
    """Whether a function (b) may limit an activity (d). The nearest code in `pairs` decides; an unknown one may."""
    known = next((function[:end] for end in range(len(function), 1, -1) if function[:end] in pairs), None)
    return known is None or any(activity.startswith(each) for each in pairs[known])


def _in_fmb(reader: Reader, function: str, activity: str) -> bool:
    return any({function, activity} <= each.icf for each in reader.given.illnesses)


CHECKS: Mapping[str, Check] = {"DFA-01": not_connected}
