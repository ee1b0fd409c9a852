"""Work, capacity, hours and the way there (YRK, NED-01, NED-02, BEH-02)."""

import pytest

from tests.quality.certificates import found, rules

HALF = [{"degree": 50, "from": "2026-11-23", "to": "2026-12-20"}]


@pytest.mark.parametrize(
    ("rule", "flawed", "good"),
    [
        (
            "YRK-01",
            {"29": "Sjuksköterska på kirurgavdelning, natt 75 procent."},
            {"29": "Sjuksköterska, ger läkemedel."},
        ),
        ("YRK-01", {"29": "Vaktmästare"}, {"29": "Vaktmästare: skottar snö, byter lampor, bär möbler"}),
        (
            "U-3",
            {"28": ["NUVARANDE_ARBETE", "STUDIER"], "25": "Chefen är underrättad."},
            {"28": ["NUVARANDE_ARBETE", "STUDIER"], "25": "Kursen på kvällarna påverkas inte."},
        ),
        (
            "NED-01",
            {"17": "Tentamensrättning vid skrivbord går bra i tre timmar. Kan inte undervisa stående."},
            {
                "17": "Tentamensrättning vid skrivbord går bra, men deltid finns inte att få. Kan inte undervisa stående."
            },
        ),
        (
            "NED-01",
            {"17": "Klarar att svara på mejl två till tre timmar per dag. Kan inte bära hinkar."},
            {"17": "Klarar inte att svara på mejl två till tre timmar per dag. Kan inte bära hinkar."},
        ),
        (
            "NED-02",
            {"32": HALF, "33": True, "33.2": "Dagis stänger klockan tre och grannen kan inte hämta."},
            {"32": HALF, "33": True, "33.2": "Efter mer än fyra timmar svullnar foten och är sämre nästa dag."},
        ),
        (
            "BEH-02",
            {"17": "Arbetar som vanligt. Är borta onsdag eftermiddag för strålning."},
            {"17": "Kan bara arbeta en timme åt gången. Strålning onsdag eftermiddag."},
        ),
        (
            "BEH-02",
            {"17": "Kontorsarbete fungerar bra. Kan inte köra bil till arbetet."},
            {"17": "Kontorsarbete fungerar bra. Kan inte köra bil till arbetet.", "34": True},
        ),
    ],
)
def test_it_is_said_of_the_flawed_and_not_of_the_good(rule, flawed, good):
    assert rule in rules(flawed)
    assert rule not in rules(good)


def test_what_the_patient_can_do_is_marked_in_the_text():
    text = "Kan inte stå. Bokföring går bra hemifrån."
    (problem,) = (p for p in found({"17": text}) if p.rule == "NED-01")
    assert [text[a:b] for a, b in problem.spans] == ["går bra"]


def test_capacity_does_not_go_against_a_lower_degree():
    assert "NED-01" not in rules({"17": "Bokföring går bra hemifrån.", "32": HALF})


def test_an_empty_occupation_is_the_forms_to_tell():
    assert "YRK-01" not in rules({"29": None})
