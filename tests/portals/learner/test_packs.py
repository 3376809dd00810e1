"""What a phone downloads to have a course without a signal."""

import gzip
import hashlib
import io
import json
from dataclasses import replace
from typing import Any

import pytest
from PIL import Image

from tests.apps.learning.examples import a_course, lesson, published, question
from tests.portals.learner.scene import browser, lessons, url
from trenza.apps.learning.api import CourseVersion, publish_course
from trenza.apps.learning.content.course import Prose
from trenza.apps.learning.content.images import CompiledImage, compile_image
from trenza.apps.learning.content.pictures import picture_html
from trenza.core import files
from trenza.portals.field.shell import LessonFacts, lesson_document
from trenza.portals.learner.packs import pack_bytes, pack_url

pytestmark = pytest.mark.django_db


def a_picture() -> CompiledImage:
    """As a photograph: lighter in AVIF than in WebP."""
    drawing = io.BytesIO()
    Image.effect_noise((640, 400), 40).convert("RGB").save(drawing, "PNG")
    return compile_image(drawing.getvalue())


def with_a_picture() -> CourseVersion:
    picture = a_picture()
    shown = replace(lesson("first", question("a")), blocks=(Prose(picture_html(picture, "Grain")), question("a")))
    course = replace(a_course(), lessons=(shown, lesson("second")), files={f.name: f.data for f in picture.files})
    return publish_course(course=course, by=None)


def manifest(version: CourseVersion) -> dict[str, Any]:
    return json.loads(browser().get(pack_url(version)).content)  # type: ignore[no-any-return]


def fetched(name: str) -> bytes:
    response = browser().get(f"/archivos/{name}")
    assert response.status_code == 200
    return b"".join(response) if response.streaming else response.content


def test_manifest_lists_files_as_they_are_served():
    found = manifest(with_a_picture())

    assert [file["sha256"] for file in found["files"]] == [
        hashlib.sha256(fetched(file["name"])).hexdigest() for file in found["files"]
    ]
    assert found["bytes"] == sum(file["bytes"] for file in found["files"])
    assert {file["name"].partition(".")[2] for file in found["files"]} == {"json", "avif"}


def test_manifest_and_its_chunks_make_the_pages_that_the_server_sends():
    version = published(pass_score=0.8)
    found = manifest(version)

    for each in found["lessons"]:
        facts = LessonFacts(each["id"], found["course"], each["next"], found["pass"], each["exam"])
        body = json.loads(fetched(each["file"]))[each["code"]]
        joined = lesson_document(body, title=each["title"], language=found["language"], facts=facts)
        assert joined == browser().get(each["url"]).content
    assert [each["url"] for each in found["lessons"]] == [url(each) for each in lessons(version)]


def test_manifest_has_one_file_of_a_picture_which_stands_for_the_others():
    found = manifest(with_a_picture())
    (kept,) = found["lessons"][0]["images"]
    (old,) = [file["old"] for file in found["files"] if "old" in file]

    assert kept.endswith(".avif")
    assert set(found["instead"].values()) == {kept}
    assert old["name"] in found["instead"]
    assert hashlib.sha256(fetched(old["name"])).hexdigest() == old["sha256"]


def test_manifest_never_changes_and_is_sent_compressed():
    client, address = browser(), pack_url(published())
    response = client.get(address, headers={"Accept-Encoding": "gzip"})

    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["Content-Type"] == "application/json"
    assert gzip.decompress(response.content) == client.get(address).content
    assert client.get(address, headers={"If-None-Match": response["ETag"]}).status_code == 304


def test_chunk_is_sent_compressed_and_named_by_its_content():
    name = manifest(published())["files"][0]["name"]
    response = browser().get(f"/archivos/{name}", headers={"Accept-Encoding": "gzip"})

    assert response["Content-Encoding"] == "gzip"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert hashlib.sha256(gzip.decompress(response.content)).hexdigest().startswith(name.removesuffix(".json"))


def test_source_of_a_course_is_not_served():
    files.put("0123456789abcdef.zip", b"an author's folder")

    assert browser().get("/archivos/0123456789abcdef.zip").status_code == 404


@pytest.mark.parametrize("path", ["uno/000000000000", "dos/{}", "uno/1", "uno/..", "uno/{}0"])
def test_pack_of_what_was_not_published_is_not_there(path: str):
    version = published()

    assert browser().get(f"/paquetes/{path.format(version.short)}.json").status_code == 404


def test_pack_of_an_older_version_is_made_when_it_is_asked_for(settings, tmp_path):
    """Before packs were there, and after files were lost."""
    version = published()
    settings.FILES_ROOT = tmp_path / "another"

    assert fetched(manifest(version)["files"][0]["name"])


def test_pack_is_worked_out_once(django_assert_num_queries):
    version = published()
    first = pack_bytes(version)

    with django_assert_num_queries(0):
        assert pack_bytes(version) == first
