"""What to order an examination from that the judgement of work capacity waits for (product.md F-059). It is sent by nobody."""

from collections.abc import Iterator, Mapping
from datetime import date

from fmstod.domain.answers import Answer, Measure, Status
from fmstod.domain.consultation import Consultation
from fmstod.domain.icd import dotted
from fmstod.domain.issuer import Issuer
from fmstod.followup.catalogue import Catalogue
from fmstod.followup.note import Say

ORDERED = ("service", "investigation")  # laboratory, radiology, physiology; and the team that judges capacity
_OVER = (Status.DONE, Status.STOPPED)


def orders(answers: Mapping[str, Answer], catalogue: Catalogue) -> tuple[Measure, ...]:
    """The measures of the plan that have to be ordered and aren't over."""
    kinds = {idea.key: idea.kind for idea in catalogue.measure}
    found = answers.get("plan.measures")
    rows = [row for row in found if isinstance(row, Measure)] if isinstance(found, tuple) else []
    return tuple(row for row in rows if kinds.get(row.idea) in ORDERED and row.status not in _OVER)


def order_text(
    record: Consultation, answers: Mapping[str, Answer], issuer: Issuer, catalogue: Catalogue, today: date, *, say: Say
) -> str:
    """Plain text to paste, a part for each that is to be ordered; empty where none is."""
    wanted = orders(answers, catalogue)
    followup = str(answers.get("plan.followup") or "").strip()
    return "\n\n".join("\n".join(_lines(record, row, followup, issuer, today, say)) for row in wanted)


def _lines(record: Consultation, row: Measure, followup: str, issuer: Issuer, today: date, say: Say) -> Iterator[str]:
    patient, physician, unit = record.patient, issuer.physician, issuer.unit
    found = [f"{dotted(each.code)} {each.text}".strip() for each in record.diagnoses if (each.code + each.text).strip()]
    last = max(record.periods, key=lambda period: period.last, default=None)
    yield say("order.what", what=row.what.strip())
    yield say("order.patient", who=f"{patient.name.strip()} {patient.number}".strip() or say("paper.no_name"))
    if found:
        yield say("order.diagnoses", diagnoses=", ".join(found))
    yield say("order.question")
    if occupation := record.work.occupation.strip():
        yield say("order.work", work=", ".join(part for part in (occupation, record.work.tasks.strip()) if part))
    if last:
        yield say("order.leave", degree=last.degree, day=last.last)
    if by := row.when.strip() or followup:
        yield say("order.by", day=by)
    who = ", ".join(part for part in (physician.name, unit.name, unit.phone) if part.strip())
    yield say("order.from", who=who or say("paper.no_name"), day=today)
