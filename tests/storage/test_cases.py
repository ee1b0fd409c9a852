"""Cases: saved, listed, found, and back as they were."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fmstod.domain.answers import Basis, DatedChoice, Diagnosis, IcfRating, IcfText, Measure, PeriodRow
from fmstod.domain.consultation import Consultation, Earlier, Excess
from fmstod.domain.leave import Instead
from fmstod.domain.listing import Standing, Wanted, Which
from fmstod.domain.patient import IdentityKind, Patient, Sex
from fmstod.domain.period import Period
from fmstod.domain.work import Ability, Demand, Work
from fmstod.errors import StaleRecord
from tests.storage.sample import ISSUER, TESS, answering, document, log_of, reopened

# Drafts


def test_a_saved_case_comes_back_as_it_was(store):
    assert store.save_case("a", TESS, 0) == 1
    found = store.open_case("a")
    assert (found.id, found.version, found.consultation) == ("a", 1, TESS)
    assert found.documents == ()
    assert found.procedures == ()


def test_it_is_still_there_after_closing_and_opening(store, folder):
    store.save_case("a", TESS, 0)
    store.close()
    again = reopened(folder)
    assert again.open_case("a").consultation == TESS
    again.close()


def test_each_save_counts_the_version_up(store):
    assert [store.save_case("a", TESS, version) for version in range(4)] == [1, 2, 3, 4]


def test_second_writer_is_stopped_and_the_first_ones_text_stays(store):
    store.save_case("a", TESS, 0)
    store.save_case("a", answering(TESS, q25="den första"), 1)
    with pytest.raises(StaleRecord):
        store.save_case("a", answering(TESS, q25="den andra"), 1)
    assert store.open_case("a").consultation.answers["25"] == "den första"
    assert store.open_case("a").version == 2


@pytest.mark.parametrize("version", [1, 3, -1])
def test_a_case_that_is_not_there_is_not_made_by_a_later_version(store, version):
    with pytest.raises(StaleRecord):
        store.save_case("a", TESS, version)
    assert store.cases() == ()


def test_a_new_case_never_replaces_one_with_the_same_id(store):
    store.save_case("a", TESS, 0)
    with pytest.raises(StaleRecord):
        store.save_case("a", Consultation(), 0)
    assert store.open_case("a").consultation == TESS


def test_an_unknown_case_is_a_key_error(store):
    with pytest.raises(KeyError):
        store.open_case("nobody")


def test_a_draft_can_be_discarded_but_not_behind_somebodys_back(store):
    version = store.save_case("a", TESS, 0)
    with pytest.raises(StaleRecord):
        store.discard_case("a", version + 1)
    store.discard_case("a", version)
    assert store.cases() == ()
    with pytest.raises(StaleRecord):
        store.save_case("a", TESS, version)


# Lists and search


def test_the_list_says_what_the_start_view_shows(store, clock):
    store.save_case("a", TESS, 0)
    (row,) = store.cases()
    assert (row.id, row.version, row.name, row.number) == ("a", 1, TESS.patient.name, TESS.patient.number)
    assert (row.born, row.diagnosis, row.diagnosis_text) == (date(1984, 5, 12), "F43.8A", "Utmattningssyndrom")
    assert row.periods == (Period(degree=100, first=date(2026, 11, 23), last=date(2026, 12, 20)),)
    assert (row.signed_at, row.has_plan, row.followup) == (None, False, date(2026, 12, 14))
    assert row.changed_at.utcoffset().total_seconds() == 0


def test_an_empty_draft_is_listed_too(store):
    store.save_case("a", Consultation(), 0)
    (row,) = store.cases()
    assert (row.name, row.diagnosis, row.periods, row.born, row.followup) == ("", "", (), None, None)


def test_a_follow_up_that_is_no_day_yet_is_kept_but_not_listed(store):
    store.save_case("a", answering(TESS, plan_followup="nästa v"), 0)
    assert store.cases()[0].followup is None
    assert store.open_case("a").consultation.answers["plan.followup"] == "nästa v"


def test_the_latest_change_comes_first_even_when_the_clock_is_set_back(store, clock):
    store.save_case("a", TESS, 0)
    store.save_case("b", TESS, 0)
    clock.instant = datetime(2020, 1, 1, tzinfo=UTC)
    store.save_case("c", TESS, 0)
    store.save_case("a", TESS, 1)
    assert [row.id for row in store.cases()] == ["a", "c", "b"]


@pytest.fixture
def two_patients(store):
    store.save_case("tess", TESS, 0)
    sven = Patient(name="Sven-Åke Ödlund", number="19571231-0004")
    store.save_case("sven", Consultation(patient=sven, answers={"6": (Diagnosis(code="M54.5", text="Lumbago"),)}), 0)
    return store


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("", ["sven", "tess"]),
        ("   ", ["sven", "tess"]),
        ("ÅKE", ["sven"]),
        ("ödlund", ["sven"]),
        ("ÖDL", ["sven"]),
        ("åke", ["sven"]),  # a and a ring, as macOS types it
        ("odlund", []),  # ö is a letter of its own
        ("19571231-0004", ["sven"]),
        ("195712310004", ["sven"]),
        ("571231", ["sven"]),
        ("m54", ["sven"]),
        ("F438A", ["tess"]),
        ("f43.8a", ["tess"]),
        ("utmatt", ["tess"]),
        ("sömnstörning", ["tess"]),  # a second diagnosis counts too
        ("sven lumbago", ["sven"]),
        ("lumbago sven", ["sven"]),
        ("sven utmatt", []),
        ("%", []),
        ("_", []),
        ("'; DROP TABLE cases; --", []),
        ("uthållighet", []),  # only name, number and diagnosis are search terms (L-18)
    ],
)
def test_a_search_finds_parts_of_name_number_code_and_diagnosis(two_patients, search, found):
    assert [row.id for row in two_patients.cases(search)] == found


# The issuer


def test_the_issuer_is_kept(store, folder):
    store.save_issuer(ISSUER)
    store.save_issuer(ISSUER.changed(unit=ISSUER.unit.changed(phone="08-123 456")))
    store.close()
    again = reopened(folder)
    assert again.issuer().unit.phone == "08-123 456"
    assert again.issuer().physician == ISSUER.physician
    again.close()


# Everything that can be entered survives

names = st.text(max_size=12)
days = st.dates().map(date.isoformat) | names
rated = st.builds(
    IcfRating, code=names, severity=st.none() | st.integers(0, 4), basis=st.none() | st.sampled_from(Basis)
)
rows = st.builds(PeriodRow, degree=st.sampled_from([None, 25, 50, 75, 100]), first=days, last=days)
values = (
    st.booleans()
    | st.integers()
    | st.text()
    | st.lists(names).map(tuple)
    | st.lists(st.builds(DatedChoice, kind=names, date=days)).map(tuple)
    | st.lists(st.builds(Diagnosis, code=names, text=names)).map(tuple)
    | st.lists(rows).map(tuple)
    | st.lists(st.builds(Measure, what=names, owner=names, when=days)).map(tuple)
    | st.builds(IcfText, text=st.text(), icf=st.lists(rated).map(tuple))
)
consultations = st.builds(
    Consultation,
    patient=st.builds(
        Patient,
        number=names,
        kind=st.sampled_from(IdentityKind),
        name=names,
        born=st.none() | st.dates(),
        sex=st.none() | st.sampled_from(Sex),
        protected=st.booleans(),
    ),
    work=st.builds(
        Work,
        occupation=names,
        demands=st.lists(
            st.builds(Demand, key=names, note=names, ability=st.none() | st.sampled_from(Ability)), max_size=3
        ).map(tuple),
    ),
    earlier=st.none()
    | st.builds(Earlier, had=st.booleans(), since=st.none() | st.dates(), days=st.none() | st.integers()),
    conditions=st.dictionaries(names, names | st.booleans(), max_size=4),
    excess=st.builds(Excess, reasons=st.lists(names, max_size=2).map(tuple), text=st.text()),
    no_plan=names,
    answers=st.dictionaries(names | st.sampled_from(["6", "32", "plan.followup"]), values, max_size=6),
    drafted=st.dictionaries(names, names, max_size=3),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(record=consultations)
def test_whatever_is_entered_comes_back_equal_and_of_the_same_kind(store, record):
    case = f"case-{len(log_of(store))}"
    store.save_case(case, record, 0)
    found = store.open_case(case).consultation
    assert found == record
    assert {ref: type(value) for ref, value in found.answers.items()} == {
        ref: type(value) for ref, value in record.answers.items()
    }
    assert case in {row.id for row in store.cases()}


def test_a_part_of_the_list_is_read_and_the_whole_of_it_counted(store):
    for number in range(30):
        store.save_case(f"c{number}", TESS.changed(patient=TESS.patient.changed(name=f"Tess T{number}son")), 0)
    part = store.listing(Wanted(most=5))
    assert ([row.id for row in part.rows], part.counts[Which.DRAFTS]) == (["c29", "c28", "c27", "c26", "c25"], 30)
    found = store.listing(Wanted("tess T1", most=5))
    assert ([row.id for row in found.rows], found.counts[Which.ALL]) == (["c19", "c18", "c17", "c16", "c15"], 11)
    assert store.listing(Wanted(which=Which.SIGNED)).rows == ()


def test_what_ended_without_a_certificate_is_no_draft_until_it_is_opened_again(store):
    for name in ("draft", "over"):
        store.save_case(name, TESS.changed(instead=Instead()), 0)
    store.lives.end("over", 1)
    drafts = Wanted(which=Which.DRAFTS)
    assert [row.id for row in store.listing(drafts).rows] == ["draft"]
    assert [store.listing(drafts).counts[which] for which in (Which.ALL, Which.DRAFTS, Which.SIGNED)] == [2, 1, 0]
    assert {row.id for row in store.listing(Wanted()).rows} == {"draft", "over"}
    store.lives.reopen("over")
    assert {row.id for row in store.listing(drafts).rows} == {"draft", "over"}
    store.lives.end("over", 1)
    assert store.listing(drafts).counts[Which.DRAFTS] == 1


def test_only_the_rows_that_show_are_logged_as_read(store):
    for number in range(5):
        store.save_case(f"c{number}", TESS.changed(patient=TESS.patient.changed(name=f"Tess T{number}son")), 0)
    store.listing(Wanted(most=2))
    assert [each["object"] for each in log_of(store)[-1]["resources"]] == ["c4", "c3"]
    store.listing(Wanted(most=4))
    assert [each["object"] for each in log_of(store)[-1]["resources"]] == ["c2", "c1"]


def test_a_part_by_how_sick_leave_stands_is_searched_counted_and_told_with_what_is_named_besides(store):
    for number in range(6):
        store.save_case(f"c{number}", TESS.changed(patient=TESS.patient.changed(name=f"Tess T{number}son")), 0)
        store.sign(f"c{number}", 1, [(document(name=f"d{number}", patient=NAMES[number]), b"%PDF")], [])
    stands = Standing(no_plan=("c1", "c3", "c5"), active={"c0": date(2026, 12, 1)})
    found = store.listing(Wanted(which=Which.NO_PLAN, standing=stands, most=2, also=("c0", "gone")))
    assert ([row.id for row in found.rows], [row.id for row in found.waits]) == (["c5", "c3"], ["c0"])
    assert [found.counts[which] for which in Which] == [6, 0, 6, 3, 1, 0]
    found = store.listing(Wanted("t3", Which.NO_PLAN, standing=stands))
    assert ([row.id for row in found.rows], found.counts[Which.NO_PLAN], found.counts[Which.ACTIVE]) == (["c3"], 1, 0)


NAMES = [TESS.patient.changed(name=f"Tess T{number}son") for number in range(6)]
