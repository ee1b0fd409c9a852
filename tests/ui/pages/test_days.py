"""Step 5 tells how the days are counted, takes over what certificates tell, and keeps what no certificate does."""

from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from fmstod.domain.answers import PeriodRow
from fmstod.domain.consultation import Consultation, Earlier
from fmstod.domain.leave import DaysBefore, StillReduced, Stop
from fmstod.domain.lifecycle import Life
from fmstod.domain.period import Period
from fmstod.sickleave.cases import Certificate
from fmstod.sickleave.timeline import Kind
from fmstod.texts import text
from fmstod.ui.models.leave import axis_of, day_of_case, law_days
from fmstod.ui.pages.assessment import AssessmentPage
from tests.ui import walk
from tests.ui.keys import press
from tests.ui.pages_1_4 import settle, shown
from tests.ui.pages_5_7 import FOUR_WEEKS, TWO_STEPS, consult, tess
from tests.ui.windows import TODAY

DAY = timedelta(1)
GAP = StillReduced(first=date(2026, 11, 18), last=date(2026, 11, 22))


def certificate(first, days, name="a"):
    period = Period(degree=100, first=first, last=first + (days - 1) * DAY)
    return Certificate(id=name, signed=datetime(2026, 11, 1, tzinfo=UTC), periods=(period,))


BEFORE = certificate(TODAY - 19 * DAY, 14)  # and five days without: the same case


def opened(qtbot, *certificates, periods=FOUR_WEEKS, height=648, **fields):
    model = consult(tess(periods, **fields))
    model.tell_certificates(certificates)
    return model, shown(qtbot, AssessmentPage, model, height=height)


def words(page):
    return "\n".join(label.text() for label in walk.shown(page, QLabel))


def test_one_line_tells_the_days_of_the_case_and_of_the_chain_by_name(qtbot):
    _, page = opened(qtbot, BEFORE)
    assert page.days.line.text() == (
        "Längd som i Rehabstöd: 42 dagar · "
        "Dag i rehabiliteringskedjan: minst dag 15, uppskattad; Försäkringskassan räknar"
    )
    assert "Dag i rehabiliteringskedjan" in page.days.open.accessibleDescription()
    assert "Kalenderdag" not in words(page)


def test_f5_opens_the_four_counts_each_with_its_rule_and_source(qtbot):
    _, page = opened(qtbot, BEFORE, height=1200)
    press(Qt.Key.Key_F5)
    settle()
    said = words(page)
    for line in (
        "Längd som i Rehabstöd: 42 dagar",
        "Uppskattad dag som i Rehabstöd: dag 19",
        "Kalenderdag i fallet: dag 20",
        "Minst dag 42 när intygen slutar, uppskattad; Försäkringskassan räknar",
        "Räknat 2026-11-23. Fallets dagar i intygen: 100 % 42 dagar.",
        "Källa: 27 kap. 51 § socialförsäkringsbalken",
    ):
        assert line in said
    press(Qt.Key.Key_Escape)
    assert "Kalenderdag" not in words(page)
    assert page.days.open.hasFocus()


def test_nothing_is_counted_of_a_case_of_which_nothing_is_known(qtbot):
    _, page = opened(qtbot, periods=())
    assert page.days.isHidden()
    assert law_days(page.model) == ()
    assert day_of_case(page.model) is None


def test_a_renewal_tells_its_day_before_its_first_period_is_written(qtbot):
    """A certificate of 56 days that ends tomorrow: today is day 55, and 56 days are used of what FMB recommends."""
    signed = certificate(TODAY - 54 * DAY, 56)
    renewed = Earlier(had=True, since=TODAY - 54 * DAY, days=56)
    model, page = opened(qtbot, signed, periods=(), earlier=renewed, height=1200)
    assert day_of_case(model) == 55
    assert model.now.leave.counts(TODAY).days == {"D1": 56, "D2": 54, "D3": 55, "D4": 55}
    assert "minst dag 55" in page.days.line.text()
    law = {each.day: each for each in law_days(model)}
    assert law[91].on == TODAY + 36 * DAY
    assert law[30].applies, "whether it lasts for 60 days is being decided"
    assert "Hittills 56 dagar." in page.ruler.accessibleDescription()
    assert Kind.MILESTONE in {mark.kind for mark in axis_of(model).marks}
    assert page.known.isHidden(), "nobody knows yet whether what will be planned belongs to it"


