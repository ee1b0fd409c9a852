"""Registers of ICD-10-SE for tests: real names of a few codes, and made-up ones of any number, the same each time."""

import random
from functools import cache
from itertools import accumulate, product
from pathlib import Path
from string import ascii_uppercase

ROWS = Path(__file__).resolve().parents[1] / "files" / "code_rows.tsv"
WHOLE = 35_684  # codes of edition 2022
_ONSETS = [
    "b",
    "br",
    "d",
    "dr",
    "f",
    "g",
    "gl",
    "h",
    "k",
    "kl",
    "l",
    "m",
    "n",
    "p",
    "pr",
    "r",
    "s",
    "sk",
    "st",
    "t",
    "tr",
    "v",
]
_NUCLEI = ["a", "e", "i", "o", "u", "å", "ä", "ö"]
_ENDS = ["", "n", "r", "s", "l", "nd", "t", "x"]


@cache
def real_rows():
    """The needed rows: code and official name."""
    return dict(line.split("\t") for line in ROWS.read_text(encoding="utf-8").splitlines())


def small():
    """A category for each letter, so that it passes for whole, and the needed rows."""
    letters = {f"{letter}00": f"Sjukdom under {letter}" for letter in ascii_uppercase}
    return letters | real_rows()


@cache
def large(seed=7804):
    """As many codes as edition 2022 has, in its proportions: 14,206 diagnoses, the rest causes from outside."""
    luck = random.Random(seed)
    words = [
        "".join(luck.choice(part) for part in (_ONSETS, _NUCLEI, _ENDS) * luck.randint(2, 4)) for _ in range(9_400)
    ]
    often = list(accumulate(1 / (n + 8) for n in range(len(words))))
    found = small()
    for letters, count in (([*ascii_uppercase[:21], "Z"], 14_206), ("VWXY", WHOLE)):
        stems = [f"{letter}{a}{b}" for letter, a, b in product(letters, range(10), range(10))]
        found |= {stem: f"Grupp {luck.choice(words)}" for stem in stems if stem not in found}
        tails = [str(n) for n in range(10)] + [f"{n}{mark}" for n in range(10) for mark in "ABCDEWX0"]
        longer = [stem + tail for stem, tail in product(stems, tails)]
        luck.shuffle(longer)
        for code in longer:
            if len(found) >= count:
                break
            name = " ".join(luck.choices(words, cum_weights=often, k=luck.randint(2, 13)))
            found.setdefault(code, name.capitalize())
    return found


def as_files(codes, folder, year="2022"):
    """The three files of the layout until 2022, by the length of the codes, with byte-order mark."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for length in (3, 4, 5):
        if not any(len(code) == length for code in codes):
            continue
        rows = [f"{code}\t\t{name}" for code, name in sorted(codes.items()) if len(code) == length]
        files.append(folder / f"icd10se-{year}-{length}.tsv")
        files[-1].write_text("\n".join(rows), encoding="utf-8-sig")
    return files


def as_table(codes, inactive=()):
    """The one file since 2024: quoted, a header, rows that gather, codes with dots."""
    lines = [
        '"Kod"\t"Aktiv"\t"Nivå"\t"Titel"\t"Beskrivning"',
        '"I"\t"1"\t""\t"Kapitel"\t""',
        '"A00-B99"\t"1"\t""\t"Grupp"\t""',
    ]
    for code, name in sorted(codes.items()):
        dotted = code if len(code) == 3 else f"{code[:3]}.{code[3:]}"
        active = "" if code in inactive else "1"
        lines.append("\t".join(f'"{cell}"' for cell in (dotted, active, "", name.replace('"', '""'), "Löpande\ntext")))
    return "\r\n".join(lines) + "\r\n"
