from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.apps.learning.content.importers.examples import body, compiled, lost_words
from tests.shared import shared_data
from trenza.apps.learning.content.build import build_course
from trenza.apps.learning.content.course import Course
from trenza.apps.learning.content.errors import CourseErrors
from trenza.apps.learning.content.importers import Imported, Options, convert, markdown, recognise
from trenza.apps.learning.content.report import Report
from trenza.apps.learning.content.sources import read_files

OPTIONS = Options(title="A course", authors=("Rosa Mamani",), licence="CC0-1.0", language="en")


def imported(files: Mapping[str, str], options: Options = OPTIONS) -> Imported:
    return markdown.convert({name: text.encode() for name, text in files.items()}, "A folder", options)


def test_folder_is_taken_for_one_only_where_it_is_asked_for():
    assert recognise(["a.md"]) == ""
    assert recognise(["a.md"], on_request=True) == "markdown"
    assert recognise(["a.md", "import.toml"]) == "markdown"
    assert recognise(["README.md", "a.txt"], on_request=True) == ""


def test_files_come_in_the_order_of_their_numbers():
    names = ["2.1 B.md", "1.10 J.md", "1.9 I.md", "10.1 Z.md", "1.1 A.md", "README.md", "a.txt", "extra/README.md"]

    course = compiled(imported(dict.fromkeys(names, "Words.")))

    assert [(each.title, each.summary) for each in course.lessons] == [
        ("A", "Module 1"),
        ("I", "Module 1"),
        ("J", "Module 1"),
        ("B", "Module 2"),
        ("Z", "Module 10"),
        ("README", ""),
    ]
    assert [each.code for each in course.lessons][:2] == ["01-a", "02-i"]


def test_names_that_are_odd_become_codes_of_their_own():
    names = ["1. ¿Qué?.md", "1. ¡Que!.md", "💚.md", "a&b<c>.md", "1.1%20x.md"]

    course = compiled(imported(dict.fromkeys(names, "Words.")))

    assert len({each.code for each in course.lessons}) == 5


@pytest.mark.parametrize(
    ("text", "title", "html"),
    [
        ("# The *title* [x](https://a.org)\n\nText.", "The title x", "<p>Text.</p>"),
        ("---\ntitle: Named\n---\n# Other\nText.", "Named", "<h2>Other</h2>\n<p>Text.</p>"),
        ("Text.", "file name", "<p>Text.</p>"),
        ("---\n\nText.\n\n---\n", "file name", "<p>Text.</p>"),
        ("Before.\n\n## Later\nText.", "Later", "<p>Before.</p>\n<p>Text.</p>"),
    ],
)
def test_title_is_the_one_that_the_page_begins_with(text, title, html):
    course = compiled(imported({"01_file-name.md": text}))

    assert (course.lessons[0].title, body(course)) == (title, html)


def test_pages_may_link_to_each_other_in_a_ring():
    files = {"a.md": "# A\n[b](b.md)", "b.md": "# B\n[c](./c.md#x)", "c.md": "# C\n[a](a.md) [self](c.md)"}

    course = compiled(imported(files))

    assert [body(course, at) for at in range(3)] == [
        '<p><a href="../02-b/">b</a></p>',
        '<p><a href="../03-c/">c</a></p>',
        '<p><a href="../01-a/">a</a> self</p>',
    ]


def test_pages_of_one_title_are_told_apart():
    names = {"1.1 a.md": "# A\nx", "2.1 b.md": "# A\ny", "2.2 c.md": "# C\nz", "d.md": "# D\nx", "e.md": "# D\ny"}

    titles = [each.title for each in compiled(imported(names)).lessons]

    assert titles == ["A (Module 1)", "A (Module 2)", "C", "D (1)", "D (2)"]


def test_quiz_is_graded_where_it_has_a_key():
    quiz = "# Quiz\n\n1. Which?\n   a) x\n   b) y\n\n## Answers\n\n1. b\n"
    made = imported({"1 a.md": "Words.", "2 End quiz.md": quiz, "3 Other quiz.md": "# Quiz\n[Quiz](https://a.org)"})

    course = compiled(made)

    assert [len(each.questions) for each in course.lessons] == [0, 1, 0]
    assert "3 Other quiz.md: a page of questions has no choices with a key here; it is prose" in map(str, made.changed)

    dropped = imported(
        {"1 a.md": "Words.", "3 Other quiz.md": "# Quiz\n[Quiz](https://a.org)"},
        Options(title="T", authors=("R",), licence="MIT", language="en", ungraded_quiz="drop"),
    )
    assert len(compiled(dropped).lessons) == 1


