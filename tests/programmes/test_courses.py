"""The courses of this repository are held to everything that makes a lesson a good one (docs/course-quality.md)."""

import datetime
from functools import cache
from pathlib import Path

import pytest

from trenza.apps.learning.content.beside import with_programme
from trenza.apps.learning.content.course import Course
from trenza.apps.learning.content.folder import compile_files
from trenza.apps.learning.content.quality.check import check_quality
from trenza.apps.learning.content.report import weigh
from trenza.apps.learning.content.sources import read_files
from trenza.core import clock

PROGRAMMES = Path(__file__).parents[2] / "programmes"
FOLDERS = sorted(path.parent for path in PROGRAMMES.glob("*/courses/*/course.toml"))
SIZE = 2 * 1024 * 1024


@cache
def course(folder: Path) -> Course:
    return compile_files(with_programme(folder, read_files(folder))).course


def today() -> datetime.date:
    return clock.now().date()


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_course_states_its_level_and_the_check_finds_nothing_that_is_sure(folder):
    found = check_quality(course(folder), today=today())

    assert course(folder).level
    assert [str(each) for each in found if each.sure] == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_course_uses_all_that_is_in_its_folder_and_no_lesson_is_too_heavy(folder):
    compiled = compile_files(with_programme(folder, read_files(folder)))

    assert (compiled.removed, compiled.unused) == ((), ())
    assert [lesson.code for lesson in compiled.course.lessons if weigh(compiled.course, lesson).heavy] == []


@pytest.mark.parametrize("programme", sorted({folder.parents[1] for folder in FOLDERS}), ids=lambda each: each.name)
def test_courses_of_a_programme_weigh_little(programme):
    courses = [course(folder) for folder in FOLDERS if programme in folder.parents]
    weights = [weigh(each, lesson) for each in courses for lesson in each.lessons]

    assert sum(weight.body_size + weight.image_size for weight in weights) <= SIZE
