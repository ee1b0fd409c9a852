"""What bench.py measures of the KVÅ codes: one function of this module, in a process of its own."""

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from bench_followup import CASES, TODAY, _store
from timing import median_ms

from fmstod.storage.sql import SqlStore
from fmstod.storage.tables import documents, followups, procedures

CODES = ("DV077", "AW026", "GC001")
BEGAN = datetime(2026, 11, 1, 9, tzinfo=UTC)
YEARS = 900  # days that the codes are spread over


def codes_time() -> float:
    """Median ms to read the codes of three years as the window first shows them, counted and held against what gave them."""
    with _store() as store:
        with store._db.begin():  # noqa: SLF001 - through the door it would take minutes
            for table, rows in _rows():
                store._db.execute(sa.insert(table), rows)  # noqa: SLF001
        return median_ms(lambda: _read(store), 9)


def _read(store: SqlStore) -> object:
    days = (TODAY - timedelta(3 * 365), TODAY)
    return store.procedures.page(*days), store.procedures.sums(*days)


def _rows() -> Iterator[tuple[sa.Table, list[dict[str, object]]]]:
    """For each case a plan, a follow-up and a code, with records as long as they are."""
    at = [BEGAN - timedelta(n % YEARS) for n in range(CASES)]
    record, pdf = '{"a":"x"}' * 200, b"%PDF" * 5000
    plan = {"kind": "plan", "record": record, "pdf": pdf, "sha256": "", "record_sha256": ""}
    yield (
        documents,
        [{"id": f"p{n}", "case_id": str(n), "signed_at": at[n].isoformat(), **plan} for n in range(CASES)],
    )
    visit = {"version": 1, "next_day": None, "by": "D", "record": record}
    yield (
        followups,
        [
            {"id": f"f{n}", "case_id": str(n), "on": f"{at[n]:%Y-%m-%d}", "done_at": at[n].isoformat(), **visit}
            for n in range(CASES)
        ],
    )
    blank = {"name": "namn", "valid_from": None, "contact": None, "minutes": None, "by": "D", "unit": "U"}
    yield (
        procedures,
        [
            {
                "id": f"k{n}",
                "case_id": str(n),
                "code": CODES[n % len(CODES)],
                "on": f"{at[n]:%Y-%m-%d}",
                "source": f"s{n}",
                "at": at[n].isoformat(),
                **blank,
            }
            for n in range(CASES)
        ],
    )


if __name__ == "__main__":
    print(json.dumps({"value": globals()[sys.argv[1]]()}))
