"""One invented patient and her documents, as signed."""

import tomllib
from datetime import UTC, datetime

from fmstod.certificate.form import load_form
from fmstod.domain.answers import Basis, DatedChoice, Diagnosis, IcfRating, IcfText, Measure, PeriodRow
from fmstod.domain.document import Document, DocumentKind
from fmstod.domain.issuer import Issuer, Physician, Unit
from fmstod.domain.patient import Patient
from fmstod.paths import FORMS

NAME, NUMBER = "Tess Testsson", "19840512-9803"


def form(name):
    return load_form(tomllib.loads((FORMS / f"{name}.toml").read_text(encoding="utf-8")))


FK7804, PLAN = form("fk7804-2.0"), form("plan-1.0")

LABELS = {
    "DV077": "upprättande av plan",
    "F438A": "Utmattningssyndrom",
    "b130": "Energi och drift",
    "b134": "Sömn",
    "b140": "Uppmärksamhet",
    "b144": "Minne",
    "b152": "Emotionella funktioner",
    "d160": "Att fokusera uppmärksamhet",
    "d220": "Att företa mångfaldiga uppgifter",
    "d240": "Att hantera stress och andra psykologiska krav",
}

ISSUER = Issuer(
    physician=Physician(
        name="Disa Doktorsson",
        title="Överläkare",
        specialty="Allmänmedicin",
        hsa_id="SE0000000000-0001",
        number="19700101-2384",
    ),
    unit=Unit(
        name="Exempelvårdcentralen",
        provider="Region Exempel",
        workplace="0000000",
        address="Exempelgatan 1",
        postcode="123 45",
        town="Exempelstad",
        phone="08-465 004 22",
    ),
)

PERIODS = (
    PeriodRow(degree=100, first="2026-11-23", last="2026-12-20"),
    PeriodRow(degree=50, first="2026-12-21", last="2027-01-03"),
)
DIAGNOSES = (Diagnosis(code="F438A", text="Utmattningssyndrom"),)


def _icf(code, severity, basis):
    return IcfRating(code=code, severity=severity, basis=basis)


ANSWERS = {
    "27.1": False,
    "1": (
        DatedChoice(kind="FYSISKUNDERSOKNING", date="2026-11-23"),
        DatedChoice(kind="TELEFONKONTAKT", date="2026-11-16"),
        DatedChoice(kind="JOURNALUPPGIFTER", date="2026-11-09"),
    ),
    "28": ("NUVARANDE_ARBETE",),
    "29": "Sjuksköterska på en akutvårdsavdelning, heltid i treskift med var tredje helg. Ansvarar för sex till åtta "
    "patienter per pass: bedömer försämring, räknar och ger läkemedel, tar emot inläggningar och stöder närstående. "
    "Arbetet kräver att kunna hålla många uppgifter i minnet, fatta snabba beslut och vara vaken på natten.",
    "6": DIAGNOSES,
    "35": IcfText(
        text="Blek och spänd, talar långsamt och tappar tråden efter en kvart. Återger två av fem ord efter fem minuter "
        "och gör tre fel när hon räknar sju bakåt från hundra. Gråter när arbetet kommer på tal. Orienterad, inga "
        "psykotiska symtom, inga tankar på självmord. Blodtryck 142/88, puls 92 i vila. KEDS 34 av 54, MADRS-S 19 av "
        "54.\n\nSover sedan augusti fyra till fem timmar per natt och vaknar ofta. Vilar sig inte i form på lediga "
        "dagar. Hjärtklappning och tryck över bröstet före varje pass.\n\nTre besök sedan september för hjärtklappning "
        "och huvudvärk. EKG, blodstatus, sköldkörtelprover och blodsocker 2026-11-09 utan avvikelse. Kriterierna för "
        "utmattningssyndrom är genomgångna och uppfyllda.",
        icf=(
            _icf("b130", 3, Basis.EXAMINATION),
            _icf("b140", 3, Basis.TEST),
            _icf("b144", 3, Basis.TEST),
            _icf("b152", 2, Basis.OBSERVATION),
            _icf("b134", 2, Basis.PATIENT),
        ),
    ),
    "17": IcfText(
        text="Klarar en lugn uppgift i taget i 15 till 20 minuter och behöver sedan vila en halvtimme. Ett pass är åtta "
        "till tio timmar.\n\nKan inte följa flera patienter samtidigt eller upptäcka försämring i tid. Kan inte räkna "
        "doser eller kontrollera ordinationer utan påtaglig risk för fel; uppgiften görs ensam flera gånger varje pass. "
        "Minns en muntlig rapport i några minuter och läser om samma stycke flera gånger.\n\nOrkar samtala med "
        "patienter och närstående i omkring tio minuter. Kan inte ställa om dygnet: ett nattpass följs av två till tre "
        "dygn utan sammanhängande sömn.",
        icf=(
            _icf("d160", 3, Basis.TEST),
            _icf("d220", 3, Basis.OBSERVATION),
            _icf("d240", 2, Basis.PATIENT),
        ),
    ),
    "19": "Sömnbehandling med fasta tider och daglig promenad, följs av sjuksköterska varannan vecka. Inga läkemedel.\n\n"
    "Åtta samtal hos psykolog från 2026-12-02, kognitiv beteendeterapi med inriktning på stress. Återbesök hos läkare "
    "2026-12-15, före steget till 50 %, och 2026-12-30, före periodens slut.",
    "32": PERIODS,
    "34": False,
    "33": True,
    "33.2": "Pass längre än fyra timmar och nattpass väntas störa sömnen, som just har börjat läka. Vid 50 % behöver "
    "arbetstiden läggas med högst fyra timmar om dagen, dagtid måndag till fredag.",
    "39": "ATER_X_ANTAL_MANADER",
    "39.4": 3,
    "44": "Stegvis återgång enligt plan. Chefen, patienten och rehabkoordinatorn träffas 2026-12-11 och lägger schemat: "
    "korta dagpass, arbete i par, inget eget läkemedelsansvar de två första veckorna.",
    "25": "Första sjukskrivningen för de här besvären. Patienten har varit med och gjort planen.",
    "26": False,
}

