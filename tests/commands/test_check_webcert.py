"""`fmstod check --from webcert`: drafts judged by the v1 column of certificates.md 2, before any mapping."""

import json
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings

from fmstod.certificate.answers import Misfit
from fmstod.certificate.subject import Facts
from fmstod.certificate.webcert_check import check_draft, form_of
from fmstod.commands import check
from fmstod.domain.problem import Level
from fmstod.files import read_forms
from tests.certificate.drafts import DIAGNOSIS, DRAFTS, GRUND, LISJP, UNIT, changed, read
from tests.certificate.test_webcert import drafts

ON = date(2026, 11, 24)
PARTIAL, FULL = LISJP["sjukskrivningar"]
ICD, PRIMARY = "ICD_10_SE", "KSH_97_P"


def errors(draft):
    read_in = read(draft)
    form = form_of(read_in, read_forms())
    found = check_draft(form, read_in, Facts(today=ON))
    return sorted((p.rule, p.field) for p in found if p.level is Level.ERROR)


def diagnoses(*rows):
    return [{"diagnosKod": code, "diagnosKodSystem": system, "diagnosBeskrivning": text} for code, text, system in rows]


def period(degree, first, last):
    return {"sjukskrivningsgrad": degree, "period": {"from": first, "tom": last}}


def unit(**changes):
    return {**GRUND, "skapadAv": {"vardenhet": {**UNIT, **changes}}}


