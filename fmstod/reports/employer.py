"""What an employer may read: an extract by a list of what is allowed, taken before anything is printed (L-30).

The paper is made from the extract alone, so that what isn't on the list has no way to it.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import TypeVar

from fmstod.domain.answers import Answer, IcfText, PeriodRow, StepRow
from fmstod.domain.consultation import is_of_plan
from fmstod.domain.document import Document
from fmstod.domain.issuer import Issuer, Physician, Unit
from fmstod.domain.patient import Patient
from fmstod.domain.record import Record
from fmstod.reports.form_blocks import rows
from fmstod.reports.step_words import TASKS, step_lines

R = TypeVar("R", bound=Record)


class AllowedSection(Record):
    """A part of the paper: refs that are told as facts, and refs of free text that are told only when ticked."""

    title: str
    facts: tuple[str, ...] = ()
    ticked: tuple[str, ...] = ()


class Allowed(Record):
    """The list: fields of patient, physician and unit, and questions by section (`resources/reports/employer.toml`)."""

    patient: tuple[str, ...]
    physician: tuple[str, ...]
    unit: tuple[str, ...]
    sections: tuple[AllowedSection, ...]

    def ticked(self) -> Iterator[str]:
        """The refs of free text, in the order of the paper."""
        for section in self.sections:
            yield from section.ticked


def load_allowed(content: Mapping[str, object]) -> Allowed:
    """The list from parsed TOML. Raises ValueError for a field that nobody has (pydantic's for what is no list)."""
    allowed = Allowed.model_validate(content)
    for kind, named in ((Patient, allowed.patient), (Physician, allowed.physician), (Unit, allowed.unit)):
        if unknown := set(named) - kind.model_fields.keys():
            raise ValueError(f"{kind.__name__} has no {', '.join(sorted(unknown))}")
    return allowed


def offered(allowed: Allowed, certificate: Document, plan: Document | None) -> Mapping[str, str]:
    """The free texts that can be ticked, by ref: those that aren't empty, as they would be printed."""
    answers = _answers(certificate, plan)
    return {ref: said for ref in allowed.ticked() if (said := _text(answers.get(ref)))}


def extract(allowed: Allowed, certificate: Document, plan: Document | None, ticks: Collection[str]) -> Document:
    """The certificate with nothing in it but what an employer may read. `ticks` are refs of free text to tell too.

    A ref that isn't on the list of free texts is a bug: ValueError.
    """
    if unknown := set(ticks) - set(allowed.ticked()):
        raise ValueError(f"{', '.join(sorted(unknown))} can't be told to an employer")
    answers, told = _answers(certificate, plan), dict[str, Answer]()
    for section in allowed.sections:
        for ref in section.facts:
            if (fact := _fact(answers.get(ref))) is not None:
                told[ref] = fact
        told |= {ref: said for ref in section.ticked if ref in ticks and (said := _text(answers.get(ref)))}
    physician, unit = certificate.issuer.physician, certificate.issuer.unit
    issuer = Issuer(physician=_only(physician, allowed.physician), unit=_only(unit, allowed.unit))
    patient = _only(certificate.patient, allowed.patient)
    return certificate.changed(form=("employer", "1.0"), patient=patient, issuer=issuer, answers=told)


def _answers(certificate: Document, plan: Document | None) -> Mapping[str, Answer]:
    """The certificate's own answers, and of the plan only what is the plan's."""
    of_plan = {ref: value for ref, value in plan.answers.items() if is_of_plan(ref)} if plan else {}
    return {**certificate.answers, **of_plan}


def _fact(value: Answer | None) -> Answer | None:
    """What holds nobody's own words: yes or no, and rows that are real periods."""
    if isinstance(value, bool):
        return value
    found = rows(value, PeriodRow)
    return tuple(row for row in found if row.period) or None


def _text(value: Answer | None) -> str:
    """Free text; of a description the text and not its ICF categories, which are health data of their own.

    Of the steps what is done and not when to stop: that tells of the illness.
    """
    if steps := rows(value, StepRow):
        return step_lines(steps, TASKS)
    said = value.text if isinstance(value, IcfText) else value
    return said.strip() if isinstance(said, str) else ""


def _only(record: R, fields: Collection[str]) -> R:
    """A record of the same kind with these fields and nothing else."""
    return type(record)(**{name: getattr(record, name) for name in fields})
