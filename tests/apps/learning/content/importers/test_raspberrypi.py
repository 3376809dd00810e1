import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.apps.learning.content.examples import picture
from tests.shared import shared_data
from trenza.apps.learning.content.body import lesson_body_html
from trenza.apps.learning.content.build import build_course
from trenza.apps.learning.content.course import Course
from trenza.apps.learning.content.errors import CourseErrors
from trenza.apps.learning.content.folder import compile_files, read_course, write_course
from trenza.apps.learning.content.importers import Imported, Options, raspberrypi
from trenza.apps.learning.content.report import Report
from trenza.apps.learning.content.sources import read_files

META = "title: Hello\ndescription: Say hello\nversion: 2\nsteps:\n- title: First\n"
LICENCE = "By the [Foundation](x), https://creativecommons.org/licenses/by-sa/4.0/ ShareAlike"


def project(step: str, others: Mapping[str, bytes] | None = None, meta: str = META) -> dict[str, bytes]:
    return {
        "meta.yml": meta.encode(),
        "step_1.md": step.encode(),
        "LICENCE.md": LICENCE.encode(),
        "images/a.png": picture(),
        **(others or {}),
    }


def convert(step: str, others: Mapping[str, bytes] | None = None, meta: str = META) -> tuple[Imported, Course]:
    imported = raspberrypi.convert(project(step, others, meta), "hello")
    return imported, compile_files(imported.files).course


def body(step: str) -> str:
    """The HTML of a step that becomes a lesson without questions, between the start of the form and its button."""
    _, course = convert(step)
    html = lesson_body_html(course, course.lessons[0])
    return html.split("data-lesson>\n")[1].split('\n<button class="btn">')[0]


@pytest.mark.parametrize(
    ("step", "html"),
    [
        ("## First\n\nText.\n", "<p>Text.</p>"),
        ("## Other\n\n### Small\n", "<h2>Other</h2>\n<h2>Small</h2>"),
        ("--- task ---\n\nDo.\n\n--- /task ---\n", '<div class="card try"><b>Your turn</b>\n<p>Do.</p>\n</div>'),
        (
            "--- task ---\n--- collapse ---\n---\ntitle: Why `x`?\n---\nSo.\n--- /collapse ---\n--- /task ---",
            """\
<div class="card try"><b>Your turn</b>
<details><summary>Why <code>x</code>?</summary>
<p>So.</p>
</details>
</div>""",
        ),
        (
            """\
--- code ---
---
language: python
filename: main.py
line_number_start: 11
line_highlights: 12
---

# here
  print('<hola>')  \n
--- /code ---
""",
            """\
<p class="file">main.py</p>
<pre><code class="language-python"># here
<mark>  print('&lt;hola&gt;')  </mark>
</code></pre>""",
        ),
        (
            '<p style="border: x">\nThe <span style="color: x">word</span>, <span>**bold**</span>.\n</p>',
            '<div class="card note">\n<p>The <strong>word</strong>, <strong>bold</strong>.</p>\n</div>',
        ),
        (
            "| + | sum |   \n| ** | x |\n",
            "<table><tbody><tr><td>+</td><td>sum</td></tr><tr><td>**</td><td>x</td></tr></tbody></table>",
        ),
        (
            '[a](https://a.org){:target="_blank"} and `{:x}`',
            '<p><a href="https://a.org" rel="noopener nofollow">a</a> and <code>{:x}</code></p>',
        ),
        (
            """\
--- no-print ---
<div class="t">
  <iframe src="https://trinket.io/embed?a=1&b=2" width="600">
  </iframe>
</div>
--- /no-print ---
""",
            """\
<p><a href="https://trinket.io/embed?a=1&amp;b=2" rel="noopener nofollow">See it on trinket.io (uses the internet)</a>\
</p>""",
        ),
        ("::: note\nA\n\n--- save ---\n", "<p>::: note\nA</p>"),
        (
            "```\n--- task ---\n<p style='a'>b</p>\n```",
            "<pre><code>--- task ---\n&lt;p style='a'&gt;b&lt;/p&gt;\n</code></pre>",
        ),
    ],
)
def test_step_becomes_a_lesson(step, html):
    assert body(step) == html


