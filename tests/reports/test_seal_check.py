"""No change of a sealed paper goes unseen, and no file can do harm to the one who asks."""

import contextlib
import io
import random
import re
from collections import Counter
from datetime import timedelta

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError

from fmstod.reports.seal import seal
from fmstod.reports.seal_check import Finding, Verdict, examine, fingerprint
from fmstod.reports.seal_form import NotOurs, Signature, read_signature
from fmstod.storage.seal_key import VALID
from tests.reports.sealing import AT, UNIT, new_key, sealed, trust_in
from tests.reports.test_papers import made

KEY = new_key()
PAPER = made("certificate")
SEALED = sealed(PAPER, KEY)
START, AFTER, REST = (int(n) for n in re.search(rb"/ByteRange \[0 (\d+) (\d+) (\d+)\]", SEALED).groups())
GAP = range(START, AFTER)
REFUSED = {Finding.CHANGED, Finding.CUT, Finding.ADDED, Finding.NO_PDF, Finding.NO_SEAL, Finding.FOREIGN}


def flipped(place, bit):
    changed = bytearray(SEALED)
    changed[place] ^= 1 << bit
    return bytes(changed)


def finding(pdf):
    return examine(pdf).finding


def test_an_untouched_paper_says_whose_seal_it_has_and_when_it_was_signed():
    verdict = examine(SEALED)
    assert verdict.finding is Finding.INTACT
    assert (verdict.seal.unit, verdict.seal.at, verdict.seal.certificate) == (UNIT, AT, KEY.certificate)


def test_the_range_is_the_whole_file_but_the_signature():
    assert len(SEALED) == AFTER + REST
    assert SEALED[START : START + 1] == b"<"
    assert SEALED[AFTER - 1 : AFTER] == b">"


def test_of_400_flipped_bits_inside_the_signed_range_none_is_accepted():
    chance = random.Random(4)
    signed = [place for place in range(len(SEALED)) if place not in GAP]
    found = Counter(finding(flipped(place, chance.randrange(8))) for place in chance.sample(signed, 400))
    assert found.total() == 400
    assert set(found) <= REFUSED
    assert found[Finding.CHANGED] > 390, "said as what it is, but where the flip hides the seal itself"


def test_no_byte_of_the_signature_itself_can_be_flipped_either():
    chance = random.Random(5)
    assert {finding(flipped(place, chance.randrange(8))) for place in GAP} <= REFUSED


def test_pyhanko_refuses_what_we_refuse_inside_the_signed_range():
    chance = random.Random(6)
    for place in chance.sample(range(1000, START - 3000), 12):
        changed = flipped(place, chance.randrange(8))
        assert finding(changed) in REFUSED
        with contextlib.suppress(PdfError, SignatureValidationError):  # so broken that it can't be read at all
            (found,) = PdfFileReader(io.BytesIO(changed)).embedded_signatures
            assert not validate_pdf_signature(found, trust_in(KEY.certificate)).intact


@given(st.integers(0, len(SEALED) - 1), st.binary(max_size=40), st.integers(0, 40))
def test_no_splice_is_accepted(place, put, gone):
    changed = SEALED[:place] + put + SEALED[place + gone :]
    assert (finding(changed) is Finding.INTACT) is (changed == SEALED)


@given(st.integers(0, len(SEALED) - 1))
def test_no_part_of_the_paper_is_accepted_for_the_whole(length):
    assert finding(SEALED[:length]) in REFUSED


@pytest.mark.parametrize("added", [b" ", b"\n", b"\0", b"%%EOF\n", SEALED, PAPER])
def test_whatever_is_added_after_the_seal_is_refused(added):
    assert finding(SEALED + added) is Finding.ADDED
    assert finding(added + SEALED) in REFUSED


