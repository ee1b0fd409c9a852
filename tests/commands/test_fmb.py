"""`fmstod fmb` as another program or a person meets it."""

import csv
import json
from pathlib import Path

import pytest

from fmstod.commands import fmb
from fmstod.files import read_library
from fmstod.fmb import InUse
from tests.knowledge.exports import codes_of
from tests.knowledge.libraries import as_exported

KEYS = [
    "asked",
    "resolved",
    "entry",
    "title",
    "group",
    "note",
    "retrieved",
    "changed",
    "checked",
    "reviewed",
    "max_days",
    "recommendations",
    "icf",
    "rechecked",
    "replaces",
]
OF_EACH = [
    "id",
    "icd10se",
    "when",
    "kind",
    "time",
    "unit",
    "min_time",
    "days",
    "limit_days",
    "extent",
    "prefer",
    "text",
    "note",
]
FACTS = Path(__file__).parent.parent / "files" / "fmb_facts.tsv"


def test_a_code_gives_one_line_of_json_with_every_key_in_its_order(ask):
    code, (line,), error = ask("f32.1", "--json")
    told = json.loads(line)
    assert (code, error) == (0, "")
    assert list(told) == KEYS
    assert [list(each) for each in told["recommendations"]] == [OF_EACH] * 3
    assert (told["asked"], told["resolved"], told["entry"], told["max_days"]) == ("f32.1", "F32", 508, 186)
    assert (told["retrieved"], told["changed"], told["checked"], told["reviewed"]) == (
        "2020-04-02",
        "2017-01-30",
        "2026-11-24",
        None,
    )
    assert (told["rechecked"], told["replaces"]) == (None, [])
    assert told["recommendations"][1] == {
        "id": 510,
        "icd10se": ["F32"],
        "when": {"severity": ["mild"]},
        "kind": "at_most",
        "time": 3,
        "unit": "month",
        "min_time": None,
        "days": 93,
        "limit_days": 93,
        "extent": ["part", "full"],
        "prefer": "part",
        "text": "Lindrig: upp till 3 månader, deltid i första hand.",
        "note": ["duplicate_conditions"],
    }
    assert told["icf"]["impairment"]["central"][0] == {
        "code": "b126",
        "label": "Temperament och personlighetsfunktioner",
    }


def test_days_are_the_exports_and_limit_days_ours(ask):
    _, lines, _ = ask("M32", "M45", "F41.1", "--json")
    days = {r["id"]: (r["days"], r["limit_days"]) for line in lines for r in json.loads(line)["recommendations"]}
    assert (days[368], days[357], days[515], days[513]) == ((93, 186), (93, None), (28, None), (0, 0))


def test_only_the_recommendations_of_the_resolved_code_are_listed(ask):
    _, (line,), _ = ask("S83.4", "--json")
    assert [r["id"] for r in json.loads(line)["recommendations"]] == [224, 226, 229, 230]


def test_an_entry_made_by_hand_tells_when_it_was_compared_and_what_it_replaces(ask):
    _, (line,), _ = ask("G43", "--json")
    told = json.loads(line)
    assert (told["entry"], told["note"]) == (831, ["icf_of_replaced"])
    assert (told["changed"], told["checked"], told["rechecked"], told["replaces"]) == (
        "2024-01-25",
        None,
        "2026-09-26",
        [126],
    )
    assert [(r["id"], r["limit_days"], r["note"]) for r in told["recommendations"]] == [
        (831001, 0, []),
        (831002, None, ["stepwise_return"]),
        (831003, None, []),
        (831004, 21, []),
    ]


def test_a_changed_entry_says_so_and_gives_no_limit(ask, monkeypatch):
    old = as_exported(read_library())
    monkeypatch.setattr(fmb, "in_use", lambda _: InUse(old, ""))
    _, (line,), _ = ask("G43", "--json")
    told = json.loads(line)
    assert (told["note"], told["max_days"]) == (["changed_at_source"], 0)
    assert [r["limit_days"] for r in told["recommendations"]] == [None]
    _, lines, _ = ask("G43")
    assert "  Ändrad hos Socialstyrelsen efter 2020, se källan." in lines


