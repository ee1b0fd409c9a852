"""`fmstod sickleave` as a user or another program calls it."""

import json
from datetime import date, timedelta

import pytest

from fmstod.cli import main
from fmstod.commands import sickleave

ON = ["--on", "2026-01-31"]


def certificate(name, *periods, signed="2026-01-01"):
    rows = [{"from": first, "to": last, "degree": degree} for first, last, degree in periods]
    return {"id": name, "signed": signed, "periods": rows}


AUTUMN = certificate("h", ("2025-11-01", "2025-11-20", 100))
JANUARY = certificate("a", ("2026-01-01", "2026-01-14", 100))
LATER = certificate("b", ("2026-01-18", "2026-01-31", 50))


@pytest.fixture
def told(tmp_path, capsys):
    """What is told of certificates, as JSON; `frame` is what else the file holds."""

    def tell(certificates, *arguments, **frame):
        path = tmp_path / "x.json"
        path.write_text(json.dumps({"certificates": certificates, **frame}), encoding="utf-8")
        assert main(["sickleave", str(path), "--json", *arguments]) == 0
        return json.loads(capsys.readouterr().out)

    return tell


@pytest.fixture
def refused(tmp_path, capsys):
    """Why a file is refused."""

    def refuse(content):
        path = tmp_path / "x.json"
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        assert main(["sickleave", str(path), *ON]) == 2
        said = capsys.readouterr()
        assert said.out == ""
        name, reason = said.err.strip().split(": ", 1)
        assert name == str(path)
        return reason

    return refuse


def test_the_worked_example(told):
    assert told([LATER, AUTUMN, JANUARY], *ON) == {
        "on": "2026-01-31",
        "cases": [
            {
                "start": "2025-11-01",
                "end": "2025-11-20",
                "active": False,
                "union_days": 20,
                "calendar_day": None,
                "net_days": 20,
                "certificates": ["h"],
            },
            {
                "start": "2026-01-01",
                "end": "2026-01-31",
                "active": True,
                "union_days": 28,
                "calendar_day": 31,
                "net_days": 21,
                "certificates": ["a", "b"],
            },
        ],
        "chain_day": 48,
        "chain_days_total": 48,
        "milestones": [{"day": 8, "date": "2026-01-08", "rule": "läkarintyg, 8 § lagen (1991:1047) om sjuklön"}],
    }


def test_no_certificates_are_no_error(told):
    nothing = {"cases": [], "chain_day": None, "chain_days_total": None, "milestones": []}
    assert told([], *ON, days_before=30) == {"on": "2026-01-31", **nothing}
    assert told([certificate("a")], *ON) == {"on": "2026-01-31", **nothing}


@pytest.mark.parametrize(
    ("on", "chain_day"),
    [("2025-10-31", None), ("2025-11-01", 1), ("2025-11-20", 20), ("2026-02-18", 20), ("2026-02-19", None)],
)
def test_a_day_lies_in_a_chain_until_ninety_days_after_it(told, on, chain_day):
    said = told([AUTUMN], "--on", on)
    assert said["chain_day"] == chain_day
    assert said["chain_days_total"] == (chain_day and 20)


def test_days_before_belong_to_the_chain_of_the_day_alone(told):
    far = certificate("z", ("2027-01-01", "2027-01-10", 100))
    said = told([AUTUMN, far], "--on", "2025-11-03", days_before=90)
    assert (said["chain_day"], said["chain_days_total"]) == (93, 110)
    assert [(each["day"], each["date"]) for each in said["milestones"]] == [
        (8, "2025-11-08"),
        (15, "2025-11-15"),
        (91, "2025-11-01"),
    ]
    assert told([AUTUMN, far], "--on", "2027-01-01", days_before=3)["chain_day"] == 4


def milestones(said):
    return {each["day"]: each["date"] for each in said["milestones"]}


def test_two_years_have_every_day_of_the_law(told):
    first = date(2026, 1, 1)
    said = told([certificate("a", (f"{first}", "2027-12-31", 100))], *ON)
    assert milestones(said) == {n: f"{first + timedelta(n - 1)}" for n in (8, 15, 30, 91, 181, 366, 550)}
    assert all(each["rule"] for each in said["milestones"])


@pytest.mark.parametrize(("last", "has_plan"), [("2026-02-28", False), ("2026-03-01", True)])
def test_day_thirty_is_a_day_of_the_law_in_a_case_of_sixty_days(told, last, has_plan):
    assert (30 in milestones(told([certificate("a", ("2026-01-01", last, 100))], *ON))) is has_plan


def test_a_day_in_a_gap_is_no_sick_day_and_not_listed(told):
    assert 15 not in milestones(told([JANUARY, LATER], *ON)), "15 January lies between them"


