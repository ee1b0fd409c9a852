"""Treatment and the way back: what, by whom, when, and who follows it up (BEH-01, PLA)."""

from datetime import date

import pytest

from fmstod.quality.reader import PlanFacts
from tests.quality.certificates import found, rules

LONG = [{"degree": 50, "from": "2026-11-23", "to": "2027-01-10"}]
MONTHS = [{"degree": 50, "from": "2026-11-23", "to": "2027-02-07"}]


@pytest.mark.parametrize(
    ("rule", "flawed", "good"),
    [
        ("BEH-01", {"19": "Läkemedel."}, {"19": "Läkemedel för att dämpa inflammationen."}),
        ("BEH-01", {"19": "Sjukgymnastik, Panodil."}, {"19": "Sjukgymnastik varje vecka."}),
        ("BEH-01", {"19": "Terapi."}, {"19": "Terapi på psykiatrimottagningen."}),
        ("BEH-01", {"19": "Fortsatt samma."}, {"19": "Remiss till ortoped."}),
        (
            "PLA-01",
            {"32": LONG, "44": "Läkarbesök 17 december.", "19": "Tabletter."},
            {"32": LONG, "44": "Kuratorn träffar patienten varje vecka. Läkarbesök 17 december.", "19": "Tabletter."},
        ),
        (
            "PLA-01",
            {"32": LONG, "44": "Arbetsgivaren anpassar arbetet från 1 december."},
            {"32": LONG, "44": "Arbetsgivaren anpassar arbetet från 1 december, uppföljning 8 januari."},
        ),
        (
            "PLA-02",
            {"32": MONTHS, "44": "Fysioterapeuten ökar träningen 1 december. Återbesök 4 februari."},
            {"32": MONTHS, "44": "Chefen har bjudits in till möte 7 december. Återbesök 4 februari."},
        ),
        ("PLA-03", {"44": "Arbetsgivaren ordnar städvagn."}, {"44": "Sköterskan ringer varje vecka."}),
        ("PLA-03", {"44": "Återbesök 8 januari."}, {"44": "Återbesök 18 december."}),
    ],
)
def test_it_is_said_of_the_flawed_and_not_of_the_good(rule, flawed, good):
    assert rule in rules(flawed)
    assert rule not in rules(good)


def test_a_plan_beside_the_certificate_counts():
    bare = {"32": LONG, "44": None, "19": None}
    assert {"PLA-01", "PLA-03"} <= rules(bare)
    assert "PLA-01" not in rules(bare, plan=PlanFacts(documented=True))
    whole = PlanFacts(measures=1, owner=True, day=True, follow_up=date(2026, 12, 18))
    assert not {"PLA-01", "PLA-03"} & rules(bare, plan=whole)
    assert "PLA-03" in rules(bare, plan=PlanFacts(documented=True, follow_up=date(2027, 2, 1)))


def test_a_plan_without_follow_up_is_told_so():
    (problem,) = (
        p for p in found({"32": LONG, "44": "Chefen ordnar annat arbete från 1 december."}) if p.rule == "PLA-01"
    )
    assert problem.key == "PLA-01.follow_up"


def test_two_weeks_that_end_in_return_need_no_follow_up():
    short = {"32": [{"degree": 100, "from": "2026-11-23", "to": "2026-12-06"}], "44": None}
    assert "PLA-03" not in rules(short)
    assert "PLA-03" in rules({**short, "39": "SANNOLIKT_INTE"})


def test_the_employers_plan_is_due_on_day_30_of_the_sick_leave():
    (problem,) = (p for p in found({"32": MONTHS, "44": None}) if p.rule == "PLA-02")
    assert problem.values["day"] == date(2026, 12, 22)


def test_months_told_make_the_leave_as_long_as_expected():
    now = {
        "44": "Återbesök 18 december.",
        "39": "ATER_X_ANTAL_MANADER",
        "32": [{"degree": 50, "from": "2026-11-23", "to": "2026-12-27"}],
    }
    assert "PLA-02" in rules({**now, "39.4": 3})
    assert "PLA-02" not in rules({**now, "39.4": 1})


def test_nobody_is_reminded_of_a_day_that_is_past():
    earlier = [[]]
    assert "PLA-02" not in rules({"32": MONTHS, "44": None}, on=date(2026, 12, 23), earlier=earlier)
