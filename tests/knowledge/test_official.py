"""The source's own texts: plain paragraphs come out of mark-up, and nothing else ever does."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fmstod.errors import BadDataFile
from fmstod.knowledge.exports.joining import Export, join
from fmstod.knowledge.exports.official_import import written
from fmstod.knowledge.exports.plain_text import LONGEST, MOST, paragraphs
from fmstod.knowledge.official import load_official
from fmstod.texts import catalogue
from tests.knowledge.exports import DIAGNOSES, TYPFALL, as_bytes, bent

DAY = date(2026, 11, 24)
A = ("data", 0, "attributes")


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ("<p>Ett.</p><p>Två.</p>", ["Ett.", "Två."]),
        ("<p>Ett.<br  />Två.<br>Tre.</p>", ["Ett.", "Två.", "Tre."]),
        ("<p>Rad\n  ett</p>", ["Rad ett"]),
        ("<ul><li>ett</li><li><p>två</p></li></ul>", ["– ett", "– två"]),
        ("<ol><li>a<br/>b</li></ol><p>c</p>", ["– a", "b", "c"]),
        ("utan <em>m&auml;rken</em> &amp; &lt;b&gt;", ["utan märken & <b>"]),
        ("<a href='javascript:alert(1)'>länk</a>", ["länk"]),
        ("<script>alert(1)</script><p>x</p><style>p{}</style>", ["x"]),
        ("<img src=x onerror=alert(1)>bild", ["bild"]),
        ("<!-- dolt --><p>synligt</p>", ["synligt"]),
        ("<![CDATA[<p>x]]>", ["x]]>"]),
        ("a < b > c", ["a < b > c"]),
        ("<p>inte klart", ["inte klart"]),
        ("</p></script>x", ["x"]),
        ("sju\u00adka \u202e \u200bskriven\x00\x1b[31m", ["sjuka skriven[31m"]),
        ("&#8238;&#x1b;x&#0;", ["x\ufffd"]),
        ("", []),
        ("<p> </p>", []),
    ],
)
def test_markup_becomes_plain_paragraphs(markup, said):
    assert list(paragraphs(markup)) == said


@given(
    st.lists(
        st.sampled_from(
            ["<", ">", "<p>", "</p>", "<li>", "<!--", "<script>", "</script>", "&", "x", "é", '"', "\n", "<![", "<?"]
        )
    )
)
def test_any_markup_becomes_printable_lines(pieces):
    for line in paragraphs("".join(pieces)):
        assert line.isprintable()
        assert line == line.strip()


@given(st.text())
def test_any_text_becomes_printable_lines(text):
    assert all(line.isprintable() for line in paragraphs(text))


def test_endless_text_is_bounded():
    found = paragraphs("<p>" + "x" * 100_000 + "</p>" + "<p>y</p>" * 1_000)
    assert (len(found[0]), len(found)) == (LONGEST, MOST)


def texts_of(diagnoses=DIAGNOSES, single=TYPFALL):
    exports = join(Export("d", as_bytes(diagnoses)), Export("t", as_bytes(single)), "Typfall för diagnosrubriken")
    return load_official("texts.json", written(exports), DAY, catalogue())


def test_an_entry_has_its_sections_under_short_headings_of_ours():
    marked = bent(
        DIAGNOSES, (*A, "symtomprognosbehandling", "markup"), "<p>Hosta i <em>veckor</em>.</p><ul><li>Vila</li></ul>"
    )
    official = texts_of(marked)[900001]
    assert official.retrieved == DAY
    assert [(section.heading, list(section.paragraphs)) for section in official.sections] == [
        ("Om sjukskrivning", ["x"]),
        ("Rekommendationer", ["Sjukskrivning på heltid. Upp till 2 veckor", "Sjukskrivning på heltid. Uppgift saknas"]),
        ("Symtom, prognos, behandling", ["Hosta i veckor.", "– Vila"]),
        ("Funktionsnedsättning", ["x"]),
        ("Aktivitetsbegränsning", ["x"]),
    ]


def test_what_the_source_leaves_out_has_no_section():
    silent = bent(DIAGNOSES, (*A, "funktionsnedsattning", "funktionsnedsattningsbeskrivning"), None)
    assert "Funktionsnedsättning" not in [section.heading for section in texts_of(silent)[900001].sections]


@pytest.mark.parametrize(
    "content", [b"", b"[]", b'{"x": {}}', b'{"1": []}', b'{"1": {"symptoms": "x"}}', b'{"1": {"symptoms": [1]}}']
)
def test_a_file_of_texts_that_is_none_is_named(content):
    with pytest.raises(BadDataFile) as told:
        load_official("texts.json", content, DAY, catalogue())
    assert told.value.values["file"] == "texts.json"
