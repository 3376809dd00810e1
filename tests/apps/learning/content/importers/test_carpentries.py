from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.apps.learning.content.examples import picture
from tests.apps.learning.content.importers.examples import body, compiled, lost_words
from tests.shared import shared_data
from trenza.apps.learning.content.body import lesson_body_html
from trenza.apps.learning.content.build import build_course
from trenza.apps.learning.content.course import Course
from trenza.apps.learning.content.errors import CourseErrors
from trenza.apps.learning.content.importers import Imported, Options, carpentries, convert, recognise
from trenza.apps.learning.content.report import Report
from trenza.apps.learning.content.sources import read_files

CONFIG = """\
carpentry: 'lc'
title: 'Little things'
license: 'CC-BY 4.0'
source: 'https://example.org/little'
lang: en
keywords: 'one, two'
episodes:
- 02-second.md
- 01-first.md
- 09-none.md
"""

FIRST = """\
---
title: "First `things`"
teaching: 5
exercises: 5
---

::: questions
- What?
:::

See [the other](02-second.md#deep) and [this](#here) and [again](../episodes/02-second.html).

## Here

![A box](fig/box.png)
"""

SECOND = "---\ntitle: Second\n---\nText.\n\n## Deep\n\nBack to [first](01-first.md).\n"


def lesson(others: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
    return {
        "config.yaml": CONFIG.encode(),
        "episodes/01-first.md": FIRST.encode(),
        "episodes/02-second.md": SECOND.encode(),
        "episodes/fig/box.png": picture(),
        "README.md": b"# x\n\nMaintainers:\n\n- [Rosa Mamani][rosa]\n- Elena\n\nText.\n",
        **(others or {}),
    }


def imported(others: Mapping[str, bytes] | None = None, options: Options | None = None) -> Imported:
    return carpentries.convert(lesson(others), "little", options or Options())


def test_lesson_is_recognised_by_its_configuration_and_episodes():
    assert recognise(lesson()) == "carpentries"
    assert recognise(["config.yaml", "a.md"]) == ""


def test_lesson_says_whose_it_is():
    course = compiled(imported())

    assert (course.code, course.title, course.language, course.licence) == (
        "little",
        "Little things",
        "en",
        "CC-BY-4.0",
    )
    assert course.authors == ("Library Carpentry", "Rosa Mamani", "Elena")
    assert course.source == "Library Carpentry, «Little things», adapted. https://example.org/little"


def test_episodes_come_in_the_order_of_the_configuration_with_their_minutes():
    course = compiled(imported())

    assert [(each.code, each.title, each.minutes) for each in course.lessons] == [
        ("01-second", "Second", 1),
        ("02-first-things", "First things", 2),
    ]


def test_links_between_episodes_lead_to_lessons():
    made = imported()
    course = compiled(made)

    assert 'See <a href="../01-second/">the other</a> and this and <a href="../01-second/">again</a>.' in body(
        course, 1
    )
    assert 'Back to <a href="../02-first-things/">first</a>.' in body(course, 0)
    assert made.kept["links between pages"] == 4


def test_report_names_what_is_missing_and_what_was_left_out():
    made = imported({"data.csv": b"1", "episodes/fig/spare.png": picture(), "episodes/03-more.md": b"More."})

    assert [str(each) for each in made.missing] == [
        "config.yaml: the episode 09-none.md is listed, but is not in the folder."
    ]
    assert "config.yaml: files that are no page and no picture were left out (1): data.csv" in map(str, made.changed)
    assert "episodes/03-more.md: config.yaml does not list this episode; it was kept at the end" in map(
        str, made.changed
    )
    assert made.unused == ("episodes/fig/spare.png",)
    assert dict(made.kept)["guiding questions"] == 1


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"config.yaml": b"title: [a"}, ("config.yaml", 1)),
        ({"config.yaml": b"a: &x [1]\nb: *x"}, ("config.yaml", 1)),
        ({"config.yaml": b"a: 1"}, ("config.yaml", 0)),
        ({"episodes/01-first.md": b"---\na: [\n---\nb"}, ("episodes/01-first.md", 3)),
        ({"episodes/01-first.md": b"\x00\xff\xfe"}, ("episodes/01-first.md", 0)),
        ({"episodes/fig/box.png": b"broken"}, ("episodes/fig/box.png", 0)),
    ],
)
def test_lesson_that_is_malformed_is_told_with_its_place(change, expected):
    with pytest.raises(CourseErrors) as raised:
        compiled(imported(change))

    assert expected in [(error.file, error.line) for error in raised.value.errors]


def test_episode_without_words_gives_no_lesson():
    made = imported({"episodes/02-second.md": b"---\ntitle: Second\n---\n\n"})

    assert "episodes/02-second.md: the page is empty. There is no lesson for it." in map(str, made.missing)
    assert [each.title for each in compiled(made).lessons] == ["First things"]


# --- The real lesson ---


@pytest.fixture(scope="module")
def folder() -> Path:
    return shared_data() / "courses" / "python-gapminder-es"


@pytest.fixture(scope="module")
def built(folder: Path) -> tuple[Course, Report]:
    return build_course(folder)


@pytest.fixture(scope="module")
def made(folder: Path) -> Imported:
    return convert(read_files(folder), folder.name)


def test_gapminder_says_whose_it_is(built):
    course, report = built

    assert (course.title, course.language, course.licence) == ("Ploteo y programación en Python", "es", "CC-BY-4.0")
    assert course.authors == ("Software Carpentry", "Allen Lee", "Nathan Moore", "Sourav Singh", "Olav Vahtras")
    assert course.source.endswith("https://github.com/swcarpentry/python-novice-gapminder")
    assert report.format == "carpentries"


