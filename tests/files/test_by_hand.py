"""What is entered by hand from Socialstyrelsen's pages, against the facts as they were read there."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from fmstod.domain.period import DayCounts
from fmstod.files import read_library
from fmstod.knowledge import provenance, wording
from fmstod.knowledge.advise import advise
from fmstod.knowledge.comparison import Outcome, compare
from fmstod.texts import catalogue

LIBRARY, PHRASES = read_library(), catalogue()
BY_HAND = {entry.fmb: entry for entry in LIBRARY.entries if entry.fmb not in LIBRARY.meta.exported}
RECHECKED = tomllib.loads(Path(__file__).with_name("fmb_rechecked.toml").read_text(encoding="utf-8"))
READ = date(2026, 9, 26)


def told(code, answer=None):
    """The panel's figure and the line below it for a code, once its one question is answered."""
    entry = LIBRARY.resolve(code).entry.fmb
    found = advise(LIBRARY, [code], {f"{entry}:severity": answer} if answer else {}).entries[0]
    return wording.headline(found, PHRASES), wording.details(LIBRARY, found, PHRASES)


def limit(code, load="", **answers):
    entry = LIBRARY.resolve(code).entry.fmb
    (found,) = advise(LIBRARY, [code], {f"{entry}:{key}": value for key, value in answers.items()}, load).limits
    return found.days, found.sure


@pytest.mark.parametrize(
    ("fmb", "title", "group", "codes", "replaces", "changed"),
    [
        (831, "Migrän", "nervsystemet", "G43", (126,), date(2024, 1, 25)),
        (842, "Stroke och TIA", "hjart_karl", "I60 I61 I62 I63 I64 I67 I69 G453 G459", (370,), date(2024, 1, 25)),
        (847, "Långvarig smärta inklusive fibromyalgi", "nervsystemet", "R522 M797", (271,), date(2024, 1, 25)),
        (740, "Akut lumbago", "muskel_skelett", "M545", (259,), date(2023, 9, 25)),
        (707, "Covid-19", "smittsam", "U071 U072", (), date(2021, 5, 24)),
        (713, "Postinfektiöst tillstånd efter covid-19", "smittsam", "U099", (), date(2021, 5, 25)),
    ],
)
def test_an_entry_by_hand_has_its_own_title_codes_page_and_dates(fmb, title, group, codes, replaces, changed):
    entry = BY_HAND[fmb]
    assert (entry.title, entry.group, " ".join(entry.icd10se)) == (title, group, codes)
    of = entry.source
    assert of.url.startswith("https://roi.socialstyrelsen.se/fmb/")
    assert of.url.endswith(f"/{fmb}")
    assert (of.dated, of.replaces, of.retrieved, of.rechecked) == (changed, replaces, READ, READ)
    assert [r.id for r in entry.recommendation] == [fmb * 1000 + n for n in range(1, len(entry.recommendation) + 1)]
    assert {r.dated for r in entry.recommendation} == {changed}


def test_six_entries_are_made_by_hand_and_none_of_them_says_that_it_was_read_twice():
    assert set(BY_HAND) == {831, 842, 847, 740, 707, 713}
    assert {(e.source.checked, e.source.checked_by) for e in BY_HAND.values()} == {
        (None, "inskriven för hand, avläst en gång")
    }


