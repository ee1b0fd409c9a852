"""What a recommendation's conditions ask of a patient, and whether they hold: yes, no, or not yet answered.

Conditions are asked as few times as they allow. Those that exclude each other are one choice, those that always stand
together one question. Nothing is guessed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from fmstod.knowledge.entry import AllOf, Conditions, Entry, Recommendation, Values, listed
from fmstod.knowledge.library import Vocabulary

SCALE = ("mild", "moderate", "severe")
LOADS = ("light", "moderate", "high")
OTHER = "other"  # the answer that none of the listed choices fits
SLOTS = ("severity", "workload", "course", "state", "factor", "treatment", "comorbidity")

Answer = str | bool
Answers = Mapping[str, Answer | None]


@dataclass(frozen=True)
class Picked:
    """An option of a choice: any of `terms` fits, or all of them. `key` is what is stored, `status` a treatment's."""

    key: str
    terms: tuple[str, ...]
    needs_all: bool = False
    status: str = ""


@dataclass(frozen=True)
class Asked:
    """One thing to ask: a choice among `options`, or yes or no to any or all of `terms`, keys of `slot`.

    `key` is where the answer is kept in Consultation.conditions. What is asked of the work, not of the disease, has one
    key for all entries. `others` are keys that another entry may offer in the same choice.
    """

    key: str
    slot: str
    terms: tuple[str, ...]
    options: tuple[Picked, ...] = ()
    answers: tuple[Answer, ...] = (False, True)
    needs_all: bool = False
    status: str = ""
    others: tuple[str, ...] = ()

    def read(self, given: Answer | None) -> Answer | None:
        """The stored answer as one of `answers`; None for what answers this question not."""
        if not self.options:
            return given if isinstance(given, bool) else None
        if not isinstance(given, str):
            return None
        if given in self.answers:
            return given
        if given in self.others:
            return next((o.key for o in self.options if given in o.terms and not o.needs_all), OTHER)
        return None


@dataclass(frozen=True)
class Clause:
    """One condition of a recommendation. `atoms` pairs what is asked with the answers that fit; any or all must hold."""

    slot: str
    atoms: tuple[tuple[Asked, frozenset[Answer]], ...]
    needs_all: bool = False


@dataclass(frozen=True)
class _Wanted:
    """What a recommendation wants in a slot. A unit is a key, or a treatment's status and key."""

    recommendation: int
    units: tuple[str, ...]
    needs_all: bool


def clauses(
    entry: Entry, recommendations: Sequence[Recommendation], words: Vocabulary
) -> Mapping[int, tuple[Clause, ...]]:
    """The clauses of each recommendation by id. What is asked depends on all that are listed for the code."""
    made: dict[int, list[Clause]] = {r.id: [] for r in recommendations}
    for slot in SLOTS:
        wanted = [w for r in recommendations for w in _wanted(slot, r)]
        asked = _asked(entry, slot, wanted, words)
        for w in wanted:
            fitting = [(a, fits) for a in asked if (fits := _fitting(a, w))]
            if not any(len(fits) == len(a.answers) for a, fits in fitting):  # else every answer fits
                made[w.recommendation].append(Clause(slot, tuple(fitting), w.needs_all))
    return {id_: tuple(found) for id_, found in made.items()}


def holds(clause: Clause, answers: Answers) -> bool | None:
    """None while an unanswered question could still decide."""
    found = [None if (a := answers.get(asked.key)) is None else a in fits for asked, fits in clause.atoms]
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


def _wanted(slot: str, r: Recommendation) -> Iterator[_Wanted]:
    if slot == "treatment":
        values: Values = r.when.treatment.code if r.when.treatment else ()
        units = tuple(f"{r.when.treatment.status}.{key}" for key in listed(values)) if r.when.treatment else ()
    else:
        values = getattr(r.when, slot)
        units = listed(values)
    if units:
        yield _Wanted(r.id, units, isinstance(values, AllOf) and len(units) > 1)


