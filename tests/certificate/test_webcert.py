"""Webcert's drafts: read tolerantly, written back whole, refused with one clear reason (certificates.md 3)."""

import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fmstod.certificate.answers import Misfit
from fmstod.certificate.webcert import as_text, new_draft, read_draft, rewritten
from fmstod.certificate.webcert_shapes import DEGREES
from fmstod.domain.answers import DatedChoice, Diagnosis, IcfRating, IcfText, PeriodRow
from tests.certificate.drafts import DIAGNOSIS, DRAFTS, GRUND, LISJP, WEBCERT, changed, read

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
nothing = st.none() | st.just("")
days = nothing | texts | st.dates().map(str)
ends = st.fixed_dictionaries({}, optional={"from": days, "tom": days, "okänd": texts})
degrees = st.sampled_from([None, *DEGREES, " HALFTEN "])
codes = st.sampled_from([None, "ANNAT", "PROGRAM", " NUVARANDE_ARBETE", "Ω"])


def rows(**fields):
    row = st.fixed_dictionaries({}, optional={**fields, "okänd": st.none() | texts})
    return st.none() | st.just({}) | st.lists(st.none() | row, max_size=4)


VALUES = {
    "boolean": nothing | st.sampled_from([True, False, "true", "false", " TRUE "]),
    "text": nothing | texts,
    "day": days,
    "digits": nothing | texts | st.integers(-5, 200).flatmap(lambda n: st.sampled_from([n, str(n)])),
    "code": nothing | codes,
    "codes": rows(typ=codes),
    "diagnoses": rows(diagnosKod=nothing | texts, diagnosKodSystem=nothing | texts, diagnosBeskrivning=texts),
    "described": nothing | texts,
    "categories": st.none() | st.lists(texts | st.sampled_from(sorted(WEBCERT.codes)), max_size=3),
    "periods": rows(sjukskrivningsgrad=degrees, period=st.none() | ends),
    "span": st.none() | ends,
    "documents": rows(typ=codes, datum=days, hamtasFran=nothing | texts),
}
json_values = st.recursive(st.none() | st.booleans() | st.integers(-(10**9), 10**9) | texts, lambda inner: st.lists(inner) | st.dictionaries(texts, inner), max_leaves=4)  # fmt: skip


@st.composite
def drafts(draw):
    """Any draft that Webcert could have written of any type, with keys that we don't know."""
    layout = draw(st.sampled_from(WEBCERT.layouts))
    raw = draw(st.dictionaries(texts, json_values, max_size=3))
    raw = {
        key: value
        for key, value in raw.items()
        if key not in {"typ", "textVersion", *(path.split(".")[0] for path in layout.keys)}
    }
    raw["typ"] = layout.typ
    for path in draw(st.sets(st.sampled_from(sorted(layout.keys)))):
        *way, last = path.split(".")
        place = raw
        for step in way:
            place = place.setdefault(step, {}) if isinstance(place, dict) else {}
        place[last] = draw(VALUES[layout.keys[path].shape])
    return raw


@settings(max_examples=40)
@given(drafts())
def test_a_draft_that_is_not_changed_is_written_back_the_same(raw):
    draft = read(raw)
    written = as_text(rewritten(draft, draft.answers, WEBCERT))
    assert json.loads(written) == raw
    assert list(json.loads(written)) == list(raw)


@settings(max_examples=40)
@given(drafts(), drafts())
def test_changed_answers_are_read_back_and_unknown_keys_stay(raw, other):
    other["typ"] = raw["typ"]
    draft, wanted = read(raw), read(other)
    written = rewritten(draft, wanted.answers, WEBCERT)
    again = read(written)
    assert normal(again.answers) == normal(wanted.answers)
    known = {path.split(".")[0] for path in draft.layout.keys}
    assert {key: written[key] for key in raw if key not in known} == {
        key: value for key, value in raw.items() if key not in known
    }


@settings(max_examples=40)
@given(drafts())
def test_a_new_draft_says_what_was_answered(raw):
    wanted = read(raw)
    always = read({"typ": raw["typ"], **wanted.layout.always}).answers
    written = new_draft(wanted.layout, wanted.answers, WEBCERT)
    assert normal(read(written).answers) == normal({**always, **wanted.answers})


def normal(answers):
    """A diagnosis without a system is written as ICD-10-SE; a list of basis days has the order of the keys."""
    return {
        ref: tuple(
            row.changed(system=row.system or "ICD_10_SE") if isinstance(row, Diagnosis)
            else row.changed(where=row.where or "") if isinstance(row, DatedChoice) else row for row in value
        ) if isinstance(value, tuple) else value
        for ref, value in answers.items()
    }  # fmt: skip


