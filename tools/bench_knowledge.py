"""What bench.py measures of the knowledge: one function of this module, in a process of its own.

With FMSTOD_RAW_DATA the official files are read, else ones of the same size that the tests make.
"""

import contextlib
import gc
import importlib
import io
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

from timing import in_ms, median_ms

ROOT = Path(__file__).resolve().parent.parent
RAW = Path(os.environ.get("FMSTOD_RAW_DATA", "/nowhere"))
TODAY = date(2026, 11, 23)
LONGEST = 24  # characters that somebody types before choosing
NAMES = 300  # labels whose beginnings are typed
# Slips in words of the real names; the register of the tests holds these too.
SLIPS = (
    "depresion",
    "hjärnskaking",
    "fibromylagi",
    "lumbgo",
    "migrn",
    "pnuemoni",
    "artosr",
    "frktur",
    "diabtes",
    "yrsle",
)


def one_letter_p99() -> float:
    """Each letter, typed first; ms."""
    with _codes() as codes:
        return _p99(codes.search, [*"abcdefghijklmnopqrstuvwxyzåäö"] * 8)


def letters_p99() -> float:
    """From the second letter on: beginnings of names and of codes, as they are typed; ms."""
    with _codes() as codes:
        return _p99(codes.search, [typed for typed in _typed(codes) if len(typed) > 1])


def bare_ratio() -> float:
    """Queries that hit by the beginnings of words, against a plain FTS5 table of the same names, turn by turn."""
    from fmstod.knowledge.search.ranking import words_of
    from fmstod.storage.engine import connect_plain

    with _codes() as codes, tempfile.TemporaryDirectory() as folder:
        bare = connect_plain(Path(folder) / "bare.db", making=True)
        bare.execute("CREATE VIRTUAL TABLE names USING fts5(code UNINDEXED, label, prefix='1 2 3')")
        bare.executemany("INSERT INTO names VALUES (?, ?)", _register(codes).items())
        ours, theirs = [], []
        for typed in (each for each in _typed(codes) if len(each) > 1 and words_of(each)):
            match = " ".join(f'"{word}"*' for word in words_of(typed))
            query = partial(bare.execute, "SELECT code, label FROM names WHERE names MATCH ? ORDER BY rank LIMIT 20")
            begun = perf_counter()
            found = query((match,)).fetchall()
            middle = perf_counter()
            codes.search(typed)
            if found:
                ours.append(perf_counter() - middle)
                theirs.append(middle - begun)
        bare.close()
    return sum(ours) / sum(theirs)


def slip_p99() -> float:
    """A word with one slip, in a query that nothing else answers; ms."""
    with _codes() as codes:
        return _p99(codes.search, SLIPS * 20)


def advice_time() -> float:
    """Median ms for the recommendations of three diagnoses with the most records, nothing answered."""
    from fmstod.files import read_library
    from fmstod.knowledge.advise import advise

    library = read_library()
    entries = sorted(library.entries, key=lambda entry: -len(entry.recommendation))[:3]
    codes = [entry.icd10se[0] for entry in entries]
    return median_ms(partial(advise, library, codes), 200)


def load_time() -> float:
    """Read all that is known, registers too, in a process that has imported what it needs; ms."""
    from fmstod import world

    with _home() as home:
        world.read_files(
            Path(tempfile.gettempdir()) / "nobody"
        )  # imports; the files are in the disk cache as at a second start
        _forget()
        gc.collect()
        gc.disable()  # as fmstod.ui.background does while it reads
        return in_ms(partial(_read_all, home))


def code_import_time() -> float:
    """Read an edition of full size in; s."""
    from fmstod.storage.registers import import_codes

    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        files = _code_files(home / "files")
        return in_ms(lambda: import_codes(home, files, "2022", TODAY, lambda _done, _total: True)) / 1000


def fmb_import_time() -> float:
    """Read an export of full size in for the clinic: compare, tell what changes, put in use; s."""
    from fmstod.commands import fmb_import

    with tempfile.TemporaryDirectory() as folder:
        os.environ["FMSTOD_HOME"] = folder
        files = [str(file) for file in _exports(Path(folder))]
        run = partial(fmb_import.run, [*files, "--apply", "--retrieved", "2026-10-01", "--older"])
        with contextlib.redirect_stdout(io.StringIO()):
            begun = perf_counter()
            if run() != fmb_import.DONE:
                raise ValueError("the import was refused")
            return perf_counter() - begun