def _asked(entry: Entry, slot: str, wanted: Sequence[_Wanted], words: Vocabulary) -> Sequence[Asked]:
    """The questions of a slot: its choices, then yes or no for what is in none."""
    made: list[Asked] = []
    left = list(dict.fromkeys(unit for w in wanted for unit in w.units))
    for name, keys in _choices(slot, words).items():
        units = [unit for key in keys for unit in left if _key(unit) == key]
        options = _options(units, wanted)
        if len(options) > 1 or (units and name == ""):
            place = ".".join(filter(None, (slot, name)))
            made.append(_choice(_home(entry, slot, place), slot, options, keys))
            left = [unit for unit in left if unit not in units]
    return (*made, *_yes_or_no(entry, slot, left, wanted))


def _choices(slot: str, words: Vocabulary) -> Mapping[str, Sequence[str]]:
    """The choices of a slot by name, with their keys; the nameless one is asked though one key alone is wanted."""
    own = words.choice.get(slot, {})
    if slot == "severity":
        return {"": tuple(words.severity)}
    return {"": LOADS, **own} if slot == "workload" else own


def _choice(key: str, slot: str, options: Sequence[Picked], keys: Sequence[str]) -> Asked:
    """The usual scale and the loads are offered whole, and one of them always fits."""
    terms = {term for option in options for term in option.terms}
    scale = LOADS if slot == "workload" else SCALE
    if terms & set(scale) and slot in ("severity", "workload"):
        options = [Picked(term, (term,)) for term in keys if term in terms | set(scale)]
        terms |= set(scale)
    answers = [option.key for option in options]
    if not terms <= set(scale):
        answers.append(OTHER)
    others = tuple(keys) if slot == "workload" else ()
    return Asked(key, slot, tuple(k for k in keys if k in terms), tuple(options), tuple(answers), others=others)


def _options(units: Sequence[str], wanted: Sequence[_Wanted]) -> Sequence[Picked]:
    """Several that must all hold are one option; those that no recommendation tells apart are one option too."""
    here = [w for w in wanted if set(w.units) & set(units)]
    together = dict.fromkeys(w.units for w in here if w.needs_all)
    alone = dict.fromkeys(unit for w in here if not w.needs_all for unit in w.units if unit in units)
    if any(not set(group) <= set(units) for group in together):
        return ()
    same: dict[tuple[object, ...], list[str]] = {}
    for unit in sorted(alone, key=units.index):
        mark = (_status(unit), *(unit in w.units for w in here))
        same.setdefault(mark, []).append(unit)
    groups = [*((tuple(group), False) for group in same.values()), *((group, True) for group in together)]
    return tuple(Picked(_place(group), tuple(map(_key, group)), all_, _status(group[0])) for group, all_ in groups)


def _yes_or_no(entry: Entry, slot: str, units: Sequence[str], wanted: Sequence[_Wanted]) -> Iterator[Asked]:
    """One question for the units that always stand together, in the same way."""
    same: dict[tuple[tuple[int, bool], ...], list[str]] = {}
    for unit in units:
        same.setdefault(tuple((i, w.needs_all) for i, w in enumerate(wanted) if unit in w.units), []).append(unit)
    for mark, group in same.items():
        ways = {needs_all for _, needs_all in mark}
        for part in [group] if len(ways) == 1 else [[unit] for unit in group]:
            key = _home(entry, slot, f"{slot}.{_place(part)}")
            needs_all = ways == {True} and len(part) > 1
            yield Asked(key, slot, tuple(map(_key, part)), needs_all=needs_all, status=_status(part[0]))


def _fitting(asked: Asked, wanted: _Wanted) -> frozenset[Answer]:
    """The answers that fit; none when the clause asks for other things."""
    units = set(wanted.units)
    if not asked.options:
        return frozenset({True} if units & set(_units(asked.terms, asked.status)) else ())
    return frozenset(
        o.key
        for o in asked.options
        if (units <= set(_units(o.terms, o.status)) if wanted.needs_all else units & set(_units(o.terms, o.status)))
    )


def _home(entry: Entry, slot: str, place: str) -> str:
    return place if slot == "workload" else f"{entry.fmb}:{place}"


def _units(terms: Sequence[str], status: str) -> Sequence[str]:
    return [f"{status}.{term}" for term in terms] if status else terms


def _key(unit: str) -> str:
    return unit.rpartition(".")[2]


def _status(unit: str) -> str:
    return unit.rpartition(".")[0]


def _place(units: Sequence[str]) -> str:
    """`done.a+b`: the name of what is asked together."""
    status = _status(units[0])
    return ".".join(filter(None, (status, "+".join(map(_key, units)))))
