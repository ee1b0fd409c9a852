"""For whom the law's days read otherwise, against sickleave.md 4.3."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from fmstod.domain.period import Period
from fmstod.files import read_forms, read_law
from fmstod.sickleave.groups import Groups, Standing, pension_step
from fmstod.sickleave.milestones import milestones, planned

LAW = read_law()
FIRST = date(2026, 3, 2)
LONG = [Period(degree=100, first=FIRST, last=FIRST + timedelta(599))]
WORK, SEEKING, PARENTAL, STUDIES = "NUVARANDE_ARBETE", "ARBETSSOKANDE", "FORALDRALEDIG", "STUDIER"


def marks(*occupations, **more):
    return {m.day: m for m in milestones(LAW, planned(LONG, 0), Standing(occupations=occupations, **more))}


def asked(*occupations, **more):
    """The days on which the law asks for something."""
    return [day for day, mark in marks(*occupations, **more).items() if mark.applies]


@pytest.mark.parametrize(
    ("occupations", "more", "days"),
    [
        ((WORK,), {}, [8, 15, 30, 91, 181, 366, 550]),
        ((), {}, [8, 15, 30, 91, 181, 366, 550]),
        ((WORK,), {"told": {"self_employed"}}, [8, 181, 366, 550]),
        ((WORK,), {"told": {"as_needed"}}, [8, 15, 30, 91]),
        ((SEEKING,), {}, [8]),
        ((STUDIES,), {}, [15]),
        ((PARENTAL,), {}, [8]),
        ((WORK,), {"told": {"special_case"}}, [8]),
        ((WORK,), {"born": date(1960, 1, 1)}, [8, 15, 30, 91]),
        ((WORK,), {"born": date(1950, 1, 1)}, [8, 15, 30, 91, 181]),
        ((SEEKING,), {"born": date(1960, 1, 1)}, [8]),
        ((WORK, STUDIES), {}, [8, 15, 30, 91, 181, 366, 550]),
        ((STUDIES, SEEKING), {}, [8, 15]),
    ],
)
def test_the_law_asks_each_group_for_its_own_days(occupations, more, days):
    assert asked(*occupations, **more) == days


def test_a_day_that_does_not_hold_says_why_and_nothing_else():
    for who in ((WORK, {"self_employed"}), (SEEKING, ()), (STUDIES, ()), (PARENTAL, ()), (WORK, {"special_case"})):
        for mark in marks(who[0], told=who[1]).values():
            if not mark.applies:
                assert mark.status == "exempt"
                assert mark.reason == mark.why_not
                assert mark.why_not.endswith(".")
                assert (mark.physician, mark.patient, mark.employer) == ("", "", "")


def test_only_those_who_have_an_employer_have_a_sentence_for_the_employer():
    for occupations, told in (((SEEKING,), ()), ((STUDIES,), ()), ((PARENTAL,), ()), ((WORK,), {"self_employed"})):
        assert not any(mark.employer for mark in marks(*occupations, told=told).values())


def test_whoever_works_when_needed_meets_other_work_at_day_91():
    mark = marks(WORK, told={"as_needed"})[91]
    assert (mark.caption, LAW.groups.label(mark.group)) == ("angiven yrkesgrupp", "anställd vid behov")
    assert "49 b §" in mark.source


def test_near_pension_is_reckoned_on_the_day_of_the_mark_itself():
    """Turns 64 on day 200: day 181 still holds, day 366 doesn't."""
    birthday = FIRST + timedelta(199)
    born = birthday.replace(year=birthday.year - 64)
    assert asked(WORK, born=born) == [8, 15, 30, 91, 181]


@pytest.mark.parametrize(
    ("on", "years", "step"),
    [
        (date(2025, 6, 1), 62, ""),
        (date(2025, 6, 1), 63, "near_pension"),
        (date(2026, 6, 1), 63, ""),
        (date(2026, 6, 1), 64, "near_pension"),
        (date(2026, 6, 1), 66, "near_pension"),
        (date(2026, 6, 1), 67, "past_pension"),
        (date(2022, 1, 31), 64, ""),
    ],
)
def test_the_ages_follow_the_year(on, years, step):
    assert pension_step(LAW.groups.pension, on.replace(year=on.year - years), on) == step
    assert pension_step(LAW.groups.pension, None, on) == ""


def test_the_lowest_age_is_three_years_before_riktalder_from_2026():
    """56 kap. 3 §: riktålder 67, so 64 and 67 in every year that follows it; the table has no hole."""
    rows = LAW.groups.pension
    assert {(row.earliest, row.guarantee) for row in rows if row.valid_from >= date(2026, 1, 1)} == {(64, 67)}
    assert all(b.valid_from - a.valid_to == timedelta(1) for a, b in pairwise(rows))
    assert rows[-1].valid_to == date.max


def test_every_occupation_of_the_certificate_has_a_group_and_no_other():
    question = next(q for q in read_forms()["fk7804", "2.0"].questions() if q.ref == "28")
    assert {g.occupation for g in LAW.groups.group if g.occupation} == {option.code for option in question.options}


def test_what_comes_from_a_web_page_or_an_unread_rule_says_so():
    """sickleave.md 4.3 [W] and 4.1 [U]."""
    for reading in LAW.groups.reading:
        if "webbsida" in (reading.source or "") or (reading.days == (8,) and reading.applies):
            assert reading.uncertain
        assert (
            reading.source is None or "§" in reading.source or "webbsida" in reading.source or "kap." in reading.source
        )


def test_a_group_that_is_not_known_is_refused():
    raw = LAW.groups.model_dump()
    with pytest.raises(ValueError, match="isn't known"):
        Groups.model_validate({**raw, "reading": [{**raw["reading"][0], "groups": ["nobody"]}]})
    with pytest.raises(ValueError, match="says why not"):
        Groups.model_validate({**raw, "reading": [{**raw["reading"][0], "why_not": ""}]})
    with pytest.raises(ValueError, match="stands twice"):
        Groups.model_validate({**raw, "group": [raw["group"][0], *raw["group"]]})