@pytest.mark.parametrize("code", ["F43.9", "F43.8W", "Q99", "G45.0"])
def test_a_code_without_fmb_has_its_own_answer_and_exit_code(ask, code):
    exit_code, (line,), _ = ask(code, "--json")
    assert json.loads(line) == {"asked": code, "resolved": None, "entry": None, "recommendations": [], "lost": None}
    assert list(json.loads(line)) == ["asked", "resolved", "entry", "recommendations", "lost"]
    assert exit_code == 3


def test_a_code_that_lost_its_recommendation_is_told_so_and_not_shown_the_old_one(ask):
    exit_code, (line,), error = ask("M79.1")
    assert (exit_code, error) == (3, "")
    assert line == "FMB gäller inte längre M79.1. Långvarig smärta inklusive fibromyalgi gäller R52.2 och M79.7."
    exit_code, (line,), _ = ask("M79.1", "--json")
    told = json.loads(line)
    assert (exit_code, told["entry"], told["recommendations"]) == (3, None, [])
    assert told["lost"] == {
        "code": "M79",
        "entry": 271,
        "now": {"entry": 847, "title": "Långvarig smärta inklusive fibromyalgi", "icd10se": ["R522", "M797"]},
    }


def test_people_are_told_which_code_is_meant_instead(ask):
    assert ask("F43.8W") == (3, ["FMB gäller F43.8A, inte F43.8W."], "")


def test_a_code_of_ksh97_p_is_explained_and_not_called_malformed(ask):
    assert ask("F32-") == (3, ["F32- hör till KSH97-P. FMB finns för ICD-10-SE: F32."], "")
    exit_code, (line,), _ = ask("F43-P", "--json")
    assert (exit_code, json.loads(line)["resolved"]) == (3, None)


def test_a_malformed_code_is_told_and_the_others_are_answered(ask):
    exit_code, lines, _ = ask("F4", "F32", "Q99", "--json")
    told = [json.loads(line) for line in lines]
    assert [list(each)[:2] for each in told] == [["asked", "error"], ["asked", "resolved"], ["asked", "resolved"]]
    assert exit_code == 2
    assert ask("F32", "Q99")[0] == 3


def test_the_answer_for_people_names_source_date_and_that_nobody_has_rechecked(ask):
    code, lines, _ = ask("F43.8A")
    assert code == 0
    assert lines[0] == "F43.8A Utmattningssyndrom"
    assert "  Akut fas: upp till 6 månader, heltid eller deltid." in lines
    assert any("Uppgift från 2020, ej jämförd med dagens sida" in line for line in lines)
    assert lines[-1].strip().startswith("https://")


def test_every_code_gives_the_exports_days_and_icf_codes(ask):
    rows = list(csv.DictReader(FACTS.read_text(encoding="utf-8").splitlines(), delimiter="\t"))
    exported = read_library().meta.exported
    codes = [code for entry in read_library().entries for code in entry.icd10se if entry.fmb in exported]
    exit_code, lines, _ = ask(*codes, "--json")
    assert (exit_code, len(lines)) == (0, 306 - 13)  # the codes of the four entries that are replaced
    for line in lines:
        told = json.loads(line)
        of_code = {int(r["id"]): r for r in rows if told["resolved"] in codes_of(r)}
        in_days = {"d": 1, "wk": 7, "mo": 31, "": None}
        said = {i: int(r["number"]) * in_days[r["unit"]] if r["number"] else None for i, r in of_code.items()}
        assert {r["id"]: r["days"] for r in told["recommendations"]} == said
        for row in of_code.values():
            for part in ("impairment", "limitation"):
                for rank in ("central", "additional"):
                    assert [c["code"] for c in told["icf"][part][rank]] == row[f"{part}_{rank}"].split()


@pytest.mark.parametrize("arguments", [[], ["--json"], ["F32", "--xml"], ["import"], ["import", "a.json", "--to", "b"]])
def test_a_wrong_call_is_told_on_the_other_stream(ask, arguments):
    code, lines, error = ask(*arguments)
    assert (code, lines) == (2, [])
    assert error.count("\n") == 1
    assert not error.startswith("Traceback")


def test_help_is_no_mistake(ask):
    for arguments in (["--help"], ["import", "--help"]):
        code, (line,), _ = ask(*arguments)
        assert code == 0
        assert "fmstod fmb" in line
