"""The employer's copy: what isn't on the list doesn't get out, by any way that a file can carry words."""

import tomllib

import page
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fmstod.certificate.fill import effective
from fmstod.domain.answers import IcfText, PeriodRow, StepRow
from fmstod.domain.consultation import Consultation, Earlier, Excess
from fmstod.domain.issuer import Issuer, Physician, Unit
from fmstod.domain.patient import Patient
from fmstod.domain.work import Demand, Work
from fmstod.files import PLAN as PLAN_FORM
from fmstod.files import read_demands, read_forms
from fmstod.paths import RESOURCES
from fmstod.reports.employer import extract, load_allowed, offered
from fmstod.reports.employer_pdf import employer_pdf
from fmstod.texts import catalogue
from tests.reports import samples
from tests.reports.reading import everything, page_texts, spoken, tight

LIST = tomllib.loads((RESOURCES / "reports" / "employer.toml").read_text(encoding="utf-8"))
ALLOWED = load_allowed(LIST)
TICKS = tuple(ref for ref in ALLOWED.ticked() if ref != "plan.stepdown")  # the plan of the samples is the first version
FACTS = {ref for section in ALLOWED.sections for ref in section.facts}


def made(certificate=samples.CERTIFICATE, plan=samples.THE_PLAN, ticks=()):
    return employer_pdf(ALLOWED, extract(ALLOWED, certificate, plan, ticks))


def read(pdf):
    return " ".join(" ".join(page_texts(pdf)).split())


def canary(place):
    """A word that stands nowhere else, and tells where it comes from."""
    letters = "".join(chr(ord("a") + int(digit)) for digit in str(sum(ord(c) * 31**n for n, c in enumerate(place))))
    return f"Q{letters}q"


def filled(form):
    return {q.ref: samples.filled_with(form, canary(q.ref))[q.ref] for q in form.questions()}


def sung(kind, kept):
    """A record of `kind` with a canary in each field that isn't kept."""
    return {name: canary(f"{kind.__name__}.{name}") for name in kind.model_fields if name not in kept}


ISSUER = Issuer(
    physician=Physician(**{**dict(samples.ISSUER.physician), **sung(Physician, ALLOWED.physician)}),
    unit=Unit(**{**dict(samples.ISSUER.unit), **sung(Unit, ALLOWED.unit)}),
)
FORMS = {form.form: form for form in (samples.FK7804, samples.PLAN)}
ANSWERS = {name: filled(form) for name, form in FORMS.items()}
CERTIFICATE = samples.CERTIFICATE.changed(
    issuer=ISSUER,
    answers=ANSWERS["fk7804"],
    patient=samples.CERTIFICATE.patient.changed(typed=canary("typed"), typed_born=canary("typed_born")),
)
PLAN = samples.THE_PLAN.changed(issuer=ISSUER, answers=ANSWERS["plan"])
CANARIES = {
    **{q.ref: canary(q.ref) for form in FORMS.values() for q in form.questions()},
    **{f"physician.{name}": word for name, word in sung(Physician, ALLOWED.physician).items()},
    **{f"unit.{name}": word for name, word in sung(Unit, ALLOWED.unit).items()},
    "typed": canary("typed"),
    "typed_born": canary("typed_born"),
}


def test_every_canary_is_another_word_and_would_be_heard():
    assert len(set(CANARIES.values())) == len(CANARIES)
    said = everything(made(CERTIFICATE, PLAN, TICKS))
    assert {ref for ref, word in CANARIES.items() if word in said} == set(TICKS)


