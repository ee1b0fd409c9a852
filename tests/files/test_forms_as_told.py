"""The other forms against certificates.md 1.2, 1.4 and 4.4: every question, its kind, whether it is required, its limit."""

import pytest

from fmstod.files import PLAN, read_forms

FORMS = {f"{name}-{version}": form for (name, version), form in read_forms().items()}

# ref kind required limit ("-" for none); * is required.
VERSION_1 = """
27.1 flag . -      | 1 dated_choices * -  | 1.3 text * 3500 | 1.2 text . 150   | 28 choices * -   | 29 text * 3500
6 diagnoses * 81   | 35 icf * 3500        | 17 icf * 3500   | 19 text . 3500   | 20 text . 3500   | 32 periods * -
32.1 text . 150    | 37 text . 3500       | 34 flag . -     | 33 yes_no * -    | 33.2 text * 3500 | 39 choice * -
39.3 choice * -    | 40 choices * -       | 44 text . 3500  | 25 text . 2700   | 26 flag . -      | 26.2 text . 3500
"""
LUSE = """
1 dated_choices * - | 1.3 text * 3500 | 1.2 text . 150 | 2 day * -       | 3 yes_no * -    | 4 dated_choices * -
5 text * 3500       | 6 diagnoses * 81 | 7 text * 3500 | 45 yes_no * -   | 45.2 text * 3500 | 8 text . 3500
9 text . 3500       | 10 text . 3500  | 11 text . 3500 | 12 text . 3500  | 13 text . 3500  | 14 text . 3500
17 text * 3500      | 18 text . 3500  | 19 text . 3500 | 20 text . 3500  | 21 text . 3500  | 22 text * 3500
23 text . 3500      | 25 text . 2700  | 26 flag . -    | 26.2 text . 3500
"""
SCHOOL = """
1 dated_choices * - | 1.3 text * 3500 | 1.2 text . 150 | 2 day * -     | 3 yes_no * -   | 4 dated_choices * -
6 diagnoses * 81    | 15 text * 3500  | 16 text * 3500 | 25 text . 2850 | 26 flag . -   | 26.2 text . 3500
"""
EMPLOYER = """
27.1 flag . -       | 1 dated_choices * - | 1.3 text * 50  | 28 choices * -  | 29 text * 4000 | 100 yes_no * -
6 diagnoses * 81    | 35 icf * 4000   | 17 icf * 4000  | 19 text . 4000  | 32 periods * -  | 37 text . 4000
34 flag . -         | 33 yes_no * -   | 33.2 text * 4000 | 39 choice * - | 39.4 whole * 99 | 39.2 text * 4000
44 text . 4000      | 25 text . 4000  | 103 flag . -   | 103.2 text . 4000
"""
FIRST_DAYS = """
10 dated_choices * - | 10.3 text * 50 | 1 text * 4000  | 3 yes_no * -    | 4 diagnoses * 81 | 5 text * 4000
6 yes_no * -         | 6.2 text * 4000 | 7 whole * 100 | 7.2 periods * - | 8 text . 4000    | 9 flag . -
9.2 text * 4000
"""
TOLD = {
    "fk7804-1.0": VERSION_1.replace("6 diagnoses * 81   |", "30 text . 3500 | 6 diagnoses * 81 |"),
    "fk7804-1.1": VERSION_1,
    "fk7804-1.2": VERSION_1,
    "fk7804-1.3": VERSION_1,
    "luse-1.3": LUSE,
    "luae_na-1.2": LUSE.replace("| 25 text", "| 24 text . 3500 | 25 text"),
    "luae_fs-1.1": SCHOOL,
    "ag7804-2.0": EMPLOYER,
    "ag1-14-2.0": FIRST_DAYS,
}
READ = {"fk7804-1.0", "fk7804-1.1", "fk7804-1.2", "fk7804-1.3", "ag7804-1.0", "ag1-14-1.0"}


