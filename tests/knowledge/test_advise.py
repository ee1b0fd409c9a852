"""What FMB says for one patient. The facts asserted are those of Socialstyrelsen's own entries, read by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fmstod.domain.period import DayCounts
from fmstod.files import read_library
from fmstod.knowledge.advise import Standing, advise, largest
from tests.knowledge.libraries import as_exported

LIBRARY = read_library()
MILD, SEVERE = {"508:severity": "mild"}, {"508:severity": "severe"}


def ask(*codes, load="", **answers):
    given = {key.replace("__", ":"): value for key, value in answers.items()}
    return advise(LIBRARY, codes, given, load)


def depression(*answers):
    return advise(LIBRARY, ["F32"], {key: value for answer in answers for key, value in answer.items()})


def stress(support):
    """A mild post-traumatic stress disorder; None: not answered whether work gives social support."""
    given = {"520:severity": "mild"} | ({} if support is None else {"520:state.work_gives_support": support})
    return advise(LIBRARY, ["F43.1"], given)


def standing(advice):
    return {c.recommendation.id: c.standing.value for c in advice.candidates}


def days(advice):
    (entry,) = advice.entries
    return (entry.limit.days, entry.limit.sure)


def test_a_mild_depression_keeps_its_three_months_beside_the_advice_to_do_without():
    advice = depression(MILD, {"508:course.first_episode": True})
    assert standing(advice.entries[0]) == {509: "applies", 510: "applies", 511: "excluded"}
    assert days(advice) == days(depression(MILD)) == (93, True)


def test_a_mild_post_traumatic_stress_needs_no_sick_leave_only_when_work_gives_support():
    advice = stress(True)
    assert days(advice) == (0, True)
    assert {id_ for id_, how in standing(advice.entries[0]).items() if how == "applies"} == {521, 522}
    assert advice.entries[0].candidates[0].recommendation.id == 521
    assert days(stress(False)) == (93, True)


def test_while_it_is_open_whether_work_gives_support_the_more_generous_bound_is_shown_as_unsure():
    advice = stress(None)
    assert days(advice) == (93, False)
    assert [q.key for q in advice.entries[0].open_questions] == ["520:state.work_gives_support"]


def test_severity_alone_settles_a_severe_depression():
    advice = depression(SEVERE)
    assert days(advice) == (186, True)
    assert not advice.entries[0].open_questions


def test_nothing_is_guessed_before_anything_is_answered():
    advice = depression()
    assert set(standing(advice.entries[0]).values()) == {"possible"}
    assert days(advice) == (186, False)
    assert {(q.key, q.answer) for q in advice.entries[0].questions} == {
        ("508:severity", None),
        ("508:course.first_episode", None),
    }


def test_the_scale_of_severity_is_offered_whole():
    (question,) = (q for q in depression().entries[0].questions if q.key == "508:severity")
    assert [option.key for option in question.options] == ["mild", "moderate", "severe"]


def test_exhaustion_in_its_acute_phase_has_six_months_and_with_lasting_cognition_no_end():
    acute = {"546:course.acute_phase": True, "546:factor.reduced_cognition": False}
    assert days(advise(LIBRARY, ["F43.8A"], acute)) == (186, True)
    late = {"546:course.acute_phase": False, "546:factor.reduced_cognition": True}
    advice = advise(LIBRARY, ["F43.8A"], late)
    limit = advice.entries[0].limit
    assert (limit.days, limit.number, limit.why_open, limit.sure) == (None, 372, "at_most_or_longer", True)


def test_the_entry_that_excepts_a_code_is_no_answer_to_it():
    advice = advise(LIBRARY, ["F43.8W"])
    assert (advice.entries, advice.without, advice.limits) == ((), ("F438W",), ())


def test_the_load_of_the_work_answers_the_question_of_load():
    advice = advise(LIBRARY, ["M50"], {}, load="high")
    assert advice.entries[0].limit.why_open == "at_most_or_longer"
    light = advise(LIBRARY, ["M50"], {}, load="light")
    assert days(light) == (28, True)
    (question,) = light.entries[0].questions
    assert (question.answer, question.given) == ("light", False)


def test_an_answer_for_the_entry_goes_before_the_load_of_the_work():
    advice = advise(LIBRARY, ["M50"], {"workload": "light"}, load="high")
    assert days(advice) == (28, True)
    assert advice.entries[0].questions[0].given


def test_the_three_loads_say_nothing_about_a_demand_of_certain_work():
    advice = advise(LIBRARY, ["S60"], {}, load="high").entries[0]
    assert standing(advice) == {199: "possible"}
    (question,) = advice.open_questions
    assert (question.key, question.options) == ("workload.manual_arm_work", ())
    assert days(advise(LIBRARY, ["S60"], {"workload.manual_arm_work": True})) == (21, True)
    assert advise(LIBRARY, ["S60"], {"workload.manual_arm_work": False}).limits == ()


def test_demands_that_exclude_each_other_are_one_choice():
    advice = advise(LIBRARY, ["M544"]).entries[0]
    (question,) = advice.questions
    assert [o.key for o in question.options] == ["physically_light", "physically_heavy", "other"]
    assert days(advise(LIBRARY, ["M544"], {"workload.physical": "physically_heavy"})) == (42, True)
    assert advise(LIBRARY, ["M544"], {"workload.physical": "other"}).limits == ()


def test_comorbidity_among_the_diagnoses_answers_itself():
    alone = advise(LIBRARY, ["J10"], {"10:severity": "mild"}).entries[0]
    assert standing(alone)[567] == "possible"
    both = advise(LIBRARY, ["J10", "J45.9"], {"10:severity": "mild"}).entries[0]
    assert standing(both)[567] == "applies"


def test_comorbidity_that_is_denied_excludes():
    advice = advise(LIBRARY, ["J10"], {"10:severity": "mild", "10:comorbidity.asthma": False}).entries[0]
    assert standing(advice)[567] == "excluded"


def test_all_factors_are_needed_where_the_source_means_all():
    base = {"294000:severity": "moderate", "294000:treatment.joint": "ongoing.symptom_treatment"}
    one = advise(LIBRARY, ["M16"], {**base, "294000:factor.hard_to_move": True}, "high").entries[0]
    assert standing(one)[294006] == "possible"
    both = {**base, "294000:factor.hard_to_move": True, "294000:factor.exertion_pain": True}
    assert standing(advise(LIBRARY, ["M16"], both, "high").entries[0])[294006] == "applies"
    none = {**base, "294000:factor.hard_to_move": False}
    assert standing(advise(LIBRARY, ["M16"], none, "high").entries[0])[294006] == "excluded"


def test_any_of_several_is_enough_where_the_source_means_any():
    advice = advise(LIBRARY, ["K40"], {"110:course.relapse+incarcerated_hernia+complication": True}).entries[0]
    assert standing(advice)[114] == "applies"


def test_one_general_and_one_special_recommendation_give_the_special_one():
    answers = {"110:treatment.done.laparoscopic_procedure": True}
    answers |= {"110:course.relapse+incarcerated_hernia+complication": False}
    advice = advise(LIBRARY, ["K40"], answers, "high")
    assert standing(advice.entries[0]) == {112: "applies", 113: "applies", 111: "excluded", 114: "excluded"}
    (limit,) = advice.limits
    assert (limit.recommendation, limit.after_event, limit.counts_from, limit.days) == (112, 14, "operation", None)


@pytest.mark.parametrize("code", ["G43", "I63", "I65", "M545"])
def test_what_has_changed_at_the_source_sets_no_limit_and_asks_nothing(code):
    advice = advise(as_exported(LIBRARY), [code])
    (limit,) = advice.limits
    assert (limit.days, limit.why_open) == (None, "changed_at_source")
    assert not advice.entries[0].open_questions
    assert not limit.exceeded_by(DayCounts(planned=900, earlier=0))


def test_several_diagnoses_keep_a_limit_each():
    settled = {**SEVERE, "workload": "light"}
    advice = advise(LIBRARY, ["M50", "F32"], settled)
    assert [(limit.entry, limit.days, limit.sure) for limit in advice.limits] == [(263, 28, True), (508, 186, True)]


def test_the_load_of_the_work_is_asked_once_for_all_diagnoses():
    advice = advise(LIBRARY, ["M50", "M16", "F32"])
    assert advice.shared == {"workload"}
    answered = advise(LIBRARY, ["M50", "M16"], {"workload": "high"})
    assert [q.answer for e in answered.entries for q in e.questions if q.key == "workload"] == ["high", "high"]


def test_a_choice_about_the_work_is_read_by_an_entry_that_offers_fewer_of_its_options():
    """Work that demands mobility isn't mostly sitting, whichever entry asked."""
    advice = advise(LIBRARY, ["S80"], {"workload.mobility": "low_mobility_sitting"}).entries[0]
    (question,) = (q for q in advice.questions if q.key == "workload.mobility")
    assert question.answer == "other"
    assert {225, 228} <= {c.recommendation.id for c in advice.candidates if c.standing is Standing.EXCLUDED}


