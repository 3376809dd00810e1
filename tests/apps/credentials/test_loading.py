"""Signers, logos and languages: from a programme's folder to the certificate."""

import io
import shutil
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from tests.apps.credentials.test_definition import SOURCE
from tests.apps.programmes.examples import a_person, an_enrolment, module
from tests.core.definition.examples import line_of, problems, read
from trenza.apps.credentials.definition import CredentialSection
from trenza.apps.credentials.logos import MOST_BYTES, NoLogo, read_logo
from trenza.apps.credentials.models import Credential, CredentialTemplate, Logo, Wording
from trenza.apps.credentials.pdfs import certificate_data
from trenza.apps.people.api import update_person
from trenza.apps.programmes.api import load_definition, meet_requirement
from trenza.core.definition import check_directory, read_definition, write_definition
from trenza.core.journal import work_until_done

MORE = """
[[credential.signer]]
position = "Dirección del programa"
organisation = "casa"

[[credential.signer]]
position = "Coordinación académica"
organisation = "academia"
name = "Persona de Ejemplo"

[[credential.translation]]
language = "en"
title = "First steps"
text = "She learned the basics."
skills = ["Looking after her passwords"]
positions = ["Programme director", "Academic coordinator"]
"""
FULL = SOURCE.replace('{ kind = "course", course = "uno" }', '{ kind = "confirmed", by = "trainer" }') + MORE
WITH_LOGO = FULL.replace('code = "casa"\n', 'code = "casa"\nlogo = "logos/casa.png"\n', 1)


