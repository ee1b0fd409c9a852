"""The unit's seal on a finished paper: PAdES, level B-B. No network and no time-stamp service; the time is the record's.

First the paper gets a signature field that has its place among the tags, then the signature is appended to it. Same
paper, key and time give the same bytes.
"""

import asyncio
import hashlib
import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.generic import ArrayObject, ByteStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import SignatureObject
from pyhanko.sign.signers.pdf_cms import Signer

from fmstod.reports.archive import saved
from fmstod.texts import text

FIELD = "Sigill"
DIGEST = "sha256"
RESERVED = 4096  # hex digits for the signature with its certificate; a name of full length takes four fifths of them
PRINTED, LOCKED = 4, 128  # flags of the field's annotation


def seal(pdf: bytes, certificate: bytes, sign: Callable[[bytes], bytes], at: datetime) -> bytes:
    """The sealed paper. `certificate` is DER of a P-256 key; `sign` gives that key's ECDSA with SHA-256, as DER."""
    unit = _Unit(certificate, sign)
    writer = _Writer(io.BytesIO(_with_field(pdf)))
    placing = PdfCMSEmbedder().write_cms(field_name=FIELD, writer=writer, existing_fields_only=True)
    next(placing)
    signature = SignatureObject(
        timestamp=at,
        subfilter=SigSeedSubFilter.PADES,
        reason=text("seal.reason"),
        contact_info=text("seal.contact"),
        bytes_reserved=RESERVED,
    )
    placing.send(SigObjSetup(sig_placeholder=signature))
    prepared, out = placing.send(SigIOSetup(md_algorithm=DIGEST, in_place=True))
    placing.send(asyncio.run(unit.async_sign(prepared.document_digest, DIGEST, use_pades=True)))
    return bytes(out.getvalue())


class _Unit(Signer):
    """Whose seal it is; the key stays with `sign`."""

    def __init__(self, certificate: bytes, sign: Callable[[bytes], bytes]) -> None:
        super().__init__(signing_cert=next(load_certs_from_pemder_data(certificate)))
        self._sign = sign

    async def async_sign_raw(self, data: bytes, _digest: str, _dry_run: bool = False) -> bytes:
        return self._sign(data)


class _Writer(IncrementalPdfFileWriter):
    """Appends a signature and no more: pyHanko's own would draw an id by lot, and write metadata that break PDF/A."""

    def _update_meta(self) -> None:
        pass

    @classmethod
    def _handle_id(cls, prev: Any) -> ArrayObject:
        first, second = (bytes(part.original_bytes) for part in prev.trailer["/ID"])  # read as text where it can be
        return ArrayObject([ByteStringObject(first), ByteStringObject(hashlib.sha256(first + second).digest()[:16])])


def _with_field(pdf: bytes) -> bytes:
    """The same paper with an empty signature field, the last thing on it that a screen reader meets."""
    with pikepdf.open(io.BytesIO(pdf)) as paper:
        root, page = paper.Root, paper.pages[-1].obj
        tags = root.StructTreeRoot
        field = paper.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Sig,
                T=String(FIELD),
                TU=String(text("seal.field")),
                Rect=Array([0, 0, 0, 0]),  # nothing to see: what it says stands in the paper's last section
                F=PRINTED | LOCKED,
                P=page,
                StructParent=tags.ParentTreeNextKey,
            )
        )
        page.Annots = Array([field])
        root.AcroForm = Dictionary(Fields=Array([field]), SigFlags=3)
        reference = Dictionary(Type=Name.OBJR, Obj=field, Pg=page)
        tag = paper.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Form, P=tags.K, K=reference))
        tags.K.K.append(tag)
        tags.ParentTree.Nums.extend([tags.ParentTreeNextKey, tag])
        tags.ParentTreeNextKey += 1
        return saved(paper)
