"""The patient's paper: the same sizes always, a page for the leave and one for its plan, the law's days, and nothing cut."""

import io
import re
from datetime import UTC, date, datetime, timedelta

import page
import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fmstod.domain.answers import Measure, PeriodRow
from fmstod.files import read_law
from fmstod.reports import tokens as t
from fmstod.reports.patient_pdf import patient_pdf
from fmstod.reports.patient_words import marks_of
from fmstod.reports.setting import NARROW, Run, cut, set_lines
from fmstod.reports.typeface import widths
from fmstod.texts import catalogue
from tests.reports import samples
from tests.reports.reading import page_texts, spoken

LAW = read_law()
SHARED = ("plan.goal", "plan.participated", "plan.participation")
SIZES = {8.5, 9, 10, 12, 14, 20, 26}
PAPERS = {
    "both": (samples.CERTIFICATE, samples.THE_PLAN),
    "certificate": (samples.CERTIFICATE, None),
    "empty": (samples.CERTIFICATE.changed(answers={}), samples.THE_PLAN.changed(answers={})),
    "long": (
        samples.extreme(samples.CERTIFICATE, samples.FK7804, samples.LONG_TEXT),
        samples.extreme(samples.THE_PLAN, samples.PLAN, samples.LONG_TEXT),
    ),
    "one long word": (
        samples.extreme(samples.CERTIFICATE, samples.FK7804, samples.LONG_WORD),
        samples.extreme(samples.THE_PLAN, samples.PLAN, samples.LONG_WORD),
    ),
    "hostile": (
        samples.extreme(samples.CERTIFICATE, samples.FK7804, samples.HOSTILE),
        samples.extreme(samples.THE_PLAN, samples.PLAN, samples.HOSTILE),
    ),
}


def marks(certificate, earlier=0):
    return marks_of(LAW, certificate, earlier)


def made(paper="both", earlier=0, **answers):
    certificate, plan = PAPERS[paper]
    certificate = certificate.changed(answers={**certificate.answers, **answers})
    return patient_pdf(certificate, plan, marks(certificate, earlier), samples.LABELS)


def read(pdf):
    return " ".join(" ".join(page_texts(pdf)).split())


def sizes(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return {
            float(operands[1])
            for page_ in file.pages
            for operands, operator in pikepdf.parse_content_stream(page_)
            if str(operator) == "Tf"
        }


def rows_of(lengths_, first=date(2026, 11, 23)):
    rows = []
    for days, degree in zip(lengths_, (100, 75, 50, 25), strict=False):
        last = first + timedelta(days=days - 1)
        rows.append(PeriodRow(degree=degree, first=str(first), last=str(last)))
        first = last + timedelta(days=1)
    return tuple(rows)


@pytest.mark.parametrize("paper", PAPERS)
def test_it_keeps_the_standards_for_archives_and_for_screen_readers(paper, tmp_path):
    file = tmp_path / "page.pdf"
    file.write_bytes(made(paper))
    for profile in ("2a", "ua1"):
        found = page.validate_pdf(str(file), profile=profile)
        assert found.is_compliant, [(failure.rule_id, failure.message) for failure in found.failures]


@pytest.mark.parametrize("paper", PAPERS)
def test_the_type_never_shrinks_and_who_it_is_for_stands_on_every_page(paper):
    pdf = made(paper)
    assert all(samples.NUMBER in text for text in page_texts(pdf))
    assert sizes(pdf) <= SIZES
    assert 12 in sizes(pdf)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.integers(1, 700), min_size=1, max_size=4),
    st.integers(0, 14),
    st.integers(0, 600),
    st.integers(0, 400),
    st.sampled_from([("NUVARANDE_ARBETE",), ("STUDIER",), ("ARBETSSOKANDE", "FORALDRALEDIG"), ()]),
    st.booleans(),
)
def test_the_leave_is_one_page_and_its_plan_the_next_for_any_leave_and_any_plan(
    days, count, words, earlier, occupation, protected
):
    said = ("Ett ord till. Och " * 60)[:words]
    measures = tuple(Measure(what=said, owner=said, when="2026-12-02") for _ in range(count))
    certificate = samples.CERTIFICATE.changed(
        answers={**samples.ANSWERS, "32": rows_of(days), "28": occupation},
        patient=samples.CERTIFICATE.patient.changed(protected=protected, name="Namn " * 9),
    )
    texts = dict.fromkeys(("plan.worse", "plan.better", "plan.steps", "plan.contact", "plan.followup_what"), said)
    plan = samples.THE_PLAN.changed(answers={**samples.PLAN_ANSWERS, **texts, "plan.measures": measures})
    pdf = patient_pdf(certificate, plan, marks(certificate, earlier), samples.LABELS, replaced_by=certificate.id)
    front, *plan_pages = (" ".join(text.split()) for text in page_texts(pdf))
    text = " ".join([front, *plan_pages])
    assert " ".join(said.split()) in text
    assert not plan_pages or plan_pages[0].startswith("Namn")
    for row in certificate.answers["32"]:
        assert f"{row.degree} %" in front
        assert f"{row.period.last.day} " in front
    for of_the_leave in ("Ring 08-465 004 22", "Ring 112", "Gör inte mer än intyget säger", "15 december"):
        assert of_the_leave in front


