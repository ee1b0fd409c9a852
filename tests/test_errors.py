"""The sentences of failures: each has one, and each gap in it is one that the failure fills."""

import re
import string

import pytest

from fmstod import errors, paths
from fmstod.domain.transitions import Refusal
from fmstod.errors import FmstodError, NotAllowed
from fmstod.texts import catalogue, text

KINDS = FmstodError.__subclasses__()
SOURCE = "".join(file.read_text(encoding="utf-8") for file in (paths.ROOT / "fmstod").rglob("*.py"))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_failure_fills_every_gap_of_its_sentence(kind):
    promised = set(re.findall(r"`(\w+)`", kind.__doc__))
    sentence = catalogue()[f"error.{kind.__name__}"]
    gaps = {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
    assert gaps <= promised
    assert "{" not in text(f"error.{kind.__name__}", **dict.fromkeys(gaps, "det"))


def test_every_reason_for_a_refusal_has_a_sentence_and_is_given_somewhere():
    given = set(re.findall(r'why="(not_allowed\.\w+)"', SOURCE)) | {why.text_key for why in Refusal}
    assert given == {key for key in catalogue() if key.startswith("not_allowed.")}


def test_a_refusal_says_why():
    error = NotAllowed(why="not_allowed.certificate_signed")
    assert text(error.text_key, **error.values) == catalogue()["not_allowed.certificate_signed"]
    assert NotAllowed().text_key == "error.NotAllowed"


def test_what_fills_a_sentence_is_not_shown_in_a_trace():
    assert str(errors.CannotWrite(path="hemligt")) == "CannotWrite"