def test_an_answer_is_kept_when_another_diagnosis_is_added():
    alone = {q.key for q in depression().entries[0].questions}
    beside = {q.key for q in advise(LIBRARY, ["M50", "F43.8A", "F32"]).entries[2].questions}
    assert alone == beside


def test_each_list_of_comorbidity_is_a_question_of_its_own():
    keys = [q.key for code in ("J10", "J15", "F20", "G470", "F500") for q in ask(code).entries[0].questions]
    asked = [key for key in keys if ":comorbidity" in key]
    assert asked[:3] == ["10:comorbidity.asthma", "17:comorbidity.asthma+copd", "139:comorbidity.depression"]
    assert len(asked) == len(set(asked)) == 4


def test_the_operation_is_one_choice():
    (treatment,) = (q for q in ask("D25").entries[0].questions if q.slot == "treatment")
    assert [o.key for o in treatment.options] == [
        "done.laparoscopic_vaginal_hysterectomy",
        "done.abdominal_hysterectomy",
        "other",
    ]


def test_what_must_hold_together_is_one_option_or_one_question():
    (long,) = (q for q in ask("M76.6").entries[0].questions if q.slot == "course")
    assert (long.key, long.needs_all) == ("254:course.long_standing+unchanged", True)
    (both,) = (q for q in ask("F31").entries[0].questions if q.slot == "factor")
    assert (both.key, both.needs_all) == ("504:factor.reduced_cognition+depressive_symptoms", True)