NO_BASIS = {"undersokningAvPatienten": None}
FULL_TIME = {"sjukskrivningar": [FULL], "arbetstidsforlaggning": None}
SICK = {"avstangningSmittskydd": True}
NOT_SICK = [
    # 2.1
    (NO_BASIS, [("MU-1", "1")]),
    ({"undersokningAvPatienten": "2026-02-30"}, [("MU-2", "1[0].date")]),
    ({"undersokningAvPatienten": "igår"}, [("MU-2", "1[0].date")]),
    ({"undersokningAvPatienten": "1900-01-01"}, [("MU-3", "1[0].date")]),
    ({"undersokningAvPatienten": "1900-01-02"}, []),
    ({"undersokningAvPatienten": "2026-11-25"}, [("MU-4", "1[0].date")]),
    ({"annatGrundForMU": "2026-11-23"}, [("MU-5", "1.3")]),
    ({"annatGrundForMUBeskrivning": "Samtal"}, [("MU-6", "1.3")]),
    ({"annatGrundForMU": "2026-11-23", "annatGrundForMUBeskrivning": "x" * 51}, []),  # MU-7 is only in v2
    # 2.2
    ({"sysselsattning": None, "nuvarandeArbete": None}, [("SY-1", "28")]),
    ({"sysselsattning": [{"typ": None}], "nuvarandeArbete": None}, [("SY-1", "28")]),
    ({"sysselsattning": [{"typ": "STUDIER"}] * 2, "nuvarandeArbete": None}, [("SY-2", "28")]),
    ({"nuvarandeArbete": " "}, [("SY-3", "29")]),
    ({"sysselsattning": [{"typ": "STUDIER"}]}, [("SY-4", "29")]),
    ({"sysselsattning": [{"typ": "STUDIER"}] * 5, "nuvarandeArbete": None}, [("SY-2", "28"), ("SY-5", "28")]),
    # 2.3
    ({"diagnoser": []}, [("DX-1", "6")]),
    ({"diagnoser": [{}, DIAGNOSIS]}, [("DX-2", "6[0].code")]),
    ({"diagnoser": diagnoses(("", "Stress", ICD))}, [("DX-3", "6[0].code")]),
    ({"diagnoser": diagnoses((" f43 ", "Stress", ICD))}, [("DX-4", "6[0].code")]),
    ({"diagnoser": diagnoses(("Z73", "Stress", ICD))}, [("DX-4", "6[0].code")]),
    ({"diagnoser": diagnoses(("X99", "Finns inte", ICD))}, []),
    ({"diagnoser": diagnoses(("M5", "Rygg", ICD))}, [("DX-5", "6[0].code"), ("DX-7", "6[0].code")]),
    ({"diagnoser": diagnoses(("M54XYZ", "Rygg", ICD))}, [("DX-6", "6[0].code"), ("DX-7", "6[0].code")]),
    ({"diagnoser": diagnoses(("M5-4", "Rygg", ICD))}, [("DX-7", "6[0].code")]),
    ({"diagnoser": diagnoses(("A02-P", "Tarm", PRIMARY), ("A00-", "Kolera", PRIMARY))}, []),
    ({"diagnoser": diagnoses(("F438A", "Stress", PRIMARY))}, []),
    ({"diagnoser": diagnoses(("M545", " ", ICD))}, [("DX-8", "6[0].text")]),
    ({"diagnoser": diagnoses(("M545", "Rygg", ICD), ("A02-P", "Tarm", PRIMARY))}, [("DX-9", "6[1].code")]),
    ({"diagnoser": [*diagnoses(("M545", "Rygg", ICD)), {}, DIAGNOSIS]}, [("DX-3", "6[1].code"), ("DX-8", "6[1].text")]),
    # 2.4
    ({"funktionsnedsattning": "\n "}, [("FN-1", "35")]),
    ({"funktionsnedsattning": None}, [("FN-1", "35")]),  # categories alone say too little
    ({"aktivitetsbegransning": None}, [("AB-1", "17")]),
    ({"aktivitetsbegransning": "x" * 4001}, []),
    # 2.5
    ({"sjukskrivningar": None, "arbetstidsforlaggning": None}, [("SL-1", "32")]),
    ({**FULL_TIME, "sjukskrivningar": [{**FULL, "sjukskrivningsgrad": None}]}, [("SL-2", "32[0].degree")]),
    ({**FULL_TIME, "sjukskrivningar": [{"sjukskrivningsgrad": "HELT_NEDSATT"}]}, [("SL-3", "32[0]")]),
    (
        {**FULL_TIME, "sjukskrivningar": [{"sjukskrivningsgrad": "HELT_NEDSATT", "period": {}}]},
        [("SL-4", "32[0].from"), ("SL-4", "32[0].to")],
    ),
    ({**FULL_TIME, "sjukskrivningar": [period("HELT_NEDSATT", "2026-11-23", None)]}, [("SL-4", "32[0].to")]),
    ({**FULL_TIME, "sjukskrivningar": [period("HELT_NEDSATT", "2026-11-31", "2026-12-01")]}, [("SL-5", "32[0].from")]),
    ({**FULL_TIME, "sjukskrivningar": [period("HELT_NEDSATT", "2026-11-24", "2026-11-23")]}, [("SL-6", "32[0].to")]),
    ({**FULL_TIME, "sjukskrivningar": [period("HELT_NEDSATT", "2026-11-24", "2026-11-24")]}, []),
    (
        {"sjukskrivningar": [{**PARTIAL, "period": {"from": "2026-12-13", "tom": "2026-12-20"}}, FULL]},
        [("SL-7", "32[0].from"), ("SL-7", "32[1].to")],
    ),
    (
        {"sjukskrivningar": [FULL, PARTIAL, period("HELT_NEDSATT", "2027-02-01", "2027-02-02")]},
        [("SL-8", "32[2].degree")],
    ),
    ({"sjukskrivningar": [FULL, period("HALFTEN", "2030-01-01", "2099-12-11")]}, []),  # SL-9, SL-10
    # 2.6
    ({"arbetstidsforlaggning": None}, [("WT-1", "33")]),
    ({"arbetstidsforlaggning": "true"}, [("WT-2", "33.2")]),
    ({"arbetstidsforlaggningMotivering": "Skäl"}, [("WT-3", "33.2")]),
    ({**FULL_TIME, "arbetstidsforlaggning": False}, [("WT-4", "33")]),
    # 2.7
    ({"prognos": {}}, [("PR-1", "39")]),
    ({"prognos": {"typ": "ATER_X_ANTAL_DGR"}}, [("PR-2", "39.3")]),
    ({"prognos": {"typ": "PROGNOS_OKLAR", "dagarTillArbete": "SEXTIO_DGR"}}, [("PR-3", "39.3")]),
    ({"prognos": {"typ": "PROGNOS_OKLAR"}}, []),  # PR-4 is only in v2
    ({"arbetslivsinriktadeAtgarder": [], "arbetslivsinriktadeAtgarderBeskrivning": None}, [("AT-1", "40")]),
    (
        {
            "arbetslivsinriktadeAtgarder": [{"typ": "EJ_AKTUELLT"}, {"typ": "ERGONOMISK"}],
            "arbetslivsinriktadeAtgarderBeskrivning": None,
        },
        [("AT-2", "40")],
    ),
    ({"arbetslivsinriktadeAtgarder": [{"typ": "EJ_AKTUELLT"}]}, [("AT-3", "44")]),
    ({"arbetslivsinriktadeAtgarder": [{"typ": "ERGONOMISK"}] * 11}, [("AT-4", "40"), ("AT-5", "40")]),
    ({"arbetslivsinriktadeAtgarderBeskrivning": None}, []),  # AT-6
    ({"anledningTillKontakt": "Samtal"}, [("KO-1", "26.2")]),
    ({"kontaktMedFk": None, "anledningTillKontakt": "Samtal"}, []),
    ({"ovrigt": " \n"}, [("BL-1", "25")]),
    ({"forsakringsmedicinsktBeslutsstod": "\t"}, [("BL-1", "37")]),
    ({"pagaendeBehandling": " ", "planeradBehandling": " "}, [("BL-1", "19"), ("BL-1", "20")]),
    ({"nuvarandeArbete": "x" * 3501}, []),  # LN-1 is Webcert's screen's in v1
    # 2.8
    ({"grundData": unit(postadress="")}, [("UN-1", "unit.address")]),
    ({"grundData": unit(postnummer=None)}, [("UN-2", "unit.postcode")]),
    ({"grundData": unit(postnummer="1234 5")}, [("UN-3", "unit.postcode")]),
    ({"grundData": unit(postort=" ")}, [("UN-4", "unit.town")]),
    ({"grundData": unit(telefonnummer=None)}, [("UN-5", "unit.phone")]),
    ({"grundData": {"skapadAv": {"vardenhet": UNIT}}}, []),  # the patient is not the draft's matter
]


