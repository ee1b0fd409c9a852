"""Every fact is entered once: what is drafted from it, and how the physician's own text is kept."""

from datetime import date

import pytest

from fmstod.certificate.fill import (
    SOURCES,
    answered,
    changed_sources,
    draft_of,
    effective,
    kept_own,
    shown_answers,
    took_draft,
)
from fmstod.certificate.subject import subject_of
from fmstod.domain.answers import IcfText, Measure, PeriodRow
from fmstod.domain.consultation import Consultation, Excess
from fmstod.domain.issuer import Unit
from fmstod.domain.patient import Patient
from fmstod.domain.work import Ability, Demand, Work

NURSE = Work(
    occupation="Sjuksköterska",
    extent="heltid",
    tasks="Ansvarar för sex patienter.",
    load="moderate",
    demands=(
        Demand(key="night", note="var tredje helg", ability=Ability.CANNOT),
        Demand(key="attention", ability=Ability.PARTLY),
        Demand(key="sit", ability=Ability.CAN),
    ),
)
STEPS = (
    PeriodRow(degree=100, first="2026-11-23", last="2026-12-20"),
    PeriodRow(degree=50, first="2026-12-21", last="2027-01-03"),
)
CASE = Consultation(work=NURSE, answers={"28": ("NUVARANDE_ARBETE",), "32": STEPS})


def with_answers(**answers):
    return CASE.changed(answers={**CASE.answers, **answers})


def test_question_29_is_drafted_from_the_work(form, phrases):
    said = draft_of(form, "29", CASE, phrases)
    assert said == (
        "Sjuksköterska, heltid. Ansvarar för sex patienter. Måttlig belastning. Krav i arbetet: "
        "arbeta natt (var tredje helg), hålla uppmärksamheten länge och sitta länge."
    )
    text_too = NURSE.changed(demands=(Demand(key="sit"), Demand(key="text")))
    assert draft_of(form, "29", Consultation(work=text_too), phrases).endswith("sitta länge; läsa, skriva och räkna.")
    assert draft_of(form, "29", Consultation(), phrases) == ""
    assert draft_of(form, "29", Consultation(work=Work(occupation="snickare")), phrases) == "Snickare."
    assert draft_of(form, "29", Consultation(work=Work(occupation="IT-tekniker")), phrases) == "IT-tekniker."


def test_question_37_is_drafted_from_the_reasons_for_a_longer_time(form, phrases):
    case = CASE.changed(excess=Excess(reasons=("comorbidity", "waiting"), text="väntar på MR"))
    assert draft_of(form, "37", case, phrases) == (
        "Annan sjukdom samtidigt. Väntan på utredning eller behandling. Väntar på MR."
    )
    assert draft_of(form, "37", CASE, phrases) == ""


def test_question_44_is_drafted_from_the_plans_measures(form, phrases):
    rows = (Measure(what="Samtal.", owner="Psykolog", when="från 2 dec"), Measure(what=" "), Measure(what="Möte"))
    case = with_answers(**{"plan.measures": rows})
    assert draft_of(form, "44", case, phrases) == "Samtal (Psykolog, från 2 dec).\nMöte."
    none = case.changed(answers={**case.answers, "plan.none_needed": True})
    assert draft_of(form, "44", none, phrases) == ""
    assert draft_of(form, "44", CASE, phrases) == ""


@pytest.mark.parametrize(
    ("prognosis", "end"),
    [
        ({}, "50 % från 2026-12-21."),
        ({"39": "STOR_SANNOLIKHET"}, "50 % från 2026-12-21, ordinarie tid från 2027-01-04."),
        ({"39": "ATER_X_ANTAL_MANADER", "39.4": 3}, "ordinarie tid inom 3 månader."),
        ({"39": "ATER_X_ANTAL_MANADER", "39.4": 1}, "ordinarie tid inom en månad."),
        ({"39": "ATER_X_ANTAL_MANADER"}, "50 % från 2026-12-21."),
        ({"39": "PROGNOS_OKLAR"}, "50 % från 2026-12-21."),
    ],
)
def test_the_purpose_follows_steps_and_prognosis_and_guesses_nothing(plan_form, phrases, prognosis, end):
    said = draft_of(plan_form, "plan.purpose", with_answers(**prognosis), phrases)
    assert said.startswith("Återfå förmågan att arbeta som sjuksköterska. Sjukskrivning 100 % från 2026-11-23, 50 %")
    assert said.endswith(end)


