"""Certificates for the rules of quality: whole ones with what differs, and which rules they break."""

from collections.abc import Mapping
from datetime import date

from fmstod.certificate.answers import read_answers
from fmstod.domain.consultation import FORM
from fmstod.domain.problem import Problem
from fmstod.files import read_forms, read_library
from fmstod.judging import given_of, read_rulebook
from fmstod.quality.judge import judge
from fmstod.quality.reader import Given

ON = date(2026, 11, 23)
# A certificate in which no rule finds anything to say.
WELL = {
    "27.1": False,
    "1": [{"kind": "FYSISKUNDERSOKNING", "date": "2026-11-23"}],
    "28": ["NUVARANDE_ARBETE"],
    "29": "Lokalvårdare på skola. Dammsuger, moppar golv, bär vattenhinkar på tio kilo i trappor.",
    "6": [{"code": "M751", "text": "Rotatorcuffsyndrom"}],
    "35": "Undersökt i dag. Höger arm lyfts till 60 grader, kraft 3 av 5. Måttlig nedsättning av rörlighet i axeln.",
    "17": "Klarar att bära högst två kilo och att moppa i tio minuter. Kan inte bära hinkar i trappor.",
    "19": "Fysioterapi på vårdcentralen två gånger i veckan till 18 december för att öka rörligheten.",
    "32": [{"degree": 100, "from": "2026-11-23", "to": "2026-12-20"}],
    "39": "STOR_SANNOLIKHET",
    "44": "Plan gjord i dag med patienten: arbetsgivaren ordnar städvagn. Jag följer upp 2026-12-17.",
}


def given(changes: Mapping[str, object] | None = None, previous: Mapping[str, object] | None = None, **more) -> Given:
    """The good certificate with other answers; None takes one away."""
    form = read_forms()[FORM]
    raw = {ref: value for ref, value in {**WELL, **(changes or {})}.items() if value is not None}
    before = None if previous is None else read_answers(form, {**WELL, **previous})
    return given_of(form, read_answers(form, raw), more.pop("on", ON), read_library(), previous=before, **more)


def found(
    changes: Mapping[str, object] | None = None, previous: Mapping[str, object] | None = None, **more
) -> list[Problem]:
    return judge(read_rulebook(), given(changes, previous, **more))


def rules(*args, **more) -> set[str]:
    return {problem.rule for problem in found(*args, **more)}
