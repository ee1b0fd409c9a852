"""`python tools/fmb_fingerprints.py RAW_FOLDER > resources/fmb/fingerprints.tsv`: the records that people have read.

Run it only for the very exports whose records were read one by one (docs/decisions/0013): the table says so.
"""

import sys
from pathlib import Path

from fmstod.files import contents
from fmstod.knowledge.exports.aids import load_aids
from fmstod.knowledge.exports.joining import Export, Joined, join
from fmstod.knowledge.exports.record_content import record_content
from fmstod.paths import RESOURCES


def table(exports: Joined) -> str:
    """Kind and number, what the record says as a hash, and the number of its entry."""
    rows = [(f"entry.{d.id}", record_content(d), d.id) for d in exports.diagnoses.records]
    rows += [(f"recommendation.{t.id}", record_content(t), d) for d, found in exports.of.items() for t in found]
    rows.sort(key=lambda row: (row[0].split(".")[0], int(row[0].split(".")[1])))
    return "".join(f"{name}\t{content}\t{entry}\n" for name, content, entry in rows)


def read(folder: Path) -> Joined:
    """Both raw files of a folder."""
    names = ("forsakringsmedicinskdiagnosinformation.json", "typfall.json")
    diagnoses, typfall = (Export(name, (folder / name).read_bytes()) for name in names)
    return join(diagnoses, typfall, load_aids(contents(RESOURCES / "fmb")).patterns.heading)


if __name__ == "__main__":
    sys.stdout.write(table(read(Path(sys.argv[1]))))
