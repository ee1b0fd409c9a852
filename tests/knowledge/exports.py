"""A made-up export of two diagnoses in the shape of Socialstyrelsen's, for tests to bend."""

import copy
import json
from datetime import date

from fmstod.files import contents
from fmstod.knowledge.exports.aids import load_aids
from fmstod.knowledge.exports.import_fmb import import_fmb
from fmstod.knowledge.exports.joining import Export
from fmstod.knowledge.exports.official_import import written
from fmstod.paths import RESOURCES
from fmstod.storage import editions

MIDNIGHT = "2017-01-29T23:00:00+0000"


def codes_of(row):
    """The codes that a row of fmb_facts.tsv holds for."""
    return row["codes"].split()


def code(kod, name, system="ICD-10"):
    return {"kod": kod, "kodsystem": "1", "kodsystemnamn": system, "beskrivning": name}


def common(number, title):
    return {
        "version": "1",
        "id": number,
        "malgrupp": [code("profession", "profession", "m")],
        "nyckelord": [],
        "beskrivning": f"Typfall för diagnosrubriken {title}",
        "typavdokument": code("x", "x", "x"),
        "sjukdomsgrupp": {"kod": code("luftvag", "Andningsorganens sjukdomar", "Sjukdomsgrupp")},
        "senastuppdaterad": MIDNIGHT,
        "giltighetsperiod": {"start": "2017-01-30", "slut": None},
        "status": code("giltig", "giltig", "Status"),
    }


def icf(part, *codes):
    return {
        f"{part}sbeskrivning": "x",
        "centralkod": [code(c, f"namn {c}", "ICF") for c in codes],
        "kompletterandekod": [],
    }


def diagnosis(number, title, *codes):
    attributes = common(number, title) | {
        "titel": title,
        "diagnosrubrik": title,
        "forsakringsmedicinskinformation": {"markup": "x"},
        "symtomprognosbehandling": {"markup": "x"},
        "informationomrehabilitering": {},
        "diagnoskod": [code(c, f"namn {c}") for c in codes],
        "aktivitetsbegransning": icf("aktivitetsbegransning", "d450"),
        "funktionsnedsattning": icf("funktionsnedsattning", "b280"),
        "referens": [{"text": "x", "uri": f"https://example.org/{number}"}],
    }
    return {"type": "forsakringsmedicinskdiagnosinformation", "id": number, "attributes": attributes}


def typfall(number, title, *codes, time="2", unit="wk", text="Upp till 2 veckor", severity=()):
    condition = {
        "tillstandsmening": None,
        "diagnoskod": [code(c, f"namn {c}") for c in codes],
        "urvalsvarighetsgrad": [{"svarighetsgrad": [code("1", s, "SNOMED-CT") for s in severity]}] if severity else [],
        "urvalarbetsbelastning": [],
        "urvalkomplicerandefaktor": [],
        "urvalsjukdomsforlopp": [],
        "urvalatgard": [],
        "urvalsamsjuklighet": [],
    }
    recommended = {
        "maximalsjukskrivningsgrad": code("1", "heltid", "Sjukskrivningsgrad"),
        "typfalletsrekommenderadesjukskrivning": text,
        "maximalsjukskrivningstid": time,
        "maximalsjukskrivningsenhet": unit,
    }
    attributes = common(number, title) | {
        "syfte": "x",
        "typfallsmening": f"Sjukskrivning på heltid. {text}",
        "fmbtillstand": condition,
        "rekommenderadsjukskrivning": recommended,
    }
    return {"type": "typfall", "id": number, "attributes": attributes}


def whole(kind, records):
    return {
        "meta": {"version": "1", "buildnumber": "1", "buildtimestamp": "x"},
        "links": {"self": f"https://example.org/{kind}"},
        "data": records,
    }


DIAGNOSES = whole("diagnoses", [diagnosis("900001", "Hosta", "J20", "J21"), diagnosis("900005", "Snuva", "J30")])
TYPFALL = whole(
    "typfall",
    [
        typfall("900002", "Hosta", "J20", "J21", severity=["lindrig"]),
        typfall("900003", "Hosta", "J20", time=None, unit=None, text="Uppgift saknas"),
        typfall("900006", "Snuva", "J30", time="0", unit="d", text="Ingen sjukskrivning"),
    ],
)


def bent(export, path, value):
    """A copy of the export with one value replaced, or removed when `value` is Ellipsis."""
    made = copy.deepcopy(export)
    *way, last = path
    place = made
    for step in way:
        place = place[step]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return made


def as_bytes(export):
    return json.dumps(export).encode()


def brought_in(home, diagnoses=DIAGNOSES, single=TYPFALL, retrieved=date(2020, 5, 1)):
    """Put an edition made of these exports in use in a data folder, without any entry made by hand; its name."""
    aids = load_aids(contents(RESOURCES / "fmb"))
    made = import_fmb(Export("d", as_bytes(diagnoses)), Export("t", as_bytes(single)), aids, retrieved=retrieved)
    files = {**made.beside({}), editions.TEXTS: written(made.exports)}
    name = editions.name_of(files, retrieved)
    editions.keep(home, name, files)
    editions.use(home, name)
    return name


def saved(folder, diagnoses=DIAGNOSES, single=TYPFALL):
    """The two exports as files."""
    files = [folder / "d.json", folder / "t.json"]
    for file, export in zip(files, (diagnoses, single), strict=True):
        file.write_bytes(export if isinstance(export, bytes) else as_bytes(export))
    return files