@pytest.mark.parametrize("face", [t.REGULAR, t.STRONG])
def test_no_letter_is_narrower_than_the_measure_that_cuts_long_texts(face):
    wide = [widths(face)[chr(code)] for code in range(256) if chr(code).isalnum()]
    assert min(wide) > NARROW * 1000


def test_a_plan_that_has_room_stands_on_the_first_page_and_any_other_whole_on_the_next():
    answers = {ref: samples.PLAN_ANSWERS[ref] for ref in ("plan.followup", *SHARED)}
    few, first = samples.THE_PLAN.changed(answers=answers), {"32": rows_of([28])}
    certificate = samples.CERTIFICATE.changed(answers={**samples.ANSWERS, **first})
    (text,) = page_texts(patient_pdf(certificate, few, marks(certificate), samples.LABELS))
    assert "Vi Ser hur du mår och om planen håller 15 december" in " ".join(text.split())
    front, plan = (" ".join(text.split()) for text in page_texts(made()))
    assert "Vi ses 15 december. Vem gör vad och hur du går tillbaka står på nästa sida." in front
    assert "Genomgång av arbetsbelastningen" not in front
    for ref in ("plan.goal", "plan.works", "plan.worse", "plan.better", "plan.contact", "plan.followup_what"):
        assert samples.PLAN_ANSWERS[ref] in plan


def test_what_the_patient_does_comes_first_and_the_patient_is_you():
    measures = (Measure(what="Ringer", owner="Rehabkoordinator"), Measure(what="Promenader", owner="Patienten"))
    plan = samples.THE_PLAN.changed(answers={**samples.PLAN_ANSWERS, "plan.measures": measures})
    text = read(patient_pdf(samples.CERTIFICATE, plan, None, samples.LABELS))
    assert text.index("Du Promenader") < text.index("Rehabkoordinator Ringer")
    assert "Du och sjuksköterska" in read(made())


@pytest.mark.parametrize(
    ("ref", "value"), [("plan.goal", " "), ("plan.participated", False), ("plan.participation", "")]
)
def test_a_plan_that_was_not_gone_through_with_the_patient_is_not_given_away(ref, value):
    plan = samples.THE_PLAN.changed(answers={**samples.PLAN_ANSWERS, ref: value})
    (text,) = page_texts(patient_pdf(samples.CERTIFICATE, plan, None, samples.LABELS))
    assert "Planen går vi igenom med dig först. Sedan får du den. Vi ses 15 december." in " ".join(text.split())
    assert "Sömnbehandling" not in text
    assert "Sömnbehandling" in read(made())


@given(st.text(st.characters(codec="latin-1"), max_size=400), st.integers(1, 4))
def test_words_are_cut_at_a_word_and_only_when_they_must(words, most):
    said = cut(words, t.LARGE_BODY, 180, most)
    assert len(set_lines([Run(said)], t.LARGE_BODY, 180)) <= most
    whole = cut(words, t.LARGE_BODY, 180, 1000)
    assert said == whole or said.endswith("…")
    kept = said.removesuffix("…").strip()
    assert whole.split(" ")[: len(kept.split(" "))] == kept.split(" ") or not kept


def test_the_days_of_the_law_come_with_dates():
    text = read(made())
    assert "1–14 till 6 december Din arbetsgivare betalar sjuklön" in text
    assert "8 30 november Din chef ska ha fått läkarintyget" in text
    assert "15 7 december Sök sjukpenning" in text


def test_days_are_counted_from_the_first_day_of_the_case():
    text = read(made(earlier=5))  # day 1 was the 18th of November
    assert "8 25 november" in text
    assert "1–14 till 1 december" in text
    assert "15 2 december" in text
    late = read(made(earlier=40))
    assert "Sök sjukpenning" not in late
    assert "sjuklön" not in late


def test_days_after_the_leave_are_for_those_who_are_still_ill():
    text = read(made(**{"32": rows_of([10])}))
    assert "1–14 till 2 december Din arbetsgivare" in text  # the tenth day
    assert "8 30 november Din chef ska ha fått läkarintyget." in text
    assert "15 7 december Är du sjuk då: sök sjukpenning" in text
    assert "8 30 november Är du sjuk då: din chef ska ha fått" in read(made(**{"32": rows_of([7])}))


