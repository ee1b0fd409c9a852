"""Which cases are due and why: each once, with all that holds; and how sick leave stands."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fmstod.domain.answers import Measure, Status
from fmstod.domain.consultation import FORM
from fmstod.domain.due import PAST_END, WEEK, Missing, Watched, Why, due, is_active, missing, plan_holds, reasons
from fmstod.domain.listing import Which, standing

TODAY = date(2026, 11, 23)


def days(count):
    return timedelta(days=count)


def watched(**facts):
    plain = {"first": TODAY - days(9), "last": TODAY + days(60), "has_plan": True, "next": TODAY + days(20)}
    return Watched(**{"id": "a", "form": FORM, **plain, **facts})


@pytest.mark.parametrize(
    ("facts", "whys"),
    [
        ({"next": TODAY - days(1)}, [Why.OVERDUE]),
        ({"next": TODAY}, [Why.THIS_WEEK]),
        ({"next": TODAY + days(7)}, [Why.THIS_WEEK]),
        ({"next": TODAY + days(8)}, []),
        ({"last": TODAY + days(7)}, [Why.ENDS]),
        ({"last": TODAY + days(8)}, []),
        ({"last": TODAY - PAST_END}, [Why.ENDS]),
        ({"last": TODAY - PAST_END - days(1)}, []),
        ({"last": TODAY + days(7), "followed_up": TODAY}, []),
        ({"last": TODAY + days(7), "followed_up": TODAY - days(1)}, [Why.ENDS]),
        ({"last": TODAY + days(7), "next": TODAY + days(7)}, [Why.THIS_WEEK]),
        ({"last": TODAY + days(7), "next": TODAY + days(8)}, [Why.ENDS]),
        ({"last": TODAY + days(7), "next": TODAY - days(1)}, [Why.OVERDUE, Why.ENDS]),
        ({"milestone": TODAY + days(14)}, [Why.MILESTONE]),
        ({"milestone": TODAY + days(14), "has_plan": False}, [Why.MILESTONE, Why.PASSIVE]),
        ({"has_plan": False, "before": 18}, [Why.NO_PLAN]),
        ({"has_plan": False, "before": 17}, [Why.PASSIVE]),
        ({"has_plan": False, "before": 18, "next": None}, [Why.NO_PLAN, Why.PASSIVE]),
        ({"has_plan": False, "start": TODAY - days(27)}, [Why.NO_PLAN]),
        ({"has_plan": False, "start": TODAY - days(26)}, [Why.PASSIVE]),
        ({"has_plan": False, "last": TODAY + days(7), "before": 18}, [Why.ENDS, Why.NO_PLAN]),
        ({"next": None}, [Why.PASSIVE]),
        ({"next": None, "ended": True}, []),
        ({"measure": False}, [Why.PASSIVE]),
        ({"has_plan": False, "first": TODAY + days(1)}, []),
    ],
)
def test_all_that_holds_of_a_case_is_told_the_most_pressing_first(facts, whys):
    assert [each.why for each in reasons(watched(**facts), TODAY)] == whys


def test_the_clinic_chooses_when_a_plan_is_missed():
    case = watched(has_plan=False, before=4)
    assert [due([case], TODAY, after)[0].why for after in (14, 15)] == [Why.NO_PLAN, Why.PASSIVE]


@pytest.mark.parametrize(
    ("facts", "lacks"),
    [
        ({}, ()),
        ({"has_plan": False, "measure": False}, (Missing.PLAN,)),
        ({"has_plan": False, "next": None}, (Missing.PLAN, Missing.DAY)),
        ({"measure": False}, (Missing.MEASURE,)),
        ({"measure": False, "next": None}, (Missing.MEASURE, Missing.DAY)),
    ],
)
def test_no_plan_no_measure_or_no_day_makes_a_sick_leave_passive(facts, lacks):
    assert missing(watched(**facts)) == lacks


@pytest.mark.parametrize(
    ("answers", "holds"),
    [
        ({}, (False, False)),
        ({"plan.purpose": "Åter i arbete"}, (True, False)),
        ({"plan.purpose": "  "}, (False, False)),
        ({"plan.measures": (Measure(what="Samtal"),)}, (False, True)),
        ({"plan.measures": (Measure(what=" ", owner="Kurator"),)}, (False, False)),
        ({"plan.measures": (Measure(what="Samtal", status=Status.STOPPED),)}, (False, False)),
        ({"plan.measures": (Measure(what="A", status=Status.STOPPED), Measure(what="B", status=Status.DONE))}, (False, True)),
        ({"plan.none_needed": True}, (False, True)),
        ({"plan.none_needed": False}, (False, False)),
    ],
)  # fmt: skip
def test_a_plan_holds_a_measure_that_is_not_given_up_or_says_that_none_is_needed(answers, holds):
    assert plan_holds(answers) == holds


@pytest.mark.parametrize(
    ("facts", "active"),
    [
        ({}, True),
        ({"next": TODAY}, True),
        ({"next": TODAY - days(1)}, False),
        ({"next": None}, False),
        ({"has_plan": False}, False),
        ({"purpose": False}, False),
        ({"measure": False}, False),
        ({"last": TODAY - days(1)}, False),
        ({"first": TODAY + days(1)}, False),
    ],
)
def test_only_a_sick_leave_with_plan_purpose_measure_and_a_day_ahead_is_active(facts, active):
    assert is_active(watched(**facts), TODAY) is active


def test_the_parts_of_the_list_hold_what_is_not_over():
    cases = [
        watched(id="active"),
        watched(id="short", has_plan=False, last=TODAY + days(7)),
        watched(id="long", has_plan=False, first=TODAY - days(80)),
        watched(id="ahead", has_plan=False, first=TODAY + days(2)),
        watched(id="over", has_plan=False, last=TODAY - days(1)),
    ]
    found = standing(cases, TODAY)
    assert found.active == {"active": TODAY + days(20)}
    assert list(found.of(Which.NO_PLAN)) == ["long", "short", "ahead"], "the longest first"
    assert list(found.of(Which.ENDS)) == ["short"]
    assert found.of(Which.SIGNED) is None


A_DAY = st.none() | st.integers(-40, 40)
CASES = st.lists(
    st.builds(
        lambda name, first, length, ahead, plan, holds, law: Watched(
            id=str(name),
            form=FORM,
            first=TODAY + days(first),
            last=TODAY + days(first + length),
            next=TODAY + days(ahead) if ahead is not None else None,
            has_plan=plan,
            purpose=plan and holds,
            measure=plan and holds,
            milestone=TODAY + days(law) if law is not None else None,
        ),
        st.integers(0, 99),
        st.integers(-90, 5),
        st.integers(0, 120),
        A_DAY,
        st.booleans(),
        st.booleans(),
        st.none() | st.integers(0, 14),
    ),
    unique_by=lambda case: case.id,
)


@given(CASES)
def test_each_case_is_listed_once_the_most_pressing_first(cases):
    found = due(cases, TODAY)
    assert len({each.id for each in found}) == len(found)
    order = [(list(Why).index(each.why), each.day) for each in found]
    assert order == sorted(order)
    late = {case.id for case in cases if case.next and case.next < TODAY}
    assert {each.id for each in found if each.why is Why.OVERDUE} == late


@given(CASES)
def test_no_reason_is_lost_and_each_is_told_once_in_the_order_of_its_weight(cases):
    """Each reason alone, as the issue words it, against what the line tells."""
    told = {each.id: each.reasons for each in due(cases, TODAY)}
    for case in cases:
        runs = case.first <= TODAY <= case.last
        holds = {
            Why.OVERDUE: bool(case.next and case.next < TODAY),
            Why.THIS_WEEK: bool(case.next and TODAY <= case.next <= TODAY + WEEK),
            Why.ENDS: TODAY - PAST_END <= case.last <= TODAY + WEEK
            and not (case.next and TODAY <= case.next <= case.last),
            Why.MILESTONE: runs and case.milestone is not None,
            Why.NO_PLAN: runs and not case.has_plan and (TODAY - case.first).days >= 27,
        }
        lacks = {"day"} if case.next is None else set()
        lacks |= {"plan"} if not case.has_plan else set() if case.measure else {"measure"}
        found = told.get(case.id, ())
        assert [each.why for each in found] == [
            why for why in Why if holds.get(why, runs and bool(lacks - {"plan"} if holds[Why.NO_PLAN] else lacks))
        ]
        said = {"plan" for each in found if each.why is Why.NO_PLAN} | {lack for each in found for lack in each.missing}
        assert said == (lacks if runs else set())
