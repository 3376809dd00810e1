import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.apps.learning.content.examples import (
    COURSE,
    FRONT,
    QUESTION,
    compile_body,
    compile_course,
    course_files,
    errors_of,
    picture,
)
from trenza.apps.learning.content import limits
from trenza.apps.learning.content.course import Prose, Question
from trenza.apps.learning.content.errors import CourseErrors
from trenza.apps.learning.content.folder import compile_files, read_archive, read_course


def test_course_is_read_with_its_lessons_in_order():
    course = compile_course(
        course_files(
            others={"lessons/a.md": b'+++\ntitle = "Before"\nminutes = 3\nsummary = "S."\n+++\n\nText.\n'},
            course=COURSE.replace('["01-', '["lessons/a.md", "01-') + 'source = "S"\npass_score = 0.5\n',
        )
    )

    assert (course.code, course.title, course.summary) == ("first-steps", "First steps", "How to begin.")
    assert (course.language, course.licence, course.authors) == ("en", "CC-BY-SA-4.0", ("Trenza",))
    assert (course.source, course.pass_score) == ("S", 0.5)
    assert [(lesson.code, lesson.title, lesson.minutes, lesson.summary) for lesson in course.lessons] == [
        ("a", "Before", 3, "S."),
        ("01-password", "A password", 5, ""),
    ]
    assert course.lesson("a").blocks == (Prose("<p>Text.</p>"),)


def test_prose_and_questions_stay_in_order():
    lesson = compile_body(f"One.\n\n{QUESTION}\nTwo.\n").lessons[0]

    assert [type(block) for block in lesson.blocks] == [Prose, Question, Prose]


def test_images_are_part_of_the_course_once_and_only_when_shown():
    body = "![red](images/a.png) ![again](images/a.png)\n"

    compiled = compile_files(course_files(body, {"images/b.png": picture(color="blue")}))

    assert len(compiled.course.files) == 1
    assert compiled.unused == ("images/b.png",)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("format = 1", "format = 2"), [("course.toml", 1, "Format 2 is not known.")]),
        (("format = 1\n", ""), [("course.toml", 0, '"format" is missing.')]),
        (('"first-steps"', '"First Steps"'), [("course.toml", 2, '"First Steps" is not a code as we write it.')]),
        (('"First steps"', "3"), [("course.toml", 3, '"title" must be a text.')]),
        (('"First steps"', '" "'), [("course.toml", 3, '"title" is empty.')]),
        (('"en"', '"English"'), [("course.toml", 5, '"English" is not a language as we write it.')]),
        (('"CC-BY-SA-4.0"', '"©"'), [("course.toml", 6, '"©" is not a licence as we write it.')]),
        (('["Trenza"]', "[]"), [("course.toml", 7, '"authors" must be a list of texts with at least one in it.')]),
        (
            ("summary", "sumary"),
            [("course.toml", 0, '"summary" is missing.'), ("course.toml", 4, 'Nobody reads "sumary".')],
        ),
        (('"01-password.md"', '"01-password.md", "02.md"'), [("course.toml", 8, 'The lesson "02.md" does not exist.')]),
        (
            ('"01-password.md"', '"01-password.md", "01-password.md"'),
            [("course.toml", 8, '"01-password.md" is listed twice.')],
        ),
        (
            ('"01-password.md"', '"01-password.md", "../../etc/passwd"'),
            [("course.toml", 8, '"../../etc/passwd" is not the name of a lesson.')],
        ),
        (("format = 1", "pass_score = 2\nformat = 1"), [("course.toml", 1, "2 is not a share of right answers.")]),
        (("format = 1", "pass_score = nan\nformat = 1"), [("course.toml", 1, "nan is not a share of right answers.")]),
        (("format = 1", "format = "), [("course.toml", 1, "This is not TOML: Invalid value.")]),
        (("format = 1", "format = " + "[" * 5000), [("course.toml", 1, "The values are nested too deeply.")]),
    ],
)
def test_course_toml_that_is_malformed_is_told_with_its_line(change, expected):
    assert errors_of(course_files(course=COURSE.replace(*change))) == expected


def test_missing_course_toml_does_not_hide_what_is_wrong_in_lessons():
    files = course_files("::: tyr\n:::\n")
    del files["course.toml"]

    assert errors_of(files) == [
        ("01-password.md", 5, '"tyr" is not a container.'),
        ("course.toml", 0, "The file is missing."),
    ]


@pytest.mark.parametrize(
    ("lesson", "expected"),
    [
        ("Text.\n", [(1, "The lesson does not begin with its title.")]),
        ("---\ntitle: a\n---\nText.\n", [(1, "The lesson does not begin with its title.")]),
        ('+++\ntitle = "A"\nminutes = 5\n', [(1, "The lesson does not begin with its title.")]),
        ("+++\ntitle = A\nminutes = 5\n+++\nText.\n", [(2, "This is not TOML: Invalid value.")]),
        ('+++\ntitle = "A"\n+++\nText.\n', [(2, "The lesson does not say how many minutes it takes.")]),
        ('+++\ntitle = "A"\nminutes = 0\n+++\nText.\n', [(3, "The lesson does not say how many minutes it takes.")]),
        ('+++\ntitle = "A"\nminutes = true\n+++\nT.\n', [(3, "The lesson does not say how many minutes it takes.")]),
        ('+++\ntitle = ""\nminutes = 5\n+++\nText.\n', [(2, '"title" is empty.')]),
        ('+++\ntitle = "A"\nminutes = 5\nsumary = ""\n+++\nText.\n', [(4, 'Nobody reads "sumary".')]),
        ('+++\ntitle = "A"\nminutes = 5\n+++\n\n', [(0, "The lesson is empty.")]),
    ],
)
def test_front_matter_that_is_malformed_is_told_with_its_line(lesson, expected):
    files = {**course_files(), "01-password.md": lesson.encode()}

    assert [(line, problem) for _, line, problem in errors_of(files)] == expected


