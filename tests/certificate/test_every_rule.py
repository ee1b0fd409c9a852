"""Every rule that a form can give has a record that breaks it and one beside it that doesn't, on that form, and
`fmstod check` says the same of both. The records are those of the tables of each form's own tests."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache, partial

import pytest

from fmstod.certificate.answers import Misfit, read_answers
from fmstod.certificate.check import check, plan_problems
from fmstod.certificate.handing import handing_notice
from fmstod.certificate.rule_lines import OF_ALL, OF_KIND, YOUNG
from fmstod.certificate.rules import WORDED, rules_of
from fmstod.certificate.subject import Facts, Subject
from fmstod.commands import check as command
from fmstod.domain.issuer import Unit
from fmstod.domain.patient import IdentityKind
from fmstod.domain.period import DayCounts
from fmstod.domain.recommendation import Limit
from fmstod.files import PLAN, own_codes, read_forms, read_library
from fmstod.knowledge.codes import standing
from fmstod.sickleave.working_hours import read_hours
from tests.certificate import conftest, test_employers_forms, test_luse_luae, test_plan, test_rules, test_version_1

FORMS = {key: form for key, form in read_forms().items() if key[0] != PLAN[0]}
TODAY = date(2026, 11, 23)
UNIT = {"address": "Exempelgatan 1", "postcode": "123 45", "town": "Exempelstad", "phone": "08-465 004 22"}
WHOLE = {
    ("fk7804", "2.0"): conftest.ANSWERS,
    **{("fk7804", version): test_version_1.ANSWERS for version in test_version_1.VERSIONS},
    **test_employers_forms.WHOLE,
    **test_luse_luae.WHOLE,
}
TOLD = ({}, {"100": True, "6": test_employers_forms.TELLS}, {"3": True, "4": test_employers_forms.TELLS})
# Said of what is around the answers, or of how the certificate is used; what a file can't hold begins with "facts.".
LIMIT = Limit(days=14, entry=546, title="", sure=True, dated=date(2017, 1, 30), retrieved=date(2020, 4, 2))
LATE = {"27.1": False, "28": ["STUDIER"], "29": None, "25": None}


def days(ref, first, last="2026-12-20", **row):
    return {ref: [{**row, "from": first, "to": last}]}


def over(planned):
    return {"facts.limits": (LIMIT,), "facts.days": DayCounts(planned=planned, earlier=0)}


AROUND = [
    *[(f"UN-{n}", {f"unit.{part}": " "}, {f"unit.{part}": "1"}) for n, part in ((1, "address"), (4, "town"), (5, "phone"))],
    ("UN-2", {"unit.postcode": ""}, {"unit.postcode": "12345"}),
    ("UN-3", {"unit.postcode": "1234"}, {"unit.postcode": "12345"}),
    ("L-02", {"patient.id": "19840512-9804"}, {"patient.id": "840512-9803"}),
    ("ADM-01", {"facts.physician": "19840512-9803"}, {"facts.physician": "19121212-1212"}),
    ("U-1", days("32", "2026-11-15", degree=100), days("32", "2026-11-16", degree=100)),
    ("U-1", days("7.2", "2026-11-15"), days("7.2", "2026-11-16")),
    *[
        ("U-2", {ref: [{"kind": "JOURNALUPPGIFTER", "date": "2026-11-20"}]}, {ref: [{"kind": kind, "date": "2026-11-20"}]})
        for ref in ("1", "10")
        for kind in ("UNDERSOKNING", "DIGITALUNDERSOKNING")
    ],
    ("U-3", {**LATE, "28": ["STUDIER", "ARBETSSOKANDE"]}, LATE),
    ("U-6", over(15), over(14)),
    ("U-7", days("32", "2026-11-23", "2026-12-06", degree=100), days("32", "2026-11-23", "2026-12-07", degree=100)),
    *[
        ("U-9", {told: None, kept: [{"text": "Lumbago"}], ref: "Lumbago"}, {told: None, kept: [{"text": "Lumbago"}], ref: "Värk"})
        for told, kept, ref in (("100", "6", "25"), ("3", "4", "8"))
    ],
    ("U-10", days("7.2", "2026-11-23", "2026-12-07"), days("7.2", "2026-11-23", "2026-12-06")),
    ("U-11", {"patient.id": test_luse_luae.born("1996-09-22")}, {"patient.id": test_luse_luae.born("1996-09-23")}),
    *[
        ("LN-1", {ref: "x" * (most + 1)}, {ref: "x" * most})
        for ref, most in (("25", 4000), ("25", 2700), ("25", 2850), ("8", 3500))
    ],
]  # fmt: skip
TABLES = [
    *[(rule, refused, accepted) for rule, refused, _, accepted in (*test_rules.ERRORS, *test_version_1.ERRORS)],
    *[
        (rule, refused, accepted)
        for _, rule, refused, _, accepted in (*test_employers_forms.ERRORS, *test_luse_luae.ERRORS)
    ],
    *AROUND,
]


@dataclass(frozen=True)
class Record:
    """A certificate as a file holds it, and what is known around it."""

    key: tuple[str, str]
    answers: dict
    patient: str
    unit: dict
    facts: dict

    def rules(self):
        """Those that it breaks. Raises Misfit if the form has no such answers."""
        form, answers = FORMS[self.key], read_answers(FORMS[self.key], self.answers)
        facts = Facts(**{"today": TODAY, "standing": partial(standing, known_codes(), TODAY), **self.facts})
        found = {
            p.rule
            for p in check(form, Subject(self.patient, IdentityKind.PERSONNUMMER, Unit(**self.unit), answers), facts)
        }
        notice = handing_notice(form, answers)
        return found | ({notice.rule} if notice else set())

    def as_file(self):
        form, version = self.key
        content = {"form": form, "version": version, "patient": {"id": self.patient}, "unit": self.unit}
        return json.dumps({**content, "answers": self.answers})


@cache
def known_codes():
    return own_codes(read_library())


def record(key, *changes):
    """The whole certificate of a form with these changes; None takes an answer away."""
    made = {"patient.id": "19840512-9803", **{f"unit.{part}": said for part, said in UNIT.items()}, **WHOLE[key]}
    for each in changes:
        made |= each
    around = {part: {k.removeprefix(f"{part}."): v for k, v in made.items() if k.startswith(f"{part}.")} for part in ("unit", "facts")}  # fmt: skip
    answers = {ref: value for ref, value in made.items() if value is not None and ref[0].isdigit()}
    return Record(key, answers, made["patient.id"], around["unit"], around["facts"])


def numbered(form, changes):
    """The changes by the numbers of a form that has its own: `copies` names the question of FK 7804."""
    own = {question.copies: question.ref for question in form.questions() if question.copies}
    return {own.get(ref, ref): value for ref, value in changes.items()} if own else changes


def given_by(form):
    """The rules that the form can give: those that it names, those of its kinds of questions, those of all."""
    of_kind = {rule for rule, (judged, _) in OF_KIND.items() if any(judged(form, q) for q in form.questions())}
    young = {YOUNG} if form.meant_until else set()
    return (
        rules_of(form) | of_kind | young | OF_ALL.keys() - {"H1"}
    )  # which looks at the patient before, not at a record


@cache
def proofs(key):
    """{rule: (what breaks it, its neighbour that doesn't)}, the first that the tables have for this form."""
    form, found = FORMS[key], {}
    for rule in given_by(form):
        rows = [(refused, accepted) for of, refused, accepted in TABLES if of == rule]
        rows += [(numbered(form, refused), numbered(form, accepted)) for refused, accepted in rows]
        pairs = ((record(key, told, one), record(key, told, other)) for told in TOLD for one, other in rows)
        if proof := next((pair for pair in pairs if proves(rule, *pair)), None):
            found[rule] = proof
    return found


def proves(rule, broken, near):
    try:
        return rule in broken.rules() and rule not in near.rules()
    except Misfit:
        return False


@pytest.mark.parametrize("key", FORMS, ids="-".join)
def test_every_rule_of_every_form_is_broken_by_one_record_and_not_by_its_neighbour(key):
    assert given_by(FORMS[key]) - proofs(key).keys() == set()


def test_every_rule_with_a_sentence_is_given_by_some_form_by_the_plan_or_by_a_helper():
    forms = {rule for form in FORMS.values() for rule in given_by(form)}
    plan = {rule for key, form in read_forms().items() if key[0] == PLAN[0] for rule in rules_of(form)} | {"PL-3"}
    assert WORDED - forms == (plan | {"U-5"}) - forms


@pytest.mark.parametrize("key", FORMS, ids="-".join)
def test_the_command_says_the_same_of_every_record(key, tmp_path, capsys):
    """Whatever a file can hold; U-7 belongs to handing out."""
    pairs = {rule: pair for rule, pair in proofs(key).items() if rule != "U-7" and not any(r.facts for r in pair)}
    files = []
    for rule, pair in pairs.items():
        for side, one in zip(("broken", "near"), pair, strict=True):
            file = tmp_path / f"{rule}-{side}.json"
            file.write_text(one.as_file(), encoding="utf-8")
            files.append(str(file))
    assert len(files) > 30
    assert command.run([*files, "--json", "--on", TODAY.isoformat()]) == command.HAS_ERRORS
    told = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    said = {line["file"]: {problem["rule"] for problem in line["problems"]} for line in told}
    for rule in pairs:
        assert rule in said[str(tmp_path / f"{rule}-broken.json")]
        assert rule not in said[str(tmp_path / f"{rule}-near.json")]


def test_the_plan_has_both_sides_of_each_of_its_rules():
    form, facts = read_forms()[PLAN], Facts(TODAY)

    def found(changes, has_periods=True):
        answers = {ref: value for ref, value in {**test_plan.MINIMUM, **changes}.items() if value is not None}
        return {problem.rule for problem in plan_problems(form, answers, facts, has_periods=has_periods)}

    proven = {rule for rule, refused, accepted in test_plan.NOW if rule in found(refused) - found(accepted)}
    proven |= found({}, has_periods=False) - found({})
    assert proven == rules_of(form) | {"PL-3"}


def test_more_hours_than_a_week_has_are_refused_and_all_of_them_are_not():
    assert read_hours("168,25").rule == "U-5"
    assert not hasattr(read_hours("168"), "rule")
