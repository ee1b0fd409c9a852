"""A whole sick leave in one sitting after another, by keys alone: from the first visit to its end, with every code once."""

import io
import json
from datetime import timedelta
from uuid import uuid4

from PySide6.QtWidgets import QLabel

from fmstod.cli import main
from fmstod.commands import demo, unlocking
from fmstod.dates import short_day
from fmstod.domain.answers import PeriodRow
from fmstod.domain.followup import Went
from fmstod.domain.lifecycle import State
from fmstod.domain.period import DEGREES
from fmstod.storage import opening
from fmstod.texts import text
from fmstod.ui.followup.list import FollowUpsPage
from fmstod.ui.models.reference import STEPS
from tests.journeys.test_followup import begin, page
from tests.journeys.user import CASE, DAY, PASSPHRASE

LAST_DAY = DAY + timedelta(days=41)  # of the example's certificate: four weeks, and two


def first_visit(user):
    """The example's, from an empty machine to certificate and plan."""
    user.walk.choose_passphrase()
    user.keys.wait(lambda: user.desk.workspace is not None, "store")
    user.walk.set_up()
    user.keys.press("Ctrl+N")
    for step in STEPS:
        user.walk.step(step)
    sign(user)


def sign(user):
    user.keys.press("Ctrl+7")
    user.walk.sign()
    user.keys.wait(lambda: user.case.model.signed, "signature")


def follow_up(user, *, went, degree=None, **rated):
    """All by keys but the places; it ends at the card that says that it is done."""
    visit = begin(user)
    for made in visit.measures:
        made.went.stop.setFocus()
        user.keys.press(*["Right"] * list(Went).index(went), "Space")
    for code, severity in rated.items():
        visit.impairment.rows[code].scale.stop.setFocus()
        user.keys.press(str(severity))
    if degree is not None:
        visit.degree.stop.setFocus()
        user.keys.press(*["Right"] * (*DEGREES, 0).index(degree), "Space")
    return visit


def end(user, outcome=None):
    """The next day, or how it ended, and done."""
    if outcome:
        user.keys.pick(text("followup.outcome"), text(f"followup.outcome_of.{outcome}"))
    else:
        user.keys.fill(text("followup.next_day"), "+2v")
    user.keys.press("Ctrl+Return")
    user.keys.wait(lambda: user.says("AW026"), "the follow-up is done")


def extend_with_a_step_down(user):
    """Out of the follow-up: half time, as was found there, and then a quarter, five weeks more."""
    before, found = user.store.cases()[0].id, user.today
    user.keys.press("Return")
    user.keys.wait(lambda: user.case is not None and user.case.model.case != before, "the renewal")
    first = max(LAST_DAY + timedelta(days=1), found)
    assert user.case.model.consultation.period_rows == (PeriodRow(degree=50, first=first.isoformat()),)
    assert user.case.step == 3, "it opens where the visit found something else"
    assert user.says(text("renewal.taken", day=short_day(found)))
    assert "b140" in user.case.model.origin("35")
    asked = user.case.model.reference
    for ref, value in CASE["answers"].items():
        if ref in {"1", "39", "39.4", "plan.participated"}:  # what a renewal asks anew
            user.keys.press(f"Ctrl+{asked.question(ref).step}")
            user.walk.answer(ref, value)
    user.keys.press("Ctrl+5")
    assert user.says(text("renewal.taken", day=short_day(found)))
    user.keys.fill(text("field.period.of", what=text("field.period.length"), number=1), "3v")
    assert user.case.model.origin("32") == ""
    user.keys.tab_to(text("field.period.new"))
    user.keys.press("Return")
    user.keys.fill(text("field.period.of", what=text("field.period.length"), number=2), "2v")
    user.keys.pick(text("field.period.of", what=text("field.period.degree"), number=2), "25 %")
    assert [(p.degree, p.days) for p in user.case.model.consultation.periods] == [(50, 21), (25, 14)]
    sign(user)


def known(made):
    """What stands beside a category as last known."""
    return [label.text() for label in made.findChildren(QLabel)]


def test_from_the_first_visit_over_an_extension_and_its_follow_ups_to_the_end(sit_down, own_home, monkeypatch, capsys):
    with sit_down(new_id=lambda: str(uuid4())) as user:
        first_visit(user)
        user.today = DAY + timedelta(days=35)
        visit = follow_up(user, went=Went.NOT_BEGUN, degree=50, b140=1)
        end(user)
        extend_with_a_step_down(user)
        renewal = user.case.model.case
        user.today = DAY + timedelta(days=70)
        visit = follow_up(user, went=Went.ONGOING)
        assert len(visit.measures) > 0, "the measures of the plan go on"
        end(user)
        user.keys.press("Escape")
        user.today += timedelta(days=14)
        visit = follow_up(user, went=Went.DONE)
        lost, slight = (
            f"{text(f'severity.{level}')} · {day}" for level, day in ((3, "23 nov 2026"), (1, "28 dec 2026"))
        )
        assert lost in known(visit.impairment.rows["b130"]), (
            "the visit between rated nothing: the certificate's is known"
        )
        assert slight in known(visit.impairment.rows["b140"])
        end(user, "back")
        user.keys.wait(lambda: user.says(text("followup.close_about")), "the way to close")
        user.keys.press("Return")
        user.keys.wait(lambda: page(user, FollowUpsPage) is not None, "the list")
        assert user.says(text("due.nothing"))
        assert user.store.open_case(renewal).life.state is State.CLOSED
    told = codes_of(own_home, monkeypatch, capsys)
    assert told == [("AW026", 3), ("DV077", 1)]


def codes_of(home, monkeypatch, capsys):
    """What `fmstod kva` counts, by code."""
    monkeypatch.setattr(
        unlocking, "open_store", lambda folder, passphrase: opening.open_store(folder, passphrase, floor=demo.CHEAP)
    )
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSPHRASE}\n"))
    assert main(["kva", "--json"]) == 0
    counts = json.loads(capsys.readouterr().out)["counts"]
    return sorted(
        (code, sum(each["count"] for each in counts if each["code"] == code))
        for code in {each["code"] for each in counts}
    )
