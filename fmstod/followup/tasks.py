"""How many of the physician's seven tasks are done (product.md F-007): a quiet list, which nothing requires."""

from collections.abc import Collection, Mapping

from fmstod.domain.answers import Answer, IcfText, Measure
from fmstod.domain.consultation import Consultation
from fmstod.domain.record import Record
from fmstod.followup.catalogue import Catalogue

BY_HAND = frozenset({"weighed", "contacts"})  # nothing that is entered tells for sure that they are done
MEASURES, NONE_NEEDED = "plan.measures", "plan.none_needed"


class Done(Record):
    """A task, and whether it is done; `by_hand`: somebody has to tick it."""

    key: str
    text: str
    done: bool
    by_hand: bool


def seven(
    catalogue: Catalogue,
    consultation: Consultation,
    plan: Mapping[str, Answer],
    *,
    ticked: Collection[str] = (),
    certificate_ready: bool = False,
    documented: bool = False,
) -> tuple[Done, ...]:
    """The seven, in order. `plan` are the plan's answers as they will be signed.

    `certificate_ready`: no rule stops its signing. `documented`: signed, or taken to the record.
    """
    described = [value for value in consultation.answers.values() if isinstance(value, IcfText)]
    found = {
        "illness": bool(consultation.codes),
        "capacity": bool(described) and all(each.text.strip() or each.icf for each in described),
        "planned": bool(consultation.periods) and _has_measures(plan),
        "certificate": certificate_ready,
        "documented": documented,
    }
    return tuple(
        Done(key=t.key, text=t.text, done=t.key in ticked or found.get(t.key, False), by_hand=t.key in BY_HAND)
        for t in catalogue.task
    )


def _has_measures(plan: Mapping[str, Answer]) -> bool:
    rows = plan.get(MEASURES)
    said = isinstance(rows, tuple) and any(isinstance(row, Measure) and row.what.strip() for row in rows)
    return said or plan.get(NONE_NEEDED) is True