def test_machine_translation_is_told_in_the_source():
    text = "Words.\n\n---\n\n**Disclaimer**: Done with the AI translation service [Co-op Translator](https://a.org)."

    made = imported({"a.md": text})
    assert compiled(made).source == "translated by a machine"
    assert body(compiled(made)) == "<p>Words.</p>"

    kept = imported({"a.md": text}, Options(title="T", authors=("R",), licence="MIT", boilerplate="keep", source="S"))
    assert compiled(kept).source == "S (translated by a machine)"
    assert "Co-op Translator" in body(compiled(kept))


def test_everything_that_nobody_says_is_asked_for_at_once():
    with pytest.raises(CourseErrors) as raised:
        imported({"a.md": "Words."}, Options())

    assert [(each.file, each.problem) for each in raised.value.errors] == [
        ("A folder", "Nothing in the folder says the authors of the course."),
        ("A folder", "Nothing in the folder says the licence of the course."),
        ("A folder", "Nothing in the folder says the title of the course."),
    ]


def test_readme_and_licence_name_the_course():
    made = imported(
        {
            "a.md": "Words.",
            "README.md": "# 🏦 Curso: Saving\n",
            "LICENSE": "MIT License\n\nCopyright (c) 2024 Rosa Mamani\n",
        },
        Options(language="en"),
    )
    course = compiled(made)

    assert (course.title, course.licence, course.authors) == ("Saving", "MIT", ("Rosa Mamani",))


# --- The real folder ---

SETTINGS = ["title=Seguridad 101", "authors=Microsoft", "source=https://github.com/microsoft/Security-101"]


@pytest.fixture(scope="module")
def folder() -> Path:
    return shared_data() / "courses" / "seguridad-101-es"


@pytest.fixture(scope="module")
def built(folder: Path) -> tuple[Course, Report]:
    return build_course(folder, importer="markdown", settings=SETTINGS)


def test_seguridad_says_whose_it_is(built):
    course, _ = built

    assert (course.code, course.language, course.licence) == ("seguridad-101-es", "es", "CC0-1.0")
    assert course.source == "https://github.com/microsoft/Security-101 (traducido por una máquina)"


def test_seguridad_keeps_everything_by_count(built):
    assert built[1].kept == {
        "lessons": 15,
        "questions": 0,
        "choices": 0,
        "feedbacks": 0,
        "images": 0,
        "code blocks": 1,
        "headings": 72,
        "links outside": 77,
        "pictures of other sites as links": 1,
        "tables": 1,
        "videos as links": 14,
    }


def test_seguridad_comes_in_the_order_of_its_numbers(built):
    assert [each.code for each in built[0].lessons][:8] == [
        "01-la-triada-cia-y-otros-conceptos-clave",
        "02-amenazas-comunes-de-ciberseguridad",
        "03-comprender-la-gestion-de-riesgos",
        "04-practicas-de-seguridad-y-documentacion",
        "05-confianza-cero",
        "06-el-modelo-de-responsabilidad-compartida",
        "07-cuestionario-de-fin-de-modulo-modulo-1",
        "08-conceptos-clave-de-iam",
    ]


def test_seguridad_reports_its_missing_pictures(built):
    assert [(each.file[:3], each.line) for each in built[1].missing] == [
        ("1.1", 49),
        ("1.3", 58),
        ("1.5", 71),
        ("3.1", 75),
    ]
    assert built[1].removed == ()


def test_seguridad_fits_its_pages(built):
    course, report = built

    assert report.warnings == ()
    assert max(lesson.minutes for lesson in course.lessons) <= 15


def test_seguridad_loses_no_word_without_a_remark(folder):
    files = read_files(folder)
    made = convert(files, folder.name, importer="markdown", settings=SETTINGS)
    lost = lost_words(files, made)
    words = "what a translation service wrote below the page was left out"

    assert {name for name, each in lost.items() if each} == {
        each.file for each in made.changed if each.text.startswith(words)
    }
    assert Counter(sum(each.values()) for each in lost.values()) == {71: 10, 72: 5}


def test_seguridad_loses_nothing_when_all_is_kept(folder):
    files = read_files(folder)
    made = convert(files, folder.name, importer="markdown", settings=[*SETTINGS, "boilerplate=keep"])

    # What stood for five pictures that are not there, or are links now: their description was "image".
    assert [dict(each) for each in lost_words(files, made).values() if each] == [{"image": 1}] * 5
