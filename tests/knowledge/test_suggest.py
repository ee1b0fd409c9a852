"""ICF suggestions; the example of F32 and M54.5 is the one that fmb.md section 5 gives."""

from fmstod.files import read_library
from fmstod.knowledge.codes import swedish
from fmstod.knowledge.suggest import suggest_icf

LIBRARY = read_library()


def codes(groups):
    return [(list(group.codes), {item.code for item in group.items}) for group in groups]


def test_what_two_diagnoses_share_comes_first():
    shared, *own = suggest_icf(LIBRARY, ["F32", "M545"], "b")
    assert {item.code for item in shared.items} == {"b126", "b130", "b134", "b140", "b144", "b152", "b160", "b164"}
    assert (shared.shared, list(shared.codes)) == (True, ["F32", "M545"])
    assert [list(group.codes) for group in own] == [["F32"], ["M545"]]
    assert {item.code for item in suggest_icf(LIBRARY, ["F32", "M545"], "d")[0].items} == {"d240", "d415"}


def test_nothing_stands_twice_and_nothing_is_lost():
    groups = suggest_icf(LIBRARY, ["F32", "M54.5", "F43.8A"], "b")
    listed = [item.code for group in groups for item in group.items]
    entries = [LIBRARY.resolve(code).entry for code in ("F32", "M545", "F438")]
    wanted = {c for e in entries for c in (*e.icf.impairment.central, *e.icf.impairment.additional)}
    assert sorted(listed) == sorted(wanted)


def test_central_ones_come_first_then_by_name():
    (group,) = suggest_icf(LIBRARY, ["F32"], "d")
    assert [item.central for item in group.items] == sorted((item.central for item in group.items), reverse=True)
    for kind in (True, False):
        names = [item.label for item in group.items if item.central is kind]
        assert names == sorted(names, key=swedish)


def test_a_code_that_the_source_lists_twice_in_one_diagnosis_is_not_shared():
    for code, twice, component in (("J02", "d330", "d"), ("G473", "b144", "b"), ("S06", "d415", "d")):
        groups = suggest_icf(LIBRARY, [code], component)
        assert all(not group.shared for group in groups)
        assert [item.code for group in groups for item in group.items].count(twice) <= 1


def test_functions_that_the_source_has_under_limitation_are_left_out_there():
    for code in ("J01", "G473"):
        assert all(item.code.startswith("d") for group in suggest_icf(LIBRARY, [code], "d") for item in group.items)


def test_two_codes_that_resolve_to_one_count_once():
    assert codes(suggest_icf(LIBRARY, ["F32.1", "F32.2"], "b")) == codes(suggest_icf(LIBRARY, ["F32"], "b"))


def test_two_codes_of_one_entry_share_all():
    (group,) = suggest_icf(LIBRARY, ["K40", "K41"], "b")
    assert group.shared


def test_the_plain_word_is_shown_and_the_official_one_kept():
    items = {item.code: item for group in suggest_icf(LIBRARY, ["M545"], "b") for item in group.items}
    assert (items["b280"].label, items["b280"].name) == ("Smärta", "Smärtförnimmelse")


def test_no_diagnosis_no_suggestion():
    assert suggest_icf(LIBRARY, [], "b") == ()
    assert suggest_icf(LIBRARY, ["Q99", "L40"], "b") == ()
