"""The style sheet and scripts made small: the same meaning, counted bytes."""

import gzip
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trenza.portals.field import inline

IDENTIFIERS = st.text("abcxyz", min_size=1, max_size=5)
STRINGS = st.text("ab {}:;,>/*'", max_size=12).map(lambda text: f'"{text}"')
VALUES = st.lists(IDENTIFIERS | STRINGS | st.just("calc(1px + 2px)"), min_size=1, max_size=3).map(" ".join)
SPACE = st.sampled_from(["", " ", "\n  ", "/* a; b } */", " /* \n * */ "])


@given(IDENTIFIERS, IDENTIFIERS, VALUES, st.lists(SPACE, min_size=6, max_size=6))
def test_small_css_keeps_a_rule_whatever_stands_around_it(selector, name, value, space):
    a, b, c, d, e, f = space
    source = f"{a}{selector}{b}{{{c}{name}{d}: {value}{e};{f}}}"

    small = inline.small_css(source)

    assert small in (f"{selector}{{{name}:{value}}}", f"{selector}{{{name} :{value}}}")


@pytest.mark.parametrize(
    ("source", "small"),
    [
        ("a :hover { color : red; }", "a :hover{color :red}"),
        ("a:hover, b > c { top: calc(1px + 2px); }", "a:hover,b>c{top:calc(1px + 2px)}"),
        ('a::before { content: "✓ "; }', 'a::before{content:"✓ "}'),
        ('a { content: "/* stays */"; } /* goes */', 'a{content:"/* stays */"}'),
        ("@media (max-width: 2em) and (x) { a { b: c } }", "@media (max-width:2em) and (x){a{b:c}}"),
        (".opt:has(:checked) { b: c; }", ".opt:has(:checked){b:c}"),
    ],
)
def test_small_css_knows_where_space_means_something(source, small):
    assert inline.small_css(source) == small


def test_small_js_drops_comments_and_needless_space_alone():
    source = """
    // says why
    const a = async (b) => {
      /*! the licence of others */
      return `${b} , c` + ("// not a comment" + +b) + /[ , ]/.test(b) / 2;
    };
    """

    assert inline.small_js(source) == (
        'const a=async(b)=>{/*! the licence of others */return`${b} , c`+("// not a comment"+ +b)+/[ , ]/.test(b)/2;};'
    )


def test_csp_hash_is_the_one_of_the_standard():
    # The example of Content Security Policy level 3, section 8.4.
    assert inline.csp_hash("doSomething();") == "'sha256-RFWPLDbv2BY+rCkDzsE+0fr8ylGr2R2faWMhq4lfEQc='"


def test_sizes_leave_a_page_room_for_its_content():
    assert len((inline.SCRIPT + inline.LESSON_SCRIPT).encode()) <= 5_120
    assert len(gzip.compress(inline.LOOK.encode(), 9)) <= 3_450
    assert len(gzip.compress((inline.LESSON_LOOK + inline.SCRIPT + inline.LESSON_SCRIPT).encode(), 9)) <= 4_500


def test_lesson_look_is_the_first_part_of_the_look():
    assert inline.LOOK.startswith(inline.LESSON_LOOK)
    assert ".field{" not in inline.LESSON_LOOK


def test_inlined_text_cannot_close_its_element():
    for text in (inline.LOOK, inline.SCRIPT, inline.LESSON_SCRIPT, inline.VEIL):
        assert re.findall(r"</|<!--", text) == []
