"""The ids of rules, and how a problem under one of them is made."""

from collections.abc import Iterator
from itertools import chain

from fmstod.certificate.form import Form, Question
from fmstod.domain.problem import Level, Problem

# Rules with sentences of their own in problems.toml. A form file may name any other id (LU-7.1, A14-5): such a problem is
# said in the general sentences `any.<check>`, so that a new form needs no words for its rules.
WORDED = frozenset(
    """
    MU-1 MU-2 MU-3 MU-4 MU-5 MU-6 MU-7 MU-8 SY-1 SY-2 SY-3 SY-4 SY-5
    DX-1 DX-2 DX-3 DX-4 DX-5 DX-6 DX-7 DX-8 DX-9 DX-10 DX-11 FN-1 FN-2 AB-1 AB-2
    SL-1 SL-2 SL-3 SL-4 SL-5 SL-6 SL-7 SL-8 WT-1 WT-2 WT-3 WT-4 PR-1 PR-2 PR-3 PR-4
    AT-1 AT-2 AT-3 AT-4 AT-5 KO-1 BL-1 LN-1 AG-1 AG-3 AG-4 UN-1 UN-2 UN-3 UN-4 UN-5
    L-02 ADM-01 U-1 U-2 U-3 U-5 U-6 U-7 U-9 U-10 U-11 PL-1 PL-2 PL-3 PL-4 PL-5 PL-6
    """.split()  # noqa: SIM905 - as a list it would be eighty lines
)


def rules_of(form: Form) -> frozenset[str]:
    """The rule ids that the form file names."""
    asked = ({*q.rules.values(), *(clash.rule for clash in q.clashes)} for q in form.questions())
    return frozenset(chain(form.rules, (s.one_of for s in form.sections if s.one_of), *asked))


def broken(
    question: Question, check: str, field: str = "", key: str = "", *, missing: bool = False, **values: object
) -> Problem:
    """The problem of a check that the question has a rule for. `key` is its sentence, if the rule has several."""
    level = Level.WARNING if check in question.warns else Level.ERROR
    return said(question, question.rules[check], check, field, key, level=level, missing=missing, **values)


def said(
    question: Question,
    rule: str,
    check: str,
    field: str = "",
    key: str = "",
    *,
    level: Level = Level.ERROR,
    missing: bool = False,
    **values: object,
) -> Problem:
    """A problem with the question's caption among its values; `field` is by default the question itself."""
    named = {"label": question.label, **values}
    sentence = (f"{rule}.{key}" if key else "") if rule in WORDED else f"any.{check}"
    return Problem(rule, field or question.ref, level, sentence, named, missing)


def missing(question: Question, field: str = "", key: str = "") -> Iterator[Problem]:
    """What a required question says while it isn't answered."""
    if question.required:
        yield broken(question, "required", field, key, missing=True)


def number(question: Question) -> str:
    """The number that the user sees: part 33.2 belongs to question 33."""
    return question.ref.split(".")[0]
