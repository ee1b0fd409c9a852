"""What is written of impairment, limitation, basis and people: for each rule texts that break it and texts that don't."""

import pytest

from fmstod.judging import read_rulebook
from tests.quality.certificates import found, rules

DEPRESSION = [{"code": "F321", "text": "Medelsvår depressiv episod"}]
SEEN = "Undersökt i dag. Rör sig långsamt, svarar först efter en stund, MADRS 29. Måttlig nedsättning av tempo."
SHOULDER = "Undersökt i dag. Höger arm lyfts till 60 grader. Måttlig nedsättning."
PHONE = [{"kind": "TELEFONKONTAKT", "date": "2026-11-23"}]
DAYS = {14: "2026-12-06", 15: "2026-12-07"}


def to(last, degree=100):
    return [{"degree": degree, "from": "2026-11-23", "to": last}]


def icf(*codes, text):
    return {"text": text, "icf": [{"code": code} for code in codes]}


BREAKS = [
    ("FUN-01", {"35": "Rotatorcuffsyndrom i höger axel."}),
    ("FUN-01", {"6": [{"code": "M545", "text": "Lumbago"}], "35": "Akut ryggskott."}),
    ("FUN-02", {"35": "Måttlig trötthet, huvudvärk och yrsel."}),
    ("FUN-02", {"35": "Stor nedsättning. Röntgen är beställd och ortopeden ska undersökas."}),
    ("FUN-03", {"35": "Patienten uppger att axeln gör mycket ont nattetid."}),
    ("FUN-03", {"35": "Beskriver svår värk. Enligt patienten blir den värre av kyla."}),
    ("FUN-04", {"35": "Öm över axelns framsida vid undersökning i dag."}),
    ("FUN-04", {"35": "Blodtryck 120/70 och normalt status. Ömmar i axeln."}),
    ("FUN-05", {"35": "Axel och nacke utan anmärkning vid undersökning."}),
    ("FUN-05", {"6": DEPRESSION, "35": "God formell och emotionell kontakt. Neutralt stämningsläge."}),
    ("GRU-02", {"6": DEPRESSION, "35": "Stor nedsättning av koncentration. Blodtryck 130/80."}),
    ("GRU-02", {"6": DEPRESSION, "35": "Patienten berättar att hon gråter mycket."}),
    ("AKT-02", {"17": "Värk och trötthet."}),
    ("AKT-02", {"35": SHOULDER, "17": SHOULDER}),
    ("AKT-03", {"17": "Kan inte arbeta på grund av sjukdomen de närmaste 4 veckorna."}),
    ("AKT-03", {"17": "Arbetsförmågan är helt nedsatt."}),
    ("AKT-04", {"17": "Kan inte läsa eller planera mer än tio minuter i taget."}),
    (
        "AKT-04",
        {
            "29": "Lastbilschaufför. Kör åtta timmar per dag, lastar själv.",
            "17": "Kan inte fatta beslut på två timmar.",
        },
    ),
    ("AKT-05", {"17": "Kan inte bära hinkar, moppa golv eller gå i trappor."}),
    ("AKT-05", {"17": "Kan inte lyfta tungt och inte bära hinkar längre stunder."}),
    ("DFA-01", {"35": icf("b710", text=SHOULDER), "17": icf("d166", "d720", text="Kan inte bära hinkar på tio kilo.")}),
    (
        "DFA-01",
        {"6": DEPRESSION, "35": icf("b140", text=SEEN), "17": icf("d430", text="Kan inte bära hinkar på tio kilo.")},
    ),
    ("U-2", {"1": PHONE, "32": to(DAYS[15]), "25": "Patienten är väl känd, undersöktes den 16 november."}),
    ("U-2", {"1": PHONE, "32": to(DAYS[14]), "25": "Patienten bor ensam."}),
    ("INT-01", {"25": "Hustrun Eva Hittepåsson hjälper till hemma."}),
    ("INT-01", {"25": "Anna Provsson på personalavdelningen är informerad."}),
    ("INT-01", {"44": "Chefen nås på 070-174 06 05."}),
    ("INT-01", {"25": "Se även intyget för 19840512-9803."}),
    ("INT-02", {"35": f"{SHOULDER} Neurologi u.a."}),
    ("INT-02", {"29": "Ssk. Delar läkemedel, bär hinkar i trappor."}),
]
KEEPS = [
    ("FUN-01", {"35": "Rotatorcuffsyndrom i höger axel som bara lyfts till 60 grader. Måttlig nedsättning."}),
    ("FUN-02", {"35": "Ömmar över axeln, armen når inte över axelhöjd. Stor nedsättning."}),
    ("FUN-02", {"6": DEPRESSION, "35": "Tappar tråden två gånger under samtalet. Lätt nedsättning."}),
    ("FUN-03", {"35": f"Patienten uppger värk. {SHOULDER}"}),
    ("FUN-04", {"35": "Handtryck höger 9 kg, vänster 31 kg."}),
    ("FUN-04", {"6": DEPRESSION, "35": "Sparsam mimik. PHQ-9: 19."}),
    ("FUN-05", {"35": f"Kraft och känsel i handen utan anmärkning. {SHOULDER}"}),
    ("FUN-05", {"6": DEPRESSION, "35": f"Hjärta och lungor utan anmärkning. {SEEN}"}),
    ("GRU-02", {"6": DEPRESSION, "35": SEEN}),
    ("GRU-02", {"35": "Axeln öm. Måttlig nedsättning av rörlighet."}),
    ("AKT-02", {"17": "Värken gör att patienten moppar högst tio minuter."}),
    ("AKT-03", {"17": "Kan inte dammsuga eller bära i trappor, högst två kilo."}),
    ("AKT-04", {"17": "Bär högst två kilo och går inte i trappor."}),
    ("AKT-04", {"17": "Kan inte läsa mer än tio minuter. Arbetet kräver att läsa blandningstabeller."}),
    ("AKT-05", {"17": "Kan inte bära hinkar i mer än en kvart."}),
    ("AKT-05", {"17": "Kan inte alls bära hinkar, lyfter två kilo."}),
    ("DFA-01", {"35": icf("b710", text=SHOULDER), "17": icf("d430", "d720", text="Kan inte bära hinkar på tio kilo.")}),
    ("DFA-01", {"35": icf("b710", text=SHOULDER)}),
    ("U-2", {"1": PHONE, "32": to(DAYS[14]), "25": "Patienten är väl känd, undersöktes den 16 november."}),
    ("INT-01", {"25": "Hustrun hjälper till hemma. Arbetsförmedlingen i Stockholm är vidtalad."}),
    (
        "INT-01",
        {"44": "Plan den 2026-11-23. Kod 12345. Rehabkoordinatorn på Ekens Vårdcentral ringer chefen 2026-12-17."},
    ),
    ("INT-02", {"35": f"{SHOULDER} EKG och MR visar inget nytt. MADRS 4."}),
]


