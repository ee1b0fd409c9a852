"""What an import would change, and how a physician is told: the limits first, and entries made by hand never silently."""

import copy
from dataclasses import replace
from datetime import date

import pytest

from fmstod.domain.review import Review
from fmstod.errors import BadImport
from fmstod.files import contents
from fmstod.knowledge.exports.aids import load_aids
from fmstod.knowledge.exports.import_fmb import import_fmb
from fmstod.knowledge.exports.joining import Export
from fmstod.knowledge.library import load_library
from fmstod.knowledge.update import Choices, compare, refuse_unfit
from fmstod.knowledge.update_text import as_text, import_fault, report
from fmstod.paths import RESOURCES
from fmstod.texts import catalogue
from tests.knowledge.exports import DIAGNOSES, TYPFALL, as_bytes, bent, code, diagnosis, typfall
from tests.knowledge.test_import import read_by_people, renumbered

AIDS = load_aids(contents(RESOURCES / "fmb"))
A = ("data", 0, "attributes")
R = (*A, "rekommenderadsjukskrivning")
T = (*A, "fmbtillstand")
THREE_WEEKS = bent(
    bent(TYPFALL, (*R, "maximalsjukskrivningstid"), "3"),
    (*R, "typfalletsrekommenderadesjukskrivning"),
    "Upp till 3 veckor",
)


def made_of(diagnoses=DIAGNOSES, single=TYPFALL, aids=AIDS, **options):
    return import_fmb(Export("d.json", as_bytes(diagnoses)), Export("t.json", as_bytes(single)), aids, **options)


def library_of(*exports, **options):
    return load_library(made_of(*exports, **options).files)


BEFORE = library_of()


def told(diagnoses=DIAGNOSES, single=TYPFALL, before=BEFORE, aids=AIDS, reviews=()):
    """The report by heading."""
    after = library_of(diagnoses, single, aids=aids, former=before)
    return {group.heading: list(group.lines) for group in report(compare(before, after), (), catalogue(), reviews)}


def without(export, *numbers):
    return {**export, "data": [record for record in export["data"] if record["id"] not in numbers]}


def with_more(export, *records):
    return {**export, "data": [*export["data"], *records]}


def test_the_same_export_says_that_nothing_differs():
    assert told() == {"Inget skiljer": [catalogue()["update.nothing"]]}


def test_dates_and_versions_alone_are_no_change():
    assert list(told(renumbered(DIAGNOSES, 0), renumbered(TYPFALL, 0))) == ["Inget skiljer"]


def test_a_changed_limit_is_told_with_title_codes_and_for_whom():
    assert told(single=THREE_WEEKS) == {
        "Ändrade tider (1)": ["Hosta (J20, J21), lindrig: upp till 2 veckor → upp till 3 veckor"],
        "Inte avlästa mot källan (1)": ["Hosta (J20, J21)"],
    }


def test_a_renumbered_export_changes_nothing_but_numbers():
    assert told(renumbered(DIAGNOSES, 50), renumbered(TYPFALL, 50)) == {
        "Nytt nummer hos Socialstyrelsen (2)": ["Hosta (J20, J21): 900001 → 900051", "Snuva (J30): 900005 → 900055"]
    }


def test_a_removed_entry_and_the_codes_that_lose_their_support_are_told():
    found = told(without(DIAGNOSES, "900005"), without(TYPFALL, "900006"))
    assert found == {
        "Koder som inte längre har FMB (1)": ["J30, tidigare i Snuva"],
        "Diagnoser som försvinner (1)": ["Snuva (J30)"],
    }


def test_the_new_edition_still_knows_who_had_a_lost_code():
    after = library_of(without(DIAGNOSES, "900005"), without(TYPFALL, "900006"), former=BEFORE)
    assert (after.resolve("J30"), after.lost("J30").before.title) == (None, "Snuva")
    later = library_of(without(DIAGNOSES, "900005"), without(TYPFALL, "900006"), former=after)
    assert later.lost("J30").before.title == "Snuva"
    again = library_of(former=later)
    assert (again.lost("J30"), again.resolve("J30").entry.title) == (None, "Snuva")


def test_a_new_entry_is_told_with_what_it_recommends():
    more = with_more(DIAGNOSES, diagnosis("900007", "Feber", "R50"))
    single = with_more(TYPFALL, typfall("900008", "Feber", "R50"))
    assert told(more, single)["Nya diagnoser (1)"] == ["Feber (R50)", "– Upp till 2 veckor, heltid."]


