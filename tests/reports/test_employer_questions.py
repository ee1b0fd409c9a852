"""The page of questions that the patient hands to the employer: four ways back, room to answer, nothing about health."""

import pytest

from fmstod.domain.answers import Measure, PeriodRow, StepRow
from fmstod.files import read_catalogue, read_forms
from fmstod.reports.employer import extract
from fmstod.reports.employer_questions import possible, questions_pdf
from fmstod.reports.plan_pdf import plan_pdf
from tests.reports import samples
from tests.reports.reading import everything, page_texts, spoken
from tests.reports.test_employer import ALLOWED, CANARIES, CERTIFICATE, PLAN, page

STEP_BACK = {idea.key: idea.step_back for idea in read_catalogue().measure}
STEPS = (
    StepRow(ahead=False, degree=50, hours="4", possible="dagpass", avoid="natt", stop="sömnen är under fem timmar"),
    StepRow(ahead=True, degree=25, first="2027-01-04", last="2027-01-17"),
)
SECOND = samples.THE_PLAN.changed(
    form=("plan", "2.0"), version=2, answers={**samples.PLAN_ANSWERS, "plan.stepdown": STEPS}
)


def made(certificate=samples.CERTIFICATE, plan=samples.THE_PLAN):
    told = extract(ALLOWED, certificate, plan, ())
    return questions_pdf(told, possible(certificate, plan, STEP_BACK), "2026-12-15")


def of(*rows, **answers):
    periods = tuple(PeriodRow(degree=degree, first="2026-11-23", last="2026-12-20") for degree in rows)
    certificate = samples.CERTIFICATE.changed(answers={"32": periods})
    return possible(certificate, samples.THE_PLAN.changed(answers=answers), STEP_BACK)


def test_the_four_ways_follow_from_the_plan_and_none_is_crossed_without_it():
    assert possible(samples.CERTIFICATE.changed(answers={}), None, STEP_BACK) == frozenset()
    assert of(100) == frozenset()
    assert of(100, 50) == {"steps"}
    assert of(100, **{"plan.stepdown": (StepRow(ahead=False, degree=100, hours="2"),)}) == {"hours"}
    assert of(100, **{"plan.stepdown": (StepRow(ahead=False, degree=100, avoid="natt"),)}) == {"tasks"}
    for box, kind in (("tasks", "adaptation"), ("workplace", "ergonomics")):
        idea = next(key for key, step_back in STEP_BACK.items() if step_back == kind)
        assert of(100, **{"plan.measures": (Measure(what="x", idea=idea),)}) == {box}


def test_no_word_that_anyone_wrote_and_no_diagnosis_stands_on_it():
    said = everything(made(CERTIFICATE, PLAN))
    assert not [ref for ref, word in CANARIES.items() if word in said]
    for never in ("F43", "mattning", "DV077", "FMB", "sömn"):
        assert never not in everything(made(plan=SECOND))


def test_it_is_one_page_with_room_for_every_answer_and_says_who_brings_it_back():
    (text,) = page_texts(made(plan=SECOND))
    assert text.count("?") == 6
    assert "15 december" in text
    assert "30 kap. 6 §" in text


@pytest.mark.parametrize("words", ["", samples.LONG_WORD, samples.HOSTILE])
def test_it_and_a_second_plan_keep_the_standards_for_archives_and_for_screen_readers(words, tmp_path):
    certificate = samples.extreme(samples.CERTIFICATE, samples.FK7804, words) if words else samples.CERTIFICATE
    plan = SECOND
    if words:
        steps = tuple(step.changed(possible=words, stop=words) for step in STEPS)
        plan = SECOND.changed(answers={**SECOND.answers, "plan.stepdown": steps, "plan.measures": (
            Measure(what=words, owner=words, decides=words, status="done", outcome="partly"),)})  # fmt: skip
    papers = {"questions": made(certificate, plan), "plan": plan_pdf(read_forms()["plan", "2.0"], plan, samples.LABELS)}
    for name, pdf in papers.items():
        file = tmp_path / f"{name}.pdf"
        file.write_bytes(pdf)
        for profile in ("2a", "ua1"):
            found = page.validate_pdf(str(file), profile=profile)
            assert found.is_compliant, [(name, failure.rule_id, failure.message) for failure in found.failures]


def test_headings_nest():
    headings = [role for role, _ in spoken(made()) if role in {"H1", "H2", "H3"}]
    assert headings[:2] == ["H1", "H2"]


def test_the_second_plan_tells_its_version_its_steps_and_how_measures_went():
    answers = {**SECOND.answers, "plan.measures": (Measure(what="Samtal", status="done", outcome="partly"),)}
    text = " ".join(
        " ".join(
            page_texts(plan_pdf(read_forms()["plan", "2.0"], SECOND.changed(answers=answers), samples.LABELS))
        ).split()
    )
    for words in ("Version 2", "Ersätter den tidigare planen", "4 timmar per dag.", "Gör: dagpass.", "Undvik: natt.",
                  "Planerat. Kräver nytt intyg.", "Klar · hjälpte delvis"):  # fmt: skip
        assert words in text
    assert "DV077" not in text  # it was recorded with the first version


def test_a_short_plan_is_short_on_paper_and_prints_all_that_the_minimum_asks():
    short = {ref: SECOND.answers[ref] for ref in ("6", "32", "plan.purpose", "plan.followup", "plan.participated")}
    pages = page_texts(plan_pdf(read_forms()["plan", "2.0"], SECOND.changed(answers=short), samples.LABELS))
    assert len(pages) == 1
    text = " ".join(pages)
    assert text.count("Inte ifyllt") == 1  # the measures, which every plan is asked for
    for never in ("Övervägt", "Graviditetspenning", "Kontaktperson", "Sämre"):
        assert never not in text
    assert "Nedtrappning" in text
