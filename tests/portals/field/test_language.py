import pytest
from django.test import Client

SPANISH, ENGLISH = '<html lang="es"', '<html lang="en"'


def page(client: Client, **headers: str) -> str:
    return client.get("/entrar/", headers=headers).content.decode()


@pytest.fixture
def client() -> Client:
    return Client()


def choose(client: Client, language: str, target: str = "/entrar/") -> str:
    response = client.post("/idioma/", {"language": language, "next": target})
    assert response.status_code == 302
    return str(response["Location"])


def test_pages_are_spanish_whatever_the_phone_says(client):
    assert SPANISH in page(client, accept_language="en-US,en;q=0.9")
    assert client.get("/entrar/")["Content-Language"] == "es"


def test_chosen_language_stays_until_another_is_chosen(client):
    assert choose(client, "en") == "/entrar/"
    assert ENGLISH in page(client)
    choose(client, "es")
    assert SPANISH in page(client)


@pytest.mark.parametrize("language", ["", "fr", "../en", "e" * 5000])
def test_unknown_language_is_spanish(client, language):
    choose(client, language)
    assert SPANISH in page(client)
    client.cookies["language"] = language
    assert SPANISH in page(client)


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_choosing_never_leads_to_another_site(client, target):
    assert choose(client, "en", target) == "/"


def test_language_is_chosen_by_post_only(client):
    assert client.get("/idioma/").status_code == 405
