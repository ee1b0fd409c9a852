"""U-7 of certificates.md 2.9: shorter than fifteen days is usually not sent to Försäkringskassan."""

import pytest

from fmstod.certificate.handing import handing_notice
from fmstod.domain.answers import PeriodRow
from fmstod.files import read_forms
from fmstod.texts import text

FORMS = read_forms()


def leave(*ends):
    return tuple(PeriodRow(degree=d, first=f, last=t) for d, (f, t) in zip((100, 50, 25), ends, strict=False))


FOURTEEN, FIFTEEN = ("2026-11-23", "2026-12-06"), ("2026-11-23", "2026-12-07")


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (leave(FOURTEEN), True),
        (leave(FIFTEEN), False),
        (leave(("2026-11-23", "2026-11-29"), ("2026-11-30", "2026-12-06")), True),
        (leave(("2026-11-23", "2026-11-29"), ("2026-11-30", "2026-12-07")), False),
        (leave(FOURTEEN, ("2026-12-01", "2026-12-06")), True),  # a day in two periods counts once
        (leave(("2026-11-23", "")), False),  # no period yet
        ((), False),
    ],
)
@pytest.mark.parametrize("version", ["2.0", "1.3"])
def test_few_days_are_told_before_they_are_sent(version, rows, told):
    notice = handing_notice(FORMS["fk7804", version], {"32": rows})
    assert (notice is not None) == told
    if notice:
        assert (notice.rule, notice.field, notice.level) == ("U-7", "32", "tip")
        words = text(notice.text_key, **notice.values)
        assert "15 dagar" in words
        assert "{" not in words


def test_smittskydd_and_employers_have_no_such_limit():
    answers = {"32": leave(FOURTEEN)}
    assert handing_notice(FORMS["fk7804", "2.0"], {**answers, "27.1": True}) is None
    assert handing_notice(FORMS["ag7804", "2.0"], answers) is None
    assert handing_notice(FORMS["luse", "1.3"], {}) is None


def test_earlier_days_of_the_case_count():
    answers = {"32": leave(("2026-11-23", "2026-11-29"))}  # seven days
    assert handing_notice(FORMS["fk7804", "2.0"], answers, 7) is not None
    assert handing_notice(FORMS["fk7804", "2.0"], answers, 8) is None