def test_image_loses_the_width_asked_for_and_keeps_its_description():
    imported, course = convert('![A <code>red</code> box](images/a.png){:width="300px"}\n')

    assert 'alt="A red box" width="20" height="10"' in lesson_body_html(course, course.lessons[0])
    assert [remark.text for remark in imported.changed if "width" in remark.text] == [
        "the width asked for a picture was left out: pictures fit the page"
    ]


def test_image_that_is_not_there_is_told_with_its_line():
    imported, course = convert("Text.\n\n![A box](images/b.png)\n\n![A box](images/a.png)\n")

    assert [(each.file, each.line) for each in imported.missing] == [("step_1.md", 3)]
    assert len(course.files) == 1


def test_only_image_that_nobody_asks_for_stands_in_for_the_only_one_missing():
    imported, course = convert("![A box](images/caja.png)\n")

    assert len(course.files) == 1
    assert imported.unused == ()
    assert [each.text for each in imported.changed if "stands for" in each.text] == [
        "images/a.png, which no step asks for, stands for images/caja.png: look at it."
    ]


def test_images_that_nobody_asks_for_are_listed():
    imported, course = convert("Text.\n\n![A box](images/caja.png)\n", {"images/b.png": picture()})

    assert imported.unused == ("images/a.png", "images/b.png")
    assert course.files == {}


def test_questions_may_stand_in_one_file_or_in_several():
    ask = "--- question ---\n---\nlegend: L\n---\nW?\n--- choices ---\n{}\n--- /choices ---\n--- /question ---\n"
    one = ask.format("- (x) a\n  --- feedback ---\n  Yes.\n  --- /feedback ---\n- ( ) b\n- () c")
    several = ask.format("- [x] a\n- [ ] b\n- [x] c")
    meta = f"{META}  knowledge_quiz:\n    path: q\n    questions: 4\n    passing_score: 3\n"

    imported, course = convert(
        "## First\n", {"q/question_10.md": several.encode(), "q/question_9.md": (one + one).encode()}, meta
    )

    questions = course.lessons[0].questions
    assert [(question.code, question.kind, question.right) for question in questions] == [
        ("q-1", "one", (0,)),
        ("q-2", "one", (0,)),
        ("q-3", "several", (0, 2)),
    ]
    assert questions[0].prompt_html == "<p><strong>L</strong></p>\n<p>W?</p>"
    assert [choice.html for choice in questions[0].choices] == ["a", "b", "c"]
    assert questions[0].choices[0].feedback_html == "Yes."
    assert course.pass_score == 0.75
    assert [remark.text for remark in imported.missing if remark.file == "meta.yml"] == [
        "the quiz q should have 4 questions; the folder has 3."
    ]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"step_1.md": b"a\n--- task ---\nb"}, ("step_1.md", 2, "`--- task ---` is never closed.")),
        ({"step_1.md": b"a\n\n--- /task ---"}, ("step_1.md", 3, "`--- /task ---` closes nothing here.")),
        ({"step_1.md": b"--- code ---\na"}, ("step_1.md", 1, "`--- code ---` is never closed.")),
        ({"step_1.md": b"--- task ---\n" * 30 + b"--- /task ---\n" * 30}, None),
        ({"step_1.md": b"a\n\xff"}, ("step_1.md", 2, "The file is not UTF-8.")),
        ({"meta.yml": b"title: [a\nsteps"}, None),
        ({"LICENCE.md": b"All rights reserved."}, ("LICENCE.md", 0, "No licence allows to use this project.")),
        (
            {"images/a.png": b"broken", "step_1.md": b"![a](images/a.png)"},
            ("images/a.png", 0, "The image cannot be read."),
        ),
        (
            {"step_1.md": b"--- question ---\nW?\n--- choices ---\n- ( ) a\n--- /choices ---\n--- /question ---"},
            ("step_1.md", 0, "No choice is right."),
        ),
        ({"step_1.md": b"## First"}, ("meta.yml", 0, '"lessons" must be a list of texts with at least one in it.')),
    ],
)
def test_project_that_is_malformed_is_told(tmp_path, change, expected):
    write_course({**project("Text."), **change}, tmp_path / "hello")

    with pytest.raises(CourseErrors) as raised:
        build_course(tmp_path / "hello")

    found = [(error.file, error.line, error.problem) for error in raised.value.errors]
    assert expected is None or expected in found