def png(width: int = 300, height: int = 100, colour: str = "#21704f") -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(drawn, "PNG")
    return drawn.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A programme of the example, with the logo of who organises it."""
    place = tmp_path / read(WITH_LOGO).code
    (place / "logos").mkdir(parents=True)
    (place / "programme.toml").write_text(WITH_LOGO, encoding="utf-8")
    (place / "logos" / "casa.png").write_bytes(png())
    return place


def template() -> CredentialTemplate:
    return CredentialTemplate.objects.get(code="certificado")


def test_what_is_written_is_written_back():
    assert write_definition(read(write_definition(read(WITH_LOGO)))) == write_definition(read(WITH_LOGO))
    [section] = read(WITH_LOGO).of(CredentialSection)
    assert [each.position for each in section.signer] == ["Dirección del programa", "Coordinación académica"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('organisation = "academia"', 'organisation = "acdemia"', 'the organisation "acdemia" is not in'),
        ('"Persona de Ejemplo"', '"Persona ☕"', "the letters ☕ are in no font of the certificate"),
        ('title = "First steps"', 'title = "First ☕"', "the letters ☕ are in no font of the certificate"),
        ('language = "en"', 'language = "qu"', "certificates are written in en, es, and not in this language"),
        ('language = "en"', 'language = "es-BO"', "the credential itself is in this language"),
        ('"Programme director", ', "", "there are 2 who sign; give as many positions, or none"),
        ('"logos/casa.png"', '"../casa.png"', '"../casa.png" names no PNG in the programme\'s folder'),
        ('"logos/casa.png"', '"/etc/casa.png"', '"/etc/casa.png" names no PNG'),
        ('"logos/casa.png"', '"https://evil.example/a.png"', "names no PNG"),
        ('"logos/casa.png"', '"logos/casa.svg"', '"logos/casa.svg" names no PNG'),
    ],
)  # fmt: skip
def test_what_does_not_agree_is_told(old, new, said):
    assert old in WITH_LOGO
    found = problems(WITH_LOGO.replace(old, new, 1))

    assert any(said in each for each in found), found


def test_more_than_three_who_sign_find_no_room():
    signer = '\n[[credential.signer]]\nposition = "Firma {}"\norganisation = "casa"\n'

    assert problems(SOURCE + "".join(signer.format(number) for number in range(4)))
    assert not problems(SOURCE + "".join(signer.format(number) for number in range(3)))


@pytest.mark.django_db
def test_wording_says_who_signs_and_has_one_for_each_language():
    load_definition(definition=read(FULL))
    load_definition(definition=read(FULL))

    assert template().wording.signers == [
        {"position": "Dirección del programa", "name": "", "organisation": "La Casa"},
        {"position": "Coordinación académica", "name": "Persona de Ejemplo", "organisation": "Academia Norte"},
    ]
    [english] = template().translations.all()
    assert (english.language, english.title, english.skills) == ("en", "First steps", ["Looking after her passwords"])
    assert [each["position"] for each in english.signers] == ["Programme director", "Academic coordinator"]
    assert english.organisations == template().wording.organisations
    assert Wording.objects.count() == 2


@pytest.mark.django_db
def test_words_of_before_keep_their_name():
    load_definition(definition=read(SOURCE))
    before = template().wording_id

    load_definition(definition=read(FULL))
    assert template().wording_id != before
    load_definition(definition=read(SOURCE))

    assert template().wording_id == before
    assert list(template().translations.all()) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("hers", "title"),
    [("es", "Primeros pasos"), ("es-BO", "Primeros pasos"), ("en", "First steps"), ("en-US", "First steps"),
     ("qu", "Primeros pasos")],
)  # fmt: skip
def test_certificate_is_in_her_language_where_there_is_one(hers, title):
    programme = load_definition(definition=read(FULL))
    person = a_person()
    update_person(person=person, language=hers, by=person)
    enrolment = an_enrolment(programme, person=person)
    for code in ("uno", "dos"):
        meet_requirement(enrolment=enrolment, module=module(enrolment, code))
    work_until_done()

    credential = Credential.objects.get()
    assert credential.wording.title == title
    assert certificate_data(credential).language == credential.wording.language


@pytest.mark.django_db
def test_logo_of_the_folder_is_printed_and_stays_as_it_was(folder):
    load_definition(definition=read_definition(folder))
    before = template().wording
    [logo] = Logo.objects.all()
    assert before.organisations[0] == {"name": "La Casa", "roles": ["organiser"], "logo": str(logo.pk)}
    assert "logo" not in before.organisations[1]

    (folder / "logos" / "casa.png").write_bytes(png(colour="#c2492b"))
    load_definition(definition=read_definition(folder))

    assert template().wording != before
    assert bytes(Logo.objects.get(pk=before.organisations[0]["logo"]).data) == bytes(logo.data)
    assert Logo.objects.count() == 2


@pytest.mark.django_db
def test_definition_without_its_folder_means_the_logo_that_was_read_last(folder):
    programme = load_definition(definition=read_definition(folder))
    loaded = template().wording

    load_definition(definition=read(WITH_LOGO.replace("Aprendió lo básico.", "Aprendió lo primero.")))
    assert template().wording.organisations == loaded.organisations

    Logo.objects.all().delete()
    load_definition(definition=read(WITH_LOGO.replace("Aprendió lo básico.", "Aprendió mucho.")))
    assert "logo" not in template().wording.organisations[0]
    notes = programme.versions.latest("number").notes
    assert any('"logos/casa.png" is not known here' in each for each in notes)


def test_logo_is_checked_in_its_folder(folder):
    assert check_directory(folder) == []
    picture = folder / "logos" / "casa.png"

    def said() -> list[str]:
        return [str(each.message) for each in check_directory(folder)]

    picture.write_bytes(b"<svg onload='alert(1)'/>")
    assert said() == ['the picture "logos/casa.png" cannot be read']
    picture.write_bytes(png() + bytes(MOST_BYTES))
    assert said() == ['the picture "logos/casa.png" is too large']
    picture.unlink()
    assert said() == ['the picture "logos/casa.png" is not in the folder']
    shutil.copy(folder / "programme.toml", folder.parent / "secret.png")
    picture.symlink_to(folder.parent / "secret.png")
    assert said() == ['the picture "logos/casa.png" is not in the folder']
    assert line_of(WITH_LOGO, "logos/casa.png") == check_directory(folder)[0].line


def stating_size(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says that it is this large."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head)) + png()[33:]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (stating_size(100_000, 100_000), "too many pixels"),
        (stating_size(2_000, 2_001), "too many pixels"),
        (stating_size(1_000, 1_000), "cannot be read"),
        (b"", "cannot be read"),
        (png()[: len(png()) // 2], "cannot be read"),
        (png()[:60], "cannot be read"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "cannot be read"),
    ],
)
def test_hostile_picture_is_refused(folder, data, said):
    (folder / "logos" / "casa.png").write_bytes(data)

    with pytest.raises(NoLogo, match=said):
        read_logo(folder, "logos/casa.png")


def test_logo_is_drawn_anew_without_what_else_lay_in_the_file(folder):
    with Image.open(io.BytesIO(png(3_000, 500))) as picture:
        from PIL.PngImagePlugin import PngInfo

        info = PngInfo()
        info.add_text("Author", "Somebody")
        picture.save(folder / "logos" / "casa.png", pnginfo=info)

    data = read_logo(folder, "logos/casa.png")

    assert b"Somebody" not in data
    with Image.open(io.BytesIO(data)) as drawn:
        assert (drawn.format, drawn.size) == ("PNG", (960, 160))


def test_shipped_programmes_name_who_signs_and_no_person():
    root = Path(__file__).parents[3] / "programmes"
    sections = [
        each for toml in root.glob("*/programme.toml") for each in read_definition(toml.parent).of(CredentialSection)
    ]

    assert len(sections) >= 10
    assert all(section.signer for section in sections)
    assert all(signer.name is None for section in sections for signer in section.signer)
