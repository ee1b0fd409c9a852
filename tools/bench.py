"""The benchmark table: `make bench`. Ratios are measured in the same run, turn by turn; medians, whole processes.

Writes build/bench.json. A missed target is told, not an error; a part that isn't there is named and passed over.
"""

import json
import os
import platform
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / "build" / "bench.json"
CORE, WINDOWS, KNOWLEDGE, SICK_LEAVE, FOLLOW_UP, TIMELINE, QUALITY, TYPING, CODES = (
    ROOT / "tools" / f"bench_{part}.py"
    for part in ("core", "windows", "knowledge", "sickleave", "followup", "timeline", "quality", "typing", "codes")
)
JUDGED = (ROOT / "tools" / "quality.py", "locked")  # the half of the examples that the rules weren't made with
STARTS, UNLOCKS = 11, 5


@dataclass(frozen=True)
class Row:
    """One promise. `measure` gives the value, in `unit`; at most `target` is kept."""

    name: str
    unit: str
    target: float
    measure: Callable[[], float]


def rows() -> list[Row]:
    return [
        Row("start to the unlock window ÷ an empty PySide6 window", "×", 1.6, start_ratio),
        Row("Enter on the passphrase to a usable window, key derivation aside", "ms", 400, unlock_time),
        Row("one keystroke in diagnosis search, p99", "ms", 5, inside("search_p99")),
        Row("full check of a certificate", "ms", 2, inside("check_time")),
        Row("full check of any form, typical or overlong, p99", "ms", 5, inside("check_p99")),
        Row("certificate PDF, tagged and finished, 4 pages", "ms", 60, inside("pdf_time")),
        Row("the unit's seal on it", "ms", 40, inside("seal_time")),
        Row("save with audit row ÷ the same two rows through bare sqlcipher3", "×", 2.5, inside("save_ratio")),
        Row("memory 10 s after unlock ÷ a window that imported the same libraries", "×", 1.4, memory_ratio),
        Row("one letter typed, among 35,684 codes, p99", "ms", 15, inside("one_letter_p99", KNOWLEDGE)),
        Row("two letters and more typed, among 35,684 codes, p99", "ms", 8, inside("letters_p99", KNOWLEDGE)),
        Row("search that hits by beginnings ÷ a bare FTS5 prefix query", "×", 2, inside("bare_ratio", KNOWLEDGE)),
        Row("a slip of the finger repaired, p99", "ms", 10, inside("slip_p99", KNOWLEDGE)),
        Row("recommendations for three diagnoses", "ms", 1, inside("advice_time", KNOWLEDGE)),
        Row("all knowledge read at start", "ms", 60, inside("load_time", KNOWLEDGE)),
        Row("a whole export of FMB read in", "s", 3, inside("fmb_import_time", KNOWLEDGE)),
        Row("a whole edition of ICD-10-SE read in", "s", 5, inside("code_import_time", KNOWLEDGE)),
        Row("memory that a register adds", "MB", 40, inside("register_memory", KNOWLEDGE)),
        Row("the four day counts of 10,000 patients", "ms", 200, inside("cases_time", SICK_LEAVE)),
        Row("the four day counts of a patient with 60 certificates", "ms", 0.2, inside("patient_time", SICK_LEAVE)),
        Row("what is due for follow-up, of 10,000 cases", "ms", 200, inside("due_time", FOLLOW_UP)),
        Row("the list of 10,000 cases, with what waits beside it", "ms", 200, inside("list_time", FOLLOW_UP)),
        Row("a search in it, or one of its parts", "ms", 200, inside("found_time", FOLLOW_UP)),
        Row("the open ones of 10,000 cases, as an update of FMB asks", "ms", 200, inside("open_time", FOLLOW_UP)),
        Row(
            "the log of 1,000 questions from Försäkringskassan, of 10,000 cases",
            "ms",
            200,
            inside("log_time", FOLLOW_UP),
        ),
        Row("10,000 KVÅ codes counted, and the first shown", "ms", 200, inside("codes_time", CODES)),
        Row("the timeline of two years with 20 certificates painted", "ms", 16, inside("paint_time", TIMELINE)),
        Row("the same laid out and put into words anew, after a key", "ms", 4, inside("lay_out_time", TIMELINE)),
        Row("quality of a certificate with every text at its limit, p99", "ms", 20, inside("judge_p99", QUALITY)),
        Row("a key in a text of 4000 characters with marks, painted, p99", "ms", 16, inside("frame_p99", TYPING)),
        Row("what the window does when the user pauses in it, marks drawn", "ms", 20, inside("pause_time", TYPING)),
    ]


