"""Where a rule of quality says what a rule of the form says, one of them speaks (sickleave.md 5.4)."""

import json

import pytest

from fmstod.certificate.certificate_file import read_file
from fmstod.commands.check import check_file
from fmstod.files import own_codes, read_library
from tests.quality.certificates import ON, WELL

JOURNAL = [{"kind": "JOURNALUPPGIFTER", "date": "2026-11-23"}]
LATE = [{"degree": 100, "from": "2026-11-02", "to": "2026-12-20"}]
TWO = ["NUVARANDE_ARBETE", "STUDIER"]


def told(changes):
    """Rule and level of what is said of the good certificate with other answers, the unverified code aside."""
    content = {"form": "fk7804", "version": "2.0", "patient": {"id": "19840512-9803"}, "answers": {**WELL, **changes}}
    content["unit"] = {
        "address": "Exempelgatan 1",
        "postcode": "123 45",
        "town": "Exempelstad",
        "phone": "08-465 004 22",
    }
    checked = check_file(read_file(json.dumps(content).encode()), ON, own_codes(read_library()))
    return [(problem.rule, problem.level.value) for problem in checked.problems if problem.rule != "DX-7"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"35": ""}, [("FN-1", "error")]),
        ({"17": ""}, [("AB-1", "error")]),
        ({"29": ""}, [("SY-3", "error")]),
        ({"39": "PROGNOS_OKLAR"}, [("PR-4", "error")]),
        ({"1": JOURNAL}, [("U-2", "warning")]),
        ({"1": JOURNAL, "25": "Patienten har covid-19."}, [("U-2", "warning")]),
        ({"32": LATE}, [("U-1", "warning")]),
        ({"28": TWO}, [("U-3", "warning")]),
        ({"6": []}, [("DX-1", "error")]),
    ],
)
def test_one_rule_speaks(changes, expected):
    said = told(changes)
    assert [each for each in said if each in expected] == expected
    assert len({rule for rule, _ in said}) == len(said)
    restated = {"FUN", "AKT", "GRU", "YRK", "PRO", "STR", "DIA"}
    assert [rule for rule, _ in said if rule[:3] in restated] == []


def test_the_form_reminds_by_a_tip_where_a_reason_is_there():
    short = [{"degree": 100, "from": "2026-11-23", "to": "2026-12-04"}]
    well = {"1": JOURNAL, "32": short, "25": "Patienten är väl känd, undersöktes den 9 november."}
    assert ("U-2", "tip") in told(well)