@pytest.mark.parametrize("typ", DRAFTS)
def test_every_type_is_read_by_its_own_table(typ):
    draft = read(DRAFTS[typ])
    assert (draft.layout.typ, draft.version) == (typ, DRAFTS[typ]["textVersion"])
    assert draft.said("patient.id") == "19840512-9803"
    assert draft.said("unit.postcode") == "123 45"
    used = {ref.split(".")[0] for ref in draft.questions}
    assert len(used) >= 8
    assert "patient" not in used
    assert read_draft(as_text(draft.raw).encode(), WEBCERT).answers == draft.answers


def test_the_days_of_the_basis_are_one_answer():
    draft = read(changed(LISJP, annatGrundForMU="2026-02-30", journaluppgifter=""))
    assert draft.answers["1"] == (
        DatedChoice(kind="UNDERSOKNING", date="2026-11-23"),
        DatedChoice(kind="ANNAT", date="2026-02-30"),
    )


@pytest.mark.parametrize("percent", [-1, 0, 100, 999, 1000])
def test_a_number_outside_the_form_is_written_so_that_it_is_read_again(percent):
    wanted = read({"typ": "ag114", "sjukskrivningsgrad": percent})
    written = new_draft(wanted.layout, wanted.answers, WEBCERT)
    assert read(written).answers["7"] == percent


def test_an_absent_key_null_and_an_empty_list_are_unanswered():
    for empty in (..., None, []):
        assert "28" not in read(changed(LISJP, sysselsattning=empty)).answers
        assert "6" not in read(changed(LISJP, diagnoser=empty)).answers
    for empty in (..., None, ""):
        assert "33" not in read(changed(LISJP, arbetstidsforlaggning=empty)).answers


@pytest.mark.parametrize("said", [True, "true", " True "])
def test_a_boolean_may_be_a_text(said):
    assert read(changed(LISJP, kontaktMedFk=said)).answers["26"] is True


def test_false_is_an_answer_and_null_is_none():
    assert read(changed(LISJP, kontaktMedFk="false")).answers["26"] is False
    assert "26" not in read(changed(LISJP, kontaktMedFk=None)).answers


@pytest.mark.parametrize("empty", [..., None, {}, []])
def test_a_prognosis_that_is_empty_says_nothing(empty):
    draft = read(changed(LISJP, prognos=empty))
    assert not {"39", "39.3"} & draft.answers.keys()
    assert rewritten(draft, draft.answers, WEBCERT) == draft.raw
    filled = rewritten(draft, {**draft.answers, "39": "PROGNOS_OKLAR"}, WEBCERT)
    assert filled["prognos"] == {"typ": "PROGNOS_OKLAR"}


def test_dates_are_kept_as_they_were_written():
    (row,) = read(
        changed(
            LISJP, sjukskrivningar=[{"sjukskrivningsgrad": "HALFTEN", "period": {"from": "2026-13-45", "tom": "x"}}]
        )
    ).answers["32"]
    assert row == PeriodRow(degree=50, first="2026-13-45", last="x")
    draft = read(changed(LISJP, undersokningAvPatienten=" 2026-11-23 "))
    assert draft.answers["1"][0].date == " 2026-11-23 "


def test_old_job_titles_are_accepted_and_kept():
    draft = read(LISJP)
    assert rewritten(draft, draft.answers, WEBCERT)["grundData"]["skapadAv"]["befattningar"] == ["Överläkare"]


def test_a_code_is_trimmed_and_written_with_capitals():
    (row,) = read(changed(LISJP, diagnoser=[{**DIAGNOSIS, "diagnosKod": " f43.8a "}])).answers["6"]
    assert row == Diagnosis(code="F43.8A", text="Utmattningssyndrom", system="ICD_10_SE")


def test_primary_care_codes_keep_their_system():
    row = {"diagnosKod": "A02-P", "diagnosKodSystem": "KSH_97_P", "diagnosBeskrivning": "Tarminfektion"}
    assert read(changed(LISJP, diagnoser=[row])).answers["6"][0].system == "KSH_97_P"


def test_icf_titles_become_categories_and_an_unknown_title_stays():
    draft = read(LISJP)
    assert draft.answers["35"] == IcfText(text="Blek, tappar tråden", icf=(IcfRating(code="b134"),))
    answers = {**draft.answers, "35": IcfText(text="Nytt", icf=(IcfRating(code="b130"),))}
    written = rewritten(draft, answers, WEBCERT)
    assert written["funktionsKategorier"] == [WEBCERT.titles["b130"], "Egen rubrik"]


