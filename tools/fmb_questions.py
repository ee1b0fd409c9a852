"""How many questions settle what FMB says for a patient: `python tools/fmb_questions.py [--load]`.

For each code of each entry the panel's own order is followed to the end. The mean takes every way to answer all
questions of a code as equally likely, exactly; the worst case is the longest way. With --load the work's load is known,
as it is once step 1 is filled in.
"""

import statistics
import sys
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from fmstod.files import read_library
from fmstod.knowledge.deciding import Table, table_of
from fmstod.knowledge.matching import LOADS, Answer

LOAD = "workload"


class Way(NamedTuple):
    mean: float
    worst: int


def ways(table: Table, known: Mapping[str, Answer]) -> Way:
    """Mean and longest number of questions from these answers on."""
    asks = table.order(known)
    if not asks:
        return Way(0, 0)
    answers = next(q.answers for q in table.questions if q.key == asks[0])
    after = [ways(table, {**known, asks[0]: answer}) for answer in answers]
    return Way(1 + statistics.fmean(way.mean for way in after), 1 + max(way.worst for way in after))


@cache
def of_code(code: str, *, load_known: bool) -> Way:
    """Questions of one code; with the load known, the mean over its levels and the worst of them."""
    table = table_of(read_library(), code)
    if not load_known or all(q.key != LOAD for q in table.questions):
        return ways(table, {})
    found = [ways(table, {LOAD: load}) for load in LOADS]
    return Way(statistics.fmean(way.mean for way in found), max(way.worst for way in found))


def main() -> None:
    load_known = "--load" in sys.argv[1:]
    library = read_library()
    found = {
        entry.fmb: max((of_code(code, load_known=load_known), code, entry.title) for code in entry.icd10se)
        for entry in library.entries
        if not entry.changed_at_source
    }
    each = [of_code(c, load_known=load_known) for e in library.entries if e.fmb in found for c in e.icd10se]
    for name, rows in (("codes", each), ("entries", [way for way, _, _ in found.values()])):
        means, worst = [way.mean for way in rows], [way.worst for way in rows]
        print(
            f"{len(rows)} {name}: median {statistics.median(means):.2f}, mean {statistics.fmean(means):.2f}; "
            f"longest way: median {statistics.median(worst)}, most {max(worst)}"
        )
    for way, code, title in sorted(found.values(), reverse=True)[:10]:
        print(f"{code:6} mean {way.mean:.2f} worst {way.worst}  {title}")


if __name__ == "__main__":
    main()