@settings(max_examples=20, deadline=None)
@given(st.sets(st.sampled_from(TICKS)), st.booleans())
def test_nothing_but_the_list_and_what_was_ticked_gets_out(ticks, with_plan):
    said = everything(made(CERTIFICATE, PLAN if with_plan else None, ticks))
    told = {ref for ref in ticks if with_plan or not ref.startswith("plan.")}
    assert {ref for ref, word in CANARIES.items() if word in said} == told
    for never in ("F438A", "F43.8A", "Utmattningssyndrom", "utmattningssyndrom", "b130", "d160", "DV077", "KVÅ", "FMB"):
        assert never not in said


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_words_of_any_kind_in_any_other_field_stay_inside(data):
    word = data.draw(st.text("abcdefghijklmnopqrstuvwxyzåäö<&\\(/ ", min_size=6, max_size=40).map(lambda s: f"Wq{s}qW"))
    place = data.draw(st.sampled_from([(name, q.ref) for name, form in FORMS.items() for q in form.questions()]))
    form, ref = place
    answers = {**ANSWERS[form], ref: samples.filled_with(FORMS[form], word)[ref]}
    certificate = CERTIFICATE.changed(answers=answers) if form == "fk7804" else CERTIFICATE
    plan = PLAN.changed(answers=answers) if form == "plan" else PLAN
    assert tight(word) not in everything(made(certificate, plan))


@pytest.mark.parametrize("name", [name for name in read_forms() if name not in {("fk7804", "2.0"), PLAN_FORM}])
def test_no_words_of_any_other_form_get_out_either(name):
    form = read_forms()[name]
    said = everything(made(CERTIFICATE.changed(form=name, answers=filled(form)), PLAN))
    assert not [q.ref for q in form.questions() if canary(q.ref) in said]


def test_nothing_of_the_consultation_gets_out_by_a_draft_of_a_text():
    demands = tuple(Demand(key=d.key, note=canary(d.key), ability="cannot") for d in read_demands().demands())
    fields = {name: canary(name) for name in ("occupation", "extent", "tasks", "text", "no_plan", "drafted")}
    periods = (PeriodRow(degree=50, first="2026-11-23", last="2026-12-20"),)
    consultation = Consultation(
        patient=Patient(number=samples.NUMBER, name=samples.NAME),
        work=Work(**{name: fields[name] for name in ("occupation", "extent", "tasks")}, demands=demands),
        earlier=Earlier(had=True, days=40),
        excess=Excess(reasons=("comorbidity",), text=fields["text"]),
        conditions={"546:severity": canary("conditions")},
        no_plan=fields["no_plan"],
        drafted={"44": fields["drafted"]},
        answers={"28": ("NUVARANDE_ARBETE",), "32": periods, "6": samples.DIAGNOSES},
    )
    phrases = {**catalogue(), **read_demands().phrases()}
    whole = {**effective(samples.FK7804, consultation, phrases), **effective(samples.PLAN, consultation, phrases)}
    assert canary("occupation") in str(whole)  # the drafts are there, and would be printed on the certificate
    document = samples.CERTIFICATE.changed(answers=whole)
    said = everything(made(document, document.changed(kind=samples.THE_PLAN.kind)))
    assert not [word for word in (*fields.values(), *(d.note for d in demands), canary("conditions")) if word in said]


def test_the_list_names_questions_that_exist_and_no_health_data_as_facts():
    known = {q.ref: q for form in FORMS.values() for q in form.questions()}
    assert sorted(FACTS) == ["32", "33"]
    assert {known[ref].kind for ref in FACTS} == {"periods", "yes_no"}
    assert {known[ref].kind for ref in TICKS} <= {"text", "icf"}
    assert not (FACTS | set(TICKS)) & {"6", "19", "25", "26.2", "33.2", "37", "39.2", "29", "1", "27.1"}


@pytest.mark.parametrize("ref", ["6", "37", "19", "plan.measures", "name", "32"])
def test_what_is_not_on_the_list_of_free_texts_can_not_be_ticked(ref):
    with pytest.raises(ValueError, match="can't be told"):
        extract(ALLOWED, samples.CERTIFICATE, samples.THE_PLAN, (ref,))