def test_a_right_draft_of_every_type_has_no_error():
    assert {typ: errors(DRAFTS[typ]) for typ in DRAFTS} == {typ: [] for typ in DRAFTS}


@pytest.mark.parametrize(("changes", "expected"), NOT_SICK)
def test_a_draft_is_judged_by_the_rules_of_version_1(changes, expected):
    assert errors(changed(LISJP, **changes)) == expected


SMITTSKYDD = {
    "typ": "lisjp",
    "textVersion": "1.3",
    "grundData": GRUND,
    **SICK,
    "diagnoser": [DIAGNOSIS],
    "sjukskrivningar": [PARTIAL],
}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),  # WT-5: no question of hours
        ({"diagnoser": None}, [("DX-1", "6")]),
        ({"sjukskrivningar": None}, [("SL-1", "32")]),
        ({"undersokningAvPatienten": "2026-11-25"}, [("MU-4", "1[0].date")]),
        ({"kontaktMedFk": "false", "anledningTillKontakt": "Samtal"}, [("KO-1", "26.2")]),
        ({"ovrigt": " "}, [("BL-1", "25")]),
        ({"grundData": unit(postort="")}, [("UN-4", "unit.town")]),
    ],
)
def test_with_smittskydd_little_remains(changes, expected):
    assert errors(changed(SMITTSKYDD, **changes)) == expected


