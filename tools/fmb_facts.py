"""`python tools/fmb_facts.py RAW_FOLDER > tests/files/fmb_facts.tsv`: what the export itself says, one row a typfall.

It shares nothing with fmstod, so that a mistake in the import can't hide in the proof: codes, number, unit, and the ICF
codes of the diagnosis that has all the typfall's codes.
"""

import json
import sys
from pathlib import Path

HEAD = "id entry codes number unit impairment_central impairment_additional limitation_central limitation_additional"


def kods(rows: list[dict[str, str]]) -> list[str]:
    return [row["kod"] for row in rows]


def facts(folder: Path) -> str:
    """The table as text."""
    names = ("forsakringsmedicinskdiagnosinformation", "typfall")
    both = [json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))["data"] for name in names]
    owner = {code: record for record in both[0] for code in kods(record["attributes"]["diagnoskod"])}
    rows = [HEAD.split()]
    for record in sorted(both[1], key=lambda r: int(r["id"])):
        codes = kods(record["attributes"]["fmbtillstand"]["diagnoskod"])
        whole = owner[codes[0]]["attributes"]
        if not set(codes) <= set(kods(whole["diagnoskod"])):
            raise SystemExit(f"typfall {record['id']} lies in more than one diagnosis")
        time = record["attributes"]["rekommenderadsjukskrivning"]
        number, unit = time["maximalsjukskrivningstid"], time["maximalsjukskrivningsenhet"]
        icf = [
            " ".join(kods(whole[part][rank]))
            for part in ("funktionsnedsattning", "aktivitetsbegransning")
            for rank in ("centralkod", "kompletterandekod")
        ]
        rows.append([record["id"], owner[codes[0]]["id"], " ".join(codes), number or "", unit or "", *icf])
    return "".join("\t".join(row) + "\n" for row in rows)


if __name__ == "__main__":
    sys.stdout.write(facts(Path(sys.argv[1])))
