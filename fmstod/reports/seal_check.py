"""Whether a sealed file is as it was sealed: every byte of it, and nothing after it.

The PDF itself isn't parsed. All that is not the signature is hashed, and the signature can be written in one way only,
so there is no byte in the file that could be changed unseen. What a hostile file costs is bounded by its length.
"""

import hashlib
import re
import warnings
from datetime import UTC, datetime
from enum import StrEnum
from typing import NamedTuple

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID

from fmstod.reports.seal_form import NotOurs, read_signature

LARGEST = 64 * 1024 * 1024  # bytes of a file: a thousand times our longest papers
_LARGEST_SIGNATURE = 64 * 1024
_LONGEST_NAME = 100  # characters: a file may claim any name
MARKED = "/FmstodMarkedCopy"  # in what the file says of itself: a copy of a paper that no longer holds
_RANGE = re.compile(rb"/ByteRange \[0 (\d{1,9}) (\d{1,9}) (\d{1,9})\] *")
_TIME = re.compile(r"/M \(D:(\d{14})Z\)")
_WINDOW = 1000  # bytes after the range: where the seal says when and what it is


class Finding(StrEnum):
    INTACT = "intact"
    CHANGED = "changed"  # a byte is another than the one that was sealed
    CUT = "cut"  # the end is missing
    ADDED = "added"  # whole, but with something after it
    OUT_OF_TIME = "out_of_time"  # sealed at a time when the certificate didn't hold
    NO_PDF = "no_pdf"
    NO_SEAL = "no_seal"
    COPY = "copy"  # says of itself that it is a marked copy, which has no seal
    FOREIGN = "foreign"  # signed in some other way than fmstod does


class Seal(NamedTuple):
    """Whose, by their own word; and when, by their own clock. `certificate` is DER."""

    unit: str
    at: datetime
    certificate: bytes

    @property
    def fingerprint(self) -> str:
        """128 bits of the certificate's SHA-256, to compare by eye."""
        return fingerprint(self.certificate)


class Verdict(NamedTuple):
    """With the seal only where the sealed bytes are whole: what a broken seal says is worth nothing."""

    finding: Finding
    seal: Seal | None = None


def fingerprint(certificate: bytes) -> str:
    digits = hashlib.sha256(certificate).hexdigest()[:32].upper()
    return " ".join(digits[n : n + 4] for n in range(0, 32, 4))


def examine(pdf: bytes) -> Verdict:
    if not pdf.startswith(b"%PDF-"):
        return Verdict(Finding.NO_PDF)
    found = _RANGE.search(pdf)
    if found is None:
        return Verdict(_without_range(pdf))
    start, after, rest = (int(number) for number in found.groups())
    end = after + rest
    words = pdf[found.end() : min(found.end() + _WINDOW, end)]
    ours = b"fmstod verify" in words
    refused = Verdict(Finding.CHANGED if ours else Finding.FOREIGN)
    if not start < after <= start + _LARGEST_SIGNATURE or not after <= found.start() < end:
        return refused
    if end > len(pdf):
        return Verdict(Finding.CUT) if ours else refused
    try:
        sealed = _seal(pdf, (start, after, end), words)
    except NotOurs:
        return refused
    if sealed is None:
        return Verdict(Finding.CHANGED)
    seal, in_time = sealed
    if end < len(pdf):
        return Verdict(Finding.ADDED, seal)
    return Verdict(Finding.INTACT if in_time else Finding.OUT_OF_TIME, seal)


def _without_range(pdf: bytes) -> Finding:
    """A file with no signature in the way we write it. The place for a seal is part of each paper of ours."""
    ours, signed = b"/T (Sigill)" in pdf, b"/ByteRange" in pdf
    if signed:
        return Finding.CHANGED if ours else Finding.FOREIGN
    if ours:
        return Finding.CUT
    return Finding.COPY if MARKED.encode() in pdf else Finding.NO_SEAL


def _seal(pdf: bytes, places: tuple[int, int, int], words: bytes) -> tuple[Seal, bool] | None:
    """The seal and whether its certificate held then; None if the bytes aren't those that were sealed. Raises NotOurs."""
    start, after, end = places
    signature = read_signature(_bytes_of(pdf[start:after]))
    content = hashlib.sha256(memoryview(pdf)[:start])
    content.update(memoryview(pdf)[after:end])
    # The signed attributes name the certificate by its hash, so that no other can be put in its place.
    if content.digest() != signature.digest or hashlib.sha256(signature.certificate).digest() not in signature.signed:
        return None
    at = _time(words)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd certificates, which are refused or as good as others
            certificate = x509.load_der_x509_certificate(signature.certificate)
            certificate.verify_directly_issued_by(certificate)
            key = certificate.public_key()
            if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
                raise NotOurs
            key.verify(signature.value, signature.signed, ec.ECDSA(SHA256()))
            in_time = certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc
            name = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    except InvalidSignature:
        return None
    except (ValueError, TypeError, UnsupportedAlgorithm, x509.InvalidVersion) as fault:
        raise NotOurs from fault
    return Seal(_shown(str(name[0].value)) if name else "", at, signature.certificate), in_time


def _bytes_of(written: bytes) -> bytes:
    """The signature behind its digits, which have one way to be written."""
    try:
        read = bytes.fromhex(written[1:-1].decode("ascii"))
    except ValueError as fault:
        raise NotOurs from fault
    if b"<" + read.hex().upper().encode() + b">" != written:
        raise NotOurs
    return read


def _time(words: bytes) -> datetime:
    """When, as the seal says; a colon may be written by its number."""
    told = _TIME.search(words.decode("latin-1").replace("\\072", ":"))
    if told is None:
        raise NotOurs
    try:
        return datetime.strptime(told[1], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError as fault:
        raise NotOurs from fault


def _shown(name: str) -> str:
    """A name from a file that may be hostile, so that it can do no harm on a screen."""
    return "".join(char if char.isprintable() else "?" for char in name[:_LONGEST_NAME])
