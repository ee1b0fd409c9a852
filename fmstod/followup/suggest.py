"""What could stand in a plan, and why. Suggestions to choose from: nothing here chooses (safety.md M-08)."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Literal

from fmstod.domain.answers import Measure
from fmstod.domain.holidays import workday_after
from fmstod.domain.icd import dotted
from fmstod.domain.record import Record
from fmstod.domain.words import Phrases, small
from fmstod.domain.work import Ability
from fmstod.followup.catalogue import Alternative, Capacity, Catalogue, Idea, Pair, Reminder, Stop, closeness
from fmstod.followup.facts import Facts

About = Literal["diagnosis", "demand", "occupation", "phase", "coordinator", "general"]


class Reason(Record):
    """Why something is suggested: what it is about, and the code, demand, occupation or phase."""

    about: About
    value: str = ""


class Suggestion(Record):
    """A measure that fits, with every reason for it, the nearest first."""

    idea: Idea
    why: tuple[Reason, ...]


def suggested(facts: Facts, catalogue: Catalogue) -> tuple[Suggestion, ...]:
    """The measures that fit, the most fitting first.

    Before the others what the diagnoses name, the main one and the closest first; then what the work demands, what isn't
    managed at all first; then what occupation and phase ask for; last what holds for most.
    """
    ranked = [
        (rank, place, Suggestion(idea=idea, why=why))
        for place, idea in enumerate(catalogue.measure)
        if (why := tuple(_reasons(idea, facts))) and (rank := _rank(idea, why, facts)) is not None
    ]
    return tuple(_each_theme_once(suggestion for _, _, suggestion in sorted(ranked, key=lambda each: each[:2])))


def _each_theme_once(suggestions: Iterable[Suggestion]) -> Iterator[Suggestion]:
    seen: set[str] = set()
    for suggestion in suggestions:
        theme = suggestion.idea.theme
        if theme not in seen:
            yield suggestion
        seen |= {theme} - {""}


def reason_text(reason: Reason, catalogue: Catalogue, phrases: Phrases) -> str:
    """`vid F43.8`, `kravet lyfta tungt`, `förlängning`. The labels of demands are among the phrases: `demand.<key>`."""
    said = {
        "diagnosis": dotted(reason.value),
        "demand": small(phrases.get(f"demand.{reason.value}", reason.value)),
        "occupation": catalogue.words.get(f"occupation.{reason.value}", reason.value),
        "phase": catalogue.words.get(f"phase.{reason.value}", reason.value),
    }.get(reason.about, "")
    return catalogue.words[f"why.{reason.about}"].format(value=said)


def row(idea: Idea, catalogue: Catalogue, today: date) -> Measure:
    """The row that the plan gets when the physician chooses the measure; the day is when it is looked at again."""
    day = workday_after(today + timedelta(weeks=idea.weeks))
    decides = catalogue.words[f"owner.{idea.decides}"] if idea.decides else ""
    owner = catalogue.words[f"owner.{idea.owner}"]
    return Measure(what=idea.text, owner=owner, when=day.isoformat(), decides=decides, idea=idea.key)


def capacities(facts: Facts, catalogue: Catalogue) -> tuple[Capacity, ...]:
    """What the patient may be able to do, those that answer to demands of the work first; without what is limited."""
    open_ones = [c for c in catalogue.capacity if not any(_same(c.code, code) for code in facts.limited)]
    asked_for = {demand.key for demand in facts.work.demands}
    return tuple(sorted(open_ones, key=lambda c: asked_for.isdisjoint(c.demands)))


def pairs(facts: Facts, catalogue: Catalogue) -> tuple[Pair, ...]:
    """What to avoid and what is possible instead, for the demands that the patient doesn't manage, or only partly."""
    by_demand = {pair.demand: pair for pair in catalogue.pair}
    hindered = [key for key in facts.hindered() if facts.rated(key) in (Ability.CANNOT, Ability.PARTLY)]
    return tuple(by_demand[key] for key in hindered if key in by_demand)


def stops(facts: Facts, catalogue: Catalogue) -> tuple[Stop, ...]:
    """When to stop a step: what the diagnoses name first, then what holds for everyone."""
    named = [s for s in catalogue.stop if s.codes and _concerns(s, facts)]
    return (*named, *(s for s in catalogue.stop if not s.codes))


def alternatives(facts: Facts, catalogue: Catalogue) -> tuple[Alternative, ...]:
    """What there is instead of full sick leave."""
    return tuple(each for each in catalogue.alternative if _concerns(each, facts))


def reminders(facts: Facts, catalogue: Catalogue) -> tuple[Reminder, ...]:
    """What the physician should think of. To be shown beside the plan; nothing of it is ever printed or stored."""
    return tuple(each for each in catalogue.remember if _concerns(each, facts))


def _concerns(each: Stop | Alternative | Reminder, facts: Facts) -> bool:
    return not each.codes or any(closeness(each.codes, code) for code in facts.codes)


def _reasons(idea: Idea, facts: Facts) -> Iterator[Reason]:
    """Nothing, where something that the measure names doesn't fit; else the nearest reasons.

    A diagnosis is nearer than an occupation, which hardly tells one patient from another.
    """
    asks: Sequence[tuple[About, Sequence[str], Sequence[str]]] = (
        ("diagnosis", idea.codes, [code for code in facts.codes if closeness(idea.codes, code)]),
        ("demand", idea.demands, [key for key in facts.hindered() if key in idea.demands]),
        ("phase", idea.phases, [phase for phase in idea.phases if phase in facts.phases]),
        ("occupation", idea.occupations, [code for code in facts.occupations if code in idea.occupations]),
    )
    if any(wanted and not fitting for _, wanted, fitting in asks):
        return
    if idea.coordinator:
        if facts.phases != {"first"}:  # coordination is for what lasts
            yield Reason(about="coordinator")
        return
    near = [Reason(about=about, value=value) for about, _, fitting in asks[:2] for value in fitting]
    later = [Reason(about="phase", value=phase) for phase in asks[2][2]] if "first" not in idea.phases else []
    yield from near + later or _further(asks[2:]) or [Reason(about="general")]


def _further(asks: Sequence[tuple[About, Sequence[str], Sequence[str]]]) -> list[Reason]:
    return [Reason(about=about, value=value) for about, _, fitting in asks for value in fitting]


def _rank(idea: Idea, why: Sequence[Reason], facts: Facts) -> tuple[int, int, int]:
    match why[0].about:
        case "diagnosis":
            code = why[0].value
            return 0, facts.codes.index(code), -closeness(idea.codes, code)
        case "demand":
            return 1, list(facts.hindered()).index(why[0].value), 0
        case "phase" | "occupation":
            # What belongs to a later phase before what always holds.
            return 2, 1 if "first" in idea.phases or not idea.phases else 0, 0
        case "coordinator":
            return 3, 0, 0
        case _:
            return 4, 0, 0


def _same(one: str, other: str) -> bool:
    """Whether one ICF category lies within the other."""
    return one.startswith(other) or other.startswith(one)
