"""The file model of an FMB entry: facts only, as one TOML file holds them (diagnoses/<group>/<id>-<slug>.toml)."""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from fmstod.domain.period import MONTH, WEEK
from fmstod.domain.record import Record
from fmstod.knowledge.exports.fingerprint import fingerprint
from fmstod.knowledge.notes import COUNTED, NO_OPERATION, UNBOUNDED, Note


class Kind(StrEnum):
    """How the recommendation bounds the time."""

    NONE = "none"
    AT_MOST = "at_most"
    AT_MOST_OR_LONGER = "at_most_or_longer"
    AT_LEAST = "at_least"
    RANGE = "range"
    UNTIL_SURGERY = "until_surgery"
    DURING_TREATMENT = "during_treatment"
    PREGNANCY = "pregnancy"
    PERMANENT = "permanent"
    INDIVIDUAL = "individual"
    RECURRENT = "recurrent"
    UNSPECIFIED = "unspecified"
    MISSING = "missing"


class Unit(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class Extent(StrEnum):
    """Full-time or part-time sick leave, as the source's text says."""

    PART = "part"
    FULL = "full"


UNIT_DAYS = {Unit.DAY: 1, Unit.WEEK: WEEK, Unit.MONTH: MONTH}
TIMED = {Kind.AT_MOST, Kind.AT_MOST_OR_LONGER, Kind.AT_LEAST, Kind.RANGE}
BOUNDED = {Kind.NONE, Kind.AT_MOST, Kind.RANGE}


LONGEST = 110  # characters of a value; a longer one, or one that ends in a full stop, would be a sentence (fmb.md 6.9)


def no_sentence(text: str) -> str:
    """The text, unless it looks like a sentence: the project ships facts only."""
    if len(text) > LONGEST or text.endswith(".") or not text.isprintable():
        raise PydanticCustomError("sentence", "is no short label on one line")
    return text


Label: TypeAlias = Annotated[str, AfterValidator(no_sentence)]


class AllOf(Record):
    """Every value must hold; a plain list of values means any of them."""

    all: tuple[str, ...] = Field(min_length=1)


Values: TypeAlias = tuple[str, ...] | AllOf


def listed(values: Values) -> tuple[str, ...]:
    """The values, whether all or any of them must hold."""
    return values.all if isinstance(values, AllOf) else values


class Treatment(Record):
    """A treatment that is done or ongoing."""

    status: Literal["done", "ongoing"]
    code: Values


class Conditions(Record):
    """When a recommendation applies: everything that is said must hold. Keys of `diagnoses/vocabulary.toml`."""

    severity: tuple[str, ...] = ()
    workload: tuple[str, ...] = ()
    course: Values = ()
    factor: Values = ()
    treatment: Treatment | None = None
    comorbidity: tuple[str, ...] = ()
    state: Values = ()

    def terms(self) -> Iterator[tuple[str, str]]:
        """Slot and key of every value; a treatment gives its status too."""
        plain = {"severity": self.severity, "workload": self.workload, "comorbidity": self.comorbidity}
        slots: dict[str, Values] = {**plain, "course": self.course, "factor": self.factor, "state": self.state}
        if self.treatment:
            yield "treatment_status", self.treatment.status
            slots["treatment"] = self.treatment.code
        for slot, values in slots.items():
            yield from ((slot, key) for key in listed(values))


class Recommendation(Record):
    """One recommendation (typfall). `time` is the reading that the app uses, an upper bound except for `at_least`.

    `export_time` is the export's own number where the reading departs from it; `min_time` has the unit of `time`.
    `adds_to` names the recommendation whose time this one extends. `icd10se` are the export's codes, empty when they are
    all of the entry's; `holds_for` are the codes that our reading gives it, where that departs from the export's.
    """

    id: int
    icd10se: tuple[str, ...] = ()
    holds_for: tuple[str, ...] = ()
    when: Conditions = Conditions()
    kind: Kind
    time: int | None = Field(default=None, gt=0)
    unit: Unit | None = None
    export_time: int | None = Field(default=None, ge=0)
    export_unit: Unit | None = None
    min_time: int | None = Field(default=None, gt=0)
    extent: tuple[Extent, ...] = ()
    prefer: Extent | None = None
    adds_to: int | None = None
    dated: date = Field(alias="changed")
    note: tuple[Note, ...] = ()

    @property
    def days(self) -> int | None:
        """The export's own number in days, whatever it means; None when it gives none."""
        if self.export_time is not None and self.export_unit is not None:
            return self.export_time * UNIT_DAYS[self.export_unit]
        return 0 if self.kind is Kind.NONE else self.read_days

    @property
    def read_days(self) -> int | None:
        """Our reading of the time in days, upper bound or lower."""
        return None if self.time is None or self.unit is None else self.time * UNIT_DAYS[self.unit]

    @property
    def counts_from(self) -> str:
        """The event that the time counts from, `fmb.from` names it; nothing when it is the first day of the case.

        A time after a treatment that is done counts from it, unless a note says that the case begins with it.
        """
        if self.time is None or Note.FROM_FIRST_DAY in self.note:
            return ""
        if noted := next((event for note, event in COUNTED.items() if note in self.note), ""):
            return noted
        if self.when.treatment is None or self.when.treatment.status != "done":
            return ""
        return "procedure" if NO_OPERATION & set(listed(self.when.treatment.code)) else "operation"

    @model_validator(mode="after")
    def _times_fit_kind(self) -> "Recommendation":
        if (self.time is None) != (self.unit is None) or (self.export_time is None) != (self.export_unit is None):
            raise ValueError("a time and its unit stand together")
        if self.kind in TIMED and self.time is None:
            raise ValueError(f"kind {self.kind} needs time and unit")
        if self.time is not None and self.kind not in TIMED | {Kind.UNTIL_SURGERY}:
            raise ValueError(f"kind {self.kind} has no time")
        if (self.kind is Kind.RANGE) != (self.min_time is not None):
            raise ValueError("min_time belongs to kind range and to it alone")
        if self.min_time is not None and self.time is not None and self.min_time >= self.time:
            raise ValueError("min_time is not below time")
        if self.prefer and self.prefer not in self.extent:
            raise ValueError("prefer is one of extent")
        return self


class Source(Record):
    """Where the facts come from and who has looked at them. `rechecked` is None: never compared with today's page."""

    version: int
    dated: date = Field(alias="changed")
    valid_from: date
    retrieved: date
    url: str
    replaces: tuple[int, ...] = ()
    checked: date | None = None
    checked_by: Label = ""
    reviewed: date | None = None
    reviewed_by: str = ""
    rechecked: date | None = None


class IcfCodes(Record):
    central: tuple[str, ...] = ()
    additional: tuple[str, ...] = ()


class Icf(Record):
    """ICF categories of impairment (funktionsnedsättning) and limitation (aktivitetsbegränsning), in the source's order."""

    impairment: IcfCodes
    limitation: IcfCodes

    @property
    def codes(self) -> tuple[str, ...]:
        """All of them, those of impairment first."""
        return tuple(code for part in (self.impairment, self.limitation) for code in (*part.central, *part.additional))


class Entry(Record):
    """An entry of FMB: its codes (without dots), source, ICF categories and recommendations.

    `not_for` are codes below this entry's that don't inherit it.
    """

    fmb: int
    title: Label
    group: str
    icd10se: tuple[str, ...] = Field(min_length=1)
    source: Source
    note: tuple[Note, ...] = ()
    not_for: tuple[str, ...] = ()
    icf: Icf
    recommendation: tuple[Recommendation, ...] = Field(min_length=1)

    @property
    def changed_at_source(self) -> bool:
        return Note.CHANGED_AT_SOURCE in self.note

    @cached_property
    def content(self) -> str:
        """SHA-256 over what the entry says: no number, version, date or address, which the source changes or leaves
        unchanged without telling whether the facts did (fmb.md 9.3).
        """
        facts = self.model_dump(mode="json", include={"title", "icd10se", "not_for", "note", "icf"})
        return fingerprint({**facts, "recommendation": [self.facts_of(r) for r in self.recommendation]})

    def facts_of(self, r: Recommendation) -> Mapping[str, object]:
        """What a recommendation says, without its number and date; what it adds to is told by content."""
        plain = {"id", "dated", "adds_to", "extent"}
        said, base = (
            one and one.model_dump(mode="json", exclude=plain, exclude_defaults=True)
            for one in (r, next((other for other in self.recommendation if other.id == r.adds_to), None))
        )
        return {**(said or {}), "adds_to": base, "icd10se": self.codes_of(r), "extent": " ".join(r.extent)}

    def codes_of(self, recommendation: Recommendation) -> tuple[str, ...]:
        """The codes that the export gives a recommendation of this entry."""
        return recommendation.icd10se or self.icd10se

    def listed(self, code: str) -> tuple[Recommendation, ...]:
        """The recommendations that the export gives `code`, which is one of the entry's."""
        return tuple(r for r in self.recommendation if code in self.codes_of(r))

    def holding(self, code: str) -> tuple[Recommendation, ...]:
        """The recommendations that hold for `code` by our reading."""
        return tuple(r for r in self.recommendation if code in (r.holds_for or self.codes_of(r)))

    def limit_days(self, recommendation: Recommendation) -> int | None:
        """The upper bound in days from the first day, None for kinds and notes that set none. An addition counts what it
        extends.
        """
        if recommendation.kind not in BOUNDED or UNBOUNDED & set(recommendation.note):
            return None
        own = recommendation.read_days or 0
        if recommendation.adds_to is None:
            return own
        base = next(r for r in self.recommendation if r.id == recommendation.adds_to)
        return own + (base.read_days or 0)

    def event_days(self, recommendation: Recommendation) -> int | None:
        """The upper bound in days from the event that it counts from; None when it counts from the first day, or when its
        kind or a note sets none.
        """
        open_ = recommendation.kind not in BOUNDED or Note.PART_MAY_LAST_LONGER in recommendation.note
        return None if open_ or not recommendation.counts_from else recommendation.read_days

    @model_validator(mode="after")
    def _recommendations_belong(self) -> "Entry":
        ids = [r.id for r in self.recommendation]
        if len(ids) != len(set(ids)):
            raise ValueError("a recommendation id stands twice")
        for r in self.recommendation:
            if r.icd10se and not set(r.icd10se) < set(self.icd10se):
                raise ValueError(f"recommendation {r.id}: icd10se is not a proper subset of the entry's codes")
            if not set(r.holds_for) <= set(self.icd10se):
                raise ValueError(f"recommendation {r.id}: holds_for has codes that the entry hasn't")
            base = next((other for other in self.recommendation if other.id == r.adds_to), None)
            if r.adds_to is not None and (base is None or base is r or base.read_days is None):
                raise ValueError(f"recommendation {r.id}: adds_to is no other recommendation with a time")
        return self
