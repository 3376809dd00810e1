"""The language of pages: the one that she chose, else Spanish.

A phone often comes set to a language that its owner does not read, so Accept-Language says little and is not asked;
nor do pages then vary by it.
"""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from trenza.core.access import public
from trenza.portals.field.pages import LESSONS

COOKIE: Final = "language"
_A_YEAR: Final = 31_536_000


class Language:
    """Middleware: pages in the language of the cookie, which only `choose` sets."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        chosen = _offered(request.COOKIES.get(COOKIE, ""))
        with translation.override(chosen):
            request.LANGUAGE_CODE = chosen
            response = self.get_response(request)
        if not request.path_info.startswith(LESSONS):  # a lesson is in its own language, and the same for everybody
            response.headers.setdefault("Content-Language", chosen)
        return response


@public
@csrf_exempt  # a token would set a cookie on every page; all that a stranger's form can do here is change the language
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the language that was posted (an unknown one means Spanish), and go back to `next` on this site."""
    target = request.POST.get("next", "")
    ours = {request.get_host()}
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=ours, require_https=request.is_secure()):
        target = "/"
    response = HttpResponseRedirect(target)
    keep_language(response, request.POST.get("language", ""))
    return response


def keep_language(response: HttpResponse, code: str) -> None:
    """Show her pages in this language from now on (an unknown one means Spanish)."""
    response.set_cookie(
        COOKIE,
        _offered(code),
        max_age=_A_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _offered(code: str) -> str:
    return code if code in dict(settings.LANGUAGES) else str(settings.LANGUAGE_CODE)