def test_the_demands_of_cataract_exclude_each_other():
    (demand,) = (q for q in ask("H25").entries[0].questions if q.slot == "workload")
    assert [o.key for o in demand.options] == ["normal_vision", "high_vision", "dirt_or_eye_injury_risk", "other"]


def test_an_addition_counts_the_time_that_it_extends_and_takes_its_place():
    infarct = ask("I21", **{"386__state.coronary": "uncomplicated_infarction", "386__factor.complication": False})
    (entry,) = infarct.entries
    assert entry.ruling == {388}
    assert days(infarct) == (56, True)


@pytest.mark.parametrize(("code", "pair", "limit"), [("M77", {269, 270}, 28), ("B15", {83, 84}, 186)])
def test_two_with_the_same_conditions_are_a_choice_and_both_are_told(code, pair, limit):
    (entry,) = ask(code).entries
    assert entry.ruling == pair
    assert days(ask(code)) == (limit, True)
    assert {entry.limit.recommendation, *(c.recommendation.id for c in entry.beside)} == pair


@pytest.mark.parametrize(("codes", "found"), [(["F32"], (186, "F32", 508)), (["M50", "F33"], (372, "F33", 528))])
def test_webcert_takes_the_largest_number_of_any_recommendation(codes, found):
    largest_of = largest(ask(*codes))
    assert (largest_of.days, largest_of.code, largest_of.entry.fmb) == found