@pytest.mark.parametrize(("free", "day"), [(0, 15), (5, 20), (6, None), (88, None), (89, None)])
def test_a_case_goes_on_for_five_days_without_certificate_and_the_chain_for_89(qtbot, free, day):
    model = consult(tess((), earlier=Earlier(had=True, days=14)))
    model.tell_certificates([certificate(TODAY - (14 + free) * DAY, 14)])
    assert day_of_case(model) == day
    assert model.now.leave.counts(TODAY).days.get("D4") == 14
    model.tell_certificates([certificate(TODAY - (14 + 90) * DAY, 14)])
    assert model.now.leave.counts(TODAY).days == {}, "90 days have passed: 27 kap. 51 § adds nothing"


def test_a_signed_case_that_has_run_out_tells_no_day():
    for days_ago, day in ((5, 26), (6, 27), (7, None)):
        row = PeriodRow(first=f"{TODAY - (20 + days_ago) * DAY}", last=f"{TODAY - days_ago * DAY}", degree=100)
        assert day_of_case(consult(tess((row,), earlier=Earlier(had=False)))) == day


@pytest.mark.parametrize("life", [Life(document="d", closed=True), Life(document="d", revoked=True)])
def test_of_a_sick_leave_that_is_closed_or_revoked_no_day_goes_on(qtbot, life):
    model = consult(tess(FOUR_WEEKS, earlier=Earlier(had=False)))
    model.seal(signed=True, plan_signed=True)
    assert day_of_case(model) == 1
    assert {each.day for each in law_days(model)} > {30, 91}
    page = shown(qtbot, AssessmentPage, model)
    assert "dag 1" in page.timeline.accessibleDescription()
    model.tell_life(life)
    assert text(f"step.{life.state}") in words(page)
    assert day_of_case(model) is None
    reached = set() if life.revoked else {8, 15}
    assert {each.day for each in law_days(model)} == reached
    drawn = axis_of(model)
    assert [mark.caption for mark in drawn.marks if mark.kind is Kind.TODAY] == [""]
    assert bool(drawn.sick) is not life.revoked, "what is revoked is no sick leave"
    assert "dag 1." not in page.timeline.accessibleDescription(), "what is on screen says so at once"
    assert page.days.isHidden() is life.revoked


def test_the_four_counts_of_the_worked_example(qtbot):
    """sickleave.md 1.4: 28, 30, 31 and 48, with the second of the two certificates as the draft."""
    model = consult(tess((PeriodRow(first="2026-11-06", last="2026-11-23", degree=100),)))
    model.tell_certificates([certificate(date(2026, 10, 24), 10), certificate(date(2026, 8, 24), 20, "b")])
    counts = model.now.leave.counts(TODAY).days
    assert counts == {"D1": 28, "D2": 30, "D3": 31, "D4": 48}


def test_what_certificates_tell_is_taken_over_with_one_key(qtbot):
    model, page = opened(qtbot, BEFORE)
    assert page.known.words.text() == "Signerade intyg här visar 14 dagar i samma sjukfall, från 2026-11-04."
    page.known.take.setFocus()
    press(Qt.Key.Key_Space)
    assert model.consultation.earlier == Earlier(had=True, since=date(2026, 11, 4), days=14)
    assert page.known.isHidden()
    assert page.earlier.days.hasFocus()


def test_no_is_told_to_contradict_what_certificates_tell(qtbot):
    model, page = opened(qtbot, BEFORE, earlier=Earlier(had=False))
    assert "Svaret är nej" in page.known.words.text()
    model.tell_certificates([])
    assert page.known.isHidden()


def test_a_gap_that_is_marked_counts_in_the_chain_alone(qtbot):
    model, page = opened(qtbot, BEFORE, height=1200)
    press(Qt.Key.Key_F5)
    assert page.days.ticks[0].text() == "2026-11-18 till 2026-11-22, 5 dagar: fortsatt nedsatt"
    press(Qt.Key.Key_Space)
    assert model.consultation.still_reduced == (GAP,)
    assert page.days.ticks[0].isChecked()
    assert "minst dag 20" in page.days.line.text()
    assert "42 dagar" in page.days.line.text()
    press(Qt.Key.Key_Space)
    assert model.consultation.still_reduced == ()


def test_a_gap_between_two_chains_joins_them_when_it_is_marked(qtbot):
    model, page = opened(qtbot, certificate(TODAY - 120 * DAY, 20), height=1200)
    press(Qt.Key.Key_F5)
    assert model.now.leave.chain.total == 28
    press(Qt.Key.Key_Space)
    assert model.now.leave.chain.total == 20 + 100 + 28
    assert page.days.ticks[0].isChecked()


def test_days_before_belong_to_the_chain(qtbot):
    model, page = opened(qtbot, height=1200, earlier=Earlier(had=False))
    press(Qt.Key.Key_F5)
    QTest.keyClicks(page.days.before, "60")
    assert model.consultation.days_before == (DaysBefore(on=TODAY, days=60),)
    assert "28 dagar" in page.days.line.text()
    assert "minst dag 61" in page.days.line.text()
    for _ in "60":
        QTest.keyClick(page.days.before, Qt.Key.Key_Backspace)
    assert model.consultation.days_before == ()
    QTest.keyClicks(page.days.before, "sex")
    assert model.consultation.days_before == ()
    assert page.days.before.text() == "sex"