def test_every_error_is_told_at_once():
    files = course_files(
        "::: question a one\nW?\n\n- [ ] b\n- [ ] c\n:::\n\n![a](images/none.png)\n\n![b](images/b.png)\n",
        {"images/b.png": b"no image", "02.md": b"+++\n\xff"},
        COURSE.replace('"01-password.md"', '"01-password.md", "02.md"').replace('"en"', '"?"'),
    )

    assert errors_of(files) == [
        ("01-password.md", 5, "No choice is right."),
        ("01-password.md", 12, 'The image "images/none.png" does not exist.'),
        ("02.md", 2, "The file is not UTF-8."),
        ("course.toml", 5, '"?" is not a language as we write it.'),
        ("images/b.png", 0, "The image cannot be read."),
    ]


def test_errors_say_where_and_what_to_do():
    with pytest.raises(CourseErrors) as raised:
        compile_files(course_files(course=COURSE.replace("summary", "sumary")))

    assert str(raised.value) == (
        'course.toml: "summary" is missing. Add a line `summary = …`.\n'
        'course.toml:4: Nobody reads "sumary". Did you mean "summary"?'
    )


def test_lessons_are_limited(monkeypatch):
    monkeypatch.setattr(limits, "LESSONS", 2)
    names = [f"{n}.md" for n in range(3)]
    files = course_files(
        others={name: (FRONT + "Text.").encode() for name in names},
        course=COURSE.replace('["01-password.md"]', str(names)),
    )

    assert errors_of(files) == [("course.toml", 8, "The course has 3 lessons.")]


def test_lessons_of_the_same_name_in_different_folders_are_told():
    files = course_files(
        others={"more/01-password.md": (FRONT + "Text.").encode()},
        course=COURSE.replace('["', '["more/01-password.md", "', 2).replace(
            '["more/01-password.md", "Trenza', '["Trenza'
        ),
    )

    assert errors_of(files) == [("course.toml", 0, 'Two lessons are called "01-password".')]


def test_byte_order_mark_and_windows_lines_make_no_difference():
    unix = course_files("Text.\n\n- a\n- b\n")
    windows = {
        name: b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n") if name.endswith((".md", ".toml")) else data
        for name, data in unix.items()
    }

    assert compile_course(windows) == compile_course(unix)


def test_version_follows_the_content_and_nothing_else():
    course = compile_body("Text.\n")

    assert course.version == compile_body("Text.   \n\n\n").version
    assert course.version != compile_body("Text!\n").version
    assert course.version != compile_course(course_files("Text.\n", course=COURSE.replace("Trenza", "Ana"))).version
    assert len(course.version) == 64


def test_version_changes_when_an_image_changes():
    body = "![a](images/a.png)\n"

    assert compile_body(body).version != compile_body(body, {"images/a.png": picture(color="blue")}).version


def test_reading_what_is_not_there_is_told(tmp_path):
    for read in (read_course, read_archive):
        with pytest.raises(CourseErrors, match="There is no such"):
            read(tmp_path / "none")


FRAGMENTS = [
    *("::: ", ":::\n", ":::: note\n", "::: question a one\n", "- [x] ", "- [ ] a\n", "? hint\n", "> ", "+++\n"),
    *("![a](images/a.png)", "<img src=images/a.png alt=b>", "[a](01-password.md)", "[x]: y\n", "| a |\n|---|\n"),
    *("<script>", "</div>", "<!--", "&#0;", "\x00", "\n\n", "    ", "\t", "1. ", "```python mark=1-3\n"),
    *("title = [[", '"""', "minutes = 1e9\n"),
]
anything = st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=8)), max_size=30).map("".join)


@given(st.one_of(anything.map(str.encode), st.binary(max_size=200)), st.sampled_from(["", FRONT, FRONT + QUESTION]))
def test_any_lesson_gives_a_course_or_errors(data, start):
    files = {**course_files(), "01-password.md": start.encode() + data}

    try:
        course = compile_course(files)
    except CourseErrors:
        assert errors_of(files) != []
    else:
        assert course == compile_course(files)


@given(st.one_of(anything.map(str.encode), st.binary(max_size=200)), st.integers(0, len(COURSE)))
def test_any_course_toml_gives_a_course_or_errors(data, at):
    files = {**course_files(), "course.toml": COURSE[:at].encode() + data + COURSE[at:].encode()}

    if errors_of(files) == []:
        assert len(compile_course(files).version) == 64
