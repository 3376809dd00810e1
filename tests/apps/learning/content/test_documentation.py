"""docs/course-format.md is what authors learn from: its example is compiled, and its limits are ours."""

import re
from pathlib import Path

from tests.apps.learning.content.examples import compile_course, picture
from trenza.apps.learning.content import limits
from trenza.apps.learning.content.folder import compile_files
from trenza.apps.learning.content.importers.raspberrypi import is_project
from trenza.apps.learning.content.manifest import KEYS
from trenza.apps.learning.content.markdown import CONTAINERS

TEXT = (Path(__file__).parents[4] / "docs" / "course-format.md").read_text(encoding="utf-8")


def example() -> dict[str, bytes]:
    """The files that the page shows: fenced blocks that name one."""
    found = re.finditer(r"^(`{3,})[a-z]+ file=(\S+)\n(.*?)^\1$", TEXT, re.MULTILINE | re.DOTALL)
    return {"images/phone.png": picture(), **{each[2]: each[3].encode() for each in found}}


def test_example_in_the_documentation_is_a_course():
    course = compile_course(example())

    assert [lesson.code for lesson in course.lessons] == ["01-password", "02-messages"]
    assert [question.kind for question in course.lessons[0].questions] == ["one", "several", "true_false"]
    assert [question.right for question in course.lessons[0].questions] == [(1,), (0, 1), (1,)]
    assert compile_files(example()).removed == ()


def test_documentation_names_every_container_and_key():
    assert [name for name in CONTAINERS if f"`::: {name}" not in TEXT] == []
    assert [key for key in KEYS if f"`{key}`" not in TEXT] == []


def test_documentation_tells_the_limits():
    table = dict(re.findall(r"^\| ([a-z' ]+) \| ([^|]+) \|$", TEXT[TEXT.index("## How large") :], re.MULTILINE))

    assert table == {
        "lessons": f"{limits.LESSONS}",
        "questions in a lesson": f"{limits.QUESTIONS_PER_LESSON}",
        "choices of a question": f"{limits.CHOICES}",
        "a lesson's text": f"{limits.TEXT_SIZE // 1024} KB",
        "a picture": f"{limits.IMAGE_SIZE // 1024**2} MB and {limits.IMAGE_PIXELS // 10**6} million pixels",
        "the folder": f"{limits.FILES:,} files and {limits.TOTAL_SIZE // 1024**2} MB",
        "an archive": f"grows to {limits.ARCHIVE_RATIO} times its size",
    }
    assert f"no more than {limits.BODY_WARNING // 1024} KB" in TEXT
    assert f"at most {limits.IMAGE_WIDTH} pixels" in TEXT


def test_documentation_names_what_an_importer_looks_for():
    assert is_project(re.findall(r"`(meta\.yml|step_1\.md)`", TEXT))
