"""The list of what is due and a follow-up on screen: what they show, what they say, and what they ask for."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from fmstod.domain.answers import Basis, IcfRating, IcfText, PeriodRow, StepRow
from fmstod.domain.followup import FollowUp, MeasureOutcome, Outcome, Picture, Reason, Waiting, Went, begun
from fmstod.domain.issuer import Issuer, Physician
from fmstod.domain.patient import Patient
from fmstod.domain.period import Period
from fmstod.domain.procedure import Procedure
from fmstod.files import read_forms
from fmstod.followup.note import note_of
from fmstod.sickleave.cases import Certificate
from fmstod.sickleave.timeline import Kind
from fmstod.texts import text
from fmstod.ui.followup.card import CaseFollowUpCard
from fmstod.ui.followup.done import DoneCard
from fmstod.ui.followup.page import FollowUpPage, Visit
from fmstod.ui.followup.renewing import first_step, renewal_after, renewal_on, taken_over
from fmstod.ui.followup.text import codes_text, journal_text
from fmstod.ui.models.leave import axis_of, known_facts
from fmstod.ui.pages.assessment import AssessmentPage
from tests.domain.test_followup import registered
from tests.storage.sample import TESS
from tests.ui import walk
from tests.ui.keys import press, type_text
from tests.ui.pages_5_7 import FOUR_WEEKS, consult, tess
from tests.ui.windows import TODAY, dressed, show

LABELS = {"b1300": "Energinivå", "d240": "Hantera stress"}
BEFORE = Picture(
    on=TODAY - timedelta(days=28),
    measures=(MeasureOutcome(what="Samtal", owner="Kurator", when="v 48"), MeasureOutcome(what="Träning")),
    impairment=IcfText(text="Trött", icf=(IcfRating(code="b1300", severity=3, basis=Basis.TEST),)),
    limitation=IcfText(icf=(IcfRating(code="d240", severity=2),)),
    degree=100,
)
ASKED = (("since", "Vad har ändrats sedan sist?"),)
VISIT = Visit(TESS, BEFORE, ASKED, LABELS, signed=True)


def page(qtbot, record=None, text_size=1.0, theme="light"):
    look = dressed(theme, text_size)
    record = record or begun("f", "a", TODAY, BEFORE)
    return show(qtbot, FollowUpPage(look, VISIT, record, lambda: TODAY), 1280, 800)


def words(shown):
    return [label.text() for label in walk.shown(shown, QLabel) if label.text()]


# A follow-up


def test_last_time_stands_beside_now_and_nothing_is_chosen(qtbot):
    shown = page(qtbot)
    said = words(shown)
    last = "26 okt"
    for expected in (
        "Samtal",
        "Kurator, v 48",
        "b1300 Energinivå",
        f"{text('severity.3')} · {last}",
        f"Trött · {last}",
        f"100 % · {last}",
    ):
        assert expected in said
    assert [made.went.value for made in shown.measures] == [None, None]
    assert [made.scale.value for made in shown.impairment.rows.values()] == [None]
    assert (shown.degree.value, shown.ahead.outcome.value, shown.ahead.next_day.text()) == (None, None, "")


def test_how_a_measure_went_last_time_stands_beside_now_with_its_note(qtbot):
    went = BEFORE.measures[0].changed(went=Went.ONGOING, note="Två av åtta samtal")
    before = BEFORE.changed(measures=(went, BEFORE.measures[1]))
    record, visit = begun("f", "a", TODAY, before), Visit(TESS, before, ASKED, LABELS, signed=False)
    shown = show(qtbot, FollowUpPage(dressed(), visit, record, lambda: TODAY), 1280, 800)
    said = words(shown.measures[0])
    assert said[:4] == ["Samtal", "Kurator, v 48", "Pågår · 26 okt", "Två av åtta samtal"]
    assert shown.measures[0].went.value is None
    assert "Pågår" not in words(shown.measures[1])


def test_what_is_chosen_and_typed_is_the_record(qtbot):
    shown, said = page(qtbot), []
    shown.edited.connect(said.append)
    shown.measures[0].went.buttons[0].click()
    shown.measures[0].note.setFocus()
    type_text("bra")
    shown.impairment.rows["b1300"].scale.buttons[1].click()
    shown.limitation.words.setFocus()
    type_text("klarar mer")
    shown.degree.buttons[2].click()
    shown.questions.boxes["since"].setFocus()
    type_text("sover")
    shown.ahead.next_day.setFocus()
    type_text("4v")
    record = said[-1]
    assert record == shown.record
    assert record.measures[0] == MeasureOutcome(what="Samtal", owner="Kurator", when="v 48", went=Went.DONE, note="bra")
    assert record.impairment.icf[0].severity == 1
    assert (record.limitation.text, record.degree, record.changes) == ("klarar mer", 50, {"since": "sover"})
    assert record.next == TODAY + timedelta(days=28)


def test_what_is_known_since_another_visit_has_its_own_day_and_another_year_is_said(qtbot):
    before = BEFORE.changed(days={"b1300": date(2025, 11, 3), "degree": date(2026, 9, 1)}, capacity="Läser")
    record, visit = begun("f", "a", TODAY, before), Visit(TESS, before, ASKED, LABELS, signed=False)
    shown = show(qtbot, FollowUpPage(dressed(), visit, record, lambda: TODAY), 1280, 800)
    said = words(shown)
    for expected in (
        f"{text('severity.3')} · 3 nov 2025",
        "100 % · 1 sep",
        f"{text('severity.2')} · 26 okt",
        "Läser · 26 okt",
    ):
        assert expected in said


WAITING = BEFORE.changed(
    measures=(
        MeasureOutcome(what="Samtal", went=Went.ONGOING, since=date(2026, 9, 1)),
        MeasureOutcome(what="Träning", owner="Försäkringskassan", since=date(2026, 10, 12)),
        MeasureOutcome(what="Möte", since=date(2026, 12, 12)),
    )
)


def waiting_page(qtbot, size=1.0, theme="light"):
    visit = Visit(TESS, WAITING, ASKED, LABELS, signed=False)
    made = FollowUpPage(dressed(theme, size), visit, begun("f", "a", TODAY, WAITING), lambda: TODAY)
    return show(qtbot, made, 1280, 800)


def test_a_measure_that_isnt_begun_says_how_long_it_has_waited(qtbot):
    shown = waiting_page(qtbot)
    waits = [[said for said in words(made) if said.startswith("Har väntat")] for made in shown.measures]
    assert waits == [[], ["Har väntat 6 v · 12 okt"], []]
    shown.measures[1].went.buttons[list(Went).index(Went.ONGOING)].click()
    assert not shown.measures[1].reason.isVisible()
    shown.measures[0].went.buttons[list(Went).index(Went.NOT_BEGUN)].click()
    assert "Har väntat 11 v · 1 sep" in words(shown.measures[0])


def test_one_key_gives_the_wait_for_a_measure_as_the_reason_and_never_a_medical_one(qtbot):
    shown = waiting_page(qtbot)
    shown.measures[1].note.setFocus()
    press(Qt.Key.Key_F6)
    assert shown.record.reasons == (Reason.WAITING,)
    assert shown.record.waiting == Waiting(what="Träning", since="2026-10-12")
    assert (shown.why.waits_for.text(), shown.why.since.text()) == ("Träning", "2026-10-12")
    assert shown.record.measures[1].went is None, "how it went is said by the physician"
    assert shown.measures[1].reason.text() == text("followup.is_reason")
    assert shown.measures[1].note.hasFocus(), "one goes on where one was"
    press(Qt.Key.Key_Z, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert (shown.record.reasons, shown.record.waiting) == ((), Waiting())
    assert shown.measures[1].reason.text() == text("followup.as_reason")
    shown.measures[1].reason.click()
    assert shown.why.waits_for.isVisible()


def test_undo_takes_back_each_thing_on_the_whole_page_and_redo_puts_it_there_again(qtbot):
    shown = page(qtbot, begun("f", "a", TODAY, BEFORE))
    states = [shown.record]
    for act in (
        shown.measures[0].went.buttons[0].click,
        lambda: (shown.measures[0].note.setFocus(), type_text("bra")),
        shown.impairment.rows["b1300"].scale.buttons[1].click,
        shown.impairment.rows["b1300"].scale.buttons[2].click,
        lambda: (shown.limitation.words.setFocus(), type_text("klarar mer")),
        lambda: (shown.capacity.setFocus(), type_text("läser")),
        shown.degree.buttons[2].click,
        lambda: (shown.questions.boxes["since"].setFocus(), type_text("sover")),
        shown.why.reasons[Reason.WAITING].click,
        lambda: (shown.why.waits_for.setFocus(), type_text("tid")),
        lambda: (shown.ahead.next_day.setFocus(), type_text("+2v")),
    ):
        act()
        states.append(shown.record)
    assert all(now != before for before, now in pairwise(states))
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    for before in reversed(states[:-1]):
        press(Qt.Key.Key_Z, modifiers=control)
        assert shown.record == before
    press(Qt.Key.Key_Z, modifiers=control)
    assert (shown.record, shown.measures[0].went.value, shown.measures[0].note.text()) == (states[0], None, "")
    assert (shown.degree.value, shown.why.waits_for.isVisible(), shown.ahead.next_day.text()) == (None, False, "")
    for after in states[1:]:
        press(Qt.Key.Key_Z, modifiers=control | shift)
        assert shown.record == after
    assert (shown.degree.value, shown.capacity.toPlainText(), shown.why.waits_for.text()) == (50, "läser", "tid")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2027-01-01", "nyårsdagen"),
        ("2026-12-24", "julafton"),
        ("2026-12-05", "lördag"),
        ("2026-12-06", "söndag"),
        ("2026-12-07", None),
        ("snart", None),
    ],
)
def test_a_next_day_on_which_a_clinic_is_closed_is_said_to_be_and_stays(qtbot, typed, said):
    shown = page(qtbot)
    shown.ahead.next_day.setFocus()
    type_text(typed)
    assert (said in shown.ahead.closed.text()) if said else shown.ahead.closed.text() == ""
    assert shown.record.next_day == typed


@pytest.mark.parametrize(("level", "change"), [(2, "better"), (3, "same"), (4, "worse")])
def test_a_changed_severity_has_its_arrow_and_word(qtbot, level, change):
    shown = page(qtbot)
    made = shown.impairment.rows["b1300"]
    assert made.change.text() == ""
    made.scale.buttons[level].click()
    assert made.change.text().endswith(text(f"followup.{change}"))
    assert made.scale.accessibleDescription() == made.change.text()


def test_waiting_is_asked_about_only_where_it_is_a_reason(qtbot):
    shown = page(qtbot)
    assert not shown.why.waits_for.isVisible()
    shown.why.reasons[Reason.WAITING].click()
    assert shown.why.waits_for.isVisible()
    assert shown.record.reasons == (Reason.WAITING,)


def test_what_is_lacking_is_said_and_led_to_one_thing_after_another(qtbot):
    shown, done = page(qtbot), []
    shown.done_wanted.connect(lambda: done.append(True))
    shown.done.click()
    assert text("followup.lack.measures") in shown.lacks.text()
    assert shown.measures[0].went.stop.hasFocus()
    shown.measures[0].went.buttons[1].click()
    assert not shown.lacks.isVisible()
    shown.done.click()
    assert shown.measures[1].went.stop.hasFocus()
    shown.measures[1].went.buttons[1].click()
    press(Qt.Key.Key_Return, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert shown.ahead.next_day.hasFocus()
    type_text("+2v")
    press(Qt.Key.Key_Return, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert done == [True]


def test_an_outcome_takes_the_next_day_away_and_is_enough(qtbot):
    shown, done = page(qtbot, begun("f", "a", TODAY, Picture(on=TODAY))), []
    shown.done_wanted.connect(lambda: done.append(True))
    assert text("followup.no_measures") in words(shown)
    shown.ahead.outcome.setCurrentIndex(0)
    shown.ahead.outcome.activated.emit(0)
    assert shown.record.outcome is Outcome.BACK
    assert not shown.ahead.next_day.isVisible()
    shown.finish()
    assert done == [True]


def test_a_day_ahead_or_no_day_is_not_taken_as_the_day_of_the_follow_up(qtbot):
    shown = page(qtbot)
    for day in ("2026-12-24", "snart"):
        shown.on.setFocus()
        shown.on.selectAll()
        type_text(day)
        assert shown.record.on == TODAY
    shown.on.selectAll()
    type_text("2026-11-20")
    assert shown.record.on == date(2026, 11, 20)


def test_ten_thousand_characters_are_kept(qtbot):
    shown = page(qtbot)
    shown.capacity.setPlainText("ord " * 2500)
    assert len(shown.record.capacity) == 10_000


@pytest.mark.parametrize(("size", "theme"), [(1.0, "light"), (1.0, "dark"), (2.0, "light")])
def test_everything_is_named_and_nothing_is_cut(qtbot, size, theme):
    record = begun("f", "a", TODAY, BEFORE).changed(reasons=(Reason.WAITING,))
    shown = page(qtbot, record, size, theme)
    shown.refuse(text("followup.lack.next"))
    assert walk.nameless(shown) == []
    assert walk.clipped(shown) == []


def test_when_it_is_done_it_is_frozen_and_leads_on(qtbot):
    shown, wanted = page(qtbot), []
    card = DoneCard(dressed(), FollowUp(id="f", case="a", on=TODAY, next_day="2027-01-01"), "Klart", planned=True)
    card.extend_wanted.connect(lambda: wanted.append("extend"))
    shown.show_done(card)
    assert not shown.measures[0].went.isEnabled()
    assert not shown.done.isVisible()
    card.focus_first()
    press(Qt.Key.Key_Return)
    assert wanted == ["extend"]
    shown.finish()


@pytest.mark.parametrize("planned", [True, False])
def test_after_an_outcome_it_leads_to_closing_and_asks_why_there_is_no_plan(qtbot, planned):
    record = FollowUp(id="f", case="a", on=TODAY, outcome=Outcome.BACK)
    card, said = show(qtbot, DoneCard(dressed(), record, "Klart", planned=planned), 600, 300), []
    card.close_wanted.connect(said.append)
    assert card.reason.isVisible() is not planned
    card.focus_first()
    (press(Qt.Key.Key_Return) if planned else type_text("Kort"))
    card.close_case.click()
    assert said[-1] == ("" if planned else "Kort")
    card.refuse("Nej")
    assert "Nej" in words(card)


# The card in step 7


def codes_card(qtbot, codes, **facts):
    card = CaseFollowUpCard(dressed(), (), codes, None, **{"may_follow": True, **facts})
    return show(qtbot, card, 344, 700)


def test_a_code_is_taken_back_only_with_a_reason(qtbot):
    card, said = codes_card(qtbot, [registered("DV077", TODAY)]), []
    card.revoked.connect(lambda code, why: said.append((code, why)))
    card.buttons["i"].click()
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Return)
    assert said == []
    assert text("case_followup.no_reason") in words(card)
    type_text("Fel patient")
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Return)
    assert said == [("i", "Fel patient")]


def test_a_mistaken_code_stays_with_its_reason_and_without_a_way(qtbot):
    card = codes_card(qtbot, [registered("DV077", TODAY, wrong=True)])
    assert text("case_followup.revoked", reason="fel") in words(card)
    assert card.buttons == {}


def test_coordination_takes_a_contact_and_minutes(qtbot):
    card, said = codes_card(qtbot, []), []
    card.coordinated.connect(lambda contact, minutes: said.append((contact, minutes)))
    card.coordinate.click()
    card.register.do()
    assert text("case_followup.no_contact") in words(card)
    card.register.contact.show_value("employer")
    card.register.minutes.show_text("20")
    card.register.do()
    assert [(str(contact), minutes) for contact, minutes in said] == [("employer", 20)]


@pytest.mark.parametrize("may", [True, False])
def test_following_up_is_offered_only_while_it_may_be_done(qtbot, may):
    card = codes_card(qtbot, [], may_follow=may)
    offered = [b for b in walk.reachable(card) if getattr(b, "text", str)() == text("followup.follow")]
    assert bool(offered) is may


# What follows from it


WHOLE = FollowUp(
    id="f",
    case="a",
    on=TODAY,
    measures=(MeasureOutcome(what="Samtal", went=Went.DONE, note="Hjälpte"), MeasureOutcome(what="Ring")),
    impairment=IcfText(text="Piggare", icf=(IcfRating(code="b1300", severity=1), IcfRating(code="b152"))),
    capacity="Läser en timme",
    degree=0,
    changes={"since": "Sover bättre"},
    reasons=(Reason.MEDICAL, Reason.WAITING),
    waiting=Waiting(what="Röntgen", since="2026-11-01"),
    next_day="2026-12-14",
)


def journal(record, consultation=TESS, before=BEFORE, issuer=None, labels=LABELS, asked=ASKED, codes=()):
    return journal_text(note_of(record, consultation, before, issuer or Issuer(), labels, asked, codes, say=text))


def test_the_journal_text_says_what_was_said_and_waiting_apart_from_what_is_medical():
    code = Procedure(code="AW026", on=TODAY, source="f", name="uppföljning av plan")
    said = journal(WHOLE, issuer=Issuer(physician=Physician(name="Doris Doktor")), codes=[code])
    lines = said.splitlines()
    assert f"Patient: {TESS.patient.name} {TESS.patient.number}" in lines
    assert "- Samtal: Klar. Hjälpte" in lines
    assert f"- b1300 Energinivå: {text('severity.3')} (2026-10-26) → {text('severity.1')}. bättre" in lines
    assert "Nedsättning av arbetsförmågan: 100 % (2026-10-26) → 0 %" in lines
    assert "Fortsätter därför att: Sjukdomen begränsar fortfarande" in lines
    assert "Väntar på: Röntgen, sedan 2026-11-01" in lines
    assert "KVÅ: AW026 uppföljning av plan" in lines
    assert lines[-1] == "Doris Doktor, 2026-11-23"
    assert "Ring" not in said
    assert "b152" not in said


def test_how_long_a_measure_has_waited_is_told_in_the_journal_and_only_while_it_isnt_begun():
    training = MeasureOutcome(what="Träning", since=date(2026, 10, 12))
    told = {went: journal(WHOLE.changed(measures=(training.changed(went=went),))) for went in Went}
    assert "- Träning: Inte börjad. Har väntat 6 v" in told[Went.NOT_BEGUN].splitlines()
    assert [went for went, said in told.items() if "Har väntat" in said] == [Went.NOT_BEGUN]
    short = training.changed(went=Went.NOT_BEGUN, since=date(2026, 11, 10))
    assert "Har väntat 13 d" in journal(WHOLE.changed(measures=(short,)))


def test_a_follow_up_of_nothing_is_told_without_empty_headings():
    said = journal(FollowUp(id="f", case="a", on=TODAY), TESS.changed(patient=Patient()))
    assert text("followup.measures") not in said
    assert text("due.nameless") in said


def test_codes_are_copied_a_line_each():
    assert codes_text([registered("DV077", TODAY)]) == "2026-11-23 DV077 \n"


FK = read_forms()["fk7804", "2.0"]


def renewed_by(before, followup):
    return renewal_after(read_forms(), before, [followup], followup)


FOUND = WHOLE.changed(degree=50)


def test_a_renewal_takes_over_what_was_found_now_and_no_unrated_row():
    renewed = renewed_by(TESS, FOUND)
    assert renewed.answers["35"] == IcfText(text="Piggare", icf=(IcfRating(code="b1300", severity=1),))
    assert renewed.patient == TESS.patient
    untouched = renewed_by(TESS, FollowUp(id="f", case="a", on=TODAY))
    assert "35" not in untouched.answers or untouched.answers["35"] == TESS.answers["35"]
    assert "32" not in untouched.answers


def test_a_renewal_keeps_the_words_of_the_certificate_where_there_are_no_new_ones_and_says_so():
    before = TESS.changed(answers={**TESS.answers, "35": BEFORE.impairment})
    rated = FOUND.changed(impairment=FOUND.impairment.changed(text=" "))
    taken = taken_over(FK, before, rated)["35"]
    assert taken.answer == IcfText(text="Trött", icf=(IcfRating(code="b1300", severity=1),))
    assert taken.words == (
        "Från uppföljningen 23 nov – se efter. Ändrat sedan förra intyget: b1300 stor → lätt. "
        "Texten är från förra intyget."
    )


FOUR = (PeriodRow(degree=100, first="2026-11-23", last="2026-12-20"),)
STEP = StepRow(ahead=True, degree=25, first="2026-12-21", last="2027-01-03")


@pytest.mark.parametrize(
    ("degree", "on", "steps", "rows", "said"),
    [
        (50, TODAY, (), (PeriodRow(degree=50, first="2026-12-21"),), "Från uppföljningen 23 nov – se efter. "),
        (50, date(2026, 12, 28), (), (PeriodRow(degree=50, first="2026-12-28"),), "Från uppföljningen 28 dec"),
        (50, TODAY, (STEP,), (STEP.row,), "Uppföljningen 23 nov kom fram till 50 %, men planens första steg är 25 %."),
        (25, TODAY, (STEP,), (STEP.row,), None),
        (0, TODAY, (), None, "Uppföljningen 23 nov kom fram till 0 %."),
        (0, TODAY, (STEP,), (STEP.row,), "Uppföljningen 23 nov kom fram till 0 %, men planens första steg är 25 %."),
        (None, TODAY, (), None, None),
    ],
)
def test_a_renewal_has_the_degree_chosen_at_the_visit_but_never_another_end_or_step(degree, on, steps, rows, said):
    """safety.md M-08: the physician chose it; it has no end, and the plan's steps stay as they were planned."""
    before = TESS.changed(answers={**TESS.answers, "32": FOUR, "plan.stepdown": steps})
    visit = FOUND.changed(degree=degree, on=on)
    renewed = renewed_by(before, visit)
    assert renewed.answers.get("32") == rows
    assert degree == 0 or renewed.periods == tuple(row.period for row in rows or () if row.period)
    taken = taken_over(FK, before, visit).get("32")
    assert taken.words.startswith(said) if said else taken is None


