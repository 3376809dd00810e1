"""The page of the phone: the same for everybody, small, and kept by whoever asked before."""

import gzip

import pytest

from trenza.portals.field import phone_page

A_PAGE = 14_336
pages = pytest.mark.parametrize("page", phone_page.PAGES)


def test_page_says_without_scripts_what_it_is_for_and_where_to_go(client):
    response = client.get("/telefono/")
    text = response.content.decode()

    assert response.status_code == 200
    assert "Cada una tiene su espacio detrás de un PIN" in text
    assert 'href="/mi/"' in text
    assert 'href="/entrar/"' in text


@pytest.mark.parametrize(("page", "goes_on"), [(phone_page.PHONE, "/mi/"), (phone_page.LISTS, "/formadora/")])
def test_page_where_nothing_is_kept_says_so_and_promises_nothing(client, settings, page, goes_on):
    settings.PAGES_ONLY = True
    phone_page.document.cache_clear()
    try:
        text = phone_page.document(page, "es").decode()
    finally:
        phone_page.document.cache_clear()

    assert ("no se guarda nada en los teléfonos" in text, f'href="{goes_on}"' in text) == (True, True)
    assert ("Sin conexión segura" in text, "/page." in text or "/lists." in text) == (True, False)
    assert "Sin conexión segura" in client.get("/nowhere/").content.decode()


@pages
def test_page_weighs_less_than_one_round_of_a_slow_network(client, page):
    response = client.get(page, headers={"Accept-Encoding": "gzip"})

    assert response.headers["Content-Encoding"] == "gzip"
    assert len(response.content) <= A_PAGE
    assert gzip.decompress(response.content) == phone_page.document(page, "es")


@pages
def test_page_is_not_sent_again_to_who_has_it(client, page):
    first = client.get(page)
    again = client.get(page, headers={"If-None-Match": first.headers["ETag"]})
    other = client.get(page, headers={"If-None-Match": 'W/"0000000000000000"'})

    assert (again.status_code, again.content) == (304, b"")
    assert (first.headers["Cache-Control"], other.status_code) == ("no-cache", 200)


@pages
def test_page_is_the_same_for_everybody(client, page):
    plain = client.get(page)
    client.cookies["profile"] = "0123456789abcdef0123456789abcdef"
    hers = client.get(page)

    assert hers.content == plain.content
    assert hers.headers["Cache-Control"] == "no-cache"
    assert "Cookie" not in hers.headers["Vary"]


def test_page_is_in_the_language_that_was_chosen(client):
    client.cookies["language"] = "en"

    assert "<h1>On this phone</h1>" in client.get("/telefono/").content.decode()