@pytest.mark.parametrize(("rule", "changes"), BREAKS)
def test_what_a_handler_would_ask_about_is_told(rule, changes):
    assert rule in rules(changes)


@pytest.mark.parametrize(("rule", "changes"), KEEPS)
def test_what_is_well_written_is_left_alone(rule, changes):
    assert rule not in rules(changes)


def test_an_impairment_carried_over_is_told_and_one_that_has_changed_is_not():
    before = {"35": "Undersökt 2 november. Höger arm lyfts till 60 grader, kraft 3 av 5. Måttlig nedsättning."}
    same = {"35": "Undersökt 23 november. Höger arm lyfts till 60 grader, kraft 3 av 5. Måttlig nedsättning."}
    new = {"35": "Axeln är fortfarande stel men når nu till 95 grader, handtryck 20 kg. Lätt till måttlig nedsättning."}
    assert "FUN-06" in rules(same, before)
    assert "FUN-06" not in rules(new, before)
    assert "FUN-06" not in rules(same)


def test_a_text_of_the_decision_support_is_no_text_of_this_patient():
    official = "Nedsatt rörlighet i axeln och värk vid arbete ovan axelhöjd är vanligt och kan sitta i länge."
    (problem,) = (p for p in found({"35": official}, fmb_texts=[official]) if p.rule == "FUN-06")
    assert problem.key == "FUN-06.fmb"


def test_every_rule_of_this_chain_is_shown_both_ways():
    mine = {
        rule.under or rule.id for rule in read_rulebook().rules if rule.id[:3] in {"FUN", "GRU", "AKT", "DFA", "INT"}
    }
    assert mine - {"FUN-06"} == {rule for rule, _ in BREAKS} == {rule for rule, _ in KEEPS}


@pytest.mark.parametrize("text", ["Chefen nås på 070-174 06 05.", "Tel 070-174 06 05, dagtid", "Ring +46 70-174 06 05"])
def test_a_telephone_number_is_marked_to_its_last_figure(text):
    (said,) = (p for p in found({"44": text}) if p.key == "INT-01.number")
    ((start, end),) = said.spans
    assert text[start:end].endswith("06 05")
