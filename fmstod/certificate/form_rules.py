"""Rules that look at several answers, by the id that a form file's `rules` name."""

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import TypeAlias

from fmstod.certificate.condition import is_filled
from fmstod.certificate.form import Form
from fmstod.certificate.rules import said
from fmstod.certificate.subject import Subject
from fmstod.domain.answers import PeriodRow
from fmstod.domain.problem import Problem

FormRule: TypeAlias = Callable[[Form, Subject], Iterator[Problem]]


def _hours_without_part_time(form: Form, subject: Subject) -> Iterator[Problem]:
    """WT-4: hours are answered, but all is full time. With smittskydd no part time counts (certificates.md 2.6)."""
    rows = subject.answers.get("32")
    rows = tuple(row for row in rows if isinstance(row, PeriodRow)) if isinstance(rows, tuple) else ()
    part_time = any(row.period and row.period.degree < 100 for row in rows) and subject.answers.get("27.1") is not True
    answered = any(is_filled(subject.answers.get(ref)) for ref in ("33", "33.2"))
    if answered and not part_time and any(row.degree == 100 for row in rows):
        yield said(form.question("33"), "WT-4", "clash")


def _postcode(_: Form, subject: Subject) -> Iterator[Problem]:
    """UN-3: three digits, perhaps a space, two digits."""
    postcode = subject.unit.postcode
    if postcode.strip() and not re.fullmatch(r"\d{3}\s?\d{2}", postcode, re.ASCII):
        yield Problem("UN-3", "unit.postcode")


FORM_RULES: Mapping[str, FormRule] = MappingProxyType({"WT-4": _hours_without_part_time, "UN-3": _postcode})
