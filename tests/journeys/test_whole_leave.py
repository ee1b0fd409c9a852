"""A whole sick leave in one sitting after another, by keys alone: from the first visit to its end, with every code once."""

import io
import json
from datetime import timedelta
from uuid import uuid4

from fmstod.cli import main
from fmstod.commands import demo, unlocking
from fmstod.domain.lifecycle import State
from fmstod.storage import opening
from fmstod.texts import text
from fmstod.ui.followup.list import FollowUpsPage
from fmstod.ui.models.reference import STEPS
from tests.journeys.test_followup import answer_measures, begin, page
from tests.journeys.user import CASE, DAY, PASSPHRASE


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


def extend_with_a_step_down(user):
    """Five weeks more: half time, then a quarter."""
    before = user.case.model.case
    user.keys.tab_to(text("life.renew"))
    user.keys.press("Return")
    user.keys.wait(lambda: user.case.model.case != before, "the renewal")
    half, quarter = (
        {"degree": 50, "from": "2027-01-04", "length": "3v"},
        {"degree": 25, "from": "2027-01-25", "length": "2v"},
    )
    asked = user.case.model.reference
    for ref, value in {**CASE["answers"], "32": [half, quarter]}.items():
        if ref in {"1", "32", "39", "39.4", "plan.participated"}:  # what a renewal asks anew
            user.keys.press(f"Ctrl+{asked.question(ref).step}")
            user.walk.answer(ref, value)
    assert [p.degree for p in user.case.model.consultation.periods] == [50, 25]
    sign(user)


def test_from_the_first_visit_over_an_extension_and_two_follow_ups_to_the_end(sit_down, own_home, monkeypatch, capsys):
    with sit_down(new_id=lambda: str(uuid4())) as user:
        first_visit(user)
        user.today = DAY + timedelta(days=35)
        extend_with_a_step_down(user)
        renewal = user.case.model.case
        user.today = DAY + timedelta(days=70)
        visit = begin(user)
        assert len(visit.measures) > 0, "the measures of the plan go on"
        answer_measures(user, visit)
        user.keys.fill(text("followup.next_day"), "+2v")
        user.keys.press("Ctrl+Return")
        user.keys.wait(lambda: user.says("AW026"), "the first follow-up")
        user.keys.press("Escape")
        user.today += timedelta(days=14)
        visit = begin(user)
        answer_measures(user, visit)
        user.keys.pick(text("followup.outcome"), text("followup.outcome_of.back"))
        user.keys.press("Ctrl+Return")
        user.keys.wait(lambda: user.says(text("followup.close_about")), "the second follow-up")
        user.keys.press("Return")
        user.keys.wait(lambda: page(user, FollowUpsPage) is not None, "the list")
        assert user.says(text("due.nothing"))
        assert user.store.open_case(renewal).life.state is State.CLOSED
    told = codes_of(own_home, monkeypatch, capsys)
    assert told == [("AW026", 2), ("DV077", 1)]


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