def test_an_update_that_shows_other_words_is_refused():
    """A shadow attack: the sealed bytes are whole, but readers show what was appended."""
    writer = IncrementalPdfFileWriter(io.BytesIO(SEALED))
    page = writer.find_page_for_modification(0)[0].get_object()
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"BT (Helt annat) Tj ET"))
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)
    assert out.getvalue().startswith(SEALED)
    assert finding(out.getvalue()) is Finding.ADDED


def test_a_second_seal_by_somebody_else_does_not_hide_the_change():
    writer = IncrementalPdfFileWriter(io.BytesIO(SEALED))
    writer.root["/Lang"] = generic.pdf_string("en")
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    assert finding(out.getvalue()) is Finding.ADDED
    assert finding(out.getvalue() + sealed(PAPER, new_key())[START - 200 :]) is Finding.ADDED


def test_the_seal_of_one_paper_does_not_fit_another():
    other = sealed(made("certificate", signed_at=AT + timedelta(minutes=1)), KEY)
    place = re.search(rb"/ByteRange \[0 (\d+) (\d+) ", other)
    start, after = int(place[1]), int(place[2])
    assert finding(other) is Finding.INTACT
    assert finding(other[:start] + SEALED[START:AFTER] + other[after:]) is Finding.CHANGED


def test_another_time_is_a_change():
    assert SEALED.count(b"20261123094200Z") == 1
    assert finding(SEALED.replace(b"20261123094200Z", b"20261122094200Z")) is Finding.CHANGED


def test_a_paper_whose_seal_was_taken_off_is_refused():
    with pikepdf.open(io.BytesIO(SEALED)) as pdf:
        del pdf.Root.AcroForm
        for page in pdf.pages:
            if "/Annots" in page:
                del page.Annots
        out = io.BytesIO()
        pdf.save(out)
    assert finding(out.getvalue()) in REFUSED
    assert finding(SEALED[: SEALED.index(b"%%EOF") + 6]) is Finding.CUT, "back to before it was sealed"
    assert finding(PAPER) is Finding.NO_SEAL


def test_a_paper_written_anew_by_another_program_is_refused():
    with pikepdf.open(io.BytesIO(SEALED)) as pdf:
        out = io.BytesIO()
        pdf.save(out)
    assert finding(out.getvalue()) is Finding.CHANGED


@pytest.mark.parametrize("late", [VALID + timedelta(seconds=1), timedelta(seconds=-1)])
def test_a_seal_outside_the_years_of_its_certificate_is_told_apart(late):
    verdict = examine(seal(PAPER, KEY.certificate, KEY.sign, AT + late))
    assert verdict.finding is Finding.OUT_OF_TIME
    assert verdict.seal.at == AT + late


def test_a_certificate_with_another_key_in_it_is_refused():
    """Same name, and even the true certificate: the signature isn't its key's."""
    assert finding(seal(PAPER, KEY.certificate, new_key().sign, AT)) is Finding.CHANGED


def test_another_maker_of_the_same_name_is_told_apart_by_the_fingerprint_only():
    other = new_key()
    verdict = examine(sealed(PAPER, other))
    assert (verdict.finding, verdict.seal.unit) == (Finding.INTACT, UNIT)
    assert verdict.seal.fingerprint != fingerprint(KEY.certificate)
    assert re.fullmatch(r"([0-9A-F]{4} ){7}[0-9A-F]{4}", verdict.seal.fingerprint)


def own_made(key, issuer=None, name=UNIT):
    """A certificate as somebody else could make one."""
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    by = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Annan")]) if issuer else subject
    made_ = x509.CertificateBuilder().subject_name(subject).issuer_name(by).public_key(key.public_key())
    made_ = made_.serial_number(7).not_valid_before(AT).not_valid_after(AT + VALID)
    return made_.sign(issuer or key, SHA256()).public_bytes(Encoding.DER)


def signing(key):
    return lambda data: key.sign(data, ec.ECDSA(SHA256()))