def test_the_days_of_the_law_are_those_of_the_case_that_the_day_lies_in(told):
    two = [AUTUMN, certificate("a", ("2026-01-01", "2026-01-31", 100))]
    assert milestones(told(two, "--on", "2025-11-10")) == {8: "2025-11-08", 15: "2025-11-15"}
    assert milestones(told(two, "--on", "2026-01-10")) == {8: "2026-01-08", 15: "2026-01-15"}
    assert milestones(told(two, "--on", "2025-12-10")) == {}, "it lies in a chain, but in no case"


def test_a_day_whose_law_has_not_been_read_says_so(told):
    said = told([certificate("a", ("1999-01-01", "1999-01-31", 100))], "--on", "1999-01-10")
    assert [each["rule"] for each in said["milestones"]] == ["lagens ordalydelse den dagen är inte läst"] * 2


@pytest.mark.parametrize(("gap", "cases"), [("0", 2), ("2", 2), ("3", 1), ("=3", 1), ("41", 1)])
def test_the_gap_joins_cases(told, gap, cases):
    arguments = [f"--gap{gap}"] if gap.startswith("=") else ["--gap", gap]
    assert len(told([JANUARY, LATER], *ON, *arguments)["cases"]) == cases


def test_the_degree_signed_last_counts_and_at_the_same_time_the_higher(told):
    days = ("2026-01-01", "2026-01-01")
    one, two = certificate("a", (*days, 100)), certificate("b", (*days, 25), signed="2026-01-02")
    assert told([two, one], *ON)["cases"][0]["net_days"] == 0.25
    assert told([one, {**two, "signed": "2026-01-01T00:00:00Z"}], *ON)["cases"][0]["net_days"] == 1
    assert told([one, {**two, "signed": "2026-01-01T00:30:00+01:00"}], *ON)["cases"][0]["net_days"] == 1


def test_whole_days_are_told_whole_and_quarters_exactly(told):
    said = told([certificate("a", ("2026-01-01", "2026-01-03", 25), ("2026-01-04", "2026-01-04", 50))], *ON)
    assert json.dumps(said["cases"][0]["net_days"]) == "1.25"
    assert json.dumps(told([JANUARY], *ON)["cases"][0]["net_days"]) == "14"


def test_ids_come_back_as_they_were(told):
    without = {name: value for name, value in JANUARY.items() if name != "id"}
    assert told([LATER, without, {**JANUARY, "id": 7}, {**JANUARY, "id": "7"}], *ON)["cases"][0]["certificates"] == [
        7,
        "7",
        None,
        "b",
    ]


def test_without_a_day_it_is_today(told, monkeypatch):
    monkeypatch.setattr(sickleave, "today", lambda: date(2026, 1, 5))
    assert told([JANUARY])["cases"][0]["calendar_day"] == 5


