"""All rules that a certificate or a plan is held against, told from the forms and the sentences themselves.

What a form file names is read from it. What belongs to a kind of question, to every form or to none stands in the tables
below; that nothing is left out of them, and nothing too much in them, is tested against what the checks give.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeAlias

from fmstod.certificate.form import Choices, DatedChoices, Diagnoses, Form, Periods, Question
from fmstod.certificate.notices import EXAMINATIONS
from fmstod.certificate.rules import WORDED
from fmstod.domain.problem import Level
from fmstod.domain.rule_line import RuleLine

ERROR, WARNING, TIP = (Level.ERROR,), (Level.WARNING,), (Level.TIP,)
Judged: TypeAlias = Callable[[Form, Question], bool]


def _rows(_: Form, question: Question) -> bool:
    return isinstance(question, Diagnoses)


def _rows_today(_: Form, question: Question) -> bool:
    return isinstance(question, Diagnoses) and not question.primary_care


def _rows_1(_: Form, question: Question) -> bool:
    return isinstance(question, Diagnoses) and question.primary_care


def _degrees(_: Form, question: Question) -> bool:
    return isinstance(question, Periods) and not question.single


def _degrees_1(_: Form, question: Question) -> bool:
    return isinstance(question, Periods) and question.each_row


def _remarks(form: Form) -> bool:
    return any(question.ref == form.remarks for question in form.questions())


def _told_late(form: Form, question: Question) -> bool:
    return isinstance(question, Periods) and _remarks(form)


def _told_unseen(form: Form, question: Question) -> bool:
    codes = {option.code for option in question.options} if isinstance(question, DatedChoices) else set()
    return isinstance(question, DatedChoices) and not question.listed and bool(EXAMINATIONS & codes) and _remarks(form)


def _told_several(form: Form, question: Question) -> bool:
    return isinstance(question, Choices) and question.rules.get("required") == "SY-1" and _remarks(form)


def _short(form: Form, question: Question) -> bool:
    return isinstance(question, Periods) and form.discretion is None


def _longer(_: Form, question: Question) -> bool:
    return isinstance(question, Periods) and question.longest > 0


def _keeps(form: Form, question: Question) -> bool:
    keeps = form.discretion
    return keeps is not None and form.status == "new" and question.ref == keeps.diagnoses


# Rules of a kind of question: of which, and how much each matters.
OF_KIND: Mapping[str, tuple[Judged, tuple[Level, ...]]] = MappingProxyType(
    {
        **dict.fromkeys(("DX-2", "DX-3", "DX-4", "DX-11"), (_rows, ERROR)),
        **dict.fromkeys(("DX-7", "DX-8"), (_rows, ERROR + WARNING)),
        **dict.fromkeys(("DX-5", "DX-6", "DX-9"), (_rows_1, ERROR)),
        "DX-10": (_rows_today, ERROR),
        **dict.fromkeys(("SL-2", "SL-4", "SL-5", "SL-6", "SL-7", "SL-8"), (_degrees, ERROR)),
        "SL-3": (_degrees_1, ERROR),
        "U-1": (_told_late, WARNING + TIP),
        "U-2": (_told_unseen, WARNING + TIP),
        "U-3": (_told_several, WARNING + TIP),
        "U-6": (_degrees, WARNING + TIP),
        "U-7": (_short, TIP),
        "U-9": (_keeps, WARNING),
        "U-10": (_longer, WARNING),
    }
)
# Rules of every certificate, by the heading that they stand under (`rules.group.*`).
OF_ALL: Mapping[str, tuple[str, tuple[Level, ...]]] = MappingProxyType(
    {
        "L-02": ("patient", ERROR),
        "H1": ("patient", WARNING),
        "ADM-01": ("patient", ERROR),
        **dict.fromkeys(("UN-1", "UN-2", "UN-4", "UN-5"), ("unit", ERROR)),
    }
)
# Those that a form names as a whole (`form_rules.FORM_RULES`), with the question that they are mended in, if any.
OF_FORM: Mapping[str, str] = MappingProxyType({"WT-4": "33", "UN-3": ""})
# Those for patients of some age, the plan's own, and what belongs to no form.
YOUNG, STEPS, HOURS = "U-11", "PL-3", "U-5"
SEVERAL = 3  # headings: a rule of as many stands under a heading of its own
ASKED_BY_ROW = ("no_kind", "no_date", "no_where")
OPEN = "…"


@dataclass
class _Found:
    groups: dict[str, None] = field(default_factory=dict)  # in the order in which they came
    levels: set[Level] = field(default_factory=set)
    questions: dict[str, None] = field(default_factory=dict)
    labels: dict[str, None] = field(default_factory=dict)
    checks: dict[str, None] = field(default_factory=dict)
    forms: dict[tuple[str, str], None] = field(default_factory=dict)

    def add(self, form: Form, group: str, levels: Iterable[Level], question: Question | None, check: str = "") -> None:
        self.groups.setdefault(group)
        self.levels.update(levels)
        self.forms.setdefault((form.form, form.version))
        if check:
            self.checks.setdefault(check)
        if question is not None:
            if question.ref[:1].isdigit():
                self.questions.setdefault(question.ref.split(".")[0])
            self.labels.setdefault(question.label)


def rule_lines(forms: Iterable[Form], plan: Form, phrases: Mapping[str, str]) -> tuple[RuleLine, ...]:
    """Every rule once, in the order of the questions. `forms` are the certificates', the most used first."""
    found: defaultdict[str, _Found] = defaultdict(_Found)
    everyone = (*forms, plan)
    for form in everyone:
        _read(form, found, certificate=form is not plan, phrases=phrases)
    found[STEPS].add(plan, phrases["rules.group.plan"], ERROR, None)
    found[HOURS] = _Found({phrases["rules.group.hours"]: None}, {Level.ERROR})
    lines = [_line(rule, one, everyone, phrases) for rule, one in found.items()]
    order = {group: place for place, group in enumerate(dict.fromkeys(line.group for line in lines))}
    return tuple(sorted(lines, key=lambda line: order[line.group]))


