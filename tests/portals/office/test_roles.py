"""The team: who holds which role where, and how a role is given and withdrawn, in words before it is done."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.apps.admissions.examples import a_person, a_programme, region_of
from tests.portals.office import scene
from tests.portals.office.people import sign_in, staff
from trenza.apps.admissions.api import Call
from trenza.apps.people.api import Account, Person, RoleGrant, Scope, grant_role, scopes_as

pytestmark = pytest.mark.django_db
TEAM, NEW = "/oficina/equipo/", "/oficina/equipo/dar/"


def place(call: Call, region: str) -> str:
    return f"region:{region_of(call, region).pk}"


def wanted(call: Call, region: str = "el-alto", **changes: Any) -> dict[str, Any]:
    """The form, filled in."""
    filled = {"email": "eva@ejemplo.bo", "given_name": "Eva", "family_name": "Choque", "role": "trainer"}
    return filled | {"place": place(call, region)} | changes


def listed(client: Client) -> list[tuple[str, str, str]]:
    return [
        (str(role), where, grant.person.given_name) for role, where, grant, _may in client.get(TEAM).context["rows"]
    ]


def test_team_is_that_of_the_scope(client: Client):
    call = scene.a_scene_call()
    viewer = scene.coordinator_of(call)
    for n, region in enumerate(["el-alto", "oruro"]):
        grant_role(person=a_person(n), role="trainer", scope_kind="region", scope=region_of(call, region).pk, by=None)
    sign_in(client, viewer)

    assert listed(client) == [
        ("Formadora", "en El-Alto, de Mujeres Online", "Juana 0"),
        ("Coordinadora", "en El-Alto, de Mujeres Online", "Ximena"),
    ]
    assert "Juana 1" not in client.get(f"{TEAM}?q=juana").content.decode()


def test_team_is_searched_without_accents_and_says_when_nobody_matches(client: Client):
    call = scene.a_scene_call()
    sofia = a_person(1)
    Person.objects.filter(pk=sofia.pk).update(given_name="Sofía", search_text="sofia nunez")
    grant_role(person=sofia, role="trainer", scope_kind="region", scope=region_of(call).pk, by=None)
    sign_in(client, scene.coordinator_of(call))

    found = client.get(TEAM, {"q": "SOFIA núñez"})

    assert [grant.person.given_name for _role, _where, grant, _may in found.context["rows"]] == ["Sofía"]
    assert "No hay coincidencias." in client.get(TEAM, {"q": "sofia quispe"}).content.decode()


def test_team_asks_as_much_for_many_as_for_few(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries):
    call = scene.a_scene_call()
    sign_in(client, scene.coordinator_of(call))
    asked: list[int] = []
    for people in ([1], [2, 3]):
        for n in people:
            grant_role(person=a_person(n), role="mentor", scope_kind="region", scope=region_of(call).pk, by=None)
        with django_assert_max_num_queries(12) as queries:
            client.get(TEAM)
        asked.append(len(queries))

    assert asked[0] == asked[1]


def test_form_offers_the_roles_and_places_that_she_may_give(client: Client):
    call = scene.a_scene_call()
    a_programme("otro")
    sign_in(client, scene.coordinator_of(call))

    form = client.get(NEW).context["form"]

    assert [code for code, _name in form.fields["role"].choices] == [
        "coordinator",
        "trainer",
        "outreach",
        "mentor",
        "auditor",
    ]
    assert form.fields["place"].choices == [("Mujeres Online", [(place(call, "el-alto"), "La región El-Alto")])]


def test_nothing_is_done_before_she_has_read_what_it_means(client: Client):
    call = scene.a_scene_call()
    sign_in(client, scene.coordinator_of(call))

    said = client.post(NEW, wanted(call))

    assert said.context["said"] == "eva@ejemplo.bo será Formadora en El-Alto, de Mujeres Online."
    assert "ve las inscripciones que tiene a su cargo" in said.content.decode()
    assert Account.objects.filter(email="eva@ejemplo.bo").count() == 0


def test_whoever_has_no_account_is_registered_and_appointed(client: Client):
    call = scene.a_scene_call()
    sign_in(client, scene.coordinator_of(call))

    answer = client.post(NEW, wanted(call, confirm="1"), follow=True)

    eva = Account.objects.get(email="eva@ejemplo.bo").person
    assert (eva.name, scopes_as(eva, "trainer")) == ("Eva Choque", [Scope("region", region_of(call).pk)])
    assert "Eva Choque ya es Formadora en El-Alto, de Mujeres Online." in answer.content.decode()


def test_whoever_has_an_account_keeps_her_name_and_is_not_betrayed_before(client: Client):
    """The address of somebody whom the viewer does not see says nothing: neither that it is registered, nor whose."""
    call = scene.a_scene_call()
    stranger = a_person(7)
    sign_in(client, scene.coordinator_of(call))
    form = wanted(call, email="JUANA7@ejemplo.bo", given_name="Otra")

    said = client.post(NEW, form)
    unknown = client.post(NEW, form | {"email": "nadie@ejemplo.bo"})
    client.post(NEW, form | {"confirm": "1"})

    assert said.context["said"].lower().replace("juana7", "nadie") == unknown.context["said"].lower()
    assert "Quispe" not in said.content.decode()
    assert stranger.role_grants.count() == 1
    assert Person.objects.get(pk=stranger.pk).name == "Juana 7 Quispe"


def test_form_that_comes_from_a_person_is_filled_for_whom_she_may_read(client: Client):
    call = scene.a_scene_call()
    here, elsewhere = scene.an_enrolment(call, 1).person, scene.an_enrolment(call, 2, "oruro").person
    sign_in(client, scene.coordinator_of(call))

    filled = [client.get(f"{NEW}?persona={key}").context["form"].initial for key in (here.pk, elsewhere.pk, "x")]

    assert filled == [{"email": "juana1@ejemplo.bo", "given_name": "Juana 1", "family_name": "Quispe"}, {}, {}]


@pytest.mark.parametrize(
    "changes",
    [
        {"role": "administrator"},
        {"role": "queen"},
        {"place": "all"},
        {"place": "region:x"},
        {"place": ""},
        {"email": "eva"},
        {"given_name": ""},
        {"given_name": "x" * 121},
    ],
)
def test_what_may_not_be_given_is_refused_in_the_form(client: Client, changes: dict[str, str]):
    call = scene.a_scene_call()
    sign_in(client, scene.coordinator_of(call))

    answer = client.post(NEW, wanted(call, confirm="1") | changes)

    assert (answer.status_code, answer.context["form"].is_valid()) == (200, False)
    assert Account.objects.filter(email="eva@ejemplo.bo").count() == 0


def test_a_place_outside_her_scope_is_refused_in_the_form(client: Client):
    call = scene.a_scene_call()
    sign_in(client, scene.coordinator_of(call))

    answer = client.post(NEW, wanted(call, "oruro", confirm="1"))

    assert list(answer.context["form"].errors) == ["place"]


def test_a_role_that_she_may_not_give_in_that_place_is_refused_in_the_form(client: Client):
    """She coordinates in one region and keeps everything running in the other."""
    call = scene.a_scene_call()
    viewer = scene.coordinator_of(call)
    grant_role(person=viewer, role="administrator", scope_kind="region", scope=region_of(call, "oruro").pk, by=None)
    sign_in(client, viewer)

    refused = client.post(NEW, wanted(call, role="administrator", confirm="1"))
    given = client.post(NEW, wanted(call, "oruro", role="administrator", confirm="1"))

    assert (list(refused.context["form"].errors), given.status_code) == (["place"], 302)


def test_a_role_is_withdrawn_after_she_has_read_what_it_means(client: Client):
    call = scene.a_scene_call()
    grant = grant_role(person=a_person(1), role="trainer", scope_kind="region", scope=region_of(call).pk, by=None)
    sign_in(client, scene.coordinator_of(call))
    page = f"{TEAM}{grant.pk}/retirar/"

    asked = client.get(page).content.decode()
    assert "Juana 1 Quispe es Formadora en El-Alto, de Mujeres Online." in asked
    answer = client.post(page, follow=True).content.decode()

    assert "Juana 1 Quispe ya no es Formadora en El-Alto, de Mujeres Online." in answer
    assert RoleGrant.objects.get(pk=grant.pk).withdrawn_at is not None
    assert "Esta función ya se había retirado." in client.post(page, follow=True).content.decode()


@pytest.mark.parametrize(("role", "region"), [("trainer", "oruro"), ("administrator", "el-alto")])
def test_a_role_elsewhere_or_above_her_own_is_not_there(client: Client, role: str, region: str):
    call = scene.a_scene_call()
    grant = grant_role(person=a_person(1), role=role, scope_kind="region", scope=region_of(call, region).pk, by=None)
    sign_in(client, scene.coordinator_of(call))

    answers = [client.get(f"{TEAM}{grant.pk}/retirar/"), client.post(f"{TEAM}{grant.pk}/retirar/")]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert RoleGrant.objects.get(pk=grant.pk).withdrawn_at is None


def test_the_last_administrator_cannot_withdraw_herself(client: Client):
    administrator = staff("administrator")
    sign_in(client, administrator)
    grant = administrator.role_grants.get()
    page = f"{TEAM}{grant.pk}/retirar/"

    assert "Es tu propia función" in client.get(page).content.decode()
    assert "Es la única administradora de todo Trenza." in client.post(page, follow=True).content.decode()
    assert client.get(TEAM).status_code == 200


def test_auditor_sees_the_team_and_changes_nothing(client: Client):
    grant = staff("trainer").role_grants.get()
    sign_in(client, staff("auditor"))

    body = client.get(TEAM).content.decode()

    assert ("Formadora" in body, "Retirar" in body, NEW in body) == (True, False, False)
    assert [client.get(address).status_code for address in (NEW, f"{TEAM}{grant.pk}/retirar/")] == [403, 403]
