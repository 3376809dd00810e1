"""What a course takes from the programme in whose folder it lies."""

from pathlib import Path

import pytest

from tests.apps.learning.content.examples import COURSE, FRONT, course_files
from tests.apps.learning.content.test_countries import LINES
from trenza.apps.learning.api import build_course, write_files
from trenza.apps.learning.content import limits
from trenza.apps.learning.content.archive import pack
from trenza.apps.learning.content.course import Course, Prose
from trenza.apps.learning.content.errors import CourseErrors

BODY = "20 {{moneda}} for one {{celular}}.\n\n::: countries help-lines\n:::\n"
DEFINITION = b'format = 1\n\n[programme]\ncode = "p"\n\n[words]\nmoneda = "bolivianos"\n'


@pytest.fixture
def programme(tmp_path: Path) -> Path:
    """A programme of two courses that show one file."""
    manifest = f'{COURSE}\n[words]\nmoneda = "dollars"\ncelular = "mobile phone"\n'
    shared = {"data/help-lines.toml": LINES.encode(), "data/other.toml": b"never read", "data/a.bin": b"x"}
    courses = {
        f"courses/{code}/{name}": data
        for code in ("one", "two")
        for name, data in {**course_files(course=manifest), "01-password.md": (FRONT + BODY).encode()}.items()
    }
    write_files({"programme.toml": DEFINITION, **shared, **courses}, tmp_path / "p")
    return tmp_path / "p"


def read(path: Path) -> Course:
    return build_course(path)[0]


def first(course: Course) -> str:
    block = course.lessons[0].blocks[0]
    assert isinstance(block, Prose)
    return block.html


def test_course_says_the_words_of_its_programme_and_shows_its_facts(programme):
    one, two = (read(programme / "courses" / code) for code in ("one", "two"))

    assert first(one) == "<p>20 bolivianos for one mobile phone.</p>"
    assert sorted(one.folder) == ["01-password.md", "course.toml", "data/help-lines.toml", "words.toml"]
    assert one.folder["words.toml"] == b'moneda = "bolivianos"\n'
    assert one.version == two.version


def test_folder_or_archive_that_is_taken_out_is_the_same_course(programme, tmp_path):
    course = read(programme / "courses" / "one")
    write_files(course.folder, tmp_path / "elsewhere" / "one")
    (tmp_path / "one.zip").write_bytes(pack(course.folder))
    (programme / "courses" / "three.zip").write_bytes(pack(course.folder))

    places = [tmp_path / "elsewhere" / "one", tmp_path / "one.zip", programme / "courses" / "three.zip"]
    assert [read(place).version for place in places] == [course.version] * 3


def test_words_of_a_programme_count_over_those_that_came_with_a_folder(programme):
    (programme / "courses" / "one" / "words.toml").write_text('moneda = "soles"\ncelular = "cell"\n')

    assert first(read(programme / "courses" / "one")) == "<p>20 bolivianos for one mobile phone.</p>"
    (programme / "programme.toml").write_text("format = 1\n")
    assert first(read(programme / "courses" / "one")) == "<p>20 soles for one cell.</p>"


def test_file_of_the_course_counts_over_that_of_the_programme(programme):
    own = programme / "courses" / "one" / "data"
    own.mkdir()
    (own / "help-lines.toml").write_text(LINES.replace("Help <lines>", "Our own"))

    shown = {code: "Our own" in str(read(programme / "courses" / code).lessons) for code in ("one", "two")}
    assert shown == {"one": True, "two": False}


def test_bare_folder_takes_nothing_from_around_it(programme):
    (programme / "programme.toml").unlink()

    with pytest.raises(CourseErrors, match=r'The file "data/help-lines.toml" does not exist.'):
        read(programme / "courses" / "one")


@pytest.mark.parametrize("definition", [b"", b"words = 3", b"\xff", b"a = ", b"a = " + b"[" * 5000])
def test_definition_without_words_gives_none(programme, definition):
    (programme / "programme.toml").write_bytes(definition)

    assert first(read(programme / "courses" / "one")) == "<p>20 dollars for one mobile phone.</p>"


def test_words_that_are_malformed_in_a_definition_are_told(programme):
    (programme / "programme.toml").write_bytes(DEFINITION.replace(b'"bolivianos"', b'"**b**"'))

    with pytest.raises(CourseErrors, match=r"words.toml:1: What \"moneda\" stands for"):
        read(programme / "courses" / "one")


def test_files_of_the_programme_are_limited(programme, monkeypatch):
    (programme / "data" / "other.toml").write_bytes(b"#" * (limits.TEXT_SIZE + 1))

    with pytest.raises(CourseErrors, match=r"other.toml: The programme's file is larger than 100 KB."):
        read(programme / "courses" / "one")
