"""Takes the source's own texts out of its exports, as plain paragraphs by entry and part."""

import json
from collections.abc import Iterator, Mapping, Sequence

from fmstod.knowledge.exports.export import Diagnosis, Typfall
from fmstod.knowledge.exports.joining import Joined
from fmstod.knowledge.exports.plain_text import paragraphs, plain


def written(exports: Joined) -> bytes:
    """The file of texts, which `official.load_official` reads."""
    table = {d.id: dict(_parts(d, exports.of[d.id])) for d in exports.diagnoses.records}
    return json.dumps(table, ensure_ascii=False, separators=(",", ":")).encode()


def _parts(d: Diagnosis, typfall: Sequence[Typfall]) -> Iterator[tuple[str, Sequence[str]]]:
    markup: Mapping[str, str | None] = {
        "insurance": d.forsakringsmedicinskinformation.markup,
        "symptoms": d.symtomprognosbehandling.markup,
        "rehabilitation": d.informationomrehabilitering.markup,
        "impairment": d.funktionsnedsattning.funktionsnedsattningsbeskrivning,
        "limitation": d.aktivitetsbegransning.aktivitetsbegransningsbeskrivning,
    }
    for part, text in markup.items():
        if found := paragraphs(text or ""):
            yield part, found
    yield "recommendations", list(dict.fromkeys(plain(t.typfallsmening) for t in typfall))
