"""The catalogue as a whole: it fits together, names what exists, and is written as the house writes."""

import re

import pytest

from fmstod.files import read_catalogue, read_demands, read_forms
from fmstod.followup.catalogue import asked, closeness, load_catalogue
from fmstod.paths import RESOURCES

CATALOGUE = read_catalogue()
DEMANDS = {demand.key for demand in read_demands().demands()}
OCCUPATIONS = {
    option.code for q in read_forms()["fk7804", "2.0"].questions() if q.ref == "28" for option in q.options
}  # fmt: skip
LINES = (
    [idea.text for idea in CATALOGUE.measure]
    + [capacity.text for capacity in CATALOGUE.capacity]
    + [question.text for question in CATALOGUE.question]
    + [task.text for task in CATALOGUE.task]
    + [each.text for each in CATALOGUE.alternative]
    + [each.text for each in CATALOGUE.remember]
)

# The first words that measures begin with, each looked at once; a new one is added here.
VERBS = """
Anpassa Ansök Använd Be Bedöm Behandla Berätta Beskriv Beställ Bestäm Besök Boka Byt Börja Dela Delta Erbjud
Flytta Fråga Följ För Fördela Föreslå Förflytta Ge Gå Hitta Hjälp Håll Höj Kartlägg Kom Kontrollera Koppla
Lägg Låt Minska Ordna Planera Prova Pröva Rör Se Skriv Stäm Säkra Sänk Sök Ta Tala Träna Undersök Undvik
Utvärdera Variera Växla Öka
"""


def test_there_are_at_least_eighty_measures_for_all_groups_of_diagnoses_and_all_phases():
    assert len(CATALOGUE.measure) >= 80
    chapters = {code[0] for idea in CATALOGUE.measure for code in idea.codes}
    assert set("FMSIGROC") <= chapters
    for phase in ("first", "extension", "long"):
        assert any(phase in idea.phases for idea in CATALOGUE.measure)


@pytest.mark.parametrize(
    "block", ["F10", "F20", "F31", "F32", "F33", "F41", "F42", "F431", "F432", "F438A", "F45", "F50", "F51", "F60", "F84"]
)  # fmt: skip
def test_every_block_of_mental_disorders_has_measures_of_its_own(block):
    assert sum(1 for idea in CATALOGUE.measure if closeness(idea.codes, block)) >= 2


def test_the_five_measures_for_the_return_to_work_tell_who_decides():
    """product.md F-050 to F-054: four of them lie with the employer, Försäkringskassan decides on work training."""
    decides = {}
    for idea in CATALOGUE.measure:
        if idea.step_back:
            decides.setdefault(idea.step_back, set()).add(idea.decides)
    assert decides == {
        "adaptation": {"employer"},
        "ergonomics": {"employer"},
        "occupational_health": {"employer"},
        "visit": {"employer"},
        "training": {"insurance"},
    }


def test_the_rehabilitation_guarantee_and_internet_treatment_have_presets():
    """product.md F-057, F-058: anxiety, depression, stress, and long-lasting pain in shoulder, neck and back."""
    guarantee = [idea.codes for idea in CATALOGUE.measure if idea.program == "guarantee"]
    for code in ("F411", "F321", "F438A", "M542", "M545", "M754"):
        assert any(closeness(codes, code) for codes in guarantee)
    internet = [idea.codes for idea in CATALOGUE.measure if idea.program == "internet"]
    assert all(any(closeness(codes, code) for codes in internet) for code in ("F411", "F321"))


@pytest.mark.parametrize(
    ("row", "fits", "owners", "decides"),
    [
        ("F-050", {"step_back": "adaptation"}, {"employer"}, {"employer"}),
        ("F-051", {"step_back": "ergonomics"}, {"employer"}, {"employer"}),
        ("F-052", {"step_back": "occupational_health"}, {"employer"}, {"employer"}),
        ("F-053", {"step_back": "visit"}, {"patient"}, {"employer"}),
        ("F-054", {"step_back": "training"}, {"patient"}, {"insurance"}),
        ("F-055", {"kind": "rehabilitation", "codes": ()}, {"physician"}, {""}),
        (
            "F-056",
            {"kind": "vocational", "occupations": ("ARBETSSOKANDE",)},
            {"coordinator", "patient"},
            {"employment", ""},
        ),
        ("F-056", {"key": "long.vocational"}, {"physician"}, {"insurance"}),
        ("F-057", {"program": "guarantee"}, {"psychologist", "physician"}, {""}),
        ("F-058", {"program": "internet"}, {"psychologist"}, {""}),
        ("F-059", {"kind": "service", "codes": ()}, {"physician"}, {""}),
        ("F-060", {"kind": "lifestyle", "codes": ()}, {"care", "patient"}, {""}),
    ],
)
def test_each_kind_of_measure_that_the_reports_name_is_there_with_who_sees_to_it_and_who_decides(
    row, fits, owners, decides
):
    """product.md F-050 to F-060. Where nobody is named as deciding, whoever sees to it decides."""
    found = [each for each in CATALOGUE.measure if all(getattr(each, name) == value for name, value in fits.items())]
    assert ({each.owner for each in found}, {each.decides for each in found}) == (owners, decides), row


