"""Webcert drafts for tests: one whole draft of each type, in our own words."""

import json

from fmstod.certificate.webcert import Webcert, read_draft
from fmstod.files import read_layouts, read_library

WEBCERT = Webcert(read_layouts(), {code: label.name for code, label in read_library().icf.items()})
UNIT = {
    "postadress": "Exempelgatan 1",
    "postnummer": "123 45",
    "postort": "Exempelstad",
    "telefonnummer": "08-465 004 22",
}
GRUND = {"patient": {"personId": "19840512-9803"}, "skapadAv": {"vardenhet": UNIT, "befattningar": ["Överläkare"]}}
DIAGNOSIS = {
    "diagnosKod": "F438A",
    "diagnosKodSystem": "ICD_10_SE",
    "diagnosBeskrivning": "Utmattningssyndrom",
    "diagnosDisplayName": "Utmattningssyndrom",
}
LISJP = {
    "typ": "lisjp",
    "id": "any",
    "textVersion": "1.3",
    "grundData": GRUND,
    "avstangningSmittskydd": "false",
    "undersokningAvPatienten": "2026-11-23",
    "telefonkontaktMedPatienten": None,
    "sysselsattning": [{"typ": "NUVARANDE_ARBETE"}],
    "nuvarandeArbete": "Sjuksköterska på akuten",
    "diagnoser": [DIAGNOSIS],
    "funktionsnedsattning": "Blek, tappar tråden",
    "funktionsKategorier": ["Sömnfunktioner", "Egen rubrik"],
    "aktivitetsbegransning": "Orkar en uppgift i taget",
    "sjukskrivningar": [
        {"sjukskrivningsgrad": "HALFTEN", "period": {"from": "2026-12-14", "tom": "2027-01-03"}},
        {"sjukskrivningsgrad": "HELT_NEDSATT", "period": {"from": "2026-11-23", "tom": "2026-12-13"}},
    ],
    "arbetstidsforlaggning": False,
    "prognos": {"typ": "ATER_X_ANTAL_DGR", "dagarTillArbete": "TRETTIO_DGR"},
    "arbetslivsinriktadeAtgarder": [{"typ": "ARBETSTRANING"}],
    "arbetslivsinriktadeAtgarderBeskrivning": "Två timmar om dagen",
    "kontaktMedFk": False,
    "signature": None,
}
AG7804 = {
    **{key: LISJP[key] for key in LISJP.keys() - {"funktionsKategorier", "kontaktMedFk"}},
    "typ": "ag7804",
    "textVersion": "1.0",
    "onskarFormedlaDiagnos": "true",
    "kontaktMedAg": False,
}
AG114 = {
    "typ": "ag114",
    "textVersion": "1.0",
    "grundData": GRUND,
    "undersokningAvPatienten": "2026-11-23",
    "sysselsattning": [{"typ": "NUVARANDE_ARBETE"}],
    "nuvarandeArbete": "Sjuksköterska på akuten",
    "onskarFormedlaDiagnos": True,
    "diagnoser": [DIAGNOSIS],
    "nedsattArbetsformaga": "Orkar en uppgift i taget",
    "arbetsformagaTrotsSjukdom": False,
    "sjukskrivningsgrad": "50",
    "sjukskrivningsperiod": {"from": "2026-11-23", "tom": "2026-12-04"},
    "kontaktMedArbetsgivaren": False,
}
LUAE_FS = {
    "typ": "luae_fs",
    "textVersion": "1.1",
    "grundData": GRUND,
    "undersokningAvPatienten": "2026-11-23",
    "kannedomOmPatient": "2026-01-07",
    "underlagFinns": "true",
    "underlag": [{"typ": "PSYKOLOG", "datum": "2026-10-01", "hamtasFran": "Habiliteringen"}],
    "diagnoser": [DIAGNOSIS],
    "funktionsnedsattningDebut": "Sedan förskolan",
    "funktionsnedsattningPaverkan": "Läser i halv fart",
    "kontaktMedFk": False,
}
LUSE = {
    **{key: LUAE_FS[key] for key in LUAE_FS.keys() - {"funktionsnedsattningDebut", "funktionsnedsattningPaverkan"}},
    "typ": "luse",
    "textVersion": "1.3",
    "sjukdomsforlopp": "Tio år av värk",
    "diagnosgrund": "Reumatologen 2016",
    "nyBedomningDiagnosgrund": False,
    "funktionsnedsattningBalansKoordination": "Går med två käppar",
    "aktivitetsbegransning": "Kan inte stå mer än fem minuter",
    "medicinskaForutsattningarForArbete": "Saknas i allt arbete som finns",
}
LUAE_NA = {**LUSE, "typ": "luae_na", "textVersion": "1.2", "forslagTillAtgard": "Daglig verksamhet"}
DRAFTS = {draft["typ"]: draft for draft in (LISJP, AG7804, AG114, LUSE, LUAE_NA, LUAE_FS)}


def changed(draft, **changes):
    """The draft with other values; `...` takes a key away."""
    return {key: value for key, value in {**draft, **changes}.items() if value is not ...}


def read(draft):
    return read_draft(json.dumps(draft).encode(), WEBCERT)
