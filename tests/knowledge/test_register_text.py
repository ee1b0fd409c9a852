"""The official list of codes: both layouts are read alike, and what is no such list is refused with file and line."""

from datetime import date
from string import ascii_uppercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fmstod.errors import BadRegister, ImportStopped
from fmstod.knowledge.search.register_text import LARGEST, LONGEST_LINE, MOST_ROWS, edition_of, holds_from, read_codes
from fmstod.texts import catalogue, text
from tests.knowledge.registers import as_table

CODES = {f"{letter}00": f"Sjukdom på {letter}" for letter in ascii_uppercase}
PLAIN = "".join(f"{code}\t\t{name}\n" for code, name in CODES.items())
TABLE = as_table(CODES)


def going_on(done, total):
    return True


def read(content, name="icd10se-2026.tsv"):
    return read_codes([(name, content if isinstance(content, bytes) else content.encode())], going_on)


def refused(content):
    with pytest.raises(BadRegister) as fault:
        read(content)
    values = fault.value.values
    told = text(fault.value.text_key, **values)
    assert values["file"] in told
    assert "{" not in told
    return values["why"].removeprefix("codes.fault."), values["line"]


def test_both_layouts_hold_the_same_codes():
    assert read(PLAIN) == CODES
    assert read(TABLE) == CODES


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_byte_order_marks_line_ends_and_empty_lines_dont_matter(end):
    assert read(b"\xef\xbb\xbf" + PLAIN.replace("\n", end).encode() + b"\n\n") == CODES


def test_dots_and_marks_are_removed_and_rows_that_gather_are_no_codes():
    table = TABLE + '"A00.2†"\t"1"\t""\t"Ett  namn "\t""\r\n"XXII"\t"1"\t""\t"Kapitel"\t""\r\n'
    assert read(table) == {**CODES, "A002": "Ett namn"}
    assert read(PLAIN + "A00.3\t*\tEtt annat\n")["A003"] == "Ett annat"


def test_a_code_that_isnt_active_is_none():
    assert read(as_table({**CODES, "A009": "Avförd"}, inactive={"A009"})) == CODES


def test_a_large_file_that_ends_before_the_last_letter_is_cut_off_and_the_line_is_told():
    many = {f"{letter}00{n}": f"Sjukdom {letter}{n}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" for n in range(10)}
    many |= {f"{code}{mark}": f"{name}{mark}" for code, name in many.items() for mark in "AB"}
    rows = [f"{code}\t\t{name}" for code, name in sorted(many.items())]
    files = [("a.tsv", PLAIN.encode()), ("b.tsv", "\n".join(rows).encode())]
    assert len(read_codes(files, going_on)) == len(CODES) + len(many)
    files[1] = ("b.tsv", "\n".join(rows[:600]).encode())
    with pytest.raises(BadRegister) as fault:
        read_codes(files, going_on)
    values = fault.value.values
    code = rows[599].split("\t")[0]
    assert (values["file"], values["line"], values["detail"], values["why"]) == ("b.tsv", 600, code, "codes.fault.cut")


def test_several_files_are_one_edition():
    halves = PLAIN.splitlines(keepends=True)
    files = [("a.tsv", "".join(halves[:13]).encode()), ("b.tsv", "".join(halves[13:]).encode())]
    assert read_codes(files, going_on) == CODES
    assert read_codes([*files, files[0]], going_on) == CODES  # chosen twice