def test_new_and_removed_recommendations_stand_among_the_limits():
    single = with_more(without(TYPFALL, "900003"), typfall("900009", "Hosta", "J20", severity=["måttlig"]))
    assert told(single=single)["Ändrade tider (2)"] == [
        "Hosta (J20, J21), ny: medelsvår: upp till 2 veckor, heltid",
        "Hosta (J20, J21), borttagen: uppgift saknas i FMB, heltid",
    ]


def test_changed_conditions_extent_codes_title_and_icf_have_a_group_each():
    harder = bent(TYPFALL, (*T, "urvalsvarighetsgrad", 0, "svarighetsgrad", 0, "beskrivning"), "måttlig")
    assert told(single=harder)["Ändrade villkor (1)"] == ["Hosta (J20, J21), upp till 2 veckor: lindrig → medelsvår"]
    part = bent(TYPFALL, (*A, "typfallsmening"), "Deltid. Upp till 2 veckor")
    assert told(single=part)["Ändrad omfattning (1)"] == ["Hosta (J20, J21), lindrig: heltid → deltid"]
    fewer = bent(TYPFALL, (*T, "diagnoskod"), [code("J20", "namn J20")])
    assert told(single=fewer)["Ändrade villkor (1)"] == ["Hosta (J20, J21), upp till 2 veckor: J20, J21 → J20"]
    more = with_more(DIAGNOSES)
    more["data"] = copy.deepcopy(more["data"])
    more["data"][0]["attributes"]["diagnoskod"] = [code(c, f"namn {c}") for c in ("J20", "J21", "J22")]
    more["data"][0]["attributes"]["funktionsnedsattning"]["centralkod"] = [code("b130", "namn b130", "ICF")]
    found = told(more)
    assert found["Ändrade koder (1)"] == ["Hosta (J20, J21, J22): nya J22"]
    named = AIDS.icf_names
    assert found["Ändrad ICF (1)"] == [f"Hosta (J20, J21, J22): nya {named['b130'][1]}; borta {named['b280'][1]}"]
    titled = bent(bent(DIAGNOSES, (*A, "titel"), "Svår hosta"), (*A, "diagnosrubrik"), "Svår hosta")
    assert told(titled)["Ändrade rubriker (1)"] == ["J20, J21: Hosta → Svår hosta"]


def test_an_entry_that_was_read_and_changed_is_to_be_read_again():
    aids = read_by_people()
    before = library_of(aids=aids)
    assert before.resolve("J20").entry.source.checked
    found = told(single=THREE_WEEKS, before=before, aids=aids)
    assert found["Inte avlästa mot källan (1)"] == ["Hosta (J20, J21)"]
    silent = bent(DIAGNOSES, (*A, "symtomprognosbehandling", "markup"), "annat")
    assert told(silent, before=before, aids=aids) == {"Inte avlästa mot källan (1)": ["Hosta (J20, J21)"]}


def test_a_clinicians_review_of_what_changed_holds_no_more_and_says_so():
    cough, cold = BEFORE.entries
    reviews = [Review(entry=e.fmb, content=e.content, on=date(2026, 1, 1), by="Disa") for e in (cough, cold)]
    assert told(single=THREE_WEEKS, reviews=reviews)["Granskningar som inte gäller längre (1)"] == ["Hosta (J20, J21)"]
    assert "Granskningar som inte gäller längre (1)" not in told(
        renumbered(DIAGNOSES, 50), renumbered(TYPFALL, 50), reviews=reviews
    )


# By hand


def by_hand(number, text=None):
    """The cold's entry as somebody wrote it by hand."""
    made = text or made_of().files["luftvag/900005-snuva.toml"]
    return made.replace("fmb = 900005", f"fmb = {number}").replace("id = 900006", f"id = {number}001")


@pytest.mark.parametrize("number", [900005, 831])
def test_an_entry_made_by_hand_stays_and_the_report_tells_what_the_file_has(number):
    kept = {f"luftvag/{number}-snuva.toml": by_hand(number)}
    made = made_of(kept=kept)
    library = load_library(made.beside({name: text.encode() for name, text in kept.items()}))
    assert library.resolve("J30").entry.recommendation[0].id == int(f"{number}001")
    (conflict,) = made.conflicts
    assert (conflict.by_hand.fmb, [e.fmb for e in conflict.exported], conflict.replaced) == (number, [900005], False)
    (group,) = [g for g in report(compare(BEFORE, library), made.conflicts, catalogue()) if "för hand" in g.heading]
    held = "Den för hand gäller, om du inte väljer filens."
    assert group.lines == [
        f"Snuva (J30), {number}, gjordes för hand 2017-01-30. Filen har Snuva (J30), 900005. {held}",
        "– i filen: ingen sjukskrivning",
    ]


