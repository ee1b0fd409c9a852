"""Records keep what they hold through JSON, and never show it."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from fmstod.domain.answers import Basis, DatedChoice, Diagnosis, IcfRating, IcfText, Measure, PeriodRow
from fmstod.domain.consultation import Consultation, Earlier, Excess
from fmstod.domain.patient import Patient
from fmstod.domain.period import DEGREES
from fmstod.domain.work import Ability, Demand, Work, load_demands

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
days = st.dates(date(1900, 1, 1), date(2099, 12, 31))
typed_days = st.one_of(st.just(""), days.map(date.isoformat), texts)

dated = st.builds(DatedChoice, kind=texts, date=typed_days)
diagnoses = st.builds(Diagnosis, code=texts, text=texts)
ratings = st.builds(
    IcfRating, code=texts, severity=st.none() | st.integers(0, 4), basis=st.none() | st.sampled_from(Basis)
)
described = st.builds(IcfText, text=texts, icf=st.lists(ratings, max_size=3).map(tuple))
rows = st.builds(PeriodRow, degree=st.none() | st.sampled_from(DEGREES), first=typed_days, last=typed_days)
measures = st.builds(Measure, what=texts, owner=texts, when=typed_days)
answers = st.one_of(
    st.booleans(),
    st.integers(-(10**12), 10**12),
    texts,
    described,
    *(st.lists(each, max_size=3).map(tuple) for each in (texts, dated, diagnoses, rows, measures)),
)
patients = st.builds(Patient, number=texts, name=texts, born=st.none() | days, protected=st.booleans())
demands = st.builds(Demand, key=texts, note=texts, ability=st.none() | st.sampled_from(Ability))
works = st.builds(
    Work, occupation=texts, extent=texts, tasks=texts, load=texts, demands=st.lists(demands, max_size=3).map(tuple)
)
consultations = st.builds(
    Consultation,
    patient=patients,
    work=works,
    earlier=st.none() | st.builds(Earlier, had=st.booleans(), since=st.none() | days, days=st.none() | st.integers(0)),
    conditions=st.dictionaries(texts, st.booleans() | texts, max_size=3),
    excess=st.builds(Excess, reasons=st.lists(texts, max_size=3).map(tuple), text=texts),
    no_plan=texts,
    answers=st.dictionaries(texts, answers, max_size=6),
    drafted=st.dictionaries(texts, texts, max_size=3),
)


def kinds(consultation):
    """The type of every answer and of its rows: True and 1 are equal to Python but not to a form."""
    return {
        ref: (type(value), [type(row) for row in value] if isinstance(value, tuple) else None)
        for ref, value in consultation.answers.items()
    }


@given(consultations)
def test_a_consultation_comes_back_from_json_as_it_was(consultation):
    for by_alias in (False, True):
        back = Consultation.model_validate_json(consultation.model_dump_json(by_alias=by_alias))
        assert back == consultation
        assert kinds(back) == kinds(consultation)


@given(consultations)
def test_a_copy_with_one_change_keeps_the_rest(consultation):
    changed = consultation.changed(no_plan="x")
    assert changed.changed(no_plan=consultation.no_plan) == consultation
    assert kinds(changed) == kinds(consultation)


SECRET = "Hemlighetsson"


@pytest.mark.parametrize(
    "record",
    [
        Patient(name=SECRET, number=SECRET),
        Consultation(patient=Patient(name=SECRET), answers={"25": SECRET}, no_plan=SECRET),
        Diagnosis(code=SECRET, text=SECRET),
        IcfText(text=SECRET, icf=(IcfRating(code=SECRET),)),
        Measure(what=SECRET),
        Work(occupation=SECRET, demands=(Demand(key=SECRET),)),
    ],
)
def test_a_record_shows_nothing_of_what_it_holds(record):
    shown = f"{record!r} {record} {record:} {[record]} {(record, {'a': record})}"
    assert SECRET not in shown
    assert type(record).__name__ in shown


def test_a_refused_value_is_not_shown_either():
    with pytest.raises(ValidationError) as refused:
        Patient(name=SECRET, born=SECRET)
    assert SECRET not in str(refused.value)
    with pytest.raises(ValidationError) as refused:
        Consultation.model_validate_json(json.dumps({"patient": {"born": SECRET}, "answers": {"6": [[SECRET]]}}))
    assert SECRET not in str(refused.value)


def test_a_record_can_not_be_changed_in_place_and_takes_no_unknown_field():
    with pytest.raises(ValidationError):
        Patient().name = "x"
    with pytest.raises(ValidationError):
        Patient(nickname="x")
    with pytest.raises(ValidationError):
        Patient().changed(born="not a day")


def test_a_demand_stands_once():
    named = {"key": "night", "label": "Arbeta natt"}
    group = {"key": "shifts", "label": "Arbetstid", "demands": [named]}
    assert load_demands({"loads": [], "groups": [group]}).phrases() == {"demand.night": "Arbeta natt"}
    with pytest.raises(ValueError, match="night"):
        load_demands({"loads": [], "groups": [group, {**group, "key": "again"}]})
