"""docs/course-format.md is what authors learn from: its examples build, and what it names is ours and complete."""

import re
import tomllib
from pathlib import Path

from tests.apps.learning.content.examples import OPUS, course_files, errors_of, picture, prose
from trenza.apps.learning.content import limits
from trenza.apps.learning.content.citations import KEYS as SOURCE_KEYS
from trenza.apps.learning.content.folder import compile_files
from trenza.apps.learning.content.manifest import KEYS, LESSON_KEYS, REQUIRED
from trenza.apps.learning.content.markdown import CONTAINERS
from trenza.apps.learning.content.questions import KINDS
from trenza.apps.learning.models.course import EXAM_SCORE

TEXT = (Path(__file__).parents[4] / "docs" / "course-format.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    """What stands below a heading, up to the next of its level."""
    level = title.split(" ")[0]
    return re.split(rf"^{level} ", TEXT[TEXT.index(f"\n{title}\n") + len(title) + 2 :], flags=re.MULTILINE)[0]


def examples(language: str) -> dict[str, str]:
    """Fenced blocks by the file that they name; those that name none by their number."""
    found = re.finditer(rf"^(`{{3,}}){language}(?: file=(\S+))?\n(.*?)^\1$", TEXT, re.MULTILINE | re.DOTALL)
    return {each[2] or str(number): each[3] for number, each in enumerate(found)}


def course() -> dict[str, bytes]:
    """The course that the page shows."""
    files = {name: text for name, text in (examples("toml") | examples("markdown")).items() if "." in name}
    return {
        "images/phone.png": picture(),
        "audio/rosa.opus": OPUS,
        **{name: text.encode() for name, text in files.items()},
    }


def test_example_in_the_documentation_is_a_course():
    compiled = compile_files(course())

    assert [lesson.code for lesson in compiled.course.lessons] == ["01-password", "02-messages", "03-final"]
    assert [question.kind for question in compiled.course.lessons[0].questions] == ["one", "several", "true_false"]
    assert [question.right for question in compiled.course.lessons[0].questions] == [(1,), (0, 1), (1,)]
    assert [lesson.exam for lesson in compiled.course.lessons] == [False, False, True]
    assert (compiled.removed, compiled.unused) == ((), ())


def test_every_other_example_builds():
    others = {name: text for name, text in (examples("toml") | examples("markdown")).items() if "." not in name}

    assert len(others) == 2
    assert {name: errors_of(course_files(text)) for name, text in others.items()} == {key: [] for key in others}


def test_example_of_the_folder_lists_the_files_of_the_course():
    listed = re.findall(r"^ {8}(\S+) ", TEXT, re.MULTILINE)

    assert sorted(listed) == sorted(course())


def test_table_of_keys_is_the_keys_that_the_code_reads():
    rows = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \| (.*) \|$", section("## course.toml"), re.MULTILINE)
    keys = {key: told for names, told in rows for key in re.findall(r"`(\w+)`", names)}

    assert sorted(keys) == sorted(KEYS)
    assert {key for key, told in keys.items() if "may be left out" not in told} == set(REQUIRED)


def test_every_key_of_a_lesson_is_shown_in_the_example():
    fronts = [tomllib.loads(text.split("+++\n")[1]) for text in examples("markdown").values() if "+++" in text]

    assert {key for front in fronts for key in front} == set(LESSON_KEYS)
    assert {key for front in fronts for source in front.get("source", []) for key in source} == set(SOURCE_KEYS)


def test_table_of_keys_of_a_lesson_is_those_that_may_be_left_out():
    rows = re.findall(r"^\| `(?:\[\[)?(\w+)(?:\]\])?` \|", section("## A lesson").split("\n\n")[1], re.MULTILINE)

    assert ["title", "minutes", *rows] == list(LESSON_KEYS)


def test_table_of_containers_is_the_containers_that_the_code_reads():
    rows = re.findall(r"^\| `::: (\w+)", TEXT, re.MULTILINE)

    assert sorted(rows) == sorted(CONTAINERS)


def test_kinds_of_questions_are_those_that_the_code_reads():
    (line,) = (line for line in TEXT.splitlines() if line.startswith("- The kind is "))

    assert set(re.findall(r"`([a-z-]+)`", line)) == set(KINDS)


def test_html_that_is_said_to_be_kept_is_kept():
    (line,) = (line for line in TEXT.splitlines() if line.startswith("Some is kept ("))
    tags = re.findall(r"`<(\w+)>`", line)

    assert len(tags) == 3
    assert [prose(f"a <{tag}>b</{tag}>") for tag in tags] == [f"<p>a <{tag}>b</{tag}></p>" for tag in tags]


def test_documentation_tells_the_limits():
    table = dict(re.findall(r"^\| ([a-z'` ]+) \| ([^|]+) \|$", section("## How large"), re.MULTILINE))

    assert table == {
        "lessons": f"{limits.LESSONS}",
        "questions in a lesson": f"{limits.QUESTIONS_PER_LESSON}",
        "choices of a question": f"{limits.CHOICES}",
        "steps to put in order": f"{limits.LEAST_STEPS} to {limits.STEPS}",
        "pairs": f"{limits.LEAST_PAIRS} to {limits.PAIRS}",
        "scenes of a scenario": f"{limits.SCENES}",
        "what she writes": f"{limits.WRITTEN_LENGTH} letters",
        "a lesson's text": f"{limits.TEXT_SIZE // 1024} KB",
        "a picture": f"{limits.IMAGE_SIZE // 1024**2} MB and {limits.IMAGE_PIXELS // 10**6} million pixels",
        "a drawing": f"{limits.DRAWING_SIZE // 1024} KB, {limits.DRAWING_ELEMENTS:,} elements, "
        f"{limits.DRAWING_DEPTH} deep, no number above {limits.DRAWING_NUMBER:,}",
        "a recording": f"{limits.AUDIO_SIZE // 1024**2} MB to listen to and {limits.VIDEO_SIZE // 1024**2} MB to watch",
        "the folder": f"{limits.FILES:,} files and {limits.TOTAL_SIZE // 1024**2} MB",
        "a file of `data`": f"{limits.COUNTRY_ENTRIES} entries",
        "words of a programme": f"{limits.WORDS}",
        "an archive": f"grows to {limits.ARCHIVE_RATIO} times its size",
    }
    told = f"up to {limits.GLOSSARY_WORDS} words, and what one means up to {limits.GLOSSARY_LENGTH} letters"
    assert told in TEXT
    assert f"The first {limits.EXAM_ATTEMPTS} of a day count" in TEXT
    assert f"from {EXAM_SCORE} where there is none" in TEXT
    assert f"{limits.IMAGE_HEIGHT:,} pixels tall once it is {limits.IMAGE_WIDTH} wide" in TEXT
    assert f"no more than {limits.BODY_WARNING // 1024} KB when" in TEXT
    assert f"no more than {limits.IMAGES_WARNING // 1024} KB. `trenza course check`" in TEXT
    assert f"{limits.IMAGE_WIDTHS[0]} or {limits.IMAGE_WIDTH} pixels" in TEXT
