"""What is written as TOML is read back the same."""

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from fmstod.knowledge.exports.toml_text import document

PLAIN = st.one_of(
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.dates(),
    st.text(st.characters(exclude_categories=["Cs"])),
)
INLINE = st.recursive(
    PLAIN,
    lambda inner: st.one_of(st.lists(PLAIN), st.dictionaries(st.text('aå-_ ."', min_size=1), inner)),
    max_leaves=6,
)
TABLES = st.dictionaries(st.text("abc_å. ", min_size=1), INLINE, max_size=4)


@given(
    st.dictionaries(
        st.text("xyz-å", min_size=1), st.one_of(INLINE, TABLES, st.lists(TABLES, min_size=1, max_size=3)), max_size=4
    )
)
def test_what_is_written_is_read_back(content):
    assert tomllib.loads(document(content)) == content