def test_the_table_tells_each_count_with_its_name_rule_and_source(tmp_path, capsys):
    path = tmp_path / "x.json"
    path.write_text(json.dumps({"certificates": [JANUARY, LATER, AUTUMN], "days_before": 0}), encoding="utf-8")
    assert main(["sickleave", str(path), "--on", "2026-01-20"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "Längd som i Rehabstöd: 28 dagar" in lines
    assert "Uppskattad dag som i Rehabstöd: dag 19" in lines
    assert "Kalenderdag i fallet: dag 20" in lines
    assert "Dag i rehabiliteringskedjan: minst dag 37, uppskattad; Försäkringskassan räknar" in lines
    assert "  minst dag 48 när intygen slutar, uppskattad; Försäkringskassan räknar" in lines
    assert sum("Källa: " in line for line in lines) == 4
    assert any(
        line.startswith("pågår") and "2026-01-01   2026-01-31   28           21           2" in line for line in lines
    )


def test_the_table_has_no_holes_where_there_is_nothing(tmp_path, capsys):
    path = tmp_path / "x.json"
    path.write_text('{"certificates": []}', encoding="utf-8")
    assert main(["sickleave", str(path), *ON]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "Filen har ingen sjukskrivning."
    path.write_text(json.dumps({"certificates": [JANUARY]}), encoding="utf-8")
    assert main(["sickleave", str(path), "--on", "2027-01-01"]) == 0
    assert "inte i något sjukfall" in capsys.readouterr().out


def test_nothing_of_a_file_reaches_the_terminal_as_a_command(tmp_path, capsys):
    path = tmp_path / "x.json"
    path.write_text(json.dumps({"certificates": [{**JANUARY, "id": "\x1b[2J"}]}), encoding="utf-8")
    assert main(["sickleave", str(path), *ON]) == 0
    path.write_text(json.dumps({"certificates": [{**JANUARY, "\x1b[2J": 1}]}), encoding="utf-8")
    assert main(["sickleave", str(path), *ON]) == 2
    said = capsys.readouterr()
    assert "\x1b" not in said.out + said.err


def with_period(**values):
    return {
        "certificates": [{**JANUARY, "periods": [{"from": "2026-01-01", "to": "2026-01-14", "degree": 100, **values}]}]
    }


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (
            with_period(to="2025-12-31"),
            "certificates[0].periods[0]: perioden slutar innan den börjar. Rätta from eller to.",
        ),
        (with_period(to="2026-02-30"), "certificates[0].periods[0].to: skriv en dag som finns, ÅÅÅÅ-MM-DD."),
        ({"certificates": [{**JANUARY, "signed": "i går"}]}, "certificates[0].signed: skriv när intyget signerades"),
        (with_period(degree=60), "certificates[0].periods[0].degree: skriv 25, 50, 75 eller 100."),
        ({"certificates": [], "days_before": -1}, "days_before: skriv ett heltal från 0 till 36500."),
        ({}, "certificates: nyckeln saknas."),
        ({"certificates": [], "patient": "x"}, "patient: nyckeln är okänd."),
        ([], "filen: skriv ett objekt"),
    ],
)
def test_a_refusal_says_where_and_what_to_do(refused, content, reason):
    assert refused(content).startswith(reason)


def without(name):
    period = {"from": "2026-01-01", "to": "2026-01-14", "degree": 100}
    return {"certificates": [{**JANUARY, "periods": [{key: period[key] for key in period if key != name}]}]}


@pytest.mark.parametrize(
    "content",
    [
        *(with_period(**{"from": day}) for day in ("20260101", "2026-1-1", "2026-01-01T00:00", "", None, 20260101, "٢٠٢٦-٠١-٠١")),
        *(with_period(degree=degree) for degree in (0, 101, "100", 100.0, True, None, [100], 10**19)),
        *(without(name) for name in ("from", "to", "degree")),
        *({"certificates": [{**JANUARY, "signed": at}]} for at in ("2026-13-01", "2026-W01", "2026-01-01T25:00", None, 1)),
        *({"certificates": [{**JANUARY, "id": name}]} for name in (True, 1.5, [], {})),
        *({"certificates": [], "days_before": days} for days in (1.5, "1", True, None, 36_501, 10**19)),
        *({"certificates": rows} for rows in (None, {}, "", [None], [[]], [{"id": "a", "signed": "2026-01-01"}])),
        {"certificates": [{"id": "a", "periods": []}]},
        b"",
        b"\xff\xfe{}",
        b'{"certificates": [], "days_before": NaN}',
        b'{"certificates": [], "days_before": 1e999}',
        b'{"certificates": [], "days_before": 100000000000000000000000}',
        b'{"certificates": [], "certificates": []}',
        b'{"certificates": [{"id": "\\ud800", "signed": "2026-01-01", "periods": []}]}',
        b"[" * 100_000,
        b'{"certificates": [' + b"0," * 2_000_000 + b"0]}",
        b" " * 6_000_000,
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_one_sentence_and_its_content_is_not_told(refused, content):
    reason = refused(content)
    assert reason.endswith(".")
    assert "{" not in reason
    assert "\n" not in reason


def test_a_program_gets_the_refusal_as_json(tmp_path, capsys):
    assert main(["sickleave", str(tmp_path / "gone.json"), "--json"]) == 2
    assert json.loads(capsys.readouterr().out) == {
        "file": str(tmp_path / "gone.json"),
        "error": "Filen finns inte. Se efter att namnet är rätt.",
    }
    assert main(["sickleave", str(tmp_path)]) == 2
    assert "går inte att läsa" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["a", "b"],
        ["a", "--on"],
        ["a", "--on", "2026-02-30"],
        ["a", "--on="],
        ["a", "--gap", "-1"],
        ["a", "--gap", "5.5"],
        ["a", "--gap", "99999"],
        ["a", "--gap"],
        ["a", "--quick"],
    ],
)
def test_a_wrong_call_says_how(arguments, capsys):
    assert main(["sickleave", *arguments]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "fmstod sickleave" in said.err


def test_help_shows_the_shape_of_a_file_that_can_be_read(capsys, tmp_path, told):
    assert main(["sickleave", "--help"]) == 0
    said = capsys.readouterr().out
    shape = next(line for line in said.splitlines() if line.startswith("{"))
    shown = json.loads(shape.replace("ÅÅÅÅ-MM-DD", "2026-01-01"))
    assert told(shown["certificates"], *ON, days_before=shown["days_before"])["cases"]


def test_the_whole_calendar_can_be_counted(told):
    said = told([certificate("a", ("0001-01-01", "9999-12-31", 100))], *ON)
    assert said["cases"][0]["union_days"] == said["chain_days_total"] == date.max.toordinal()
