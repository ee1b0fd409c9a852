"""What bench.py measures of the checker of quality: one function of this module, in a process of its own."""

import json
import random
import statistics
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial

from timing import in_ms

from fmstod.domain.answers import Answer
from fmstod.domain.consultation import FORM

LONGEST = 4000  # characters of a text
TODAY = date(2026, 11, 23)
SEED = 20_261_123
# Written anew and put together by chance: every text is another, as long as it may be.
SENTENCES = (
    "Undersökt i dag vid besöket på vårdcentralen.",
    "Höger axel lyfts till 60 grader framåt och 45 utåt, kraft 3 av 5.",
    "Patienten uppger att värken stör sömnen fyra nätter i veckan.",
    "Psykiskt status: långsamt tempo, tappar tråden två gånger, sänkt stämningsläge.",
    "Kan inte lyfta mer än fem kilo och klarar att stå i högst tio minuter.",
    "Arbetet kräver att hen bär lådor på 15 kg i trappor flera gånger om dagen.",
    "Fysioterapi två gånger i veckan till den 18 december för att öka rörligheten.",
    "Chefen ordnar lättare uppgifter, och jag följer upp den 15 december.",
    "Sänka 12, Hb 138, lungor och hjärta utan anmärkning.",
    "Pat har tidigare haft besvär från ländryggen, dock u.a. vid MR 2024.",
    "Läser och skriver i tjugo minuter innan koncentrationen brister.",
    "Möter inte kunder, svarar inte i telefon och kör inte truck.",
)
TEXTS = ("29", "35", "17", "19", "37", "33.2", "39.2", "44", "25")


def judge_p99() -> float:
    """Rules and marks of a certificate with every text as long as it may be, and one like it before; ms."""
    from fmstod.certificate.answers import read_answers
    from fmstod.files import read_forms, read_library
    from fmstod.judging import given_of, read_rulebook
    from fmstod.quality.judge import judge

    form, book, library, chance = read_forms()[FORM], read_rulebook(), read_library(), random.Random(SEED)
    answers = read_answers(form, _ANSWERS)
    works = []
    for _ in range(60):
        given = given_of(form, {**answers, **_texts(chance)}, TODAY, library, previous={**answers, **_texts(chance)})
        works.append(partial(judge, book, replace(given, texts=TEXTS)))
    for work in works[:3]:
        work()
    return statistics.quantiles((in_ms(work) for _ in range(3) for work in works), n=100)[98]


def _texts(chance: random.Random) -> dict[str, Answer]:
    return {ref: " ".join(_sentences(chance))[:LONGEST] for ref in TEXTS}


def _sentences(chance: random.Random) -> Iterator[str]:
    length = 0
    while length < LONGEST:
        sentence = chance.choice(SENTENCES)
        length += len(sentence) + 1
        yield sentence


_ANSWERS: dict[str, object] = {
    "27.1": False,
    "1": [{"kind": "FYSISKUNDERSOKNING", "date": "2026-11-23"}],
    "28": ["NUVARANDE_ARBETE"],
    "6": [{"code": "F432", "text": "Anpassningsstörning"}, {"code": "M751", "text": "Rotatorcuffsyndrom"}],
    "32": [
        {"degree": 100, "from": "2026-11-23", "to": "2026-12-20"},
        {"degree": 50, "from": "2026-12-21", "to": "2027-02-28"},
    ],
    "33": True,
    "39": "PROGNOS_OKLAR",
}

MEASURES = {each.__name__: each for each in (judge_p99,)}

if __name__ == "__main__":
    print(json.dumps({"value": MEASURES[sys.argv[1]]()}))
