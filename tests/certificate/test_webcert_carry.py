"""From version 1 to today's form and back: what changes is told, and nothing is lost (certificates.md 3.3 and 3.4)."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fmstod.certificate.answers import answers_json, read_answers, with_empty_boxes
from fmstod.certificate.check import check
from fmstod.certificate.fill import MEASURES
from fmstod.certificate.form import Choice, Choices, DatedChoices
from fmstod.certificate.subject import Facts, Subject
from fmstod.certificate.webcert import as_text, new_draft
from fmstod.certificate.webcert_back import written, written_back
from fmstod.certificate.webcert_carry import carried
from fmstod.certificate.webcert_check import form_of, form_today, unit_of
from fmstod.domain.answers import DatedChoice, Diagnosis, IcfRating, IcfText, Measure, PeriodRow
from fmstod.domain.consultation import Consultation
from fmstod.domain.patient import IdentityKind
from fmstod.files import read_forms
from fmstod.texts import text
from tests.certificate.drafts import DIAGNOSIS, DRAFTS, LISJP, WEBCERT, changed, read
from tests.certificate.test_webcert import VALUES, json_values, texts

FORMS = read_forms()
LISJP_LAYOUT = WEBCERT.layouts[0]
V1, V2 = FORMS["fk7804", "1.3"], FORMS["fk7804", "2.0"]
FRAME = {"patient.id": "19840512-9803", "unit.town": "Exempelstad"}


def carry(draft, **changes):
    read_in = read(changed(draft, **changes))
    old = form_of(read_in, FORMS)
    return carried(read_in, old, form_today(read_in, old, FORMS))


def keys(changes):
    return {change.key for change in changes}


# 3.3, row by row


def test_an_examination_is_taken_as_one_in_person_and_told():
    new = carry(LISJP)
    assert new.answers["1"] == (DatedChoice(kind="FYSISKUNDERSOKNING", date="2026-11-23"),)
    assert "examined" in keys(new.changes)


def test_telephone_records_and_other_keep_their_kind():
    day = "2026-11-23"
    new = carry(
        LISJP, undersokningAvPatienten=None, telefonkontaktMedPatienten=day, journaluppgifter=day, annatGrundForMU=day
    )
    assert [row.kind for row in new.answers["1"]] == ["TELEFONKONTAKT", "JOURNALUPPGIFTER", "ANNAT"]
    assert "examined" not in keys(new.changes)


def test_what_other_is_may_be_too_long_today():
    new = carry(LISJP, annatGrundForMU="2026-11-23", annatGrundForMUBeskrivning="x" * 51)
    assert new.answers["1.3"] == "x" * 51
    (change,) = [change for change in new.changes if change.ref == "1.3"]
    assert (change.key, change.values["over"]) == ("too_long", 1)


def test_ongoing_and_planned_treatment_become_one_answer():
    new = carry(LISJP, pagaendeBehandling="Samtal", planeradBehandling="Fler samtal")
    assert new.answers["19"] == "Samtal\nFler samtal"
    assert "20" not in new.answers
    assert "treatment" in keys(new.changes)
    assert carry(LISJP, planeradBehandling="Samtal").answers["19"] == "Samtal"


def test_a_primary_care_code_is_kept_and_has_to_be_chosen_anew():
    row = {"diagnosKod": "A02-P", "diagnosKodSystem": "KSH_97_P", "diagnosBeskrivning": "Tarminfektion"}
    new = carry(LISJP, diagnoser=[row, DIAGNOSIS])
    assert new.answers["6"] == (
        Diagnosis(code="A02-P", text="Tarminfektion", system="KSH_97_P"),
        Diagnosis(code="F438A", text="Utmattningssyndrom"),
    )
    (change,) = [change for change in new.changes if change.ref == "6"]
    assert (change.key, change.values) == ("primary_care", {"codes": "A02-P"})


@pytest.mark.parametrize(
    ("code", "months"),
    [
        ("TRETTIO_DGR", 1),
        ("SEXTIO_DGR", 2),
        ("NITTIO_DGR", 3),
        ("HUNDRAATTIO_DAGAR", 6),
        ("TREHUNDRASEXTIOFEM_DAGAR", 12),
    ],
)
def test_days_to_work_become_months(code, months):
    new = carry(LISJP, prognos={"typ": "ATER_X_ANTAL_DGR", "dagarTillArbete": code})
    assert (new.answers["39"], new.answers["39.4"]) == ("ATER_X_ANTAL_MANADER", months)
    assert "39.3" not in new.answers


def test_a_prognosis_without_its_time_leaves_the_months_open():
    new = carry(LISJP, prognos={"typ": "ATER_X_ANTAL_DGR"})
    assert new.answers["39"] == "ATER_X_ANTAL_MANADER"
    assert "39.4" not in new.answers
    assert "months_open" in keys(new.changes)
    alone = carry(LISJP, prognos={"typ": "PROGNOS_OKLAR", "dagarTillArbete": "TRETTIO_DGR"})
    assert alone.answers["39"] == "PROGNOS_OKLAR"
    assert "days_alone" in keys(alone.changes)


def test_measures_go_to_the_plan_and_into_words():
    new = carry(LISJP, arbetslivsinriktadeAtgarder=[{"typ": "ARBETSTRANING"}, {"typ": "HJALPMEDEL"}])
    assert new.answers["44"] == "Arbetsträning, Hjälpmedel.\nTvå timmar om dagen"
    assert new.answers[MEASURES] == (Measure(what="Arbetsträning"), Measure(what="Hjälpmedel"))
    assert "40" not in new.answers


def test_no_measures_are_no_measures_of_the_plan():
    new = carry(
        LISJP, arbetslivsinriktadeAtgarder=[{"typ": "EJ_AKTUELLT"}], arbetslivsinriktadeAtgarderBeskrivning=None
    )
    assert new.answers["44"] == "Inte aktuellt."
    assert MEASURES not in new.answers


def test_webcerts_two_motivations_stand_last_under_other():
    new = carry(
        LISJP,
        ovrigt="Övrigt",
        motiveringTillTidigtStartdatumForSjukskrivning="Sökte sent",
        motiveringTillInteBaseratPaUndersokning="Känd patient",
    )
    assert new.answers["25"] == "Övrigt\nSökte sent\nKänd patient"
    assert "motivation" in keys(new.changes)


@pytest.mark.parametrize(
    ("version", "told"), [("1.0", True), ("1.1", True), ("1.2", True), ("1.3", False), (None, True), ("1.9", True)]
)
def test_uneven_hours_of_an_older_version_are_to_be_confirmed(version, told):
    new = carry(LISJP, textVersion=version, arbetstidsforlaggning=True)
    assert new.answers["33"] is True
    assert ("turned" in keys(new.changes)) is told
    assert "turned" not in keys(carry(LISJP, textVersion=version, arbetstidsforlaggning=None).changes)


def test_extra_questions_are_told_and_kept():
    draft = changed(LISJP, tillaggsfragor=[{"id": "9001", "svar": "Ja"}])
    assert "extra" in keys(carry(draft).changes)
    assert back(draft)["tillaggsfragor"] == [{"id": "9001", "svar": "Ja"}]


def test_a_labour_market_programme_has_no_choice_today():
    draft = changed(LISJP, textVersion="1.0", sysselsattning=[{"typ": "PROGRAM"}, {"typ": "STUDIER"}])
    new = carry(draft)
    assert new.answers["28"] == ("STUDIER",)
    assert "choice_gone" in keys(new.changes)
    assert back(draft) == draft


def test_an_icf_title_that_nobody_knows_is_kept_as_text():
    assert carry(LISJP).answers["35"] == IcfText(text="Blek, tappar tråden\nEgen rubrik", icf=(IcfRating(code="b134"),))


def test_every_change_has_its_sentence():
    for typ in DRAFTS:
        for change in carry(changed(DRAFTS[typ], textVersion="1.0", arbetstidsforlaggning=True)).changes:
            assert text(change.text_key, **change.values)


# the way back


def back(draft, edit=None, told=None):
    """The draft after it was carried over, kept as JSON, edited, and written back."""
    read_in = read(draft)
    old = form_of(read_in, FORMS)
    form = form_today(read_in, old, FORMS)
    kept = answers_json(form, with_empty_boxes(form, carried(read_in, old, form).answers))
    answers = read_answers(form, {**json.loads(json.dumps(kept)), **(edit or {})})
    raw, changes = written_back(form, answers, {}, old, read_in, WEBCERT)
    if told is not None:
        told.update(keys(changes))
    return raw


@pytest.mark.parametrize("typ", DRAFTS)
def test_there_and_back_is_the_same_draft(typ):
    told = set()
    assert back(DRAFTS[typ], told=told) == DRAFTS[typ]
    assert told == set()
    assert back({"typ": typ}, told=told) == {"typ": typ}
    assert told == set()


@st.composite
def whole_drafts(draw):
    """A draft whose choices its form has, whatever else it holds."""
    layout = draw(st.sampled_from(WEBCERT.layouts))
    versions = sorted(version for form, version in FORMS if form == layout.form and version.startswith("1."))
    version = draw(st.sampled_from([*versions, None]))
    form = FORMS[layout.form, version or versions[-1]]
    raw = {"typ": layout.typ, "textVersion": version, "mer": draw(json_values)}
    questions = {question.ref: question for question in form.questions()}
    for path in draw(st.sets(st.sampled_from(sorted(layout.keys)))):
        key = layout.keys[path]
        question = questions.get(key.ref)
        codes = [o.code for o in question.options] if isinstance(question, Choice | Choices | DatedChoices) else [""]
        chosen = st.sampled_from([*codes, None])
        match key.shape:
            case "code":
                value = draw(chosen)
            case "codes":
                value = draw(st.lists(st.fixed_dictionaries({"typ": chosen}, optional={"mer": texts}), max_size=3))
            case "documents":
                row = {"typ": chosen, "datum": st.none() | texts, "hamtasFran": st.none() | texts}
                value = draw(st.lists(st.fixed_dictionaries(row), max_size=4))
            case shape:
                value = draw(VALUES[shape])
        *way, last = path.split(".")
        place = raw
        for step in way:
            place = place.setdefault(step, {})
        place[last] = value
    return raw


@settings(max_examples=60)
@given(whole_drafts())
def test_there_and_back_loses_nothing_whatever_the_draft_held(draft):
    assert back(draft) == draft


@settings(max_examples=60)
@given(whole_drafts(), texts)
def test_one_edit_on_the_way_changes_only_its_own_keys(draft, said):
    ref, path = {"fk7804": ("29", "nuvarandeArbete"), "ag1-14": ("1", "nuvarandeArbete")}.get(
        form_of(read(draft), FORMS).form, ("25", "ovrigt")
    )
    raw = back(draft, {ref: said})
    if path != "ovrigt":
        assert {**raw, path: None} == {**draft, path: None}
    assert (read(raw).said(ref)) == said


def test_an_edit_of_treatment_takes_both_fields_and_is_told():
    told = set()
    draft = changed(LISJP, pagaendeBehandling="Samtal", planeradBehandling="Fler")
    raw = back(draft, {"19": "Samtal varje vecka"}, told)
    assert (raw["pagaendeBehandling"], raw["planeradBehandling"]) == ("Samtal varje vecka", None)
    assert "back.treatment" in told


def test_an_edit_of_measures_keeps_the_choices_while_they_stand_there():
    told = set()
    raw = back(LISJP, {"44": "Arbetsträning.\nFyra timmar"}, told)
    assert raw["arbetslivsinriktadeAtgarder"] == [{"typ": "ARBETSTRANING"}]
    assert raw["arbetslivsinriktadeAtgarderBeskrivning"] == "Fyra timmar"
    assert "back.actions" not in told
    raw = back(LISJP, {"44": "Något annat"}, told)
    assert (raw["arbetslivsinriktadeAtgarder"], raw["arbetslivsinriktadeAtgarderBeskrivning"]) == ([], "Något annat")
    assert "back.actions" in told


def test_a_changed_answer_to_a_question_that_was_turned_is_told():
    told = set()
    draft = changed(LISJP, textVersion="1.2", arbetstidsforlaggning=True)
    assert back(draft, {"33": False}, told)["arbetstidsforlaggning"] is False
    assert "back.turned" in told
    told.clear()
    back(draft, {"29": "Lärare"}, told)
    assert "back.turned" not in told


# 3.4: what version 1 can't say

PLAIN = {
    "27.1": False,
    "1": (DatedChoice(kind="FYSISKUNDERSOKNING", date="2026-11-23"),),
    "28": ("STUDIER",),
    "6": (Diagnosis(code="F438A", text="Utmattningssyndrom"),),
    "35": IcfText(text="Blek", icf=(IcfRating(code="b134"),)),
    "17": IcfText(text="Orkar lite"),
    "32": (PeriodRow(degree=100, first="2026-11-23", last="2026-11-30"),),
    "39": "STOR_SANNOLIKHET",
}


def write(**answers):
    raw, changes = written(V2, {**PLAIN, **{r.replace("_", "."): v for r, v in answers.items()}}, FRAME, V1, LISJP_LAYOUT, WEBCERT)  # fmt: skip
    return raw, {change.key for change in changes}, changes


def test_a_certificate_becomes_a_whole_new_draft():
    raw, told, _ = write()
    assert (raw["typ"], raw["textVersion"]) == ("lisjp", "1.3")
    assert raw["grundData"]["patient"]["personId"] == "19840512-9803"
    assert raw["grundData"]["skapadAv"]["vardenhet"]["postort"] == "Exempelstad"
    assert raw["undersokningAvPatienten"] == "2026-11-23"
    assert raw["funktionsKategorier"] == [WEBCERT.titles["b134"]]
    assert raw["diagnoser"][0]["diagnosKodSystem"] == "ICD_10_SE"
    assert raw["sjukskrivningar"] == [
        {"sjukskrivningsgrad": "HELT_NEDSATT", "period": {"from": "2026-11-23", "tom": "2026-11-30"}}
    ]
    assert raw["avstangningSmittskydd"] is False
    assert raw["kontaktMedFk"] is None
    assert {path.split(".")[0] for path in LISJP_LAYOUT.keys} <= raw.keys()
    assert told == {"back.actions"}


def test_a_visit_by_video_has_no_code_and_stands_under_other():
    raw, told, _ = write(**{"1": (DatedChoice(kind="DIGITALUNDERSOKNING", date="2026-11-23"),), "25": "Mer"})
    assert raw["undersokningAvPatienten"] is None
    assert raw["ovrigt"] == "Mer\nDigitalt vårdmöte 2026-11-23"
    assert "back.video" in told


def test_treatment_goes_to_the_ongoing_one():
    raw, told, _ = write(**{"19": "Samtal nu och sedan"})
    assert (raw["pagaendeBehandling"], raw["planeradBehandling"]) == ("Samtal nu och sedan", None)
    assert "back.treatment" in told


@pytest.mark.parametrize(("months", "code"), [(1, "TRETTIO_DGR"), (12, "TREHUNDRASEXTIOFEM_DAGAR")])
def test_months_that_version_1_knows_are_written(months, code):
    raw, told, _ = write(**{"39": "ATER_X_ANTAL_MANADER", "39_4": months})
    assert raw["prognos"] == {"typ": "ATER_X_ANTAL_DGR", "dagarTillArbete": code}
    assert "back.months" not in told


@pytest.mark.parametrize("months", [4, 5, 11, 13, 99])
def test_other_months_are_told(months):
    raw, told, _ = write(**{"39": "ATER_X_ANTAL_MANADER", "39_4": months})
    assert raw["prognos"] == {"typ": "ATER_X_ANTAL_DGR", "dagarTillArbete": None}
    assert "back.months" in told


def test_why_the_prognosis_is_unclear_stands_under_other():
    raw, told, _ = write(**{"39": "PROGNOS_OKLAR", "39_2": "Väntar på svar"})
    assert raw["ovrigt"] == "Väntar på svar"
    assert "back.unclear" in told


def test_measures_without_a_choice_are_told_but_with_smittskydd():
    assert "back.actions" in write(**{"44": "Kortare dagar"})[1]
    assert "back.actions" not in write(**{"27_1": True})[1]


def test_texts_over_the_limits_of_version_1_are_told():
    _, told, changes = write(**{"29": "x" * 3501, "25": "x" * 2701, "35": IcfText(text="x" * 3502)})
    over = {change.ref: change.values["over"] for change in changes if change.key == "back.too_long"}
    assert over == {"29": 1, "25": 1, "35": 2}
    assert "back.too_long" in told


def test_how_severe_a_category_is_is_told_to_be_lost():
    assert "back.ratings" in write(**{"35": IcfText(text="Blek", icf=(IcfRating(code="b134", severity=2),))})[1]


def test_a_new_draft_of_every_type_has_all_its_keys():
    for layout in WEBCERT.layouts:
        raw = new_draft(layout, {}, WEBCERT)
        assert read(raw).answers == ({"28": ("NUVARANDE_ARBETE",)} if layout.typ == "ag114" else {})
        assert read(raw).layout is layout


@settings(max_examples=60)
@given(whole_drafts())
def test_what_was_carried_over_is_a_record_and_can_be_checked(draft):
    read_in = read(draft)
    old = form_of(read_in, FORMS)
    new = carried(read_in, old, form_today(read_in, old, FORMS))
    record = Consultation(form=(new.form.form, new.form.version), answers=new.answers, webcert=as_text(read_in.raw))
    assert Consultation.model_validate_json(record.model_dump_json(by_alias=True)) == record
    subject = Subject("", IdentityKind.PERSONNUMMER, unit_of(read_in), record.answers)
    assert {p.rule for p in check(new.form, subject, Facts(today=date(2026, 11, 24)))} >= {"L-02"}
