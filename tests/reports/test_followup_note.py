"""The note of a follow-up on paper: how it was and how it is, the code with its source, and who made it."""

from fmstod.domain.followup import Reason
from tests.reports.notes import VISIT, followup
from tests.reports.reading import page_texts, spoken


def read(**given):
    return " ".join(" ".join(page_texts(followup(**given))).split())


def test_it_says_how_it_was_with_its_day_and_how_it_is():
    said = read()
    assert "Sömnbehandling Pågår 2026-11-23 Pågår Sover sex timmar nu." in said
    assert "b130 Energi och drift stor 2026-11-23 måttlig bättre" in said
    assert "b140 Uppmärksamhet inte bedömt måttlig" in said
    assert "50 % förut 100 %" in said


def test_waiting_stands_by_itself_and_not_among_the_medical_reasons():
    said = [words for _, words in spoken(followup())]
    assert "Återhämtningen tar längre tid än väntat" in said
    assert "Psykolog, sedan 2026-12-02" in said
    only = read(record=VISIT.changed(reasons=(Reason.WAITING,)))
    assert "Fortsätter därför att" not in only
    assert "Väntar på Psykolog" in only


def test_the_code_stands_with_its_source_and_who_made_it_when():
    said = read()
    assert "KVÅ AW026, uppföljning av plan, registrerad 2026-12-21." in said
    assert "Källa: KVÅ, Socialstyrelsen." in said
    assert "Klar i fmstod 2026-12-21 kl. 15.05" in said  # 14.05 UTC
    assert "Disa Doktorsson, Överläkare" in said
    assert "Uppföljnings-id 1b0f6a52-9d37-4c1e-8a40-7e1d2c93b6f8" in said
    assert "Ingen åtgärdskod är registrerad" in read(codes=())


def test_an_ordinary_one_is_one_page_and_an_ended_leave_says_how():
    assert len(page_texts(followup())) == 1
    assert "Åter i arbete på heltid" in read(content="empty")


def test_headings_nest():
    headings = [(role, words) for role, words in spoken(followup()) if role in {"H1", "H2", "H3"}]
    assert headings[0] == ("H1", "Uppföljning av plan")
    assert headings[1][0] == "H2"
    assert [role for role, _ in headings].count("H1") == 1
