"""What is done and what is lacking: the physician's seven tasks (product.md F-007), and what makes a sick leave active."""

from collections.abc import Mapping
from typing import Literal

from fmstod.domain.answers import Answer, IcfText, Measure
from fmstod.domain.consultation import Consultation
from fmstod.domain.period import iso_day
from fmstod.domain.record import Record
from fmstod.followup.catalogue import Catalogue

BY_HAND = frozenset({"weighed", "contacts", "documented"})  # nothing that is entered tells for sure that they are done
OF_CERTIFICATE = "certificate"  # without sick leave there is none to write
Part = Literal["plan", "purpose", "measure", "follow_up"]
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
    certificate_ready: bool = False,
) -> tuple[Done, ...]:
    """The seven, in order; without sick leave those that are left. `plan` are the plan's answers as they will be signed.

    `certificate_ready`: no rule stops its signing.
    """
    without = consultation.instead is not None
    described = [value for value in consultation.answers.values() if isinstance(value, IcfText)]
    found = {
        "illness": bool(consultation.codes),
        "capacity": bool(described) and all(each.text.strip() or each.icf for each in described),
        "planned": (bool(consultation.periods) or without) and _has_measures(plan),
        OF_CERTIFICATE: certificate_ready,
        **{key: key in consultation.tasks for key in BY_HAND},
    }
    return tuple(
        Done(key=t.key, text=t.text, done=found.get(t.key, False), by_hand=t.key in BY_HAND)
        for t in catalogue.task
        if not (without and t.key == OF_CERTIFICATE)
    )


def lacks(plan: Mapping[str, Answer] | None) -> tuple[Part, ...]:
    """What an active sick leave has and this one hasn't (product.md F-033, F-034); empty where it is active.

    `plan` are the answers of the plan in force, None where there is none: then it is all that is said.
    """
    if plan is None:
        return ("plan",)
    found: dict[Part, bool] = {
        "purpose": bool(str(plan.get("plan.purpose", "")).strip()),
        "measure": _has_measures(plan),
        "follow_up": iso_day(str(plan.get("plan.followup", ""))) is not None,
    }
    return tuple(part for part, there in found.items() if not there)


def _has_measures(plan: Mapping[str, Answer]) -> bool:
    rows = plan.get(MEASURES)
    said = isinstance(rows, tuple) and any(isinstance(row, Measure) and row.what.strip() for row in rows)
    return said or plan.get(NONE_NEEDED) is True