@pytest.mark.parametrize("how", ["other curve", "issued by another", "signed by another's key"])
def test_seals_of_another_kind_are_not_taken_for_ours(how):
    key, other = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    curve = ec.generate_private_key(ec.SECP384R1())
    certificate, signer = {
        "other curve": (own_made(curve), curve),
        "issued by another": (own_made(key, issuer=other), key),
        "signed by another's key": (own_made(key), other),
    }[how]
    assert finding(seal(PAPER, certificate, signing(signer), AT)) in REFUSED


def test_a_hostile_name_does_nothing_to_the_screen():
    key = ec.generate_private_key(ec.SECP256R1())
    verdict = examine(seal(PAPER, own_made(key, name="\x1b[2JA\u202e\nB"), signing(key), AT))
    assert verdict.finding is Finding.INTACT
    assert verdict.seal.unit == "?[2JA??B"


def test_a_file_that_is_signed_otherwise_is_said_to_be_so():
    foreign = PAPER + b"1 0 obj <</Type/Sig/ByteRange[0 10 20 30]/Contents<00>>> endobj"
    assert finding(foreign) is Finding.FOREIGN
    assert finding(PAPER + b"/ByteRange [0 10 20 30] ") is Finding.FOREIGN


HEAD = b"%PDF-1.7\n"
HOSTILE = [
    b"",
    HEAD + b"/ByteRange [0 0 0 0]",
    HEAD + b"/ByteRange [0 999999999 999999999 999999999] fmstod verify",
    HEAD + b"/ByteRange [0 1 2 3]" * 20_000,
    HEAD + b"/ByteRange [0 -1 -2 -3]",
    HEAD + b"/ByteRange [0 " + b"9" * 100_000 + b" 1 1]",
    HEAD + b"/ByteRange " * 100_000,
    HEAD + b"(" * 1_000_000,
    HEAD + b"<" + b"3080" * 16_000 + b">/ByteRange [0 9 64011 45] fmstod verify /M (D:20261123094200Z)",
    HEAD + b"<" + b"30" * 8_000 + b">/ByteRange [0 9 16011 45] fmstod verify /M (D:20261123094200Z)",
]


@pytest.mark.parametrize("content", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_file_is_refused(content):
    assert finding(content) in REFUSED


@given(st.binary(max_size=300), st.integers(0, 400), st.integers(0, 400), st.integers(0, 400))
def test_any_bytes_at_all_are_refused(content, start, after, rest):
    assert examine(content) == Verdict(Finding.NO_PDF) or content.startswith(b"%PDF-")
    words = HEAD + content + f"/ByteRange [0 {start} {after} {rest}] fmstod verify".encode() + content
    assert finding(words) in REFUSED


WRITTEN = bytes.fromhex(SEALED[START + 1 : AFTER - 1].decode())


@given(st.binary(max_size=200))
def test_any_bytes_are_either_our_form_or_refused_as_such(data):
    with pytest.raises(NotOurs):
        read_signature(data)


@given(st.integers(0, 900), st.binary(max_size=8))
def test_a_broken_signature_is_read_or_refused_as_such(place, put):
    with contextlib.suppress(NotOurs):
        assert isinstance(read_signature(WRITTEN[:place] + put + WRITTEN[place + len(put) :]), Signature)


def test_the_signature_holds_the_certificate_and_the_hash_of_the_file():
    signature = read_signature(WRITTEN)
    assert signature.certificate == KEY.certificate
    assert len(signature.digest) == 32
    assert KEY.sign(signature.signed) == signature.value, "the key says the same of the same (RFC 6979)"


def test_a_certificate_that_is_none_is_refused():
    broken = WRITTEN.replace(KEY.certificate[-20:], bytes(20))
    assert read_signature(broken).certificate != KEY.certificate
    changed = SEALED[: START + 1] + broken.hex().upper().encode() + SEALED[AFTER - 1 :]
    assert finding(changed) is Finding.CHANGED
