"""Lessons from memory: what is sent, how little, and what is kept. No test here may touch a database."""

import gzip

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from tests.portals.field import sample
from trenza.portals.field import pages

GZIP = {"HTTP_ACCEPT_ENCODING": "gzip, deflate, br"}


def ask(middleware: pages.LessonPages, request: HttpRequest) -> HttpResponse:
    response = middleware(request)
    assert isinstance(response, HttpResponse)
    return response


def test_lesson_is_the_same_from_the_view_and_from_memory(client):
    first = client.get(sample.LESSON, **GZIP)
    remembered = client.get(sample.LESSON, **GZIP)

    assert (remembered.content, dict(remembered.headers)) == (first.content, dict(first.headers))
    assert gzip.decompress(first.content) == pages._pages[sample.LESSON].plain


def test_lesson_is_answered_from_memory_without_asking_the_view():
    pages.remember("/lecciones/a/", b"<p>")
    middleware = pages.LessonPages(lambda request: pytest.fail("the view was asked"))

    assert ask(middleware, RequestFactory().get("/lecciones/a/")).content == b"<p>"


def test_lesson_fits_in_the_first_packets(client):
    response = client.get(sample.LESSON, **GZIP)
    head = f"HTTP/1.1 200 OK\r\n{response.headers}\r\n".replace("\n", "\r\n")

    assert len(head) + len(response.content) <= 14_336
    assert len(head) <= 1_100


def test_lesson_goes_plain_to_a_browser_that_cannot_unpack(client):
    response = client.get(sample.LESSON)

    assert "Content-Encoding" not in response.headers
    assert response.content == pages._pages[sample.LESSON].plain
    assert response.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("asked", ["{}", '"other", {}', "*", "{strong}"])
def test_lesson_that_she_has_is_not_sent_again(client, asked):
    etag = client.get(sample.LESSON, **GZIP).headers["ETag"]

    response = client.get(sample.LESSON, HTTP_IF_NONE_MATCH=asked.format(etag, strong=etag.removeprefix("W/")), **GZIP)

    assert (response.status_code, response.content, response.headers["ETag"]) == (304, b"", etag)


def test_lesson_that_changed_is_sent_again(client):
    etag = client.get(sample.LESSON).headers["ETag"]
    pages.remember(sample.LESSON, b"<p>mended")

    assert client.get(sample.LESSON, HTTP_IF_NONE_MATCH=etag).content == b"<p>mended"


def test_head_of_a_lesson_says_its_length_and_sends_nothing():
    page = pages.make_page(b"<p>hola")

    response = pages.answer(RequestFactory().head("/"), page)

    assert (response.content, response.headers["Content-Length"]) == (b"", "7")


def test_post_to_a_remembered_path_goes_to_the_view():
    pages.remember("/lecciones/a/", b"<p>")
    middleware = pages.LessonPages(lambda request: HttpResponse("view"))

    assert ask(middleware, RequestFactory().post("/lecciones/a/")).content == b"view"


def test_lesson_over_plain_http_is_passed_on_where_https_is_demanded(settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 60
    pages.remember("/lecciones/a/", b"<p>")
    middleware = pages.LessonPages(lambda request: HttpResponse("redirected"))

    secure = ask(middleware, RequestFactory().get("/lecciones/a/", secure=True))

    assert ask(middleware, RequestFactory().get("/lecciones/a/")).content == b"redirected"
    assert (secure.content, secure.headers["Strict-Transport-Security"]) == (b"<p>", "max-age=60")


def test_memory_is_bounded_and_the_oldest_leave(monkeypatch):
    page = pages.make_page(b"x" * 1_000)
    monkeypatch.setattr(pages, "ROOM", 3 * pages._weight(page))

    for number in range(5):
        pages.remember(f"/lecciones/{number}/", b"x" * 1_000)

    assert list(pages._pages) == ["/lecciones/2/", "/lecciones/3/", "/lecciones/4/"]
    assert pages._used == 3 * pages._weight(page)


def test_memory_counts_a_path_once():
    for _ in range(3):
        page = pages.remember("/lecciones/a/", b"x" * 1_000)

    assert (list(pages._pages), pages._used) == (["/lecciones/a/"], pages._weight(page))


@pytest.mark.parametrize(
    ("header", "allowed"),
    [
        ("", False),
        ("gzip", True),
        ("br, GZIP;q=0.5", True),
        ("gzip;q=0", False),
        ("gzip; q=0.0", False),
        ("*", True),
        ("*;q=0", False),
        ("identity", False),
        ("gzip;q=0, *", False),
    ],
)
def test_accepts_gzip_reads_the_header(header, allowed):
    assert pages.accepts_gzip(header) is allowed


@given(st.text(max_size=40))
def test_accepts_gzip_takes_whatever_is_sent(header):
    assert pages.accepts_gzip(header) in (True, False)


@given(st.binary(max_size=2_000))
def test_page_unpacks_to_its_document(document):
    page = pages.make_page(document)

    assert gzip.decompress(page.packed) == page.plain == document
    assert page == pages.make_page(document)
