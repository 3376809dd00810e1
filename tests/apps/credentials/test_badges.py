import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from tests.apps.credentials.examples import a_credential, an_issuing_programme, organisation
from tests.apps.programmes.examples import a_person
from trenza.apps.credentials.actions import create_key
from trenza.apps.credentials.badges import badge_of
from trenza.apps.credentials.certificate import BadgeData
from trenza.apps.credentials.certificate.render import LettersMissing, render_badge
from trenza.apps.credentials.errors import NotSigned
from trenza.apps.credentials.models import Credential
from trenza.apps.credentials.openbadges.baking import unbake
from trenza.apps.credentials.openbadges.verifying import Verdict, verify
from trenza.apps.credentials.privacy import erase
from trenza.apps.credentials.queries import known_here
from trenza.core import clock


@pytest.fixture(autouse=True)
def private(settings, tmp_path: Path) -> Path:
    settings.KEYS_ROOT = tmp_path / "keys"
    settings.PRIVATE_ROOT = tmp_path / "private"
    return tmp_path / "private"


@pytest.fixture
def credential(db) -> Credential:
    programme = an_issuing_programme()
    create_key(organisation=organisation("casa"))
    return a_credential(programme)


def test_badge_is_a_picture_that_is_judged_valid(credential):
    badge = badge_of(credential)

    assert verify(unbake(badge), known_here(), now=clock.now()).verdict is Verdict.VALID
    with Image.open(io.BytesIO(badge)) as picture:
        assert (picture.format, picture.size) == ("PNG", (600, 600))


def test_picture_is_drawn_once_for_all_of_a_year(credential, private):
    other = a_credential(credential.template.programme, person=a_person("Ana"))

    first, second = badge_of(credential), badge_of(other)

    [kept] = (private / "badges").iterdir()
    assert kept.stat().st_mode & 0o077 == 0
    assert unbake(first)["id"] != unbake(second)["id"]


def test_picture_bears_no_name(credential, private):
    badge_of(credential)
    [kept] = (private / "badges").iterdir()

    data = BadgeData(title="Primeros pasos", programme="Prueba", year=credential.issued_on.year)
    assert kept.read_bytes() == render_badge(data)


def test_unsigned_or_erased_there_is_none(credential):
    erase(person=credential.person_id)
    with pytest.raises(NotSigned):
        badge_of(Credential.objects.get(pk=credential.pk))


@pytest.mark.parametrize("words", ["A", "Soporte técnico, ciberseguridad y programación con Python " * 3, "W" * 200])
def test_picture_is_light_whatever_the_words(words):
    data = BadgeData(title=words.strip(), programme=words.strip(), year=2026, demonstration=True)

    assert len(render_badge(data)) <= 60_000
    assert render_badge(data) == render_badge(data)


def test_demonstration_stands_on_the_picture():
    plain = BadgeData(title="Primeros pasos", programme="Prueba", year=2026)

    assert render_badge(replace(plain, demonstration=True)) != render_badge(plain)


def test_letters_in_no_font_are_named():
    with pytest.raises(LettersMissing):
        render_badge(BadgeData(title="☕", programme="Prueba", year=2026))
