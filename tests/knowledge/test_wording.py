"""FMB's facts in our own Swedish."""

import re

import pytest

from fmstod.files import read_library
from fmstod.knowledge import wording
from fmstod.knowledge.advise import Question, advise
from fmstod.texts import catalogue
from tests.knowledge.libraries import as_exported

LIBRARY, PHRASES = read_library(), catalogue()
ENTRIES = [(entry, r) for entry in LIBRARY.entries for r in entry.recommendation]


def advice(code, **answers):
    return advise(
        LIBRARY, [code], {key.replace("__", ":").replace("_of_", "."): v for key, v in answers.items()}
    ).entries[0]


def sentence(typfall):
    entry, r = next((entry, r) for entry, r in ENTRIES if r.id == typfall)
    return wording.sentence(LIBRARY, entry, r, PHRASES)


@pytest.mark.parametrize(
    ("typfall", "said"),
    [
        (509, "Lindrig, förstagångsepisod: undvik sjukskrivning."),
        (521, "Lindrig, arbetet ger socialt stöd: undvik sjukskrivning."),
        (510, "Lindrig: upp till 3 månader, deltid i första hand."),
        (511, "Medelsvår till svår: upp till 6 månader, heltid eller deltid."),
        (111, "Lätt belastning, efter laparoskopisk operation: ingen sjukskrivning utöver egen sjukanmälan."),
        (114, "Återfall av bråck, bråck med inklämning eller komplikation: upp till 4 veckor, heltid."),
        (275, "Upp till 1 vecka, heltid."),
        (333, "Lindrig, fysiskt krävande arbete: 3 månader eller längre, heltid."),
        (
            633,
            (
                "Icke-spridd bröstcancer (utan fjärrmetastaser); efter bröstbevarande operation med mindre "
                "lymfkörtelingrepp, utan komplikation: 3 till 6 veckor, heltid."
            ),
        ),
        (218, "Medelsvår till svår: 4 veckor till 12 månader, heltid."),
        (446, "Icke-spridd cancer, efter cystektomi: 90 till 120 dagar, heltid."),
        (
            388,
            "Akut hjärtinfarkt utan komplikationer: upp till 8 veckor, varav 4 veckor som tillägg, heltid, sedan deltid.",
        ),
        (
            497,
            (
                "Svår; med annan utvecklingsrelaterad funktionsavvikelse, t.ex. autism: "
                "arbetsförmågan kan bli varaktigt nedsatt, deltid eller heltid."
            ),
        ),
        (
            507,
            (
                "Svår; bestående försämring efter skov eller fortskridande förlopp; svår samsjuklighet: "
                "arbetsförmågan kan bli varaktigt nedsatt."
            ),
        ),
        (164, "Höga synkrav (t.ex. bilkörning): fram till operation, heltid."),
        (
            578,
            (
                "Medelsvår; före graviditetsvecka 20; måttlig till hög belastning eller måttlig till hög psykisk "
                "belastning: upp till 12 veckor, deltid."
            ),
        ),
        (
            257,
            "Långvariga och oförändrade besvär; stillasittande arbete med låg belastning: upp till 2 veckor, heltid.",
        ),
        (146, "Lindrig till medelsvår: i regel inte nedsatt arbetsförmåga."),
        (626, "Efter epilepsianfall: någon dag till några veckor."),
        (492, "Uppgift saknas i FMB."),
    ],
)
def test_a_recommendation_in_one_sentence(typfall, said):
    assert sentence(typfall) == said


def test_every_recommendation_can_be_said():
    for entry, r in ENTRIES:
        said = wording.sentence(LIBRARY, entry, r, PHRASES)
        assert re.fullmatch(r"[A-ZÅÄÖ0-9].*[^.]\.", said)
        assert not re.search(r"[{}]|  |, ,|,\.|None", said)


@pytest.mark.parametrize(
    ("days", "said"), [(1, "1 dag"), (7, "1 vecka"), (31, "1 månad"), (62, "2 månader"), (90, "90 dagar")]
)
def test_days_in_the_largest_unit_that_fits(days, said):
    assert wording.length(days, PHRASES) == said


def test_the_panel_answers_how_long():
    acute = advice("F43.8A", **{"546__course_of_acute_phase": True, "546__factor_of_reduced_cognition": False})
    assert wording.headline(acute, PHRASES) == "Upp till 6 månader"
    assert wording.details(LIBRARY, acute, PHRASES) == "Akut fas · heltid eller deltid"