PLAN_ANSWERS = {
    "6": DIAGNOSES,
    "32": PERIODS,
    "plan.purpose": "Återfå sömn och uthållighet och komma tillbaka till arbetet som sjuksköterska utan ny försämring: "
    "50 % från 2026-12-21, ordinarie tid inom tre månader.",
    "plan.obstacles": "Stor nedsättning av energi, uppmärksamhet och minne. Kan inte följa flera patienter samtidigt, "
    "ansvara för läkemedel eller arbeta natt.",
    "plan.works": "En lugn uppgift i taget i 15 till 20 minuter, korta samtal, promenader och sysslor hemma.",
    "plan.adapt": "Skift med natt och var tredje helg, många patienter samtidigt, eget läkemedelsansvar, avbrott.",
    "plan.steps": "Vid 100 %: sömn, vila, promenader och samtal hos psykolog.\n\nVid 50 %: högst fyra timmar om dagen, "
    "dagtid måndag till fredag, i par med kollega. Inte natt, inte eget läkemedelsansvar.",
    "plan.worse": "Steget till 50 % väntar om sömnen är under fem timmar tre nätter i rad, eller om hjärtklappningen "
    "kommer tillbaka på arbetet. Patienten ringer vårdcentralen samma dag.",
    "plan.better": "Steget kan tas tidigare. Läkaren ändrar då intyget först.",
    "plan.measures": (
        Measure(what="Sömnbehandling", owner="Patienten och sjuksköterska", when="från 23 november"),
        Measure(what="Samtal hos psykolog om stress, åtta gånger", owner="Psykolog", when="2026-12-02"),
        Measure(what="Möte på arbetsplatsen", owner="Rehabkoordinator", when="2026-12-11"),
        Measure(what="Schema för 50 %", owner="Avdelningschef", when="2026-12-18"),
        Measure(what="Genomgång av arbetsbelastningen", owner="Företagshälsovård", when="januari"),
    ),
    "plan.consent": ("EMPLOYER", "OCCUPATIONAL_HEALTH"),
    "plan.contact": "Kim Koordinator, rehabkoordinator, 08-465 004 22",
    "plan.followup": "2026-12-15",
    "plan.followup_what": "Sömn, ork och KEDS. Kan steget till 50 % tas?",
    "plan.participated": True,
    "plan.participation": "Planen gjordes tillsammans vid besöket.",
    "plan.goal": "Jag vill kunna sova igen och orka ett pass utan att vara rädd för att göra fel.",
    "plan.copy": True,
}

