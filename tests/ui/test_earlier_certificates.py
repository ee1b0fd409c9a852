"""What signed certificates tell of days is read when it is known who the patient is, and the comparison follows."""

from datetime import UTC, date, datetime, timedelta

from fmstod.domain.consultation import Earlier
from fmstod.domain.lifecycle import Life, Origin, Relation
from fmstod.domain.patient import Patient
from fmstod.domain.period import Period
from fmstod.errors import StoreDamaged
from fmstod.sickleave.cases import Certificate
from fmstod.storage.store import StoredCase
from fmstod.ui.earlier_certificates import KnownLeave, taken_place_of
from fmstod.ui.models.leave import axis_of, day_of_case
from tests.ui.pages_5_7 import FOUR_WEEKS, consult, tess
from tests.ui.windows import TODAY

DAY = timedelta(1)


def certificate(first, days, name="d1"):
    period = Period(degree=100, first=first, last=first + (days - 1) * DAY)
    return Certificate(id=name, signed=datetime(2026, 11, 1, tzinfo=UTC), periods=(period,))


BEFORE = certificate(TODAY - 14 * DAY, 14)


def test_they_are_read_once_for_each_patient(qtbot):
    asked = []
    model = consult(tess(FOUR_WEEKS))
    known = KnownLeave(model, lambda number, case: asked.append((number, case)) or (BEFORE,))
    known.follow()
    model.change("earlier", earlier=Earlier(had=False))
    assert asked == [("19840512-9803", "case")]
    assert model.others == (BEFORE,)
    model.change("patient", patient=Patient())
    model.change("patient", patient=Patient(number="19121212-1212"))
    assert [number for number, _ in asked] == ["19840512-9803", "", "19121212-1212"]


def test_the_days_follow(qtbot):
    model = consult(tess(FOUR_WEEKS))
    assert model.now.leave.days.earlier is None
    model.tell_certificates([BEFORE])
    assert (model.now.leave.days.earlier, model.now.leave.days.total) == (14, 42)
    assert day_of_case(model) is None, "nobody has said that there was nothing more"
    model.change("earlier", earlier=Earlier(had=True, days=14))
    assert day_of_case(model) == 15
    assert [(bar.first, bar.planned) for bar in axis_of(model).bars] == [(TODAY - 14 * DAY, False), (TODAY, True)]


def test_what_a_case_takes_the_place_of_counts_no_more(qtbot):
    own = Life(document="own")
    replacing = Origin(kind=Relation.REPLACES, case="b", document="d1")
    renewing = Origin(kind=Relation.RENEWS, case="b", document="d1")
    stored = StoredCase(id="a", version=1, consultation=tess(FOUR_WEEKS))
    assert taken_place_of(stored) == ()
    assert taken_place_of(stored.changed(life=own, origin=replacing)) == ("own", "d1")
    assert taken_place_of(stored.changed(life=own, origin=renewing)) == ("own",)


def test_a_store_that_fails_is_told_and_leaves_no_days(qtbot):
    def broken(_number, _case):
        raise StoreDamaged(what="fmstod.db")

    model = consult(tess(FOUR_WEEKS))
    known = KnownLeave(model, broken)
    with qtbot.waitSignal(known.failed):
        known.follow()
    assert model.others == ()


def test_the_limit_lies_where_the_days_of_certificates_reach_it(qtbot):
    """28 days of which 14 lie before a gap of three: the limit is 14 days into the plan, not three days earlier."""
    model = consult(tess(FOUR_WEEKS, "F438A", earlier=Earlier(had=True, days=14)))
    model.tell_certificates([certificate(TODAY - 17 * DAY, 14)])
    assert model.now.leave.case.nth(15) == TODAY.toordinal()
    assert model.now.leave.case.first == date(2026, 11, 6).toordinal()
