"""KVÅ codes as files: what stands in them, that a spreadsheet reckons nothing, and that few are only told as few."""

import csv
import io
import json
from datetime import UTC, date, datetime

import pytest

from fmstod.domain.due import DueCase
from fmstod.domain.procedure import Contact, Mistake, Registered
from fmstod.files import read_procedure_codes
from fmstod.reports.code_file import (
    COUNTED,
    FIELDS,
    WHO,
    as_csv,
    as_json,
    count_rows,
    counts_as_json,
    rows,
)

CODES = read_procedure_codes()
AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
ALWAYS = (None, None)


def code(n=0, kva="DV077", on=date(2026, 11, 23), case=None, **facts):
    plain = {"id": f"i{n}", "case": case or f"a{n}", "source": f"s{n}", "at": AT, "by": "SE1-D", "unit": "Backen"}
    return Registered(code=kva, on=on, **{**plain, **facts})


def many(number, kva="DV077", on=date(2026, 11, 23), cases=0, **facts):
    return [code(f"{kva}{on}{n}", kva, on, f"a{n % cases if cases else n}", **facts) for n in range(number)]


def counted(found, days=ALWAYS):
    return [(row["month"], row["code"], row["count"], row["minutes"]) for row in count_rows(found, CODES, days)]


def read(said, delimiter=","):
    return list(csv.DictReader(io.StringIO(said.removeprefix("\ufeff")), delimiter=delimiter))


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", "\n"])
@pytest.mark.parametrize("excel", [True, False])
def test_no_text_is_reckoned_by_a_spreadsheet(begin, excel):
    evil = f'{begin}HYPERLINK("http://x";"y"),"'
    found = [code(unit=evil, by=evil, name=evil, revoked=Mistake(at=AT, by="D", reason=f"x{evil}"))]
    named = {"a0": DueCase(id="a0", name=evil, protected=False, born=None, diagnosis="", diagnosis_text="")}
    said = as_csv(rows(found, CODES, named), FIELDS + WHO, excel=excel)
    (row,) = read(said, ";" if excel else ",")
    for field in ("unit", "by", "name", "patient"):
        assert row[field].startswith("'")
        assert row[field][1:].replace("\r\n", "\n") == evil.replace("\r\n", "\n")
    assert list(row) == [*FIELDS, *WHO]


def test_swedish_excel_opens_it_by_a_double_click_and_another_program_reads_it_as_it_is():
    """Excel in Swedish splits at semicolons and reads UTF-8 only after a byte-order mark; a pipe wants neither."""
    table = rows([code(unit="Åsö vårdcentral; mottagning")], CODES)
    excel, plain = as_csv(table, FIELDS, excel=True), as_csv(table, FIELDS)
    assert excel.encode().startswith(b"\xef\xbb\xbfon;code;")
    assert excel.endswith("\r\n")
    assert read(excel, ";")[0]["unit"] == "Åsö vårdcentral; mottagning"
    assert plain.startswith("on,code,")
    assert "\r" not in plain
    assert read(plain) == read(excel, ";")


def test_no_number_has_a_decimal_sign_that_would_depend_on_the_country():
    found = [code(kva="GC001", contact=Contact.EMPLOYER, minutes=600)]
    (row,) = read(as_csv(rows(found, CODES), FIELDS))
    assert row["minutes"] == "600"


def test_the_name_of_the_day_is_told_where_none_was_kept():
    (row,) = rows([code()], CODES)
    assert row["name"] == "upprättande av plan"


def test_who_is_protected_is_named_in_no_file():
    hidden = DueCase(
        id="a0", name="Hemlig", protected=True, born=date(1984, 5, 12), diagnosis="F32", diagnosis_text="x"
    )
    said = as_csv(rows([code()], CODES, {"a0": hidden}), FIELDS + WHO)
    assert "skyddade personuppgifter" in said
    assert not any(word in said for word in ("Hemlig", "1984", "F32"))


def test_the_codes_as_json_have_every_count_since_whoever_has_them_can_count():
    found = [code(), code(1, revoked=Mistake(at=AT, by="D", reason="=fel"))]
    said = json.loads(as_json(rows(found, CODES), found, (date(2026, 11, 1), None)))
    assert (said["from"], said["to"], len(said["procedures"])) == ("2026-11-01", None, 2)
    assert [each["count"] for each in said["counts"]] == [1]
    assert said["procedures"][1]["reason"] == "=fel"


# How many, without ids


@pytest.mark.parametrize(("number", "told"), [(1, "<5"), (4, "<5"), (5, 5), (6, 6)])
def test_fewer_than_five_are_only_told_as_that(number, told):
    assert counted(many(number)) == [("2026-11", "DV077", told, None if number < 5 else 0)]


@pytest.mark.parametrize(("cases", "told"), [(4, "från färre än 5 ärenden"), (5, 8)])
def test_many_codes_of_few_cases_are_hidden_too_with_their_minutes(cases, told):
    found = many(8, "GC001", cases=cases, contact=Contact.EMPLOYER, minutes=10)
    assert counted(found) == [("2026-11", "GC001", told, None if cases < 5 else 80)]


def test_what_was_revoked_is_not_counted():
    wrong = many(1, "AW026", revoked=Mistake(at=AT, by="D", reason="fel"))
    assert counted([*many(5), *wrong]) == [("2026-11", "DV077", 5, 0)]


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (date(2026, 11, 1), date(2026, 11, 30), 1),
        (date(2026, 11, 2), date(2026, 11, 30), 0),
        (date(2026, 11, 1), date(2026, 11, 29), 0),
        (None, date(2026, 11, 30), 1),
        (None, None, 1),
    ],
)
def test_only_whole_months_are_told_so_that_two_files_tell_no_difference_of_days(first, last, months):
    assert len(counted(many(6), (first, last))) == months


def test_a_leap_february_is_whole_with_its_last_day():
    found = many(6, on=date(2024, 2, 10))
    assert counted(found, (date(2024, 2, 1), date(2024, 2, 28))) == []
    assert len(counted(found, (date(2024, 2, 1), date(2024, 2, 29)))) == 1


def test_no_sum_stands_beside_the_counts_from_which_a_hidden_one_could_be_told():
    table = count_rows([*many(9), *many(2, "AW026")], CODES, ALWAYS)
    said = as_csv(table, COUNTED, excel=True)
    assert [row["count"] for row in read(said, ";")] == ["<5", "9"]
    assert "11" not in said.replace("2026-11", "")
    assert json.loads(counts_as_json(table, ALWAYS))["counts"][0]["count"] == "<5"
    assert "a0" not in said
