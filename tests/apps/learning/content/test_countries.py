"""What is different in each country: read from a file with all that is wrong, and shown folded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.apps.learning.content.examples import COURSE, body_errors, compile_body, course_files, errors_of
from tests.apps.learning.content.test_body import Balance
from trenza.apps.learning.api import handout_html, slides_html
from trenza.apps.learning.content import limits
from trenza.apps.learning.content.archive import pack, unpack
from trenza.apps.learning.content.body import lesson_body_html
from trenza.apps.learning.content.countries import read_facts
from trenza.apps.learning.content.course import Prose
from trenza.apps.learning.content.errors import Problems
from trenza.apps.learning.content.folder import compile_files

LINES = """\
title = "Help <lines>"
countries = ["PE", "BO"]

[[entry]]
country = "BO"
name = "Police & co"
value = "800 14-0348"
about = "Day and night."
source = "The <police>"
url = "https://example.org/a?b=1&c=2"
date = "2024-05"

[[entry]]
country = "GT"
name = "Chat"
missing = "No address is confirmed."

[[entry]]
country = "BO"
name = "Tax"
value = "13 %"
source = "The law"
url = "https://example.org/law"
date = 2023-01-31
"""
BODY = "::: countries help-lines\nSomebody **answers**.\n:::\n"
FILE = "data/help-lines.toml"

SHOWN = """\
<div class="card countries"><b>Help &lt;lines&gt;</b>
<p>Somebody <strong>answers</strong>.</p>
<details><summary>Bolivia</summary>
<p><b>Police &amp; co</b>: <a href="tel:800140348">800&nbsp;14-0348</a><br>Day and night.<br>\
<small>Source: <a href="https://example.org/a?b=1&amp;c=2" rel="noopener nofollow">The &lt;police&gt;</a>\
, May 2024</small></p>
<p><b>Tax</b>: 13 %<br>\
<small>Source: <a href="https://example.org/law" rel="noopener nofollow">The law</a>, 31 January 2023</small></p>\
</details>
<details><summary>Guatemala</summary>
<p><b>Chat</b><br><em>Not confirmed:</em> No address is confirmed.</p></details>
<details><summary>Peru</summary>
<p><em>We have nothing confirmed about this country.</em></p></details>
</div>"""


def shown(text: str = LINES, body: str = BODY, course: str = COURSE) -> str:
    compiled = compile_files(course_files(body, {FILE: text.encode()}, course)).course
    (block,) = compiled.lessons[0].blocks
    assert isinstance(block, Prose)
    return block.html


def wrong(text: str) -> list[tuple[str, int, str]]:
    return errors_of(course_files(BODY, {FILE: text.encode()}))


def test_each_country_is_a_part_by_its_name_in_the_language_of_the_lesson():
    assert shown() == SHOWN
    spanish = shown(course=COURSE.replace('"en"', '"es-419"'))
    assert "<summary>Perú</summary>" in spanish
    assert ", mayo de 2024</small>" in spanish
    assert ", 31 de enero de 2023</small>" in spanish


@pytest.mark.parametrize(
    ("value", "html"),
    [
        ("911", '<a href="tel:911">911</a>'),
        ("*222#", '<a href="tel:*222%23">*222#</a>'),
        ("+591 2 244-0000", '<a href="tel:+59122440000">+591&nbsp;2&nbsp;244-0000</a>'),
        ("13", "13"),
        ("2.500 lempiras", "2.500 lempiras"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("https://example.org/a b", "https://example.org/a b"),
        ('https://example.org/\\"x', '<a href="https://example.org/&quot;x" rel="noopener nofollow">'),
    ],
)
def test_digits_are_a_number_to_call_and_an_address_is_a_link(value, html):
    assert f"<b>Police &amp; co</b>: {html}" in shown(LINES.replace("800 14-0348", value))


def test_slides_and_paper_show_every_country_open():
    course = compile_body(BODY, {FILE: LINES.encode()})
    body = lesson_body_html(course, course.lessons[0])

    for show in (slides_html, handout_html):
        html = show(body, title="A", language="en")
        assert (html.count("<details open>"), "800&nbsp;14-0348" in html) == (3, True)
        tags = Balance()
        tags.feed(html)
        assert tags.open == []


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ('country = "BO"', 'country = "XX"', (5, '"XX" is no country.')),
        ('country = "BO"', 'country = "bo"', (5, '"bo" is no country.')),
        ('country = "BO"', "country = 3", (5, '"country" must be a text.')),
        ('value = "800 14-0348"\n', "", (4, '"value" is empty.')),
        ('source = "The <police>"', 'source = ""', (9, '"source" is empty.')),
        ('url = "https://example.org/a?b=1&c=2"', 'url = "example.org"', (10, '"example.org" is not an address.')),
        ('url = "https://example.org/a?b=1&c=2"', 'url = "https://[x"', (10, '"https://[x" is not an address.')),
        ('date = "2024-05"', 'date = "2024-5"', (11, '"2024-5" is no date.')),
        ('date = "2024-05"', "date = 3", (11, '"3" is no date.')),
        ('about = "Day', 'abut = "Day', (8, 'Nobody reads "abut".')),
        ('about = "Day and night."', 'missing = "B"', (8, "It has a value, and something is missing.")),
        ('missing = "No address is confirmed."', 'missing = ""', (16, '"missing" is empty.')),
        ('name = "Tax"', f'name = "{"a" * 401}"', (20, '"name" has 401 letters.')),
        ('["PE", "BO"]', '["PE", "Bolivia"]', (2, "The countries are not written right.")),
        ('title = "Help <lines>"', 'titel = "Help"', (1, 'Nobody reads "titel".')),
    ],
)
def test_mistake_is_told_at_its_line(old, new, error):
    assert (FILE, *error) in wrong(LINES.replace(old, new))


@pytest.mark.parametrize("text", ["", 'title = "A"\n', 'title = "A"\nentry = 3\n', 'title = "A"\nentry = [1]\n'])
def test_file_that_says_nothing_is_told(text):
    assert (FILE, 0, "The file says nothing about any country.") in wrong(text)


def test_file_is_limited(monkeypatch):
    monkeypatch.setattr(limits, "COUNTRY_ENTRIES", 2)

    assert (FILE, 0, "The file has 3 entries.") in wrong(LINES)


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ("::: countries\n:::\n", (5, "It names no file.")),
        ("::: countries taxes\n:::\n", (5, 'The file "data/taxes.toml" does not exist.')),
        ("::: countries ../../etc/passwd\n:::\n", (5, 'The file "../../etc/passwd" does not exist.')),
        ("- a\n\n  ::: countries help-lines\n  :::\n", (7, "What each country has stands within something else.")),
    ],
)
def test_container_that_is_wrong_is_told(body, error):
    assert error in body_errors(body, {FILE: LINES.encode()})


def test_file_is_kept_with_the_course_only_where_a_lesson_shows_it():
    others = {FILE: LINES.encode(), "data/other.toml": b"not read"}
    course = compile_files(course_files(BODY, others)).course

    assert [name for name in course.folder if name.startswith("data/")] == [FILE]
    assert compile_files(unpack(pack(course.folder))).course == course


@given(st.text(max_size=80) | st.just(LINES).flatmap(lambda text: st.integers(0, len(text)).map(lambda n: text[:n])))
def test_any_text_is_read_or_told(text):
    problems = Problems()

    facts = read_facts(FILE, text.encode("utf-8", "surrogatepass"), problems)

    assert facts or problems.errors