def test_of_a_step_the_employer_reads_what_is_done_and_never_when_to_stop():
    steps = (StepRow(ahead=False, degree=50, hours="4", possible="planerar", avoid="kunder", stop="sömnen blir sämre"),)
    plan = samples.THE_PLAN.changed(form=("plan", "2.0"), answers={"32": samples.PERIODS, "plan.stepdown": steps})
    assert "plan.stepdown" in offered(ALLOWED, samples.CERTIFICATE, plan)
    said = read(made(plan=plan, ticks=("plan.stepdown",)))
    assert "Vid 50 % sjukskrivning: 4 timmar per dag. Gör: planerar. Undvik: kunder." in said.replace("\xa0", " ")
    assert "sömn" not in everything(made(plan=plan, ticks=("plan.stepdown",)))


def test_a_list_that_names_an_unknown_field_is_refused():
    with pytest.raises(ValueError, match="diagnos"):
        load_allowed({**LIST, "patient": ["name", "diagnos"]})


def test_only_texts_that_say_something_are_offered():
    assert offered(ALLOWED, samples.CERTIFICATE, None).keys() == {"44", "17", "35"}
    assert offered(ALLOWED, samples.CERTIFICATE, samples.THE_PLAN).keys() == set(TICKS)
    answers = {"17": IcfText(text=" "), "44": ""}
    assert offered(ALLOWED, samples.CERTIFICATE.changed(answers=answers), None) == {}
    assert offered(ALLOWED, samples.CERTIFICATE, None)["17"] == samples.ANSWERS["17"].text


def test_the_employer_gets_what_planning_needs():
    text = read(made())
    for words in (
        "Sjukskrivning: uppgifter till arbetsgivaren",
        "Tess Testsson 19840512-9803",
        "2026-11-23 – 2027-01-03 42 dagar",
        "100 % 2026-11-23 2026-12-20 Inget arbete",
        "50 % 2026-12-21 2027-01-03 Halva arbetstiden",
        "Återgången är stegvis",
        "Arbetstiden behöver delas upp lika varje dag",
        "Utdrag, inte hela intyget",
        "Disa Doktorsson",
        "08-465 004 22",
        samples.CERTIFICATE.id,
    ):
        assert words in text


def test_a_tick_brings_its_text_whole_under_its_caption():
    text = read(made(ticks=("plan.steps",)))
    assert "Arbete i varje steg Vid 100 %:" in text
    assert "Det som medarbetaren inte klarar" not in text
    assert tight(samples.ANSWERS["17"].text) in tight(read(made(ticks=("17",))))


@pytest.mark.parametrize("ticks", [(), TICKS])
@pytest.mark.parametrize("words", ["", samples.LONG_TEXT, samples.LONG_WORD, samples.HOSTILE])
def test_it_keeps_the_standards_for_archives_and_for_screen_readers(ticks, words, tmp_path):
    certificate, plan = samples.CERTIFICATE, samples.THE_PLAN
    if words:
        certificate = samples.extreme(certificate, samples.FK7804, words)
        plan = samples.extreme(plan, samples.PLAN, words)
    file = tmp_path / "copy.pdf"
    file.write_bytes(made(certificate, plan, ticks))
    for profile in ("2a", "ua1"):
        found = page.validate_pdf(str(file), profile=profile)
        assert found.is_compliant, [(failure.rule_id, failure.message) for failure in found.failures]


def test_an_empty_certificate_gives_a_paper_too():
    text = read(made(samples.CERTIFICATE.changed(answers={}), None, TICKS))
    assert "Inte ifyllt" in text
    assert "Kontakt" in text


def test_headings_nest_and_the_same_extract_gives_the_same_bytes():
    headings = [role for role, _ in spoken(made(ticks=TICKS)) if role in {"H1", "H2", "H3"}]
    assert headings[:2] == ["H1", "H2"]
    assert headings.count("H1") == 1
    assert made(ticks=TICKS) == made(ticks=TICKS[::-1])
