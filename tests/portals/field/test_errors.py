"""Pages for what went wrong. None of these tests may touch a database: pytest-django would fail them."""

import re

import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.test import Client, RequestFactory
from django.utils import translation

from trenza.portals.field import errors


def heading(response) -> str:
    (words,) = re.findall(r"<h1>(.*?)</h1>", response.content.decode())
    return str(words)


@pytest.mark.parametrize("status", errors.WORDS)
def test_error_page_speaks_plainly_and_offers_a_way(status):
    response = errors.error_page(status)

    html = response.content.decode()
    assert response.status_code == status
    assert heading(response) == str(errors.WORDS[status][0])
    assert 'href="/"' in html
    assert "Salir rápido" in html
    assert response.headers["Cache-Control"] == "no-store"


def test_error_page_speaks_english_too():
    with translation.override("en"):
        assert heading(errors.error_page(404)) == "This page is not here"


@pytest.mark.parametrize(("everywhere", "banners"), [(True, 1), (False, 0)])
def test_error_page_of_a_demonstration_says_so(settings, everywhere, banners):
    settings.TRENZA_DEMONSTRATION = everywhere

    assert errors.error_page(404).content.decode().count("DATOS DE DEMOSTRACIÓN") == banners


def test_unknown_address_gets_the_page_for_404(client):
    response = client.get("/no/existe/")

    assert (response.status_code, heading(response)) == (404, "Esta página no está aquí")


def test_failure_gets_the_page_for_500_and_shows_nothing_of_it():
    response = Client(raise_request_exception=False).get("/roto/")

    assert (response.status_code, heading(response)) == (500, "Algo falló de nuestro lado")
    assert "on purpose" not in response.content.decode()


def test_body_that_is_too_big_gets_its_own_words():
    request = RequestFactory().post("/")

    assert errors.bad_request(request, RequestDataTooBig("x")).status_code == 413
    assert errors.bad_request(request, SuspiciousOperation("x")).status_code == 400


def test_form_with_an_old_token_is_refused_kindly():
    response = Client(enforce_csrf_checks=True).post("/formulario/", {"name": "Ana"})

    assert (response.status_code, heading(response)) == (403, "Esta página estuvo abierta mucho tiempo")


def test_too_many_attempts_say_when_to_come_back(client):
    response = client.get("/espera/")

    assert (response.status_code, response.headers["Retry-After"]) == (429, "300")


BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def test_address_that_only_a_form_opens_says_what_to_do(client):
    response = client.get("/idioma/", headers=BROWSER)

    assert (response.status_code, response.headers["Allow"]) == (405, "POST")
    assert heading(response) == "Esta página no se abre sola"
    assert 'href="/"' in response.content.decode()
    client.cookies["language"] = "en"
    assert heading(client.get("/idioma/", headers=BROWSER)) == "This page does not open by itself"


@pytest.mark.parametrize("accept", ["*/*", "application/json", ""])
def test_script_that_asks_with_the_wrong_method_gets_no_page(client, accept):
    response = client.get("/idioma/", headers={"Accept": accept})

    assert (response.status_code, response.headers["Allow"], response.content) == (405, "POST", b"")
