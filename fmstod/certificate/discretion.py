"""Texts that give away a diagnosis which the patient wants to keep from the employer (certificates.md 4.4)."""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import takewhile

from fmstod.certificate.form import Form, Icf, Text
from fmstod.certificate.rules import said
from fmstod.certificate.subject import Subject
from fmstod.domain.answers import Diagnosis, IcfText
from fmstod.domain.icd import is_code, normalise
from fmstod.domain.problem import Level, Problem, excerpt

TELLING = 5  # letters: a shorter word is too common to tell anything
ALIKE = 0.8  # of the shorter word's letters: depressiv and depression, utmattning and utmattningssyndrom


def giving_away(form: Form, subject: Subject, shown: frozenset[str]) -> Iterator[Problem]:
    """U-9: texts that name a diagnosis while the patient hasn't said yes to telling it, where they can be mended."""
    keeps = form.discretion
    if keeps is None or keeps.diagnoses in shown or form.status == "read":
        return
    kept = subject.answers.get(keeps.diagnoses)
    rows = tuple(row for row in kept if isinstance(row, Diagnosis)) if isinstance(kept, tuple) else ()
    ordinary = {word.casefold() for word in keeps.ordinary}
    for question in form.questions():
        value = subject.answers.get(question.ref)
        words = value.text if isinstance(value, IcfText) else value
        if question.ref not in shown or not isinstance(question, Text | Icf) or not isinstance(words, str):
            continue
        if told := named_in(words, (*rows, *subject.withheld), ordinary):
            yield said(question, "U-9", "discretion", level=Level.WARNING, word=excerpt(told))


def named_in(text: str, diagnoses: Sequence[Diagnosis], ordinary: Collection[str] = ()) -> str:
    """The first word of the text that names one of the diagnoses, by code or by a telling word of its name; else empty.

    `ordinary` are words, in lower case, that give no diagnosis away.
    """
    codes = {normalise(row.code) for row in diagnoses if is_code(row.code)}
    names = {word for row in diagnoses for word in _words(row.text) if len(word) >= TELLING and word not in ordinary}
    begins = {name[:TELLING] for name in names}  # most words differ there already
    for written in re.finditer(r"\w[\w.]*", text):
        word = written[0].strip(".")
        small = word.casefold()
        if small[:TELLING] in begins and any(_alike(small, name) for name in names):
            return word
        if word[1:3].isdigit() and normalise(word) in codes:
            return word
    return ""


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.casefold())


def _alike(word: str, name: str) -> bool:
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(word, name, strict=False)))
    return shared >= TELLING and shared >= ALIKE * min(len(word), len(name))