TAGS = ["task", "code", "collapse", "question", "choices", "feedback", "no-print", "x"]
PIECES = [f"--- {slash}{tag} ---\n" for tag in TAGS for slash in ("", "/")] + [
    *("---\n", "title: a\n", "- ( ) a\n", "- (x)\n", '{:width="3"}', "<p style=x>", "</p>", "<span a>", "</span>"),
    *('<iframe src="https://[::">', "<div>", "![a](images/a.png)", "| a |\n", "&a ", "*a", "```\n", "`", "::: ", "## "),
]
anything = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=30).map("".join)


@given(
    st.one_of(anything.map(str.encode), st.binary(max_size=200)), st.sampled_from(["step_1.md", "meta.yml", "q/a.md"])
)
def test_any_project_gives_a_course_or_errors(data, name):
    meta = f"{META}  knowledge_quiz: q\n"
    try:
        imported = raspberrypi.convert({**project("Text.", meta=meta), name: data}, "hello")
        course = compile_files(imported.files).course
    except CourseErrors:
        return
    assert len(course.version) == 64


# --- The real project ---


@pytest.fixture(scope="module")
def folder() -> Path:
    return shared_data() / "courses" / "hola-mundo-es"


@pytest.fixture(scope="module")
def built(folder: Path) -> tuple[Course, Report]:
    return build_course(folder)


def source_texts(folder: Path) -> dict[str, str]:
    return {name: data.decode() for name, data in read_files(folder).items() if name.endswith(".md")}


def test_hola_mundo_is_detected(folder, tmp_path):
    assert raspberrypi.detect(folder) is True
    assert raspberrypi.detect(folder.parent / "python-gapminder-es") is False
    assert raspberrypi.detect(tmp_path / "none") is False


def test_hola_mundo_says_whose_it_is(built):
    course, report = built

    assert (course.code, course.title, course.language) == ("hola-mundo-es", "Hola 🌍🌎🌏", "es-419")
    assert course.summary == "Escribe un proyecto interactivo en Python que use emojis"
    assert course.licence == "CC-BY-SA-4.0"
    assert course.authors == (
        "Raspberry Pi Foundation",
        "Miki Murakami (traducción)",
        "German David Ramíre Figueroa (traducción)",
    )
    assert course.source == (
        "Raspberry Pi Foundation, «Hola 🌍🌎🌏», versión 4, adaptado. https://github.com/raspberrypilearning"
    )
    assert report.format == "raspberrypi"


def test_hola_mundo_keeps_every_question_choice_and_feedback(folder, built):
    course, report = built
    source = "\n".join(text for name, text in source_texts(folder).items() if name.startswith("quiz1/"))
    questions = [question for lesson in course.lessons for question in lesson.questions]
    choices = [choice for question in questions for choice in question.choices]

    assert [lesson.code for lesson in course.lessons if lesson.questions] == ["06-reflexion"]
    assert [(question.code, question.kind, question.right) for question in questions] == [
        ("quiz1-1", "one", (2,)),
        ("quiz1-2", "one", (0,)),
        ("quiz1-3", "one", (3,)),
    ]
    assert len(questions) == source.count("--- question ---") == report.kept["questions"]
    assert len(choices) == len(re.findall(r"^- \([ x]?\)", source, re.MULTILINE)) == report.kept["choices"]
    assert [choice.feedback_html != "" for choice in choices].count(True) == source.count("--- feedback ---")
    assert course.pass_score == 1.0


