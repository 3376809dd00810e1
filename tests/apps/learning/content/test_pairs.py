"""The test before and after a course: pairs that ask the same skill, compiled to two forms."""

from pathlib import Path

import pytest

from tools.catalogue import ROOT
from trenza.apps.learning.content.advice import advise
from trenza.apps.learning.content.body import lesson_body_html
from trenza.apps.learning.content.course import Course
from trenza.apps.learning.content.errors import CourseErrors
from trenza.apps.learning.content.folder import compile_files, read_course

MANIFEST = (
    'format = 1\ncode = "uno"\ntitle = "Uno"\nsummary = "…"\nlanguage = "es"\nlicence = "CC-BY-SA-4.0"\n'
    'authors = ["Trenza"]\ntests = "tests.md"\nlessons = ["01-first.md"]\n'
)
LESSON = '+++\ntitle = "First"\nminutes = 5\n+++\n\nRead.\n'


def question(code: str, kind: str = "one", right: tuple[int, ...] = (1,)) -> str:
    choices = "\n".join(f"- [{'x' if n in right else ' '}] choice {n} of {code}" for n in range(4))
    return f"::: question {code} {kind}\nWhat of {code}?\n\n{choices}\n:::\n"


def a_test(pairs: int = 6) -> str:
    table = "\n".join(f'pair-{n} = "1.{n % 3 + 1}"' for n in range(pairs))
    asked = "\n".join(question(f"pair-{n}-{form}") for n in range(pairs) for form in "ab")
    return f'+++\ntitle = "What you know"\nminutes = 2\n\n[pairs]\n{table}\n+++\n\nRead calmly.\n\n{asked}'


def files(test: str, manifest: str = MANIFEST) -> dict[str, bytes]:
    named = {"course.toml": manifest, "01-first.md": LESSON, "tests.md": test}
    return {name: text.encode() for name, text in named.items()}


def compiled(test: str) -> Course:
    return compile_files(files(test)).course


def wrong(test: str, manifest: str = MANIFEST) -> list[str]:
    with pytest.raises(CourseErrors) as caught:
        compile_files(files(test, manifest))
    return [str(error) for error in caught.value.errors]


def test_pairs_become_two_forms_under_the_codes_of_the_pairs():
    course = compiled(a_test())

    a, b = course.tests
    assert [(form.code, form.test, form.exam) for form in (a, b)] == [("tests-a", "a", True), ("tests-b", "b", True)]
    assert [each.code for each in a.questions] == [each.code for each in b.questions] == [f"pair-{n}" for n in range(6)]
    assert a.questions[0].prompt_html == "What of pair-0-a?"
    assert b.questions[0].prompt_html == "What of pair-0-b?"
    assert [lesson.code for lesson in course.lessons] == ["01-first"]


def test_page_of_a_form_says_that_it_is_no_exam_and_tells_no_answer():
    course = compiled(a_test())

    body = lesson_body_html(course, course.tests[0])

    assert "Esto no es un examen." in body
    assert "Read calmly." in body
    assert "data-right" not in body
    assert "<progress" not in body
    assert "pair-0-b" not in body


def test_course_that_does_not_name_its_test_has_none():
    plain = compile_files(files(a_test(), MANIFEST.replace('tests = "tests.md"\n', ""))).course

    assert plain.tests == ()
    assert plain.version != compiled(a_test()).version


def test_source_holds_the_test_and_compiles_to_the_same():
    course = compiled(a_test())

    assert compile_files(course.folder).course.version == course.version


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'pair-0 = "1.1"',
            'pair-0 = "1.4"',
            '1.4 is no competence of DigComp 2.2. Write `pair-0 = "1.1"`, up to "5.4".',
        ),
        ('pair-0 = "1.1"', "pair-0 = 1", "1 is no competence of DigComp 2.2."),
        ('pair-0 = "1.1"\n', "", 'The question "pair-0-a" belongs to no pair.'),
        ("question pair-0-b one", "question pair-0-c one", 'The question "pair-0-b" is missing.'),
        ("question pair-0-b one", "question pair-0-b several", 'The questions of the pair "pair-0" are not alike.'),
        ("- [ ] choice 3 of pair-0-b\n", "", 'The questions of the pair "pair-0" are not alike.'),
        ("- [x] choice 1 of pair-0-b", "- [ ] choice 1 of pair-0-b", "No choice is right."),
        ("minutes = 2", "minutes = 2\nexam = true", "A test is no exam."),
        ("[pairs]", "[items]", "The front matter has no table `[pairs]`."),
    ],
)
def test_pairs_that_do_not_agree_are_told(old, new, said):
    assert any(said in error for error in wrong(a_test().replace(old, new, 1)))


@pytest.mark.parametrize("pairs", [5, 11])
def test_too_few_or_too_many_pairs_are_told(pairs):
    assert wrong(a_test(pairs)) == [f"tests.md: The test has {pairs} pairs. Write 6 to 10."]


@pytest.mark.parametrize(
    ("manifest", "said"),
    [
        (MANIFEST.replace('"tests.md"', '"01-first.md"'), '"01-first.md" is not the name of a test.'),
        (MANIFEST.replace('"tests.md"', '"../tests.md"'), '"../tests.md" is not the name of a test.'),
        (MANIFEST.replace('"tests.md"', '"other.md"'), 'The test "other.md" does not exist.'),
    ],
)
def test_file_that_is_no_test_is_told(manifest, said):
    [error] = wrong(a_test(), manifest)

    assert error.startswith("course.toml:8: ")
    assert said in error


def test_feedback_in_a_test_is_a_warning():
    course = compiled(a_test().replace("- [x] choice 1 of pair-2-b", "- [x] choice 1 of pair-2-b\n  > Yes."))

    [remark] = [each for each in advise(course, ()) if "feedback" in each.text]

    assert remark.file == "tests.md"
    assert "pair-2-b" in a_test().split("\n")[remark.line - 1]


def test_any_front_matter_is_told_and_never_breaks():
    for text in ("", "+++", "+++\n[pairs]\n+++", "+++\n[pairs]\n= =\n+++\n", "+++\n[pairs]\na = {}\n+++\nText"):
        assert wrong(text)


@pytest.mark.parametrize(
    "folder", ["tigo-conectadas/courses/internet-y-sus-costos", "mujeres-online/courses/conectate"]
)
def test_courses_that_have_a_test_put_the_right_answer_everywhere(folder):
    course = read_course(Path(ROOT / "programmes" / folder))

    for form in course.tests:
        places = {each.right for each in form.questions}
        assert len(places) == 4