def test_the_panel_says_what_is_still_open():
    unanswered = advice("F32")
    assert wording.headline(unanswered, PHRASES) == "Som längst 6 månader"
    assert wording.details(LIBRARY, unanswered, PHRASES) == "Högst 2 frågor avgör"
    assert wording.details(LIBRARY, advice("F43.1"), PHRASES) == "Högst 5 frågor avgör"
    assert wording.headline(advice("F33"), PHRASES) == "Beror på svaren"
    mild = advice("F43.1", **{"520__severity": "mild"})
    assert wording.details(LIBRARY, mild, PHRASES) == "En fråga avgör"


def test_the_panel_says_none_only_when_it_is_about_this_patient():
    assert wording.headline(advice("K58"), PHRASES) == "Beror på svaren"
    said = advice("K58", **{"103__severity": "moderate"})
    assert wording.headline(said, PHRASES) == "Ingen sjukskrivning utöver egen sjukanmälan"


def test_the_panel_of_a_changed_entry_points_to_the_source():
    migraine = advise(as_exported(LIBRARY), ["G43"]).entries[0]
    assert wording.headline(migraine, PHRASES) == "Ändrad hos Socialstyrelsen efter 2020, se källan"
    assert wording.details(LIBRARY, migraine, PHRASES) == ""


def test_the_panel_when_no_recommendation_fits_or_none_exists():
    assert wording.headline(advice("S60", workload_of_manual_arm_work=False), PHRASES) == (
        "Ingen rekommendation passar svaren"
    )
    assert wording.headline(advice("M23.2"), PHRASES) == "FMB har ingen rekommendation för M23.2"
    assert wording.no_fmb(LIBRARY, "Z73.0", PHRASES) == "FMB har inget för Z73.0"
    assert wording.no_fmb(LIBRARY, "f43.8w", PHRASES) == "FMB gäller F43.8A, inte F43.8W"


def test_questions_are_asked_in_plain_words():
    asked = {
        q.key: wording.question(q, PHRASES)
        for code in ("F32", "F31", "F431", "J20", "F900", "K25", "K40", "K70", "F10", "J18")
        for q in advice(code).questions
    }
    assert asked["508:severity"] == "Vilken svårighetsgrad har tillståndet?"
    assert asked["520:state.work_gives_support"] == "Ger arbetet socialt stöd?"
    assert asked["493:state.no_comorbidity"] == "Har patienten bara den här diagnosen, utan samsjuklighet?"
    assert asked["90:severity"] == asked["105:severity"] == "Vilket gäller?"
    assert asked["workload.voice"] == "Gäller för arbetet: krav på rösten?"
    assert asked["17:comorbidity.asthma+copd"] == "Har patienten också astma eller KOL?"
    assert asked["110:treatment.done.laparoscopic_procedure"] == "Utförd åtgärd: laparoskopisk operation?"
    assert asked["532:treatment.ongoing.treatment"] == "Pågår behandling?"


def test_more_than_three_comorbidities_are_counted():
    four = Question("1:comorbidity.a+b+c+d", "comorbidity", ("A", "B", "C", "D"))
    assert wording.question(four, PHRASES) == "Har patienten någon av de 4 samtidiga sjukdomar som FMB nämner?"


def test_every_question_of_every_code_can_be_asked():
    for code in (code for entry in LIBRARY.entries for code in entry.icd10se):
        for question in advice(code).questions:
            assert wording.question(question, PHRASES).endswith("?")
            assert all(wording.option(option, PHRASES) for option in question.options)


def test_a_choice_names_what_is_done_and_what_goes_on():
    (treatment,) = (q for q in advice("C50").questions if q.slot == "treatment")
    told = [wording.option(o, PHRASES) for o in treatment.options]
    assert wording.question(treatment, PHRASES) == "Vilken behandling gäller sjukskrivningen nu?"
    assert told[2:5] == ["Under cytostatikabehandling", "Efter cytostatikabehandling", "Under strålbehandling"]
    assert told[-1] == "Inget av dessa"


def test_what_must_hold_together_is_said_with_and_what_is_one_of_several_with_or():
    (both,) = (q for q in advice("F31").questions if q.slot == "factor")
    assert wording.question(both, PHRASES) == "Kvarstående kognitiv nedsättning och symtom på depression?"
    (several,) = (q for q in advice("E66").questions if q.slot == "factor")
    assert wording.question(several, PHRASES) == "Otillräckligt födointag, trötthet, yrsel eller muskelsvaghet?"


