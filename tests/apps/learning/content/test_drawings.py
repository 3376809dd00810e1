"""Drawings: what is drawn stays as it is, and nothing that is more than a drawing gets through."""

import contextlib
import gzip

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.apps.learning.content.examples import compile_body, course_files, errors_of, picture
from trenza.apps.learning.content.body import lesson_body_html
from trenza.apps.learning.content.drawings import compile_drawing
from trenza.apps.learning.content.folder import compile_files
from trenza.apps.learning.content.images import BadImage
from trenza.apps.learning.content.packs import pictures_in
from trenza.apps.learning.content.pictures import picture_weights
from trenza.apps.learning.content.report import weigh

PHONE = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 200">
  <title>A phone</title>
  <defs><linearGradient id="sky">
  <stop offset="0" stop-color="#fff"/><stop offset="100%" stop-color="#9cf"/></linearGradient>
  <clipPath id="hole"><circle cx="10" cy="10" r="9"/></clipPath></defs>
  <g fill="none" stroke="#7a1f3d" stroke-width="2.5" stroke-dasharray="4 2" transform="translate(4,-3.5) rotate(12)">
    <rect x="10" y="10" width="60" height="110" rx="6" fill="url(#sky)" clip-path="url(#hole)"/>
    <path d="M10-5.5.5c1e1 2 3,4 5 6a2 2 0 01.5 3Z" fill-rule="evenodd"/>
    <polyline points="1,2 3,4"/>
    <text x="5" y="6" font-size="9" font-weight="700">5 &lt; 6 <tspan dx="1">sí</tspan></text>
  </g>
