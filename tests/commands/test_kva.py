"""`fmstod kva`: which codes were recorded, for which case, and how many in each month. Nobody is named unasked."""

import csv
import io
import json

import pytest

from fmstod import cli
from fmstod.commands import unlocking
from fmstod.domain.patient import Patient
from fmstod.domain.procedure import Contact, Procedure
from fmstod.storage import opening
from tests.storage.sample import (
    CERTIFICATE,
    CHEAP,
    DV077,
    ISSUER,
    NAME,
    NUMBER,
    PASSPHRASE,
    PLAN,
    TESS,
    document,
    log_of,
    reopened,
)
from tests.storage.test_followups import AW026, FIRST


@pytest.fixture
def home(own_home, monkeypatch):
    monkeypatch.setattr(
        unlocking, "open_store", lambda folder, passphrase: opening.open_store(folder, passphrase, floor=CHEAP)
    )
    store = opening.create_store(own_home, PASSPHRASE, cost=CHEAP)
    store.save_issuer(ISSUER)
    store.save_case("a", TESS, 0)
    store.sign("a", 1, [CERTIFICATE, PLAN], [DV077.changed(name="upprättande av plan")])
    store.followups.finish(FIRST, 0, [AW026])
    call = Procedure(code="GC001", on=AW026.on, source="k", contact=Contact.EMPLOYER, minutes=20)
    store.procedures.register("a", call)
    store.procedures.register("a", call.changed(source="l", minutes=5))
    last = store.open_case("a").procedures[-1]
    store.procedures.revoke(last.id, "=fel samtal")
    store.close()
    return own_home


@pytest.fixture
def told(home, monkeypatch, capsys):
    def tell(*words):
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSPHRASE}\n"))
        code = cli.main(["kva", *words])
        said = capsys.readouterr()
        return code, said.out or said.err

    return tell


def test_the_codes_are_listed_and_counted_by_month(told):
    code, said = told()
    assert code == 0
    lines = said.splitlines()
    assert lines[0] == "2026-11-23  DV077  a  upprättande av plan"
    assert lines[1] == "2026-12-14  AW026  a  uppföljning av plan"
    assert lines[2] == "2026-12-14  GC001  a  koordineringsinsatser (Arbetsgivaren, 20 min)"
    assert "makulerad" in lines[3]
    assert lines[-3:] == ["  2026-11  DV077  1", "  2026-12  AW026  1", "  2026-12  GC001  1  20 min"]


@pytest.mark.parametrize("way", [(), ("--csv",), ("--json",)])
def test_nobody_is_named_unless_asked(told, way):
    for words, named in ((way, False), ((*way, "--names"), True)):
        _code, said = told(*words)
        assert (NAME in said) is named
        assert NUMBER not in said


def test_someone_with_protected_identity_is_never_named(home, told):
    store = reopened(home)
    hidden = Patient(name="Hemlig Hansson", protected=True)
    store.save_case("b", TESS.changed(patient=hidden), 0)
    store.sign("b", 1, [(document(name="d2", patient=hidden), b"")], [])
    store.procedures.register("b", Procedure(code="GC001", on=AW026.on, source="m", contact=Contact.PATIENT, minutes=1))
    store.close()
    _code, said = told("--names")
    assert "skyddade personuppgifter" in said
    assert "Hemlig" not in said


def test_as_json_it_holds_all_and_the_counts(told):
    code, said = told("--json", "--from", "2026-12-01", "--to=2026-12-31")
    found = json.loads(said)
    assert (code, found["from"], found["to"]) == (0, "2026-12-01", "2026-12-31")
    assert [(row["code"], row["case"], row["source"]) for row in found["procedures"]] == [
        ("AW026", "a", "f1"),
        ("GC001", "a", "k"),
        ("GC001", "a", "l"),
    ]
    assert found["procedures"][2]["reason"] == "=fel samtal"
    assert found["counts"] == [
        {"month": "2026-12", "code": "AW026", "count": 1, "minutes": 0},
        {"month": "2026-12", "code": "GC001", "count": 1, "minutes": 20},
    ]


def test_as_csv_it_opens_in_a_spreadsheet_without_becoming_a_formula(told):
    _code, said = told("--csv")
    rows = list(csv.DictReader(io.StringIO(said)))
    assert [row["code"] for row in rows] == ["DV077", "AW026", "GC001", "GC001"]
    assert rows[3]["reason"] == "'=fel samtal"
    assert rows[0]["unit"] == "Backens vårdcentral"


def test_no_codes_is_said(told):
    assert told("--to", "2020-01-01") == (0, "Inga koder är registrerade de dagarna.\n")


@pytest.mark.parametrize(
    "words",
    [
        ["--from", "i går"],
        ["--from"],
        ["--to", "2026-02-30"],
        ["--csv", "--json"],
        ["vad"],
        ["--from", "2026-12-01", "--to", "2026-11-01"],
    ],
)
def test_what_isnt_understood_is_answered_without_opening_the_store(home, words, capsys):
    assert cli.main(["kva", *words]) == 2
    assert capsys.readouterr().err
    store = reopened(home)
    assert sum(row["activityType"] == "Lista" for row in log_of(store)) == 0
    store.close()
