"""The seal on a paper: what any reader finds, that the standards still hold, and that equal papers are sealed equally."""

import io
import socket
from datetime import UTC, datetime, timedelta

import page
import pikepdf
import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature

from fmstod.reports.seal import FIELD, seal
from tests.reports.reading import page_texts
from tests.reports.sealing import AT, UNIT, new_key, sealed, trust_in
from tests.reports.test_papers import CONTENT, MAKE, made


def as_pyhanko_sees(pdf, certificate):
    (found,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    return found, validate_pdf_signature(found, trust_in(certificate))


@pytest.mark.parametrize("paper", MAKE)
@pytest.mark.parametrize("content", CONTENT)
def test_a_sealed_paper_keeps_the_standards_for_archives_and_for_screen_readers(paper, content, tmp_path):
    file = tmp_path / "paper.pdf"
    file.write_bytes(sealed(made(paper, content)))
    for profile in ("2a", "ua1"):
        found = page.validate_pdf(str(file), profile=profile)
        assert found.is_compliant, [(failure.rule_id, failure.message) for failure in found.failures]


def test_without_our_two_changes_the_writer_of_pyhanko_would_break_the_archive_standard(tmp_path, monkeypatch):
    monkeypatch.setattr("fmstod.reports.seal._Writer", IncrementalPdfFileWriter)
    file = tmp_path / "paper.pdf"
    file.write_bytes(sealed(made("certificate")))
    assert not page.validate_pdf(str(file), profile="2a").is_compliant


def test_pyhanko_finds_one_whole_seal_by_the_unit_at_the_time_of_the_record():
    key = new_key()
    found, status = as_pyhanko_sees(sealed(made("certificate"), key), key.certificate)
    assert status.bottom_line
    assert (status.intact, status.valid, status.trusted) == (True, True, True)
    assert (status.coverage.name, status.modification_level.name) == ("ENTIRE_FILE", "NONE")
    assert found.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert found.signer_cert.subject.native["common_name"] == UNIT
    assert found.self_reported_timestamp == AT
    signed = {attribute["type"].native for attribute in found.signer_info["signed_attrs"]}
    assert signed == {"content_type", "message_digest", "signing_certificate_v2"}
    assert not found.signer_info["unsigned_attrs"], "no time-stamp: nobody was asked for one"


def test_the_file_itself_says_that_it_is_no_qualified_signature():
    pdf = sealed(made("certificate"))
    (found,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    assert "eget sigill" in found.sig_object["/Reason"]
    assert "ingen kvalificerad" in found.sig_object["/Reason"]
    assert "fmstod verify" in found.sig_object["/ContactInfo"]
    last = " ".join(page_texts(pdf)[-1].split())
    assert "vårdenhetens eget sigill" in last
    assert "ingen kvalificerad underskrift" in last


def test_the_pages_are_those_of_the_paper_before_it_was_sealed():
    before = made("certificate")
    after = sealed(before)
    assert page_texts(after) == page_texts(before)
    with pikepdf.open(io.BytesIO(before)) as old, pikepdf.open(io.BytesIO(after)) as new:
        for was, now in zip(old.pages, new.pages, strict=True):
            assert now.Contents.read_raw_bytes() == was.Contents.read_raw_bytes()
        assert new.Root.Metadata.read_bytes() == old.Root.Metadata.read_bytes()
        assert new.docinfo == old.docinfo


def test_a_screen_reader_meets_the_seal_last_and_hears_what_it_is_worth():
    with pikepdf.open(io.BytesIO(sealed(made("plan")))) as pdf:
        (field,) = pdf.Root.AcroForm.Fields
        last = pdf.Root.StructTreeRoot.K.K[-1]
        assert (str(field.T), str(last.S), last.K.Obj.objgen) == (FIELD, "/Form", field.objgen)
        assert "ingen kvalificerad elektronisk underskrift" in str(field.TU)
        assert list(field.Rect) == [0, 0, 0, 0], "nothing to see"
        assert field.P.objgen == pdf.pages[-1].objgen


def test_a_draft_has_no_field_for_a_signature():
    for paper in MAKE:
        assert b"/AcroForm" not in made(paper, draft=True)


def test_same_paper_key_and_time_give_the_same_bytes():
    key, pdf = new_key(), made("certificate")
    assert sealed(pdf, key) == sealed(pdf, key)
    assert sealed(pdf, key) != sealed(pdf, new_key())
    assert sealed(pdf, key) != seal(pdf, key.certificate, key.sign, AT + timedelta(seconds=1))


def test_nobody_on_a_net_is_asked(monkeypatch):
    def refuse(*_):
        raise AssertionError("asks the net")

    for name in ("connect", "connect_ex", "bind", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert sealed(made("plan"))


def test_papers_are_sealed_whatever_their_file_id_looks_like():
    """One id in five reads as text, and pyHanko gives it as such."""
    key = new_key()
    ids = set()
    for minute in range(40):
        pdf = sealed(made("plan", "empty", signed_at=datetime(2026, 11, 23, 9, minute, tzinfo=UTC)), key)
        with pikepdf.open(io.BytesIO(pdf)) as file:
            ids.add(tuple(bytes(part) for part in file.trailer.ID))
    assert len(ids) == 40
