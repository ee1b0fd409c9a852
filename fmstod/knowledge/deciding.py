"""Which answers lead to which recommendations, exactly: every way to answer all questions of a code is one bit of a
whole number, so that "what can still come out" and "does this question matter" are a few operations on such numbers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, reduce
from math import log2, prod
from operator import or_

from fmstod.knowledge.entry import Recommendation
from fmstod.knowledge.library import Library
from fmstod.knowledge.matching import SLOTS, Answer, Answers, Asked, Clause, clauses, holds, implies
from fmstod.knowledge.notes import TOLD, Note

LARGEST = 1 << 16  # ways to answer; a code with more is asked in the order of its slots, and its limit is less sure


@dataclass(frozen=True)
class Table:
    """All ways to answer the questions of a code.

    `replaced_by` are the recommendations that take another's place where both apply. `alike` gives what is shown of each:
    equal ones need no telling apart. `bounds` are their limits in days, infinite for none; those of `from_event` count from
    an event, the others from the first day. The largest is what the panel answers (`leading`), so a shorter one beside it
    is asked for only when it is among `choices`, a choice for the same patient.
    """

    questions: Sequence[Asked]
    needs: Mapping[int, Sequence[Clause]]
    replaced_by: Mapping[int, Sequence[int]]
    alike: Mapping[int, object]
    bounds: Mapping[int, float]
    from_event: frozenset[int]
    choices: frozenset[int]

    def leading(self, ruling: frozenset[int]) -> frozenset[int]:
        """Those with the largest bound, which allow most. One from an event allows more the later that comes, so it leads
        beside one from the first day that is larger.
        """
        if ruling not in self._leading:
            self._leading[ruling] = self._find_leading(ruling)
        return self._leading[ruling]

    @cached_property
    def _leading(self) -> dict[frozenset[int], frozenset[int]]:
        """What was found so far: there are few, and they are asked for at every keystroke."""
        return {}

    def _find_leading(self, ruling: frozenset[int]) -> frozenset[int]:
        counted = ruling & self.from_event
        plain = self._largest(ruling - counted)
        if not counted or self._most(plain) == float("inf"):
            return plain
        largest = self._largest(counted)
        return largest | plain if self._most(plain) > self._most(largest) else largest

    def reachable(self, answers: Answers) -> Sequence[frozenset[int]]:
        """The ids of what can still come to rule together, one set for each way; an empty one where nothing fits."""
        if not self._fits:
            return self._roughly(answers)
        return tuple(ruling for ruling, _ in self._left(answers))

    def order(self, answers: Answers) -> Sequence[str]:
        """The unanswered questions that can still change what is shown, the one that tells most apart first."""
        if not self._fits:
            return tuple(q.key for q in self.questions if q.key in self._open(answers))
        alike: dict[object, int] = {}
        for ruling, rows in self._left(answers):
            alike[self._told[ruling]] = alike.get(self._told[ruling], 0) | rows
        left = tuple(alike.values())
        if len(left) < 2:
            return ()
        asked = [(i, q) for i, q in enumerate(self.questions) if answers.get(q.key) is None and self._matters(q, left)]
        return tuple(key for _, _, key in sorted((self._unknown_after(q, left), i, q.key) for i, q in asked))

    @cached_property
    def ranked(self) -> Sequence[Asked]:
        """The questions in the order that is best before anything is answered; it doesn't move with the answers."""
        place = {key: i for i, key in enumerate(self.order({}))}
        return sorted(self.questions, key=lambda q: place.get(q.key, len(place)))

    @cached_property
    def _fits(self) -> bool:
        return prod(len(q.answers) for q in self.questions) <= LARGEST

    @cached_property
    def _steps(self) -> Mapping[str, int]:
        """How far apart the rows of two neighbouring answers to a question lie."""
        made, step = {}, 1
        for q in self.questions:
            made[q.key] = step
            step *= len(q.answers)
        return made

    @cached_property
    def _whole(self) -> int:
        return (1 << prod(len(q.answers) for q in self.questions)) - 1

    @cached_property
    def _given(self) -> Mapping[str, Mapping[Answer, int]]:
        """The rows of each answer to each question."""
        made: dict[str, dict[Answer, int]] = {}
        for q in self.questions:
            step, count = self._steps[q.key], len(q.answers)
            every = self._whole // ((1 << step * count) - 1)  # one bit at the start of each turn of the answers
            made[q.key] = {a: every * (((1 << step) - 1) << step * i) for i, a in enumerate(q.answers)}
        return made

    @cached_property
    def _applies(self) -> Mapping[int, int]:
        """The rows in which each recommendation applies."""
        made = {}
        for id_, needed in self.needs.items():
            rows = self._whole
            for clause in needed:
                rows &= self._rows_of(clause)
            made[id_] = rows
        return made

    @cached_property
    def _results(self) -> Mapping[frozenset[int], int]:
        """Everything that can come to rule, with its rows."""
        parts = {frozenset[int](): self._whole}
        for id_, applies in self._applies.items():
            rows = applies & ~reduce(or_, (self._applies[other] for other in self.replaced_by[id_]), 0)
            split: dict[frozenset[int], int] = {}
            for ruling, part in parts.items():
                split |= {ids: left for ids, left in ((ruling | {id_}, part & rows), (ruling, part & ~rows)) if left}
            parts = split
        return parts

    @cached_property
    def _told(self) -> Mapping[frozenset[int], object]:
        """What is shown of each result."""
        made = {}
        for ruling in self._results:
            made[ruling] = frozenset(self.alike[id_] for id_ in self.leading(ruling) | (ruling & self.choices))
        return made

    def _most(self, ids: frozenset[int]) -> float:
        return max((self.bounds[id_] for id_ in ids), default=-1)

    def _largest(self, ids: frozenset[int]) -> frozenset[int]:
        most = self._most(ids)
        return frozenset(id_ for id_ in ids if self.bounds[id_] == most)

    def _left(self, answers: Answers) -> Sequence[tuple[frozenset[int], int]]:
        """What the answers leave of the results."""
        rows = self._whole
        for key, found in self._given.items():
            if (answer := answers.get(key)) is not None:
                rows &= found[answer]
        return [(ruling, left) for ruling, part in self._results.items() if (left := part & rows)]

    def _rows_of(self, clause: Clause) -> int:
        first, *rest = (sum(self._given[asked.key][answer] for answer in fits) for asked, fits in clause.atoms)
        for rows in rest:
            first = first & rows if clause.needs_all else first | rows
        return first

    def _matters(self, q: Asked, left: Sequence[int]) -> bool:
        """Whether two rows that differ in this answer alone give different results."""
        step, found = self._steps[q.key], self._given[q.key].values()
        return any(len({(part & rows) >> step * i for i, rows in enumerate(found)}) > 1 for part in left)

    def _unknown_after(self, q: Asked, left: Sequence[int]) -> float:
        """What is expected to remain unknown once it is answered, each way to answer the rest being as likely.

        Counted in bits, so that a question which leaves two even halves goes before one that splits off a rare case.
        """
        remaining = 0.0
        for rows in self._given[q.key].values():
            counts = [n for part in left if (n := (part & rows).bit_count())]
            total = sum(counts)
            remaining -= sum(n * log2(n / total) for n in counts)
        return round(remaining / sum(part.bit_count() for part in left), 9)

    def _standing(self, answers: Answers) -> Mapping[int, set[bool | None]]:
        return {id_: {holds(clause, answers) for clause in needed} for id_, needed in self.needs.items()}

    def _open(self, answers: Answers) -> set[str]:
        """The questions of what may apply."""
        possible = [id_ for id_, found in self._standing(answers).items() if None in found and False not in found]
        atoms = (atom for id_ in possible for clause in self.needs[id_] for atom in clause.atoms)
        return {asked.key for asked, _ in atoms if answers.get(asked.key) is None}

    def _roughly(self, answers: Answers) -> Sequence[frozenset[int]]:
        """What applies, and each that may."""
        standing = self._standing(answers)
        applying = {id_ for id_, found in standing.items() if found <= {True}}
        ruling = frozenset(id_ for id_ in applying if not applying & set(self.replaced_by[id_]))
        return ruling, *(frozenset({id_}) for id_, found in standing.items() if None in found and False not in found)