def _read(form: Form, found: defaultdict[str, _Found], *, certificate: bool, phrases: Mapping[str, str]) -> None:
    if certificate:
        for rule, (group, levels) in OF_ALL.items():
            found[rule].add(form, phrases[f"rules.group.{group}"], levels, None)
        for rule in form.rules:
            if not OF_FORM[rule]:
                found[rule].add(form, phrases["rules.group.unit"], ERROR, None)
        if form.meant_until:
            found[YOUNG].add(form, phrases["rules.group.patient"], WARNING, None)
    for section in form.sections:
        title = section.title if certificate else phrases["rules.group.plan"]
        if section.one_of:
            found[section.one_of].add(form, title, ERROR, section.questions[0], "one_of")
        for question in section.questions:
            for check, rule in question.rules.items():
                level = WARNING if check in question.warns else ERROR
                for each in (check, *_kin(question, check)):
                    found[rule].add(form, title, level, question, each)
            for clash in question.clashes:
                found[clash.rule].add(form, title, ERROR, question, "clash")
            for rule, (judged, levels) in OF_KIND.items():
                if certificate and judged(form, question):
                    found[rule].add(form, title, levels, question)
            for rule in form.rules:
                if OF_FORM[rule] == question.ref:
                    found[rule].add(form, title, ERROR, question)


def _kin(question: Question, check: str) -> Iterator[str]:
    """The other sentences of an answer that is missing: in a list each part is asked for by itself."""
    if check == "required" and isinstance(question, DatedChoices) and question.listed:
        yield from ASKED_BY_ROW
    if check == "required" and isinstance(question, Periods) and question.single:
        yield from ("no_from", "no_to")


def _line(rule: str, one: _Found, forms: Sequence[Form], phrases: Mapping[str, str]) -> RuleLine:
    several = len(one.groups) >= SEVERAL and len(one.labels) >= SEVERAL
    return RuleLine(
        rule=rule,
        group=phrases["rules.group.several"] if several else next(iter(one.groups)),
        levels=tuple(level for level in Level if level in one.levels),
        questions=tuple(sorted(one.questions, key=int)),
        says=_says(rule, one, phrases),
        why=_about("why", rule, phrases),
        source=_about("source", rule, phrases),
        forms=tuple(_forms(one, forms, phrases)),
    )


def _forms(one: _Found, forms: Sequence[Form], phrases: Mapping[str, str]) -> Iterator[str]:
    """The names of those that have it, with their versions where not all of them do; all certificates in one word."""
    if all((form.form, form.version) in one.forms for form in forms[:-1]):
        yield phrases["rules.every"]
        forms = forms[-1:]
    for name in dict.fromkeys(form.form for form in forms):
        versions = [form.version for form in forms if form.form == name]
        having = [version for version in versions if (name, version) in one.forms]
        told = form_name(next(form for form in forms if form.form == name), phrases)
        if having:
            yield told if having == versions else f"{told} ({', '.join(sorted(having))})"


def form_name(form: Form, phrases: Mapping[str, str]) -> str:
    """What people call it, `FK 7804`; a form that has no such name has its title."""
    return phrases.get(f"form_name.{form.form}", form.title)


def _says(rule: str, one: _Found, phrases: Mapping[str, str]) -> tuple[str, ...]:
    """Its sentences; what only a record can fill in is left open."""
    values = _Open({"question": _one(one.questions), "label": _one(one.labels)})
    own = f"problem.{rule}"
    if rule in WORDED or rule in OF_ALL:
        keys = [key for key in phrases if key == own or key.startswith(f"{own}.")]
    else:
        keys = [f"problem.any.{check}" for check in one.checks if f"problem.any.{check}" in phrases]
    said = (phrases[key].format_map(values).replace(f"{OPEN}.", OPEN) for key in keys)
    return tuple(dict.fromkeys(said))


def _one(of: Mapping[str, None]) -> str:
    """The only one, or what stands for several."""
    return next(iter(of)) if len(of) == 1 else OPEN


def _about(what: str, rule: str, phrases: Mapping[str, str]) -> str:
    """Why (`why`) it is there or who says so (`source`): the rule's own words, else those of all with its letters."""
    letters = rule.partition("-")[0]
    return phrases.get(f"rules.{what}.{rule}") or phrases.get(f"rules.{what}.{letters}", "")


class _Open(dict[str, str]):
    """Gaps in a sentence that nothing is known for."""

    def __missing__(self, _key: str) -> str:
        return OPEN