def test_other_documents_are_rows_with_a_place():
    assert read(DRAFTS["luse"]).answers["4"] == (
        DatedChoice(kind="PSYKOLOG", date="2026-10-01", where="Habiliteringen"),
    )


@pytest.mark.parametrize(("said", "is_read"), [("50", 50), ("0", 0), ("050", "050"), ("-1", "-1"), ("9999", "9999")])
def test_a_degree_in_digits_is_a_number_and_what_is_none_stays_for_the_rule(said, is_read):
    assert read(changed(DRAFTS["ag114"], sjukskrivningsgrad=said)).answers["7"] == is_read


def test_only_what_changed_is_rewritten():
    draft = read(changed(LISJP, mystery={"a": [1]}))
    written = rewritten(draft, {**draft.answers, "29": "Lärare"}, WEBCERT)
    assert written == {**draft.raw, "nuvarandeArbete": "Lärare"}
    assert list(written) == list(draft.raw)


def test_a_changed_row_keeps_what_else_its_row_held():
    period = {"sjukskrivningsgrad": "HALFTEN", "period": {"from": "2026-11-23", "tom": "2026-11-24"}, "mer": 1}
    draft = read(changed(LISJP, sjukskrivningar=[period]))
    answers = {**draft.answers, "32": (PeriodRow(degree=50, first="2026-11-23", last="2026-11-30"),)}
    (row,) = rewritten(draft, answers, WEBCERT)["sjukskrivningar"]
    assert row == {**period, "period": {"from": "2026-11-23", "tom": "2026-11-30"}}


def test_type_and_version_may_be_absent():
    draft = read(changed(LISJP, typ=..., textVersion=...))
    assert (draft.layout.typ, draft.version) == ("lisjp", "1")
    assert read({}).layout.typ == "lisjp"


@pytest.mark.parametrize("typ", DRAFTS)
def test_a_draft_without_type_is_known_by_its_keys(typ):
    assert read(changed(DRAFTS[typ], typ=...)).layout.typ in {typ, "luse" if typ == "luse" else typ}


HOSTILE = [
    (b"", "not_json"),
    (b"[]", "table"),
    (b"null", "table"),
    (b"{", "not_json"),
    (b'{"typ": "lisjp", "typ": "lisjp"}', "repeated_key"),
    (b'{"a": NaN}', "not_finite"),
    (b'{"a": ' + b"9" * 21 + b"}", "number"),
    (b'{"a": "\\ud800"}', "half_character"),
    (b"\xff\xfe", "not_utf8"),
    (b'{"a": ' + b"[" * 40 + b"]" * 40 + b"}", "too_deep"),
    (b" " * 5_000_001, "too_large"),
    (b'{"typ": "doi"}', "unknown_type"),
    (b'{"typ": "luse", "underlag": [' + b",".join([b"{}"] * 1001) + b"]}", "too_many"),
    (b'{"typ": 7}', "text"),
    (b'{"textVersion": 1.3}', "text"),
    (b'{"grundData": [1]}', "table"),
    (b'{"grundData": {"patient": "x"}}', "table"),
    (b'{"prognos": "STOR_SANNOLIKHET"}', "table"),
    (b'{"avstangningSmittskydd": "ja"}', "boolean"),
    (b'{"avstangningSmittskydd": 1}', "boolean"),
    (b'{"undersokningAvPatienten": 20260101}', "text"),
    (b'{"nuvarandeArbete": {}}', "text"),
    (b'{"sysselsattning": "STUDIER"}', "list"),
    (b'{"sysselsattning": ["STUDIER"]}', "table"),
    (b'{"sjukskrivningar": [{"sjukskrivningsgrad": "HALV"}]}', "unknown_choice"),
    (b'{"sjukskrivningar": [{"period": "2026"}]}', "table"),
    (b'{"diagnoser": [{"diagnosKod": ["F438A"]}]}', "text"),
]


@pytest.mark.parametrize(("content", "why"), HOSTILE)
def test_hostile_json_ends_in_one_clear_error(content, why):
    with pytest.raises(Misfit) as refused:
        read_draft(content, WEBCERT)
    assert refused.value.why == why


@settings(max_examples=40)
@given(st.dictionaries(st.sampled_from([*LISJP, *DRAFTS["luse"], *DRAFTS["ag114"]]), json_values) | json_values)
def test_any_json_is_read_or_refused(raw):
    with suppress(Misfit):
        draft = read(raw)
        assert rewritten(draft, draft.answers, WEBCERT) == raw


def test_a_draft_shows_nothing_of_the_patient_in_its_repr():
    assert "1984" not in repr(read(LISJP))
    assert GRUND["patient"]["personId"] not in repr(WEBCERT)
