"""How codes of ICD-10-SE are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fmstod.domain.icd import dotted, is_code, normalise, of_primary_care

CODES = st.from_regex(r"[A-TV-Z][0-9]{2}([0-9][0-9A-Z]?)?", fullmatch=True)


@pytest.mark.parametrize(("typed", "plain", "read"), [("f43.8a", "F438A", "F43.8A"), (" F32 ", "F32", "F32")])
def test_a_code_is_kept_plain_and_shown_with_its_dot(typed, plain, read):
    assert (normalise(typed), dotted(typed)) == (plain, read)


@given(CODES)
def test_the_dot_makes_no_difference(code):
    assert normalise(dotted(code)) == code
    assert is_code(code)
    assert is_code(dotted(code).lower())


@pytest.mark.parametrize(
    "text", ["", "F", "F4", "43", "F43.8AB", "F4.38", "F43..8", "FF3", "F43-8", "utmattning", "É43", "ſ52", "F٤3"]
)
def test_what_is_no_code_is_refused_and_shown_as_typed(text):
    assert not is_code(text)
    assert dotted(f" {text} ") == text


@pytest.mark.parametrize(
    ("text", "under"),
    [("A00-", "A00"), ("a02-P", "A02"), ("A48.1P", "A48"), ("A481", None), ("F438A", None), ("A0-P", None), ("", None)],
)
def test_a_code_of_primary_care_lies_under_one_of_three_characters(text, under):
    assert of_primary_care(text) == under
