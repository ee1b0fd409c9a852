"""The minimum of a plan (product.md 5.2): purpose, measure or none, degree and length, follow-up, participation."""

from datetime import date

import pytest

from fmstod.certificate.check import plan_problems
from fmstod.certificate.subject import Facts
from fmstod.domain.answers import Measure, PeriodRow, StepRow
from fmstod.files import read_forms
from fmstod.texts import text

FACTS = Facts(date(2026, 11, 23))
MINIMUM = {
    "plan.purpose": "Återgå på halvtid i december.",
    "plan.measures": (Measure(what="Möte på arbetsplatsen"),),
    "plan.followup": "2026-12-18",
    "plan.participated": True,
}


# rule, changes that it refuses, and a neighbour that it lets pass
PARTS = [
    ("PL-1", {"plan.purpose": " "}, {"plan.purpose": "x"}),
    ("PL-2", {"plan.measures": None}, {"plan.measures": None, "plan.none_needed": True}),
    ("PL-2", {"plan.measures": (Measure(owner="Läkare"),)}, {"plan.measures": (Measure(what="Samtal"),)}),
    ("PL-4", {"plan.followup": None}, {"plan.followup": "2026-11-23"}),
    ("PL-4", {"plan.followup": "2026-11-31"}, {"plan.followup": "2026-11-30"}),
    ("PL-4", {"plan.followup": "2026-11-22"}, {"plan.followup": "2026-11-23"}),
    ("PL-5", {"plan.participated": None}, {"plan.participated": False}),
    ("LN-1", {"plan.contact": "x" * 201}, {"plan.contact": "x" * 200}),
]


AHEAD = StepRow(ahead=True, degree=50, first="2026-12-21", last="2027-01-03")
LATER = AHEAD.changed(degree=25, first="2027-01-04", last="2027-01-17")
FOUR_WEEKS = (PeriodRow(degree=100, first="2026-11-23", last="2026-12-20"),)
NOW = [
    *PARTS,
    *(
        ("PL-6", {"32": FOUR_WEEKS, "plan.stepdown": refused}, {"32": FOUR_WEEKS, "plan.stepdown": accepted})
        for refused, accepted in (
            ((AHEAD.changed(degree=None),), (AHEAD,)),
            ((AHEAD.changed(first=""),), (AHEAD,)),
            ((AHEAD.changed(last="2026-12-32"),), (AHEAD.changed(last="2026-12-31"),)),
            ((AHEAD.changed(last="2026-12-20"),), (AHEAD.changed(last="2026-12-21"),)),
            ((AHEAD.changed(first="2026-12-20"),), (AHEAD,)),
            ((AHEAD, LATER.changed(first="2027-01-03")), (AHEAD, LATER)),
            ((AHEAD, StepRow(ahead=True)), (StepRow(ahead=False, degree=100, stop="feber"), AHEAD)),
        )
    ),
]


@pytest.fixture(params=[("1.0", "plan.steps"), ("2.0", "plan.stepdown")], ids=lambda each: each[0])
def version(request):
    """Its number, and where it prints the steps."""
    return request.param


@pytest.fixture
def found(version):
    plan_form = read_forms()["plan", version[0]]

    def find(changes=None, *, has_periods=True):
        answers = {ref: value for ref, value in {**MINIMUM, **(changes or {})}.items() if value is not None}
        return plan_problems(plan_form, answers, FACTS, has_periods=has_periods)

    return find


def test_the_minimum_is_enough(found):
    assert found() == []


@pytest.mark.parametrize(("rule", "refused", "accepted"), NOW)
def test_each_part_of_the_minimum_is_asked_for(found, version, rule, refused, accepted):
    if rule == "PL-6" and version[0] == "1.0":
        assert found(refused) == []  # it has no such question
        return
    problem, *more = found(refused)
    assert {problem.rule, *(other.rule for other in more)} == {rule}
    assert problem.ref in refused
    said = text(problem.text_key, **problem.values)
    assert said.endswith(".")
    assert "{" not in said
    assert "fråga" not in said
    assert found(accepted) == []


def test_a_plan_needs_degree_and_length(found, version):
    (problem,) = found(has_periods=False)
    assert (problem.rule, problem.ref, problem.missing) == ("PL-3", version[1], True)
    assert text(problem.text_key, **problem.values)