def register_memory() -> float:
    """What a window that searches a register holds more than one with FMB's codes alone: PSS, MB."""
    from fmstod.files import own_codes, read_library
    from fmstod.storage import registers

    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        # In another process: what an import needs for a moment is no part of a window.
        subprocess.run([sys.executable, __file__, "make_register", folder], check=True, stdout=subprocess.DEVNULL)
        own = own_codes(read_library())
        own.search("depression")
        gc.collect()
        before = _pss()
        codes = registers.open_codes(home, own, TODAY)
        for typed in (*"abcdefghijklmnopqrstuvwxyzåäö", *SLIPS, "hjärtsvikt", "svikt", "fraktur fot", "f43"):
            codes.search(typed)
            codes.known("F438A", TODAY)
        gc.collect()
        return (_pss() - before) / 1024


def make_register() -> float:
    """A register of full size in the data folder that is named next."""
    from fmstod.storage.registers import import_codes

    home = Path(sys.argv[2])
    return float(import_codes(home, _code_files(home / "files"), "2022", TODAY, lambda _done, _total: True).codes)


def _read_all(home: Path) -> None:
    from fmstod import files, fmb
    from fmstod.storage.registers import open_codes
    from fmstod.texts import catalogue

    for read in (files.read_forms, files.read_demands, files.read_descriptions, files.read_procedure_codes, catalogue):
        read()
    codes = open_codes(home, files.own_codes(fmb.in_use(home).library), TODAY)
    codes.known("F438A", TODAY)


def _forget() -> None:
    """Empty each cache of what was read, so that reading can be measured without the imports."""
    from fmstod import files, fmb, texts

    for module in (files, fmb, texts):
        for name in vars(module).values():
            if forget := getattr(name, "cache_clear", None):
                forget()


@contextlib.contextmanager
def _home() -> Iterator[Path]:
    """A data folder with a register of full size."""
    from fmstod.storage.registers import import_codes

    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        import_codes(home, _code_files(home / "files"), "2022", TODAY, lambda _done, _total: True)
        yield home


@contextlib.contextmanager
def _codes() -> Iterator[Any]:
    """A register of full size, opened and searched once."""
    from fmstod.files import own_codes, read_library
    from fmstod.storage.registers import open_codes

    with _home() as home:
        codes: Any = open_codes(home, own_codes(read_library()), TODAY)
        codes.search("a")
        yield codes
        codes.close()


def _register(codes: Any) -> Mapping[str, str]:
    found: Mapping[str, str] = codes.files[0].labels()
    return found


def _typed(codes: Any) -> Sequence[str]:
    """The beginnings of some names, the usual codes' among them, and of some codes."""
    labels = _register(codes)
    luck = random.Random(7804)
    some = luck.sample(sorted(label for code, label in labels.items() if code[0] not in "VWXY"), NAMES)
    words = [label.lower() for label in some] + luck.sample(sorted(labels), NAMES // 3)
    return [word[: end + 1] for word in words for end in range(min(len(word), LONGEST))]


def _code_files(folder: Path) -> Sequence[Path]:
    if RAW.is_dir():
        return sorted((RAW / "codes").glob("icd10se-2022-*.tsv"))
    made = _of_the_tests("registers")
    files: Sequence[Path] = made.as_files(made.large(), folder)
    return files


def _exports(folder: Path) -> Sequence[Path]:
    if RAW.is_dir():
        return [RAW / "fmb" / f"{name}.json" for name in ("forsakringsmedicinskdiagnosinformation", "typfall")]
    from fmstod.files import read_library

    made, padding = _of_the_tests("exports"), {"markup": "Text utan innehåll. " * 250}
    entries = read_library().entries
    diagnoses = [made.diagnosis(str(900_000 + e.fmb), e.title, *e.icd10se) for e in entries]
    for record in diagnoses:
        record["attributes"]["symtomprognosbehandling"] = padding
    typfall = [
        made.typfall(str(910_000 + r.id), e.title, *e.icd10se) | {"padding": padding["markup"][:2000]}
        for e in entries
        for r in e.recommendation
    ]
    for record in typfall:
        record["attributes"]["syfte"] = record.pop("padding")
    saved: Sequence[Path] = made.saved(folder, made.whole("d", diagnoses), made.whole("t", typfall))
    return saved


def _of_the_tests(name: str) -> Any:
    sys.path.insert(0, str(ROOT))
    return importlib.import_module(f"tests.knowledge.{name}")


def _pss() -> int:
    """Kilobytes of this process, shared pages by their share."""
    for line in Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    raise ValueError("the system doesn't tell")


def _p99(search: Callable[[str], object], typed: Sequence[str]) -> float:
    return statistics.quantiles((in_ms(partial(search, text)) for text in typed), n=100)[98]


MEASURES = {
    each.__name__: each
    for each in (
        one_letter_p99,
        letters_p99,
        bare_ratio,
        slip_p99,
        advice_time,
        load_time,
        code_import_time,
        fmb_import_time,
        register_memory,
        make_register,
    )
}

if __name__ == "__main__":
    print(json.dumps({"value": MEASURES[sys.argv[1]]()}))
