"""What pages are allowed: the hashes are those of what they carry, and they carry nothing else that would run."""

import re

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from tests.portals.field import sample
from trenza.portals.field import csp, inline

PAGES = ["/", "/formulario/", "/formulario/?name=", "/corregido/", "/confirma/", "/nada/", sample.LESSON]
INLINE = re.compile(r"<(style|script)(?: [^>]*)?>(.*?)</\1>", re.DOTALL)


@pytest.mark.parametrize("path", [*PAGES, sample.KINDS])
def test_pages_are_allowed_exactly_what_they_carry(client, path):
    response = client.get(path)
    policy = response.headers["Content-Security-Policy"]

    carried = {inline.csp_hash(text) for _, text in INLINE.findall(response.content.decode()) if text}
    # A lesson has one policy, whatever it asks; and a page of the field, whether or not it shows what is hers.
    may_carry = {
        inline.csp_hash({sample.LESSON: inline.KINDS_LOOK, sample.KINDS: inline.KINDS_LOOK}.get(path, inline.VEIL))
    }

    assert carried | may_carry == set(re.findall(r"'sha256-[^']+'", policy))
    assert "unsafe" not in policy


@pytest.mark.parametrize("path", PAGES)
def test_pages_have_no_inline_style_or_handler_and_load_nothing(client, path):
    html = INLINE.sub("", client.get(path).content.decode())

    assert re.findall(r"""<[^>]*\s(?:style|on[a-z]+)\s*=""", html) == []
    assert re.findall(r"""<(?:script|link|img|iframe|object|embed)[^>]*(?:src|href)="(?!data:)""", html) == []


@pytest.mark.parametrize("path", PAGES)
def test_pages_carry_the_other_headers(client, path):
    headers = client.get(path).headers

    assert {name: headers[name] for name in csp.HEADERS} == csp.HEADERS


def respond(path: str, response: HttpResponse) -> HttpResponse:
    answer = csp.SecurityHeaders(lambda request: response)(RequestFactory().get(path))
    assert isinstance(answer, HttpResponse)
    return answer


def test_office_gets_what_wagtail_needs_and_no_inline_script():
    policy = respond("/oficina/", HttpResponse("<p>")).headers["Content-Security-Policy"]

    assert policy == csp.OFFICE_POLICY
    assert "script-src 'self';" in policy


def test_office_begins_at_its_own_folder():
    assert respond("/oficinas", HttpResponse("<p>")).headers["Content-Security-Policy"] == csp.FIELD_POLICY


def test_pdf_gets_no_policy_and_an_svg_may_only_be_drawn():
    pdf = respond("/certificados/x/", HttpResponse(b"%PDF", content_type="application/pdf"))
    svg = respond("/archivos/x", HttpResponse(b"<svg/>", content_type="image/svg+xml"))

    assert "Content-Security-Policy" not in pdf.headers
    assert svg.headers["Content-Security-Policy"] == csp.FILE_POLICY


def test_policy_that_a_view_chose_stays():
    response = HttpResponse("<p>", headers={"Content-Security-Policy": "default-src 'none'"})

    assert respond("/", response).headers["Content-Security-Policy"] == "default-src 'none'"


def test_page_made_for_whoever_is_signed_in_is_kept_by_no_cache():
    request = RequestFactory().get("/programas/x/")
    request.COOKIES["sessionid"] = "a"

    def personal(_: HttpRequest) -> HttpResponse:
        return HttpResponse("hers", headers={"Vary": "Cookie"})

    def common(_: HttpRequest) -> HttpResponse:
        return HttpResponse("everybody's")

    assert csp.SecurityHeaders(personal)(request).headers["Cache-Control"] == "private, no-store"
    assert "Cache-Control" not in csp.SecurityHeaders(common)(request).headers
    assert "Cache-Control" not in csp.SecurityHeaders(personal)(RequestFactory().get("/programas/x/")).headers