# What shows only with another answer, and with which: certificates.md 1.2, 1.4 and 4.4.
WITH_SMITTSKYDD_GONE = "1 28 35 17 19 37 34 33 39 44 26"
SHOWN_WITH = {
    "fk7804-1.3": "1.3 1=ANNAT | 1.2 1=given | 29 28=NUVARANDE_ARBETE | 33 32=25,50,75 | 33.2 33=yes"
    " | 39.3 39=ATER_X_ANTAL_DGR | 44 40=measures | 26.2 26=yes",
    "luse-1.3": "1.3 1=ANNAT | 1.2 1=given | 4 3=yes | 45.2 45=yes | 26.2 26=yes",
    "luae_fs-1.1": "1.3 1=ANNAT | 1.2 1=given | 4 3=yes | 26.2 26=yes",
    "ag7804-2.0": "1.3 1=ANNAT | 29 28=NUVARANDE_ARBETE | 6 100=yes | 33 32=25,50,75 | 33.2 33=yes"
    " | 39.4 39=ATER_X_ANTAL_MANADER | 39.2 39=PROGNOS_OKLAR | 103.2 103=yes",
    "ag7804-1.0": "1.3 1=ANNAT | 29 28=NUVARANDE_ARBETE | 6 100=yes | 33 32=25,50,75 | 33.2 33=yes"
    " | 39.3 39=ATER_X_ANTAL_DGR | 44 40=measures | 103.2 103=yes",
    "ag1-14-2.0": "10.3 10=ANNAT | 4 3=yes | 6.2 6=yes | 9.2 9=yes",
}
SHOWN_WITH |= {f"fk7804-{version}": SHOWN_WITH["fk7804-1.3"] for version in ("1.1", "1.2")}
SHOWN_WITH |= {"fk7804-1.0": f"30 28=PROGRAM | {SHOWN_WITH['fk7804-1.3']}"}
SHOWN_WITH |= {"luae_na-1.2": SHOWN_WITH["luse-1.3"], "ag1-14-1.0": SHOWN_WITH["ag1-14-2.0"]}


def said(when):
    if when.filled:
        return f"{when.ref}=given"
    if when.equals is not None:
        return f"{when.ref}={'yes' if when.equals is True else when.equals}"
    return f"{when.ref}={','.join(map(str, when.includes)) if len(when.includes) < 5 else 'measures'}"


@pytest.mark.parametrize("name", SHOWN_WITH)
def test_a_question_shows_with_the_answer_that_asks_for_it(name):
    shown = {q.ref: said(q.when) for q in FORMS[name].questions() if q.when}
    assert shown == dict(entry.split() for entry in SHOWN_WITH[name].split("|"))


@pytest.mark.parametrize("name", [name for name in SHOWN_WITH if name.startswith(("fk7804", "ag7804"))])
def test_smittskydd_takes_the_same_questions_away_from_every_version(name):
    """certificates.md 1.2, 2.10 and 4.4: 20 and 40 are of version 1, 26 is the employer's 103, and 100 is answered by it."""
    own = {"20", "40"} if "-1." in name or name == "ag7804-1.0" else set()
    theirs = {"26": "103"} if name.startswith("ag") else {}
    gone = {theirs.get(ref, ref) for ref in WITH_SMITTSKYDD_GONE.split()} | own
    gone -= {"44"} if own else set()  # there it hangs on 40
    gone |= {"100"} if name == "ag7804-2.0" else set()
    assert {q.ref for q in FORMS[name].questions() if q.unless and q.unless.ref == "27.1"} == gone


def told(words):
    rows = (entry.split() for line in words.strip().splitlines() for entry in line.split("|"))
    return [(ref, kind, needed == "*", None if limit == "-" else int(limit)) for ref, kind, needed, limit in rows]


@pytest.mark.parametrize("name", TOLD)
def test_a_form_asks_what_is_told_of_it(name):
    asked = [(q.ref, q.kind, q.required, getattr(q, "max", None)) for q in FORMS[name].questions()]
    assert asked == told(TOLD[name])


