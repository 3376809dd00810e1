import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.apps.learning.content.examples import body_errors, course_files, prose
from trenza.apps.learning.content.cleaning import clean
from trenza.apps.learning.content.course import Prose
from trenza.apps.learning.content.folder import compile_files


def plain(dirty: str) -> str:
    return clean(dirty, image=lambda source, description: None, link=lambda address: None)


@pytest.mark.parametrize(
    ("dirty", "harmless"),
    [
        ("a<script>alert(1)</script>b", "ab"),
        ("a<style>p{}</style>b", "ab"),
        ('a<iframe src="https://example.org"></iframe>b', "ab"),
        ("<svg><script>alert(1)</script></svg>b", "b"),
        ('<p onclick="alert(1)" style="color:red" id="main" class="exit">a</p>', "<p>a</p>"),
        ('<a href="javascript:alert(1)">a</a>', "<a>a</a>"),
        ('<a href="data:text/html,x">a</a>', "<a>a</a>"),
        (
            '<a href="https://example.org/" target="_blank" title="t">a</a>',
            '<a href="https://example.org/" title="t" rel="noopener nofollow">a</a>',
        ),
        ('<form action="x"><input name="q.a"><button>a</button></form>', "a"),
        ('<div class="card q">a</div><div class="card try">b</div>', '<div>a</div><div class="card try">b</div>'),
        ('<meta http-equiv="refresh"><base href="x"><link rel="x">a', "a"),
        ("<p>never <b>closed", "<p>never <b>closed</b></p>"),
        ("</div></form></main>a", "a"),
        ("<!-- note -->a", "a"),
    ],
)
def test_clean_leaves_nothing_harmful(dirty, harmless):
    assert plain(dirty) == harmless


PIECES = [
    *("<script", "<img src=", "<a href=", "javascript:", "onerror=", "style=", "<iframe", "<svg", "<math", "<p class="),
    *("</", ">", '"', "'", " x", "&lt;", "<!--", "-->"),
]


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=20).map("".join))
def test_clean_makes_no_dangerous_tag_from_any_text(dirty):
    html = plain(dirty)
    tags = re.findall(r"<([a-z0-9]+)((?: [a-z-]+=\"[^\"]*\")*)>", html)

    assert {name for name, _ in tags}.isdisjoint({"script", "iframe", "img", "svg", "form", "style"})
    assert [attributes for _, attributes in tags if re.search(r' (on[a-z]+|style|id|src)="', attributes)] == []
    assert plain(html) == html


def test_lesson_with_scripts_loses_them_and_says_so():
    compiled = compile_files(course_files("One.\n\n<script>alert(1)</script>\n\nTwo <blink>three</blink>.\n"))

    assert compiled.course.lessons[0].blocks == (Prose("<p>One.</p>\n\n<p>Two three.</p>"),)
    assert [(each.line, each.problem) for each in compiled.removed] == [
        (7, "<script> was taken out."),
        (9, "<blink> was taken out."),
    ]


def test_link_to_a_lesson_of_the_course_is_kept_without_leaving_it():
    assert prose("See [this](01-password.md).") == '<p>See <a href="../01-password/">this</a>.</p>'


@pytest.mark.parametrize("address", ["02-other.md", "../x", "//example.org", "/me", "#top", "images/a.png"])
def test_link_that_leads_nowhere_is_told(address):
    assert body_errors(f"One.\n\n[a]({address})\n") == [(7, f'The link "{address}" leads nowhere.')]


@pytest.mark.parametrize(
    ("image", "problem"),
    [
        ("![a](images/b.png)", 'The image "images/b.png" does not exist.'),
        ("![a](../a.png)", 'The image "../a.png" is outside of the folder.'),
        ("![a](/etc/passwd)", 'The image "/etc/passwd" is not in the folder.'),
        ("![a](https://example.org/a.png)", 'The image "https://example.org/a.png" is not in the folder.'),
        ("![](images/a.png)", 'The image "images/a.png" has no description.'),
        ('<img src="images/b.png" alt="a">', 'The image "images/b.png" does not exist.'),
        ("<img alt='a'>", "An image names no file."),
        ("![a](data:image/png;base64,iVBO)", "An image names no file."),
    ],
)
def test_image_that_cannot_be_shown_is_told(image, problem):
    assert [found for _, found in body_errors(f"One.\n\n{image}\n")] == [problem]


def test_image_written_as_html_is_compiled_too():
    written = prose('<img src="images/a.png" alt="red" onerror="alert(1)" width="9999">')

    assert f"<p>{written}</p>" == prose("![red](images/a.png)")