def test_gapminder_says_below_each_lesson_whose_it_is(built):
    course, _ = built
    foot = lesson_body_html(course, course.lessons[-1]).split('<footer class="licence">')[1]

    assert (
        '<a href="https://creativecommons.org/licenses/by/4.0/" rel="license noopener nofollow">CC BY 4.0</a>' in foot
    )
    assert "Software Carpentry, Allen Lee, Nathan Moore, Sourav Singh, Olav Vahtras." in foot
    assert '<a href="https://github.com/swcarpentry/python-novice-gapminder" rel="noopener nofollow">' in foot


def test_gapminder_keeps_everything_by_count(built):
    assert built[1].kept == {
        "lessons": 36,
        "questions": 2,
        "choices": 9,
        "feedbacks": 3,
        "images": 20,
        "callouts": 15,
        "challenges": 80,
        "challenges made questions": 2,
        "code blocks": 267,
        "drawings made pictures": 11,
        "guiding questions": 16,
        "headings": 107,
        "keypoints": 16,
        "links between pages": 7,
        "links outside": 63,
        "objectives": 16,
        "outputs": 132,
        "pages divided": 13,
        "solutions": 79,
        "tables": 1,
        "tables as text": 1,
    }


def test_gapminder_counts_as_its_source_does(folder, built):
    sources = "\n".join(path.read_text() for path in sorted((folder / "episodes").glob("*.md")))
    kept = built[1].kept

    assert kept["challenges"] == sources.count(" challenge\n")
    assert kept["solutions"] + kept["challenges made questions"] == sources.count(" solution\n")
    assert kept["callouts"] == sources.count(" callout\n")
    assert kept["keypoints"] == sources.count(" keypoints\n")
    assert kept["objectives"] == sources.count(" objectives\n")


def test_gapminder_shows_every_block_of_code(built):
    course, report = built
    kept = report.kept

    shown = sum(body(course, at).count("<pre>") for at in range(len(course.lessons)))
    assert shown == kept["code blocks"] + kept["outputs"] + kept["tables as text"]


def test_gapminder_makes_questions_only_of_challenges_that_name_their_choices(built):
    questions = [question for lesson in built[0].lessons for question in lesson.questions]

    assert [(question.kind, question.right, len(question.choices)) for question in questions] == [
        ("several", (0, 3), 6),
        ("one", (0,), 3),
    ]


def test_gapminder_reports_what_is_missing(built):
    assert [str(each) for each in built[1].missing] == [
        "config.yaml: the episode 18-style.md is listed, but is not in the folder.",
        (
            "episodes/01-run-quit.md:26: 2 × a link is called [jupyter], which is defined nowhere; its words stayed."
            " (lines 26, 55)"
        ),
        "episodes/01-run-quit.md:63: a link to ../learners/setup.md leads nowhere; its words stayed.",
        "episodes/02-variables.md:303: a link to 03-tipos-conversion.md leads nowhere; its words stayed.",
    ]
    assert built[1].removed == ()
    assert built[1].unused == ()


def test_gapminder_fits_its_pages_in_pieces_of_a_quarter_of_an_hour(built):
    course, report = built

    assert report.warnings == ()
    assert max(lesson.minutes for lesson in course.lessons) <= 15
    assert [lesson.title for lesson in course.lessons if lesson.minutes < 5] == [
        "Café de la mañana",
        "Almuerzo",
        "Café de la tarde",
        "Comentarios",
    ]


def test_gapminder_loses_no_word_without_a_remark(folder, made):
    lost = lost_words(read_files(folder), made)
    instructor = lost.pop("episodes/08-data-frames.md")

    assert {name: dict(words) for name, words in lost.items() if words} == {
        "LICENSE.md": dict(lost["LICENSE.md"]),  # read for the licence
        "README.md": dict(lost["README.md"]),  # read for the names of those who maintain it
        "episodes/01-run-quit.md": {"jupyter": 2},  # the names of references that are missing
        "episodes/02-variables.md": {"soluciones": 1},  # a part that is called otherwise
        "episodes/03-types-conversion.md": {
            "convertir": 1,
            "números": 1,
            "cadenas": 1,  # an anchor
            "solución": 1,
            "respuesta": 1,  # a solution that became grading
        },
        "episodes/04-built-in.md": {"tiempo": 1, "ejecución": 1},  # an anchor
        "episodes/14-looping-data-sets.md": {"solución": 1},
    }
    assert sum(instructor.values()) == 61
    remarks = "\n".join(map(str, made.changed))
    assert "episodes/08-data-frames.md:243: a note for instructors was left out (71 words)" in remarks
    assert "episodes/02-variables.md:399: a part called «Soluciones» is called «Ver la solución»" in remarks
    assert "a solution that only names the right choices became the grading of the question" in remarks


def test_gapminder_leaves_no_trace_of_its_format(built):
    course, _ = built
    bodies = "".join(body(course, at) for at in range(len(course.lessons)))

    assert [trace for trace in (":::", "{alt=", "{#", "align=", "page--", "\\[") if trace in bodies] == []


def test_gapminder_counts_what_each_options_leaves_out(folder):
    files = read_files(folder)
    options = Options(solutions="drop", questions="prose", drawings="drop", split=False)

    made = carpentries.convert(files, "x", options)

    assert Counter(made.kept)["solutions"] == 0
    assert len([name for name in made.files if name.endswith(".md")]) == 19
    assert len([name for name in made.files if name.startswith("images/")]) == 7
