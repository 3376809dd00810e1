from uuid import UUID

import pytest
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpResponse
from django.test import Client, RequestFactory

from trenza.apps.people.api import Account, Person, bind_session, register_device
from trenza.apps.people.profile_sessions import ProfileSessions

PROFILE = UUID(int=7)


@pytest.fixture
def client_of_ana(person, client: Client) -> Client:
    client.force_login(Account.objects.get(person=person("Ana")))
    return client


def bound(client: Client) -> Client:
    """Her session, once it has made or opened a profile."""
    request, response = RequestFactory().get("/"), HttpResponse()
    request.session = client.session
    bind_session(request, response, PROFILE)
    request.session.save()
    for name in ("profile", "kept", "open"):
        client.cookies[name] = response.cookies[name].value
    return client


def signed_in(client: Client) -> bool:
    return client.get("/mi/").status_code == 200


@pytest.mark.django_db
def test_a_session_without_a_profile_is_left_alone(client_of_ana):
    client_of_ana.cookies["profile"] = "-"
    assert signed_in(client_of_ana)


@pytest.mark.django_db
@pytest.mark.parametrize("named", ["-", "", UUID(int=8).hex, None])
def test_a_session_ends_where_the_cookie_names_another_profile(client_of_ana, named):
    assert signed_in(bound(client_of_ana))
    if named is None:
        del client_of_ana.cookies["profile"]
    else:
        client_of_ana.cookies["profile"] = named
    assert not signed_in(client_of_ana)

    client_of_ana.cookies["profile"] = PROFILE.hex
    assert not signed_in(client_of_ana)


@pytest.mark.django_db
def test_answer_to_who_was_here_before_does_not_take_the_cookie_of_who_came_in_meanwhile(client_of_ana):
    bound(client_of_ana).cookies["profile"] = "-"
    late = [client_of_ana.get("/telefono/") for _ in range(2)]

    assert [settings.SESSION_COOKIE_NAME in response.cookies for response in late] == [False, False]
    assert not signed_in(client_of_ana)


@pytest.mark.django_db
def test_a_session_becomes_that_of_her_profile_and_ends_where_anothers_is_unlocked(client_of_ana, person):
    ana, rosa = Person.objects.get(given_name="Ana"), person("Rosa")
    hers, other = (register_device(person=each, by=each).profile.hex for each in (ana, rosa))
    client_of_ana.cookies["profile"] = hers
    assert signed_in(client_of_ana)
    assert client_of_ana.session["profile"] == hers

    client_of_ana.cookies["profile"] = other
    assert not signed_in(client_of_ana)


@pytest.mark.django_db
def test_an_unbound_session_ends_where_anothers_profile_is_unlocked(client_of_ana, person):
    rosa = person("Rosa")
    client_of_ana.cookies["profile"] = register_device(person=rosa, by=rosa).profile.hex

    assert not signed_in(client_of_ana)


@pytest.mark.django_db
def test_who_comes_in_while_anothers_profile_is_unlocked_locks_it(person, rf):
    ana, rosa = person("Ana"), person("Rosa")
    request = rf.get("/")
    request.session = Client().session
    request.COOKIES["profile"] = register_device(person=rosa, by=rosa).profile.hex

    def sign_in(request):
        login(request, Account.objects.get(person=ana), backend="trenza.apps.people.backends.RoleBackend")
        return HttpResponse()

    assert ProfileSessions(sign_in)(request).cookies["profile"].value == "-"


@pytest.mark.django_db
def test_the_cookie_is_for_scripts_and_stays_on_this_site(client_of_ana):
    request, response = RequestFactory().get("/"), HttpResponse()
    request.session = client_of_ana.session
    bind_session(request, response, PROFILE)
    cookie = response.cookies["profile"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"], cookie["secure"]) == (PROFILE.hex, "", "Lax", "")


@pytest.mark.django_db
def test_the_look_at_the_session_does_not_make_a_public_page_personal(client_of_ana):
    bound(client_of_ana)
    assert settings.SESSION_COOKIE_NAME in client_of_ana.cookies
    response = client_of_ana.get("/telefono/")
    assert (response.status_code, "Cookie" in response.headers.get("Vary", "")) == (200, False)
