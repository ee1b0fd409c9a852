"""What is signed in the window is sealed, and the sealed file is the one that is kept, shown and handed out."""

import hashlib
import shutil

import page
import pytest

from fmstod import cli
from fmstod.commands import unlocking
from fmstod.domain.document import DocumentKind
from fmstod.reports.seal_check import Finding, examine
from fmstod.storage import opening
from fmstod.storage.store import Activity, Recipient
from tests.journeys.user import CASE, PASSPHRASE, stored
from tests.storage.sample import CHEAP, Received, log_of

PAPERS = {DocumentKind.CERTIFICATE: "intyg.pdf", DocumentKind.PLAN: "plan.pdf"}


@pytest.fixture
def home(done, own_home):
    """The store that the example leaves, one of its own for each test: reading is logged too."""
    shutil.copytree(done[0] / "store", own_home)
    return own_home


def test_certificate_and_plan_have_one_seal_of_the_unit_at_the_time_of_signing(home):
    seals = []
    with stored(home) as store:
        (row,) = store.cases()
        for document in store.open_case(row.id).documents:
            verdict = examine(store.preview(document.id))
            assert verdict.finding is Finding.INTACT
            assert verdict.seal.at == document.signed_at
            seals.append(verdict.seal)
        assert len(seals) == 2
        assert {seal.unit for seal in seals} == {CASE["issuer"]["unit"]["name"]}
        assert {seal.certificate for seal in seals} == set(store.seals())


def test_the_bytes_handed_out_are_those_that_were_sealed_and_frozen(done, home):
    with stored(home) as store:
        (row,) = store.cases()
        for document in store.open_case(row.id).documents:
            kept, out = store.preview(document.id), Received()
            store.release(document.id, Recipient.PATIENT, Activity.EXPORT, out)
            assert out.got == [kept]
            assert done[1][PAPERS[document.kind]] == kept
            with store._db.begin():
                row = store._db.exec_driver_sql("SELECT sha256 FROM documents WHERE id = ?", (document.id,)).scalar()
            assert row == hashlib.sha256(kept).hexdigest()


def test_the_key_was_made_once_and_the_log_says_so(home):
    with stored(home) as store:
        assert [row["reason"] for row in log_of(store)].count("seal") == 1


@pytest.mark.parametrize("name", PAPERS.values())
def test_the_files_of_the_example_keep_the_standards_and_verify_as_its_own(
    name, done, home, tmp_path, monkeypatch, capsys
):
    file = tmp_path / name
    file.write_bytes(done[1][name])
    for profile in ("2a", "ua1"):
        assert page.validate_pdf(str(file), profile=profile).is_compliant
    monkeypatch.setattr(unlocking, "open_store", lambda folder, word: opening.open_store(folder, word, floor=CHEAP))
    monkeypatch.setattr(unlocking, "_passphrase", lambda: PASSPHRASE)
    assert cli.main(["verify", "--own", str(file)]) == 0
    assert "gjort i den här datamappen" in capsys.readouterr().out
