"""Question 1: what the certificate is based on (GRU-01, STR-08)."""

from collections.abc import Iterator, Mapping

from fmstod.domain.answers import DatedChoice
from fmstod.domain.period import EARLIEST, iso_day
from fmstod.domain.problem import Problem
from fmstod.quality.reader import Check, Reader
from fmstod.quality.rulebook import Rule

# KV_FKMU_0001: the physician met the patient.
EXAMINATIONS = frozenset({"FYSISKUNDERSOKNING", "DIGITALUNDERSOKNING", "UNDERSOKNING"})
REMARKS = "25"


def not_seen(reader: Reader, rule: Rule) -> Iterator[Problem]:
    """GRU-01: no own examination, and a certificate that is long or doesn't say why that is enough."""
    kinds = {row.kind for row in reader.rows(DatedChoice, rule.ref)}
    if not kinds or kinds & EXAMINATIONS:
        return
    if reader.own_days > rule.limits["days"]:
        yield rule.problem(key="long", days=reader.own_days)
    elif not reader.words(REMARKS).has("contact"):
        yield rule.problem()


def before_birth(reader: Reader, rule: Rule) -> Iterator[Problem]:
    """STR-08: a day from before the patient was born. What is no day of a form at all is the form's to tell."""
    born = reader.given.born
    for n, row in enumerate(reader.rows(DatedChoice, rule.ref)):
        day = iso_day(row.date)
        if born and day and EARLIEST <= day < born:
            yield rule.problem(field=f"{rule.ref}[{n}].date", day=day)


CHECKS: Mapping[str, Check] = {"GRU-01": not_seen, "STR-08": before_birth}