</svg>
"""


def drawn(inner: str, root: str = 'viewBox="0 0 32 20"') -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {root}>{inner}</svg>'


def compiled(text: str | bytes) -> str:
    image = compile_drawing(text.encode() if isinstance(text, str) else text)
    assert image.drawing
    return image.drawing.data.decode()


def problem(text: str | bytes) -> str:
    with pytest.raises(BadImage) as found:
        compiled(text)
    return found.value.problem


def test_drawing_is_written_anew_with_all_that_it_draws():
    assert compiled(PHONE) == (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 200" width="320" height="200">'
        "<title>A phone</title>"
        '<defs><linearGradient id="sky"><stop offset="0" stop-color="#fff"/><stop offset="100%" stop-color="#9cf"/>'
        '</linearGradient><clipPath id="hole"><circle cx="10" cy="10" r="9"/></clipPath></defs>'
        '<g fill="none" stroke="#7a1f3d" stroke-width="2.5" stroke-dasharray="4 2"'
        ' transform="translate(4,-3.5) rotate(12)">'
        '<rect x="10" y="10" width="60" height="110" rx="6" fill="url(#sky)" clip-path="url(#hole)"/>'
        '<path d="M10-5.5.5c1e1 2 3,4 5 6a2 2 0 01.5 3Z" fill-rule="evenodd"/>'
        '<polyline points="1,2 3,4"/>'
        '<text x="5" y="6" font-size="9" font-weight="700">5 &lt; 6 <tspan dx="1">sí</tspan></text></g></svg>'
    )


def test_drawing_written_anew_is_written_the_same_again():
    assert compiled(compiled(PHONE)) == compiled(PHONE)


def test_what_drawing_programs_keep_for_themselves_is_left_out():
    text = drawn(
        '<!-- by a program --><metadata><x/></metadata><i:view xmlns:i="http://inkscape.org" i:a="1"><g/></i:view>'
        '<path i:label="x" xmlns:i="http://inkscape.org" class="a" data-name="b" aria-hidden="true" d="M0 0"/>'
    )

    assert compiled(text) == (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 20" width="32" height="20"><path d="M0 0"/></svg>'
    )


@pytest.mark.parametrize(
    ("inner", "said"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ("<SCRIPT>alert(1)</SCRIPT>", "<SCRIPT>"),
        ("<style>*{fill:url(http://evil.example)}</style>", "<style>"),
        ("<foreignObject><iframe src='https://evil.example'/></foreignObject>", "<foreignObject>"),
        ("<image href='https://evil.example/a.png'/>", "<image>"),
        ("<image xlink:href='data:image/png;base64,AAAA'/>", "<image>"),
        ("<use href='#a'/>", "<use>"),
        ("<a href='javascript:alert(1)'><path d='M0 0'/></a>", "<a>"),
        ("<animate attributeName='href' to='javascript:alert(1)'/>", "<animate>"),
        ("<set attributeName='onload' to='alert(1)'/>", "<set>"),
        ("<filter id='f'><feTurbulence/></filter>", "<filter>"),
        ("<pattern id='p'/>", "<pattern>"),
        ("<mask id='m'/>", "<mask>"),
        ("<switch/>", "<switch>"),
        ("<g><svg><path d='M0 0'/></svg></g>", "<svg>"),
        ("<path d='M0 0' onload='alert(1)'/>", "`onload`"),
        ("<g onclick='alert(1)'/>", "`onclick`"),
        ("<path style='fill:url(https://evil.example)'/>", "`style`"),
        ("<path href='javascript:alert(1)'/>", "`href`"),
        ("<linearGradient id='a' xlink:href='#b'/>", "`href`"),
        ("<path filter='url(#f)'/>", "`filter`"),
        ("<path fill='url(https://evil.example/a.svg#b)'/>", '"url(https://evil.example/a.svg#b)" is no value'),
        ("<path fill='url(#nowhere)'/>", '"url(#nowhere)" names nothing'),
        ("<path id='p' fill='url(#p)'/>", '"url(#p)" names nothing'),
        ("<clipPath id='a'><path clip-path='url(#a)'/></clipPath>", '"url(#a)" names nothing'),
        ("<path fill='red;background:url(x)'/>", "is no value of `fill`"),
        ("<path fill='expression(alert(1))'/>", "is no value of `fill`"),
        ("<path d='M0 0 url(x)'/>", "is no value of `d`"),
        ("<path d='M1e300 0'/>", "A number of `d` is larger than 10,000"),
        ("<path d='M99999999999999999999 0'/>", "A number of `d` is larger than 10,000"),
        ("<circle r='1e9'/>", "A number of `r` is larger than 10,000"),
        ("<g transform='scale(1e9)'/>", "A number of `transform` is larger"),
        ("<path stroke-dasharray='0.0001'/>", "A dash is shorter than 0.1"),
        ("<text font-family='url(x)'>a</text>", "is no value of `font-family`"),
        ("<g id='a'/><g id='a'/>", 'Two elements of the drawing are called "a"'),
        ("<g id='a b'/>", "is no value of `id`"),
        ("<g>" * 30 + "</g>" * 30, "more than 20 deep"),
        ("<g/>" * 2_001, "more than 2,000 elements"),
    ],
)
def test_what_is_no_drawing_is_refused_by_name(inner, said):
    assert said in problem(drawn(inner))


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + drawn("<text>&x;</text>"),
        '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>' + drawn("<text>&b;</text>"),
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd">' + drawn(""),
        '<!DOCTYPE svg [<!ENTITY % p SYSTEM "http://evil.example/a.dtd"> %p;]>' + drawn(""),
    ],
    ids=["outer entity", "entities in entities", "outer document type", "parameter entity"],
)
def test_document_type_is_refused(text):
    assert problem(text) == "The drawing declares a document type."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "no XML"),
        (b"GIF89a", "no XML"),
        (b"<svg", "no XML"),
        (b'<?xml version="1.0" encoding="nonsense"?><svg/>', "no XML"),
        (b"\xff\xfe<\x00s\x00", "no XML"),
        (b"<svg/>", "no SVG"),
        (b"<html xmlns='http://www.w3.org/1999/xhtml'/>", "no SVG"),
        (drawn("", "").encode(), "does not say how large"),
        (drawn("", 'viewBox="0 0 0 10"').encode(), "does not say how large"),
        (drawn("", 'viewBox="0 0 1e9 1"').encode(), "does not say how large"),
        (drawn("", 'viewBox="0 0 10"').encode(), "not four numbers"),
        (drawn("", 'viewBox="0 0 640 9000"').encode(), "too tall"),
        (drawn("", 'width="100%" height="100%"').encode(), "does not say how large"),
        (b" " * (64 * 1024 + 1), "has 64 KB"),
    ],
)
def test_what_cannot_be_shown_is_told(text, said):
    assert said in problem(text)


@pytest.mark.parametrize(
    "value",
    ["1" * 60_000 + "x", "1.1" * 20_000 + "x", "1,1 " * 15_000 + "x", "translate(1)" * 5_000 + "x", "-" * 60_000 + "x"],
)
def test_hostile_value_is_refused_and_not_pondered(value):
    for key in ("d", "points", "r", "transform", "fill", "viewBox"):
        assert problem(drawn(f"<path {key}='{value}'/>"))


@given(st.text(max_size=200))
@example("<g/>")
def test_whatever_is_given_is_a_drawing_or_is_refused(text):
    for given_text in (text, drawn(text), drawn(f"<path d='{text}'/>")):
        with contextlib.suppress(BadImage):
            assert "<script" not in compiled(given_text.encode("utf-8", "replace"))


@pytest.mark.parametrize(
    ("root", "size"),
    [
        ('viewBox="0 0 320 200"', (320, 200)),
        ('viewBox="0 0 1280 800"', (640, 400)),
        ('viewBox="0 0 24 24" width="48px" height="48px"', (48, 48)),
        ('width="100" height="50"', (100, 50)),
        ('viewBox="0 0 40 10" width="100%"', (40, 10)),
    ],
)
def test_drawing_is_shown_as_large_as_it_says(root, size):
    image = compile_drawing(drawn("", root).encode())

    assert (image.width, image.height) == size


def test_lesson_shows_a_drawing_as_one_file_that_weighs_what_it_weighs_compressed():
    course = compile_body("![A phone that asks](images/phone.svg)", {"images/phone.svg": PHONE.encode()})

    ((name, data),) = course.files.items()
    weight = len(gzip.compress(data, 9, mtime=0))
    html = lesson_body_html(course, course.lessons[0])
    assert (
        f'<p><img src="/archivos/{name}" alt="A phone that asks" width="320" height="200" data-bytes="{weight}"'
        ' loading="lazy" decoding="async"> <small>1 KB</small></p>'
    ) in html
    assert picture_weights([html]) == {f"/archivos/{name}": weight}
    assert [picture.kept for picture in pictures_in(html)] == [name]
    assert weigh(course, course.lessons[0]).image_size == weight


def test_folder_of_a_course_keeps_the_drawing_as_its_author_made_it():
    course = compile_body("![A phone that asks](images/phone.svg)", {"images/phone.svg": PHONE.encode()})

    assert course.folder["images/phone.svg"] == PHONE.encode()
    assert compile_files(course.folder).course.version == course.version


def test_drawing_that_is_none_is_told_with_its_file():
    files = course_files("![A phone](images/phone.svg)", {"images/phone.svg": drawn("<script/>").encode()})

    assert errors_of(files) == [("images/phone.svg", 0, "The drawing holds <script>, which is not allowed.")]


def test_picture_that_is_called_a_drawing_is_told():
    files = course_files("![A phone](images/phone.svg)", {"images/phone.svg": picture()})

    assert errors_of(files) == [("images/phone.svg", 0, "The drawing is no XML that can be read.")]


def test_drawing_that_no_lesson_shows_is_told():
    files = course_files("![A phone](images/a.png)", {"images/phone.svg": PHONE.encode()})

    assert compile_files(files).unused == ("images/phone.svg",)
