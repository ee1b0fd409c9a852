"""The rules of quality as the help tells them, between those of the forms."""

import re
from collections.abc import Iterable, Mapping, Sequence

from fmstod.domain.inquiry import GROUPS
from fmstod.domain.rule_line import RuleLine
from fmstod.quality.rulebook import Rule

OPEN = "…"
_GAP = re.compile(r"\{(\w+)\}")


def rule_lines(rules: Iterable[Rule], headings: Mapping[str, str], form: str) -> tuple[RuleLine, ...]:
    """`headings` by question, as the form has them; `form` is what people call it."""
    return tuple(
        RuleLine(
            rule=rule.id,
            group=headings.get(rule.ref) or next(headings[ref] for ref in GROUPS[rule.group] if ref in headings),
            levels=(rule.level,),
            questions=(rule.ref,),
            says=tuple(_open(said, rule.ref) for said in (rule.says, *rule.also.values())),
            why=rule.why,
            source=rule.source,
            forms=(form,),
        )
        for rule in rules
    )


def between(lines: Sequence[RuleLine], others: Iterable[RuleLine]) -> tuple[RuleLine, ...]:
    """All of them, each heading once, in the order of the first."""
    every = (*lines, *others)
    order = list(dict.fromkeys(line.group for line in every))
    return tuple(sorted(every, key=lambda line: order.index(line.group)))


def _open(said: str, question: str) -> str:
    """The sentence with what only a certificate can fill in left open."""
    filled = _GAP.sub(lambda gap: question if gap[1] == "question" else OPEN, said)
    return filled.replace(f"{OPEN}.", OPEN)