def test_webcert_takes_the_first_of_equals_warns_of_none_at_all_and_is_silent_without_a_number():
    assert largest(ask("F43.8A", "F33")).code == "F438"
    assert largest(ask("F33", "F43.8A")).code == "F33"
    assert largest(ask("I10")).days == 0
    assert largest(ask("G20")) is None
    assert largest(ask("Z73.0")) is None


def test_two_codes_of_one_entry_ask_once_only_when_they_resolve_to_one():
    assert len(advise(LIBRARY, ["F32.1", "F32.2"]).entries) == 1
    assert len(advise(LIBRARY, ["K40", "K41"]).entries) == 2


def test_an_entry_code_without_recommendation_has_no_limit():
    advice = advise(LIBRARY, ["M23.2"])
    assert (advice.entries[0].candidates, advice.limits, advice.entries[0].resolved.largest_days) == ((), (), None)


def test_the_largest_number_of_the_code_is_the_exports():
    assert advise(LIBRARY, ["F32"]).entries[0].resolved.largest_days == 186
    assert advise(LIBRARY, ["F33"]).entries[0].resolved.largest_days == 372


def test_an_answer_of_the_wrong_shape_counts_as_unanswered():
    for wrong in ({"508:severity": True}, {"508:severity": "purple"}, {"508:severity": "chronic"}):
        assert days(advise(LIBRARY, ["F32"], wrong)) == (186, False)
    assert days(advise(LIBRARY, ["F43.1"], {"520:severity": "mild", "520:state.work_gives_support": "yes"})) == (
        93,
        False,
    )


def answers_for(code):
    """Any mix of answers to the questions of a code."""
    questions = [q for e in advise(LIBRARY, [code]).entries for q in e.questions]
    return st.fixed_dictionaries(
        {},
        optional={
            q.key: st.sampled_from([o.key for o in q.options]) if q.options else st.booleans() for q in questions
        },
    )


def any_answer(question):
    return st.sampled_from([o.key for o in question.options]) if question.options else st.booleans()


CODES = sorted({code for entry in LIBRARY.entries for code in entry.icd10se})


@given(st.data())
def test_one_more_answer_never_raises_the_limit_nor_unsettles_a_sure_one(data):
    code = data.draw(st.sampled_from(CODES))
    given_ = data.draw(answers_for(code))
    before = advise(LIBRARY, [code], given_).entries[0]
    if not before.open_questions:
        return
    question = data.draw(st.sampled_from(before.open_questions))
    answer = data.draw(st.sampled_from([o.key for o in question.options]) if question.options else st.booleans())
    after = advise(LIBRARY, [code], {**given_, question.key: answer}).entries[0]
    room = [
        float("inf") if e.limit and e.limit.days is None else e.limit.days if e.limit else -1 for e in (before, after)
    ]
    assert room[1] <= room[0]
    if before.limit.sure:
        assert after.limit.sure
        assert room[0] == room[1]


@given(st.data())
def test_when_all_is_answered_nothing_is_only_possible(data):
    code = data.draw(st.sampled_from(CODES))
    questions = [q for e in advise(LIBRARY, [code]).entries for q in e.questions]
    full = {
        q.key: data.draw(st.sampled_from([o.key for o in q.options]) if q.options else st.booleans()) for q in questions
    }
    advice = advise(LIBRARY, [code], full).entries[0]
    assert all(c.standing is not Standing.POSSIBLE for c in advice.candidates)
    assert advice.limit is None or advice.limit.sure


def test_our_reading_says_for_which_codes_a_recommendation_holds_where_the_export_errs():
    """An injured spinal cord counts with a fracture too, and hallux rigidus by its own code (0013)."""
    injured = {"188:factor.spinal_cord_injury": True}
    assert standing(advise(LIBRARY, ["S12"], injured).entries[0])[195] == "applies"
    assert 224 not in standing(advise(LIBRARY, ["S82"]).entries[0])
    assert [c.recommendation.id for c in advise(LIBRARY, ["M20.2"]).entries[0].candidates] == [248]
