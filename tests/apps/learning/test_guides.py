"""A guide for who teaches is published with its lesson, goes down to hubs with its pictures, to no phone of hers."""

from typing import Any

import pytest

from tests.apps.learning.content.examples import FRONT, compile_body, compile_course, course_files, picture
from trenza.apps.learning.api import CourseVersion, Lesson, course_states, pack_of, publish_course
from trenza.apps.sync.api import HubPlace
from trenza.apps.sync.hub.registry import Lazy, hub_tables
from trenza.core import files
from trenza.core.ids import new_id

pytestmark = pytest.mark.django_db

BODY = "Read this.\n\n::: guide\nBring it.\n\n![A red bar](images/a.png)\n:::\n"


def rows(name: str) -> dict[bytes, Any]:
    place = HubPlace(new_id(), new_id(), b"")
    vars(place)["persons"] = frozenset()
    return {key: value.read() if isinstance(value, Lazy) else value for key, value in hub_tables()[name].rows(place)}


@pytest.fixture
def version() -> CourseVersion:
    return publish_course(course=compile_body(BODY), by=None, optional=True)


def test_guide_stands_beside_the_body_and_is_not_in_the_pack(version):
    lesson = version.lessons.get()

    assert ("Bring it." in lesson.guide, "Bring it." in lesson.body, lesson.image_bytes) == (True, False, 0)
    pack = pack_of(version)
    assert [each.images for each in pack.lessons] == [()]
    assert all(b"Bring it." not in path.read_bytes() for each in pack.files if (path := files.find(each.name)))


def test_guide_says_the_competences_of_its_lesson():
    front = FRONT.replace("minutes = 5", 'minutes = 5\ndigcomp = ["4.1"]')
    course = compile_course({**course_files(), "01-password.md": f"{front}{BODY}".encode()})

    assert (
        publish_course(course=course, by=None)
        .lessons.get()
        .guide.endswith("<p><small>Competences of DigComp 2.2: 4.1</small></p>")
    )


def test_list_of_lessons_loads_no_guide(version, django_assert_num_queries):
    state = course_states(None, [version.course.code])[version.course.code]

    with django_assert_num_queries(0):
        assert "guide" in state.lessons[0].lesson.get_deferred_fields()


def test_hub_gets_the_guide_and_its_pictures(version):
    [name] = compile_body(BODY).files
    lessons, pictures = rows("learning.lesson"), rows("learning.file")
    guide = version.lessons.get().guide

    assert [row["guide"] for row in lessons.values()] == [guide]
    assert [(key.decode(), data[:4]) for key, data in pictures.items()] == [(name, files.find(name).read_bytes()[:4])]  # type: ignore[union-attr]
    Lesson.objects.update(guide="")
    hub_tables()["learning.lesson"].apply(list(lessons.items()), [])
    assert Lesson.objects.get().guide == guide
    assert picture() not in pictures.values()