def test_without_a_first_day_no_date_is_guessed():
    text = read(patient_pdf(*PAPERS["both"], None, samples.LABELS))
    assert "Räkna från din första sjukdag" in text
    assert "8 Din chef ska ha fått läkarintyget" in text
    assert "30 november" not in text


def test_the_employers_plan_is_due_only_when_sixty_days_are_expected():
    assert "Väntas du vara borta i 60 dagar" in read(made(**{"32": rows_of([59])}))
    assert "30 22 december Din chef ska ha en plan" in read(made(**{"32": rows_of([60])}))


@pytest.mark.parametrize("code", ["ARBETSSOKANDE", "FORALDRALEDIG", "STUDIER"])
def test_those_without_an_employer_are_told_of_none(code):
    text = read(made("certificate", **{"28": (code,)}))
    assert "chef" not in text
    assert "arbetsgivare" not in text
    assert "1 23 november Anmäl att du är sjuk till Försäkringskassan" in text


def test_somebody_who_may_infect_others_is_not_told_to_wait_for_sick_pay():
    text = read(made("certificate", **{"27.1": True}))
    assert "Du får inte arbeta just nu, så att ingen annan blir smittad." in text
    assert "Sök smittbärarpenning hos Försäkringskassan." in text
    assert "sjuklön" not in text


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"39": "STOR_SANNOLIKHET"}, "tillbaka som vanligt efter 3 januari"),
        ({"39": "ATER_X_ANTAL_MANADER", "39.4": 1}, "inom en månad"),
        ({"39": "ATER_X_ANTAL_MANADER", "39.4": 18}, "inom 18 månader"),
        ({"39": "SANNOLIKT_INTE"}, "svårt att komma tillbaka"),
        ({"39": "PROGNOS_OKLAR"}, "Vi vet inte än"),
    ],
)
def test_what_is_expected_is_said_in_plain_words(answers, said):
    assert said in read(made(**answers))


def test_no_code_of_a_diagnosis_stands_anywhere_on_it():
    pdf = made()
    assert "utmattningssyndrom" in read(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as file:
        alts = "".join(str(item.get("/Alt", "")) for item in file.objects if isinstance(item, pikepdf.Dictionary))
    for code in ("F43", "438A", "DV077", "b130", "d160"):
        assert code not in read(pdf) + alts


def test_the_calendar_is_told_in_words():
    with pikepdf.open(io.BytesIO(made())) as file:
        (alt,) = [str(i.Alt) for i in file.objects if isinstance(i, pikepdf.Dictionary) and "/Alt" in i]
    assert alt == (
        "Kalender. 100 procent från 23 november 2026 till och med 20 december 2026; "
        "50 procent från 21 december 2026 till och med 3 januari 2027. "
        "Ring runt 2 december, 11 december, 15 december, 18 december."
    )


def test_headings_nest_and_the_phone_comes_first_in_its_part():
    found = spoken(made())
    headings = [(role, text) for role, text in found if role in {"H1", "H2", "H3"}]
    assert [role for role, _ in headings] == ["H1", *["H2"] * 5, *["H3"] * 8]
    at = next(n for n, (_, text) in enumerate(found) if text == "Om du blir sämre")
    assert found[at + 1][1].replace("\u00a0", " ").startswith("Ring 08-465 004 22 ")


def test_the_same_documents_give_the_same_bytes_and_the_file_names_nobody():
    assert made() == made()
    with pikepdf.open(io.BytesIO(made())) as file:
        about = str(file.docinfo) + file.Root.Metadata.read_bytes().decode()
    assert samples.NUMBER not in about
    assert samples.NAME not in about


def test_a_page_that_no_longer_holds_says_so_and_names_the_new_one():
    text = read(patient_pdf(*PAPERS["both"], None, samples.LABELS, replaced_by="0c8f7f0e"))
    assert "Gäller inte längre. Det finns ett nyare intyg med nummer 0c8f7f0e." in text


def test_the_day_of_signing_is_the_one_in_sweden():
    late = samples.CERTIFICATE.changed(signed_at=datetime(2026, 11, 23, 23, 30, tzinfo=UTC))
    assert "24 november 2026" in read(patient_pdf(late, None, None, samples.LABELS))


def test_its_sentences_are_short_enough_for_a_reader_of_twelve():
    sentences = [
        sentence
        for key, said in catalogue().items()
        if key.startswith("patient.")
        for sentence in re.split(r"(?<=[.!?]) ", said)
    ]
    assert max(len(sentence.split()) for sentence in sentences) <= 15
    for word in ("arbetsförmåga", "nedsättning", "aktivitetsbegränsning", "prognos", "sjukperiod", "karens"):
        assert not any(word in sentence.lower() for sentence in sentences)
