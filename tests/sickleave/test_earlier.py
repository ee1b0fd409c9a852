"""What FMB is compared with, once certificates in the store tell of earlier days."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fmstod.domain.answers import PeriodRow
from fmstod.domain.consultation import Consultation, Earlier
from fmstod.domain.document import Document, DocumentKind
from fmstod.domain.issuer import Issuer, Physician, Unit
from fmstod.domain.leave import DaysBefore, StillReduced
from fmstod.domain.lifecycle import Life, Relation, Successor
from fmstod.domain.patient import Patient
from fmstod.domain.period import DEGREES, DayCounts, Period
from fmstod.domain.recommendation import Limit
from fmstod.knowledge.comparison import Outcome, compare, told
from fmstod.sickleave.cases import Certificate, counted
from fmstod.sickleave.counts import count
from fmstod.sickleave.earlier import compared
from fmstod.texts import catalogue
from tests.sickleave.oracle import groups

FIRST = date(2026, 3, 2)
DAY = timedelta(1)


def row(first, days, degree=100):
    return PeriodRow(degree=degree, first=f"{first}", last=f"{first + (days - 1) * DAY}")


def draft(days=14, earlier=None, first=FIRST, degree=100):
    return Consultation(answers={"32": (row(first, days, degree),)} if days else {}, earlier=earlier)


def signed(name, first, days, degree=100):
    period = Period(degree=degree, first=first, last=first + (days - 1) * DAY)
    return Certificate(id=name, signed=datetime(2026, 1, 1, tzinfo=UTC), periods=(period,))


BEFORE = signed("a", FIRST - 30 * DAY, 28)  # two empty days
LONG_AGO = signed("h", FIRST - 80 * DAY, 20)
NONE, SOME = Earlier(had=False), Earlier(had=True)


@pytest.mark.parametrize("earlier", [None, NONE, SOME, Earlier(had=True, since=FIRST - 20 * DAY, days=12)])
def test_without_certificates_the_days_are_those_that_were_entered(earlier):
    for days in (0, 14):
        made = draft(days, earlier)
        assert compared(made, []).days == made.day_counts
        assert compared(made, [signed("x", FIRST - 300 * DAY, 5)]).days == made.day_counts, "another case"


def test_signed_certificates_of_the_case_are_counted_and_those_of_the_chain_told():
    found = compared(draft(14, NONE), [BEFORE, LONG_AGO])
    assert (found.days.planned, found.days.earlier, found.days.total) == (14, 28, 42)
    assert found.chain.total == 14 + 28 + 20
    assert found.chain.day(FIRST) == 28 + 20 + 1
    assert [each.id for each in found.certificates] == ["a"]
    assert found.since == FIRST - 30 * DAY
    assert found.contradicts


def test_of_a_certificate_only_the_periods_of_the_case_are_counted():
    two = BEFORE.changed(periods=BEFORE.periods + LONG_AGO.periods)
    found = compared(draft(14, NONE), [two])
    assert (found.days.total, found.chain.total) == (42, 62)


def test_what_a_renewal_took_over_is_not_counted_twice():
    found = compared(draft(14, Earlier(had=True, since=FIRST - 30 * DAY, days=28)), [BEFORE])
    assert found.days.total == 42
    assert not found.contradicts


def test_more_than_the_certificates_tell_may_be_entered():
    found = compared(draft(14, Earlier(had=True, since=FIRST - 90 * DAY, days=60)), [BEFORE])
    assert (found.days.total, found.chain.total) == (74, 74)


def test_days_before_this_program_count_in_the_chain_alone():
    found = compared(draft(14, NONE), [BEFORE], before=[DaysBefore(on=FIRST, days=100)])
    assert (found.days.total, found.chain.total) == (42, 142)


def test_a_gap_marked_as_still_reduced_counts_in_the_chain_alone():
    gap = StillReduced(first=FIRST - 2 * DAY, last=FIRST - DAY)
    assert (compared(draft(), [BEFORE], reduced=[gap]).chain.total) == 44
    assert compared(draft(), [BEFORE], reduced=[gap]).days == compared(draft(), [BEFORE]).days
    outside = StillReduced(first=FIRST + 100 * DAY, last=FIRST + 120 * DAY)
    assert compared(draft(), [BEFORE], reduced=[outside]).chain.total == 42, "after the last it is no gap"


@pytest.mark.parametrize("free", [0, 5, 6, 89, 90])
def test_while_nothing_is_planned_the_case_and_the_chain_of_the_day_are_told(free):
    on = BEFORE.periods[0].last + (free + 1) * DAY
    found = compared(draft(0, SOME), [BEFORE], on=on)
    assert (found.case is not None) == (free <= 5)
    assert (found.chain is not None) == (free <= 89)
    assert (found.days.planned, found.days.earlier) == (0, 28 if free <= 5 else None)
    assert found.entered is None
    assert compared(draft(0, SOME), [BEFORE]).chain is None, "of no day nothing is told"
    assert compared(draft(14, NONE), [BEFORE], on=on).days == compared(draft(14, NONE), [BEFORE]).days


def test_what_a_renewal_entered_is_not_counted_twice_in_the_chain_though_the_case_has_ended():
    told = Earlier(had=True, since=FIRST - 80 * DAY, days=20)
    assert compared(draft(14, told), [LONG_AGO]).chain.total == 34
    assert compared(draft(0, told), [LONG_AGO], on=FIRST).chain.total == 20
    assert compared(draft(14, told.changed(days=30)), [LONG_AGO]).chain.total == 44, "ten of them no certificate told"


@pytest.mark.parametrize(("known", "said"), [(NONE, "hittills 28 dagar av"), (None, "hittills minst 28 dagar av")])
def test_while_nothing_is_planned_it_is_said_what_has_been_used(known, said):
    days = compared(draft(0, known), [BEFORE], on=FIRST).days
    found = compare(days, limit(42))
    assert found is Outcome.NOTHING_PLANNED, "what isn't planned neither fits nor is longer"
    assert told(found, days, limit(42), catalogue()).startswith(said)
    assert told(found, draft(0, NONE).day_counts, limit(42), catalogue()) == "ange perioderna för att jämföra"


def test_what_the_draft_covers_itself_is_planned_and_not_earlier():
    inside = signed("b", FIRST, 10, 50)
    found = compared(draft(14, NONE), [inside])
    assert found.days == draft(14, NONE).day_counts
    assert found.certificates == []
    assert found.by_degree == {100: 14}, "what is planned goes before what was signed"
    assert compared(draft(14, NONE, degree=25), [signed("c", FIRST - 5 * DAY, 10, 50)]).by_degree == {50: 5, 25: 14}


def test_the_draft_itself_and_what_it_replaces_are_left_out():
    assert compared(draft(14, NONE), [BEFORE], leaving_out={"a"}).days == draft(14, NONE).day_counts


def limit(days, **values):
    return Limit(days=days, kind="at_most", sure=True, entry=1, title="", dated=FIRST, retrieved=FIRST, **values)


@pytest.mark.parametrize(("bound", "outcome"), [(41, Outcome.LONGER_THAN_2020), (42, Outcome.UNKNOWN_EARLIER)])
def test_unanswered_days_are_longer_for_certain_or_not_known(bound, outcome):
    found = compared(draft(14), [BEFORE]).days
    assert compare(found, limit(bound)) is outcome
    assert compare(compared(draft(14, NONE), [BEFORE]).days, limit(42)) is Outcome.WITHIN
    assert compare(draft(14).day_counts, limit(10)) is Outcome.UNKNOWN_EARLIER, "as before, without certificates"


LIMITS = st.one_of(
    st.builds(limit, st.integers(1, 120)),
    st.builds(
        lambda days, after, event: limit(days, counts_from="surgery", event=event, after_event=after),
        st.one_of(st.none(), st.integers(1, 60)),
        st.integers(1, 60),
        st.dates(FIRST - 60 * DAY, FIRST + 20 * DAY),
    ),
)
ALLOWED = {Outcome.WITHIN, Outcome.BEFORE_EVENT}


@given(LIMITS, st.integers(1, 40), st.integers(1, 40), st.integers(0, 6), st.integers(0, 150))
def test_what_is_said_while_nobody_has_answered_holds_whatever_the_answer_is(of, days, signed_days, gap, more):
    known = signed("a", FIRST - (signed_days + gap) * DAY, signed_days)
    said = compare(compared(draft(days), [known]).days, of)
    whole = compared(draft(days, Earlier(had=True, days=(signed_days + more) if gap < 6 else more)), [known]).days
    assert said in {Outcome.LONGER_THAN_2020, Outcome.UNKNOWN_EARLIER, *ALLOWED}
    if said is not Outcome.UNKNOWN_EARLIER:
        assert (compare(whole, of) in ALLOWED) == (said in ALLOWED)


def test_what_certificates_tell_can_be_entered_in_one_step():
    found = compared(draft(14), [BEFORE])
    assert found.entered == Earlier(had=True, since=FIRST - 30 * DAY, days=28)
    answered = draft(14, found.entered)
    assert compare(compared(answered, [BEFORE]).days, limit(42)) is Outcome.WITHIN
    assert compared(draft(14), []).entered is None


def test_known_days_have_their_place_when_a_time_counts_from_an_event():
    days = compared(draft(14, NONE), [BEFORE]).days
    assert days.from_day(FIRST - 3 * DAY) == (15, 15), "one day of the certificate before, the gap, the plan"
    assert days.reached(FIRST - 3 * DAY, 10) == FIRST + 8 * DAY
    unanswered = compared(draft(14), [BEFORE]).days
    assert unanswered.from_day(FIRST - 3 * DAY) == (15, 15)
    assert unanswered.from_day(FIRST - 40 * DAY) == (42, 52), "before the certificate there may be more"


dates = st.dates(date(2026, 1, 1), date(2026, 6, 1))
stretches = st.builds(
    lambda first, days, degree: Period(degree=degree, first=first, last=first + days * DAY),
    dates,
    st.integers(0, 30),
    st.sampled_from(DEGREES),
)


@given(
    st.lists(stretches, min_size=1, max_size=2),
    st.lists(stretches, max_size=5),
    st.one_of(st.none(), st.just(NONE), st.builds(Earlier, had=st.just(True), days=st.integers(1, 90))),
    dates,
)
def test_the_days_are_those_that_counting_one_by_one_finds(planned, others, earlier, on):
    rows = tuple(PeriodRow(degree=p.degree, first=f"{p.first}", last=f"{p.last}") for p in planned)
    made = Consultation(answers={"32": rows}, earlier=earlier)
    certificates = [Certificate(id=f"{n}", signed=datetime(2026, 1, 1), periods=(p,)) for n, p in enumerate(others)]
    found = compared(made, certificates).days

    def every(periods):
        return {p.first + n * DAY for p in periods for n in range(p.days)}

    own, whole = every(planned), every([*planned, *others])
    known = {day for group in groups(whole, 5) if own & set(group) for day in group} - own
    assert found.planned == len(own)
    if earlier is None:
        assert (found.earlier, found.at_least) == ((len(known), True) if known else (None, False))
    else:
        assert (found.earlier, found.at_least) == (max(len(known), earlier.days or 0), False)
    after = len([day for day in own | known if day >= on])
    assert found.from_day(on)[0] >= after
    if earlier == NONE:
        assert found.from_day(on) == (after, after)


ISSUER = Issuer(physician=Physician(name="Leg Läkare"), unit=Unit(name="Enheten"))


def document(form="fk7804", **answers):
    return Document(
        id="d",
        kind=DocumentKind.CERTIFICATE,
        form=(form, "2.0"),
        patient=Patient(),
        issuer=ISSUER,
        answers={"32": (row(FIRST, 14), PeriodRow()), **answers},
        signed_at=datetime(2026, 3, 1, tzinfo=UTC),
        program="",
    )


HOLDS = Life(document="d")


def test_a_signed_certificate_for_sickness_benefit_counts_with_its_periods():
    found = counted(document(), HOLDS)
    assert (found.id, [p.days for p in found.periods]) == ("d", [14])


@pytest.mark.parametrize(
    ("made", "life"),
    [
        (document("ag7804"), HOLDS),
        (document("ag1-14"), HOLDS),
        (document(**{"27.1": True}), HOLDS),
        (document(), HOLDS.changed(revoked=True)),
        (document(), Life()),
        (document(), Life(document="another")),
        *(
            (document(), HOLDS.changed(successors=(Successor(kind=kind, case="c", document="e"),)))
            for kind in (Relation.REPLACES, Relation.COMPLEMENTS)
        ),
    ],
)
def test_what_holds_no_more_or_is_for_another_purpose_does_not_count(made, life):
    assert counted(made, life) is None


@pytest.mark.parametrize(
    "successor",
    [
        Successor(kind=Relation.REPLACES, case="c"),  # a draft replaces nothing yet
        Successor(kind=Relation.REPLACES, case="c", document="e", revoked=True),
        Successor(kind=Relation.RENEWS, case="c", document="e"),
        Successor(kind=Relation.MADE_FROM, case="c", document="e"),
    ],
)
def test_what_still_holds_counts(successor):
    assert counted(document(), HOLDS.changed(successors=(successor,)))


def test_day_counts_without_known_periods_are_as_before():
    assert DayCounts(planned=14, earlier=3).total == 17
    assert not DayCounts(planned=14, earlier=3).may_be_more
    assert DayCounts(planned=14, earlier=None).may_be_more


@given(
    st.lists(stretches, min_size=1, max_size=2),
    st.lists(stretches, max_size=5),
    st.one_of(st.none(), st.just(NONE), st.builds(Earlier, had=st.just(True), days=st.integers(1, 90))),
    dates,
)
def test_the_case_has_as_many_days_as_are_compared_and_its_gaps_are_the_chains(planned, others, earlier, on):
    rows = tuple(PeriodRow(degree=p.degree, first=f"{p.first}", last=f"{p.last}") for p in planned)
    certificates = [Certificate(id=f"{n}", signed=datetime(2026, 1, 1), periods=(p,)) for n, p in enumerate(others)]
    found = compared(Consultation(answers={"32": rows}, earlier=earlier), certificates)
    assert (found.case is None) == (found.days.earlier is None)
    if found.case:
        assert found.case.count == found.days.total
        told = found.counts(on)
        assert found.case.first <= told.on.toordinal() <= found.case.last
        assert told.days["D1"] == found.days.total
        assert told.days["D3"] == told.days["D2"] + 1
    assert found.counted is None or not found.days.at_least
    for first, last in found.gaps:
        free = {first + n * DAY for n in range((last - first).days + 1)}
        assert not any(p.first <= day <= p.last for p in [*planned, *others] for day in free)
        marked = compared(
            Consultation(answers={"32": rows}, earlier=earlier),
            certificates,
            reduced=[StillReduced(first=first, last=last)],
        )
        assert marked.chain.days.count >= found.chain.days.count + len(free)
        assert marked.days == found.days, "the chain alone"


@given(st.lists(stretches, max_size=5), dates)
def test_while_nothing_is_planned_the_counts_are_those_that_the_certificates_give(others, on):
    """As the engine counts them by the certificates alone, and in the days after the case too that still belong to it."""
    certificates = [Certificate(id=f"{n}", signed=datetime(2026, 1, 1), periods=(p,)) for n, p in enumerate(others)]
    found, plain = compared(draft(0, NONE), certificates, on=on), count(certificates, on)
    assert found.chain == plain.chain
    sick = {p.first + n * DAY for p in others for n in range(p.days)}
    near = next((group for group in groups(sick, 5) if group[0] <= on <= group[-1] + 6 * DAY), None)
    assert (found.case is not None) == (near is not None)
    if near:
        assert (found.days.planned, found.days.total, found.case.count) == (0, len(near), len(near))
    if plain.case:
        assert found.counts(on).days == plain.days
