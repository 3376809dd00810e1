"""A trainer takes in what another phone could not send: a file, photos of codes, and whatever else is uploaded."""

import io
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
import segno
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tests.apps.learning.examples import published
from tests.apps.sync.test_carried import to_base45
from tests.portals.learner.scene import browser, rosa
from trenza.apps.learning import catalogue
from trenza.apps.learning.api import CourseVersion
from trenza.apps.people.api import NewDevice, register_device
from trenza.core.journal import everything
from trenza.core.sealing import Sealer, cell_key
from trenza.portals.trainer import reading

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def course() -> Iterator[CourseVersion]:
    catalogue.forget()
    yield published()
    catalogue.forget()


@pytest.fixture
def device(course: CourseVersion) -> NewDevice:
    learner = rosa()
    return register_device(person=learner, by=learner)


@pytest.fixture
def trainer() -> Client:
    return browser(rosa("Ximena"))


def packed(device: NewDevice, course: CourseVersion, *numbers: int) -> bytes:
    """What her phone writes: for each number a lesson answered, three entries."""
    sealer = Sealer(device=device.device, secret=device.secret, cell_public=cell_key().public)
    lesson = course.lessons.get(code="first").pk.bytes
    held = []
    for number in numbers:
        act = msgspec.msgpack.encode([1_790_000_000_000, "l", [lesson, [[1], [0, 1]], True]])
        record = sealer.seal(act, sequence=number * 3 + 1, count=3)
        held.append((record.sequence, record.count, record.sealed))
    return msgspec.msgpack.encode({"v": 1, "sealed": [(device.device.bytes, [(sealer.session, held)])]})


def file_of(content: bytes, name: str = "notas.trz") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def photo_of(*texts: str) -> SimpleUploadedFile:
    """A photo of a screen that shows these codes beside each other."""
    codes = []
    for text in texts:
        out = io.BytesIO()
        segno.make(text, error="m").save(out, kind="png", scale=4, border=4)
        codes.append(Image.open(out).convert("RGB"))
    photo = Image.new("RGB", (sum(each.width for each in codes) + 80, max(each.height for each in codes) + 80), "grey")
    place = 40
    for each in codes:
        photo.paste(each, (place, 40))
        place += each.width
    out = io.BytesIO()
    photo.save(out, "JPEG", quality=80)
    return SimpleUploadedFile("foto.jpg", out.getvalue())


def upload(client: Client, *files: SimpleUploadedFile) -> Any:
    token = client.get("/recibir/").context["csrf_token"]
    return client.post("/recibir/", {"uploads": list(files), "csrfmiddlewaretoken": str(token)})


def entries(person_of: NewDevice) -> list[str]:
    return [line.kind for line in everything() if line.device == person_of.device]


def test_take_in_a_file_counts_what_her_phone_could_not_send(trainer, device, course):
    response = upload(trainer, file_of(b"TRZ1" + packed(device, course, 0, 1)))

    assert "Recibimos 2 respuestas." in response.content.decode()
    assert entries(device) == [
        *["learning.question_answered.v1"] * 2, "learning.lesson_completed.v1",
        *["learning.question_answered.v1"] * 2, "learning.lesson_completed.v1",
    ]  # fmt: skip


def test_take_in_twice_counts_once(trainer, device, course):
    content = b"TRZ1" + packed(device, course, 0)
    upload(trainer, file_of(content))

    response = upload(trainer, file_of(content))

    assert "1 ya estaba: cuenta una sola vez." in response.content.decode()
    assert len(entries(device)) == 3


def test_take_in_photos_of_codes_and_says_which_are_missing(trainer, device, course):
    texts = [f"TRZ1:{number + 1}/3:{to_base45(packed(device, course, number))}" for number in range(3)]

    response = upload(trainer, photo_of(texts[0]), photo_of(texts[2]))

    assert "Recibimos 2 respuestas." in response.content.decode()
    assert "Códigos que todavía no vimos: 2." in response.content.decode()
    assert len(entries(device)) == 6


def test_take_in_a_changed_record_keeps_it_and_says_so(trainer, device, course):
    content = bytearray(b"TRZ1" + packed(device, course, 0))
    content[-1] ^= 1

    response = upload(trainer, file_of(bytes(content)))

    assert "1 no se pudo contar." in response.content.decode()
    assert entries(device) == []


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"TRZ1", b"TRZ1\x81", b"\xff\xd8\xff\xe0 broken", b"<svg onload=alert(1)>"], ids=repr
)
def test_take_in_says_what_it_cannot_read(trainer, device, content):
    response = upload(trainer, file_of(content, "<b>nota"))

    assert response.status_code == 200
    assert "No pudimos leer «&lt;b&gt;nota»." in response.content.decode()


def test_take_in_a_photo_without_a_code_says_that_it_cannot_be_read(trainer):
    out = io.BytesIO()
    Image.new("RGB", (200, 200), "white").save(out, "PNG")

    assert "No pudimos leer «foto.png»." in upload(trainer, file_of(out.getvalue(), "foto.png")).content.decode()


def test_take_in_a_photo_of_too_many_pixels_does_not_open_it(trainer, monkeypatch):
    monkeypatch.setattr(reading, "_MOST_PIXELS", 100)

    assert "No pudimos leer" in upload(trainer, photo_of("TRZ1:1/1:A")).content.decode()


def test_take_in_asks_for_a_file_and_for_few_of_them(trainer):
    assert "Elige un archivo o una foto." in upload(trainer).content.decode()
    assert "Elige 5 archivos como máximo" in upload(trainer, *[file_of(b"TRZ1")] * 6).content.decode()


def test_take_in_is_for_whoever_is_signed_in(client):
    assert client.get("/recibir/").headers["Location"].startswith("/entrar/")


def test_take_in_may_use_the_camera_and_nothing_else(trainer):
    policy = trainer.get("/recibir/").headers["Permissions-Policy"]

    assert "camera=(self)" in policy
    assert "geolocation=()" in policy
