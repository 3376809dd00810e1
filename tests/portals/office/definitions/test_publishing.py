"""From a draft to a version: the preview keeps nothing, publishing loses nothing, two editors lose nothing."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.apps.admissions.examples import a_person
from tests.journal import journal
from tests.portals.office.definitions.scenes import (
    coordinator_of,
    form_of,
    load,
    signed_in,
    with_tarija,
    without_tarija,
)
from tests.portals.office.people import sign_in
from trenza.apps.admissions.api import Call, publish_call
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import (
    DefinitionDraft,
    DefinitionVersion,
    Programme,
    enrol,
    export_definition,
    load_definition,
)
from trenza.core.definition import parse_definition

pytestmark = pytest.mark.django_db


def rename_region(client: Client, address: str, code_number: int, name: str) -> None:
    page = f"{address}editar/ficha/region/{code_number}/"
    client.post(page, form_of(client, page) | {"name": name})


def publish(client: Client, address: str, **more: str) -> tuple[int, list[str]]:
    """Press the button; the number of the version that holds, and what was said."""
    page = f"{address}vista/"
    revision = client.get(page).context["working"].revision
    answer = client.post(page, {"revision": revision, **more}, follow=True)
    return DefinitionVersion.objects.latest("number").number, [str(each) for each in answer.context["messages"]][-1:]


def enrolled_in(programme: Programme, code: str, n: int = 1) -> None:
    for number in range(n):
        enrol(
            person=a_person(number),
            edition=programme.editions.get(code="demo"),
            track=programme.tracks.get(code="alfabetizacion"),
            region=programme.regions.get(code=code),
            by=None,
        )


def test_publishing_makes_a_version_of_hers_that_is_downloaded_to_the_byte(client: Client):
    programme = load()
    address = signed_in(client, programme)
    rename_region(client, address, 0, "El Beni")

    assert publish(client, address) == (2, ["La versión 2 está publicada: ya la ven todas las personas."])

    version = DefinitionVersion.objects.latest("number")
    assert version.source == without_tarija().replace('name = "Beni"', 'name = "El Beni"')
    assert version.loaded_by == Person.objects.get(accounts__email__startswith="staff")
    answer = client.get(f"{address}versiones/2/programme.toml")
    assert answer.content.decode() == version.source == export_definition(programme)
    assert answer.headers["Content-Type"] == "application/toml; charset=utf-8"
    assert DefinitionDraft.objects.count() == 0
    assert [kind for kind, *_ in journal()].count("programmes.definition_loaded.v1") == 2


def test_preview_says_what_changes_and_keeps_nothing(client: Client):
    programme = load()
    for call in Call.objects.all():
        publish_call(call=call, by=coordinator_of(programme))
    address = signed_in(client, programme)
    rename_region(client, address, 0, "El Beni de siempre")
    before = (journal(), programme.regions.get(code="beni").name, DefinitionVersion.objects.count())

    page = client.get(f"{address}vista/")
    frame = client.get(f"{address}vista/pagina/")

    assert [(each.sentence, each.details) for each in page.context["told"]] == [
        ("Región El Beni de siempre (beni)", ["Nombre: «El Beni de siempre» en lugar de «Beni»"])
    ]
    assert page.context["facts"] == []
    assert "El Beni de siempre" in frame.content.decode()
    assert frame.content.count(b"<body inert>") == 1
    assert "frame-ancestors 'self'" in frame.headers["Content-Security-Policy"]
    assert (journal(), programme.regions.get(code="beni").name, DefinitionVersion.objects.count()) == before
    assert "El Beni de siempre" not in client.get("/programas/mujeres-online/").content.decode()


def test_draft_with_errors_is_not_published(client: Client):
    address = signed_in(client, load())
    rename_region(client, address, 0, "")

    page = client.get(f"{address}vista/")
    assert page.context["problems"] == [
        ("Región «beni»: falta «Nombre»; escríbelo", f"{address}editar/ficha/region/0/")
    ]
    assert client.get(f"{address}vista/pagina/").status_code == 200
    assert publish(client, address)[0] == 1


def test_fewer_seats_than_are_taken_are_said_beside_the_field(client: Client):
    programme = load()
    call = Call.objects.get(code="el-alto")
    call.pools.update(taken=12)
    address = signed_in(client, programme)
    number = [each["code"] for each in parse_definition(without_tarija().encode()).data["call"]].index("el-alto")
    page = f"{address}editar/ficha/call/{number}/"
    client.post(page, form_of(client, page) | {"seats": "11"})

    assert client.get(f"{address}vista/").context["problems"] == [
        (
            "ya hay más lugares ocupados de los que das aquí; da tantos como hay ocupados, o más",
            f"{address}editar/ficha/call/{number}/",
        )
    ]
    assert publish(client, address) == (1, ["No se publicó: mira lo que está en rojo."])


def take_region_out(client: Client, address: str, code: str) -> None:
    """In her draft: out of the list, of both editions and of the calls."""
    draft = without_tarija().replace(f', "{code}"', "")
    draft = re.sub(rf'\[\[region\]\]\ncode = "{code}"\n.*\n.*\n\n', "", draft)
    page = f"{address}subir/"
    revision = client.get(page).context["working"].revision
    answer = client.post(
        page, {"revision": revision, "replace": "1", "file": SimpleUploadedFile("programme.toml", draft.encode())}
    )
    assert answer.status_code == 302, answer.context["wrong"]


def test_region_with_people_is_retired_only_when_she_has_ticked_it_and_comes_back(client: Client):
    programme = load()
    enrolled_in(programme, "oruro", 3)
    address = signed_in(client, programme)
    take_region_out(client, address, "oruro")

    [retired] = client.get(f"{address}vista/").context["retired"]
    assert retired.sentence == (
        "Región Oruro (oruro) tiene 3 inscripciones: se retira, nadie pierde lo suyo y nadie nueva puede elegirla. "
        "Con el mismo código puede volver."
    )
    assert publish(client, address) == (
        1, ["Marca lo que les pasa a las personas antes de publicar. No se cambió nada."],
    )  # fmt: skip
    assert publish(client, address, confirmed="region/oruro")[0] == 2
    oruro = programme.regions.get(code="oruro")
    assert (oruro.retired_at is not None, oruro.enrolments.count()) == (True, 3)

    load_definition(definition=parse_definition(without_tarija().encode()))
    oruro.refresh_from_db()
    assert (oruro.retired_at, oruro.enrolments.count()) == (None, 3)


def test_region_without_people_needs_no_tick(client: Client):
    address = signed_in(client, load())
    take_region_out(client, address, "oruro")

    assert client.get(f"{address}vista/").context["retired"] == []
    assert publish(client, address)[0] == 2


def two_editors(client: Client, mine: int, theirs: int) -> str:
    """Both begin with version 1; the other publishes first."""
    programme = load()
    address = signed_in(client, programme)
    rename_region(client, address, mine, "Lo mío")
    other = Client()
    sign_in(other, coordinator_of(programme))
    rename_region(other, address, theirs, "Lo suyo")
    assert publish(other, address)[0] == 2
    return address


def test_two_who_changed_different_items_lose_nothing(client: Client):
    address = two_editors(client, 0, 1)

    answer = client.post(f"{address}vista/", {"revision": 1}, follow=True)
    assert answer.redirect_chain[-1][0] == f"{address}juntar/"
    assert [each.details for each in answer.context["theirs"]] == [["Nombre: «Lo suyo» en lugar de «Cochabamba»"]]
    assert [each.details for each in answer.context["mine"]] == [["Nombre: «Lo mío» en lugar de «Beni»"]]
    assert answer.context["conflicts"] == []
    client.post(f"{address}juntar/", {"revision": 1, "latest": 2})

    assert publish(client, address)[0] == 3
    regions = parse_definition(DefinitionVersion.objects.latest("number").source.encode()).data["region"]
    assert [each["name"] for each in regions[:2]] == ["Lo mío", "Lo suyo"]


@pytest.mark.parametrize(("choice", "name"), [("mine", "Lo mío"), ("theirs", "Lo suyo")])
def test_two_who_changed_the_same_item_are_asked(client: Client, choice: str, name: str):
    address = two_editors(client, 0, 0)

    page = client.get(f"{address}juntar/")
    assert [(each["id"], each["mine"].details, each["theirs"].details) for each in page.context["conflicts"]] == [
        ("region/beni", ["Nombre: «Lo mío» en lugar de «Beni»"], ["Nombre: «Lo suyo» en lugar de «Beni»"])
    ]
    client.post(f"{address}juntar/", {"revision": 1, "latest": 2})
    assert DefinitionDraft.objects.get().base.number == 1
    client.post(f"{address}juntar/", {"revision": 1, "latest": 2, "choice:region/beni": choice})

    draft = DefinitionDraft.objects.get()
    assert (draft.base.number, draft.source.count(f'name = "{name}"')) == (2, 1)


def test_every_page_says_that_somebody_published_in_between(client: Client):
    address = two_editors(client, 0, 1)

    for page in ("editar/", "editar/lista/region/", "editar/ficha/region/0/", "vista/", "region/"):
        assert f'href="{address}juntar/"' in client.get(f"{address}{page}").content.decode(), page


def test_upload_says_what_is_wrong_with_the_lines(client: Client):
    address = signed_in(client, load())
    page = f"{address}subir/"
    wrong = {
        "not TOML": (b"format = \n", "Línea 1: esto no es TOML"),
        "bytes": (b"\xff\xfe", "Línea 1: esto no es UTF-8"),
        "large": (b"#" * 300_000, "Línea 1: el archivo tiene"),
        "another": (without_tarija().replace('code = "mujeres-online"', 'code = "otro"').encode(), "Esta es la def"),
        "broken": (without_tarija().replace('iso = "BO-B"', 'iso = "BO-X"').encode(), "Línea 35: Región «beni»"),
    }

    for source, said in wrong.values():
        answer = client.post(page, {"revision": 0, "file": SimpleUploadedFile("programme.toml", source)})
        assert (answer.status_code, answer.context["wrong"][0][: len(said)]) == (200, said)
    assert client.post(page, {"revision": 0}).context["wrong"] == ["Primero elige un archivo."]
    assert DefinitionDraft.objects.count() == 0


def test_versions_are_compared_in_words(client: Client):
    programme = load()
    address = signed_in(client, programme)
    load_definition(definition=parse_definition(with_tarija().encode()))

    page = client.get(f"{address}versiones/")

    assert (page.context["older"], page.context["newer"]) == (1, 2)
    assert [(each.sentence, list(each.details)) for each in page.context["told"]] == [
        ("Región Tarija (tarija): se añade", []),
        ("Edición Julio y agosto de 2019 (2019)", ["Regiones: + tarija"]),
        ("Edición Edición de demostración (demo)", ["Regiones: + tarija"]),
        ("Convocatoria Becas en ocho regiones, 2019 (regiones-2019)", ["Regiones: + tarija"]),
        ("Convocatoria Becas en ocho regiones (regiones)", ["Regiones: + tarija"]),
        ("Convocatoria Becas por sorteo (sorteo)", ["Regiones: + tarija"]),
    ]
    backwards = client.get(f"{address}versiones/?desde=2&hasta=1").context["told"]
    assert backwards[0].sentence == "Región Tarija (tarija): se quita"
    for junk in ("?desde=x&hasta=99999999999", "?desde=0", "?hasta=-1"):
        assert client.get(f"{address}versiones/{junk}").status_code == 200


def test_module_cannot_ask_for_a_course_that_nobody_published(client: Client):
    address = signed_in(client, load())
    page = f"{address}editar/ficha/track/0/module/0/"

    answer = client.post(page, form_of(client, page) | {"requirement.course": "nada"}, follow=True)

    by_name = {each.name: each for each in answer.context["inputs"]}
    assert by_name["requirement.course"].errors == [
        "el curso «nada» no está publicado aquí; elige uno que lo esté, o que el módulo se confirme"
    ]
    answer = client.post(
        page, form_of(client, page) | {"requirement.kind": "confirmed", "requirement.by": "mentor"}, follow=True
    )
    track, *_ = parse_definition(DefinitionDraft.objects.get().source.encode()).data["track"]
    assert track["module"][0]["requirement"] == {"kind": "confirmed", "by": "mentor"}