def at_day_30(qtbot):
    model, page = opened(qtbot, periods=TWO_STEPS, earlier=Earlier(had=False), height=1200)
    page.timeline.setFocus()
    for _ in range(3):
        press(Qt.Key.Key_Right)
    while "dag 8" not in page.axis.said.text():
        press(Qt.Key.Key_Left)
    return model, page


def test_a_day_of_the_law_tells_what_it_means_for_each(qtbot):
    _, page = at_day_30(qtbot)
    said = words(page)
    for who in ("Du: ", "Patienten: Din chef", "Arbetsgivaren: Medarbetaren", "Källa: 8 § lagen (1991:1047)"):
        assert who in said
    press(Qt.Key.Key_Escape)
    assert "Patienten: Din chef" not in words(page)


def test_a_day_is_set_as_done_and_taken_back(qtbot):
    model, page = at_day_30(qtbot)
    page.axis.day.status.buttons[1].setFocus()
    press(Qt.Key.Key_Space)
    assert model.consultation.stops == (Stop(day=8, status="done"),)
    assert "gjord" in page.axis.said.text()
    press(Qt.Key.Key_Space)
    assert model.consultation.stops == ()


def test_an_exempt_day_is_kept_once_it_has_its_reason(qtbot):
    model, page = at_day_30(qtbot)
    page.axis.day.status.buttons[2].setFocus()
    press(Qt.Key.Key_Space)
    assert model.consultation.stops == ()
    assert page.axis.day.reason.hasFocus()
    QTest.keyClicks(page.axis.day.reason, "Egen firma")
    assert model.consultation.stops == (Stop(day=8, status="exempt", reason="Egen firma"),)
    for _ in "Egen firma":
        QTest.keyClick(page.axis.day.reason, Qt.Key.Key_Backspace)
    assert model.consultation.stops == ()
    assert page.axis.day.status.value == "exempt", "it waits for another reason"


def test_the_day_by_which_it_is_to_be_done_is_set_beside_it_and_stands_on_the_timeline(qtbot):
    model, page = at_day_30(qtbot)
    page.axis.day.due.setFocus()
    QTest.keyClicks(page.axis.day.due, "2v")
    assert model.consultation.stops == (Stop(day=8, status="planned", due=TODAY + 14 * DAY),)
    assert "7 december 2026: lagen, dag 8, ska vara klar." in page.timeline.accessibleDescription()
    assert page.axis.day.status.value == "planned"
    page.axis.day.status.buttons[1].setFocus()
    press(Qt.Key.Key_Space)
    assert model.consultation.stops == (Stop(day=8, status="done", due=TODAY + 14 * DAY),)
    assert "ska vara klar" not in page.timeline.accessibleDescription(), "it is done"
    assert page.axis.day.isVisible()


def test_what_is_no_day_is_said_to_be_none_and_is_not_kept(qtbot):
    model, page = at_day_30(qtbot)
    page.axis.day.due.setFocus()
    QTest.keyClicks(page.axis.day.due, "snart")
    assert model.consultation.stops == ()
    assert "Klar senast: skriv en dag" in words(page)
    assert page.axis.day.due.text() == "snart"


def test_a_day_that_was_moved_keeps_its_sheet_open(qtbot):
    """The user goes to the day that somebody set, and sets another."""
    model, page = at_day_30(qtbot)
    model.change("stop", stops=(Stop(day=8, status="planned", due=TODAY + 3 * DAY),))
    page.timeline.setFocus()
    while "ska vara klar" not in page.axis.said.text():
        press(Qt.Key.Key_Left)
    page.axis.day.due.setFocus()
    press(Qt.Key.Key_Up)
    assert model.consultation.stops == (Stop(day=8, status="planned", due=TODAY + 4 * DAY),)
    assert page.axis.day.isVisible()
    assert page.axis.day.due.hasFocus()


def test_what_was_told_of_the_days_is_stored_and_old_records_open():
    told = tess(
        FOUR_WEEKS,
        still_reduced=(GAP,),
        days_before=(DaysBefore(on=TODAY, days=60),),
        stops=(Stop(day=8, status="done"),),
    )
    assert Consultation.model_validate_json(told.model_dump_json(by_alias=True)) == told
    old = tess(FOUR_WEEKS).model_dump(mode="json", by_alias=True)
    for new in ("still_reduced", "days_before", "stops"):
        del old[new]
    assert Consultation.model_validate(old) == tess(FOUR_WEEKS)
