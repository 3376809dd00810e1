"""Whatever somebody gives to an importer, it makes a course or says what is wrong."""

import re
from collections.abc import Mapping
from contextlib import suppress
from itertools import pairwise

import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st

from tests.apps.learning.content.examples import picture
from tests.apps.learning.content.importers.examples import body, compiled
from trenza.apps.learning.content.build import build_course
from trenza.apps.learning.content.course import Course
from trenza.apps.learning.content.errors import CourseErrors
from trenza.apps.learning.content.importers import Options, convert
from trenza.apps.learning.content.importers.drawings import BadDrawing, draw
from trenza.apps.learning.content.sources import write_files

OPTIONS = Options(title="T", authors=("Rosa",), licence="CC0-1.0", language="en")
CONFIG = b"title: T\nlicense: CC-BY 4.0\nepisodes:\n- a.md\n"
EVALUATION = b"# Quiz\n\n### Question 1\nWhich?\na) x\nb) y\n\n## Answers\n1. b) So.\n"

CARPENTRIES = {"config.yaml": CONFIG, "episodes/a.md": b"a", "episodes/b.md": b"b", "episodes/i.png": picture()}
TOPICS = {"a_content.md": b"# A\ntext", "a_exercises.md": b"# E\n## 1\ntext", "a_evaluation.md": EVALUATION}
MARKDOWN = {"1 a.md": b"# A\ntext", "2 quiz.md": b"# Quiz\ntext", "i.png": picture()}

PLACES = [
    *(("carpentries", CARPENTRIES, name) for name in ("config.yaml", "episodes/a.md", "README.md", "LICENSE.md")),
    *(("topics", TOPICS, name) for name in (*TOPICS, "a_script.md", "course.json", "README.md")),
    *(("markdown", MARKDOWN, name) for name in ("1 a.md", "2 quiz.md", "import.toml", "d.svg")),
]

_PIECES = """\
::: challenge↵|:::: note T↵|::: solution↵|:::↵|::::::↵|::: {.x #y}↵|::: question q one↵|<details>↵|<summary>s</summary>
</details>↵|<!--|-->|<script>|</script>|<p align=x>|<td>|<img src=i.png>|<iframe src="https://[::">|<video src=x>
<a href="b.md">|</a>|<![CDATA[|<?x|<h1>|[a](b.md#c)|[a](a.md)|![](i.png){alt='x'}|![a](i.png)|[a][r]|[r]: b.md↵
[![v](x)](https://youtu.be/1)|[^1]|↵[^1]: note↵|[a](javascript:x)|page--0--of-this-course|[a](page--9--of-this-course)
](|[[|↵|↵↵|- |1. |> |# |## Question 2↵|## Answers↵|a) x↵|b) y↵|2. a) why↵|- [x] z↵|    |\t|```↵|~~~|`|**|_|$$ x $$
+--+↵¦ a ¦↵+--+|¦ a ¦ b ¦↵¦---¦---¦↵¦ c ¦↵|___↵|---↵|title: x↵|+++↵|a: &b [*b]↵|\\|&amp;|&#0;|\x00|\ufeff|? x|{#a}|é\
"""
PIECES = [each.replace("↵", "\n").replace("¦", "|") for each in re.split(r"[|\n]", _PIECES)]
anything = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=30).map("".join)


@given(st.sampled_from(PLACES), st.one_of(anything.map(str.encode), st.binary(max_size=100)))
def test_any_text_gives_a_course_or_errors(place, data):
    importer, files, name = place
    try:
        made = convert({**files, name: data}, "folder", OPTIONS, importer=importer)
        course = compiled(made)
    except CourseErrors:
        return
    assert len(course.version) == 64


def course_of(text: str, others: Mapping[str, bytes] | None = None) -> Course:
    return compiled(convert({"a.md": text.encode(), **(others or {})}, "x", OPTIONS, importer="markdown"))


@pytest.mark.parametrize(
    "text",
    [
        '<script>alert(1)</script><img src=x onerror="alert(1)"><a href="javascript:alert(1)">a</a>',
        "<style>*{display:none}</style>\n\n<svg onload=alert(1)><script>x</script></svg> words",
        '<a href="java&#10;script:alert(1)">a</a> [b](javascript:alert(1)) <javascript:alert(1)>',
        '<form action="https://a.org"><input name=x></form> <base href="https://a.org"> <meta http-equiv=refresh>',
        "[a]: javascript:alert(1)\n\n[a] ![x](data:text/html,<script>alert(1)</script>)",
        "<<script>script>alert(1)<</script>/script> <iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<details open ontoggle=alert(1)>\n<summary onclick=alert(1)>s</summary>\n\na\n\n</details>",
        "::: note <img src=x onerror=alert(1)>\na\n:::\n\n## <b onclick=alert(1)>h</b>",
    ],
)
def test_programs_do_not_arrive(text):
    html = body(course_of(f"# T\nwords\n\n{text}\n"))

    traces = re.findall(r"<script|<[^>]*\bon[a-z]+=|href=.java|<form|<iframe|<style|<base|<meta|srcdoc=", html.lower())
    assert traces == []


@pytest.mark.parametrize(
    "text",
    [
        "[" * 3_333,
        "![](" * 1_333,
        "<a " * 2_000,
        "<a href='" * 666,
        "*a **b " * 666,
        "> " * 1_333,
        "- " * 1_333,
        ":::" * 2_000,
        "::: note\n" * 666,
        "<details>\n" * 666,
        "`" * 6_000,
        "```\n" * 1_333,
        "# a\n" * 1_333,
        "a\n\n" * 2_000,
        "| a " * 1_333,
        "[a](b.md)" * 666,
        "[a][b]" * 1_000,
        "$$" * 2_666,
        "+-\n|" * 1_333,
        "1. a\n" * 1_000,
        "&#x1F" * 1_000,
        "a) x\n" * 1_000,
    ],
)
def test_text_that_repeats_itself_comes_to_an_end(text):
    # Where a pattern may try everything again, each of these takes hours.
    for name in ("a.md", "a quiz.md"):
        with suppress(CourseErrors):
            compiled(convert({name: text.encode()}, "x", OPTIONS, importer="markdown"))