def test_a_renewal_that_is_asked_for_by_itself_says_what_was_found_the_same_day_and_not_what_was_long_ago():
    before = TESS.changed(answers={**TESS.answers, "32": FOUR})
    forms, earlier = read_forms(), FOUND.changed(on=TODAY - timedelta(days=7), degree=75)
    assert renewal_on(TODAY, forms, before, [earlier, FOUND]) == renewed_by(before, FOUND)
    alone = renewal_on(TODAY, forms, before, [earlier])
    assert alone == renewal_after(forms, before, [earlier], None)
    assert alone.period_rows == ()


def test_a_renewal_opens_where_the_visit_found_something_and_says_so_until_it_is_changed(qtbot):
    before = TESS.changed(answers={**TESS.answers, "32": FOUR})
    renewed = renewed_by(before, FOUND)
    taken = taken_over(FK, before, FOUND)
    assert first_step(FK, renewed, taken) == 3
    assert first_step(FK, renewed, {}) == 1
    model = consult(renewed)
    model.taken = taken
    assert model.origin("32").startswith("Från uppföljningen 23 nov – se efter. Förra perioden var på 100 %.")
    assert model.origin("6") == ""
    shown = show(qtbot, AssessmentPage(dressed(), model), 900, 900)
    assert model.origin("32") in words(shown)
    assert model.origin("32") in shown.fields["32"].place("32[0].from").accessibleDescription()
    model.answer("32", (PeriodRow(degree=50, first="2026-12-21", last="2027-01-03"),))
    assert model.origin("32") == ""
    assert not any("Från uppföljningen" in said for said in words(shown))
    model.undo()
    assert any("Från uppföljningen" in said for said in words(shown))


