"""What is suggested for whom, in which order, and why."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fmstod.domain.answers import Diagnosis, IcfRating, IcfText, PeriodRow
from fmstod.domain.consultation import DIAGNOSES, LIMITATION, PERIODS, Consultation, Earlier
from fmstod.domain.work import Ability, Demand, Work
from fmstod.files import read_catalogue, read_demands
from fmstod.followup.facts import Facts, facts_of
from fmstod.followup.suggest import alternatives, capacities, pairs, reason_text, reminders, row, stops, suggested

CATALOGUE = read_catalogue()
PHRASES = read_demands().phrases()
WORK = "NUVARANDE_ARBETE"


def keys(**facts):
    return [suggestion.idea.key for suggestion in suggested(Facts(**facts), CATALOGUE)]


def why(key, **facts):
    found = next(s for s in suggested(Facts(**facts), CATALOGUE) if s.idea.key == key)
    return [reason_text(reason, CATALOGUE, PHRASES) for reason in found.why]


def demand(key, ability=None):
    return Demand(key=key, ability=ability)


def test_without_any_fact_only_what_holds_for_most_is_suggested():
    found = suggested(Facts(), CATALOGUE)
    assert 0 < len(found) < 12
    assert {idea.idea.codes or idea.idea.demands for idea in found} == {()}


def test_the_closest_words_of_the_main_diagnosis_come_first():
    found = keys(codes=("F321", "M545"))
    assert found.index("f32.internet") < found.index("f32.therapy") < found.index("f.scale") < found.index("m54.move")
    assert "f1.treatment" not in found


def test_a_burnout_gets_its_recovery_and_a_back_its_movement():
    assert {"f43.map", "f43.recover", "f43.begin"} <= set(keys(codes=("F438A",), occupations=(WORK,)))
    assert {"m54.move", "m.physio", "m.ergonomics"} <= set(keys(codes=("M545",), occupations=(WORK,)))


def test_every_suggestion_tells_why():
    assert why("f32.therapy", codes=("F321",)) == ["vid F32.1"]
    assert why("work.sit", occupations=(WORK,), work=Work(demands=(demand("sit", Ability.PARTLY),))) == [
        "kravet sitta länge"
    ]
    assert why("extension.part", extension=True) == ["förlängning"]
    assert why("long.meeting", days=61) == ["väntas bli längre än 60 dagar"]
    assert why("first.visit") == ["för de flesta"]
    assert why("studies.pace", occupations=("STUDIER",)) == ["studerar"]
    assert why("coordinator.belief", extension=True) == ["samordning behövs ofta vid längre sjukskrivning"]


def test_what_is_managed_needs_no_adaptation_and_what_is_not_at_all_comes_before_what_is_partly():
    work = Work(
        demands=(
            demand("sit", Ability.PARTLY),
            demand("pace"),
            demand("bend", Ability.CAN),
            demand("text", Ability.CANNOT),
        )
    )
    found = keys(work=work, occupations=(WORK,))
    assert [key for key in found if key.startswith("work.")] == ["work.text", "work.sit", "work.pace"]


def test_phases_change_what_is_suggested():
    """The themes of sickleave.md 3.4: part-time, the employer, the step-down in one certificate, what has begun."""
    extension = {"extension.begun", "extension.part", "extension.employer", "extension.steps", "extension.prevent"}
    assert extension <= set(keys(extension=True, occupations=(WORK,)))
    assert extension.isdisjoint(keys(occupations=(WORK,)))
    assert "long.meeting" not in keys(days=60)
    assert "long.meeting" in keys(days=61)
    assert "first.boss" not in keys(extension=True, occupations=(WORK,))


def test_the_coordinators_themes_come_with_what_lasts():
    themes = {
        "coordinator.belief",
        "coordinator.employer",
        "coordinator.plan",
        "coordinator.begun",
        "coordinator.visit",
    }
    assert themes <= set(keys(extension=True, occupations=(WORK,)))
    assert not any(key.startswith("coordinator.") for key in keys(days=30, occupations=(WORK,)))


def test_whoever_has_no_work_gets_no_measure_for_a_workplace():
    found = keys(codes=("F321",), occupations=("ARBETSSOKANDE",), extension=True, days=100)
    assert "seeking.agency" in found
    assert not any(key.startswith(("work.", "back.visit", "back.adaptation")) for key in found)


def test_a_chosen_measure_becomes_a_row_with_owner_and_a_weekday():
    idea = CATALOGUE.idea("first.boss")
    made = row(idea, CATALOGUE, date(2026, 11, 28))  # a Saturday, and so is the day a week later
    assert (made.what, made.owner, made.when) == (idea.text, "patienten", "2026-12-07")


def test_abilities_leave_out_what_is_limited_and_begin_with_what_the_work_asks():
    facts = Facts(limited=("d160", "d415"), work=Work(demands=(demand("drive"),)))
    found = [capacity.code for capacity in capacities(facts, CATALOGUE)]
    assert {"d160", "d4153", "d4154"}.isdisjoint(found)
    assert set(found[:2]) == {"d470", "d475"}


def test_phrases_come_for_what_the_patient_does_not_manage():
    work = Work(
        demands=(
            demand("sit", Ability.PARTLY),
            demand("night", Ability.CANNOT),
            demand("pace"),
            demand("text", Ability.CAN),
        )
    )
    assert [pair.demand for pair in pairs(Facts(work=work), CATALOGUE)] == ["night", "sit"]


def test_signs_to_stop_at_follow_the_diagnosis():
    found = [stop.key for stop in stops(Facts(codes=("M545",)), CATALOGUE)]
    assert found[0] == "radiating"
    assert "sleep" not in found
    assert "worse_days" in found
    assert "sleep" in [stop.key for stop in stops(Facts(codes=("F321",)), CATALOGUE)]


def test_what_could_harm_on_a_paper_is_a_reminder_and_no_sign():
    """The step-down goes to Försäkringskassan and home; what to do if worse stands on the patient's page alone."""
    assert "suicide" in [each.key for each in reminders(Facts(codes=("F321",)), CATALOGUE)]
    assert not [stop for stop in CATALOGUE.stop if "leva" in stop.text or "självmord" in stop.text]


