"""The minimum of a plan (product.md 5.2): purpose, measure or none, degree and length, follow-up, participation."""

from datetime import date

import pytest

from fmstod.certificate.check import plan_problems
from fmstod.certificate.subject import Facts
from fmstod.domain.answers import Measure
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


@pytest.fixture
def found(plan_form):
    def find(changes=None, *, has_periods=True):
        answers = {ref: value for ref, value in {**MINIMUM, **(changes or {})}.items() if value is not None}
        return plan_problems(plan_form, answers, FACTS, has_periods=has_periods)

    return find


def test_the_minimum_is_enough(found):
    assert found() == []


@pytest.mark.parametrize(("rule", "refused", "accepted"), PARTS)
def test_each_part_of_the_minimum_is_asked_for(found, rule, refused, accepted):
    (problem,) = found(refused)
    assert problem.rule == rule
    assert problem.ref in refused
    said = text(problem.text_key, **problem.values)
    assert said.endswith(".")
    assert "{" not in said
    assert "fråga" not in said
    assert found(accepted) == []


def test_a_plan_needs_degree_and_length(found):
    (problem,) = found(has_periods=False)
    assert (problem.rule, problem.ref, problem.missing) == ("PL-3", "plan.steps", True)
    assert text(problem.text_key, **problem.values)