def test_a_time_from_an_operation_says_what_it_counts_from():
    done = advice("M16", **{"workload": "light", "294000__treatment_of_joint": "done.hip_replacement"})
    assert wording.headline(done, PHRASES) == "Upp till 8 veckor"
    assert wording.details(LIBRARY, done, PHRASES) == (
        "Lätt belastning · Efter höftprotesoperation · heltid · räknat från operationen"
    )


def test_a_second_recommendation_for_the_same_patient_stands_beside_the_first():
    assert wording.headline(advice("M77"), PHRASES) == "Upp till 4 veckor"
    assert wording.details(LIBRARY, advice("M77"), PHRASES).endswith(
        "FMB anger också: ingen sjukskrivning utöver egen sjukanmälan"
    )


def test_webcerts_figure_is_told_as_webcerts():
    assert wording.webcert(advise(LIBRARY, ["F32"]), PHRASES) == (
        "Webcert räknar med 186 dagar för F32: det största talet i FMB, oavsett svaren"
    )
    assert wording.webcert(advise(LIBRARY, ["I10"]), PHRASES) == (
        "Webcert varnar från första dagen för I10: FMB anger ingen sjukskrivning"
    )
    assert wording.webcert(advise(LIBRARY, ["G20"]), PHRASES) == ""


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("F43", "FMB har inget för F43, men för F43.0, F43.1, F43.2 och F43.8A"),
        ("f43.9", "FMB har inget för F43.9, men för F43.0, F43.1, F43.2 och F43.8A"),
        ("M54.2", "FMB har inget för M54.2, men för M54.4 och M54.5"),
        ("F439P", "F43.9P hör till KSH97-P. FMB finns för ICD-10-SE: F43.0, F43.1, F43.2 och F43.8A"),
        ("F43-P", "F43-P hör till KSH97-P. FMB finns för ICD-10-SE: F43.0, F43.1, F43.2 och F43.8A"),
        ("F32-", "F32- hör till KSH97-P. FMB finns för ICD-10-SE: F32"),
        ("B99-", "FMB har inget för B99-"),
        ("N81.8P", "FMB har inget för N81.8P"),
    ],
)
def test_a_code_without_recommendation_leads_on_to_those_near_it_that_have(code, said):
    assert wording.no_fmb(LIBRARY, code, PHRASES) == said


def test_every_category_without_an_entry_of_its_own_leads_to_its_codes_that_have_one():
    """31 categories can be reached through longer codes only (fmb.md section 3)."""
    categories = {code[:3] for entry in LIBRARY.entries for code in entry.icd10se}
    without = sorted(category for category in categories if LIBRARY.resolve(category) is None)
    assert {"F43", "F40", "F41", "F50", "F90", "G44", "G47", "M54", "M75", "O21", "S13"} <= set(without)
    for category in without:
        found = wording.near(LIBRARY, category)
        assert found
        assert all(code.startswith(category) and LIBRARY.resolve(code) for code in found)


@pytest.mark.parametrize("code", ["F32-", "F32-P", "F438P", "f43-p", "M549P"])
def test_fmb_knows_no_code_of_primary_cares_own_list(code):
    assert LIBRARY.resolve(code) is None
    assert advise(LIBRARY, [code]).entries == ()


@pytest.mark.parametrize(
    ("code", "conditions", "load", "said", "more"),
    [
        ("M545", {}, "moderate", "Ingen rekommendation gäller för måttlig belastning",
         "Lätt belastning: ingen sjukskrivning utöver egen sjukanmälan. Hög belastning: upp till 2 veckor."),
        ("F430", {"498:severity": "severe"}, "", "Ingen rekommendation gäller för svaret ”svår”",
         "Medelsvår: upp till 4 veckor."),
        ("J45", {"8:factor.aggravating_factors": False}, "", "Ingen rekommendation passar svaren",
         "Något som förvärrar symtomen (t.ex. infektion)? Nej. Ja: upp till 1 vecka."),
        ("I63", {"842:severity": "other"}, "", "Ingen rekommendation passar svaren", "Vilket gäller? Inget av dessa."),
    ],
)  # fmt: skip
def test_where_nothing_fits_the_answer_is_named_with_what_there_is_on_either_side(code, conditions, load, said, more):
    (found,) = advise(LIBRARY, [code], conditions, load).entries
    assert wording.headline(found, PHRASES) == said
    assert wording.details(LIBRARY, found, PHRASES) == more


def test_contractions_are_asked_about_as_what_they_are():
    asked = [wording.question(q, PHRASES) for q in advice("O47").questions if q.slot == "course"]
    assert asked == ["Hurdana är sammandragningarna?"]
