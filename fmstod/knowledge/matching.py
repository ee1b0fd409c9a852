"""Whether a recommendation's conditions hold for a patient: yes, no, or not yet answered. Nothing is guessed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from fmstod.knowledge.entry import AllOf, Conditions, Entry, Values, listed
from fmstod.knowledge.library import Vocabulary

SCALE = ("mild", "moderate", "severe")
LOADS = ("light", "moderate", "high")
OTHER = "other"  # the answer that none of the listed choices fits


@dataclass(frozen=True)
class Asked:
    """One thing to ask of an entry: a choice among `choices`, or yes or no to `terms`, keys of `slot`.

    `key` is where the answer is kept in Consultation.conditions. `status` is a treatment's.
    """

    key: str
    slot: str
    terms: tuple[str, ...]
    choices: tuple[str, ...] = ()
    status: str = ""


@dataclass(frozen=True)
class Clause:
    """One condition of a recommendation. `atoms` pairs what is asked with the terms that fit; any or all must hold."""

    slot: str
    atoms: tuple[tuple[Asked, tuple[str, ...]], ...]
    needs_all: bool = False


Answers = Mapping[str, str | bool | None]


def clauses(entry: Entry, when: Conditions, every: Sequence[Conditions], words: Vocabulary) -> Sequence[Clause]:
    """The clauses of one recommendation; `every` are the conditions of all that are listed for the code."""
    return tuple(_clauses(entry.fmb, when, every, words))


def holds(clause: Clause, answers: Answers) -> bool | None:
    """None while an unanswered question could still decide."""
    found = [_fits(asked, terms, answers.get(asked.key)) for asked, terms in clause.atoms]
    if clause.needs_all:
        return False if False in found else None if None in found else True
    return True if True in found else None if None in found else False


def implies(one: Conditions, other: Conditions) -> bool:
    """Whether whatever fits `one` also fits `other`."""
    slots = ("severity", "workload", "course", "factor", "comorbidity", "state")
    pairs: list[tuple[Values, Values]] = [(getattr(one, slot), getattr(other, slot)) for slot in slots]
    if other.treatment:
        if one.treatment is None or one.treatment.status != other.treatment.status:
            return False
        pairs.append((one.treatment.code, other.treatment.code))
    return all(_narrower(narrow, wide) for narrow, wide in pairs)


def _narrower(narrow: Values, wide: Values) -> bool:
    if not listed(wide):
        return True
    given, wanted = set(listed(narrow)), set(listed(wide))
    if not given:
        return False
    if isinstance(narrow, AllOf):
        return wanted <= given if isinstance(wide, AllOf) else bool(wanted & given)
    return given == wanted and len(given) == 1 if isinstance(wide, AllOf) else given <= wanted


def _fits(asked: Asked, terms: tuple[str, ...], answer: str | bool | None) -> bool | None:
    if asked.choices:
        return answer in terms if isinstance(answer, str) and answer else None
    return answer if isinstance(answer, bool) else None


def _clauses(entry: int, when: Conditions, every: Sequence[Conditions], words: Vocabulary) -> Iterator[Clause]:
    if when.severity:
        yield Clause("severity", ((_severity(entry, every, words), when.severity),))
    if when.workload:
        yield Clause("workload", _workload(entry, when.workload, every, words))
    for slot, values in (("course", when.course), ("factor", when.factor), ("state", when.state)):
        if listed(values):
            atoms = tuple((Asked(f"{entry}:{slot}.{key}", slot, (key,)), (key,)) for key in listed(values))
            yield Clause(slot, atoms, isinstance(values, AllOf))
    if when.treatment:
        code, status = when.treatment.code, when.treatment.status
        atoms = tuple(
            (Asked(f"{entry}:treatment.{status}.{key}", "treatment", (key,), status=status), (key,))
            for key in listed(code)
        )
        yield Clause("treatment", atoms, isinstance(code, AllOf))
    if when.comorbidity:
        asked = Asked(f"{entry}:comorbidity", "comorbidity", when.comorbidity)
        yield Clause("comorbidity", ((asked, when.comorbidity),))


def _severity(entry: int, every: Sequence[Conditions], words: Vocabulary) -> Asked:
    """One choice among all severities that the code's recommendations name; the usual scale is offered whole."""
    used = {key for when in every for key in when.severity}
    offered = used | set(SCALE) if used & set(SCALE) else used
    choices = tuple(key for key in words.severity if key in offered)
    return Asked(f"{entry}:severity", "severity", choices, choices if offered == set(SCALE) else (*choices, OTHER))


def _workload(
    entry: int, terms: tuple[str, ...], every: Sequence[Conditions], words: Vocabulary
) -> tuple[tuple[Asked, tuple[str, ...]], ...]:
    """The three levels are one choice, answered by Work.load. Demands of certain work are one choice among themselves
    when nothing else is asked, else yes or no each, since work can be heavy and above the shoulders at once.
    """
    used = {key for when in every for key in when.workload}
    demands = tuple(key for key in words.workload if key in used and key not in LOADS)
    atoms: list[tuple[Asked, tuple[str, ...]]] = []
    if levels := tuple(key for key in terms if key in LOADS):
        atoms.append((Asked(f"{entry}:workload", "workload", LOADS, LOADS), levels))
    wanted = tuple(key for key in terms if key not in LOADS)
    if wanted and len(demands) > 1 and not used & set(LOADS):
        return ((Asked(f"{entry}:workload", "workload", demands, (*demands, OTHER)), wanted),)
    atoms += [(Asked(f"{entry}:workload.{key}", "workload", (key,)), (key,)) for key in wanted]
    return tuple(atoms)