SPAN = {"from": "2026-11-23", "tom": "2026-11-24"}
DOCUMENT = DRAFTS["luse"]["underlag"][0]
OTHERS = [
    ("ag7804", {"onskarFormedlaDiagnos": None, "diagnoser": None}, [("AG-1", "100")]),
    ("ag7804", {"diagnoser": None}, [("DX-1", "6")]),  # AG-2
    ("ag7804", {"onskarFormedlaDiagnos": False}, [("AG-3", "6")]),
    ("ag7804", {"onskarFormedlaDiagnos": "false", "diagnoser": []}, []),
    ("ag7804", {"anledningTillKontakt": "Samtal"}, [("AG-4", "103.2")]),
    ("ag114", {"undersokningAvPatienten": None}, [("A14-10", "10")]),
    ("ag114", {"sysselsattning": None}, [("A14-28", "28")]),
    ("ag114", {"nuvarandeArbete": " "}, [("A14-1", "1")]),
    ("ag114", {"onskarFormedlaDiagnos": None, "diagnoser": None}, [("A14-3", "3")]),
    ("ag114", {"diagnoser": None}, [("A14-4", "4")]),
    ("ag114", {"nedsattArbetsformaga": None}, [("A14-5", "5")]),
    ("ag114", {"arbetsformagaTrotsSjukdom": None}, [("A14-6", "6")]),
    ("ag114", {"arbetsformagaTrotsSjukdom": True}, [("A14-6.2", "6.2")]),
    ("ag114", {"sjukskrivningsgrad": None}, [("A14-7", "7")]),
    ("ag114", {"sjukskrivningsgrad": "0"}, []),
    ("ag114", {"sjukskrivningsgrad": "101"}, [("A14-7", "7")]),
    ("ag114", {"sjukskrivningsgrad": "050"}, [("A14-7", "7")]),
    ("ag114", {"sjukskrivningsgrad": "femtio"}, [("A14-7", "7")]),
    ("ag114", {"sjukskrivningsperiod": None}, [("A14-7.2", "7.2[0].from"), ("A14-7.2", "7.2[0].to")]),
    ("ag114", {"sjukskrivningsperiod": {**SPAN, "tom": "2026-11-22"}}, [("A14-7.2", "7.2[0].to")]),
    ("ag114", {"kontaktMedArbetsgivaren": "true"}, [("A14-9.2", "9.2")]),
    ("ag114", {"anledningTillKontakt": "Samtal"}, [("A14-9.2", "9.2")]),
    ("ag114", {"kontaktMedArbetsgivaren": None, "anledningTillKontakt": "Samtal"}, [("A14-9.2", "9.2")]),
    ("luse", {"undersokningAvPatienten": None}, [("LU-1", "1")]),
    ("luse", {"kannedomOmPatient": None}, [("LU-2.1", "2")]),
    ("luse", {"kannedomOmPatient": "2026-11-25"}, [("LU-2.1", "2")]),
    ("luse", {"kannedomOmPatient": "2026-11-24"}, [("LU-2.1", "2")]),  # after the examination
    ("luse", {"underlagFinns": None, "underlag": None}, [("LU-3.1", "3")]),
    ("luse", {"underlag": []}, [("LU-4", "4")]),
    ("luse", {"underlagFinns": "false"}, [("LU-4", "4")]),
    ("luse", {"underlag": [{**DOCUMENT, "typ": None}]}, [("LU-4", "4[0].kind")]),
    ("luse", {"underlag": [{**DOCUMENT, "typ": "SKOLHALSOVARD"}]}, [("LU-4", "4[0].kind")]),
    ("luae_na", {"underlag": [{**DOCUMENT, "typ": "SKOLHALSOVARD"}]}, []),
    ("luae_fs", {"underlag": [{**DOCUMENT, "typ": "FORETAGSHALSOVARD"}]}, [("LU-4", "4[0].kind")]),
    ("luse", {"underlag": [{**DOCUMENT, "datum": "2026-11-25"}]}, [("LU-4", "4[0].date")]),
    ("luse", {"underlag": [{**DOCUMENT, "hamtasFran": ""}]}, [("LU-4", "4[0].where")]),
    ("luse", {"underlag": [None, DOCUMENT]}, [("LU-4", "4[0].kind")]),
    ("luse", {"underlag": [DOCUMENT] * 4}, [("LU-4", "4[3].kind")]),
    ("luse", {"sjukdomsforlopp": None}, [("LU-5.1", "5")]),
    ("luse", {"diagnoser": None}, [("DX-1", "6")]),
    ("luse", {"nyBedomningDiagnosgrund": "true"}, [("LU-45.2", "45.2")]),
    ("luae_fs", {"funktionsnedsattningDebut": None}, [("LU-15.1", "15")]),
    ("luae_fs", {"kontaktMedFk": None, "anledningTillKontakt": "Samtal"}, []),
    ("luae_fs", {"anledningTillKontakt": "Samtal"}, [("LU-26.2", "26.2")]),
    ("luse", {"kontaktMedFk": None, "anledningTillKontakt": "Samtal"}, [("LU-26.2", "26.2")]),
]


