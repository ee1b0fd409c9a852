"""The plan from the first visit to its next version, and on into the renewed certificate: by keys alone."""

from datetime import timedelta

from fmstod.clock import SWEDEN
from fmstod.commands.demo_keys import spoken
from fmstod.domain.answers import StepRow
from fmstod.domain.document import DocumentKind
from fmstod.domain.procedure import PLAN_MADE
from fmstod.texts import text
from tests.journeys.user import DAY, DRAFT, PASSPHRASE


def sign(user, way):
    user.keys.press("Ctrl+7", "Ctrl+Return")
    assert spoken(user.keys.held) == text("sign.passphrase"), "on from the last step is to the signature"
    user.keys.rewrite(PASSPHRASE)
    user.keys.tab_to(text(way))
    user.keys.press("Space")


def plans(user):
    return [row.id for row in user.store.open_case(DRAFT).documents if row.kind is DocumentKind.PLAN]


def test_a_signed_plan_gets_a_step_down_as_its_next_version(sit_down, draft):
    with sit_down() as user:
        user.open_up()
        sign(user, "sign.both")
        user.keys.wait(lambda: len(plans(user)) == 1, "signed plan")
        (first,) = plans(user)
        user.today = DAY + timedelta(days=14)
        user.keys.press("Ctrl+6")
        assert user.says(text("plan_version.signed", number=1, day=DAY))
        user.keys.tab_to(text("plan_version.change"))
        user.keys.press("Return")
        assert user.says(text("plan_version.begun", number=1, day=DAY))
        assert spoken(user.keys.held) == "Vad ska sjukskrivningen leda till?", "a change begins where the plan does"
        page = user.case.page(6)
        page.go_to(page.steps.ahead.place("plan.stepdown"))
        for word, what in (("2027-01-04", "from"), ("2v", "length")):
            user.keys.fill(text("field.period.of", what=text(f"field.period.{what}"), number=1), word)
        user.keys.pick(text("field.period.of", what=text("field.period.degree"), number=1), "25 %")
        user.keys.fill(text("field.step.of", what=text("field.step.possible"), degree=25), "hela avdelningen")
        (ahead,) = [row for row in user.case.model.consultation.answers["plan.stepdown"] if row.ahead]
        assert ahead == StepRow(
            ahead=True, degree=25, first="2027-01-04", last="2027-01-17", possible="hela avdelningen"
        )
        assert page.version.new.head.text() == text("plan_version.news", number=1, count=1)
        sign(user, "sign.plan")
        user.keys.wait(lambda: len(plans(user)) == 2, "second version")
        before, now = (user.store.document(each) for each in plans(user))
        assert (before.id, before.version, now.version) == (first, 1, 2)
        assert ahead in now.answers["plan.stepdown"]
        assert ahead not in before.answers["plan.stepdown"]
        assert now.signed_at.astimezone(SWEDEN).date() == user.today
        codes = [done.code for done in user.store.open_case(DRAFT).procedures]
        assert codes == [PLAN_MADE]  # once for the plan, however often it is changed
        user.keys.press("Ctrl+6")
        assert user.says(text("plan_version.signed", number=2, day=user.today))
        user.keys.press("Ctrl+7")
        user.keys.tab_to(text("life.renew"))
        user.keys.press("Return")
        user.keys.wait(lambda: user.case.model.case != DRAFT, "the renewal")
        renewal = user.case.model.consultation
        assert renewal.period_rows == (ahead.row,)  # planned once, never typed again
        (kept,) = [row for row in renewal.answers["plan.stepdown"] if row.degree == 25]
        assert (kept.ahead, kept.possible, kept.first) == (False, "hela avdelningen", "")
        assert renewal.answers["plan.measures"] == now.answers["plan.measures"]
        assert "plan.followup" not in renewal.answers


def test_a_change_that_is_left_leaves_the_signed_plan_as_it_is(sit_down, draft):
    with sit_down() as user:
        user.open_up()
        sign(user, "sign.both")
        user.keys.wait(lambda: len(plans(user)) == 1, "signed plan")
        user.keys.press("Ctrl+6")
        user.keys.tab_to(text("plan_version.change"))
        user.keys.press("Return")
        goal = user.case.page(6).fields["plan.goal"]
        user.keys.fill(goal.label, "Något annat")
        assert user.says(text("plan_version.begun", number=1, day=DAY))
        user.case.page(6).go_to(user.case.page(6).version.keep)
        user.keys.press("Return")
        assert user.case.model.plan_signed
        assert (
            user.case.model.consultation.answers["plan.goal"]
            == user.store.document(plans(user)[0]).answers["plan.goal"]
        )
        assert not goal.isEnabled()


def test_a_change_that_waits_for_its_signature_is_still_one_the_next_day(sit_down, draft):
    with sit_down() as user:
        user.open_up()
        sign(user, "sign.both")
        user.keys.wait(lambda: len(plans(user)) == 1, "signed plan")
        user.keys.press("Ctrl+6")
        user.keys.tab_to(text("plan_version.change"))
        user.keys.press("Return")
        user.keys.fill(user.case.page(6).fields["plan.goal"].label, "Något annat")
        user.keys.wait(lambda: not user.case.autosave.pending, "autosave")
    with sit_down() as user:
        user.today = DAY + timedelta(days=1)
        user.open_up()
        user.keys.press("Ctrl+6")
        assert user.says(text("plan_version.begun", number=1, day=DAY))
        assert user.case.page(6).version.new.head.text() == text("plan_version.news", number=1, count=1)
