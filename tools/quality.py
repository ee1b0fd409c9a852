"""How well the rules of quality find what people found in the example certificates: `tools/quality.py [open] [--misses]`.

Precision and recall for each rule, with how many examples it has. With --misses each miss and false alarm is named.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import tomli

from fmstod.certificate.certificate_file import read_file
from fmstod.commands.check import check_file
from fmstod.domain.problem import Level
from fmstod.files import own_codes
from fmstod.fmb import shipped
from fmstod.judging import read_rulebook

CORPUS = Path(__file__).resolve().parent.parent / "tests" / "quality" / "corpus"
FEW = 8  # examples in which a rule should fire: fewer give no figure
# Where a reason is there, the form still reminds of it with a tip; the examples don't count that.
REMINDED = {"U-1", "U-2", "U-3", "U-6"}
# Rules of the form that the examples list under their own ids (corpus/README.md).
RESTATED = {"SL-1", "SL-6", "SL-7", "MU-4", "MU-7", "MU-8", "LN-1", "FN-1", "FN-2", "AB-1", "AB-2", "DX-1", "DX-3"}
RESTATED |= {"DX-4", "SY-3", "PR-4", "U-8"}


@dataclass
class Score:
    """Names of the examples: in which it should fire and does, does and shouldn't, should and doesn't; good ones alarmed."""

    hits: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    good: list[str] = field(default_factory=list)

    @property
    def n(self) -> int:
        return len(self.hits) + len(self.missed)

    @property
    def precision(self) -> float | None:
        """None where the rule never fires, or too few examples would tell."""
        fired = len(self.hits) + len(self.false)
        return len(self.hits) / fired if fired and self.n >= FEW else None

    @property
    def recall(self) -> float | None:
        return len(self.hits) / self.n if self.n >= FEW else None


@dataclass(frozen=True)
class Example:
    name: str
    good: bool
    expected: Mapping[str, str]
    certificate: bytes


def examples(half: str) -> Iterator[Example]:
    for file in sorted((CORPUS / half).glob("*.toml")):
        content = tomli.loads(file.read_text(encoding="utf-8"))
        expected = {each["rule"]: each["why"] for each in content.get("expect", [])}
        certificate = json.dumps(content["certificate"], ensure_ascii=False).encode()
        yield Example(file.stem, content["kind"] == "good", expected, certificate)


def fired(certificate: bytes) -> set[str]:
    """The rules that say something of a certificate, among those that the examples judge."""
    library = shipped().library
    found = check_file(read_file(certificate), None, own_codes(library)).problems
    judged = {rule.under or rule.id for rule in read_rulebook().rules} | RESTATED | REMINDED
    return {p.rule for p in found if p.rule in judged and not (p.rule in REMINDED and p.level is Level.TIP)}


def scores(half: str) -> Mapping[str, Score]:
    """By rule id, in their order."""
    found: dict[str, Score] = defaultdict(Score)
    for rule in read_rulebook().rules:
        found[rule.under or rule.id]  # a rule without examples is told as well
    for example in examples(half):
        said = fired(example.certificate)
        for name in said & example.expected.keys():
            found[name].hits.append(example.name)
        for name in said - example.expected.keys():
            found[name].false.append(example.name)
            if example.good:
                found[name].good.append(example.name)
        for name in example.expected.keys() - said:
            found[name].missed.append(example.name)
    return dict(sorted(found.items()))


def table(half: str) -> Iterator[str]:
    """One line for each rule."""
    good = sum(example.good for example in examples(half))
    yield f"{'rule':8} {'level':8} {'n':>3} {'precision':>10} {'recall':>8}   fires on good ({good})"
    levels = {rule.under or rule.id: rule.level.value for rule in read_rulebook().rules}
    for name, score in scores(half).items():
        told = [_share(score.precision), _share(score.recall)]
        few = "  för få" if score.n < FEW else ""
        yield f"{name:8} {levels.get(name, 'form'):8} {score.n:3} {told[0]:>10} {told[1]:>8}   {len(score.good)}{few}"


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def main(arguments: list[str]) -> int:
    half = next((each for each in arguments if not each.startswith("-")), "open")
    print(f"{half}: {sum(1 for _ in examples(half))} examples, {date.today():%Y-%m-%d}")  # noqa: DTZ011 - a note
    for line in table(half):
        print(line)
    if "--misses" in arguments:
        whys = {example.name: example.expected for example in examples(half)}
        for name, score in scores(half).items():
            for example in score.false:
                print(f"{name} false alarm: {example}")
            for example in score.missed:
                print(f"{name} missed: {example}: {whys[example][name]}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