CERTIFICATE = Document(
    id="5b0f6a52-9d37-4c1e-8a40-7e1d2c93b6f8",
    kind=DocumentKind.CERTIFICATE,
    form=("fk7804", "2.0"),
    patient=Patient(number=NUMBER, name=NAME),
    issuer=ISSUER,
    answers=ANSWERS,
    signed_at=datetime(2026, 11, 23, 10, 42, tzinfo=UTC),
    program="0.1.0",
)
THE_PLAN = CERTIFICATE.changed(
    id="0c8f7f0e-53a9-4a3a-9d0b-2f6f7a1f4f55", kind=DocumentKind.PLAN, form=("plan", "1.0"), answers=PLAN_ANSWERS
)

HOSTILE = (
    '<b>& <img src="file:///etc/passwd"/> </para><!-- {0} %s \\( ) \x00\x07\x1b \u202e\u200b\ufeff 中文 \U0001f600 '
    "≥ 3 → a\u030a\tÅ\r\nny\x85rad\u2028slut"
)
LONG_WORD = "lång" * 1000
LONG_TEXT = ("Ett stycke som är långt och handlar om hur arbetet går till. " * 66)[:4000]


def filled_with(form, words):
    """Answers to all questions of a form: every text is `words`, every choice is made, every row is there."""
    return {question.ref: _answer(question, words) for question in form.questions()}


def _answer(question, words):
    match question.kind:
        case "flag":
            return question.ref not in {"27.1", "plan.none_needed"}
        case "yes_no":
            return True
        case "choice":
            return question.options[-1].code
        case "choices":
            return tuple(option.code for option in question.options)
        case "dated_choices":
            return tuple(DatedChoice(kind=option.code, date=words) for option in question.options)
        case "text" | "day":
            return words
        case "whole":
            return question.max
        case "diagnoses":
            return (*DIAGNOSES, Diagnosis(code=words, text=words), Diagnosis(text=words))
        case "icf":
            return IcfText(text=words, icf=(_icf("b130", 4, None), _icf(words, None, Basis.TEST)))
        case "periods":
            return (*PERIODS, PeriodRow(degree=25, first=words, last=words), PeriodRow(first=words))
        case "measures":
            return (Measure(what=words, owner=words, when=words), Measure(what=words, when="2026-12-02"))


def extreme(document, form, words):
    """The document with `words` wherever anyone can type."""
    issuer = Issuer(
        physician=Physician(**dict.fromkeys(Physician.model_fields, words)),
        unit=Unit(**dict.fromkeys(Unit.model_fields, words)),
    )
    patient = Patient(number=NUMBER, name=words[:300], protected=True)
    answers = {**document.answers, **filled_with(form, words)}
    return document.changed(patient=patient, issuer=issuer, answers=answers)


def typical(form):
    """Answers as a physician gives them, to every question of a form; a diagnosis that may be kept is kept."""
    told = form.discretion.told if form.discretion else ""
    return {q.ref: False if q.ref == told else _ordinary(q) for q in form.questions()}


def _ordinary(question):
    said = ANSWERS.get(question.copies or question.ref)
    match question.kind:
        case "flag":
            return False
        case "choices":
            return tuple(option.code for option in question.options if not option.alone)[:1]
        case "dated_choices":
            where = "Kliniken i Exempelstad" if question.listed else None
            return tuple(DatedChoice(kind=o.code, date="2026-11-20", where=where) for o in question.options[:3])
        case "text":
            words = said.text if isinstance(said, IcfText) else said
            return (words if isinstance(words, str) else "Sedan i maj, mest på förmiddagen.")[: question.max]
        case "day":
            return "2019-05-01"
        case "whole":
            return 50 if question.max == 100 else 3
        case "diagnoses":
            return DIAGNOSES
        case "icf":
            return said if question.picks else IcfText(text=said.text)
        case "periods":
            return (PeriodRow(first="2026-11-23", last="2026-12-04"),) if question.single else PERIODS
        case _:
            return _answer(question, "")