def test_every_form_of_sick_leave_is_there():
    """Issue and reading: FK 7804 in five versions, AG 7804 and AG1-14 in two, and the three of compensation in one."""
    assert {name for name in FORMS if not name.startswith(PLAN[0])} == {*TOLD, "fk7804-2.0", "ag7804-1.0", "ag1-14-1.0"}


def test_only_old_versions_are_for_reading():
    assert {name for name, form in FORMS.items() if form.status == "read"} == READ


def test_what_is_made_from_a_certificate_says_so():
    assert {name for name, form in FORMS.items() if form.made_from} == {"ag7804-2.0", "ag1-14-2.0"}
    for name in ("ag7804-2.0", "ag1-14-2.0"):
        form, source = FORMS[name], FORMS[f"{FORMS[name].made_from}-2.0"]
        for question in form.questions():
            if question.copies:
                assert source.question(question.copies)


CODES = {
    ("fk7804-1.3", "1"): "UNDERSOKNING TELEFONKONTAKT JOURNALUPPGIFTER ANNAT",
    ("luse-1.3", "1"): "UNDERSOKNING JOURNALUPPGIFTER ANHORIG ANNAT",
    ("fk7804-1.3", "28"): "NUVARANDE_ARBETE ARBETSSOKANDE FORALDRALEDIG STUDIER",
    ("fk7804-1.3", "39"): "STOR_SANNOLIKHET ATER_X_ANTAL_DGR SANNOLIKT_INTE PROGNOS_OKLAR",
    ("fk7804-1.3", "39.3"): "TRETTIO_DGR SEXTIO_DGR NITTIO_DGR HUNDRAATTIO_DAGAR TREHUNDRASEXTIOFEM_DAGAR",
    ("fk7804-1.3", "40"): (
        "EJ_AKTUELLT ARBETSTRANING ARBETSANPASSNING SOKA_NYTT_ARBETE BESOK_ARBETSPLATS ERGONOMISK HJALPMEDEL"
        " KONFLIKTHANTERING KONTAKT_FHV OMFORDELNING OVRIGA_ATGARDER"
    ),
    ("ag7804-1.0", "40"): (
        "EJ_AKTUELLT ARBETSTRANING ARBETSANPASSNING BESOK_ARBETSPLATS ERGONOMISK HJALPMEDEL KONTAKT_FHV OMFORDELNING"
        " OVRIGA_ATGARDER"
    ),
    ("luae_na-1.2", "4"): (
        "NEUROPSYKIATRISKT HABILITERING ARBETSTERAPEUT FYSIOTERAPEUT LOGOPED PSYKOLOG FORETAGSHALSOVARD"
        " SKOLHALSOVARD SPECIALISTKLINIK VARD_UTOMLANDS OVRIGT_UTLATANDE"
    ),
}


@pytest.mark.parametrize(("name", "ref"), CODES)
def test_the_choices_carry_the_national_codes(name, ref):
    assert [option.code for option in FORMS[name].question(ref).options] == CODES[name, ref].split()


def test_a_measure_that_is_chosen_may_be_described():
    """AT-3: question 44 shows with every choice of 40 but the one that stands alone."""
    for name in ("fk7804-1.0", "fk7804-1.3", "ag7804-1.0"):
        form = FORMS[name]
        actions = [option.code for option in form.question("40").options if not option.alone]
        assert list(form.question("44").when.includes) == actions


def test_the_part_that_is_hidden_by_smittskydd_is_the_same_in_every_version():
    """certificates.md 1.2 and 2.10."""
    for name in ("fk7804-1.0", "fk7804-1.3", "fk7804-2.0"):
        always = {"27.1", "6", "32", "32.1", "25"}
        hidden = {q.ref for q in FORMS[name].questions() if q.unless and q.unless.ref == "27.1"}
        assert not hidden & always
        below = {q.ref for q in FORMS[name].questions() if q.when}
        assert {q.ref for q in FORMS[name].questions()} == hidden | below | (
            {q.ref for q in FORMS[name].questions()} & always
        )