def test_every_demand_of_work_has_an_adaptation_and_a_pair_of_phrases():
    assert {key for idea in CATALOGUE.measure for key in idea.demands} == DEMANDS
    assert {pair.demand for pair in CATALOGUE.pair} == DEMANDS


def test_what_the_catalogue_names_exists():
    assert {key for each in CATALOGUE.capacity for key in each.demands} <= DEMANDS
    assert {code for idea in CATALOGUE.measure for code in idea.occupations} == OCCUPATIONS
    assert {f"occupation.{code}" for code in OCCUPATIONS} <= set(CATALOGUE.words)


def test_abilities_are_told_for_every_chapter_of_activities():
    chapters = [chapter.key for chapter in CATALOGUE.chapter]
    assert chapters == [f"d{n}" for n in range(1, 10)]
    assert {capacity.code[:2] for capacity in CATALOGUE.capacity} == set(chapters)
    names = (RESOURCES / "fmb" / "icf_names.tsv").read_text(encoding="utf-8")
    known = sum(1 for capacity in CATALOGUE.capacity if f"{capacity.code}\t" in names)
    assert known >= 30


def test_the_tasks_are_seven_and_the_alternatives_tell_their_paragraph():
    assert len(CATALOGUE.task) == 7
    assert sum(1 for each in CATALOGUE.alternative if each.law) >= 6


@pytest.mark.parametrize(
    ("day", "weeks"), [(1, {0}), (42, {0}), (43, {0, 7}), (113, {0, 7, 17}), (267, {0, 7, 17, 39})]
)
def test_questions_grow_in_week_7_17_and_39(day, weeks):
    """sickleave.md 6.1. Week 7 begins with day 43."""
    assert {question.from_week for question in asked(CATALOGUE, day)} == weeks


@pytest.mark.parametrize("line", LINES)
def test_a_line_is_short_plain_and_one_sentence(line):
    assert len(line) <= 90
    assert line[0].isupper()
    assert not line.endswith((".", "!", ":"))
    assert not re.search(
        r"\b(individ|brukare|implementera|säkerställ|adekvat|optimera|aktör|insats)", line, re.IGNORECASE
    )
    assert "  " not in line


def test_a_measure_begins_with_a_verb_in_the_imperative():
    strange = {idea.text.split()[0] for idea in CATALOGUE.measure} - set(VERBS.split())
    assert strange == set()


def test_what_could_harm_the_patient_on_a_paper_is_a_reminder_and_never_a_row_of_the_plan():
    """product.md 5.4: questions about violence never reach a print."""
    rows = " ".join(idea.text for idea in CATALOGUE.measure).lower()
    assert not re.search(r"våld|självmord|audit", rows)
    assert {"violence", "suicide", "alcohol"} <= {each.key for each in CATALOGUE.remember}


def test_nobody_is_addressed_as_you_but_the_patient():
    for idea in CATALOGUE.measure:
        if re.search(r"\b(du|dig|din|ditt|dina)\b", idea.text, re.IGNORECASE):
            assert idea.owner == "patient"


def test_phrases_of_a_step_stand_inside_a_sentence():
    for phrase in (
        [p.possible for p in CATALOGUE.pair] + [p.avoid for p in CATALOGUE.pair] + [s.text for s in CATALOGUE.stop]
    ):
        assert phrase[0].islower()
        assert not phrase.endswith(".")
        assert len(phrase) <= 80


def test_patterns_name_codes_by_a_beginning_or_a_range():
    near = [closeness([pattern], "F321") for pattern in ("F321", "F32", "F32-F34", "F20-F48", "F")]
    assert near == sorted(near, reverse=True)
    assert len(set(near)) == 5
    assert closeness(["F30-F39"], "F40") == 0
    assert closeness(["S061-S069"], "S065") > 0
    assert closeness(["S061-S069"], "S060") == 0
    assert closeness(["S061-S069"], "S06") == 0


def raw():
    return {
        "a": {name: [row.model_dump() for row in getattr(CATALOGUE, name)] for name in type(CATALOGUE).model_fields if name != "words"},
        "words": {"owner": {"patient": "p"}},
    }  # fmt: skip


def test_a_catalogue_that_contradicts_itself_is_refused():
    with pytest.raises(ValueError, match="which words"):
        load_catalogue(raw())
    twice = raw() | {"b": {"task": [CATALOGUE.task[0].model_dump()]}}
    with pytest.raises(ValueError, match="twice"):
        load_catalogue(twice)
    with pytest.raises(ValueError, match="isn't a list"):
        load_catalogue({"a": {"mesure": []}})


def test_an_idea_is_found_by_its_key():
    assert CATALOGUE.idea("back.training").step_back == "training"
    with pytest.raises(KeyError):
        CATALOGUE.idea("back.nothing")