def test_hola_mundo_keeps_code_in_choices_as_it_was(built):
    course, _ = built
    second = course.lesson("06-reflexion").questions[1]

    assert [choice.html for choice in second.choices] == [
        "<pre><code class=\"language-python\">def impresionante(): \n  print('Puedo codificar')\n</code></pre>",
        "<pre><code class=\"language-python\">def impresionante(): \nprint('Puedo codificar')\n</code></pre>",
        "<pre><code class=\"language-python\">def impresionante() \n  print('Puedo codificar')\n</code></pre>",
    ]
    assert second.choices[1].feedback_html == "No del todo, la composición en este ejemplo causaría un error."


def test_hola_mundo_keeps_every_image_of_the_folder(folder, built):
    course, report = built

    assert report.kept["images"] == len(list((folder / "images").iterdir())) == 19
    assert {name.rpartition(".")[2] for name in course.files} == {"avif", "webp"}
    assert report.unused == ()
    assert max(lesson.images for lesson in report.lessons) == 7


def test_hola_mundo_reports_what_is_missing(built):
    _, report = built

    assert [(remark.file, remark.line, remark.text.split(".")[0]) for remark in report.missing] == [
        ("LICENCE.md", 0, "the address of the source was never filled in; https://github"),
        ("step_1.md", 27, "the image images/hello-final"),
        ("step_4.md", 9, "the image images/lanzar_dado"),
        ("step_6.md", 0, "the step is empty"),
    ]


def test_hola_mundo_reports_what_it_says_otherwise(built):
    _, report = built

    assert [remark.text for remark in report.changed] == [
        "its words and its address differ; the address holds: by-sa 4.0.",
        "a lesson with questions is done from a score of 100%.",
        "the minutes of each lesson are an estimate from its length.",
        "36 × layout in columns was left out: a phone shows one column",
        "6 × coloured words became bold",
        "2 × a frame of trinket.io became a link: lessons load nothing from other sites",
        "11 × line numbers beside code were left out: they take width from a phone",
        "5 × a button that saves progress was left out: lessons save by themselves",
        "5 × the width asked for a picture was left out: pictures fit the page",
        "3 × a link opens in the same tab: hers is to choose where it opens",
        "images/roll_dice.png, which no step asks for, stands for images/lanzar_dado.png: look at it.",
        "meta.yml does not list this step; it was kept in its place.",
    ]
    assert report.removed == ()


def test_hola_mundo_keeps_every_word_of_its_code(folder, built):
    course, report = built
    bodies = "".join(lesson_body_html(course, lesson) for lesson in course.lessons)
    source = "\n".join(source_texts(folder).values())

    assert report.kept["code blocks"] == source.count("--- code ---") == bodies.count("<pre>")
    assert report.kept["tasks"] == source.count("--- task ---") == bodies.count('<div class="card try">')
    assert report.kept["folded parts"] == source.count("--- collapse ---")


def test_hola_mundo_leaves_no_trace_of_its_format(built):
    course, _ = built
    bodies = "".join(lesson_body_html(course, lesson) for lesson in course.lessons)

    for trace in ("--- ", "{:", "<iframe", "style=", ":::", "( )", "[ ]", "<div style"):
        assert trace not in bodies


def test_hola_mundo_fits_its_pages(built):
    _, report = built

    assert report.warnings == ()


def test_hola_mundo_can_be_written_as_a_folder_of_ours(folder, built, tmp_path):
    imported = raspberrypi.convert(read_files(folder), folder.name)

    write_course(imported.files, tmp_path / "course")

    assert read_course(tmp_path / "course") == built[0]


def test_options_name_the_course_and_whose_it_is():
    options = Options(
        code="mine", title="Mine", summary="S", language="en", licence="CC0-1.0", authors=("Ana",), source="Here"
    )

    course = compile_files(raspberrypi.convert(project("Text."), "hello", options).files).course

    assert (course.code, course.title, course.summary, course.language) == ("mine", "Mine", "S", "en")
    assert (course.licence, course.authors, course.source) == ("CC0-1.0", ("Ana",), "Here")