def main() -> int:
    compile_everything()
    cpu = f"{_cpu()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    report = []
    for row in rows():
        try:
            value, why = row.measure(), ""
        except NotMeasured as error:
            value, why = None, str(error)
        ok = None if value is None else value <= row.target
        report.append({"name": row.name, "value": value and round(value, 3), "unit": row.unit, "target": row.target})
        report[-1] |= {"ok": ok, "cpu": cpu, **({"why": why} if why else {})}
        print(line(report[-1]), flush=True)
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"\n{cpu}\nregisters and exports: {read_from()}\n{REPORT}\n")
    print(precision())
    return 0


def precision() -> str:
    """What the rules of quality find in example certificates, rule by rule: precision, recall, and of how many."""
    program, half = JUDGED
    done = subprocess.run(
        [sys.executable, str(program), half], env=environment(), cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.stdout.rstrip() or (done.stderr.strip().splitlines() or ["no examples"])[-1]


def line(row: dict[str, Any]) -> str:
    value = "not measured" if row["value"] is None else f"{row['value']:.2f} {row['unit']}"
    verdict = {True: "ok", False: "MISSED", None: row.get("why", "")}[row["ok"]]
    return f"{row['name']:<72} {value:>13}  ≤ {row['target']:g} {row['unit']}  {verdict}"


class NotMeasured(Exception):
    """A row's part isn't there, or its child failed; says which."""


def compile_everything() -> None:
    """Start-up is measured as users have it: with compiled bytecode."""
    places = [str(ROOT / "fmstod"), sysconfig.get_path("purelib")]
    subprocess.run([sys.executable, "-m", "compileall", "-qq", "-j", "0", *places], env=environment(), check=False)


def environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in {"PYTHONDONTWRITEBYTECODE", "PYTHONPATH"}}
    return {**kept, "QT_QPA_PLATFORM": "offscreen", **more}


def child(program: Path, *arguments: str, home: str = "") -> dict[str, Any]:
    """What a child process measures, as it says in its last line. `home` is its data folder."""
    done = subprocess.run(
        [sys.executable, str(program), *arguments],
        env=environment(FMSTOD_HOME=home, FMSTOD_BENCH_BEGAN=str(time.monotonic())),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    if done.returncode:
        raise NotMeasured((done.stderr.strip().splitlines() or ["the child failed"])[-1])
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return said


def inside(name: str, program: Path = CORE) -> Callable[[], float]:
    """A row measured by a function of a program, in a process of its own."""
    return lambda: float(child(program, name)["value"])


def read_from() -> str:
    """Whose files the rows of the knowledge were measured with."""
    named = os.environ.get("FMSTOD_RAW_DATA")
    return "the official files" if named and Path(named).is_dir() else "made up, of the same size"


def start_ratio() -> float:
    with tempfile.TemporaryDirectory() as home:
        child(CORE, "make_store", home=home)
        starts: dict[str, list[float]] = {"empty": [], "unlock": []}
        for turn in range(STARTS + 1):
            for name, times in starts.items():
                time = float(child(WINDOWS, name, home=home)["seconds"])
                if turn:  # the first fills the disk cache
                    times.append(time)
    return statistics.median(starts["unlock"]) / statistics.median(starts["empty"])


def unlock_time() -> float:
    with tempfile.TemporaryDirectory() as home:
        child(CORE, "make_store", home=home)
        return statistics.median(float(child(WINDOWS, "enter", home=home)["milliseconds"]) for _ in range(UNLOCKS))


def memory_ratio() -> float:
    with tempfile.TemporaryDirectory() as home:
        child(CORE, "make_store", home=home)
        ours = child(WINDOWS, "memory", home=home)
        bare = child(WINDOWS, "libraries", json.dumps(ours["modules"]), home=home)
    return float(ours["pss"]) / float(bare["pss"])


def _cpu() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((each.partition(":")[2].strip() for each in lines if each.startswith("model name")), platform.machine())


if __name__ == "__main__":
    sys.exit(main())
