"""Four real courses of others on her phone: each lesson in one light page, with its questions and pictures."""

import gzip
import re
from pathlib import Path

import pytest
from django.test import Client

from tests.portals.learner.scene import OURS, browser, lessons, url
from tests.shared import shared_data
from trenza.apps.learning.api import (
    LICENCES,
    CourseVersion,
    Lesson,
    build_course,
    course_folder,
    published_courses,
    write_files,
)
from trenza.cli.samples import SAMPLES, publish_samples

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.sweep]

PAGE = 14_336
"""Bytes on the wire, with status line and headers: what the first flight of packets carries."""
ADDED = len("HTTP/1.1 200 OK\r\nserver: granian\r\ndate: Sun, 22 Nov 2026 15:00:00 GMT\r\n\r\n")
"""What the server puts around the headers that Django gives it."""


def wire(phone: Client, address: str) -> tuple[str, int]:
    """A page as it is read, and what it takes on the wire."""
    response = phone.get(address, headers={"Accept-Encoding": "gzip"})
    assert (response.status_code, response["Content-Encoding"]) == (200, "gzip"), address
    headers = sum(len(f"{name}: {value}\r\n".encode()) for name, value in response.items())
    return gzip.decompress(response.content).decode(), ADDED + headers + len(response.content)


def test_real_courses_are_read_on_a_phone_and_given_back_whole(tmp_path):
    """One test, because compiling their pictures takes seconds."""
    shared_data()
    published = list(publish_samples())
    versions = published_courses(optional=True)

    assert sorted(version.course.code for version in versions) == sorted(SAMPLES)
    assert [heavy for version in versions for heavy in too_heavy(version)] == []
    for version in versions:
        look_at(version)
        give_back(version, tmp_path / version.course.code)
    assert len(published) == len(SAMPLES)
    assert list(publish_samples()) == []  # a second start has nothing to do


def too_heavy(version: CourseVersion) -> list[tuple[str, int]]:
    """Pages of the course, its outline among them, that do not come in one go."""
    phone = browser()
    shown = [url(lesson) + kind for lesson in lessons(version) for kind in ("", "laminas/", "hoja/")]
    pages = [f"/cursos/{version.course.code}/", *shown]
    return [(page, size) for page in pages for _, size in [wire(phone, page)] if size > PAGE]


def look_at(version: CourseVersion) -> None:
    """Each lesson names its licence, shows every question and only pictures that are there, and takes her answers."""
    phone = browser()
    licence = LICENCES[version.licence]
    for lesson in lessons(version):
        text, _ = wire(phone, url(lesson))
        foot = text[text.index('<footer class="licence">') :]
        assert f'<a href="{licence.url}" rel="license noopener nofollow">{licence.name}</a>' in foot
        assert [author in foot for author in version.authors] == [True] * len(version.authors)
        assert "adaptado" in foot
        assert re.findall(r' data-q="([^"]+)"', text) == [question["code"] for question in lesson.questions]
        look_at_pictures(phone, text, lesson)
        form = {f"q.{question['code']}": "0" for question in lesson.questions}
        assert phone.post(url(lesson) + "responder/", form, headers=OURS).status_code == 200


def look_at_pictures(phone: Client, text: str, lesson: Lesson) -> None:
    """Each says what it shows and how large it is, waits until she reaches it, and each of its files is there."""
    pictures = re.findall(r"<img [^>]*>", text)
    for picture in pictures:
        assert re.search(r' alt="[^"]+" width="\d+" height="\d+" data-bytes="\d+" loading="lazy"', picture)
    assert sum({p: int(n) for p, n in re.findall(r'<img src="([^"]+)"[^>]* data-bytes="(\d+)"', text)}.values()) == (
        lesson.image_bytes
    )
    for address in set(re.findall(r"/archivos/[0-9a-f]+\.\w+", text)):
        found = phone.get(address)
        assert (len(found.getvalue()) > 0, found["Content-Type"]) == (True, f"image/{address.rpartition('.')[2]}")


def give_back(version: CourseVersion, folder: Path) -> None:
    """The folder that was published builds to the same version."""
    write_files(course_folder(version), folder)
    again, report = build_course(folder)
    assert (again.code, again.version, report.unused) == (version.course.code, version.digest, ())
