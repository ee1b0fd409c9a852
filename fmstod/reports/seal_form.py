"""The one form that our seals' signatures have: CMS by pyHanko around one self-signed P-256 certificate.

Read by hand and not by a library: each byte is a value we use or the only one that can stand there, so none can be
changed unseen, and what a hostile file says costs no more than its length.
"""

from typing import NamedTuple

SEQUENCE, SET, OCTETS, INNER = 0x30, 0x31, 0x04, 0xA0
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_DATA = bytes.fromhex("300b06092a864886f70d010701")
_SHA256 = bytes.fromhex("300d06096086480165030402010500")
_ECDSA = bytes.fromhex("300a06082a8648ce3d040302")
_MESSAGE_DIGEST = bytes.fromhex("06092a864886f70d010904")
_ONE = bytes.fromhex("020101")
_DEEPEST = 3  # bytes of a length: 16 MB


class NotOurs(ValueError):
    """The bytes are no signature of the form that fmstod makes."""


class Signature(NamedTuple):
    """`digest` is what it says of the file; `value` is the key's signature of `signed`. `certificate` is DER."""

    certificate: bytes
    digest: bytes
    signed: bytes
    value: bytes


class _Item(NamedTuple):
    tag: int
    content: bytes
    whole: bytes


def read_signature(padded: bytes) -> Signature:
    """A signature, followed by zeros only. Raises NotOurs."""
    whole = _first(padded)
    if any(padded[len(whole.whole) :]):
        raise NotOurs
    kind, wrapped = _items(whole, SEQUENCE, 2)
    (data,) = _items(wrapped, INNER, 1)
    version, digests, content, certificates, signers = _items(data, SEQUENCE, 5)
    _same((kind, _SIGNED_DATA), (version, _ONE), (content, _DATA))
    _same((_items(digests, SET, 1)[0], _SHA256))
    (certificate,) = _items(certificates, INNER, 1)
    (signer,) = _items(signers, SET, 1)
    version, who, digest, attributes, way, value = _items(signer, SEQUENCE, 6)
    _same((version, _ONE), (digest, _SHA256), (way, _ECDSA))
    if (who.tag, value.tag, attributes.tag) != (SEQUENCE, OCTETS, INNER) or who.content != _named_in(certificate):
        raise NotOurs
    # Signed is the set of attributes, which the signature holds under another tag (RFC 5652, 5.4).
    signed = bytes([SET]) + attributes.whole[1:]
    return Signature(certificate.whole, _digest(attributes), signed, value.content)


def _digest(attributes: _Item) -> bytes:
    """What the signature says of the file."""
    for attribute in _items(attributes, INNER):
        kind, values = _items(attribute, SEQUENCE, 2)
        if kind.whole == _MESSAGE_DIGEST:
            (found,) = _items(values, SET, 1)
            return found.content
    raise NotOurs


def _named_in(certificate: _Item) -> bytes:
    """How a signer is named: by who issued the certificate, and its number."""
    inside, *_ = _items(certificate, SEQUENCE, 3)
    fields = _items(inside, SEQUENCE)
    if len(fields) < 4:
        raise NotOurs
    return fields[3].whole + fields[1].whole


def _same(*pairs: tuple[_Item, bytes]) -> None:
    if any(item.whole != expected for item, expected in pairs):
        raise NotOurs


def _items(item: _Item, tag: int, count: int | None = None) -> list[_Item]:
    """What is in an item of this tag, so many."""
    if item.tag != tag:
        raise NotOurs
    found, rest = [], item.content
    while rest:
        found.append(_first(rest))
        rest = rest[len(found[-1].whole) :]
        if count is not None and len(found) > count:
            raise NotOurs
    if count is not None and len(found) != count:
        raise NotOurs
    return found


def _first(der: bytes) -> _Item:
    """The first item, its length written in the only way that DER allows."""
    if len(der) < 2:
        raise NotOurs
    head, length = 2, der[1]
    if length >= 0x80:
        more = length & 0x7F
        length = int.from_bytes(der[2 : 2 + more])
        head += more
        if not 1 <= more <= _DEEPEST or length < 0x80 or length >> 8 * (more - 1) == 0:
            raise NotOurs
    if head + length > len(der):
        raise NotOurs
    return _Item(der[0], der[head : head + length], der[: head + length])
