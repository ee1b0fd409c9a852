"""The rules of quality as the help tells them, between those of the forms."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from fmstod.domain.inquiry import GROUPS
from fmstod.domain.problem import Level
from fmstod.domain.rule_line import RuleLine
from fmstod.quality.rulebook import Rule

OPEN = "…"
ANYWHERE = "other"  # the group of the rules about how any text is written
_GAP = re.compile(r"\{(\w+)\}")


def rule_lines(rules: Iterable[Rule], headings: Mapping[str, str], form: str) -> tuple[RuleLine, ...]:
    """`headings` by question, as the form has them; `form` is what people call it. Each under the id that it speaks under."""
    return tuple(
        RuleLine(
            rule=rule.under or rule.id,
            group=headings.get(rule.ref) or next(headings[ref] for ref in GROUPS[rule.group] if ref in headings),
            levels=(rule.level,),
            questions=() if rule.group == ANYWHERE else (number(rule),),
            says=tuple(_open(said, number(rule)) for said in (rule.says, *rule.also.values())),
            why=rule.why,
            source=rule.source,
            forms=(form,),
        )
        for rule in rules
    )


def between(lines: Sequence[RuleLine], others: Iterable[RuleLine]) -> tuple[RuleLine, ...]:
    """All of them, each heading and each id once, in the order of the first."""
    more = {line.rule: line for line in others}
    told = (_with(line, more.pop(line.rule)) if line.rule in more else line for line in lines)
    every = (*told, *more.values())
    order = list(dict.fromkeys(line.group for line in every))
    return tuple(sorted(every, key=lambda line: order.index(line.group)))


def number(rule: Rule) -> str:
    """The question's number as the user sees it; open where a rule is about any text."""
    return OPEN if rule.group == ANYWHERE else rule.ref.split(".")[0]


def _with(line: RuleLine, other: RuleLine) -> RuleLine:
    """A rule of the form with what is said of how it is answered."""
    levels = tuple(level for level in Level if level in line.levels + other.levels)
    why = " ".join(dict.fromkeys(each for each in (line.why, other.why) if each))
    source = line.source if line.source == other.source else f"{line.source.rstrip('.')}; {other.source}"
    return replace(line, levels=levels, says=(*line.says, *other.says), why=why, source=source)


def _open(said: str, question: str) -> str:
    """The sentence with what only a certificate can fill in left open."""
    filled = _GAP.sub(lambda gap: question if gap[1] == "question" else OPEN, said)
    return filled.replace(f"{OPEN}.", OPEN)
