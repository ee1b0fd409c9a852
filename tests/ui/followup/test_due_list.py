"""The list of what is due: each case once, with all that holds of it, and the days of the law in it."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel

from fmstod.domain.answers import Status
from fmstod.domain.due import Due, DueCase, Missing, Reason, Watched, Why
from fmstod.domain.leave import Stop
from fmstod.files import read_law
from fmstod.sickleave.groups import Standing
from fmstod.texts import text
from fmstod.ui.dates import long_day
from fmstod.ui.followup.due import Group, with_milestone
from fmstod.ui.followup.list import NAMED, FollowUpsPage
from tests.ui import walk
from tests.ui.keys import press
from tests.ui.windows import TODAY, dressed, show


def words(shown):
    return [label.text() for label in walk.shown(shown, QLabel) if label.text()]


def due_for(why, day=TODAY, case="a"):
    return Due(case, (Reason(why, day),))


def due_page(qtbot, groups, named, size=1.0):
    return show(qtbot, FollowUpsPage(dressed(text=size), groups, named, TODAY), 1280, 800)


def case(name="Tess Testsson", **facts):
    plain = {"id": "a", "protected": False, "born": None, "diagnosis": "F438A", "diagnosis_text": "Utmattning"}
    return DueCase(name=name, **{**plain, **facts})


@pytest.mark.parametrize("why", Why)
def test_each_reason_has_its_heading_and_its_day(qtbot, why):
    shown, opened = due_page(qtbot, [Group(why, [due_for(why)])], {"a": case()}), []
    shown.opened.connect(opened.append)
    assert text(f"due.why.{why}") in words(shown)
    assert "Tess Testsson, F43.8A" in shown.links[0].accessibleName()
    assert "2026-11-23" in shown.links[0].accessibleName()
    shown.focus_first()
    press(Qt.Key.Key_Return)
    assert opened == ["a"]


def test_someone_with_protected_identity_is_not_named_in_the_list(qtbot):
    hidden = case("Hemlig Hansson", protected=True)
    shown = due_page(qtbot, [Group(Why.OVERDUE, [due_for(Why.OVERDUE)])], {"a": hidden})
    said = [*words(shown), shown.links[0].accessibleName(), shown.links[0].accessibleDescription()]
    assert not any("Hemlig" in each or "F43" in each for each in said)
    assert text("due.protected") in shown.links[0].accessibleName()


def test_a_very_long_name_hides_no_reason_and_is_told_whole(qtbot):
    name = "Anna-Karin Elisabeth Margareta von Essen-Wallenberg Hammarskjöldsdotter af Ekenstam Lagercrantz"
    shown = due_page(qtbot, [Group(Why.ENDS, [due_for(Why.ENDS)])], {"a": case(name)}, 2.0)
    (link,) = shown.links
    assert link.text().endswith(f"intyget gäller till {long_day(TODAY)}")
    assert name in link.accessibleName()
    assert name in link.toolTip()


def test_a_certificate_that_has_ended_is_said_to_have(qtbot):
    day = TODAY - timedelta(days=1)
    shown = due_page(qtbot, [Group(Why.ENDS, [due_for(Why.ENDS, day)])], {"a": case()})
    assert "gällde" in shown.links[0].accessibleName()


def test_a_long_list_is_told_in_parts_and_walked_by_arrows(qtbot):
    cases = [due_for(Why.OVERDUE, case=str(n)) for n in range(NAMED + 5)]
    named = {each.id: case(id=each.id) for each in cases}
    shown, wanted = due_page(qtbot, [Group(Why.OVERDUE, cases)], named), []
    shown.more_wanted.connect(wanted.append)
    assert len(shown.links) == NAMED
    shown.focus_first()
    for key in ("Down", "Down", "Up"):
        press(getattr(Qt.Key, f"Key_{key}"))
    assert shown.links[1].hasFocus()
    more = next(b for b in walk.reachable(shown) if getattr(b, "text", str)() == text("due.more", count=5))
    more.click()
    assert [each.id for each in wanted[0]] == [str(n) for n in range(NAMED, NAMED + 5)]
    shown.show_more(wanted[0], named)
    assert len(shown.links) == NAMED + 5
    assert not more.isVisible()


def test_nothing_due_is_said_and_escape_leaves(qtbot):
    shown, left = due_page(qtbot, [], {}), []
    shown.left.connect(lambda: left.append(True))
    assert text("due.nothing") in words(shown)
    shown.focus_first()
    press(Qt.Key.Key_Escape)
    assert left == [True]


@pytest.mark.parametrize("size", [1.0, 2.0])
def test_the_list_is_named_and_not_cut(qtbot, size):
    groups = [Group(why, [due_for(why)]) for why in Why]
    shown = due_page(qtbot, groups, {"a": case("Anna-Karin " * 5)}, size)
    assert walk.nameless(shown) == []
    assert walk.clipped(shown) == []


@pytest.mark.parametrize(
    ("days", "spans", "found"),
    [
        (0, 1, date(2026, 11, 30)),  # day 8 in a week
        (84, 1, date(2026, 11, 29)),  # day 91 of the chain is its 91st sick day
        (40, 1, None),
    ],
)
def test_a_day_of_the_law_that_comes_soon_is_told(days, spans, found):
    first = TODAY - timedelta(days=days)
    last = first + timedelta(days=200)
    watched = Watched(
        id="a", form=("fk7804", "2.0"), first=first, last=last, start=first, spans=((first, last),) * spans
    )
    assert with_milestone(watched, read_law(), TODAY).milestone == found


def test_a_gap_moves_the_days_of_the_chain(qtbot):
    """The 91st sick day comes two days later when two days without sick leave lie before it."""
    first = TODAY - timedelta(days=84)
    last = first + timedelta(days=200)
    gap = first + timedelta(days=9)
    whole = Watched(id="a", form=("fk7804", "2.0"), first=first, last=last, spans=((first, last),))
    broken = whole._replace(spans=((first, gap), (gap + timedelta(days=3), last)))
    days = [with_milestone(each, read_law(), TODAY).milestone for each in (whole, broken)]
    assert days[1] - days[0] == timedelta(days=2)


def test_the_law_asks_nothing_of_a_student_on_day_8():
    watched = Watched(
        id="a",
        form=("fk7804", "2.0"),
        first=TODAY,
        last=TODAY + timedelta(days=40),
        spans=((TODAY, TODAY + timedelta(days=40)),),
    )
    assert with_milestone(watched, read_law(), TODAY).law_day == 8
    told = with_milestone(watched, read_law(), TODAY, Standing(occupations=("STUDIER",)))
    assert told.law_day != 8
    stopped = with_milestone(watched, read_law(), TODAY, Standing(), (Stop(day=8, status=Status.DONE),))
    assert stopped.law_day != 8


# All that holds


ALL = Due(
    "a",
    (
        Reason(Why.OVERDUE, date(2026, 11, 20)),
        Reason(Why.MILESTONE, date(2026, 12, 1), 30, chosen=True),
        Reason(Why.NO_PLAN, date(2026, 11, 10)),
        Reason(Why.PASSIVE, date(2026, 10, 14), missing=(Missing.MEASURE, Missing.DAY)),
    ),
)


def test_a_line_tells_its_most_pressing_reason_and_below_it_the_others(qtbot):
    shown = due_page(qtbot, [Group(Why.OVERDUE, [ALL])], {"a": case()})
    assert "2026-11-20" in shown.links[0].accessibleName()
    (others,) = [said for said in words(shown) if said.startswith("Även")]
    for part in (
        "dag 30 ska vara klar",
        "2026-12-01",
        "plan saknas sedan",
        "planen har ingen åtgärd",
        "dag för uppföljning",
    ):
        assert part in others
    assert others.removeprefix("Även: ") in shown.links[0].accessibleDescription()
    below = next(label for label in shown.findChildren(QLabel) if label.text() == others)
    free = below.mapTo(shown, QPoint(0, 0)).y() - shown.links[0].mapTo(shown, QPoint(0, shown.links[0].height())).y()
    assert free >= 4, "the ring of the focus, 2 px wide and 2 px outside, cut the dots off"


def test_a_date_that_was_set_and_has_passed_is_said_to_have(qtbot):
    late = Due("a", (Reason(Why.MILESTONE, TODAY - timedelta(1), 30, chosen=True),))
    shown = due_page(qtbot, [Group(Why.MILESTONE, [late])], {"a": case()})
    assert "dag 30 skulle ha varit klar sön 2026-11-22" in shown.links[0].accessibleName()


def test_how_the_days_without_a_plan_are_counted_is_said(qtbot):
    shown = due_page(qtbot, [Group(Why.NO_PLAN, [due_for(Why.NO_PLAN)])], {"a": case()})
    assert any("högst fem dagar emellan" in said for said in words(shown))


def test_the_arrows_go_down_the_list_as_it_stands_also_where_more_were_shown(qtbot):
    late = [due_for(Why.OVERDUE, case=str(n)) for n in range(NAMED + 2)]
    groups = [Group(Why.OVERDUE, late), Group(Why.PASSIVE, [due_for(Why.PASSIVE, case="last")])]
    named = {each.id: case(id=each.id) for group in groups for each in group.cases}
    shown = due_page(qtbot, groups, named)
    shown.more_wanted.connect(lambda cases: shown.show_more(cases, named))
    next(b for b in walk.reachable(shown) if getattr(b, "text", str)() == text("due.more", count=2)).click()
    assert shown.links[NAMED].hasFocus()
    press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert shown.links[-1].hasFocus()
    assert text("due.why.passive") in shown.links[-1].accessibleDescription()


# A date that somebody has set for a day of the law


LEAVE = Watched("a", ("fk7804", "2.0"), TODAY - timedelta(40), TODAY + timedelta(200))._replace(
    spans=((TODAY - timedelta(40), TODAY + timedelta(200)),)
)


@pytest.mark.parametrize(
    ("due", "status", "found"),
    [
        (TODAY + timedelta(14), "planned", (TODAY + timedelta(14), 91, True)),
        (TODAY - timedelta(3), "planned", (TODAY - timedelta(3), 91, True)),
        (TODAY + timedelta(15), "planned", (None, 0, False)),
        (TODAY + timedelta(3), "done", (None, 0, False)),
    ],
)
def test_a_day_of_the_law_is_due_on_the_date_that_was_set_for_it(due, status, found):
    """Day 91 lies fifty days ahead."""
    told = with_milestone(LEAVE, read_law(), TODAY, Standing(), (Stop(day=91, status=status, due=due),))
    assert (told.milestone, told.law_day, told.chosen) == found