@pytest.mark.parametrize(
    ("code", "answer", "figure", "details"),
    [
        ("G43", "single_attacks", "Ingen sjukskrivning", "Enstaka anfall"),
        ("G43.7", "preventive_drug_trial", "Upp till 6 månader eller längre", "stegvis återgång"),
        ("G43", "frequent_in_pregnancy", "Ingen tidsgräns angiven", "deltid eller heltid"),
        ("G43", "drug_overuse_detoxification", "Upp till 3 veckor", "Avgiftning"),
        ("G45.9", "tia", "Upp till 2 veckor", "heltid, andra uppgifter först om arbetet kräver körkort"),
        ("I63", "minor_stroke", "Upp till 6 månader", "heltid, sedan deltid som kan pågå längre"),
        ("I61.9", "major_stroke", "Upp till 12 månader", "Större stroke · heltid"),
        ("I69", "more_than_a_year_after_stroke", "I regel varaktigt nedsatt arbetsförmåga", "mer än ett år efter"),
        ("M79.7", "mild_pain", "Undvik sjukskrivning", "Lindriga besvär"),
        ("R52.2A", "marked_pain", "Upp till 12 månader", "deltid"),
        (
            "R52.2",
            "limiting_pain_with_comorbidity",
            "Upp till 12 månader eller längre",
            "heltid, överväg alltid deltid",
        ),
        ("M79.7", "recurrent_leave", "Ingen tidsgräns angiven", "Tidigare återkommande sjukskrivning"),
        ("U07.1", "after_hospital_care", "1 till 2 månader efter utskrivning", "heltid, sedan deltid"),
        ("U07.2", "without_care", "Några veckor, utan närmare gräns", "Utan öppen eller sluten vård"),
        ("U09.9", None, "Bedöms individuellt, ingen tidsgräns", "heltid eller deltid"),
    ],
)
def test_one_answer_settles_what_the_panel_says(code, answer, figure, details):
    said, below = told(code, answer)
    assert said == figure
    assert details in below


@pytest.mark.parametrize(
    ("code", "options"),
    [
        ("G43", 4),
        ("I63", 4),
        ("M79.7", 4),
        ("U07.1", 2),
    ],
)
def test_an_entry_by_hand_asks_one_question_in_few_words(code, options):
    (question,) = advise(LIBRARY, [code]).entries[0].questions
    assert wording.question(question, PHRASES) == "Vilket gäller?"
    assert len(question.options) == options + 1
    assert question.options[-1].labels == ()  # none of these
    assert not advise(LIBRARY, ["U09.9"]).entries[0].questions


def test_acute_lumbago_needs_no_question_but_the_load_of_the_work():
    light, heavy = (advise(LIBRARY, ["M54.5"], {}, load).entries[0] for load in ("light", "high"))
    assert wording.headline(light, PHRASES) == "Ingen sjukskrivning utöver egen sjukanmälan"
    assert wording.headline(heavy, PHRASES) == "Upp till 2 veckor"
    assert wording.details(LIBRARY, heavy, PHRASES) == "Hög belastning · heltid"
    assert (limit("M54.5", "light"), limit("M54.5", "high")) == ((0, True), (14, True))


def test_full_time_after_a_minor_stroke_ends_with_six_months_but_part_time_may_last_so_no_plan_is_over():
    assert limit("I63", severity="minor_stroke") == (None, True)
    found = advise(LIBRARY, ["I63"], {"842:severity": "minor_stroke"}).limits[0]
    assert not found.exceeded_by(DayCounts(planned=400, earlier=0))


def test_months_after_discharge_are_no_bound_from_the_first_day_of_the_case():
    assert limit("U07.1", severity="after_hospital_care") == (None, True)


def test_what_was_compared_with_its_page_may_say_over():
    found = advise(LIBRARY, ["I63"], {"842:severity": "major_stroke"}).limits[0]
    assert (found.days, found.rechecked) == (372, READ)
    assert compare(DayCounts(planned=373, earlier=0), found) is Outcome.OVER


@pytest.mark.parametrize("fmb", [831, 842, 847, 740])
def test_a_replacing_entry_shows_the_categories_of_the_replaced_one_and_says_so(fmb):
    entry = BY_HAND[fmb]
    (before,) = (old for old in LIBRARY.replaced if old.fmb in entry.source.replaces)
    assert entry.icf == before.icf
    said = provenance.source(LIBRARY.resolve(entry.icd10se[0]), PHRASES)
    assert said.endswith("ICF-kategorierna är den tidigare textens.")