def shown(r: Recommendation) -> object:
    """What a physician sees of a recommendation: two that are equal in this need no telling apart."""
    return r.kind, r.min_time, r.read_days, r.adds_to, r.extent, r.prefer, r.counts_from, frozenset(r.note) & TOLD


@lru_cache(maxsize=512)  # of every code that FMB has
def table_of(library: Library, code: str) -> Table:
    """The table of a code as FMB knows it (Resolved.code). Raises KeyError for another."""
    entry = library.entry_of(code)
    holding = entry.holding(code)
    needs = clauses(entry, holding, library.vocabulary)
    questions = dict.fromkeys(asked for found in needs.values() for clause in found for asked, _ in clause.atoms)
    return Table(
        tuple(sorted(questions, key=lambda q: SLOTS.index(q.slot))),
        needs,
        {r.id: [other.id for other in holding if _replaces(other, r)] for r in holding},
        {r.id: shown(r) for r in holding},
        {r.id: bound(entry.event_days(r) if r.counts_from else entry.limit_days(r)) for r in holding},
        frozenset(r.id for r in holding if entry.event_days(r) is not None),
        frozenset(r.id for r in holding if Note.DUPLICATE_CONDITIONS in r.note),
    )


def bound(days: int | None) -> float:
    """None is no upper bound: more than any number of days."""
    return float("inf") if days is None else days


def _replaces(one: Recommendation, other: Recommendation) -> bool:
    """Whether `one` takes the other's place: it is narrower, or counts the other's time in.

    Two that are a choice for the same patient stand side by side.
    """
    if one.adds_to == other.id:
        return True
    if Note.DUPLICATE_CONDITIONS in one.note:
        return False
    return implies(one.when, other.when) and not implies(other.when, one.when)