def test_without_periods_there_is_no_purpose_and_no_follow_up_to_draft(plan_form, phrases):
    for ref in ("plan.purpose", "plan.followup"):
        assert draft_of(plan_form, ref, Consultation(work=NURSE), phrases) == ""
    jobless = Consultation(answers={"32": STEPS})
    assert draft_of(plan_form, "plan.purpose", jobless, phrases).startswith("Återfå arbetsförmågan.")


def test_the_present_state_is_drafted_from_what_was_judged(plan_form, phrases):
    case = with_answers(**{"17": IcfText(text="Orkar en uppgift i taget. ")})
    drafts = {
        ref: draft_of(plan_form, f"plan.{ref}", case, phrases) for ref in ("obstacles", "works", "adapt", "better")
    }
    assert drafts == {
        "obstacles": "Orkar en uppgift i taget.",
        "works": "Sitta länge.",
        "adapt": "Klarar inte: arbeta natt (var tredje helg). Klarar delvis: hålla uppmärksamheten länge.",
        "better": "",
    }


@pytest.mark.parametrize(
    ("first", "last", "day"),
    [
        ("2026-11-23", "2026-12-20", date(2026, 12, 18)),  # a Sunday: the Friday before
        ("2026-11-23", "2026-12-18", date(2026, 12, 18)),
        ("2026-11-23", "2026-12-26", date(2026, 12, 23)),  # Christmas: the Wednesday before
        ("2026-11-28", "2026-11-29", date(2026, 11, 28)),  # a weekend alone: never before it begins
    ],
)
def test_follow_up_is_drafted_on_the_last_workday_of_the_first_period(plan_form, phrases, first, last, day):
    case = Consultation(answers={"32": (PeriodRow(degree=100, first=first, last=last),)})
    assert draft_of(plan_form, "plan.followup", case, phrases) == day.isoformat()


def test_an_own_answer_wins_over_its_draft_even_when_it_is_empty(form, phrases):
    assert effective(form, with_answers(**{"29": "Snickare"}), phrases)["29"] == "Snickare"
    assert effective(form, with_answers(**{"29": ""}), phrases)["29"] == ""
    assert "44" not in effective(form, CASE, phrases)


def test_answers_that_do_not_show_are_kept_but_not_signed(form, phrases):
    case = with_answers(**{"28": ("STUDIER",), "29": "Snickare", "33": False, "33.2": "Nätter"})
    answers = effective(form, case, phrases)
    assert {"29", "33.2"} <= answers.keys()
    assert shown_answers(form, answers).keys() == {"28", "32", "33"}
    assert subject_of(form, case, Unit(), phrases).answers == shown_answers(form, answers)


def test_what_is_blank_is_not_signed(form):
    assert shown_answers(form, {"25": " \n", "35": IcfText(), "27.1": False, "28": ()}) == {"27.1": False}


def test_an_edited_text_is_never_overwritten_and_a_changed_source_is_shown(form, phrases):
    own = answered(form, CASE, "29", "Sjuksköterska, natt", phrases)
    assert changed_sources(form, own, phrases) == {}
    moved = own.changed(work=Work(occupation="Snickare"))
    assert effective(form, moved, phrases)["29"] == "Sjuksköterska, natt"
    assert changed_sources(form, moved, phrases) == {"29": "Snickare."}
    assert changed_sources(form, kept_own(form, moved, "29", phrases), phrases) == {}
    assert effective(form, took_draft(moved, "29"), phrases)["29"] == "Snickare."
    assert took_draft(moved, "29").drafted == {}


def test_editing_on_remembers_the_first_draft(form, phrases):
    own = answered(form, CASE, "29", "a", phrases).changed(work=Work(occupation="Snickare"))
    assert changed_sources(form, answered(form, own, "29", "ab", phrases), phrases) == {"29": "Snickare."}
    assert changed_sources(form, answered(form, own, "29", "Snickare.", phrases), phrases) == {}


def test_an_answer_without_a_source_has_nothing_to_remember(form, phrases):
    assert answered(form, CASE, "25", "Hej", phrases).drafted == {}


def test_the_certificate_is_of_the_consultations_patient(form, phrases):
    case = CASE.changed(patient=Patient(number="19840512-9803"))
    subject = subject_of(form, case, Unit(town="Exempelstad"), phrases)
    assert (subject.patient, subject.unit.town) == ("19840512-9803", "Exempelstad")
    assert "19840512" not in repr(subject)


def test_every_source_is_used_by_a_form(form, plan_form):
    assert {q.source for each in (form, plan_form) for q in each.questions() if q.source} == SOURCES.keys()