def test_yaml_that_grows_is_refused():
    names = "abcdefgh"
    bomb = "a: &a [x,x,x,x,x,x,x,x]\n" + "".join(f"{b}: &{b} [*{a},*{a},*{a}]\n" for a, b in pairwise(names))

    with pytest.raises(CourseErrors) as raised:
        convert({**CARPENTRIES, "config.yaml": bomb.encode()}, "x", OPTIONS, importer="carpentries")

    assert raised.value.errors[0].problem == "YAML with anchors (`&`, `*`) is refused."


@pytest.mark.parametrize(
    ("data", "shown", "told"),
    [
        ("# Título\ncaña".encode(), "caña", None),
        ("# Título\ncaña".encode("utf-16"), "caña", "the file was UTF-16; it is UTF-8 now"),
        ("\ufeff# Título\ncaña".encode(), "caña", None),
        (
            "# Título\ncaña".encode("cp1252"),
            "caña",
            "the file is not UTF-8; it was read as Windows-1252: look at its accents",
        ),
        (b"# T\r\nca\x00n\xc3\xb1a\r", "cañna".replace("ñn", "nñ"), "letters that cannot be shown were left out: 1"),
    ],
)
def test_odd_encodings_are_read_and_told(data, shown, told):
    made = convert({"a.md": data}, "x", OPTIONS, importer="markdown")

    assert f"<p>{shown}</p>" in body(compiled(made))
    assert told is None or told in [each.text for each in made.changed]


def test_file_that_is_no_text_is_told():
    with pytest.raises(CourseErrors) as raised:
        convert({"a.md": b"\x00\xff\x00\xfe\x80"}, "x", OPTIONS, importer="markdown")

    assert [(each.file, each.problem) for each in raised.value.errors] == [("a.md", "The file is not a text.")]


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({f"{number}.md": b"a" for number in range(10_000)}, "More than 2,000 files or 64 MB."),
        ({"a.md": b"a" * 10 * 1024 * 1024}, "The file is larger than 100 KB."),
        ({f"{number}.md": b"words" for number in range(201)}, "The course has 201 lessons."),
        ({"a\x07.md": b"a"}, "The name is too long, or has letters that not every system can write."),
    ],
)
def test_too_much_is_told(tmp_path, files, problem):
    folder = tmp_path / "course"
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)

    with pytest.raises(CourseErrors) as raised:
        build_course(folder, OPTIONS, importer="markdown")

    assert problem in [each.problem for each in raised.value.errors]


def test_links_out_of_the_folder_are_refused(tmp_path):
    folder = tmp_path / "course"
    folder.mkdir()
    (folder / "a.md").symlink_to("/etc/passwd")

    with pytest.raises(CourseErrors) as raised:
        build_course(folder, OPTIONS, importer="markdown")

    assert raised.value.errors[0].problem == "Links are refused: they can lead anywhere."


def test_pictures_out_of_the_folder_are_not_found():
    made = convert({"a.md": b"![x](../../etc/passwd.png) w [y](../../../b.md)"}, "x", OPTIONS, importer="markdown")

    assert [each.text for each in made.missing] == [
        "a link to ../../../b.md leads nowhere; its words stayed.",
        "the picture ../../etc/passwd.png is not in the folder. It shows: x",
    ]


def test_what_is_imported_can_be_written_as_a_folder_of_ours(tmp_path):
    made = convert(CARPENTRIES, "x", OPTIONS, importer="carpentries")
    write_files(made.files, tmp_path / "course")

    assert build_course(tmp_path / "course")[0] == compiled(made)


@pytest.mark.parametrize(
    "svg",
    [
        b"",
        b"no drawing",
        b"<svg",
        b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
        b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
        b'<svg xmlns="http://www.w3.org/2000/svg">' + b"<g/>" * 30_000 + b"</svg>",
        b'<svg xmlns="http://www.w3.org/2000/svg"><filter><feGaussianBlur stdDeviation="9999"/></filter></svg>',
    ],
)
def test_drawing_that_could_do_harm_is_refused(svg):
    with pytest.raises(BadDrawing):
        draw(svg)


@pytest.mark.parametrize(
    "shape", ['width="1" height="100000"', 'width="100000" height="1"', 'viewBox="0 0 1 99999"', ""]
)
def test_drawing_is_never_larger_than_a_page(shape):
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {shape}><rect width="9" height="9"/></svg>'

    course = course_of("# T\n![a box](d.svg)", {"d.svg": svg.encode()})

    assert max(len(data) for data in course.files.values()) < 20_000


def test_drawing_at_which_the_renderer_panics_is_refused(monkeypatch):
    class PanicException(BaseException):  # what pyo3 throws, under its name
        pass

    def panic(*arguments: object, **named: object) -> bytes:
        raise PanicException

    monkeypatch.setattr(typst, "compile", panic)

    with pytest.raises(BadDrawing):
        draw(b'<svg xmlns="http://www.w3.org/2000/svg"/>')


def test_drawing_may_be_interrupted(monkeypatch):
    def interrupt(*arguments: object, **named: object) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr(typst, "compile", interrupt)

    with pytest.raises(KeyboardInterrupt):
        draw(b'<svg xmlns="http://www.w3.org/2000/svg"/>')