@pytest.mark.parametrize("number", [900005, 831])
def test_an_entry_made_by_hand_gives_way_only_when_it_is_chosen(number):
    kept = {f"luftvag/{number}-snuva.toml": by_hand(number)}
    made = made_of(kept=kept, instead_of={number})
    assert list(made.dropped) == list(kept)
    library = load_library(made.beside({name: text.encode() for name, text in kept.items()}))
    assert library.resolve("J30").entry.recommendation[0].id == 900006
    assert library.meta.counts.by_hand.entries == 0
    assert "Filens tar dess plats, som du valde." in as_text(
        report(compare(BEFORE, library), made.conflicts, catalogue())
    )


def test_what_was_replaced_by_hand_stays_away_until_its_record_changes():
    aids = read_by_people()
    kept = {"replaced/900005-snuva.toml": made_of().files["luftvag/900005-snuva.toml"]}
    assert load_library({**made_of(aids=aids, kept=kept).files, **kept}).resolve("J30") is None
    again = renumbered(DIAGNOSES, 50), renumbered(TYPFALL, 50)
    assert load_library({**made_of(*again, aids=aids, kept=kept).files, **kept}).resolve("J30") is None
    changed = bent(DIAGNOSES, ("data", 1, "attributes", "symtomprognosbehandling", "markup"), "annat")
    assert load_library({**made_of(changed, aids=aids, kept=kept).files, **kept}).resolve("J30").entry.fmb == 900005


# What is refused

MANY = (
    {**DIAGNOSES, "data": [diagnosis(str(100 + n), f"Hosta {n}", f"J{n:02}") for n in range(10, 30)]},
    {**TYPFALL, "data": [typfall(str(200 + n), f"Hosta {n}", f"J{n:02}") for n in range(10, 30)]},
)


def first(export, number):
    return {**export, "data": export["data"][:number]}


NOTHING_CHOSEN = Choices()


def refusal(made, in_use, choices=NOTHING_CHOSEN):
    with pytest.raises(BadImport) as told:
        refuse_unfit(made, in_use, choices)
    return told.value


def test_a_fall_of_a_fifth_is_taken_and_of_more_refused_with_both_numbers():
    in_use = library_of(*MANY)
    refuse_unfit(made_of(*(first(each, 16) for each in MANY)), in_use, Choices())
    fault = refusal(made_of(*(first(each, 15) for each in MANY)), in_use)
    assert import_fault(fault, catalogue()) == (
        "d.json: den har mycket färre poster än det som används nu (15 / 20). Hämta hela filen på nytt. Inget är ändrat."
    )
    assert (
        refusal(made_of(*(first(each, 15) for each in MANY)), in_use, Choices(older=True)).values["reason"] == "fewer"
    )


def test_fewer_recommendations_of_as_many_entries_are_refused_too():
    single = {
        **TYPFALL,
        "data": [
            *MANY[1]["data"],
            *(typfall(str(300 + n), f"Hosta {n}", f"J{n:02}", severity=["lindrig"]) for n in range(10, 30)),
        ],
    }
    in_use = library_of(MANY[0], single)
    fault = refusal(made_of(*MANY), in_use)
    assert (fault.values["file"], fault.values["reason"], fault.values["detail"]) == ("t.json", "fewer", "20 / 40")


def test_an_export_whose_latest_change_is_earlier_is_refused_unless_it_is_wanted():
    in_use = library_of(renumbered(DIAGNOSES, 0), renumbered(TYPFALL, 0))
    assert refusal(made_of(), in_use).values["reason"] == "older"
    refuse_unfit(made_of(), in_use, Choices(older=True))


def test_an_export_fetched_before_the_one_in_use_is_refused_when_its_day_is_told():
    in_use = library_of(retrieved=date(2026, 5, 1))
    assert refusal(made_of(retrieved=date(2026, 4, 30)), in_use).values["detail"] == "2026-05-01"
    refuse_unfit(made_of(retrieved=date(2026, 5, 1)), in_use, Choices())
    refuse_unfit(made_of(), in_use, Choices())  # nobody told when: only its changes can be compared


def test_names_of_codes_that_cases_may_have_are_kept():
    after = library_of(without(DIAGNOSES, "900005"), without(TYPFALL, "900006"), former=BEFORE)
    assert after.icd["J30"] == BEFORE.icd["J30"]


def test_a_library_that_misses_a_category_of_an_entry_by_hand_takes_its_name_from_before():
    kept = {"luftvag/831-snuva.toml": by_hand(831).replace('"b280"', '"b455"')}
    before = replace(BEFORE, icf={**BEFORE.icf, "b455": BEFORE.icf["b280"]})
    made = made_of(kept=kept, former=before)
    assert load_library(made.beside({n: t.encode() for n, t in kept.items()})).icf["b455"].name
