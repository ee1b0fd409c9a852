"""The helper for working hours: certificates.md section 7, and its only refusal, U-5."""

from decimal import Decimal

import pytest

from fmstod.domain.problem import Problem
from fmstod.sickleave.working_hours import hours_left, read_hours
from fmstod.texts import text


def test_each_degree_leaves_its_share():
    assert hours_left(Decimal(40)) == {100: 0, 75: 10, 50: 20, 25: 30}
    assert hours_left(read_hours("38,25"))[50] == Decimal("19.125")


@pytest.mark.parametrize("typed", ["40", " 40 ", "38,25", "38.25", "0", "168", "168,00"])
def test_a_week_of_hours_is_read(typed):
    assert isinstance(read_hours(typed), Decimal)


@pytest.mark.parametrize("typed", ["", "fyrtio", "-4", "4e1", "40 h", "٤٠", "1,234", "99999"])
def test_what_is_no_number_of_hours_is_none(typed):
    assert read_hours(typed) is None


@pytest.mark.parametrize("typed", ["168,01", "169", "9999"])
def test_no_week_has_more_than_168_hours(typed):
    refused = read_hours(typed)
    assert isinstance(refused, Problem)
    assert refused.rule == "U-5"
    assert "168" in text(refused.text_key, **refused.values)