def test_reminders_follow_the_diagnosis():
    found = [each.key for each in reminders(Facts(codes=("F321",)), CATALOGUE)]
    assert found == ["suicide", "violence", "alcohol", "children", "equal"]
    assert [each.key for each in reminders(Facts(codes=("M545",)), CATALOGUE)] == ["work_injury", "equal"]


def test_of_measures_for_the_same_only_the_closest_is_suggested():
    assert "life.tobacco" in keys()
    heart = keys(codes=("I214",))
    assert "i.smoke" in heart
    assert "life.tobacco" not in heart
    back = keys(codes=("M545",), occupations=(WORK,), extension=True)
    assert "m.ergonomics" in back
    assert "back.ergonomics" not in back


def test_pregnancy_benefit_is_an_alternative_for_the_pregnant_alone():
    assert "pregnancy" in [a.key for a in alternatives(Facts(codes=("O267",)), CATALOGUE)]
    assert "pregnancy" not in [a.key for a in alternatives(Facts(codes=("M545",)), CATALOGUE)]
    assert {"part", "preventive", "travel"} <= {a.key for a in alternatives(Facts(), CATALOGUE)}


def test_facts_are_read_from_a_consultation():
    consultation = Consultation(
        answers={
            "28": (WORK, "STUDIER"),
            DIAGNOSES: (Diagnosis(code="F43.8A"), Diagnosis(code="ont i")),
            PERIODS: (PeriodRow(degree=100, first="2026-11-23", last="2026-12-20"),),
            LIMITATION: IcfText(icf=(IcfRating(code="d160", severity=2), IcfRating(code="d240", severity=0))),
        },
        earlier=Earlier(had=True, since=date(2026, 10, 1), days=40),
    )
    facts = facts_of(consultation)
    assert (facts.codes, facts.limited, facts.days, facts.extension) == (("F438A",), ("d160",), 68, True)
    assert facts.occupations == (WORK, "STUDIER")
    assert facts.phases == {"extension", "long"}
    assert facts.last == date(2026, 12, 20)


def test_whoever_describes_a_work_has_one_and_no_other_choice_is_an_occupation():
    assert facts_of(Consultation(answers={"plan.consent": ("EMPLOYER",)})).occupations == ()
    assert facts_of(Consultation(work=Work(demands=(demand("sit"),)))).occupations == (WORK,)
    assert facts_of(Consultation(work=Work(occupation="Lärare"), answers={"28": ("STUDIER",)})).occupations == (
        "STUDIER",
    )


def test_days_nobody_has_told_of_are_not_guessed():
    consultation = Consultation(answers={PERIODS: (PeriodRow(degree=100, first="2026-11-23", last="2026-12-20"),)})
    facts = facts_of(consultation)
    assert (facts.days, facts.extension) == (28, False)
    assert facts_of(consultation, days=90, extension=True).phases == {"extension", "long"}


CODES = st.sampled_from(
    ["F321", "F438A", "M545", "S825", "I214", "G430", "R539", "O267", "C509", "J45", "Z733", "A09", "F"]
)
DEMANDS = st.builds(
    Demand,
    key=st.sampled_from([d.key for d in read_demands().demands()] + ["own"]),
    ability=st.sampled_from([None, *Ability]),
)


@given(
    st.lists(CODES, unique=True, max_size=4),
    st.lists(DEMANDS, max_size=6),
    st.lists(st.sampled_from([WORK, "ARBETSSOKANDE", "STUDIER", "FORALDRALEDIG"]), unique=True),
    st.one_of(st.none(), st.integers(0, 800)),
    st.booleans(),
)
def test_suggestions_are_those_that_fit_each_once_and_every_one_has_a_reason(
    codes, demands, occupations, days, extension
):
    facts = Facts(codes=codes, work=Work(demands=demands), occupations=occupations, days=days, extension=extension)
    found = suggested(facts, CATALOGUE)
    assert len({s.idea.key for s in found}) == len(found)
    for suggestion in found:
        idea = suggestion.idea
        assert suggestion.why
        assert all(reason_text(reason, CATALOGUE, PHRASES) for reason in suggestion.why)
        assert not idea.phases or facts.phases & set(idea.phases)
        assert not idea.codes or any(reason.about == "diagnosis" for reason in suggestion.why)
        assert not idea.demands or any(d.key in idea.demands and d.ability is not Ability.CAN for d in demands)
        assert not idea.occupations or set(occupations) & set(idea.occupations)
        assert row(idea, CATALOGUE, date(2026, 11, 24)).owner in CATALOGUE.words.values()


@pytest.mark.parametrize("days", [None, 0, 60, 61])
def test_more_than_sixty_days_is_long(days):
    assert ("long" in Facts(days=days).phases) == (days == 61)
