"""The list of what is due and a follow-up on screen: what they show, what they say, and what they ask for."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from fmstod.domain.answers import Basis, IcfRating, IcfText, Status
from fmstod.domain.due import Due, DueCase, Watched, Why
from fmstod.domain.followup import FollowUp, MeasureOutcome, Outcome, Picture, Reason, Waiting, Went, begun
from fmstod.domain.issuer import Issuer, Physician
from fmstod.domain.leave import Stop
from fmstod.domain.patient import Patient
from fmstod.domain.period import Period
from fmstod.domain.procedure import Procedure
from fmstod.files import read_forms, read_law
from fmstod.followup.note import note_of
from fmstod.sickleave.cases import Certificate
from fmstod.sickleave.groups import Standing
from fmstod.sickleave.timeline import Kind
from fmstod.texts import text
from fmstod.ui.followup.card import CaseFollowUpCard
from fmstod.ui.followup.done import DoneCard
from fmstod.ui.followup.due import Group, with_milestone
from fmstod.ui.followup.list import NAMED, FollowUpsPage
from fmstod.ui.followup.page import FollowUpPage, Visit
from fmstod.ui.followup.text import codes_text, journal_text
from fmstod.ui.followup.visit import renewal_after
from fmstod.ui.models.leave import axis_of, known_facts
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
    for expected in ("Samtal", "Kurator, v 48", "b1300 Energinivå", text("severity.3"), "Trött", "100 %"):
        assert expected in said
    assert [made.went.value for made in shown.measures] == [None, None]
    assert [made.scale.value for made in shown.impairment.rows.values()] == [None]
    assert (shown.degree.value, shown.outcome.value, shown.next_day.text()) == (None, None, "")


def test_how_a_measure_went_last_time_stands_beside_now_with_its_note(qtbot):
    went = BEFORE.measures[0].changed(went=Went.ONGOING, note="Två av åtta samtal")
    before = BEFORE.changed(measures=(went, BEFORE.measures[1]))
    record, visit = begun("f", "a", TODAY, before), Visit(TESS, before, ASKED, LABELS, signed=False)
    shown = show(qtbot, FollowUpPage(dressed(), visit, record, lambda: TODAY), 1280, 800)
    said = words(shown.measures[0])
    assert said[:4] == ["Samtal", "Kurator, v 48", "Pågår", "Två av åtta samtal"]
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
    shown.next_day.setFocus()
    type_text("4v")
    record = said[-1]
    assert record == shown.record
    assert record.measures[0] == MeasureOutcome(what="Samtal", owner="Kurator", when="v 48", went=Went.DONE, note="bra")
    assert record.impairment.icf[0].severity == 1
    assert (record.limitation.text, record.degree, record.changes) == ("klarar mer", 50, {"since": "sover"})
    assert record.next == TODAY + timedelta(days=28)


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
    assert not shown.waits_for.isVisible()
    shown.reasons[Reason.WAITING].click()
    assert shown.waits_for.isVisible()
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
    assert shown.next_day.hasFocus()
    type_text("+2v")
    press(Qt.Key.Key_Return, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert done == [True]


def test_an_outcome_takes_the_next_day_away_and_is_enough(qtbot):
    shown, done = page(qtbot, begun("f", "a", TODAY, Picture(on=TODAY))), []
    shown.done_wanted.connect(lambda: done.append(True))
    assert text("followup.no_measures") in words(shown)
    shown.outcome.setCurrentIndex(0)
    shown.outcome.activated.emit(0)
    assert shown.record.outcome is Outcome.BACK
    assert not shown.next_day.isVisible()
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


# The list


def due_page(qtbot, groups, named, size=1.0):
    return show(qtbot, FollowUpsPage(dressed(text=size), groups, named, TODAY), 1280, 800)


def case(name="Tess Testsson", **facts):
    plain = {"id": "a", "protected": False, "born": None, "diagnosis": "F438A", "diagnosis_text": "Utmattning"}
    return DueCase(name=name, **{**plain, **facts})


@pytest.mark.parametrize("why", Why)
def test_each_reason_has_its_heading_and_its_day(qtbot, why):
    shown, opened = due_page(qtbot, [Group(why, [Due("a", why, TODAY)])], {"a": case()}), []
    shown.opened.connect(opened.append)
    assert text(f"due.why.{why}") in words(shown)
    assert "Tess Testsson, F43.8A" in shown.links[0].accessibleName()
    assert "2026-11-23" in shown.links[0].accessibleName()
    shown.focus_first()
    press(Qt.Key.Key_Return)
    assert opened == ["a"]


def test_someone_with_protected_identity_is_not_named_in_the_list(qtbot):
    hidden = case("Hemlig Hansson", protected=True)
    shown = due_page(qtbot, [Group(Why.OVERDUE, [Due("a", Why.OVERDUE, TODAY)])], {"a": hidden})
    said = [*words(shown), shown.links[0].accessibleName(), shown.links[0].accessibleDescription()]
    assert not any("Hemlig" in each or "F43" in each for each in said)
    assert text("due.protected") in shown.links[0].accessibleName()


def test_a_certificate_that_has_ended_is_said_to_have(qtbot):
    day = TODAY - timedelta(days=1)
    shown = due_page(qtbot, [Group(Why.ENDS, [Due("a", Why.ENDS, day)])], {"a": case()})
    assert "gällde" in shown.links[0].accessibleName()


def test_a_long_list_is_told_in_parts_and_walked_by_arrows(qtbot):
    cases = [Due(str(n), Why.OVERDUE, TODAY) for n in range(NAMED + 5)]
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
    groups = [Group(why, [Due("a", why, TODAY)]) for why in Why]
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
    watched = Watched(id="a", form=("fk7804", "2.0"), first=first, last=last, spans=((first, last),) * spans)
    assert with_milestone(watched, read_law(), TODAY).milestone == found


def test_a_gap_moves_the_days_of_the_chain(qtbot):
    """The 91st sick day comes two days later when two days without sick leave lie before it."""
    first = TODAY - timedelta(days=84)
    last = first + timedelta(days=200)
    gap = first + timedelta(days=9)
    whole = Watched(id="a", form=("fk7804", "2.0"), first=first, last=last, spans=((first, last),))
    broken = replace(whole, spans=((first, gap), (gap + timedelta(days=3), last)))
    days = [with_milestone(each, read_law(), TODAY).milestone for each in (whole, broken)]
    assert days[1] - days[0] == timedelta(days=2)


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
    assert "- Träning: Inte börjad. Väntar sedan 6 v" in told[Went.NOT_BEGUN].splitlines()
    assert [went for went, said in told.items() if "Väntar sedan" in said] == [Went.NOT_BEGUN]
    short = training.changed(went=Went.NOT_BEGUN, since=date(2026, 11, 10))
    assert "Väntar sedan 13 d" in journal(WHOLE.changed(measures=(short,)))


def test_a_follow_up_of_nothing_is_told_without_empty_headings():
    said = journal(FollowUp(id="f", case="a", on=TODAY), TESS.changed(patient=Patient()))
    assert text("followup.measures") not in said
    assert text("due.nameless") in said


def test_codes_are_copied_a_line_each():
    assert codes_text([registered("DV077", TODAY)]) == "2026-11-23 DV077 \n"


def test_a_renewal_takes_over_what_was_found_now_and_no_unrated_row():
    renewed = renewal_after(read_forms(), TESS, WHOLE)
    assert renewed.answers["35"] == IcfText(text="Piggare", icf=(IcfRating(code="b1300", severity=1),))
    assert "32" not in renewed.answers
    assert renewed.patient == TESS.patient
    untouched = renewal_after(read_forms(), TESS, FollowUp(id="f", case="a", on=TODAY))
    assert "35" not in untouched.answers or untouched.answers["35"] == TESS.answers["35"]


# What is known of the case elsewhere


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