@pytest.mark.parametrize(("typ", "changes", "expected"), OTHERS)
def test_the_other_types_are_judged_by_their_own_rules(typ, changes, expected):
    assert errors(changed(DRAFTS[typ], **changes)) == expected


def test_an_old_draft_is_judged_as_it_stands():
    old = changed(LISJP, textVersion="1.0", undersokningAvPatienten="1985-05-05", sysselsattning=[{"typ": "PROGRAM"}])
    assert errors(changed(old, nuvarandeArbete=None)) == []


def test_a_choice_that_the_version_does_not_have_is_refused_with_its_place():
    with pytest.raises(Misfit) as refused:
        errors(changed(LISJP, sysselsattning=[{"typ": "STUDIER"}, {"typ": "PROGRAM"}]))
    assert (refused.value.place, refused.value.why) == ("sysselsattning[1].typ", "unknown_choice")
    assert errors(changed(LISJP, textVersion=..., sysselsattning=[{"typ": "PROGRAM"}], nuvarandeArbete=None)) == []


@settings(max_examples=80)
@given(drafts())
def test_no_combination_crashes_the_check(raw):
    with suppress(Misfit):
        errors(raw)


# the command


@pytest.fixture
def file(tmp_path):
    def write(name, draft):
        path = tmp_path / name
        path.write_text(draft if isinstance(draft, str) else json.dumps(draft), encoding="utf-8")
        return str(path)

    return write


def run(*arguments):
    return check.run([*arguments, "--from", "webcert", "--on", "2026-11-24"])


def test_the_version_is_told_as_the_draft_tells_it(file, capsys):
    for version, told in (("1.2", "1.2"), (..., "1"), (None, "1"), ("1.7", "1.7")):
        assert run(file("a.json", changed(LISJP, textVersion=version)), "--json") == 0
        said = json.loads(capsys.readouterr().out)
        assert (said["form"], said["version"], said["problems"]) == ("fk7804", told, [])


def test_problems_are_printed_as_for_our_own_files(file, capsys):
    name = file("a.json", changed(LISJP, nuvarandeArbete=None))
    assert run(name) == 1
    assert capsys.readouterr().out.startswith(f"{name}: SY-3 29 error: ")
    assert run(name, "--json") == 1
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert (problem["rule"], problem["field"], problem["level"]) == ("SY-3", "29", "error")


def test_a_missing_or_impossible_patient_only_warns(file, capsys):
    for patient in (None, {"personId": "191212121211"}):
        assert run(file("a.json", changed(LISJP, grundData={**GRUND, "patient": patient})), "--json") == 0
        problems = json.loads(capsys.readouterr().out)["problems"]
        assert [(p["rule"], p["level"]) for p in problems] == [("L-02", "warning")]


@pytest.mark.parametrize("content", ["", "[1]", '{"typ": "doi"}', '{"prognos": 1}', '{"a": NaN}'])
def test_what_is_no_draft_ends_in_one_line(file, capsys, content):
    assert run(file("a.json", content)) == 2
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_several_drafts_are_told_each_by_itself(file, capsys):
    assert run(file("a.json", LISJP), file("b.json", "?"), "--json") == 2
    first, second = capsys.readouterr().out.splitlines()
    assert json.loads(first)["problems"] == []
    assert "error" in json.loads(second)


def test_one_of_our_own_files_is_no_draft(file, capsys):
    assert run(file("a.json", {"form": "fk7804", "version": "2.0", "answers": {}})) == 2
    assert "fmstods egna" in capsys.readouterr().out


def test_another_origin_is_not_known(file, capsys):
    assert check.run([file("a.json", LISJP), "--from=cosmic"]) == 2
    assert "--from cosmic" in capsys.readouterr().err
