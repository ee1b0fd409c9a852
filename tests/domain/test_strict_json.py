"""T-08 of safety.md: size, depth, digits, NaN, repeated keys, half characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fmstod.domain.strict_json import LARGEST, NotStrict, parse
from fmstod.texts import catalogue


def nested(levels):
    return b"[" * levels + b"]" * levels


REFUSED = [
    (b"", "not_json"),
    (b"{", "not_json"),
    (b"{'form': 1}", "not_json"),
    (b'{"form": "x"} x', "not_json"),
    (b'{"form": "\xe5"}', "not_utf8"),
    (b'{"a": NaN}', "not_finite"),
    (b'{"a": -Infinity}', "not_finite"),
    (b'{"a": 1, "a": 2}', "repeated_key"),
    (b'{"answers": {"25": "x", "25": "x"}}', "repeated_key"),
    (b'{"a": 123456789012345678901}', "number"),
    (b'{"a": 1' + b"0" * 100_000 + b"}", "number"),
    (b'{"a": 0.' + b"1" * 100 + b"}", "number"),
    (b'{"form": "\\ud800"}', "half_character"),
    (b'{"a": [[["\\udc00x"]]]}', "half_character"),
    (b'{"\\udc00": 1}', "half_character"),
    (b'"\\udc00"', "half_character"),
    (nested(33), "too_deep"),
    (nested(100_000), "too_deep"),
    (b'{"a":' * 100_000, "too_deep"),
    (b" " * (LARGEST + 1), "too_large"),
]


@pytest.mark.parametrize(("content", "what"), REFUSED)
def test_hostile_json_is_refused(content, what):
    with pytest.raises(NotStrict) as refused:
        parse(content)
    assert refused.value.what == what


def test_every_refusal_has_a_sentence_for_certificates_and_for_exports():
    assert {f"{where}.{what}" for _, what in REFUSED for where in ("misfit", "fmb.fault")} <= set(catalogue())


@pytest.mark.parametrize(
    ("content", "value"),
    [
        (b"\xef\xbb\xbf1", 1),
        (b'"[[[{{{\\""', '[[[{{{"'),
        (b'"\\ud83d\\ude00"', "\N{GRINNING FACE}"),
        (b"-99999999999999999999", -99999999999999999999),
    ],
)
def test_what_the_standard_allows_is_read(content, value):
    assert parse(content) == value


def test_as_deep_as_may_be_is_read():
    parse(nested(32))


def test_a_key_may_be_repeated_with_one_value_where_the_caller_says_so():
    assert parse(b'{"id": "1", "id": "1"}', twice={"id"}) == {"id": "1"}
    with pytest.raises(NotStrict):
        parse(b'{"id": "1", "id": "2"}', twice={"id"})


@given(st.binary(max_size=200))
def test_any_bytes_give_a_value_or_a_plain_refusal(content):
    told = "read"
    try:
        parse(content)
    except NotStrict as refusal:
        told = refusal.what
    assert told in {"read", *(what for _, what in REFUSED)}