# What is known of the case elsewhere


def test_what_was_followed_up_is_done_on_the_timeline_and_the_next_day_planned(qtbot):
    model = consult(tess(FOUR_WEEKS, answers={"plan.followup": "2026-12-10"}))
    planned = [(each.on, each.state) for each in axis_of(model).marks if each.kind is Kind.FOLLOW_UP]
    assert planned == [(date(2026, 12, 10), "planned")]
    model.followed = (FollowUp(id="f", case="case", on=date(2026, 12, 8), next_day="2026-12-18"),)
    marks = [(each.on, each.state) for each in axis_of(model).marks if each.kind is Kind.FOLLOW_UP]
    assert marks == [(date(2026, 12, 8), "done"), (date(2026, 12, 18), "planned")]
    model.replanned = True
    marks = [(each.on, each.state) for each in axis_of(model).marks if each.kind is Kind.FOLLOW_UP]
    assert marks == [(date(2026, 12, 8), "done"), (date(2026, 12, 10), "planned")]


def test_days_that_certificates_tell_of_make_a_plan_one_of_a_long_sick_leave(qtbot):
    model = consult(tess(FOUR_WEEKS))
    assert known_facts(model).phases == {"first"}
    before = Period(degree=100, first=TODAY - timedelta(days=50), last=TODAY - timedelta(days=1))
    model.tell_certificates([Certificate(id="d0", signed=datetime(2026, 10, 4, tzinfo=UTC), periods=(before,))])
    assert known_facts(model).phases == {"extension", "long"}
