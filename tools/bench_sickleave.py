"""What bench.py measures of the counting of days: one function of this module, in a process of its own."""

import json
import sys
from datetime import UTC, date, datetime, timedelta
from random import Random

from timing import in_ms, median_ms

from fmstod.domain.period import DEGREES, Period
from fmstod.sickleave.cases import Certificate
from fmstod.sickleave.counts import count

TODAY = date(2026, 11, 23)
CASES, LONG = 10_000, 60


def cases_time() -> float:
    """The four counts of each of ten thousand patients with two to five certificates; ms for all."""
    patients = [_certificates(Random(n), 2 + n % 4) for n in range(CASES)]
    return in_ms(lambda: [count(each, TODAY).days for each in patients])


def patient_time() -> float:
    """Median ms for the four counts of a patient with sixty certificates over years, some of them overlapping."""
    patient = _certificates(Random(60), LONG)
    return median_ms(lambda: count(patient, TODAY).days, 500)


def _certificates(random: Random, number: int) -> list[Certificate]:
    """Certificates one after another until about today, in no order; some overlap, some leave a gap."""
    made, first = [], TODAY - timedelta(25 * number)
    for n in range(number):
        last = first + timedelta(random.choice([6, 13, 27, 30]))
        middle = first + (last - first) // 2
        high, low = sorted(random.sample(DEGREES, 2), reverse=True)
        periods = (
            Period(degree=high, first=first, last=middle),
            Period(degree=low, first=middle + timedelta(1), last=last),
        )
        made.append(Certificate(id=str(n), signed=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(n), periods=periods))
        first = last + timedelta(random.choice([-3, 1, 1, 1, 4, 12, 95]))
    random.shuffle(made)
    return made


MEASURES = {each.__name__: each for each in (cases_time, patient_time)}

if __name__ == "__main__":
    print(json.dumps({"value": MEASURES[sys.argv[1]]()}))
