"""Where a request came from: which connection, and whether a form is ours.

Lesson pages are the same bytes for everybody, so their forms carry no token.
"""

import ipaddress

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware


def came_from_us(request: HttpRequest) -> bool:
    """Whether the browser says that this POST comes from one of our own pages, or it carries a valid token.

    A browser sends `Origin` with a POST, and `Sec-Fetch-Site` where the connection is secure; a page of somebody
    else's can forge neither. Where both are missing, only a token shows that she meant it.
    """
    site = request.META.get("HTTP_SEC_FETCH_SITE")
    origin = request.META.get("HTTP_ORIGIN")
    if origin is not None and origin != f"{request.scheme}://{request.get_host()}":
        return False
    if site is not None and site != "same-origin":
        return False
    return origin is not None or site is not None or _has_token(request)


def connection_of(request: HttpRequest) -> str:
    """Where a request comes from: an IPv4 address or the /64 of an IPv6 one; blank where that is not known.

    Of X-Forwarded-For it believes only what the TRUSTED_PROXIES last proxies wrote.
    """
    forwarded = request.headers.get("X-Forwarded-For", "").replace(",", " ").split()
    proxies = settings.TRUSTED_PROXIES
    told = forwarded[-proxies] if 0 < proxies <= len(forwarded) else request.META.get("REMOTE_ADDR", "")
    try:
        address = ipaddress.ip_address(told)
    except ValueError:
        return ""
    return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else str(address)


def _has_token(request: HttpRequest) -> bool:
    return CsrfViewMiddleware(_never).process_view(request, _never, (), {}) is None


def _never(_: HttpRequest) -> HttpResponse:
    raise AssertionError("the check of the token calls no view")
