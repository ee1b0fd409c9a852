"""What bench.py measures of the list of follow-ups: one function of this module, in a process of its own."""

import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random

import sqlalchemy as sa
from timing import median_ms

from fmstod.domain.answers import Diagnosis, IcfRating, IcfText, Measure, PeriodRow
from fmstod.domain.consultation import Consultation, Earlier
from fmstod.domain.event import Asked, Subject
from fmstod.domain.listing import Wanted, Which, standing
from fmstod.domain.patient import Patient
from fmstod.storage import key
from fmstod.storage.case_rows import _columns
from fmstod.storage.opening import create_store
from fmstod.storage.sql import SqlStore
from fmstod.storage.store import Listing
from fmstod.storage.tables import cases, events
from fmstod.ui.cases.inquiry_log import SHOWN
from fmstod.ui.cases.waiting import Waits
from fmstod.ui.followup.due import due_of, read_due, read_watched, who

TODAY = date(2026, 11, 23)
CASES, NAMED = 10_000, 50
_BLANK = {"by": "", "recipient": "", "how": "", "reason": "", "text": "", "inquiry": "", "asked": None}
CHEAP = key.Cost(memory=8, passes=1, lanes=1)


def due_time() -> float:
    """Median ms to read what is due of ten thousand signed cases, and the names that the page shows first."""
    with _store() as store:
        return median_ms(lambda: _read(store), 9)


def list_time() -> float:
    """Median ms to read the list of ten thousand cases as the window first shows it, with what waits beside it."""
    with _store() as store:
        return median_ms(lambda: _whole(store), 9)


def found_time() -> float:
    """Median ms to read the list of ten thousand cases as a search of it does, or one of its parts."""
    with _store() as store:
        waits, _listing = _whole(store)
        wanted = [Wanted(words, standing=waits.standing) for words in ("testsson 77", "fokus saknas")]
        wanted += [Wanted(which=which, standing=waits.standing) for which in Which]
        return max(median_ms(partial(store.listing, each), 9) for each in wanted)


def log_time() -> float:
    """Median ms to read the log of what has been asked of every tenth of ten thousand cases, and whose the first are."""
    with _store() as store:
        asked = Asked(
            id="q", subject=Subject.COMPLEMENT, on=TODAY, groups=("limitation",), text="Hur märks det i arbetet?" * 20
        )
        event = {"kind": "asked", "at": datetime(2026, 11, 2, tzinfo=UTC).isoformat(), "asked": asked.model_dump_json()}
        with store._db.begin():  # noqa: SLF001
            store._db.execute(  # noqa: SLF001
                sa.insert(events), [{**_BLANK, **event, "case_id": str(n), "document": ""} for n in range(0, CASES, 10)]
            )
        return median_ms(lambda: _log(store), 9)


def _log(store: SqlStore) -> object:
    asked = store.lives.inquiries()
    return store.listing(Wanted(most=0, also=tuple(case for case, _each in asked[:SHOWN])))


def open_time() -> float:
    """Median ms to read the open ones of ten thousand cases, with what FMB is asked about them."""
    with _store() as store:
        return median_ms(lambda: store.fmb_facts([row.id for row in store.open_cases(TODAY)]), 9)


def _whole(store: SqlStore) -> tuple[Waits, Listing]:
    watched = read_watched(store, TODAY)
    waits = Waits(due_of(store, watched, TODAY), standing(watched, TODAY))
    return waits, store.listing(Wanted(standing=waits.standing, also=waits.named))


def _read(store: SqlStore) -> object:
    groups = read_due(store, TODAY)
    return groups, who(store, [each for group in groups for each in group.cases[:NAMED]])


@contextmanager
def _store() -> Iterator[SqlStore]:
    """Ten thousand signed cases of half as many patients, most of them over, as in a clinic of some years."""
    with tempfile.TemporaryDirectory() as folder:
        store = create_store(Path(folder, "store"), "fyra små ord på rad", cost=CHEAP)
        random = Random(10_000)
        rows = [_row(n, random) for n in range(CASES)]
        with store._db.begin():  # noqa: SLF001 - through the door it would take minutes
            store._db.execute(sa.insert(cases), rows)  # noqa: SLF001
            at = datetime(2026, 11, 1, tzinfo=UTC).isoformat()
            store._db.execute(  # noqa: SLF001
                sa.insert(events),
                [
                    {"case_id": row["id"], "kind": kind, "at": at, "document": f"d{row['id']}", **_BLANK}
                    for row in rows
                    for kind in ("created", "signed")
                ],
            )
        try:
            yield store
        finally:
            store.close()


def _row(number: int, random: Random) -> dict[str, object]:
    first = TODAY - timedelta(random.randint(0, 900))
    middle, last = first + timedelta(20), first + timedelta(random.choice([27, 41, 89]))
    words = "Patienten klarar inte att hålla fokus i mer än en kvart. " * 12
    record = Consultation(
        patient=Patient(
            name=f"Tess Testsson {number}", number=f"{19000000 + number // 2}-9803", born=date(1984, 5, 12)
        ),
        earlier=Earlier(had=number % 3 == 0, days=None if number % 3 else 30),
        answers={
            "6": (Diagnosis(code="F43.8A", text="Utmattningssyndrom"),),
            "32": (
                PeriodRow(degree=100, first=first.isoformat(), last=middle.isoformat()),
                PeriodRow(degree=50, first=(middle + timedelta(1)).isoformat(), last=last.isoformat()),
            ),
            "35": IcfText(text=words, icf=(IcfRating(code="b1300", severity=3),)),
            "17": IcfText(text=words, icf=(IcfRating(code="d240", severity=3),)),
            "plan.measures": (Measure(what="Samtal", owner="Kurator"),),
            "plan.followup": (last - timedelta(random.randint(1, 20))).isoformat(),
        },
    )
    at = datetime(2026, 11, 1, tzinfo=UTC).isoformat()
    plain = {"id": str(number), "version": 1, "change": number, "changed_at": at, "signed_at": at}
    return {**_columns(record), **plain, "has_plan": bool(number % 4), "purpose": True, "measure": bool(number % 3)}


MEASURES = {each.__name__: each for each in (due_time, list_time, found_time, log_time, open_time)}

if __name__ == "__main__":
    print(json.dumps({"value": MEASURES[sys.argv[1]]()}))
