"""Version 1's rules for codes and overlaps against slow readings of certificates.md 2.3 and 2.5."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from fmstod.certificate.check_version_1 import diagnosis_rows, period_rows
from fmstod.certificate.subject import Facts
from fmstod.domain.answers import Diagnosis, PeriodRow
from fmstod.domain.icd import Standing
from fmstod.files import read_forms

FORM = read_forms()["fk7804", "1.3"]
FACTS = Facts(date(2026, 11, 23), lambda code: Standing(known=True))
LETTERS, DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"


def left(code, optional):
    """What is left of the code after a letter, two digits and then at most one of each group in turn; None if it fails."""
    if len(code) < 3 or code[0] not in LETTERS or any(c not in DIGITS for c in code[1:3]):
        return None
    rest = code[3:]
    for group in optional:
        if rest and rest[0] in group:
            rest = rest[1:]
    return rest


def expected(code, system):
    """DX-4…7 of a code that isn't blank."""
    code, found = code.strip().upper(), set()
    if code[:1] == "F" or code[:3] == "Z73":
        found |= {"DX-4"} if len(code) < 4 else set()
    elif len(code) < 3:
        found.add("DX-5")
    if len(code) > 5:
        found.add("DX-6")
    ours = left(code, [".", DIGITS, DIGITS + LETTERS]) == ""
    theirs = left(code, ["-", DIGITS, "P"]) == "" or code == "F438A"
    return found if (theirs if system == "KSH_97_P" else ours) else found | {"DX-7"}


codes = st.text("AFZP037458.-a ", min_size=1, max_size=7).filter(str.strip)


@settings(max_examples=400)
@given(codes, st.sampled_from([None, "ICD_10_SE", "KSH_97_P"]))
def test_a_code_is_judged_as_it_is_written(code, system):
    rows = (Diagnosis(code=code, text="x", system=system),)
    assert {p.rule for p in diagnosis_rows(FORM.question("6"), rows, FACTS)} == expected(code, system)


@st.composite
def leaves(draw):
    """Up to four periods, each of one degree, within a month."""
    made = []
    for degree in draw(st.lists(st.sampled_from([25, 50, 75, 100]), unique=True, max_size=4)):
        first = date(2026, 11, 1) + timedelta(draw(st.integers(0, 20)))
        last = first + timedelta(draw(st.integers(0, 9)))
        made.append(PeriodRow(degree=degree, first=first.isoformat(), last=last.isoformat()))
    return tuple(made)


def days(row):
    first, last = date.fromisoformat(row.first), date.fromisoformat(row.last)
    return {first + timedelta(n) for n in range((last - first).days + 1)}


def overlaps(rows):
    for i, row in enumerate(rows):
        for j, other in enumerate(rows):
            if i != j and days(row) & days(other):
                if row.first <= other.first:
                    yield f"32[{i}].to"
                if row.first >= other.first:
                    yield f"32[{i}].from"
                break  # only the first other row that it overlaps


@settings(max_examples=300)
@given(leaves())
def test_an_overlap_is_a_day_that_two_rows_have(rows):
    found = [p.field for p in period_rows(FORM.question("32"), rows) if p.rule == "SL-7"]
    assert sorted(found) == sorted(overlaps(rows))