@pytest.mark.parametrize("fmb", [707, 713])
def test_the_categories_of_covid_are_unknown_and_none_is_made_up(fmb):
    icf = BY_HAND[fmb].icf
    parts = (icf.impairment.central, icf.impairment.additional, icf.limitation.central, icf.limitation.additional)
    assert parts == ((), (), (), ())


def test_the_source_tells_the_pages_date_the_day_of_reading_and_that_no_physician_has_reviewed_it():
    assert provenance.source(LIBRARY.resolve("G43"), PHRASES) == (
        "Socialstyrelsens FMB för G43. Gäller från 2024-01-25, hämtad 2026-09-26. Jämförd med källans sida 2026-09-26, "
        "inskriven för hand, avläst en gång, ej granskad av läkare. ICF-kategorierna är den tidigare textens."
    )


def test_only_entries_that_were_compared_with_their_page_say_rechecked():
    said = {str(entry.fmb) for entry in LIBRARY.entries if entry.source.rechecked}
    assert said == set(RECHECKED["rechecked"])
    assert len(said) == 6
    assert not said & set(RECHECKED["not_rechecked"])
    assert all(reason for part in RECHECKED.values() for reason in part.values())
    known = {str(entry.fmb) for entry in LIBRARY.entries}
    assert set(RECHECKED["not_rechecked"]) <= known


def test_nothing_present_is_known_to_have_changed_at_its_source():
    assert not [entry.fmb for entry in LIBRARY.entries if entry.changed_at_source]
    assert {entry.fmb for entry in LIBRARY.replaced} == {126, 370, 271, 259}


@pytest.mark.parametrize(
    ("code", "entry"),
    [("M79.7", 847), ("R522", 847), ("I67.9", 842), ("G45.3", 842), ("g45.9", 842), ("U09.9", 713), ("U071", 707)],
)
def test_codes_of_today_have_todays_entry(code, entry):
    assert LIBRARY.resolve(code).entry.fmb == entry
    assert LIBRARY.lost(code) is None


@pytest.mark.parametrize(
    ("code", "known_as", "before", "now"),
    [
        ("I65", "I65", 370, 842),
        ("I66.9", "I66", 370, 842),
        ("M79", "M79", 271, 847),
        ("m79.1", "M79", 271, 847),
        ("R52", "R52", 271, 847),
        ("R52.9", "R52", 271, 847),
    ],
)
def test_a_code_that_lost_its_recommendation_is_told_which_entry_has_taken_over(code, known_as, before, now):
    assert LIBRARY.resolve(code) is None
    lost = LIBRARY.lost(code)
    assert (lost.asked, lost.code, lost.before.fmb, lost.now.fmb) == (code, known_as, before, now)


@pytest.mark.parametrize("code", ["G45.0", "G45", "F43.9", "F43.8W", "Q99", "M78", "U08.9", ""])
def test_a_code_that_never_had_one_lost_none(code):
    assert LIBRARY.lost(code) is None


def test_exactly_the_codes_that_only_replaced_entries_have_are_lost():
    every = {code for entry in LIBRARY.replaced for code in entry.icd10se}
    assert {code for code in every if LIBRARY.lost(code)} == {"I65", "I66", "M79", "R52"}


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("I65", "FMB gäller inte längre I65. Stroke och TIA gäller I60–I64, I67, I69, G45.3 och G45.9"),
        ("M79.1", "FMB gäller inte längre M79.1. Långvarig smärta inklusive fibromyalgi gäller R52.2 och M79.7"),
        ("G45.0", "FMB har inget för G45.0, men för G45.3 och G45.9"),
        ("F43.8W", "FMB gäller F43.8A, inte F43.8W"),
    ],
)
def test_why_a_code_has_no_recommendation_is_said_in_plain_words(code, said):
    assert wording.no_fmb(LIBRARY, code, PHRASES) == said


def test_a_lost_code_is_advised_nothing_of_the_old_recommendation():
    found = advise(LIBRARY, ["M79.1"])
    assert (found.entries, found.without, found.limits) == ((), ("M791",), ())
