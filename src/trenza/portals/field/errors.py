"""Plain, warm pages when something does not work. They need no database and no session.

In the root urls: `handler400 = "trenza.portals.field.errors.bad_request"`, likewise `forbidden`, `not_found` and
`server_error`; in the settings: `CSRF_FAILURE_VIEW = "trenza.portals.field.errors.csrf_failure"`.
"""

from typing import Final

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trenza.core.access import SignInFully
from trenza.portals.field.appearance import look_of
from trenza.portals.field.context import demonstration_everywhere

WORDS: Final[dict[int, tuple[str | Promise, str | Promise]]] = {
    400: (_("We did not understand that"), _("Something in what was sent is not right. Go back and try again.")),
    403: (_("This page is not for you"), _("It belongs to somebody else, or you need to sign in first.")),
    404: (
        _("This page is not here"),
        _("Perhaps the link is old or has a mistake. From the start you find everything."),
    ),
    405: (
        _("This page does not open by itself"),
        _(
            "It is reached with the button of another page. Nothing was changed now. Go back to that page, or begin "
            "anew from the start."
        ),
    ),
    413: (_("That is too big"), _("What you sent is larger than we can take. Try with something smaller.")),
    429: (_("Let us wait a moment"), _("There were many attempts in a row. Wait some minutes and try again.")),
    500: (
        _("Something failed on our side"),
        _("It is not your fault. What you had saved is safe. Try again in a moment."),
    ),
}
_STALE_FORM: Final = (
    _("This page had been open for too long"),
    _("To look after you we did not take it. Go back, load the page again and send it once more."),
)
_NEEDS_INTERNET: Final = (
    _("This needs internet"),
    _(
        "Here in the centre you can learn, and sessions and attendance are kept. This one thing is done with internet: "
        "ask your trainer, or do it with your phone when you have a signal."
    ),
)
_SIGN_IN_FULLY: Final = (
    _("This page asks for a code"),
    _(
        "To look after what is inside, a card or a PIN is not enough here: sign out and come in with your e-mail "
        "address or your phone number."
    ),
)


def error_page(
    status: int, words: tuple[str | Promise, str | Promise] | None = None, request: HttpRequest | None = None
) -> HttpResponse:
    """The page for one of the statuses in `WORDS`, in the language of the moment, under the look of the request."""
    heading, sentence = words or WORDS[status]
    context = {
        "heading": heading,
        "words": sentence,
        "demonstration": demonstration_everywhere(),
        "pages_only": settings.PAGES_ONLY,
        "look": look_of(request),
    }
    body = render_to_string("field/error.html", context)
    response = HttpResponse(body, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler400; a body that is larger than the settings allow gets its own words, and status 413."""
    return error_page(413 if isinstance(exception, RequestDataTooBig) else 400, request=request)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler403; where she came in with a card or a PIN and the page asks for more, it says so."""
    return error_page(403, _SIGN_IN_FULLY if isinstance(exception, SignInFully) else None, request)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler404; says the same whether a thing never existed or is not hers to see."""
    return error_page(404, request=request)


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500; the database may be what failed, so nothing here asks it anything."""
    return error_page(500, request=request)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """For whoever limits attempts: status 429."""
    response = error_page(429, request=request)
    response.headers["Retry-After"] = "300"
    return response


def needs_internet(request: HttpRequest) -> HttpResponse:
    """On a hub, for what its cell alone decides: status 409."""
    return error_page(409, _NEEDS_INTERNET, request)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is missing or old. The reason helps nobody outside and is not shown."""
    return error_page(403, _STALE_FORM, request=request)
