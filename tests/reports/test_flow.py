"""How text is set and how it flows over pages, for any words."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from fmstod.reports import tokens as t
from fmstod.reports.blocks import Section, Stack, Text
from fmstod.reports.form_blocks import paragraphs
from fmstod.reports.page import paginate
from fmstod.reports.setting import Run, set_lines, strong
from fmstod.reports.table import Grid, grid
from fmstod.reports.typeface import readable, shorten, width_of
from tests.reports.reading import tight

LETTERS = st.characters(codec="latin-1", exclude_characters="\u00ad")
WORDS = st.text(LETTERS, max_size=300)


def words_of(lines):
    return "".join(piece.text for line in lines for piece in line.pieces)


@given(WORDS, WORDS, st.floats(20, 400))
def test_setting_loses_no_character_and_no_line_is_too_wide(first, second, width):
    lines = set_lines([strong(first), Run(second)], t.BODY, width)
    assert tight(words_of(lines)) == tight(readable(first) + readable(second))
    for line in lines:
        assert line.width <= width + 0.01
        wide = sum(width_of(piece.text, piece.face, t.BODY.size) for piece in line.pieces)
        assert wide - width_of(" ", t.REGULAR, t.BODY.size) <= line.width + 0.01


@given(st.lists(st.text(st.characters(categories=["Ll", "Lu"], codec="latin-1"), min_size=1, max_size=12), max_size=60))
def test_words_stay_apart_for_those_who_copy_or_listen(words):
    assert words_of(set_lines([Run(" ".join(words))], t.BODY, 120)).split() == words


def test_a_figure_stays_with_its_unit():
    for bound in ("50 %", "14 dec", "kl. 13"):
        for width in range(30, 200, 7):
            lines = set_lines([Run(f"Graden är {bound} från och med då")], t.BODY, max(width, 60))
            assert any(bound in words_of([line]).replace("\u00a0", " ") for line in lines)


@given(st.text(LETTERS, max_size=200), st.floats(0, 300))
def test_a_shortened_line_fits_and_is_a_beginning(text, room):
    line = shorten(text, room, t.REGULAR, t.NOTE.size)
    whole = " ".join(readable(text).split())
    if line != whole:
        assert line.endswith(" …")
        assert whole.startswith(line.removesuffix(" …"))
        assert width_of(line, t.REGULAR, t.NOTE.size) <= max(room, width_of(" …", t.REGULAR, t.NOTE.size)) + 0.01


def leaves(block):
    return [leaf for part in block.parts for leaf in leaves(part)] if isinstance(block, Stack) else [block]


QUESTIONS = st.lists(st.lists(st.integers(1, 70), min_size=1, max_size=4), min_size=1, max_size=6)


def section(number, lengths):
    parts = []
    for length in lengths:
        parts += [Text("Fråga", t.CAPTION, t.MAIN, "H3"), Text("\n".join(["Svar"] * length), t.NEXT, t.MAIN)]
    return Section(str(number), "Rubrik", parts)


@given(st.lists(QUESTIONS.map(lambda lists: [n for each in lists for n in each]), min_size=1, max_size=5))
@settings(max_examples=60)
def test_no_caption_ends_a_page_no_line_stands_alone_and_nothing_is_lost(sections):
    pages = paginate([section(number, lengths) for number, lengths in enumerate(sections, 1)])
    for page in pages:
        for (above, first), (under, second) in pairwise(page):
            assert under >= above + first.height + second.before - 0.01
        top, last = page[-1]
        assert top + last.height <= t.TALL + 0.01
        assert not leaves(last)[-1].stays
    texts = [leaf for page in pages for _, block in page for leaf in leaves(block) if isinstance(leaf, Text)]
    answers = [text for text in texts if text.style == t.NEXT]
    assert sum(len(text.lines) for text in answers) == sum(map(sum, sections))
    by_element = {}
    for text in answers:
        by_element.setdefault(text.element, []).append(len(text.lines))
    assert all(len(parts) == 1 or min(parts) >= 2 for parts in by_element.values())


@given(st.lists(st.integers(1, 30), min_size=1, max_size=40), st.integers(0, 49))
@settings(max_examples=60)
def test_a_table_leaves_two_rows_on_each_side_unless_they_are_too_high(lengths, used):
    above = Text("\n".join(["Rad"] * max(used, 1)), t.BODY, t.MAIN)
    table = grid(("Vad", "När"), [("\n".join(["Rad"] * n), "nu") for n in lengths], (200, 100))
    pages = paginate([above, table])
    pieces = [block for page in pages for _, block in page if isinstance(block, Grid)]
    assert sum(len(piece.rows) for piece in pieces) == len(lengths)
    assert all(top + block.height <= t.TALL + 0.01 for page in pages for top, block in page)
    if max(lengths) <= 10 and len(pieces) > 1:
        assert min(len(piece.rows) for piece in pieces) >= 2


def test_a_row_higher_than_a_page_goes_on_in_the_next():
    table = grid(("Vad", "När"), [("\n".join(f"Rad {n}" for n in range(130)), "nu")], (200, 100))
    pages = paginate([table])
    assert len(pages) == 3
    assert all(block.height <= t.TALL + 0.01 for page in pages for _, block in page)


def test_who_signed_never_stands_alone_on_the_last_page():
    sections = [
        section(1, [20]),
        section(2, [20]),
        Section("3", "Underskrift", [Text("\n".join("ab" * 4), t.BODY, 90)], whole=True),
    ]
    pages = paginate(sections)
    assert [len(page) for page in pages] == [1, 2]


def test_the_last_lines_of_a_long_answer_go_with_who_signed():
    signed = Section("2", "Underskrift", [Text("\n".join(["ab"] * 20), t.BODY, 90)], whole=True)
    first, second = paginate([section(1, [45]), signed])
    assert len(first) == 1
    assert [block.number for _, block in second] == ["1", "2"]
    lines = [leaf for leaf in leaves(second[0][1]) if isinstance(leaf, Text) and leaf.style == t.NEXT]
    assert 2 <= len(lines[0].lines) < 10


def test_paragraphs_are_kept_as_typed():
    made = paragraphs("\n  \nEtt.\nTvå.\n\n\n   \nTre.\r\n\r\nFyra.")
    assert [words_of(text.lines).split() for text in made] == [["Ett.", "Två."], ["Tre."], ["Fyra."]]
    assert len(made[0].lines) == 2
    assert paragraphs(" \n ") == []