@pytest.mark.parametrize(
    ("content", "why", "line"),
    [
        (b"", "empty", 1),
        (b"\xef\xbb\xbf \n", "empty", 1),
        (PLAIN.encode("latin-1"), "not_utf8", 1),
        (PLAIN.encode("utf-16"), "not_utf8", 1),
        (PLAIN + "A01\t\tEtt namn\nA01\t\tEtt annat namn\n", "two_names", 28),
        (PLAIN + "A01\t\tNamn\x00\n", "control", 27),
        (PLAIN + "A01\t\tNamn\x1b[2J\n", "control", 27),
        (PLAIN + "A01\t\tNamn\x85\n", "control", 27),
        (PLAIN + "A01\t\tNa\u202emn\n", "control", 27),
        ("\ufeff\ufeff" + PLAIN, "control", 1),
        (b"PK\x03\x04" + bytes(100), "sheet", 1),
        (PLAIN + "A01\tNamn\n", "columns", 27),
        (PLAIN + "A01\t\tNamn\t\n", "columns", 27),
        (PLAIN + "A01;;Namn\n", "columns", 27),
        (PLAIN + "A01\t\t\n", "no_name", 27),
        (PLAIN + f"A01\t\t{'n' * 700}\n", "no_name", 27),
        (PLAIN + "A01\t\t1\n", "no_name", 27),
        ("".join(f"{code}\t\tja\n" for code in CODES), "names", 1),
        (PLAIN + "A1\t\tNamn\n", "no_code", 27),
        (PLAIN + "<b>\t\tNamn\n", "no_code", 27),
        (PLAIN + f"A01\t\t{'n' * LONGEST_LINE}\n", "long_line", 27),
        (PLAIN.replace("Z00", "Y01"), "letters", 1),
        (PLAIN + "A023\t\tNamn\n", "categories", 1),
        ("Kod\tTitel\nA00\tKolera\n", "columns", 1),
        (TABLE + '"A01"\t"1"\t""\t"Namn\t""\r\n', "quotes", 56),
        (TABLE + '"A01"\t"1"\t""\t"Na"mn"\t""\r\n', "quotes", 56),
        (TABLE + '"A01"\t"1"\t""\r\n', "columns", 56),
        (TABLE + '""\t"1"\t""\t"Namn"\t""\r\n', "no_code", 56),
        (TABLE[: len(TABLE) // 2], "quotes", 26),
        ("Kod", "columns", 1),
        ("<html>\n<head></head>\n", "columns", 1),
        ("x" * 10_000, "columns", 1),
    ],
)  # fmt: skip
def test_what_is_no_list_of_codes_is_refused_with_its_line(content, why, line):
    assert refused(content) == (why, line)


def test_a_file_too_large_or_with_too_many_rows_is_refused():
    assert refused(b"A" * (LARGEST + 1)) == ("too_large", 1)
    assert refused("A00\t\tKolera\n" * (MOST_ROWS + 1)) == ("too_many", MOST_ROWS + 1)


def test_a_file_cut_off_between_two_fields_is_refused():
    cut = PLAIN.rindex("\t")
    assert refused(PLAIN[:cut])[0] == "columns"


def test_reading_stops_when_told():
    asked = []
    with pytest.raises(ImportStopped):
        read_codes(
            [("a.tsv", (PLAIN * 100).encode())], lambda done, total: asked.append((done, total)) or len(asked) < 3
        )
    assert len(asked) == 3
    assert all(0 < done <= total for done, total in asked)


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_are_refused_with_a_reason_or_read(content):
    with pytest.raises(BadRegister) as fault:
        read(content)
    assert fault.value.text_key in catalogue()


@pytest.mark.parametrize(
    ("names", "edition"),
    [
        (["icd10se-2022-3.tsv", "icd10se-2022-4.tsv"], "2022"),
        (["icd-10-se.tsv"], None),
        (["icd10se-2022-3.tsv", "icd10se-2023-4.tsv"], None),
        (["icd10se-2022-3.tsv", "rest.tsv"], None),
        (["a-20222.tsv"], None),
        (["2026 2027.tsv"], None),
        ([], None),
    ],
)
def test_the_edition_is_the_one_year_that_all_names_hold(names, edition):
    assert edition_of(names) == edition


def test_an_edition_holds_from_new_year():
    assert holds_from("2026-2") == date(2026, 1, 1)
